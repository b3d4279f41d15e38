"""Guideline lines: missing, not in the edition, out of force, too wide, or the schedule skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from openimr.model.determination import GuidelineLine
from openimr.model.hyphens import as_read
from openimr.model.problem import GuidelineEdition, Place, Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, follows_another

MISSING, PAGE, EDITION, SKIPPED, WIDE = (
    "MISSING-PART",
    "GUIDELINE-PAGE",
    "EDITION",
    "MTUS-SKIPPED",
    "WIDE-RANGE",
)


def _missing(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    del scene
    for item in letter.items:
        lines = {"claims administrator's": item.claims.text, "reviewer's": item.reviewer.text}
        for name, text in lines.items():
            if not text.strip():
                message = f"the {name} guideline line is missing"
                yield of_item(MISSING, item, message, place=Place.GUIDELINE)
        if len(item.rationale.split()) < _SHORT:
            yield of_item(MISSING, item, "the rationale is missing", quote=item.rationale)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SCHEDULE = re.compile(r"MTUS\b")
_SHORT = 8
"""Words: fewer are no reasons."""


def _page(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        line = item.reviewer
        editions = _editions(line, scene, _day(letter))
        if len(editions) != 1 or not editions[0].pages:
            continue
        edition = editions[0]
        for first, last in line.pages:
            if not any(low <= first and last <= high for low, high in edition.pages):
                pages = f"{first}" if first == last else f"{first}-{last}"
                known = ", ".join(f"{low}-{high}" for low, high in edition.pages)
                yield of_item(
                    PAGE,
                    item,
                    f"page {pages} is cited of {edition.name}, which has pages {known}",
                    quote=as_read(line.text),
                    place=Place.GUIDELINE,
                )


def _in_force(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    day = _day(letter)
    for item in letter.items if day else ():
        for whose, line in (("", item.reviewer), ("the claims administrator's: ", item.claims)):
            for edition in _editions(line, scene, day):
                if day is not None and not edition.in_force(day):
                    yield of_item(
                        EDITION,
                        item,
                        f"{whose}{edition.name} was in force {_when(edition)}; the decision under"
                        f" review is of {day}",
                        quote=as_read(line.text),
                        place=Place.GUIDELINE,
                    )


def _when(edition: GuidelineEdition) -> str:
    first = f"from {edition.effective_from}" if edition.effective_from else ""
    last = f"until {edition.effective_to}" if edition.effective_to else ""
    return f"{first} {last}".strip()


def _day(letter: CheckedLetter) -> date | None:
    return letter.ur_decision or letter.received or letter.decided


def _skipped(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        line = item.reviewer
        if item.request.topic_id not in scene.mtus_addresses or line.mtus or not line.text.strip():
            continue
        if follows_another(item) or _NOT_OF_THE_SCHEDULE & set(item.request.body_parts):
            continue
        yield of_item(
            SKIPPED,
            item,
            f"the schedule (MTUS) addresses {item.request.topic_id}, and the reviewer's line does"
            " not cite it",
            quote=as_read(line.text),
            place=Place.GUIDELINE,
        )


_NOT_OF_THE_SCHEDULE = frozenset({"head", "chest", "abdomen", "pelvis"})
"""Parts of the body that the schedule's chapters on studies do not speak of."""


def _wide(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        for first, last in item.reviewer.pages:
            if last - first + 1 >= scene.rules.wide_range:
                yield of_item(
                    WIDE,
                    item,
                    f"pages {first}-{last} are cited whole; which sentence of them decides is not"
                    " said",
                    quote=as_read(item.reviewer.text),
                    place=Place.GUIDELINE,
                )


def _editions(line: GuidelineLine, scene: Scene, day: date | None) -> tuple[GuidelineEdition, ...]:
    """The editions of the schedule's texts that a line cites, of those that are known."""
    cited = (_edition(one.lower(), scene, day) for one in line.citations if _SCHEDULE.match(one))
    return tuple(dict.fromkeys(edition for edition in cited if edition is not None))


def _edition(cited: str, scene: Scene, day: date | None) -> GuidelineEdition | None:
    """A citation without a year is of the edition in force, or the first where no day is known."""
    met = [one for one in scene.rules.editions if any(name in cited for name in one.names)]
    year = _YEAR.search(cited)
    if year is not None:
        return next((one for one in met if one.year == int(year.group())), None)
    if day is not None:
        met = [one for one in met if one.in_force(day)] or met
    return met[0] if met else None


CHECK_MISSING = Check(
    MISSING,
    "a guideline line or the rationale is missing",
    "Each item needs both guideline lines and reasons (Labor Code 4610.6(e), 8 CCR 9792.10.6(d)).",
    _missing,
)
CHECK_PAGE = Check(
    PAGE,
    "a page that the cited guideline does not have",
    "A citation that nobody can open supports nothing.",
    _page,
)
CHECK_EDITION = Check(
    EDITION,
    "a guideline that was not in force",
    "The edition follows from the date of the decision under review (8 CCR 9792.21).",
    _in_force,
)
CHECK_SKIPPED = Check(
    SKIPPED,
    "the schedule addresses the treatment and is not cited",
    "MTUS comes first; other guidelines follow where it is silent or rebutted (8 CCR 9792.21.1).",
    _skipped,
)
CHECK_WIDE = Check(
    WIDE,
    "a long range of pages is cited whole",
    "A reader must be able to find the sentence that decided.",
    _wide,
)
