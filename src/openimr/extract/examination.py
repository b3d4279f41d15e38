"""What an examination found, and what sounds like it: normal and not, felt on the skin and not.

A patient's own account is no finding, strong arms are no normal examination of a patient whose
legs are lame, and a foot that does not feel the tuning fork has lost no dermatome.
"""

from __future__ import annotations

import re

from openimr.extract.passages import Passage, Reading

_NOT_ALL_NORMAL = re.compile(
    r"\b(?:otherwise|except\w*|other\s+than|apart\s+from|aside\s+from)\b", re.IGNORECASE
)
_WEAK = re.compile(r"(?<![\d/])(?:[0-3]|4)\s?[-+]?\s?/\s?5\b|[-+]\s?5\s?/\s?5")
_UNEVEN = re.compile(
    r"\b(?:hypo\w+|hyper\w+|diminished|decreased|reduced|sluggish)\b"
    r"|(?<![\d/])[01]\+?\s+(?:at|in|on)\s+the\s+(?:right|left)\b",
    re.IGNORECASE,
)
"""Reflexes that are symmetric and weak, or lower on one side."""
_OF_THE_FACE = re.compile(r"\b(?:facial|corneal|face|jaw|gag|pupil\w*)\b", re.IGNORECASE)
_TESTED = re.compile(r"\b(?:responses?|latenc\w+|amplitude\w*|conduction)\b", re.IGNORECASE)
"""An electrodiagnostic study says nothing of the examination."""
_NEGATIVE_OF = re.compile(
    r"\s+(?!(?:bilat\w*|today|throughout|exam\w*|and|in|on|for|to|with)\b)[a-z]"
)
"""`Neurologic: negative headaches, negative tremor` asks about each, and examines none."""
_PART = re.compile(
    r"\s+(?:light\s+)?(?:sensation|sensory|touch|strength|motor|reflex\w*|DTRs?|gait|tone|bulk"
    r"|speech|coordination|cranial)\b",
    re.IGNORECASE,
)
_ARMS = re.compile(r"\b(?:B?UEs?|upper\s+(?:extremit\w+|limbs?)|arms?)\b", re.IGNORECASE)
_LEGS = re.compile(
    r"\b(?:B?LEs?|lower\s+(?:extremit\w+|limbs?)|legs?|all\s+(?:four|4|extremit\w+))\b",
    re.IGNORECASE,
)
_LAME = re.compile(
    r"\b(?:plegi\w*|flaccid|paraly\w+|weak\w*|not\s+elicited|absent)\b"
    r"|(?<![\d/])[0-4]\s?[-+]?\s?/\s?5\b",
    re.IGNORECASE,
)
_NEXT = 140
"""How far on the legs are told of after the arms."""
_SENTENCE = re.compile(r"[^.;]*(?:[.;](?=\S)[^.;]*)*")
_DEEP_SENSE = re.compile(r"\b(?:vibrat\w+|propriocept\w+|position|temperature)\b", re.IGNORECASE)
_SUPERFICIAL = re.compile(
    r"\b(?:light\s+touch|LT|pin\w*|PP|dermatom\w*|[CTL]\d{1,2}|S1|distribution)\b", re.IGNORECASE
)
_KEPT = re.compile(
    r"\b(?:otherwise|but|while)\b[^.;]*\b(?:intact|normal|preserved)\b", re.IGNORECASE
)
"""`Vibration is decreased, otherwise intact to light touch`: what follows is not lost."""
_TOUCH = re.compile(r"\b(?:light\s+touch|LT|pin\w*|PP)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:complain\w*|c/o|reports?|reported|states?|stated|denies|denied|feels|describes?|noticed|notices)\b",
    re.IGNORECASE,
)
_SECTIONS_TOLD = frozenset({"subjective", "history", "interim_history", "review_of_systems"})


def is_normal(reading: Reading, passage: Passage) -> bool:
    """Whether words of a normal examination say that it was: without exception, and examined."""
    if passage.section == "review_of_systems":
        return False
    text, kind = passage.text, reading.value.get("kind")
    if _OF_THE_FACE.search(text) or _TESTED.search(text):
        return False
    if kind == "motor" and _WEAK.search(text):
        return False
    if kind == "reflexes" and _UNEVEN.search(text):
        return False
    if kind == "general" and (
        _is_of_complaints(reading, passage) or _is_of_a_part(reading, passage)
    ):
        return False
    return _NOT_ALL_NORMAL.search(text) is None and not _only_the_arms(passage)


def _is_of_complaints(reading: Reading, passage: Passage) -> bool:
    page = passage.source.page.text
    negative = page[reading.start : reading.end].casefold().endswith("negative")
    return negative and _NEGATIVE_OF.match(page, reading.end) is not None


def _is_of_a_part(reading: Reading, passage: Passage) -> bool:
    """`Neurologic: normal sensation by touch` is no normal examination."""
    return _PART.match(passage.source.page.text, reading.end) is not None


def _only_the_arms(passage: Passage) -> bool:
    """Whether the arms alone are well, and what follows finds the legs weak."""
    if not _ARMS.search(passage.text) or _LEGS.search(passage.text):
        return False
    page = passage.source.page.text
    legs = _LEGS.search(page, passage.end, passage.end + _NEXT)
    if legs is None:
        return False
    said = _SENTENCE.match(page, legs.end())
    end = max(passage.end + _NEXT, said.end() if said is not None else 0)
    return _LAME.search(page, passage.end, end) is not None


def is_of_a_nerve(reading: Reading, passage: Passage) -> bool:
    """Loss that is found on the skin: not what is told, not of vibration or position alone."""
    if reading.value.get("kind") not in {"dermatomal_loss", "sensory_loss"}:
        return True
    lost = _KEPT.split(passage.text, maxsplit=1)[0]
    if _SUPERFICIAL.search(lost):
        return True
    told = passage.section in _SECTIONS_TOLD or _TOLD.search(passage.text) is not None
    return not told and _DEEP_SENSE.search(lost) is None


def is_sign(reading: Reading, passage: Passage) -> bool:
    """Vibration and position are lost in the feet of a diabetic, and in no dermatome."""
    if reading.value.get("sign") != "dermatomal sensory loss":
        return True
    deep = _DEEP_SENSE.search(passage.text)
    return deep is None or _TOUCH.search(passage.text) is not None
