"""Pain: scores, pairs with and without medicine, percent relief, how long it lasts.

`5/5`, `10/325` and `4/10/15` are no scores; a score needs words of pain beside it. A range keeps
its upper end. `From 5 to 8` is a rise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from openimr.extract.checkboxes import Mark
from openimr.extract.contexts import Number, masked, speaks_of_medicine, with_contexts
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number, stem
from openimr.model.ids import ConceptId

SCORE = ConceptId("pain_score")
RELIEF = ConceptId("pain_with_without_medication")
_WORD = r"zero|one|two|three|four|five|six|seven|eight|nine|ten"
_N = rf"(?:10(?:\.0)?|\d(?:\.\d)?|{_WORD})"
_OF_TEN = r"(?:\s*/\s*(?:10|ten)(?![\d/]|\.\d|\s*mg)|\s+(?:out\s+of|of)\s+(?:a\s+possible\s+)?(?:10|ten)\b)"
_NO_COUNT = r"(?!\s*(?:visits?|sessions?|treatments?|days?|patients|tests?|times)\b)"
_SCORE = re.compile(
    rf"(?<![\w/.#-])(?P<low>{_N})(?:{_OF_TEN})?(?:\s*(?:-|\u2013|to)\s*(?P<high>{_N}))?{_OF_TEN}{_NO_COUNT}",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"\b(?:VAS|NRS|pn|rat(?:es|ed|ing)\s+(?:it|this|the\s+pain|(?:his|her)\s+pain)(?:\s+(?:as|at))?|pain(?:\s+(?:level|scores?|scale|rating|intensity|severity))?)\s*"
    rf"(?:\(\s*0\s*-\s*10\s*\))?(?:\s*(?:is|was|at|of|:|=|rated|as|an?|about|currently|today|remains|score))*"
    rf"\s*(?P<low>{_N})(?:\s*(?:-|\u2013|to)\s*(?P<high>{_N}))?"
    r"(?!\s*(?:/|%|mg|day|week|month|year|hour|hr|min|x\b|\u00b0|lb|tab|pill|refill|times|levels|\d|\.\d|-\s?\d))",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\w/.#,-])(?P<low>{_N})(?:\s*(?:-|\u2013)\s*(?P<high>{_N}))?(?![\w/%]|\.\d|-\d"
    r"|\s*(?:mg|mcg|min|hour|hr|h\b|day|week|month|year|tab|pill|x\b|block|feet|ft|lb|pound|time|mile|"
    r"per|of\b|out\b|percent|refill|dose|a\s+day|or\b|to\s+\w+\s+hours))",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\b(?:from|(?:reduction|decrease|drop|improvement|change)\s+of)\s+(?:an?\s+|about\s+|around\s+)?(?P<a>{_N})(?:\s*-\s*(?P<a2>{_N}))?(?:{_OF_TEN})?\s*"
    rf"(?:down\s+|up\s+)?(?:to|->|\u2192)\s+(?:an?\s+|about\s+|around\s+|only\s+)?(?P<b>{_N})"
    rf"(?:\s*-\s*(?P<b2>{_N}))?(?:{_OF_TEN})?"
    r"(?!\s*(?:mg|min|hour|hr|day|week|month|year|tab|pill|x\b|block|feet|lb|pound|time|mile|per|%|degree|/\s*\d"
    r"|a\s+day|tablets|visits|out\b))\b",
    re.IGNORECASE,
)
_ARROW = re.compile(
    rf"(?<![\w/.#-])(?P<a>{_N})(?:{_OF_TEN})?\s*(?:->|=>|\u2192|(?:and\s+)?(?:is\s+|are\s+|it\s+)?(?:reduced|reduces|"
    rf"decreased|decreases|decreasing|improved|improves|drops?|falls?|goes|comes|down|lowered|brought|"
    rf"cut)\s+(?:down\s+)?(?:to|by)?)\s*(?:an?\s+|about\s+)?(?P<b>{_N})(?:\s*-\s*(?P<b2>{_N}))?(?:{_OF_TEN}|(?![\w/%]))",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"(?<![\w/.#-])(?P<a>{_N}){_OF_TEN}\s+(?:down\s+)?to\s+(?:a\s+)?(?P<b>{_N})(?P<b2>\b){_OF_TEN}",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"\b(?:reduc\w+|decreas\w+|brings?|brought|lower\w*|drop\w*|cuts?|improv\w+|takes|eases|lessens|controls)\b",
    re.IGNORECASE,
)
_PAIN = re.compile(
    r"\b(?:pain\w*|pn|VAS|NRS|scores?|TENS|ach\w+|LBP|discomfort|sore\w*|severity|hurts?|analgesia|symptoms?|intensity|headaches?|"
    r"rates?|rated|scale|back|neck|shoulder|knee|leg|hip|w/o|meds?|med_+|medications?|relief|onset|duration|rating)\b",
    re.IGNORECASE,
)
_PAIN_STRICT = re.compile(
    r"\b(?:pain\w*|pn|VAS|NRS|scale|scores?|rat(?:es|ed|ing)|LBP|analgesia|hurts?|ach\w+|severity|discomfort|HA)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?P<low>\b\d{1,3}|\b(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))\s*"
    r"(?:(?:-|\u2013|to)\s*(?P<high>\d{1,3})\s*)?(?:%|percent\b)",
    re.IGNORECASE,
)
_RELIEF_AFTER = re.compile(
    r"^\s*(?:or\s+(?:more|better)\s+)?(?:pain\s+|of\s+pain\s+|symptom\s+|overall\s+)?(?:relief|reduction|reduced|"
    r"improve\w*|decrease|decr?\b|better|less\s+pain|benefit|analgesia|off\s+(?:the|his|her)\b|pain\s+(?:relief|reduction|control)|"
    r"of\s+(?:his|her|the)\s+pain|effective|control|relieved)",
    re.IGNORECASE,
)
_RELIEF_BEFORE = re.compile(
    r"(?:analgesia|reduc\w+|decreas\w+|reliev\w+|improv\w+|lower\w*|cut\w*|eas\w+|lessen\w*|less|controll?\w*|relief|help\w*)\b"
    r"[^.;%]{0,45}(?:by|of|about|is|at|:|approximately|to)?\s*(?:about|approximately|roughly|at\s+least|up\s+to|~)?\s*$",
    re.IGNORECASE,
)
_FUNCTION_NEAR = re.compile(
    r"^[^.;,]{0,18}\b(?:function\w*|activit\w+|mobility|ADLs?|sleep|range)", re.IGNORECASE
)
_HOURS = re.compile(
    rf"\b(?:last(?:s|ing|ed)?|for|relief\s+of|duration(?:\s+of\s+relief)?:?|good\s+for)\s+(?:up\s+to\s+|about\s+|around\s+|"
    rf"approximately\s+|only\s+|at\s+least\s+|~\s*)?(?P<low>{_N})(?:\s*(?:-|\u2013|to|or)\s*(?P<high>{_N}))?\s*"
    r"(?:hours?|hrs?|h\b)",
    re.IGNORECASE,
)
_ONSET = re.compile(
    r"\b(?:within|in|after|onset(?:\s+of\s+relief)?(?:\s+(?:in|is|within|of))?:?|kicks?\s+in|takes?|about)\s+(?:about\s+|"
    r"approximately\s+|~\s*|around\s+)?(?P<n>\d{1,3}|half\s+an|an|one|the)(?:\s*(?:-|to)\s*\d{1,3})?\s*"
    r"(?P<unit>min(?:ute)?s?|hours?|hr)\b",
    re.IGNORECASE,
)
_RELIEF_WORD = re.compile(
    r"\b(?:relief|relieve\w*|effects?|works?|kicks?|onset|lasts?|lasting|wears?|benefit|duration|scale|reduc\w+)\b",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(
    r"(?:\b(?:on|dated|since|until|seen|visit|by|from|f/u|of)\s*)$", re.IGNORECASE
)
_TREATMENT = re.compile(
    r"\b(?:TENS|H-?wave|heat|massage|MFR|therapy|PT|session|patch\w*|pills?|med\w*|injection|block|ESI|acupuncture)\b"
)
_TO_FROM = re.compile(
    rf"\b(?:at|to)\s+(?P<b>{_N})(?P<b2>\b)(?:{_OF_TEN})?\s+(?:down\s+)?from\s+(?:an?\s+)?(?P<a>{_N})(?P<a2>\b){_OF_TEN}",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:gets?|takes?|took|brings?|brought|drops?|reduc\w+|lowers?|cuts?|goes|went|falls?|fell|decreas\w+|eases)\b",
    re.IGNORECASE,
)
_SESSION = re.compile(
    rf"\b(?:pain|pn)\s+(?:(?:in\s*/\s*out|pre\s*/\s*post|before\s*/\s*after)\s*:?\s*(?P<a>{_N})\s*/\s*(?P<b>{_N})"
    rf"|(?P<a2>{_N})\s+in,?\s+(?P<b2>{_N})\s+out"
    rf"|before\s+(?:the\s+)?(?:session|treatment|therapy)\s+(?P<a3>{_N})\s*,?\s+after\s+(?:the\s+)?(?:session|treatment|therapy)\s+(?P<b3>{_N}))\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(r"\b(?:response|relief|benefit|effect|improvement)\b[^:\n\[(]{0,40}:", re.IGNORECASE)
_ANSWERS = {
    "none": "none", "no": "none", "no response": "none", "poor": "none", "minimal": "some", "partial": "some",
    "some": "some", "fair": "some", "moderate": "some", "mild": "some", "good": "good", "excellent": "good",
    "significant": "good", "marked": "good",
}  # fmt: skip
_HOUR = 60
_SIGNS = frozenset(
    stem(word)
    for word in (
        "pain pains painful pn tens response from target > vas nrs ache aches aching lbp discomfort sore soreness severity hurt hurts analgesia "
        "symptoms intensity headache headaches rate rated rates scale / % percent relief lasts lasting back neck "
        "medication meds medicine out of 10"
    ).split()
)
"""Stems of which a passage about pain or relief holds at least one."""


def read_pain(passage: Passage) -> list[Reading]:
    """Every pain score, pair, percentage and duration of a passage."""
    if _SIGNS.isdisjoint(passage.stems) and not passage.drugs:
        return []
    text = masked(passage)
    if not _PAIN.search(text) and not _SCORE.search(text):
        return []
    pairs = list(_pairs(passage, text))
    spans = [(pair.start - passage.start, pair.end - passage.start) for pair in pairs]
    scores = [
        score
        for score in _scores(passage, text)
        if not any(start <= score.start < end for start, end in spans)
    ]
    pairs += [*_sessions(passage, text), *_answered(passage)]
    relief = [*pairs, *_contrast(passage, scores, pairs), *_percents(passage, text)]
    relief = _with_times(passage, text, relief)
    return [*_score_readings(passage, scores, text), *relief]


def _reading(
    passage: Passage, concept: ConceptId, start: int, end: int, value: dict[str, object], rule: str
) -> Reading:
    return Reading(
        concept=concept,
        start=passage.start + start,
        end=passage.start + end,
        value=value,
        rule=rule,
        negatable=False,
    )


def _value(found: re.Match[str], *names: str) -> float:
    for name in names:
        if found[name]:
            value = number(found[name])
            if value is not None:
                return value
    raise ValueError(found[0])


def _upper(found: re.Match[str]) -> float:
    """The upper end of a range."""
    low = _value(found, "low")
    return max(low, _value(found, "high")) if found["high"] else low


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _scores(passage: Passage, text: str) -> list[Number]:
    """The scores of a passage with their contexts."""
    spoken = _PAIN_STRICT.search(text) or (
        passage.before is not None and _PAIN_STRICT.search(passage.before.text)
    )
    numbers: list[Number] = []
    for pattern in (_SCORE, _LABELLED):
        for found in pattern.finditer(text):
            if pattern is _SCORE and not _is_score(found, text, spoken=spoken is not None):
                continue
            start, end = found.start("low"), found.end()
            if all(end <= n.start or start >= n.end for n in numbers):
                numbers.append(Number(start, end, _upper(found)))
    if spoken and speaks_of_medicine(text) and len(numbers) < 2:
        numbers = _with_bare(text, numbers)
    return with_contexts(text, numbers)


def _is_score(found: re.Match[str], text: str, *, spoken: bool) -> bool:
    if "/" not in found[0] and not spoken:
        return False
    if _DATE_BEFORE.search(text[: found.start()]) and not spoken:
        return False
    return bool(spoken or _PAIN.search(text))


def _with_bare(text: str, numbers: list[Number]) -> list[Number]:
    """Scores without `/10`, taken only where one is with and one without medicine."""
    bare = [
        Number(found.start(), found.end(), _upper(found))
        for found in _BARE.finditer(text)
        if all(found.end() <= n.start or found.start() >= n.end for n in numbers)
        and (found["low"].casefold() != "one" or found["high"])
        and not text[: found.start()].casefold().endswith((" of ", "scale of "))
    ]
    both = with_contexts(text, [*numbers, *bare])
    contexts = {n.context for n in both}
    if {"with_medication", "without_medication"} <= contexts:
        return [n for n in both if n.context.endswith("medication") or n in numbers]
    return numbers


def _score_readings(passage: Passage, scores: list[Number], text: str) -> Iterator[Reading]:
    for score in scores:
        value: dict[str, object] = {
            "score": _plain(score.value),
            "context": score.context or "unspecified",
        }
        yield _reading(passage, SCORE, score.start, score.end, value, "pain.score")


def _pairs(passage: Passage, text: str) -> Iterator[Reading]:
    if not _PAIN_STRICT.search(text) and "/10" not in text and not _effect_of(passage, text):
        return
    seen: list[tuple[int, int]] = []
    for pattern in (_FROM_TO, _TO_FROM, _ARROW, _TO):
        for found in pattern.finditer(text):
            if pattern is _TO and not _FALLS.search(text[: found.start()]):
                continue
            if any(found.start() < end and start < found.end() for start, end in seen):
                continue
            if found["a"].isdigit() is False and number(found["a"]) is None:
                continue
            seen.append(found.span())
            before, after = (
                _value(found, "a2", "a") if pattern is _FROM_TO else _value(found, "a"),
                _value(found, "b2", "b"),
            )
            yield _pair(passage, text, found.start(), found.end(), before, after)


def _effect_of(passage: Passage, text: str) -> bool:
    """Whether two bare numbers can only be pain before and after (`TENS: 9 -> 5`)."""
    treated = bool(passage.drugs) or _TREATMENT.search(text) is not None
    return treated and (_CHANGES.search(text) is not None or "->" in text)


def _sessions(passage: Passage, text: str) -> Iterator[Reading]:
    """Pain at the beginning and the end of a therapy session: `pain in/out 7/4`."""
    for found in _SESSION.finditer(text):
        before, after = (_value(found, *names) for names in (("a", "a2", "a3"), ("b", "b2", "b3")))
        value: dict[str, object] = {"direction": _direction(before, after)}
        yield replace(
            _reading(passage, RELIEF, *found.span(), value, "pain.session"),
            subject="physical therapy",
        )
        score: dict[str, object] = {"score": _plain(before), "context": "unspecified"}
        yield _reading(passage, SCORE, *found.span(), score, "pain.session")


def _answered(passage: Passage) -> Iterator[Reading]:
    """The ticked answer to a question about relief: `Response to Cymbalta: [X] none [ ] good`."""
    question = _RESPONSE.search(passage.text)
    if question is None:
        return
    for marked in passage.source.marked:
        label = passage.source.page.text[marked.start : marked.end].strip(" .:|").casefold()
        inside = passage.start + question.end() <= marked.start < passage.end
        if inside and marked.mark is Mark.TICKED and label in _ANSWERS:
            value: dict[str, object] = {"relief": _ANSWERS[label]}
            value["direction"] = "same" if value["relief"] == "none" else "better"
            yield _reading(
                passage, RELIEF, question.start(), marked.end - passage.start, value, "pain.answer"
            )


def _pair(
    passage: Passage, text: str, start: int, end: int, before: float, after: float
) -> Reading:
    value: dict[str, object] = {"direction": _direction(before, after)}
    if (
        speaks_of_medicine(text)
        or re.search(r"\bmed\w*|\bpills?\b|\bopioids?\b|\bregimen\b|\bpatch", text, re.IGNORECASE)
        or _anaphor(passage)
    ):
        value = {"without": _plain(before), "with": _plain(after), **value}
    return _reading(passage, RELIEF, start, end, value, "pain.from_to")


def _anaphor(passage: Passage) -> bool:
    begins = re.match(r"\W*(?:it|this|which|reduces|brings|decreases|takes)\b", passage.text, re.IGNORECASE)
    return begins is not None and passage.before is not None and bool(passage.before.drugs)


def _direction(before: float, after: float) -> str:
    return "better" if after < before else "worse" if after > before else "same"


def _contrast(passage: Passage, scores: list[Number], pairs: list[Reading]) -> Iterator[Reading]:
    """One score without and one with medicine, in this passage or over it and the one before."""
    if any("with" in pair.value for pair in pairs):
        return
    own = {score.context: score for score in scores}
    with_, without = own.get("with_medication"), own.get("without_medication")
    offset = 0
    if (with_ is None) != (without is None) and passage.before is not None:
        earlier = {s.context: s for s in _scores(passage.before, masked(passage.before))}
        offset = passage.before.start - passage.start
        if with_ is None and without is not None:
            with_ = _moved(earlier.get("with_medication"), offset)
        elif without is None and "with_medication" not in earlier:
            without = _moved(earlier.get("without_medication"), offset)
    if with_ is None or without is None:
        return
    value: dict[str, object] = {
        "without": _plain(without.value),
        "with": _plain(with_.value),
        "direction": _direction(without.value, with_.value),
    }
    start, end = min(with_.start, without.start), max(with_.end, without.end)
    yield _reading(passage, RELIEF, start, end, value, "pain.with_without")


def _moved(score: Number | None, offset: int) -> Number | None:
    return None if score is None else Number(score.start + offset, score.end + offset, score.value)


def _percents(passage: Passage, text: str) -> Iterator[Reading]:
    for found in _PERCENT.finditer(text):
        after, before = text[found.end() :], text[: found.start()]
        if _FUNCTION_NEAR.match(after) and not re.match(r"\s*(?:pain|relief)", after, re.IGNORECASE):
            continue
        if not (_RELIEF_AFTER.match(after) or _RELIEF_BEFORE.search(before)):
            continue
        if not _PAIN.search(text) or re.search(
            r"\bfunction\w*\s+(?:is\s+)?\w+\s*(?:by|of)\s*$", before, re.IGNORECASE
        ):
            continue
        low = int(number(found["low"]) or 0)
        if 0 <= low <= 100:
            value: dict[str, object] = {"percent": low, "direction": "better" if low else "same"}
            yield _reading(passage, RELIEF, found.start(), found.end(), value, "pain.percent")


def _with_times(passage: Passage, text: str, relief: list[Reading]) -> list[Reading]:
    """Add how soon it acts and how long it lasts."""
    times: dict[str, object] = {}
    start, end = len(text), 0
    spoken = bool(relief) or (
        _RELIEF_WORD.search(text) is not None
        and (speaks_of_medicine(text) or bool(passage.drugs) or "relief" in text.casefold())
    )
    if not spoken:
        return relief
    for name, found in (("hours", _HOURS.search(text)), ("onset_minutes", _ONSET.search(text))):
        if found is not None:
            times[name] = (
                _plain(_value(found, "high", "low")) if name == "hours" else _minutes(found)
            )
            start, end = min(start, found.start()), max(end, found.end())
    if not times:
        return relief
    if relief:
        return [replace(relief[0], value={**relief[0].value, **times}), *relief[1:]]
    return [_reading(passage, RELIEF, start, end, times, "pain.duration")]


def _minutes(found: re.Match[str]) -> int:
    said = found["n"].casefold()
    if said.startswith("half"):
        return _HOUR // 2
    count = int(said) if said.isdigit() else 1
    return count if found["unit"].casefold().startswith("min") else count * _HOUR
