"""Directions for use: `1 po q4-6h prn, max 5/day` read as numbers.

Request lines and medication lists share it, so it lives with the nouns. Of a range the highest use
is kept, since limits ask for the most a patient may take; a stated maximum wins. The text is cut
into parts (amount, frequency, route ...); parts with only fillers between them are one set of
directions. Hand it lines, not whole records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from openimr.model.numbers import NUMBER, number


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


_RANGE = rf"{NUMBER}(?:\s*(?:-|\u2013|to|or)\s*{NUMBER})?"
_COUNTED = (
    r"(?:tab(?:let)?s?|cap(?:sule|let)?s?|pills?|patch(?:es)?|lozenges?|films?|strips?"
    r"|suppositor(?:y|ies)|sprays?|puffs?|drops?|gtts?|pumps?|packets?|applications?)"
)
_MEASURED = r"(?:m[lL]|cc|grams?|gms?|g|mg|mcg)"
_A_DAY = (
    r"(?:\s*(?:a|per|each|every|/)\s*(?:24\s*h(?:ou)?rs?|day|d\b)|\s*daily"
    r"|\s*in\s+24\s*h(?:ou)?rs?)"
)
_WEEK = r"\s*(?:a|per|each|every|/)?\s*(?:week(?:ly)?|wk)"
_ABBREVIATED = (
    r"(?:q\.?\s*i\.?\s*d|t\.?\s*i\.?\s*d|b\.?\s*i\.?\s*d|q\.?\s*o\.?\s*d|q\.?\s*d(?:ay)?|q\.?\s*h\.?\s*s"
    r"|q\.?\s*a\.?\s*m|q\.?\s*p\.?\s*m|q\.?\s*noon|q\.?\s*week(?:ly)?|h\.?s)\b\.?(?![/\w])(?!-\d)"
)
_MOMENT = (
    r"(?:(?:at|every|each|before|in\s+the|q)\s*(?:bed\s?-?time|bed|night|noon|morning|evening|afternoon)"
    r"|nightly)"
)
_ROUTES = {
    "po": r"p\.?o\b\.?|by\s+mouth|orally|oral(?!\s+(?:tab|cap|susp|sol))",
    "sl": r"sublingual(?:ly)?|s\.?l\b\.?|under\s+(?:the\s+)?tongue",
    "buccal": r"buccal(?:ly)?",
    "topical": (r"topical(?:ly)?|to\s+(?:the\s+)?(?:affected|painful)\s+(?:area|site|region)s?"),
    "transdermal": r"transdermal(?:ly)?|to\s+(?:the\s+)?skin",
    "rectal": r"rectal(?:ly)?|p\.?r\b\.?(?!n)",
    "intranasal": r"intranasal(?:ly)?|in(?:to)?\s+(?:each|one)\s+nostril",
    "im": r"i\.?m\b\.?|intramuscular(?:ly)?",
}
_ROUTE = {route: re.compile(rf"(?:{words})", re.IGNORECASE) for route, words in _ROUTES.items()}
_NEXT_IS_SIG = (
    r"(?=\s*(?:(?:p\.?o|by\s+mouth|orally|s\.?l|q|bid|tid|b\.i|t\.i|qid|q\.i|every|each|daily|at|twice"
    rf"|once|nightly|as\s+needed|prn|w(?:ith|/)\s*(?:the\s+)?(?:evening|morning|dinner|supper|breakfast)"
    rf"|{NUMBER}\s*(?:x\b|times?))\b|q\.?\s*\d|\d+\s*x\b))"
)
_PARTS = {
    "maximum": (
        rf"\b(?:max(?:imum)?\.?|mdd|no\s+more\s+than|not\s+(?:to\s+)?exceed(?:ing)?|nte"
        rf"|up\s+to(?=\s*{NUMBER}\s*(?:(?:{_COUNTED}|{_MEASURED})\b)?{_A_DAY}))"
        rf"(?:\s*(?:of|dose|daily|is|=|:))*\s*{NUMBER}\s*(?:(?:{_COUNTED}|{_MEASURED})\b)?(?:{_A_DAY})?"
    ),
    "wear": (
        r"\b12\s*(?:h(?:ou)?rs?|h)\.?\s*on\s*(?:and|[/,&-])?\s*12\s*(?:h(?:ou)?rs?|h)\.?\s*off\b"
        r"|\bon\s*(?:for\s*)?12\s*(?:h(?:ou)?rs?|h)\.?\s*(?:and|[/,&-])?\s*off\s*(?:for\s*)?12(?:\s*h(?:ou)?rs?)?\b"
    ),
    "interval": (
        rf"\b(?:q|every|each)\.?\s*{_RANGE}\s*-?\s*(?:h(?:ou)?rs?|h|d(?:ays?)?|wks?|weeks?)\b\.?"
        r"|\bq\.?\s*(?:\d\s*-\s*)?(?:4|6|8|12|24|48|72)\b(?!\s*(?:mo|day|w))"
    ),
    "weekly": (
        rf"\b{_RANGE}\s*(?:x|times?){_WEEK}\b|\b(?:once|twice){_WEEK}\b|\bweekly\b"
        r"|\bevery\s+week\b|\bq\.?\s*w(?:ee)?k(?:ly)?\b"
    ),
    "times": (
        rf"(?:\bup\s+to\s+)?(?<![\w.]){_RANGE}\s*(?:x|times?){_A_DAY}(?!\w)|\bx\s*\d{_A_DAY}"
        rf"|(?<![\w./-]){_RANGE}{_A_DAY}|(?<![\w./-]){_RANGE}\s*{_COUNTED}\s*/\s*(?:day|d\b)"
    ),
    "abbreviated": rf"(?:\bup\s+to\s+)?\b{_ABBREVIATED}(?:\s*(?:-|\u2013|to)\s*{_ABBREVIATED})?",
    "daily": (
        r"\b(?:once|twice|thrice)\s*(?:a|per|each)?\s*(?:day|daily)\b"
        r"|\b(?:every\s+(?:other|third|3rd)\s+day|every\s+day|each\s+day|(?<!/)daily|a\s+day|per\s+day)\b"
    ),
    "moment": rf"\b{_MOMENT}\b",
    "meal": (
        r"\b(?:with|w/|at|after|before)\s*(?:the\s+|her\s+|his\s+)?"
        r"(?:(?:evening|morning|noon)\s+meal|dinner|supper|breakfast|lunch)\b"
    ),
    "prn": (
        r"\b(?:p\.?r\.?n\b\.?|(?:as|if|when)\s+needed)(?:\s+(?:for\s+)?(?:[a-z]+[\s/]+){0,3}?"
        r"(?:pain|spasms?|nausea|sleep|insomnia|anxiety|constipation|headaches?|inflammation)\b)?"
    ),
    "days": r"\b(?:x|for)\s*\d+\s*(?:days?|d|weeks?|wks?)\b|\b\d+\s*days\b(?!\s*supply)",
    "route": r"\b(?:" + "|".join(_ROUTES.values()) + ")",
    "verb": (
        r"\b(?:sig\b\s*[:=.]?|take[ns]?\b|taking\b|apply\b|use[sd]?\b|place\b|wear\b|dissolve\b"
        r"|inhale\b)"
    ),
    "amount": (
        rf"(?<![\w#./%$-])(?:(?:up\s+to\s+)?{_RANGE}|i{{1,3}}\b|t{{1,2}}\b|a(?=\s+{_COUNTED}))"
        rf"(?:\s*{_COUNTED}\b\.?|\s*{_MEASURED}\b|(?![\w/%]){_NEXT_IS_SIG})"
        # `Ambien 10 qhs` tells a strength, `Ambien 1-2 qhs` how many.
        r"|(?<![\w#./%$-])[1-4](?:\s*(?:-|\u2013|to|or)\s*[1-4])?(?=\s*(?:q\.?\s*(?:h\.?s|a\.?m|p\.?m|noon"
        r"|d|day|w(?:ee)?k(?:ly)?)|(?:at\s+)?h\.?s)\b)"
    ),
}
_PART = re.compile(
    # Every part begins a word; to ask that first saves trying each kind at each letter.
    r"(?=[\w.])(?:(?<!\w)|(?=\.))(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PARTS.items())
    + ")",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"[\s,;:()/&+.-]*(?:(?:of|and|or|then|the|with|food|dose|for\s+(?:severe\s+)?pain)\b[\s,;()]*)*",
    re.IGNORECASE,
)
_PER_DAY = {"qid": 4.0, "tid": 3.0, "bid": 2.0, "qod": 0.5, "qweek": 1 / 7, "qweekly": 1 / 7}
_PER_DAY |= {"twice": 2.0, "thrice": 3.0, "everyotherday": 0.5}
_PER_DAY |= {"everythirdday": 1 / 3, "everyrdday": 1 / 3}
_HOURS = {"h": 1, "d": 24, "w": 168}
_SPAN = re.compile(r"(?:(?<=[\W\d])|^)([hdw])(?=r|o|a|e|k|\b)")
_MOMENTS = frozenset({"qam", "qpm", "qhs", "hs", "qnoon"})
_MOST_COUNTED, _MOST_MEASURED = 12, 16
"""Above these a number of tablets, or of grams and millilitres, is a quantity and not a dose."""
_FREQUENCIES = ("wear", "interval", "weekly", "times", "abbreviated", "daily", "moment", "meal")
_ROMAN = {"i": 1.0, "ii": 2.0, "iii": 3.0, "a": 1.0, "t": 1.0, "tt": 2.0}
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_MEASURE = re.compile(_MEASURED, re.IGNORECASE)
_UNIT = re.compile(
    rf"({_COUNTED}|{_MEASURED})\.?\s*$|({_COUNTED}|{_MEASURED})\b(?={_A_DAY})", re.IGNORECASE
)
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
        if kinds & {*_FREQUENCIES, "prn", "maximum"} or {"amount", "route"} <= kinds:
            yield _read(text, run)


def _runs(text: str) -> Iterator[list[_Part]]:
    """Parts that stand together; fillers alone may stand between them."""
    run: list[_Part] = []
    for part in _PART.finditer(text):
        if run and not _FILLER.fullmatch(text, run[-1].end(), part.start()):
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
    if unit and _MEASURE.fullmatch(unit):
        return (
            not unit.lower().startswith("mc") and unit.lower() != "mg" and value <= _MOST_MEASURED
        )
    return value <= _MOST_COUNTED


def _read(text: str, run: list[_Part]) -> Sig:
    start, end = run[0].start(), run[-1].end()
    sig = _doses(Sig(text=text[start:end], start=start, end=end), run)
    for part in run:
        sig = _detail(sig, part)
    return _capped(sig)


@dataclass(slots=True)
class _Clause:
    """An amount at a frequency; `1 qam and 2 qhs` has two."""

    amount: float
    times: float
    moment: bool


def _doses(sig: Sig, run: list[_Part]) -> Sig:
    clauses: list[_Clause] = []
    words: list[str] = []
    amount = unit = None
    fresh = True
    for part in run:
        if part.lastgroup == "amount":
            if fresh is False or amount is None or _unit(part.group()) not in ("mg", "mcg"):
                amount, unit = _amount(part.group()), _unit(part.group()) or unit
            fresh = True
        elif part.lastgroup in _FREQUENCIES:
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
    return replace(
        sig,
        units_per_dose=total / doses if doses else amount or 1.0,
        units_stated=amount is not None,
        unit=unit,
        doses_per_day=doses or None,
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


def _detail(sig: Sig, part: _Part) -> Sig:
    """What is neither amount nor frequency."""
    words = part.group()
    if part.lastgroup == "prn":
        return replace(sig, prn=True)
    if part.lastgroup == "days":
        span = 7 if re.search(r"\bw|\dw", words, re.IGNORECASE) else 1
        return replace(sig, days=int(_numbers(words)[0]) * span)
    if part.lastgroup == "route":
        route = next(name for name, pattern in _ROUTE.items() if pattern.match(words))
        return replace(sig, route=sig.route or route)
    if part.lastgroup == "maximum":
        found = _UNIT.search(words)
        unit = next((group for group in found.groups() if group), None) if found else None
        measured = unit is not None and _MEASURE.fullmatch(unit)
        return replace(sig, max_per_day=_numbers(words)[0], max_unit=unit if measured else None)
    return sig


def _capped(sig: Sig) -> Sig:
    """A stated maximum limits what the frequency allows."""
    same_unit = sig.max_unit is None or sig.max_unit == sig.unit
    if sig.max_per_day is None or not same_unit or not sig.units_per_dose:
        return sig
    most = sig.max_per_day / sig.units_per_dose
    return replace(sig, doses_per_day=min(most, sig.doses_per_day or most))


def _amount(words: str) -> float:
    bare = words.strip().casefold().split()[0]
    return _ROMAN.get(bare) or max(_numbers(words), default=1.0)


def _unit(words: str) -> str | None:
    found = _UNIT.search(words.strip())
    return next((group for group in found.groups() if group), None) if found else None


def _numbers(words: str) -> list[float]:
    values = (number(found.group()) for found in _NUMBER.finditer(words))
    return [value for value in values if value is not None]
