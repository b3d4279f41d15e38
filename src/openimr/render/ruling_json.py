"""What a reviewer added to a determination, as data: ruling, signature, issuance.

The keys are there once they hold something; a draft has none of them.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from openimr.model.determination import Determination


def ruling_json(determination: Determination) -> dict[str, object]:
    """The parts that there are."""
    parts = {
        "ruling": determination.ruling,
        "signature": determination.signature,
        "issuance": determination.issuance,
    }
    return {name: plain(part) for name, part in parts.items() if part is not None}


def plain(value: object) -> object:
    """A frozen type in JSON's own types, every field named."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
