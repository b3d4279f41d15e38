"""The scores of a passage, each with its context: worst, average, with medicine, without it."""

from __future__ import annotations

import re

from openimr.extract.contexts import Number, masked, speaks_of_medicine, with_contexts
from openimr.extract.pain_patterns import (
    BARE,
    DATE_BEFORE,
    EQUALS,
    LABELLED,
    LABELS,
    LISTED,
    PAIN,
    PAIN_STRICT,
    RATED,
    SCALED,
)
from openimr.extract.pain_relief import value_of
from openimr.extract.pain_scales import without_scales
from openimr.extract.passages import Passage

_A_ROW = 120
"""Characters of a line that lists scores: `Worst in past week: 9/10`."""
_MISREAD = (
    (re.compile(r"(?<=/)(\s?)[1lI][0Oo](?!\w)"), r"\g<1>10"),
    (re.compile(r"(?<!\w)[1lI][0Oo](?=\s?/\s?10)"), "10"),
    (re.compile(r"\bVA5\b"), "VAS"),
    (re.compile(r"\b([Pp])a[l1]n\b"), r"\1ain"),
)
"""What optical reading makes of `/10`, `VAS` and `pain`, and what was written; equally long."""


def pain_text(passage: Passage) -> str:
    """The passage's words, drugs masked, scales as they were written; offsets stay.

    >>> import re
    >>> _mended("Paln 7/l0")
    'Pain 7/10'
    """
    return without_scales(_mended(masked(passage)))


def _mended(text: str) -> str:
    for wrong, right in _MISREAD:
        text = wrong.sub(right, text)
    return text


def upper(found: re.Match[str]) -> float:
    """The upper end of a range."""
    low = value_of(found, "low")
    return max(low, value_of(found, "high")) if found["high"] else low


def read_scores(passage: Passage, text: str) -> list[Number]:
    """The scores of a passage with their contexts."""
    spoken = PAIN_STRICT.search(text) or (
        passage.before is not None and PAIN_STRICT.search(passage.before.text)
    )
    numbers: list[Number] = []
    for pattern in (RATED, LABELLED, EQUALS, LISTED) if spoken else (RATED, LABELLED, EQUALS):
        for found in pattern.finditer(text):
            if pattern is RATED and not _is_score(found, text, spoken=spoken is not None):
                continue
            if pattern is LABELLED and _numbers_an_item(found, passage):
                continue
            start, end = found.start("low"), found.end()
            if all(end <= n.start or start >= n.end for n in numbers):
                numbers.append(Number(start, end, upper(found)))
    if spoken and speaks_of_medicine(text) and len(numbers) < 2:
        numbers = _with_bare(text, numbers)
    return with_contexts(text, numbers)


def _is_score(found: re.Match[str], text: str, *, spoken: bool) -> bool:
    scaled = SCALED.search(found[0]) is not None
    labels = LABELS.findall(text[: found.start()])
    if scaled and labels and len(text) <= _A_ROW:
        return True
    if not scaled and not spoken:
        return False
    if DATE_BEFORE.search(text[: found.start()]) and not spoken:
        return False
    return bool(spoken or PAIN.search(text) or (scaled and speaks_of_medicine(text)))


def _numbers_an_item(found: re.Match[str], passage: Passage) -> bool:
    """Whether the number after `pain` opens the next item of a list: `2. Neck pain 3. Insomnia`.

    It does where the number before it or after it numbers an item too, or where the pain is named
    as a diagnosis is. A label of its own (`average pain 6. Worst 7.`) makes it a score.
    """
    page = passage.source.page.text
    start, end = passage.start + found.start("low"), passage.start + found.end("low")
    said = page[max(0, start - _A_LIST) : start]
    if not _ENDS_A_DIAGNOSIS.search(said) or not _AFTER_A_NUMBER.match(page, end):
        return False
    if not found["low"].isdigit():
        return False
    place = int(found["low"])
    earlier = re.search(rf"(?:^|[\s(:]){place - 1}[.)]\s+[A-Za-z]", said)
    later = re.search(rf"[a-z)]\s+{place + 1}[.)]\s+[A-Z]", page[end : end + _A_LIST])
    return bool(earlier or later or _NAMED_PAIN.search(said))


_A_LIST = 160
"""Characters around a list's number within which the one before or after it stands."""
_ENDS_A_DIAGNOSIS = re.compile(
    r"^(?!.*\b(?:worst|best|least|average|avg|usual|current|now|today|his|her)\s+(?:\w+\s+)?pain\s*$)"
    r".*\bpain[ \t]+$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER_A_NUMBER = re.compile(r"[.)]\s+[A-Za-z]")
_NAMED_PAIN = re.compile(
    r"\b(?:myofascial|neuropathic|radicular|discogenic|facetogenic|phantom(?:\s+limb)?|mechanical"
    r"|musculoskeletal|patellofemoral|post-?(?:operative|surgical|traumatic))"
    r"\s+(?:\w+\s+)?pain[ \t]+$",
    re.IGNORECASE,
)
"""Pain as a diagnosis names it, and a patient who gives a number does not."""


def _with_bare(text: str, numbers: list[Number]) -> list[Number]:
    """Scores without `/10`, taken only where one is with and one without medicine."""
    bare = [
        Number(found.start(), found.end(), upper(found))
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
