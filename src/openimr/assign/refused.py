"""Why nobody could take a unit: the reviewers counted by their first reasons."""

from __future__ import annotations

from collections import Counter

from openimr.assign.screen import Screening
from openimr.assign.unit import Unit
from openimr.model.assignment import NotPlaced, Reason

FULL = "full"
WORDS = {
    "licence": "no usable licence",
    "board": "no board certificate in an area that treats it",
    "discipline": "discipline, or not stated",
    "qme": "a Qualified Medical Evaluator, or not stated",
    "years": "too few years of practice, or not stated",
    "hours": "too few hours of patient care, or not stated",
    "disclosure": "relations not disclosed",
    "scope": "outside the scope of the licence",
    "knowledge": "not knowledgeable in the topic",
    "specialty": "no same or similar specialty",
    "absence": "away on the day",
    "capacity": "no capacity left before this queue",
    "decided_before": "decided the dispute before, or recused",
    "organization": "a tie of the review organization itself",
    "state": "the case asks for no reviewer now",
    "parties": "parties of the case not stated",
    FULL: "may decide it, but full",
    "costs_more": "may decide it, for more points",
    "tie": "may decide it for as many points; the keyed hash decided",
}


def words(code: str) -> str:
    """A code of a reason as a heading."""
    if code.startswith("conflict:"):
        return f"a conflict ({code.removeprefix('conflict:')})"
    return WORDS[code]


def why_not_placed(unit: Unit, screening: Screening) -> NotPlaced:
    """The reasons, the most frequent first, each with how many reviewers it holds for.

    Of a case that goes to nobody, whoever is in the register, that reason alone.
    """
    withheld = screening.withheld(unit.case)
    if withheld is not None:
        return _not_placed(unit, withheld)
    barring = screening.barring(unit.case)
    counts: Counter[str] = Counter()
    firsts: dict[str, Reason] = {}
    for place in range(len(screening.reviewers)):
        reason = screening.refusal(unit.items, place, barring)
        code = reason.code if reason else FULL
        counts[code] += 1
        if reason:
            firsts.setdefault(code, reason)
    told = tuple(_counted(code, count, firsts.get(code)) for code, count in counts.most_common())
    return _not_placed(unit, *_whole(unit, screening), *told)


def _not_placed(unit: Unit, *reasons: Reason) -> NotPlaced:
    return NotPlaced(
        case_number=unit.case.case_number,
        items=tuple(item.index for item in unit.items),
        reasons=reasons,
    )


def _counted(code: str, count: int, first: Reason | None) -> Reason:
    people = "1 reviewer" if count == 1 else f"{count} reviewers"
    return Reason(
        code=code,
        says=f"{people}: {words(code)}",
        citation=first.citation if first else "",
        unverified=first.unverified if first else False,
    )


def _whole(unit: Unit, screening: Screening) -> tuple[Reason, ...]:
    """What stands against the unit as a whole."""
    if len(unit.places) >= unit.members or len(unit.items) == 1:
        return ()
    alone = [item for item in unit.items if screening.fits(item).fit.any()]
    if len(alone) < len(unit.items):
        return ()
    return (
        Reason(
            code="items_apart",
            says="no one reviewer may decide all its items, though each has some who may",
            citation=screening.rules.points.panel_citation,
            unverified=True,
        ),
    )
