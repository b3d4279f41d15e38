"""Which specialties treat an item, and the best match of a reviewer, in a sentence.

item: topic, kind, parts of the body  ->  {specialty: Match}
"""

from __future__ import annotations

from collections.abc import Mapping

from openimr.model.assignment import ItemToAssign, Match
from openimr.model.assignment_rules import Degree, Specialties, Treats


def matches(item: ItemToAssign, specialties: Specialties) -> Mapping[str, Match]:
    """Every specialty that treats an item, the same or similar, each with why.

    Specialties that somebody named for the item take the place of its topic; the kind of request
    counts where no topic is known, or none that a specialty treats.
    """
    if item.specialties:
        return _named(item, specialties)
    found: dict[str, Match] = {}
    covered = any(item.topic in row.topics for row in specialties.treats)
    for row in specialties.treats:
        if not _applies(row, item, by_topic=covered):
            continue
        known = found.get(row.specialty)
        if known is None or (known.degree is Degree.SIMILAR and row.degree is Degree.SAME):
            found[row.specialty] = Match(
                item=item.index, specialty=row.specialty, degree=row.degree, why=row.why
            )
    return found


def best_match(practiced: frozenset[str], found: Mapping[str, Match]) -> Match | None:
    """The nearest match of the specialties that a reviewer practices; None if none treats it."""
    own = [found[name] for name in sorted(practiced) if name in found]
    return min(own, key=lambda match: match.degree is Degree.SIMILAR, default=None)


def _applies(row: Treats, item: ItemToAssign, *, by_topic: bool) -> bool:
    if row.body_parts and not row.body_parts & set(item.body_parts):
        return False
    return item.topic in row.topics if by_topic else item.kind in row.kinds


def _named(item: ItemToAssign, specialties: Specialties) -> Mapping[str, Match]:
    found: dict[str, Match] = {}
    named = [name for word in item.specialties if (name := specialties.named(word))]
    for name in named:
        for other, why in specialties.all[name].akin.items():
            found.setdefault(
                other,
                Match(
                    item=item.index, specialty=other, degree=Degree.SIMILAR, why=_akin(name, why)
                ),
            )
    for name in named:
        found[name] = Match(
            item=item.index,
            specialty=name,
            degree=Degree.SAME,
            why="It is the specialty that was named for the item.",
        )
    return found


def _akin(name: str, why: str) -> str:
    return f"It is near {name}, which was named for the item: {why}."
