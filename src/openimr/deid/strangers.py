"""Names of strangers in a file: whose visit is planned, whose paper lies here by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.deid.names import WORD, is_person
from openimr.model.identifier import Announced, IdentifierKind

_BEGINS = r"(?:(?<![^\n])|(?<=[.;:!?)\]] )|(?<=[\[(])|(?<=- ))[ \t]{0,8}"
"""Where a sentence, a point of a list or a remark in brackets begins."""
_BY_DOING = re.compile(
    rf"{_BEGINS}(?P<name>{WORD}(?: {WORD})?) (?:to|will) (?:follow[ -]?up|f/u|return|be seen)\b"
)
"""Whose visit it is that is planned: `Balderas to follow up in pain clinic`."""
_MISFILED = re.compile(
    rf"{_BEGINS}(?P<name>{WORD}(?: {WORD})?)(?:['\u2019]s\b|[ \t]*[-,:(])[^.\n\]]{{0,40}}?"
    r"\b(?:wrong (?:chart|patient|file)|misfiled)\b"
)
"""Of another patient, whose paper lies in this file: `[Balderas - lab ok, wrong chart]`."""
_OF_FIELDS = ("ology", "ologist", "iatry", "iatrist", "apist", "ician", "ing", "tion", "ment")
# fmt: off
_NO_PERSON = frozenset((
    "able", "adjuster", "advise", "advised", "after", "agree", "agreed", "agrees", "also",
    "applicant", "appointment", "asked", "attempt", "attorney", "attorneys", "back", "bill",
    "brother", "cardio", "carrier", "chart", "claim", "claimant", "cleared", "client",
    "clinic", "consult", "continue", "continued", "copy", "counsel", "daughter", "derm",
    "directed", "document", "documents", "employer", "encouraged", "entry", "error",
    "failed", "failure", "family", "father", "fax", "female", "follow", "form", "friend",
    "group", "here", "hold", "husband", "imaging", "individual", "instruct", "instructed",
    "interpreter", "lab", "labs", "letter", "likely", "male", "man", "member", "message",
    "mother", "need", "needed", "needs", "neuro", "next", "note", "nurse", "ok", "okay",
    "order", "ortho", "page", "pages", "parent", "patients", "pcp", "pharmacist",
    "pharmacy", "planned", "plans", "procedure", "provider", "psych", "pt", "ptp",
    "recommend", "recommended", "records", "referral", "referred", "refused", "reminded",
    "reports", "required", "result", "results", "return", "scan", "scheduled", "sister",
    "someone", "son", "spouse", "staff", "subject", "surgeon", "surgery", "then", "these",
    "time", "today", "told", "tomorrow", "try", "unable", "wants", "what", "when", "where",
    "who", "wife", "will", "willing", "wishes", "woman", "xray", "xrays",
))
# fmt: on
"""Words before `to follow up` or `wrong chart` that are a role, a thing or an order."""


def find_strangers(text: str) -> Iterator[Announced]:
    """Names that nothing but their place gives away.

    >>> text = "Balderas to follow up. Ortho to follow up."
    >>> [text[one.start : one.end] for one in find_strangers(text)]
    ['Balderas']
    """
    for pattern in (_BY_DOING, _MISFILED):
        for found in pattern.finditer(text):
            if is_person(found["name"]) and not _is_other(found["name"]):
                yield Announced(IdentifierKind.PERSON, *found.span("name"))


def _is_other(name: str) -> bool:
    words = [word.lower() for word in name.split()]
    return any(word in _NO_PERSON or word.endswith(_OF_FIELDS) for word in words)
