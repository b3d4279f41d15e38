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
from openimr.extract.pain_patterns import (
    ANSWERS,
    ARROW,
    BARE,
    BECOMES,
    BEFORE_AFTER,
    CHANGES,
    DATE_BEFORE,
    EITHER_WAY,
    EQUALS,
    FALLS,
    FROM_TO,
    IN_BRACKETS,
    LABELLED,
    LOWERED_TO,
    OR_NONE,
    PAIN,
    PAIN_STRICT,
    RATED,
    RESPONSE,
    SCALED,
    SESSION,
    SIGNS,
    STATED,
    TO,
    TO_FROM,
    TREATMENT,
    TURNED,
)
from openimr.extract.pain_relief import (
    RELIEF,
    SCORE,
    pain_reading,
    plain,
    read_shares,
    value_of,
    with_times,
)
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number

_MOST = 10


def read_pain(passage: Passage) -> list[Reading]:
    """Every pain score, pair, percentage and duration of a passage."""
    if SIGNS.isdisjoint(passage.stems) and not passage.drugs:
        return []
    text = masked(passage)
    if not PAIN.search(text) and not RATED.search(text) and not speaks_of_medicine(text):
        return []
    sessions = list(_sessions(passage, text))
    pairs = list(_pairs(passage, text)) if not sessions else []
    spans = [(pair.start - passage.start, pair.end - passage.start) for pair in (*pairs, *sessions)]
    scores = [
        score
        for score in _scores(passage, text)
        if not any(start <= score.start < end for start, end in spans)
    ]
    pairs += [*sessions, *_answered(passage)]
    pairs += _either_way(passage, text)
    contrast = list(_contrast(passage, scores, pairs)) or list(_across(passage, text, pairs))
    relief = with_times(passage, text, [*pairs, *contrast, *read_shares(passage, text)])
    return [*_score_readings(passage, scores), *relief]


def _upper(found: re.Match[str]) -> float:
    """The upper end of a range."""
    low = value_of(found, "low")
    return max(low, value_of(found, "high")) if found["high"] else low


def _scores(passage: Passage, text: str) -> list[Number]:
    """The scores of a passage with their contexts."""
    spoken = PAIN_STRICT.search(text) or (
        passage.before is not None and PAIN_STRICT.search(passage.before.text)
    )
    numbers: list[Number] = []
    for pattern in (RATED, LABELLED, EQUALS):
        for found in pattern.finditer(text):
            if pattern is RATED and not _is_score(found, text, spoken=spoken is not None):
                continue
            start, end = found.start("low"), found.end()
            if all(end <= n.start or start >= n.end for n in numbers):
                numbers.append(Number(start, end, _upper(found)))
    if spoken and speaks_of_medicine(text) and len(numbers) < 2:
        numbers = _with_bare(text, numbers)
    return with_contexts(text, numbers)


def _is_score(found: re.Match[str], text: str, *, spoken: bool) -> bool:
    scaled = SCALED.search(found[0]) is not None
    if not scaled and not spoken:
        return False
    if DATE_BEFORE.search(text[: found.start()]) and not spoken:
        return False
    return bool(spoken or PAIN.search(text) or (scaled and speaks_of_medicine(text)))


def _with_bare(text: str, numbers: list[Number]) -> list[Number]:
    """Scores without `/10`, taken only where one is with and one without medicine."""
    bare = [
        Number(found.start(), found.end(), _upper(found))
        for found in BARE.finditer(text)
        if all(found.end() <= n.start or found.start() >= n.end for n in numbers)
        and (found["low"].casefold() != "one" or found["high"])
        and not text[: found.start()].casefold().endswith((" of ", "scale of "))
    ]
    both = with_contexts(text, [*numbers, *bare])
    contexts = {n.context for n in both}
    if {"with_medication", "without_medication"} <= contexts:
        return [n for n in both if n.context.endswith("medication") or n in numbers]
    return numbers


def _score_readings(passage: Passage, scores: list[Number]) -> Iterator[Reading]:
    for score in scores:
        value: dict[str, object] = {
            "score": plain(score.value),
            "context": score.context or "unspecified",
        }
        yield pain_reading(passage, SCORE, score.start, score.end, value, "pain.score")


def _pairs(passage: Passage, text: str) -> Iterator[Reading]:
    if not PAIN_STRICT.search(text) and "/10" not in text and not _effect_of(passage, text):
        return
    seen: list[tuple[int, int]] = []
    for pattern in (FROM_TO, TO_FROM, IN_BRACKETS, ARROW, TO, TURNED, BECOMES, BEFORE_AFTER):
        for found in pattern.finditer(text):
            if pattern in {TO, IN_BRACKETS} and not FALLS.search(text[: found.start()]):
                continue
            if any(found.start() < end and start < found.end() for start, end in seen):
                continue
            if found["a"].isdigit() is False and number(found["a"]) is None:
                continue
            seen.append(found.span())
            before, after = (
                value_of(found, "a2", "a") if pattern is FROM_TO else value_of(found, "a"),
                value_of(found, "b2", "b"),
            )
            start = found.start("b") if pattern is TO_FROM else found.start()
            yield _pair(passage, text, start, found.end(), before, after)


def _effect_of(passage: Passage, text: str) -> bool:
    """Whether two bare numbers can only be pain before and after (`TENS: 9 -> 5`)."""
    treated = bool(passage.drugs) or TREATMENT.search(text) is not None
    return treated and (
        CHANGES.search(text) is not None or "->" in text or BEFORE_AFTER.search(text) is not None
    )


def _sessions(passage: Passage, text: str) -> Iterator[Reading]:
    """Pain at the beginning and the end of a therapy session: `pain in/out 7/4`."""
    for found in SESSION.finditer(text):
        before, after = (
            value_of(found, *names) for names in (("a", "a2", "a3"), ("b", "b2", "b3"))
        )
        value: dict[str, object] = {"direction": _direction(before, after)}
        yield replace(
            pain_reading(passage, RELIEF, *found.span(), value, "pain.session"),
            subject="physical therapy",
        )
        score: dict[str, object] = {"score": plain(before), "context": "session"}
        yield pain_reading(passage, SCORE, *found.span(), score, "pain.session")


def _answered(passage: Passage) -> Iterator[Reading]:
    """The ticked answer to a question about relief: `Response to Cymbalta: [X] none [ ] good`."""
    question = RESPONSE.search(passage.text)
    if question is None:
        return
    for marked in passage.source.marked:
        label = passage.source.page.text[marked.start : marked.end].strip(" .:|").casefold()
        inside = passage.start + question.end() <= marked.start < passage.end
        if inside and marked.mark is Mark.TICKED and label in ANSWERS:
            value: dict[str, object] = {"relief": ANSWERS[label]}
            value["direction"] = "same" if value["relief"] == "none" else "better"
            yield pain_reading(
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
        value = {"without": plain(before), "with": plain(after), **value}
    return pain_reading(passage, RELIEF, start, end, value, "pain.from_to")


def _anaphor(passage: Passage) -> bool:
    begins = re.match(
        r"\W*(?:it|this|which|reduces|brings|decreases|takes)\b", passage.text, re.IGNORECASE
    )
    return begins is not None and passage.before is not None and bool(passage.before.drugs)


def _direction(before: float, after: float) -> str:
    return "better" if after < before else "worse" if after > before else "same"


def _contrast(passage: Passage, scores: list[Number], pairs: list[Reading]) -> Iterator[Reading]:
    """One score without and one with medicine, in this passage or over it and the one before."""
    if any("with" in pair.value for pair in pairs):
        return
    own = {score.context: score for score in scores}
    with_, without = own.get("with_medication"), own.get("without_medication")
    if with_ is None and without is not None and speaks_of_medicine(masked(passage)):
        with_ = own.get("current")  # `3 now, 8 before the patch`
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
    yield _with_without(passage, without, with_)


def _either_way(passage: Passage, text: str) -> Iterator[Reading]:
    """The same score with and without the medicine."""
    found = EITHER_WAY.search(text) or OR_NONE.search(text)
    if found is not None and (TREATMENT.search(text) or speaks_of_medicine(text)):
        score = Number(found.start(), found.end(), value_of(found, "low"))
        yield _with_without(passage, score, score)


def _across(passage: Passage, text: str, pairs: list[Reading]) -> Iterator[Reading]:
    """A fall told over two sentences, or in bare numbers: `without it he was at 8 ... now a 4`.

    Bare numbers count only where one is said to be with and one to be without the medicine.
    """
    if pairs:
        return
    before = passage.before
    earlier = masked(before) if before is not None else ""
    offset = before.start - passage.start if before is not None else 0
    lowered = LOWERED_TO.search(text)
    if lowered is not None:
        first = _scores(before, earlier)[-1:] if before is not None else []
        own = [n for n in _scores(passage, text) if n.end <= lowered.start()]
        start = own[-1] if own else _moved(first[0], offset) if first else None
        if start is not None:
            low = Number(lowered.start("low"), lowered.end(), value_of(lowered, "low"))
            yield _with_without(passage, start, low)
            return
    here = _by_context(text)
    there = _by_context(earlier) if here else {}
    with_ = here.get("with_medication") or _moved(there.get("with_medication"), offset)
    without = here.get("without_medication") or _moved(there.get("without_medication"), offset)
    if here and with_ is not None and without is not None and with_.value != without.value:
        yield _with_without(passage, without, with_)


def _by_context(text: str) -> dict[str, Number]:
    """Bare numbers stated with and without the medicine, the first of each."""
    if not speaks_of_medicine(text):
        return {}
    stated = [Number(n.start("low"), n.end(), _upper(n)) for n in STATED.finditer(text)]
    found: dict[str, Number] = {}
    for number_ in with_contexts(text, [n for n in stated if n.value <= _MOST]):
        if number_.context.endswith("medication"):
            found.setdefault(number_.context, number_)
    return found


def _with_without(passage: Passage, without: Number, with_: Number) -> Reading:
    value: dict[str, object] = {
        "without": plain(without.value),
        "with": plain(with_.value),
        "direction": _direction(without.value, with_.value),
    }
    start, end = min(with_.start, without.start), max(with_.end, without.end)
    return pain_reading(passage, RELIEF, start, end, value, "pain.with_without")


def _moved(score: Number | None, offset: int) -> Number | None:
    return None if score is None else Number(score.start + offset, score.end + offset, score.value)
