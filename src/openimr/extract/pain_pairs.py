"""Pain with the medicine and without it, where each has its number.

    Off the patch she is an eight, on it a four        7 w/o, 4 w/ meds
    It was an eight all weekend; having restarted, a five.

Numbers without a scale count only where one is told with the medicine and one without, and where
nothing in the sentence tells of walking, sitting or hours instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from openimr.extract.contexts import Number, says_without, speaks_of_medicine, with_contexts
from openimr.extract.pain_patterns import (
    BARE,
    EITHER_WAY,
    LAPSED,
    LOWERED_TO,
    OF_DOING,
    OR_NONE,
    PAIN_STRICT,
    PART_RATED,
    RATED,
    RESUMED,
    SHORT,
    STATED,
    TREATMENT,
)
from openimr.extract.pain_relief import RELIEF, pain_reading, plain, value_of
from openimr.extract.pain_scores import pain_text, read_scores, upper
from openimr.extract.passages import Passage, Reading
from openimr.model.document import DocumentKind
from openimr.model.evidence import Assertion

_MOST = 10


def read_opposites(
    passage: Passage, text: str, scores: Sequence[Number], pairs: Sequence[Reading]
) -> list[Reading]:
    """The pair of a passage, if it or it with the one before it tells both sides.

    Args:
        passage: to be read.
        text: its words, drugs masked.
        scores: those read in it.
        pairs: those read already.
    """
    found = list(_either_way(passage, text))
    told = [*pairs, *found]
    found += _contrast(passage, scores, told)
    if not told and not found:
        found += _short(passage, text) or _across(passage, text)
    return [replace(one, subject=_THERAPY) for one in found] if _of_session(passage) else found


_THERAPY = "physical therapy"
_PRE_POST = re.compile(r"\bpre\b[^.;]{0,60}?\bpost\b", re.IGNORECASE | re.DOTALL)
_ROWS = re.compile(
    r"\bpre\W+(?:\d+\s+){2,}[^.;]{0,30}?\bpost\W+\d+\s+\d", re.IGNORECASE | re.DOTALL
)
"""`VAS pre  8  7  6` over `VAS post  7  6  5`: a column for each session."""


def _of_session(passage: Passage) -> bool:
    """Whether a therapist's `VAS pre 7  post 5` is of the session: no medicine is spoken of."""
    before = passage.before
    if passage.drugs or (before is not None and before.drugs):
        return False
    text = f"{before.text} {passage.text}" if before is not None else passage.text
    of_therapy = passage.source.document.kind is DocumentKind.PHYSICAL_THERAPY
    said = _PRE_POST if of_therapy else _ROWS
    return said.search(text) is not None


def _short(passage: Passage, text: str) -> list[Reading]:
    """`7 w/, 7 w/o`, `9 off meds/5 on meds`, `six with them, six without`."""
    found = SHORT.search(text)
    if found is None or not _may_be_pain(passage, text):
        return []
    first, second = (
        Number(found.start(name), found.end(), value_of(found, name)) for name in ("a", "b")
    )
    off_first, off_second = found["off"] is not None, found["off2"] is not None
    if off_first == off_second:
        return []
    ordered = (first, second) if off_first else (second, first)
    return [_with_without(passage, *ordered)]


def _may_be_pain(passage: Passage, text: str) -> bool:
    """Whether bare numbers here can be pain: pain is spoken of, or a treatment and no doing."""
    before = passage.before
    if PAIN_STRICT.search(text) or (before is not None and PAIN_STRICT.search(before.text)):
        return True
    if PART_RATED.search(text):
        return True
    treated = passage.drugs or TREATMENT.search(text) or (before is not None and before.drugs)
    return bool(treated or speaks_of_medicine(text)) and OF_DOING.search(text) is None


def _contrast(
    passage: Passage, scores: Sequence[Number], pairs: Sequence[Reading]
) -> Iterator[Reading]:
    """One score without and one with medicine, in this passage or over it and the one before."""
    if any("with" in pair.value for pair in pairs):
        return
    own = {score.context: score for score in scores}
    with_, without = own.get("with_medication"), own.get("without_medication")
    if with_ is None and without is not None and speaks_of_medicine(pain_text(passage)):
        with_ = own.get("current")  # `3 now, 8 before the patch`
    offset = 0
    if (with_ is None) != (without is None) and passage.before is not None:
        earlier = {s.context: s for s in read_scores(passage.before, pain_text(passage.before))}
        offset = passage.before.start - passage.start
        if with_ is None and without is not None:
            with_ = _moved(earlier.get("with_medication"), offset)
        elif without is None and "with_medication" not in earlier:
            without = _moved(earlier.get("without_medication"), offset)
    if with_ is not None and without is None and passage.before is not None:
        without = _moved(_in_the_lapse(passage.before, pain_text(passage)), offset)
    if with_ is None or without is None:
        return
    yield _with_without(passage, without, with_)


def _in_the_lapse(before: Passage, text: str) -> Number | None:
    """The one score of a time without the medicine, told before it was taken again.

    `Rx lapsed. By day 8 the arm was lit up, 8/10. Back on it now and 5/10.`
    """
    earlier = pain_text(before)
    first = pain_text(before.before) if before.before is not None else ""
    if not RESUMED.search(text) or not (LAPSED.search(earlier) or LAPSED.search(first)):
        return None
    rated = list(RATED.finditer(earlier))
    if len(rated) != 1 or with_contexts(earlier, _numbers(rated))[0].context == _WITH:
        return None
    return _numbers(rated)[0]


def _numbers(rated: Sequence[re.Match[str]]) -> list[Number]:
    return [Number(one.start(), one.end(), upper(one)) for one in rated]


def _either_way(passage: Passage, text: str) -> Iterator[Reading]:
    """The same score with and without the medicine."""
    found = EITHER_WAY.search(text) or OR_NONE.search(text)
    said = found.groupdict() if found is not None else {}
    if found is not None and (
        said.get("either") or TREATMENT.search(text) or speaks_of_medicine(text)
    ):
        name = next(name for name in ("after", "either", "low") if said.get(name))
        score = Number(found.start(), found.end(), value_of(found, name))
        told = _with_without(passage, score, score)
        yield replace(told, assertion=Assertion.PRESENT)  # whoever declined to tell them apart


def _across(passage: Passage, text: str) -> list[Reading]:
    """A fall told over two sentences, or in bare numbers: `without it he was at 8 ... now a 4`.

    Bare numbers count only where one is said to be with and one to be without the medicine.
    """
    before = passage.before
    earlier = pain_text(before) if before is not None else ""
    offset = before.start - passage.start if before is not None else 0
    lowered = LOWERED_TO.search(text)
    if lowered is not None:
        first = read_scores(before, earlier)[-1:] if before is not None else []
        own = [n for n in read_scores(passage, text) if n.end <= lowered.start()]
        start = own[-1] if own else _moved(first[0], offset) if first else None
        if start is not None:
            low = Number(lowered.start("low"), lowered.end(), value_of(lowered, "low"))
            return [_with_without(passage, start, low)]
    here = _by_context(passage, text)
    there = _by_context(before, earlier) if here and before is not None else {}
    with_ = here.get(_WITH) or _moved(there.get(_WITH), offset)
    without = here.get(_WITHOUT) or _moved(there.get(_WITHOUT), offset)
    if without is None and with_ is not None and (RESUMED.search(text) or says_without(earlier)):
        without = here.get("")
    if with_ not in here.values() and without not in here.values():
        return []  # both sides stand in the sentence before
    if with_ is not None and without is not None and with_.value != without.value:
        return [_with_without(passage, without, with_)]
    return []


_WITH, _WITHOUT = "with_medication", "without_medication"


def _by_context(passage: Passage, text: str) -> dict[str, Number]:
    """Bare numbers stated with and without the medicine, and one of neither: the first of each."""
    if not speaks_of_medicine(text):
        return {}
    stated = [Number(n.start("low"), n.end(), upper(n)) for n in STATED.finditer(text)]
    if _may_be_pain(passage, text):
        stated += [
            Number(n.start(), n.end(), upper(n))
            for n in BARE.finditer(text)
            if (n["low"].casefold() != "one" or n["high"])
            and (not n["high"] or value_of(n, "low") <= value_of(n, "high"))
        ]
    distinct = {n.start: n for n in stated if n.value <= _MOST}
    found: dict[str, Number] = {}
    for number_ in with_contexts(text, distinct.values()):
        if number_.context in {_WITH, _WITHOUT, ""}:
            found.setdefault(number_.context, number_)
    return found


def _with_without(passage: Passage, without: Number, with_: Number) -> Reading:
    value: dict[str, object] = {
        "without": plain(without.value),
        "with": plain(with_.value),
        "direction": direction_of(without.value, with_.value),
    }
    start, end = min(with_.start, without.start), max(with_.end, without.end)
    return pain_reading(passage, RELIEF, start, end, value, "pain.with_without")


def _moved(score: Number | None, offset: int) -> Number | None:
    return None if score is None else Number(score.start + offset, score.end + offset, score.value)


def direction_of(before: float, after: float) -> str:
    """Better, worse or the same.

    >>> direction_of(8, 4)
    'better'
    """
    return "better" if after < before else "worse" if after > before else "same"
