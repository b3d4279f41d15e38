"""A value read from a page, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from openimr.model.evidence import Provenance

_Value_co = TypeVar("_Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[_Value_co]):
    """What a page states, and where."""

    value: _Value_co
    source: Provenance
