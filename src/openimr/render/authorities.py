"""The search of authorities as a letter shows it: a row for each step, what it came to, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from openimr.model.authority import SearchResult, SearchSequence, SearchStep
from openimr.model.labels import us_date
from openimr.model.study import Appraisal
from openimr.render.spans import printable

RESULTS = {
    SearchResult.ADDRESSED: "addressed",
    SearchResult.NOT_ADDRESSED: "not addressed",
    SearchResult.NOT_AVAILABLE: "text not available here",
    SearchResult.REBUTTED: "rebutted",
    SearchResult.NOT_REACHED: "not reached",
}
SEARCH_TITLE = "Search of authorities"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRow:
    """One step, or several that were not reached for the same reason."""

    step: str
    """`1`, `2-4`."""
    name: str
    result: str
    told: str


def search_lead(search: SearchSequence | None) -> str:
    """Which order was followed: `Search of authorities (8 CCR 9792.21.1)`; empty without one."""
    if search is None:
        return ""
    doubt = "; the days it was in force are unverified" if search.unverified else ""
    return printable(f"By {search.name} ({search.citation}{doubt}). {search.rule}")


def authority_rows(search: SearchSequence | None) -> tuple[AuthorityRow, ...]:
    """The steps in their order; those not reached for one reason stand together."""
    if search is None:
        return ()
    rows: list[AuthorityRow] = []
    for _, group in groupby(search.steps, key=_alike):
        steps = tuple(group)
        rows.append(_row(steps))
        if steps[0].number == 1 and search.appraisal is not None:
            rows += [_study_row(text) for text in _studies(search.appraisal)]
    return tuple(rows)


def _alike(step: SearchStep) -> tuple[object, ...]:
    open_ended = step.result in (SearchResult.NOT_REACHED, SearchResult.NOT_AVAILABLE)
    bare = open_ended and not step.text
    return (step.result, step.note) if bare else (step.number,)


def _row(steps: tuple[SearchStep, ...]) -> AuthorityRow:
    first, last = steps[0], steps[-1]
    number = str(first.number) if first is last else f"{first.number}-{last.number}"
    return AuthorityRow(
        step=number,
        name=printable("; ".join(step.name for step in steps)),
        result=RESULTS[first.result],
        told=printable(" ".join(_told(first))),
    )


def _told(step: SearchStep) -> Iterator[str]:
    where = step.citation or step.text
    if where:
        edition = f", edition {step.edition}" if step.edition else ""
        yield f"{where}{edition}{_doubts(step)}."
    if step.note:
        yield step.note


def _doubts(step: SearchStep) -> str:
    """What is not sure of it, said beside it."""
    doubts = []
    if step.edition:
        checked = step.verified_on
        told = f"checked against the text on {us_date(checked)}" if checked else ""
        doubts.append(told or "not yet checked against the text")
    if step.unverified:
        doubts.append("some pages unverified" if step.edition else "unverified")
    return f" ({'; '.join(doubts)})" if doubts else ""


def _studies(appraisal: Appraisal) -> Iterable[str]:
    for one in appraisal.studies:
        doubt = " (unverified)" if one.unverified else ""
        grade = f"level {one.level}{doubt}" if one.level else f"put aside, {one.put_aside}"
        side = "for the request" if one.study.speaks_for == "request" else "against it"
        yield f"{one.study.citation}: {side}, {grade}"


def _study_row(text: str) -> AuthorityRow:
    return AuthorityRow(step="", name="study", result="weighed", told=printable(text))
