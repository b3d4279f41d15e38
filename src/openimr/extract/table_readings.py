"""What tables say: before and after, with and without, drug by drug, instruments over time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from openimr.extract.dates import find_dates
from openimr.extract.function_measures import FUNCTION
from openimr.extract.instruments import HIGHER_IS_BETTER, INSTRUMENT, kind_of
from openimr.extract.pain_relief import RELIEF
from openimr.extract.passages import PageText, Reading
from openimr.extract.table_days import measured, read_days
from openimr.extract.tables import Cell, Row, Table, find_tables
from openimr.model.dates import PartialDate
from openimr.model.document import DocumentKind
from openimr.model.evidence import PAIN_PILL, PATCH, REGIMEN
from openimr.model.ids import ConceptId

_WITHOUT = re.compile(
    r"(?i)\b(?:before|prior|baseline|without|off|no|w/o|initial|(?:at\s+)?start(?:\s+of\s+care)?|intake|admission|eval\w*|pre|untreated|none|unmedicated)\b(?!\s*(?:change|visit))"
)
_WITH = re.compile(
    r"(?i)\b(?:now|current\w*|today|with|after|on|present\w*|post|since|at\s+follow|discharge|this\s+visit)\b|\bw/(?!o)"
)
_MEDICINE = re.compile(
    r"(?i)\b(?P<patch>patch\w*)|\b(?P<pill>pills?|tablets?)\b|\b(?:meds?|medic\w+|opioids?|drugs?|dose\w*|rx)\b"
)
_PAIN = re.compile(r"(?i)\b(?:pain|VAS|NRS|burning|ache|aching|discomfort|soreness)\b")
_LESS_IS_BETTER = re.compile(
    r"(?i)\b(?:pain|TUG|timed\s+up|woke|woken|wakes?|awake\w*|nights?|missed|absen\w+|falls?|naps?|rest(?:s|ing)?|lying|in\s+bed|help|assist\w*|crutch\w*|"
    r"cane|walker|disability|limit\w*|difficult\w*|time\s+to|seconds?|minutes?\s+to|sick)\b"
)
_AT_WORK = re.compile(
    r"(?i)\b(?:hours?|days?|shifts?)\s+(?:of\s+)?work\w*|\b(?:full|half|whole|entire|regular)\s+(?:shift|day)|\bwork(?:ed|ing)?\b|\bon\s+the\s+job\b"
)
_OFF_MEDICINE = re.compile(
    r"(?i)\b(?:no|without|w/o|off|out\s+of)\s+(?:(?:the|his|her)\s+)?(?P<a>[A-Za-z][\w-]*)"
    r"|\b(?P<b>[A-Za-z][\w-]*)\s+(?:off|out|held|lapsed?|stopped)\b"
)
"""A head that says that the medicine was not taken, whatever stands over the other columns."""
_NOTHING = re.compile(
    r"(?i)^\s*(?:none|nil|no|not|unable|could\s+not|couldn't|refused|declined|cannot|can't|never|0|zero|-+|n/a|not\s+able|bedbound|off)\b|^\s*-+\s*$"
)
_SAME = re.compile(r"(?i)\b(?:same|unchanged|no\s+change)\b")
_NUMBER = re.compile(r"(?<![\d./])(\d+(?:\.\d+)?)(?![\d/])")
_BOX_TICKED = re.compile(
    r"\[\s?[xX\u2713\u2714]\s?\]|[\u2611\u2612\u2714]|^(?:yes|y|x)\b", re.IGNORECASE
)
_BOX_EMPTY = re.compile(r"\[\s*\]|[\u2610\u25a1]|^(?:no|n)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?i)(?:from\s+)?(?<![\d/])(?P<a>10|\d(?:\.\d)?)(?:\s*/\s*10)?\s*(?:to|->|=>|\u2192|down\s+to)\s*(?P<b>10|\d(?:\.\d)?)(?:\s*/\s*10)?(?![\d/%])"
)
_RESPONSE = re.compile(r"(?i)\b(?:response|effect\w*|benefit|result|relief|outcome|helps?)\b")
_DRUG = re.compile(r"(?i)\b(?:drug|medication|medicine|rx|agent)\b")
_PRE = re.compile(r"(?i)^\W*(?:pain\s+)?pre\b|^\W*(?:pain\s+)?before\b")
_POST = re.compile(r"(?i)^\W*(?:pain\s+)?(?:post|after|re-?check)\b")
_SCORED_BY_DOSE = re.compile(r"(?i)\bpain\b|\bmedication\s+administration\b|\bMAR\b")
_ONLY_SCORE = re.compile(r"(\d{1,2}(?:\.\d)?)(?:\s*(?:-|/)\s*\d{1,2})?\s*$")
_HIGHEST_PAIN = 10
_WHOLE_SCORE = re.compile(r"\s*(10|\d)(?:\s*/\s*10)?\s*$")
_SHORTEST_LABEL = 3
_WORD = re.compile(r"[A-Za-z]{2}")


def read_tables(source: PageText) -> list[Reading]:
    """What the tables of a page say of pain, function, instruments and single drugs."""
    if source.document.kind in {DocumentKind.CURES, DocumentKind.PHARMACY_LEDGER, DocumentKind.LAB}:
        return []
    return [
        reading
        for table in find_tables(source.page.text)
        for reading in _readings_of(table, source)
    ]


def _readings_of(table: Table, source: PageText) -> Iterator[Reading]:
    """One table as each kind of table; it answers to few of them."""
    if _of_doses(table):
        yield from _by_dose(table, source)
        return
    if _without_medicine(table, source):
        yield from _compared(table, source)
        return
    by_day = read_days(table, source)
    if by_day:
        yield from by_day
        return
    yield from _compared(table, source)
    yield from _by_hours(table, source)
    yield from _by_drug(table, source)
    yield from _over_time(table)


def _reading(
    concept: ConceptId,
    row: Row,
    value: dict[str, object],
    *,
    subject: str | None = None,
    day: PartialDate | None = None,
) -> Reading:
    return Reading(
        concept=concept,
        start=row.label.start,
        end=max([row.label.end, *(cell.end for cell in row.values if cell)]),
        value=value,
        rule="table",
        negatable=False,
        subject=subject,
        day=day,
    )


def _subject(words: str, source: PageText) -> str | None:
    """Which medicine a head names, by its form."""
    found = _MEDICINE.search(words)
    if found is None:
        return None
    if found["patch"]:
        return source.patch or PATCH
    return PAIN_PILL if found["pill"] else REGIMEN


def _compared(table: Table, source: PageText) -> Iterator[Reading]:
    """Rows under `before` and `now`, or `no pill` and `with pill`."""
    off = [n for n, head in enumerate(table.heads[1:]) if _WITHOUT.search(head.text)]
    on = [n for n, head in enumerate(table.heads[1:]) if _WITH.search(head.text) and n not in off]
    stopped = _without_medicine(table, source)
    if stopped:
        off, on = stopped, [n for n in range(len(table.heads) - 1) if n not in stopped]
    if len(off) != 1 or not on:
        return
    subject = _subject(" ".join(head.text for head in table.heads), source)
    named = {
        one.drug.generic for head in table.heads for one in source.drugs_in(head.start, head.end)
    }
    subject = named.pop() if len(named) == 1 else subject
    of_pain = _PAIN.search(f"{table.title} {table.heads[0].text}") is not None
    for row in table.rows:
        before, after = _at(row, off[0]), _at(row, on[-1])
        if before is None or after is None or len(row.label.text) < _SHORTEST_LABEL:
            continue
        if not _WORD.search(row.label.text):  # a day of a diary is no activity
            continue
        scored = _is_score(before) and _is_score(after)
        if scored and (of_pain or _PAIN.search(row.label.text)):
            yield _pain(row, _amount(before) or 0, _amount(after) or 0, subject)
            continue
        direction = _direction(row.label.text, before.text, after.text)
        if direction is None:
            continue
        value: dict[str, object] = {
            "direction": direction,
            "activities": (" ".join(row.label.text.split()),),
            "specific": True,
        }
        if not _BOX_TICKED.search(after.text):
            value |= {"before": before.text, "after": after.text}
        yield _reading(FUNCTION, row, value, subject=subject)
        if direction == "better" and subject and _AT_WORK.search(row.label.text):
            working: dict[str, object] = {"status": "modified_duty", "with_medication": True}
            yield _reading(ConceptId("return_to_work"), row, working, subject=subject)


def _without_medicine(table: Table, source: PageText) -> list[int]:
    """The one column whose head says that the medicine was missing; empty if not just one does.

    The columns beside it are then of times with it: `wk 1 | wk 3 (patch off) | wk 8`.
    """
    columns = [
        n
        for n, head in enumerate(table.heads[1:])
        if any(
            _MEDICINE.fullmatch(word)
            or source.drugs_in(found.start(group) + at, found.end(group) + at)
            for at in (head.start,)
            for found in _OFF_MEDICINE.finditer(source.page.text[head.start : head.end])
            for group, word in found.groupdict().items()
            if word
        )
    ]
    return columns if len(columns) == 1 and len(table.heads) > len(columns) + 1 else []


def _is_score(cell: Cell) -> bool:
    """Whether a cell holds a number that can be one of pain, without a unit."""
    found = _ONLY_SCORE.match(cell.text)
    return found is not None and float(found[1]) <= _HIGHEST_PAIN


def _at(row: Row, column: int) -> Cell | None:
    return row.values[column] if column < len(row.values) else None


def _amount(cell: Cell | None) -> float | None:
    found = _NUMBER.search(cell.text) if cell else None
    return float(found[1]) if found else None


def _pain(row: Row, without: float, with_: float, subject: str | None) -> Reading:
    direction = "better" if with_ < without else "worse" if with_ > without else "same"
    value: dict[str, object] = {"without": without, "with": with_, "direction": direction}
    return _reading(RELIEF, row, value, subject=subject)


def _direction(label: str, before: str, after: str) -> str | None:
    """Better, worse or same; None where the cells do not say."""
    if _BOX_TICKED.search(after) and not _BOX_TICKED.search(before):
        return "better"
    if _BOX_EMPTY.search(after) or (_BOX_TICKED.search(after) and _BOX_TICKED.search(before)):
        return None
    if _SAME.search(after) or before.casefold() == after.casefold():
        return "same"
    numbers = [_NUMBER.search(words) for words in (before, after)]
    if numbers[0] and numbers[1]:
        change = float(numbers[1][1]) - float(numbers[0][1])
        if change == 0:
            return "same"
        return "better" if (change < 0) == _less_is_better(label) else "worse"
    if _NOTHING.search(before) and not _NOTHING.search(after):
        return "better" if _DID.search(after) or not _less_is_better(label) else None
    return None


_DID = re.compile(r"(?i)\d|\bup/?down\b|\byes\b|\bdone\b|\balone\b")
"""What was refused or could not be done, and then was: for a walk or a stair in any measure."""


def _less_is_better(label: str) -> bool:
    if kind_of(label) in {"function", "pain"}:
        return not any(name in label.casefold() for name in HIGHER_IS_BETTER)
    return _LESS_IS_BETTER.search(label) is not None


def _by_hours(table: Table, source: PageText) -> Iterator[Reading]:
    """A diary of pain: one row without the medicine, others with it."""
    if not _PAIN.search(f"{table.title} {table.heads[0].text}"):
        return
    rows = [(row, [n for n in map(_amount, row.values) if n is not None]) for row in table.rows]
    rows = [(row, numbers) for row, numbers in rows if numbers and max(numbers) <= 10]
    off = [
        (row, numbers)
        for row, numbers in rows
        if _WITHOUT.search(row.label.text) and _MEDICINE.search(row.label.text)
    ]
    on = [(row, numbers) for row, numbers in rows if not _WITHOUT.search(row.label.text)]
    if len(off) != 1 or not on:
        return
    without = off[0][1]
    with_ = on[-1][1]
    subject = _subject(off[0][0].label.text, source)
    yield _pain(off[0][0], round(_mean(without), 1), round(_mean(with_), 1), subject)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _by_drug(table: Table, source: PageText) -> Iterator[Reading]:
    """A table of drugs with a column for the response to each."""
    columns = [n for n, head in enumerate(table.heads[1:]) if _RESPONSE.search(head.text)]
    if not columns or not _DRUG.search(table.heads[0].text):
        return
    for row in table.rows:
        drugs = source.drugs_in(row.label.start, row.label.end)
        said = _at(row, columns[-1])
        change = _CHANGE.search(said.text) if said else None
        if len({drug.drug.generic for drug in drugs}) == 1 and change is not None:
            yield _pain(row, float(change["a"]), float(change["b"]), drugs[0].drug.generic)


def _of_doses(table: Table) -> bool:
    """Whether each row is one dose given, as in a medication administration record."""
    heads = [head.text for head in table.heads]
    return _DRUG.search(heads[0]) is not None and any(_PRE.match(head) for head in heads[1:])


def _by_dose(table: Table, source: PageText) -> Iterator[Reading]:
    """Pain scored before and after each dose given; other counts are not told from pain.

    Both columns are of pain where the page speaks of pain or of the giving of medicines.
    """
    off = [n for n, head in enumerate(table.heads[1:]) if _PRE.match(head.text)]
    on = [n for n, head in enumerate(table.heads[1:]) if _POST.match(head.text)]
    if len(off) != 1 or len(on) != 1 or not _SCORED_BY_DOSE.search(source.page.text):
        return
    for row in table.rows:
        drugs = {one.drug.generic for one in source.drugs_in(row.label.start, row.label.end)}
        before, after = _score(_at(row, off[0])), _score(_at(row, on[0]))
        if len(drugs) == 1 and before is not None and after is not None:
            yield _pain(row, before, after, drugs.pop())


def _score(cell: Cell | None) -> float | None:
    found = _WHOLE_SCORE.match(cell.text) if cell else None
    return float(found[1]) if found else None


def _over_time(table: Table) -> Iterator[Reading]:
    """Instruments under dates: a score for each, and the change from the first to the last."""
    days = [_day(head) for head in table.heads[1:]]
    if sum(day is not None for day in days) < 2:
        return
    for row in table.rows:
        kind = kind_of(row.label.text)
        if kind is None:
            yield from measured(row, days)
        scored = [
            (day, cell, _amount(cell))
            for day, cell in zip(days, row.values, strict=False)
            if day is not None and cell is not None and _amount(cell) is not None
        ]
        if kind is None or len(scored) < 2:
            continue
        scored.sort(key=lambda one: one[0].last_day())
        name = " ".join(row.label.text.split())
        for day, cell, score in scored:
            value: dict[str, object] = {"name": name, "score": score, "kind": kind}
            yield Reading(
                concept=INSTRUMENT,
                start=cell.start,
                end=cell.end,
                value=value,
                rule="table",
                day=day,
            )
        if kind == "function":
            yield _change(row, name, scored)


def _change(
    row: Row, name: str, scored: Sequence[tuple[PartialDate, Cell, float | None]]
) -> Reading:
    before, after = scored[0][2] or 0.0, scored[-1][2] or 0.0
    gain = after - before if name.casefold() in HIGHER_IS_BETTER else before - after
    value: dict[str, object] = {
        "direction": "better" if gain > 0 else "worse" if gain < 0 else "same",
        "specific": True,
        "activities": (name,),
        "before": f"{before:g}",
        "after": f"{after:g}",
    }
    return _reading(FUNCTION, row, value, day=scored[-1][0])


def _day(head: Cell) -> PartialDate | None:
    found = find_dates(head.text)
    return found[0].value if found else None
