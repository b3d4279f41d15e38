"""A rationale that tells nothing of this patient."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item, follows_another
from openimr.qa.words import followed, sentences

CODE = "NOT-SPECIFIC"
_PATIENT = re.compile(
    r"\b(?:patient|worker|claimant|applicant|employee|individual|person|man|woman|male|female"
    r"|he|she|his|her|in\s+this\s+case)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b[A-Z][a-z]+ \d{1,2}, (?:19|20)\d\d\b"
    r"|\bsince (?:19|20)\d\d\b"
)
_FINDING = re.compile(
    r"\b(?:diagnos\w+|complain\w*|presents?\s+with|presented|reports?\s+(?:pain|that)|examination"
    r"|\d{1,2}/10|documented\s+(?:\w+\s+){0,2}(?:pain|injur\w+|findings?)|MRI|X-?rays?|EMG)\b",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"\b(?:no|not|without|absent|absence|lacks?|lacking|fails?|failed|inadequate|insufficient|unclear|never)\b",
    re.IGNORECASE,
)
_FINDS_NONE = re.compile(
    r"\b(?:patient|worker|claimant|applicant|employee|he|she)\s+(?:has|had|have|is|was|does|did)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:no|without|lack\s+of|den(?:y|ies|ied)|negative\s+for)\s+(?:(?:a|any|known|prior|past|reported)\s+)?"
    r"history\s+of\b",
    re.IGNORECASE,
)
"""`There is no history of peptic ulcer` is so of this patient; what is not documented is not."""
_AS_HERE = re.compile(
    r"\b(?:as|which)\s+(?:is|are|was|were|has|have)\b[^.,;]{0,40}\b(?:here|in\s+this\s+(?:case|patient)|at\s+hand)\b",
    re.IGNORECASE,
)
"""`neck pain complaints, as were present here`: a guideline's words said of this patient."""
_UNWRITTEN = re.compile(r"\b(?:document\w*|records?|provided|submitted|evidence)\b", re.IGNORECASE)
_OF_RECORD = re.compile(
    r"\b(?:document\w*|evidence|records?|provided|submitted|rationale|support\w*|indicat\w+|meet|met"
    r"|candidate|criteria|require\w*|need\w*)\b",
    re.IGNORECASE,
)
"""What is missing of the record or of the criteria is no finding on the patient."""
_LACKS_OF_PATIENT = re.compile(
    r"\b(?:indication|documentation|evidence|mention)\s+(?:that\s+)?(?:the|this)\s+"
    r"(?:patient|worker|claimant|applicant|employee|individual)\s+"
    r"(?:is|was|has|had|have|did|does|would|tried|failed)\b"
    r"|\b(?:complaints?|symptoms?|failure|trials?)\s+of\s+(?:a\s+|the\s+)?\w{4,}",
    re.IGNORECASE,
)
"""`No indication that the patient has tried it`: what the patient lacks is said by name."""
_CONCLUDES = re.compile(r"\bmedical(?:ly)?\s+necess", re.IGNORECASE)
_REQUEST, _IS = (
    re.compile(r"\brequest\w*\b", re.IGNORECASE),
    re.compile(r"\b(?:is|are)\b", re.IGNORECASE),
)
_GENERAL = re.compile(
    r"^(?:The\s+)?(?:intended\s+)?(?:goals?|aims?|purposes?|effects?)\b"
    r"|\b(?:is|are)\s+(?:not\s+)?(?:generally\s+|usually\s+)?recommended\b",
    re.IGNORECASE,
)
"""`The intended goal is`, `EMG studies are recommended`: words of a guideline that is not named."""
_GUIDELINE = re.compile(r"\b(?:guidelines?|MTUS|ODG|ACOEM|schedule)\b", re.IGNORECASE)
_STATES = re.compile(
    r"\b(?:state|recommend|indicat|support|note|say|discuss|describ|advis|suggest|require|outlin|allow)",
    re.IGNORECASE,
)


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    del scene
    for item in letter.items:
        if not item.rationale or follows_another(item) or _tells(item):
            continue
        yield of_item(CODE, item, "no sentence of it tells a fact of this patient")


def _tells(item: Item) -> bool:
    """Whether a sentence says that something is so, of this patient."""
    return any(_is_fact(told.text) for told in sentences(item.rationale))


def _is_fact(text: str) -> bool:
    if _DATE.search(text) or _AS_HERE.search(text):
        return True
    if _CONCLUDES.search(text) or followed(text, _REQUEST, _IS):
        return False
    if followed(text, _GUIDELINE, _STATES) or _GENERAL.search(text):
        return False
    if _HISTORY.search(text):
        return not _UNWRITTEN.search(text)
    if _LACKS.search(text) and _LACKS_OF_PATIENT.search(text):
        return True
    if _LACKS.search(text):
        return _FINDS_NONE.search(text) is not None and not _OF_RECORD.search(text)
    return _PATIENT.search(text) is not None or _FINDING.search(text) is not None


CHECK = Check(
    CODE,
    "no fact of this patient",
    "Each decision must cite the worker's medical condition and the relevant facts of the case"
    " (Labor Code 4610.6(e)).",
    _find,
)
