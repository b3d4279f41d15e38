"""Pain: scores, pairs with and without medicine, percent relief, how long it lasts.

`5/5`, `10/325` and `4/10/15` are no scores; a score needs words of pain beside it. A range keeps
its upper end. `From 5 to 8` is a rise; pain that `ranges from 5 to 8` has not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from openimr.extract.answers import Mark
from openimr.extract.contexts import Number, says_without, speaks_of_medicine
from openimr.extract.pain_pairs import direction_of, read_opposites
from openimr.extract.pain_patterns import (
    ANSWERS,
    ARROW,
    BECOMES,
    BEFORE_AFTER,
    CHANGES,
    DOWN,
    EITHER_WAY,
    FALLS,
    FORMERLY,
    FROM_TO,
    IN_BRACKETS,
    NOW_SAID,
    OF_A_DOSE,
    PAIN,
    PAIN_STRICT,
    PILLS_COUNTED,
    RANGES,
    RATED,
    RESPONSE,
    SESSION,
    SIGNS,
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
from openimr.extract.pain_scores import pain_text, read_scores
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number


def read_pain(passage: Passage) -> list[Reading]:
    """Every pain score, pair, percentage and duration of a passage."""
    if not _may_tell(passage):
        return []
    text = pain_text(passage)
    spoken = PAIN.search(text) or RATED.search(text) or DOWN.search(text) or EITHER_WAY.search(text)
    if not spoken and not speaks_of_medicine(text):
        return []
    sessions = list(_sessions(passage, text))
    pairs = list(_pairs(passage, text)) if not sessions else []
    spans = [(pair.start - passage.start, pair.end - passage.start) for pair in (*pairs, *sessions)]
    scores = [
        score
        for score in read_scores(passage, text)
        if not any(start <= score.start < end for start, end in spans)
    ]
    pairs += [*sessions, *_answered(passage)]
    pairs += read_opposites(passage, text, scores, pairs)
    relief = with_times(passage, text, [*pairs, *read_shares(passage, text)])
    return [*_score_readings(passage, scores), *relief]


def _may_tell(passage: Passage) -> bool:
    """Whether a passage has a word of pain or medicine, or briefly goes on from one that has."""
    if passage.drugs or not SIGNS.isdisjoint(passage.stems):
        return True
    before = passage.before
    if before is None or passage.end - passage.start > _BRIEF:
        return False
    return bool(before.drugs) or not SIGNS.isdisjoint(before.stems)


_BRIEF = 90
"""Characters of a sentence that goes on from the one before: `With it, four.`"""


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
    for pattern in _CHANGED:
        for found in pattern.finditer(text):
            if not _is_change(pattern, found, text) or PILLS_COUNTED.search(text[: found.start()]):
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


_CHANGED = (
    *(FROM_TO, TO_FROM, IN_BRACKETS, ARROW, TO, TURNED, BECOMES, BEFORE_AFTER, NOW_SAID),
    *(FORMERLY, OF_A_DOSE),
)


def _is_change(pattern: re.Pattern[str], found: re.Match[str], text: str) -> bool:
    """Whether the words before a pair of numbers let it be one of before and after."""
    said = text[: found.start()]
    if RANGES.search(said):
        return False
    if pattern in {TO, IN_BRACKETS}:
        return FALLS.search(said) is not None
    return pattern is not NOW_SAID or says_without(said)


def _effect_of(passage: Passage, text: str) -> bool:
    """Whether two bare numbers can only be pain before and after (`TENS: 9 -> 5`).

    After a sentence that names the medicine, `it goes from an 8 down to a 5` is enough.
    """
    before = passage.before
    if before is not None and before.drugs and DOWN.search(text):
        return True
    treated = bool(passage.drugs) or TREATMENT.search(text) is not None
    return treated and (
        CHANGES.search(text) is not None
        or "->" in text
        or any(shape.search(text) for shape in (BEFORE_AFTER, NOW_SAID, FORMERLY, OF_A_DOSE))
    )


def _sessions(passage: Passage, text: str) -> Iterator[Reading]:
    """Pain at the beginning and the end of a therapy session: `pain in/out 7/4`."""
    for found in SESSION.finditer(text):
        before, after = (
            value_of(found, *names) for names in (("a", "a2", "a3"), ("b", "b2", "b3"))
        )
        value: dict[str, object] = {"direction": direction_of(before, after)}
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
    value: dict[str, object] = {"direction": direction_of(before, after)}
    if (
        speaks_of_medicine(text)
        or re.search(r"\bmed\w*|\bpills?\b|\bopioids?\b|\bregimen\b|\bpatch", text, re.IGNORECASE)
        or _anaphor(passage)
    ):
        value = {"without": plain(before), "with": plain(after), **value}
    return pain_reading(passage, RELIEF, start, end, value, "pain.from_to")


def _anaphor(passage: Passage) -> bool:
    begins = re.match(
        r"\W*(?:it|this|which|reduces|brings|decreases|takes|goes|drops|falls)\b",
        passage.text,
        re.IGNORECASE,
    )
    return begins is not None and passage.before is not None and bool(passage.before.drugs)
