"""Of whom and in what manner a document speaks: relatives, guidelines, lists of requests."""

from __future__ import annotations

import re

from openimr.extract.medications_segments import Section
from openimr.model.document import DocumentKind

_GUIDELINE = re.compile(
    r"\b(?:MTUS|ODG|ACOEM|guidelines?|FDA|CDC|Beers|literature|studies|evidence-based|randomized"
    r"|meta-analysis|recommended\s+(?:for|as|only)|not\s+recommended|first[\s-]?line"
    r"|second[\s-]?line|indicated\s+for|approved\s+for|p(?:p|ages?)?\.\s?\d+)\b"
)
_PATIENT = re.compile(
    r"\b(?:patient|pt|she|he|his|her|claimant|applicant|worker|I|Mr|Mrs|Ms|current|prescribed)\b",
    re.IGNORECASE,
)
_RELATIVE = (
    r"mother|father|mom|dad|brother|sister|son|daughter|wife|husband|spouse|partner|aunt|uncle"
    r"|cousin|grand(?:mother|father|parent)s?|"
    r"friend|neighbou?r|roommate|family\s+member|co-?worker|boyfriend|girlfriend|mother-in-law"
    r"|children|child"
)
_BELONGS = re.compile(
    rf"[^.;,]{{0,40}}?\b(?:is|are|was|were|belongs?\s+to|belonged\s+to)\s+(?:really\s+|actually\s+)?"
    rf"(?:his|her|their|the|a)\s+(?:{_RELATIVE})(?:['\u2019]s?\b|\s*(?=[.,;)]|$))",
    re.IGNORECASE,
)
_OTHER_PERSON = re.compile(
    rf"\b(?P<who>{_RELATIVE})(?:'s|s)?\b(?P<between>(?:\s+(?!says|states|stated|reports|reported"
    rf"|called|calls|told|asks|worried|notes|gives?|helps?|observed|noticed)\w+['\w/]*){{0,6}}?)\s+"
    r"(?:herself\s+|himself\s+|also\s+)?(?:takes?|took|taking|uses?|used|is\s+on|was\s+on|on|has"
    r"|had"
    r"|gets?|got|been|(?:was|were)\s+(?:cured|helped|healed|prescribed|given)|swears?\s+by"
    r"|keeps?|kept|stores?|praise[sd]?|loves?|liked?|does\s+well|did\s+well|(?:was|is|got|feels?)\s+better|is\s+(?:prescribed|taking|using)|medications?"
    r"|meds|prescription|bottle|supply|own)\b",
    re.IGNORECASE,
)
_FAMILY_HISTORY = re.compile(
    rf"\b(?:FHx?|family\s+h(?:x|istory))\b\W{{0,3}}(?:{_RELATIVE})\b[^.;\n]*$", re.IGNORECASE
)
"""`FHx mother: fibromyalgia, on Cymbalta`, up to the drug."""
_BORROWED = re.compile(
    rf"(?:belong\w+\s+to|prescribed\s+(?:to|for)|(?:from|of)\s+(?:a|her|his"
    rf"|the))\s+(?:\w+\s+)?(?:{_RELATIVE})\b|\b(?:{_RELATIVE})['\u2019]s?\s*$",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    rf"\b(?P<who>{_RELATIVE})\s*(?:\(|,|called|calls|says|states|stated|reports|reported|worried"
    rf"|told|is\s+worried|phoned)",
    re.IGNORECASE,
)
_PATIENT_AS_KIN = {
    "daughter": "mom mother dad father",
    "son": "mom mother dad father",
    "mother": "son daughter child",
    "father": "son daughter child",
    "wife": "husband",
    "husband": "wife",
}
_REQUEST_LINE = re.compile(
    r"^\s*(?:#\s?\d{1,2}\b|\(?#?\s?(?:\d{1,2}|[A-Za-z])[.):]|[-*•]|item\b|request\w*|\||[A-Z])",
    re.IGNORECASE,
)
_UR_OUTCOME = re.compile(
    r"\b(?:not\s+certified|non-?certif\w+|certified|denied|den(?:y|ial)|modified"
    r"|not\s+(?:medically\s+necessary|authorized)|approved|authorized|adverse|upheld)\b",
    re.IGNORECASE,
)
_ARGUED = frozenset(
    {DocumentKind.UR_DECISION, DocumentKind.CORRESPONDENCE, DocumentKind.IMR_APPLICATION}
)


def in_argument(kind: DocumentKind) -> bool:
    """Whether a document argues or quotes, so that only its list of requests counts."""
    return kind in _ARGUED


def is_request_line(statement: str, kind: DocumentKind, *, has_dosing: bool) -> bool:
    """Whether a line of an application or UR decision lists the request.

    >>> line = " #1  Norco 10/325mg #150 ....... Not certified"
    >>> is_request_line(line, DocumentKind.UR_DECISION, has_dosing=True)
    True
    """
    if kind is DocumentKind.CORRESPONDENCE or not has_dosing or _GUIDELINE.search(statement):
        return False
    listed = _REQUEST_LINE.match(statement) is not None and len(statement) < 220
    if kind is DocumentKind.IMR_APPLICATION:
        return listed
    return listed and (
        _UR_OUTCOME.search(statement) is not None
        or re.match(r"\s*\(?#?\s?\w{1,2}[.):]?\s", statement) is not None
    )


def is_other_person(before: str, section: Section, earlier: str) -> bool:
    """Whether a statement is about a relative: `before` the drug, after what stands `earlier`."""
    if section is Section.FAMILY or _FAMILY_HISTORY.search(before):
        return True
    all_found = list(_OTHER_PERSON.finditer(before))
    if not all_found:
        return _BORROWED.search(before) is not None
    found = all_found[-1]
    who = found["who"].lower()
    for reporter in _REPORTER.finditer(earlier + before[: found.start()]):
        if who in _PATIENT_AS_KIN.get(reporter["who"].lower(), "").split():
            return False
    return not re.search(
        r"\b(?:patient|pt|claimant|applicant)\b", before[found.end() :], re.IGNORECASE
    )


def belongs_to_another(tail: str) -> bool:
    """Whether the words after a drug say that it is somebody else's.

    >>> belongs_to_another(" in the bathroom is her mother's, who lives with them")
    True
    """
    return _BELONGS.match(tail) is not None


def is_guideline(before: str, tail: str, *, has_dosing: bool) -> bool:
    """Whether a statement tells what guidelines say and nothing of the patient."""
    if has_dosing:
        return False
    if not _GUIDELINE.search(before) and not _GUIDELINE.search(tail[:120]):
        return False
    return not _PATIENT.search(before)
