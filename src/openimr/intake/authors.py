"""Who wrote a document: the signature, with credentials; for print-outs, who issued them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from openimr.intake.headings import top_lines
from openimr.model.document import DocumentKind
from openimr.model.text import Page

_CREDENTIALS = (
    r"M\.?\s?D\.?|D\.?\s?O\.?|D\.?C\.?|D\.?P\.?M\.?|Ph\.?\s?D\.?|Psy\.?D\.?|D\.?P\.?T\.?|M\.?P\.?T\.?",
    r"P\.?T\.?|P\.?A\.?(?:-C)?|N\.?P\.?(?:-C)?|FNP(?:-C|-BC)?|R\.?N\.?|L\.?V\.?N\.?|L\.?P\.?N\.?",
    r"M\.?A\.?|CMA|L\.?Ac\.?|O\.?T\.?R?|OTR/L|LCSW|MFT|D\.?D\.?S\.?|Pharm\.?D\.?|R\.?Ph\.?|Esq\.?",
    r"QME|AME",
)
_CREDENTIAL = rf"(?:{'|'.join(_CREDENTIALS)})"
_PART = r"(?:[A-Z][a-z]+(?:['\-][A-Z]?[a-z]+)*|[A-Z]['A-Z\-]+|[A-Z]\.?|Mc[A-Z][a-z]+|de|la|van|von)"
_PLAIN_NAME = rf"{_PART}(?:[ ]{{1,2}}{_PART}){{1,4}}"
_NAMED = re.compile(
    rf"(?<![\w.])(?P<name>{_PLAIN_NAME})(?P<comma>\s?,)?\s{{1,2}}"
    rf"(?P<credentials>{_CREDENTIAL}(?:\s?,\s?{_CREDENTIAL})*)(?![\w])"
)
_INITIALS = re.compile(rf"\b(?P<name>[A-Z]{{2,3}})\s?,\s?(?P<credentials>{_CREDENTIAL})(?!\w)")
_ORGANISATION_ENDS = frozenset({"PT", "MA", "PA", "OT"})
"""Also read as a firm's `Delta Row PT`: without a comma these count for little."""
_SIGNED = re.compile(
    r"sign(?:ed|ature)|sincerely|regards|respectfully|truly|/s/|dictated|prepared by|reviewed by"
    r"|reporting|interpreting|read by|under penalty|executed",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:provider|physician advisor|physician reviewer|reviewer|examiner|evaluator|therapist"
    r"|surgeon|radiologist|author|from|by|attending|clinician|psychologist|acupuncturist)\b\s*:?",
    re.IGNORECASE,
)
_NOT_THE_AUTHOR = re.compile(
    r"\b(?:cc|attn|attention|dear|to|re|ref(?:err(?:ed|ing))?(?: by| to| physician| md| dr)?"
    r"|ordering|ordered by|requesting|requested by|prescriber|pcp|family physician|copy"
    r"|assistant)\b\s*[:.]?",
    re.IGNORECASE,
)
_REQUESTING = re.compile(r"requesting (?:physician|provider)", re.IGNORECASE)
_REVIEWER = re.compile(r"reviewer|advisor|physician review", re.IGNORECASE)
_NAME_AFTER = (
    r"\s*(?:\([^)\n]*\))?\s*:\s*(?:/s/\s*)?(?P<name>[A-Z][\w.'\-]+(?: {1,2}[A-Z][\w.'\-]*){1,4})"
)
_WORKER = tuple(
    re.compile(rf"(?i:{label}){_NAME_AFTER}")
    for label in (
        r"(?:employee|worker|applicant|claimant|patient)(?:'s)?\s+name",
        r"\bname\s*(?=\(\s*(?:first|last))",
        r"(?:employee|worker|applicant|claimant|patient)(?:'s)?\s+signature",
    )
)
_CLOSING = re.compile(
    r"^\s*(?:sincerely|(?:very |yours )*truly(?: yours)?|respectfully(?: submitted)?|cordially"
    r"|(?:with )?(?:kind |best |warm )*regards),?\s*$",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(rf"^\s*(?:/s/\s*)?(?P<name>{_PLAIN_NAME})\s*(?:,|$)")
_TAKEN_BY = re.compile(
    r"(?i:taken|recorded|entered|documented|completed) (?i:by):?\s+"
    r"(?P<name>[A-Z][\w.'\-]+(?: [A-Z][\w.'\-]*){0,3})"
)
_ISSUED = frozenset({DocumentKind.LAB, DocumentKind.PHARMACY_LEDGER, DocumentKind.CURES})
_LETTERHEAD_END = re.compile(r"\s{3,}|\s+[-\u2013|]\s+")
_SMALL_WORDS = frozenset({"of", "and", "the", "for", "to", "in", "at"})


def find_author(kind: DocumentKind, pages: Sequence[Page]) -> str | None:
    """The author as the pages name him; None where they do not."""
    if kind is DocumentKind.IMR_APPLICATION:
        return next((name for label in _WORKER if (name := _first_match(label, pages))), None)
    if kind in _ISSUED:
        return _letterhead(pages)
    scores: defaultdict[str, float] = defaultdict(float)
    for page in pages:
        for name, weight in _candidates(page.text, kind):
            scores[name] += weight
    best = max(scores, key=lambda name: scores[name], default="")
    if best and scores[best] > 0:
        return _fullest(best, scores)
    return _signature(pages) or _first_match(_TAKEN_BY, pages) or _initials(pages)


def unify(authors: Sequence[str | None]) -> list[str | None]:
    """The same authors, each in the fullest form that any document of the case gives.

    >>> unify(["V. Roe, MD", "Val S. Roe, MD", None])
    ['Val S. Roe, MD', 'Val S. Roe, MD', None]
    """
    fullest: dict[tuple[str, str, str], str] = {}
    for author in filter(None, authors):
        known = fullest.get(_person(author), "")
        fullest[_person(author)] = max(known, author, key=lambda name: (len(name), name))
    return [fullest[_person(author)] if author else None for author in authors]


def _person(author: str) -> tuple[str, str, str]:
    credentials = author.partition(",")[2].strip().partition(",")[0]
    return _surname(author), author[0], credentials


def _candidates(text: str, kind: DocumentKind) -> Iterator[tuple[str, float]]:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        for found in _NAMED.finditer(line):
            before = line[: found.start()]
            above = "\n".join(lines[max(0, at - 4) : at])
            weight = _weight(before, above, kind)
            if not before.strip() and (at > len(lines) / 2 or at < 3):
                weight += 1.0
            if not found["comma"] and found["credentials"].upper() in _ORGANISATION_ENDS:
                weight -= 1.5
            yield _tidy(found), weight


def _weight(before: str, above: str, kind: DocumentKind) -> float:
    label = before[-40:]
    signed = _SIGNED.search(label) is not None
    requester = kind is DocumentKind.RFA and _REQUESTING.search(label)
    if _NOT_THE_AUTHOR.search(label) and not (signed or requester):
        return -1.0
    weight = 1.0
    if signed:
        weight += 4.0
    elif _SIGNED.search(above):
        weight += 2.5
    if _ROLE.search(label):
        weight += 2.0
    if kind is DocumentKind.UR_DECISION and _REVIEWER.search(f"{above[-200:]} {label}"):
        weight += 6.0
    return weight


def _tidy(found: re.Match[str]) -> str:
    name = " ".join(found["name"].split())
    if name.isupper():
        name = " ".join(part if len(part) <= 2 else part.title() for part in name.split())
    credentials = re.sub(r"(?<=[A-Za-z])\.", "", found["credentials"])
    return f"{name}, {', '.join(part.strip() for part in credentials.split(','))}"


def _fullest(best: str, names: Mapping[str, float]) -> str:
    """Of the forms of one person's name the one that says most: `V. Roe` or `Val S. Roe`."""
    surname, initial = _surname(best), best[0]
    same = [
        name
        for name, score in names.items()
        if _surname(name) == surname and name[0] == initial and score > 0
    ]
    return max(same, key=lambda name: (len(name), name))


def _surname(name: str) -> str:
    return name.partition(",")[0].rpartition(" ")[2].casefold()


def _first_match(pattern: re.Pattern[str], pages: Sequence[Page]) -> str | None:
    for page in pages:
        found = pattern.search(page.text)
        if found is not None:
            return " ".join(found["name"].split())
    return None


def _signature(pages: Sequence[Page]) -> str | None:
    """The name under `Sincerely`, where it stands without credentials."""
    for page in pages:
        lines = [line for line in page.text.split("\n") if line.strip()]
        for at, line in enumerate(lines):
            if _CLOSING.match(line):
                names = (_BARE_NAME.match(below) for below in lines[at + 1 : at + 4])
                found = next((name for name in names if name), None)
                if found is not None:
                    return " ".join(found["name"].split())
    return None


def _initials(pages: Sequence[Page]) -> str | None:
    for page in pages:
        found = _INITIALS.search(page.text)
        if found is not None:
            return _tidy(found)
    return None


def _letterhead(pages: Sequence[Page]) -> str | None:
    top = next(iter(top_lines(pages[0].text)), "") if pages else ""
    name = _LETTERHEAD_END.split(top.strip())[0].strip()
    return _title_case(name) if name.isupper() else name or None


def _title_case(name: str) -> str:
    words = (word.lower() for word in name.split())
    return " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in words)
