"""Whose story a sentence tells, where its own words do not say: relatives told of before it.

`Her brother moved away. This young man is now an alcoholic.` Within a family history only a
sentence that names the patient, or whose pronoun can mean nobody else, is about the patient.
"""

from __future__ import annotations

import re

from openimr.extract.assertion import Asserter
from openimr.extract.passages import Passage
from openimr.model.lexicon import CueKind

_MEN = r"father|brother|husband|son|uncle|grandfather|dad|boyfriend|nephew"
_WOMEN = r"mother|sister|wife|daughter|aunt|grandmother|mom|girlfriend|niece"
_KIN = re.compile(
    rf"\b(?:(?P<man>{_MEN})|(?P<woman>{_WOMEN})|spouse|sibling|cousin|relative|parent|child)"
    r"(?:s|ren)?\b|\bfamily\b(?!\s+history\b)|\b(?:maternal|paternal)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"\W*(?:(?P<man>he|(?:this|that)\s+(?:\w+\s+)?(?:man|boy|gentleman))"
    r"|(?P<woman>she|(?:this|that)\s+(?:\w+\s+)?(?:woman|girl|lady))|they|both|one\s+of\s+them)\b",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"\W*(?:(?:the\s+)?(?P<named>patient|pt|claimant|applicant|worker)\b(?!['\u2019]s)|he\b|she\b)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:on\s+(?:the\s+)?(?:phone|line)|(?:phone)?call(?:ed|s|ing)?|worried|concerned|here|present|at\s+(?:the\s+)?(?:window|desk)"
    r"|brought|accompan\w+|message|msg|voicemail)\b",
    re.IGNORECASE,
)
"""A relative who tells of the patient: `Husband on phone. He fell asleep at a light.`"""
_IN_THE_PAST = re.compile(
    r"\b(?:was|were|had|died|took|used|went|got|suffered|underwent|abused|struggled|developed)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\W*(?:he|she)\s+(?:(?:also|now|currently|still|today|otherwise)\s+)*"
    r"(?:(?:complains?|reports?|denies|rates|describes|endorses|presents|states|notes|c/o)\b"
    r"|(?:has|gets|feels|experiences|suffers|continues|remains)\b[^.;]*\b(?:pain|numb\w*|tingling|burning|aching"
    r"|weakness|stiffness|spasms?|constipat\w+|nausea\w*|sedat\w+|drows\w+|dizz\w+|headaches?|heartburn)\b"
    r"|(?:takes|uses|is\s+(?:taking|using|on)|continues)\s+(?:(?:his|her)\b|[^.;]*\bfor\s+(?:his|her|the)\s+(?:\w+\s+)?pain\b))",
    re.IGNORECASE,
)
"""What a patient does at a visit, told in the present: complain, rate the pain, bear an effect."""
_AT_THE_HEAD = 4
"""Within how many words of the sentence a relative is its subject."""


def is_of_a_relative(passage: Passage, asserter: Asserter) -> bool:
    """Whether a sentence goes on about the relative that the one before it is about.

    After a relative's story told in the past, a complaint told in the present is the patient's.
    """
    before, begins = passage.before, _ANAPHOR.match(passage.text)
    if before is None or begins is None:
        return False
    kin = _KIN.search(before.text)
    if kin is None or _other_sex(kin, begins) or _REPORTS.search(before.text):
        return False
    if _IN_THE_PAST.search(before.text) and _SPEAKS.match(passage.text):
        return False
    source = passage.source
    cues = asserter.cues(source.tokens, before.first, before.last, source.slots)
    return any(
        hit.cue.kind is CueKind.OTHER_PERSON and hit.first - before.first < _AT_THE_HEAD
        for hit in cues
    )


def _other_sex(kin: re.Match[str], begins: re.Match[str]) -> bool:
    return bool((kin["man"] and begins["woman"]) or (kin["woman"] and begins["man"]))


def is_of_the_patient(passage: Passage) -> bool:
    """Whether a sentence under family history is about the patient after all."""
    begins = _PATIENT.match(passage.text)
    if begins is None or _KIN.search(passage.text):
        return False
    before = passage.before
    return bool(begins["named"]) or before is None or _KIN.search(before.text) is None
