"""Whether two request lines ask for the same treatment, as far as both say."""

from __future__ import annotations

from enum import StrEnum

from openimr.model.request import Request

_WHAT = ("strength", "form", "laterality", "contrast")
_HOW_MUCH = ("quantity", "refills", "visits", "per_week", "weeks", "duration", "date_of_service")


class Likeness(StrEnum):
    """How two requests compare."""

    IDENTICAL = "identical"
    """The same treatment in the same amount."""
    SAME = "same"
    """The same treatment; amount or day of service differ, or one line does not say them."""
    RELATED = "related"
    """The same drug or procedure in another strength, form or place: a person must judge."""
    OTHER = "other"


def likeness(one: Request | None, other: Request | None, lines: tuple[str, str]) -> Likeness:
    """How two requests compare; lines that the grammar does not know compare by their words.

    Args:
        one: as the request grammar reads it; None where it was not read.
        other: the same of the other.
        lines: both as written.
    """
    if _words(lines[0]) == _words(lines[1]):
        return Likeness.IDENTICAL
    if one is None or other is None:
        return Likeness.OTHER
    name = one.generic or one.procedure
    if name is None or name != (other.generic or other.procedure) or one.kind is not other.kind:
        return Likeness.OTHER
    if _differ(one, other, _WHAT) or _elsewhere(one, other):
        return Likeness.RELATED
    same = all(getattr(one, field) == getattr(other, field) for field in (*_WHAT, *_HOW_MUCH))
    return Likeness.IDENTICAL if same else Likeness.SAME


def _words(line: str) -> list[str]:
    return line.casefold().replace(",", " ").split()


def _differ(one: Request, other: Request, fields: tuple[str, ...]) -> bool:
    """Whether both say a detail and say it differently."""
    pairs = ((getattr(one, field), getattr(other, field)) for field in fields)
    return any(mine is not None and its is not None and mine != its for mine, its in pairs)


def _elsewhere(one: Request, other: Request) -> bool:
    places = set(one.body_parts), set(other.body_parts)
    levels = set(one.levels), set(other.levels)
    return any(mine and its and not mine & its for mine, its in (places, levels))
