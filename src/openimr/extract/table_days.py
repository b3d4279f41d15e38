"""Flow sheets and diaries: a row for each day, week or dose, a column for each measure.

    Date      NRS avg  patch   Walk (min)       day  time Norco  before  1 hr after
    02/11/10    8      none       5             Thu     7:30       6         3
    10/06/11    4      25        20             Fri     8:00       7         3

A row on which the medicine was not worn or taken is set against the last on which it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.extract.dates import find_dates
from openimr.extract.function_measures import FUNCTION
from openimr.extract.instruments import HIGHER_IS_BETTER, INSTRUMENT, kind_of
from openimr.extract.pain_relief import RELIEF
from openimr.extract.passages import PageText, Reading
from openimr.extract.tables import Cell, Row, Table
from openimr.model.dates import PartialDate
from openimr.model.evidence import PAIN_PILL, PATCH, REGIMEN
from openimr.model.ids import ConceptId

_SCORE = re.compile(r"\b(?:NRS|VAS|pain)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|current|today|present)\b", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:avg|average|mean|usual)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:weeks?|wks?|days?|visits?|sessions?|dates?|months?|no|when|time)\b", re.IGNORECASE
)
_DOSE = re.compile(r"\b(?:dose|mg|mcg|strength)\b", re.IGNORECASE)
_MEDICINE = re.compile(
    r"\b(?:(?P<patch>patch\w*)|(?P<pill>pills?|tabs?|tablets?|caps?)|meds?|medic\w+|opioids?|drugs?)\b",
    re.IGNORECASE,
)
_NOT_TAKEN = re.compile(
    r"\s*(?:none|no|off|gap|out|missed|skipped|stopped|without|w/o|-+)\b", re.IGNORECASE
)
_WITHOUT_NOTE = re.compile(
    r"\b(?:no|without|w/o|off|out\s+of|missed|skipped)\s+(?:the\s+|any\s+|his\s+|her\s+)?"
    r"(?:patch(?:es)?|pills?|meds?|medication|dose|tabs?|tablets?)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\s*(?:pain\s+)?(?:pre|before)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:pain\s+)?(?:\d+\s*(?:hrs?|h|hours?|min(?:ute)?s?)\s+)?(?:post|after|later)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:walk\w*|sit\w*|stand\w*|lift\w*|carr\w+|driv\w+|stairs?|flights?|sleep|grip|dress\w*|away\s+from\s+home"
    r"|kneel\w*|bend\w*|reach\w*|work(?:ed|ing)?|steps?|treadmill|chores?|housework|shop\w*|out\s+of\s+(?:bed|house))\b",
    re.IGNORECASE,
)
"""What a column or row of figures tells of function; more of it is better."""
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?![\d/:])")
_FIRST_WORD = re.compile(r"[-\s(]")
_HIGHEST_PAIN = 10
_ABOVE = 240
"""Characters above a table in which its heading may name the drug under trial."""


@dataclass(frozen=True, slots=True)
class _Day:
    """One row: its day, whether the medicine was off, and its cells."""

    row: Row
    day: PartialDate | None
    off: bool


def read_days(table: Table, source: PageText) -> list[Reading]:
    """What a table with a row for each day or dose says; empty where it is another kind."""
    doses = list(_by_dose(table, source))
    if doses:
        return doses
    heads = table.heads[1:]
    days = [_day(row, heads, source) for row in table.rows]
    dated = sum(one.day is not None for one in days) >= 2
    if not dated and not _COUNTED.search(table.heads[0].text):
        return []
    if not dated:
        return list(_trial(table, days, source))
    return [
        reading
        for number, head in enumerate(heads)
        for reading in _column(number, head, days, table, source)
    ]


def measured(row: Row, days: Sequence[PartialDate | None]) -> Iterator[Reading]:
    """A row of figures of one activity under dates: `Walk, treadmill   8 min   26 min`."""
    if not _MEASURE.search(row.label.text):
        return
    found = [
        (_Day(row, day, off=False), value)
        for number, day in enumerate(days)
        if day is not None and (value := _value(row, number)) is not None
    ]
    found.sort(key=lambda pair: pair[0].day.last_day() if pair[0].day else date.min)
    if len(found) > 1:
        yield _change(" ".join(row.label.text.split()), found[0], found[-1], True, None)  # noqa: FBT003


def _day(row: Row, heads: Sequence[Cell], source: PageText) -> _Day:
    found = find_dates(row.label.text)
    day = found[0].value if found and found[0].start == 0 else None
    of_medicine = [
        cell
        for head, cell in zip(heads, row.values, strict=False)
        if cell is not None and _medicine(head, source) is not None
    ]
    off = any(_NOT_TAKEN.match(cell.text) for cell in of_medicine)
    note = any(cell is not None and _WITHOUT_NOTE.search(cell.text) for cell in row.values)
    return _Day(row, day, off or note)


def _medicine(head: Cell, source: PageText) -> str | None:
    """The medicine a column is of."""
    named = {one.drug.generic for one in source.drugs_in(head.start, head.end)}
    if len(named) == 1:
        return named.pop()
    found = _MEDICINE.search(head.text)
    if found is None:
        return None
    if found["patch"]:
        return source.patch or PATCH
    return PAIN_PILL if found["pill"] else REGIMEN


def _column(
    number: int, head: Cell, days: Sequence[_Day], table: Table, source: PageText
) -> Iterator[Reading]:
    """One measure over the days."""
    scored = [(one, value) for one in days if (value := _value(one.row, number)) is not None]
    scored = [(one, value) for one, value in scored if one.day is not None]
    if len(scored) < 2:
        return
    kind = kind_of(head.text) or kind_of(_FIRST_WORD.split(head.text)[0])
    if kind is not None and "interf" in head.text.casefold():  # of pain with daily life
        kind = "function"
    subject = next(
        (_medicine(each, source) for each in table.heads[1:] if _medicine(each, source)), None
    )
    off = [pair for pair in scored if pair[0].off]
    on = [pair for pair in scored if not pair[0].off]
    medicine = subject or _noted(off, source)
    if _SCORE.search(head.text) and all(value <= _HIGHEST_PAIN for _, value in scored):
        yield from _pains(head.text, scored)
        if off and on:
            yield _relief(off[-1][0], off[-1][1], on[-1][1], medicine)
    elif kind is not None or _MEASURE.search(head.text):
        name = " ".join(head.text.split())
        yield from _instruments(name, kind, scored)
        yield from _changes(name, kind, (scored, off, on), medicine)


def _pains(head: str, scored: Sequence[tuple[_Day, float]]) -> Iterator[Reading]:
    context = "current" if _NOW.search(head) else "unspecified"
    context = "average" if _AVERAGE.search(head) else context
    for one, value in scored:
        told = "without_medication" if one.off else context
        yield _reading(ConceptId("pain_score"), one, {"score": value, "context": told}, None)


def _instruments(
    name: str, kind: str | None, scored: Sequence[tuple[_Day, float]]
) -> Iterator[Reading]:
    if kind is not None:
        for one, value in scored:
            yield _reading(INSTRUMENT, one, {"name": name, "score": value, "kind": kind}, None)


def _changes(
    name: str,
    kind: str | None,
    days: tuple[Sequence[tuple[_Day, float]], ...],
    medicine: str | None,
) -> Iterator[Reading]:
    """What was gained with the medicine against without it, and from the first day to the last."""
    scored, off, on = days
    if kind not in {None, "function"}:
        return
    more_is_better = kind is None or name.casefold() in HIGHER_IS_BETTER
    if off and on:
        yield _change(name, off[-1], on[-1], more_is_better, medicine)
    yield _change(name, scored[0], scored[-1], more_is_better, None)


def _noted(off: Sequence[tuple[_Day, float]], source: PageText) -> str | None:
    """The medicine that the note beside a row says was off."""
    for one, _ in off:
        for cell in one.row.values:
            found = _WITHOUT_NOTE.search(cell.text) if cell else None
            if cell is not None and found is not None:
                return _medicine(Cell(cell.start, cell.end, found.group()), source)
    return None


def _value(row: Row, number: int) -> float | None:
    cell = row.values[number] if number < len(row.values) else None
    found = _NUMBER.match(cell.text) if cell else None
    return float(found[1]) if found else None


def _change(
    name: str,
    first: tuple[_Day, float],
    last: tuple[_Day, float],
    more_is_better: bool,  # noqa: FBT001 - one word more says it
    subject: str | None,
) -> Reading:
    gain = last[1] - first[1] if more_is_better else first[1] - last[1]
    value: dict[str, object] = {
        "direction": "better" if gain > 0 else "worse" if gain < 0 else "same",
        "specific": True,
        "activities": (name,),
        "before": f"{first[1]:g}",
        "after": f"{last[1]:g}",
    }
    return _reading(FUNCTION, last[0], value, subject)


def _reading(
    concept: ConceptId, one: _Day, value: dict[str, object], subject: str | None
) -> Reading:
    row = one.row
    return Reading(
        concept=concept,
        start=row.label.start,
        end=max([row.label.end, *(cell.end for cell in row.values if cell)]),
        value=value,
        rule="table.days",
        negatable=False,
        subject=subject,
        day=one.day,
    )


def _relief(one: _Day, without: float, with_: float, subject: str | None) -> Reading:
    direction = "better" if with_ < without else "worse" if with_ > without else "same"
    value: dict[str, object] = {"without": without, "with": with_, "direction": direction}
    return _reading(RELIEF, one, value, subject)


def _trial(table: Table, days: Sequence[_Day], source: PageText) -> Iterator[Reading]:
    """The weeks of a trial: pain at its start and its end, of the drug that the heading names."""
    heads = table.heads[1:]
    if not any(_DOSE.search(head.text) for head in heads):
        return
    start = table.heads[0].start
    named = list(source.drugs_in(max(0, start - _ABOVE), start))
    for number, head in enumerate(heads):
        scored = [(one, value) for one in days if (value := _value(one.row, number)) is not None]
        fits = _SCORE.search(head.text) and all(value <= _HIGHEST_PAIN for _, value in scored)
        if fits and named and len(scored) > 1:
            last, value = scored[-1]
            yield _relief(last, scored[0][1], value, named[-1].drug.generic)


def _by_dose(table: Table, source: PageText) -> Iterator[Reading]:
    """Pain before and after each dose of the medicine that a head names."""
    heads = table.heads[1:]
    before = [n for n, head in enumerate(heads) if _BEFORE.match(head.text)]
    after = [n for n, head in enumerate(heads) if _AFTER.match(head.text)]
    named = {
        one.drug.generic for head in table.heads for one in source.drugs_in(head.start, head.end)
    }
    if len(before) != 1 or len(after) != 1 or len(named) != 1:
        return
    subject = named.pop()
    for row in table.rows:
        off, on = _value(row, before[0]), _value(row, after[0])
        if off is not None and on is not None and max(off, on) <= _HIGHEST_PAIN:
            yield _relief(_Day(row, None, off=False), off, on, subject)
