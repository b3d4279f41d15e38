"""Directions for use: `1 po q4-6h prn, max 5/day` read as numbers.

Request lines and medication lists share it, so it lives with the nouns. Of a range the highest use
is kept, since limits ask for the most a patient may take; a stated maximum wins. The text is cut
into parts (amount, frequency, route ...); parts with only fillers between them are one set of
directions. Hand it lines, not whole records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from openimr.model.numbers import NUMBER, number
from openimr.model.sig_parts import FILLER, FREQUENCIES, MEASURE, PART, ROUTE, UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Sig:
    """Directions for use, with the numbers they allow at most."""

    text: str
    """As written: `source[start:end] == text`."""
    start: int
    end: int
    units_per_dose: float = 1.0
    """Highest of a range; 1 where only a frequency is written (see `units_stated`)."""
    units_stated: bool = False
    unit: str | None = None
    """What is counted, as written: tab, patch, ml, mg."""
    doses_per_day: float | None = None
    """Highest allowed; None where only 'as needed' or a single use is written."""
    frequency: str | None = None
    """The words of the frequency: `q4-6h`."""
    prn: bool = False
    max_per_day: float | None = None
    """What the directions forbid to exceed in a day, in `max_unit`."""
    max_unit: str | None = None
    """None for units (tablets, patches); `mg`, `g` or `ml` where the maximum is an amount."""
    route: str | None = None
    """po, sl, topical, transdermal, ..."""
    days: int | None = None
    """For how many days, where written."""

    @property
    def per_day(self) -> float | None:
        """Units a day at most; None where no frequency is written."""
        return None if self.doses_per_day is None else self.units_per_dose * self.doses_per_day


_PER_DAY = {"qid": 4.0, "tid": 3.0, "bid": 2.0, "qod": 0.5, "qweek": 1 / 7, "qweekly": 1 / 7}
_PER_DAY |= {"twice": 2.0, "thrice": 3.0, "everyotherday": 0.5}
_PER_DAY |= {"everythirdday": 1 / 3, "everyrdday": 1 / 3}
_HOURS = {"h": 1, "d": 24, "w": 168}
_SPAN = re.compile(r"(?:(?<=[\W\d])|^)([hdw])(?=r|o|a|e|k|\b)")
_MOMENTS = frozenset({"qam", "qpm", "qhs", "hs", "qnoon"})
_MOST_COUNTED, _MOST_MEASURED = 12, 16
"""Above these a number of tablets, or of grams and millilitres, is a quantity and not a dose."""
_ROMAN = {"i": 1.0, "ii": 2.0, "iii": 3.0, "a": 1.0, "t": 1.0, "tt": 2.0}
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_Part: TypeAlias = "re.Match[str]"


def parse_sig(text: str) -> Sig | None:
    """The first directions for use in a text; None if there are none.

    >>> sig = parse_sig("Norco 10/325 #150, 1-2 po q4-6h prn, max 8/day")
    >>> sig.text, sig.units_per_dose, sig.doses_per_day, sig.per_day
    ('1-2 po q4-6h prn, max 8/day', 2.0, 4.0, 8.0)
    """
    return next(find_sigs(text), None)


def find_sigs(text: str) -> Iterator[Sig]:
    """Every set of directions in a text, in order."""
    if not _LETTER.search(text):
        return
    for run in _runs(text):
        kinds = {part.lastgroup for part in run}
        if kinds & {*FREQUENCIES, "prn", "maximum"} or {"amount", "route"} <= kinds:
            yield _read(text, run)


def _runs(text: str) -> Iterator[list[_Part]]:
    """Parts that stand together; fillers alone may stand between them."""
    run: list[_Part] = []
    for part in PART.finditer(text):
        if run and not FILLER.fullmatch(text, run[-1].end(), part.start()):
            yield run
            run = []
        if run or part.lastgroup not in ("days", "amount") or _is_dose(part):
            run.append(part)
    if run:
        yield run


def _is_dose(part: _Part) -> bool:
    """Whether an amount can open directions: `40 mg` is a strength, `60 tablets` a quantity."""
    if part.lastgroup == "days":
        return False
    value, unit = _amount(part.group()), _unit(part.group())
    if unit and MEASURE.fullmatch(unit):
        return (
            not unit.lower().startswith("mc") and unit.lower() != "mg" and value <= _MOST_MEASURED
        )
    return value <= _MOST_COUNTED


def _read(text: str, run: list[_Part]) -> Sig:
    start, end = run[0].start(), run[-1].end()
    dose, details = _dose(run), _details(run)
    doses = dose.times or None
    if details.max_per_day is not None and dose.amount:
        # A stated maximum limits what the frequency allows.
        most = details.max_per_day / dose.amount
        if details.max_unit is None or details.max_unit == dose.unit:
            doses = min(most, doses or most)
    return Sig(
        text=text[start:end],
        start=start,
        end=end,
        units_per_dose=dose.amount,
        units_stated=dose.stated,
        unit=dose.unit,
        doses_per_day=doses,
        frequency=dose.frequency,
        prn=details.prn,
        max_per_day=details.max_per_day,
        max_unit=details.max_unit,
        route=details.route,
        days=details.days,
    )


class _Dose(NamedTuple):
    """How much at a time, and how often a day (0 where no frequency is written)."""

    amount: float
    stated: bool
    unit: str | None
    times: float
    frequency: str | None


@dataclass(slots=True)
class _Clause:
    """An amount at a frequency; `1 qam and 2 qhs` has two."""

    amount: float
    times: float
    moment: bool


def _dose(run: list[_Part]) -> _Dose:
    clauses: list[_Clause] = []
    words: list[str] = []
    amount = unit = None
    fresh = True
    for part in run:
        if part.lastgroup == "amount":
            if fresh is False or amount is None or _unit(part.group()) not in ("mg", "mcg"):
                amount, unit = _amount(part.group()), _unit(part.group()) or unit
            fresh = True
        elif part.lastgroup in FREQUENCIES:
            words.append(part.group())
            times, moment = _times(part), _is_moment(part)
            if not clauses or (fresh and amount is not None) or (moment and clauses[-1].moment):
                clauses.append(_Clause(1.0 if amount is None else amount, times, moment))
            else:
                # `twice daily every 12 hours`, `daily at bedtime`: one frequency named twice.
                clauses[-1].times = max(clauses[-1].times, times)
            fresh = False
    doses = sum(clause.times for clause in clauses)
    total = sum(clause.times * clause.amount for clause in clauses)
    return _Dose(
        amount=total / doses if doses else amount or 1.0,
        stated=amount is not None,
        unit=unit,
        times=doses,
        frequency=" ".join(words) or None,
    )


def _times(part: _Part) -> float:
    """How often a day, the highest of a range."""
    words = part.group().casefold()
    numbers = _numbers(re.sub(r"^[a-z]+\.", "", words))
    letters = re.sub(r"[^a-z]", "", words)
    if part.lastgroup == "interval":
        span = next(iter(_SPAN.findall(words)[-1:]), "h")
        return 24 / ((min(numbers) or 24) * _HOURS[span])
    if part.lastgroup == "weekly":
        return (max(numbers) if numbers else 2.0 if "twice" in words else 1.0) / 7
    if part.lastgroup == "times":
        return max(numbers)
    return max((times for name, times in _PER_DAY.items() if name in letters), default=1.0)


def _is_moment(part: _Part) -> bool:
    return part.lastgroup == "moment" or re.sub(r"[^a-z]", "", part.group().lower()) in _MOMENTS


@dataclass(slots=True)
class _Details:
    """What is neither amount nor frequency."""

    prn: bool = False
    days: int | None = None
    route: str | None = None
    max_per_day: float | None = None
    max_unit: str | None = None


def _details(run: list[_Part]) -> _Details:
    found = _Details()
    for part in run:
        words = part.group()
        if part.lastgroup == "prn":
            found.prn = True
        elif part.lastgroup == "days":
            span = 7 if re.search(r"\bw|\dw", words, re.IGNORECASE) else 1
            found.days = int(_numbers(words)[0]) * span
        elif part.lastgroup == "route":
            route = next(name for name, pattern in ROUTE.items() if pattern.match(words))
            found.route = found.route or route
        elif part.lastgroup == "maximum":
            unit = _unit(words)
            measured = unit is not None and MEASURE.fullmatch(unit)
            found.max_per_day = _numbers(words)[0]
            found.max_unit = unit if measured else None
    return found


def _amount(words: str) -> float:
    bare = words.strip().casefold().split()[0]
    return _ROMAN.get(bare) or max(_numbers(words), default=1.0)


def _unit(words: str) -> str | None:
    found = UNIT.search(words.strip())
    return next((group for group in found.groups() if group), None) if found else None


def _numbers(words: str) -> list[float]:
    values = (number(found.group()) for found in _NUMBER.finditer(words))
    return [value for value in values if value is not None]
