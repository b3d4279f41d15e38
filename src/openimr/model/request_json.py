"""A parsed request as JSON, with the field names that outside programs rely on."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import Enum

from openimr.model.request import Request, Strength

_OMITTED = frozenset({"text"})
"""The line itself stands beside the parse (`line`, `request_text`)."""
_NAMES = tuple(field.name for field in fields(Request) if field.name not in _OMITTED)
_AS_IT_IS = frozenset({type(None), str, bool, int})
"""Most fields are null, and a corpus has millions of requests: these come first."""


def request_json(request: Request) -> dict[str, object]:
    """Every field of the parse; what the line does not say is null."""
    return {name: _plain(getattr(request, name)) for name in _NAMES}


def _plain(value: object) -> object:
    """JSON's own types; a whole float becomes an int, as a reader would write it."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Strength):
        return {
            "ingredient": value.ingredient,
            "value": _plain(value.value),
            "unit": value.unit,
        }
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
