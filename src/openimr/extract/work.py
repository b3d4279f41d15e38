"""Whether words of work tell how a patient works today, and because of the injury.

`Working on quitting` is no job, a plant that closed in 2008 is no disability, a homemaker is not
off work, and forty hours on light duty are no full duty.
"""

from __future__ import annotations

import re

from openimr.extract.passages import Passage, Reading

_NOT_A_JOB = re.compile(
    r"\s*(?:with\s+(?:the\s+|his\s+|her\s+)?(?:physical|therap\w+|PT)|through|on\s+(?:his|her|the)|okay|ok\b|well|"
    r"to\s+(?:gain|improve|increase)|diagnos\w+)",
    re.IGNORECASE,
)
_HINDERED = re.compile(
    r"\b(?:decreased?|reduced|limited|difficult\w*|trouble|unable|cannot|interfer\w+|loss\s+of)\b[^.;]*$",
    re.IGNORECASE,
)
_NOT_AT_WORK = re.compile(
    r"\s*(?:with\b(?!\s+(?:\w+\s+)?(?:restrict|limit|accommodat|modif|light|full))"
    r"|on\b(?!\s+(?:site|light|modified|full|call|the\s+(?:job|floor|line|clock|farm)))|towards?\b|hard\s+to|up\b|out\b"
    r"|tasks?\b|related|capacity|hardening|comp\b|comp\w*\b)",
    re.IGNORECASE,
)
"""`Working on quitting`, `continues to work with her towards discharge`."""
_AT_WORK = re.compile(r"\b(?:works?|working|employed|job)\b", re.IGNORECASE)
_AT_THE_INJURY = re.compile(
    r"\b(?:date\s+of\s+injury|when\s+(?:he|she)\b|at\s+the\s+time|while)\b", re.IGNORECASE
)
_BEFORE_THE_INJURY = re.compile(
    r"\b(?:(?:at|on|before|prior\s+to|until|up\s+to)\s+(?:the\s+)?(?:(?:time|date|day)\s+(?:of\s+)?)?(?:the|his|her|this)?\s*"
    r"(?:industrial\s+|work\s+)?(?:injury|accident|fall)\b"
    r"|when\s+(?:he|she)\s+was\s+(?:hurt|injured)|pre-?injury(?!\s+(?:job|work|duties|position|level))"
    r"|(?:prior\s+to|before)\s+(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
    r"|(?:was|were|been|had)\s+(?:working|employed)\b[^.;]{0,60}?\bwhen\b)",
    re.IGNORECASE,
)
"""How the work is told that was done when the injury came."""
_OTHER_REASONS = re.compile(
    r"\b(?:outside\s+(?:of\s+)?(?:the|his|her)\s+home|home-?maker|house-?wife|stay-at-home|student|retired)\b"
    r"|\b(?:terminated|fired|laid[\s-]off|let\s+go|resigned|layoffs?|downsiz\w+|eliminated|dismissed)\b"
    r"|\b(?:plant|company|store|shop|business|factory|mill|restaurant|firm|doors)\b[^.;]{0,20}?\bclos(?:ed|ing|ure)\b"
    r"|\bclosed\s+(?:its|their)\s+doors\b",
    re.IGNORECASE,
)
_BY_INJURY = re.compile(
    r"\b(?:TTD|totally\s+disabled|total\s+disability|accommodat\w*|unable|because\s+of\s+(?:the|his|her)\s+(?:injury|pain)|due\s+to\s+(?:the|his|her)\s+(?:injury|pain)"
    r"|work\s+status|off\s+work)\b",
    re.IGNORECASE,
)
_OF_HOURS = re.compile(
    r"\b(?:full[\s-]*time|f/?t|hours|shifts?|day|week|schedule)\b", re.IGNORECASE
)
_LIMITED = re.compile(
    r"\b(?:light|modified|mod|restricted|limited|sedentary|transitional|alternat\w+|accommodated)\s+(?:duty|duties|work|job|basis|position)"
    r"|\b(?:with|under)\s+(?:\w+\s+){0,2}?(?:restrictions?|limitations?|accommodations?)"
    r"|\b(?:light(?:er)?|modified|mod)\b|\b(?:reduced|lesser)\s+(?:work\s*)?load\b",
    re.IGNORECASE,
)

_PERMITTED = re.compile(
    r"\bmay\s+(?:now\s+|also\s+|still\s+)*(?:return|resume|go\s+back|work\b|continue|perform|remain)"
    r"(?![^.;]*\b(?:if|unless|until|once|when|after|pending|provided|eventually|someday|later|future"
    r"|in\s+(?:\w+\s+){1,2}(?:days?|weeks?|months?)|on\s+\d|effective|starting|beginning)\b)",
    re.IGNORECASE,
)
"""`May return to work with restrictions`: a physician's leave, given now and without condition."""


def is_permitted(text: str) -> bool:
    """Whether a sentence gives leave to work from now on.

    >>> is_permitted("May return to work with restrictions.")
    True
    >>> is_permitted("He may return to work if the surgery helps.")
    False
    """
    found = _PERMITTED.search(text)
    return found is not None and _DOUBTED.search(text[: found.start()]) is None


_DOUBTED = re.compile(
    r"\b(?:if|when|once|hop\w+|expect\w*|anticipat\w+|possibl\w+|whether|unsure|think\w*|feels?|believes?)\b",
    re.IGNORECASE,
)


def is_of_work(reading: Reading, passage: Passage) -> bool:
    """Whether a reading of work is one of today's work, and of the injury."""
    status = reading.value.get("status")
    if status == "retired":
        return _AT_WORK.search(_after(reading, passage)) is None
    if status == "off_work":
        words = passage.source.page.text[reading.start : reading.end].casefold()
        if words.endswith("working") and _NOT_A_JOB.match(passage.source.page.text, reading.end):
            return False
        return not _is_out_for_other_reasons(passage)
    if _BEFORE_THE_INJURY.search(passage.text):
        return False
    if status == "full_duty" and _is_of_hours_alone(reading, passage):
        return False
    text = passage.source.page.text
    if reading.rule.startswith("return_to_work.working"):
        before = text[max(passage.start, reading.start - 60) : reading.start]
        at_work = _NOT_AT_WORK.match(text, reading.end) is None
        if not at_work or _HINDERED.search(before) or _AT_THE_INJURY.search(passage.text):
            return False
    return _NOT_A_JOB.match(text, reading.end) is None


def _after(reading: Reading, passage: Passage) -> str:
    return passage.source.page.text[reading.end : passage.end]


def _is_out_for_other_reasons(passage: Passage) -> bool:
    """Whether the job ended, or there never was one, for a reason that is not the injury."""
    text = passage.text
    return _OTHER_REASONS.search(text) is not None and _BY_INJURY.search(text) is None


def _is_of_hours_alone(reading: Reading, passage: Passage) -> bool:
    """`Full-time on light duty`: the hours are full, the duty is not."""
    words = passage.source.page.text[reading.start : reading.end]
    return _OF_HOURS.search(words) is not None and _LIMITED.search(passage.text) is not None
