"""Validated instruments: name, scores, and what each one measures.

`Oswestry 52%`, `PDQ 108/150 (1/30/2014), today 76`, `NDI 40; it was 54 in December`: of several
scores the newest is the result and the one before it is what it is compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openimr.extract.passages import Passage, Reading
from openimr.model.dates import PartialDate
from openimr.model.ids import ConceptId
from openimr.model.numbers import number

INSTRUMENT = ConceptId("validated_instrument")
_KINDS = {
    "function": r"ODI|(?i:Oswestry(?:\s+Disability\s+Index)?)|RMDQ|(?i:Roland(?:[- ]Morris)?)|NDI|"
    r"(?i:Neck\s+Disability(?:\s+Index)?)|"
    r"(?:Quick)?DASH|PDQ|PDI|(?i:Pain\s+Disability\s+(?:Questionnaire|Index))|LEFS|"
    r"(?i:Lower\s+Extremity\s+Functional\s+Scale)|PSFS|SF-?36|SF-?12|WOMAC|KOOS",
    "pain": r"BPI|(?i:Brief\s+Pain\s+Inventory)|PEG|(?i:McGill)|PCS|TSK|FABQ(?:-W)?",
    "risk": r"ORT|(?i:Opioid\s+Risk\s+Tool)|SOAPP(?:-R)?|COMM|DIRE|CAGE(?:-AID)?",
    "mood": r"PHQ[- ]?(?:[29]|(?i:nine|two))|"
    r"(?i:Patient\s+Health\s+Questionnaire(?:[- ](?:9|nine))?)|"
    r"BDI(?:-II)?|Beck(?:\s+(?:Depression|Anxiety)(?:\s+Inventory)?)?|BAI|GAD-?7|HADS|Zung",
    "sleep": r"(?i:Epworth(?:\s+Sleepiness(?:\s+Scale)?)?)|ESS|ISI|"
    r"(?i:Insomnia\s+Severity\s+Index)|PSQI",
}
"""Abbreviations as they are written, full names in any case."""
_NAME = "|".join(f"(?P<{kind}>{names})" for kind, names in _KINDS.items())
_NAMED = re.compile(rf"(?<![\w-])(?<![A-Z]-\d\s)(?:{_NAME})(?![\w]|-\w)")
"""`A-1 WOMAC SCORE` labels a part of the instrument."""
_IN_WORDS = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|two|three|four|five|six|seven|eight|nine)\b"
)
_SCORE = re.compile(
    rf"(?<![\d/.-])(?P<score>\d{{1,3}}(?:\.\d)?|(?i:{_IN_WORDS}))"
    r"(?:\s*\(?(?:/|of|out\s+of)\s*(?:the\s+)?(?P<of>\d{1,3})\b\)?)?\s*(?P<unit>%|percent|per\s+cent)?"
    r"(?![\d/]|-\d|\s*(?:mg|visits?|days?|weeks?|months?|years?|hours?|hrs?|minutes?|min\b|lbs?|pounds?))"
)
_FILLER = re.compile(
    r"(?:(?:scores?|scored|scale|subscale|index|questionnaire|inventory|results?|total|overall|today|now|currently|"
    r"current|this|visit|interference|pain\s+interference|physical\s+function\w*|function\w*|disability|"
    r"administered|given|completed|yield\w*|gives|gave|show(?:s|ed)|reveal(?:s|ed)|rat(?:ed|ing)|total(?:l?ed|s)?|reach(?:es|ed)|"
    r"of|is|was|are|were|at|has|have|had|gone|went|improved|better|fell|fallen|dropped|decreased|declined|"
    r"rose|risen|increased|worsened|worse|unchanged|stayed|stays|remains?|remained|still|also|again|from|to|on|in|"
    r"dated|repeat(?:ed)?|measured|came|comes?|crept|climbed|slipped|edged|come|got|gone|going|sits|"
    r"statements|items|questions|fall|spring|summer|winter|autumn|year|month|week|visit|session|eval\w*|discharge|intake|admission|ago|"
    r"stands?|stood|reads?|the|a|an|his|her|it|its|be|been|baseline|initial(?:ly)?|prior|previous(?:ly)?|"
    r"last|down|up|by|and|then|out|when|first|seen|taken|here|compared|with|versus|vs|against|before|after|"
    r"earlier|start|care|intake|outset|arrived|started|began|percent|per\s+cent|points?|he|she|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|"
    r"aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b|(?<=\bvs)\.|/(?=\s)|[\s:=,;()|>\u2192%-])*",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?i)\b(?:today|now|current(?:ly)?|this\s+visit|at\s+present)\b")
_EARLIER = re.compile(
    r"(?i)\b(?:was|were|had\s+been|from|previous(?:ly)?|prior|baseline|initial(?:ly)?|last|before|earlier|compared|versus|vs)\b"
)
_IN_MONTH = re.compile(
    r"(?i)\W{0,3}(?:%\W{0,2})?(?:in|last|back\s+in)\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|spring|summer|fall|autumn|winter|(?:19|20)\d\d)"
)
"""`54; it was 52 in December`: the score of a month that is named is the older one."""
_NOW_AFTER = re.compile(
    r"(?i)[\s,(]*(?:today|now|currently|this\s+visit|at\s+present)\b(?!\s*[:=(]|\s+\d)"
)
_NEAR = 16
_COUNTED = re.compile(
    r"(?i)(?:[(,;/]\s*|\b(?:at|by|after|to|in)\s+)(?:visit|session|week|day|month)\s*$"
)
"""Before a number that counts: `44 (visit 10)`."""
_BY_POINTS = re.compile(r"(?i)\bby\s+[\w.-]+\s+points?\b")
_SCORE_FIRST = re.compile(
    rf"(?i)\b(?:scor\w+|rat\w+|(?:a|the)\s+score\s+of|total\s+of|got|has)\s+(?:an?\s+|of\s+|at\s+)*"
    rf"(?P<score>\d{{1,3}}(?:\.\d)?|{_IN_WORDS})\s*(?P<unit>%|percent)?\s+(?:points\s+)?(?:on|in)\s+(?:(?:the|her|his|an?)\s+)*$"
)
"""`She scored fifty-two on the` Oswestry."""
_MARKED = re.compile(
    r"(?i)\b(?:marked|scor\w+|endorsed|checked|circled|totall?ed|total|result|came\s+to)\b"
)
_SHORT_DATE = re.compile(r"(?<=\()\d{1,2}/\d{1,2}(?=[):])|\bon\s+\d{1,2}/\d{1,2}\b(?!/)")
_LABELS_NEXT = re.compile(
    r"(?i)\s?(?:[:=]|\s(?:(?:also|again|it|score|was|were|had|been|at|of|stood)\s+)*\d{1,3}(?![\d/]))"
)
"""After a date that stands before its own score: `46% (9/30/2014 also 46)`."""
_TO_NOW = re.compile(r"(?i)\s*(?:to|until|-|\u2013|->)\s*(?:now|today|present|date|this\s+visit)\b")
"""`46 -> 28% (3/27/2014 to now)`: the date is of the first score."""
_OF_FUNCTION = frozenset({"bpi", "brief pain inventory", "peg"})
HIGHER_IS_BETTER = frozenset(
    {"lefs", "lower extremity functional scale", "psfs", "sf-36", "sf36", "sf-12", "sf12", "koos"}
)
"""Where a higher score is a better function; on the others it is disability."""
_MAY_NAME = re.compile(
    r"[A-Z]{3}|SF-?\d|Beck|Zung|(?i:oswestry|roland|epworth|mcgill|disab|brief\s+pain|patient\s+health|extremity\s+func"
    r"|risk\s+tool|insomnia\s+sev)"
)
"""Cheap to look for: without one of these a passage names no instrument."""


@dataclass(frozen=True, slots=True)
class _Score:
    """A score at `text[start:end]`, the day it was taken if given, and whether it is the newest."""

    start: int
    end: int
    value: float
    unit: str
    day: PartialDate | None
    earlier: bool
    now: bool
    told: bool = False
    """Whether a month or season is named beside it, as one does of an older score."""


def kind_of(label: str) -> str | None:
    """What the instrument of a label measures; None if it names none.

    >>> kind_of("DASH"), kind_of("Grip (kg)")
    ('function', None)
    """
    found = _NAMED.search(label) or _NAMED.search(label.title())
    return None if found is None else next(name for name in _KINDS if found[name])


def read_instruments(passage: Passage) -> list[Reading]:
    """Every instrument of a passage with its scores.

    `ORT 5`, `Oswestry 52%`, `PDQ 108 / 150`; a name without a score is no result.
    """
    if not _MAY_NAME.search(passage.text):
        return _in_next_sentence(passage)
    names = list(_NAMED.finditer(passage.text))
    readings: list[Reading] = []
    for index, found in enumerate(names):
        end = names[index + 1].start() if index + 1 < len(names) else len(passage.text)
        scores = _scores(passage, found.end(), end) or _told_first(passage.text, found.start())
        if scores:
            readings.extend(_readings(passage, found, scores, found.start()))
    return readings


def _in_next_sentence(passage: Passage) -> list[Reading]:
    """The scores of the one instrument that the sentence before names: `She marked 16 of 24`."""
    before, marked = passage.before, _MARKED.search(passage.text)
    if before is None or marked is None:
        return []
    names = list(_NAMED.finditer(before.text))
    if len(names) != 1 or _scores(before, names[0].end(), len(before.text)):
        return []
    scores = _scores(passage, marked.end(), len(passage.text))
    return list(_readings(passage, names[0], scores, marked.start())) if scores else []


def _scores(passage: Passage, start: int, end: int) -> list[_Score]:
    """The scores that follow a name, with nothing but filling words and dates between."""
    text = passage.text[:end]
    dates = [
        (found.start - passage.start, found.end - passage.start, found.value)
        for found in passage.source.dates_in(passage.start, passage.end)
    ]
    masked = text
    for first, last, _ in dates:
        masked = masked[:first] + " " * (last - first) + masked[last:]
    masked = _SHORT_DATE.sub(lambda found: " " * len(found[0]), masked)
    scores: list[_Score] = []
    at = start
    while True:
        filled = _FILLER.match(masked, at)
        found = _SCORE.match(masked, filled.end() if filled else at)
        if found is None:
            return scores
        counted = _COUNTED.search(masked[at : found.start()])
        if counted or _BY_POINTS.search(masked[at : found.end() + _NEAR // 2]):
            at = found.end()
            continue
        before, after = text[at : found.start()], text[found.end() : found.end() + _NEAR]
        day = _day(dates, found, text)
        unit = "%" if found["unit"] else f"of {found['of']}" if found["of"] else ""
        now = bool(_NOW.search(before[-_NEAR:]) or _NOW_AFTER.match(after))
        told = _IN_MONTH.match(passage.text, found.end()) is not None
        earlier = bool(_EARLIER.search(before) or before.count("(") > before.count(")")) and not now
        scores.append(
            _Score(
                found.start(), found.end(), _amount(found["score"]), unit, day, earlier, now, told
            )
        )
        at = found.end()


def _told_first(text: str, start: int) -> list[_Score]:
    """The score that stands before its instrument's name."""
    found = _SCORE_FIRST.search(text[:start])
    if found is None:
        return []
    unit, value = "%" if found["unit"] else "", _amount(found["score"])
    return [_Score(found.start("score"), start, value, unit, None, earlier=False, now=False)]


def _amount(words: str) -> float:
    """A score in digits or words."""
    return number(words) or 0.0


def _day(
    dates: Sequence[tuple[int, int, PartialDate]], found: re.Match[str], text: str
) -> PartialDate | None:
    """The date beside a score: `9/11/2013: 58%`, `58% (9/11/2013)`, `58% in January 2014`."""
    for first, last, value in dates:
        if found.start() - last >= 0 and not text[last : found.start()].strip(" :=)"):
            return value
        labels_next = _LABELS_NEXT.match(text, last) is not None or _TO_NOW.match(text, last)
        if 0 <= first - found.end() <= _NEAR // 2 and not labels_next:
            return value
    return None


def _readings(
    passage: Passage, named: re.Match[str], scores: Sequence[_Score], start: int
) -> Iterator[Reading]:
    kind = next(name for name in _KINDS if named[name])
    name = " ".join(named[kind].split())
    latest, previous = _in_order(scores)
    value: dict[str, object] = {"name": name, "score": _plain(latest.value), "kind": kind}
    if latest.unit:
        value["unit"] = latest.unit
    if previous is not None:
        value["previous"] = _plain(previous.value)
        if previous.day is not None:
            first: dict[str, object] = {"name": name, "score": _plain(previous.value), "kind": kind}
            yield _reading(passage, start, previous, first, "score")
    yield _reading(passage, start, latest, value, "score")
    if previous is not None and (kind == "function" or name.casefold() in _OF_FUNCTION):
        yield _change(passage, start, name, previous, latest)


def _in_order(scores: Sequence[_Score]) -> tuple[_Score, _Score | None]:
    """The newest score, and the one to compare it with."""
    if len(scores) == 1:
        return scores[0], None
    if all(score.day for score in scores):
        ordered = sorted(
            scores, key=lambda score: (score.day.last_day() if score.day else None, score.start)
        )
        return ordered[-1], ordered[-2]
    first, second = scores[0], scores[-1]
    dated = [score for score in scores[1:] if score.day]
    if first.now or (dated and not first.day and not second.now and not first.earlier):
        return first, max(dated, key=lambda score: str(score.day)) if dated else second
    if second.told and not first.told and not second.now:
        return first, second
    if second.earlier and not first.earlier and not second.now:
        return first, second
    return second, first


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _reading(
    passage: Passage, start: int, score: _Score, value: dict[str, object], rule: str
) -> Reading:
    return Reading(
        concept=INSTRUMENT,
        start=passage.start + min(start, score.start),
        end=passage.start + score.end,
        value=value,
        rule=f"instrument.{rule}",
        day=score.day,
        now=score.day is None,
    )


def _change(passage: Passage, start: int, name: str, before: _Score, after: _Score) -> Reading:
    """A fall on a scale of disability is a measured gain of function."""
    gain = after.value - before.value
    if name.casefold() not in HIGHER_IS_BETTER:
        gain = -gain
    return Reading(
        concept=ConceptId("functional_improvement"),
        start=passage.start + start,
        end=passage.start + max(before.end, after.end),
        value={
            "direction": "better" if gain > 0 else "worse" if gain < 0 else "same",
            "specific": True,
            "activities": (name,),
            "before": f"{before.value:g}",
            "after": f"{after.value:g}",
        },
        rule="instrument.change",
        negatable=False,
        day=after.day,
        now=after.day is None,
    )
