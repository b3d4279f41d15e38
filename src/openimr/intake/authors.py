"""Who wrote a document: the signature, with credentials; for forms and print-outs, who issued it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from openimr.intake.headings import top_lines
from openimr.model.document import DocumentKind
from openimr.model.text import Page

_CREDENTIAL = (
    r"(?:M\.?\s?D\.?|D\.?\s?O\.?|D\.?C\.?|D\.?P\.?M\.?|Ph\.?\s?D\.?|Psy\.?D\.?|D\.?P\.?T\.?|M\.?P\.?T\.?"
    r"|P\.?T\.?|P\.?A\.?(?:-C)?|N\.?P\.?(?:-C)?|FNP(?:-C|-BC)?|R\.?N\.?|L\.?V\.?N\.?|L\.?P\.?N\.?|M\.?A\.?|CMA"
    r"|L\.?Ac\.?|O\.?T\.?R?|OTR/L|LCSW|MFT|D\.?D\.?S\.?|Pharm\.?D\.?|R\.?Ph\.?|Esq\.?|QME|AME)"
)
_PART = r"(?:[A-Z][a-z]+(?:['\-][A-Z]?[a-z]+)*|[A-Z]['A-Z\-]+|[A-Z]\.?|Mc[A-Z][a-z]+|de|la|van|von)"
_NAMED = re.compile(
    rf"(?<![\w.])(?P<name>{_PART}(?:[ ]{{1,2}}{_PART}){{1,4}})\s?,?\s{{1,2}}"
    rf"(?P<credentials>{_CREDENTIAL}(?:\s?,\s?{_CREDENTIAL})*)(?![\w])"
)
_SIGNED = re.compile(
    r"sign(?:ed|ature)|sincerely|regards|respectfully|truly|/s/|dictated|prepared by|reviewed by"
    r"|reporting|interpreting|read by|under penalty|executed",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:provider|physician advisor|physician reviewer|reviewer|examiner|evaluator|therapist|surgeon"
    r"|radiologist|author|from|by|attending|clinician|psychologist|acupuncturist|seen by)\b\s*:?",
    re.IGNORECASE,
)
_NOT_THE_AUTHOR = re.compile(
    r"\b(?:cc|attn|attention|dear|to|re|ref(?:err(?:ed|ing))?(?: by| to| physician| md| dr)?|ordering"
    r"|ordered by|requesting|requested by|prescriber|pcp|family physician|copy|assistant)\b\s*[:.]?",
    re.IGNORECASE,
)
_REVIEWER = re.compile(r"reviewer|advisor|physician review", re.IGNORECASE)
_WORKER_LABELS = re.compile(
    r"(?:employee(?:'s)?|worker|applicant|claimant|patient)?\s*(?:name|signature)\s*(?:\([^)]*\))?\s*:\s*(?:/s/\s*)?"
    r"(?P<name>[A-Z][\w.'\-]+(?: [A-Z][\w.'\-]*){1,4})",
    re.IGNORECASE,
)
_ISSUED = frozenset({DocumentKind.LAB, DocumentKind.PHARMACY_LEDGER, DocumentKind.CURES})
_LETTERHEAD_GAP = re.compile(r"\s{3,}")


def find_author(kind: DocumentKind, pages: Sequence[Page]) -> str | None:
    """The author as the pages name him; None where they do not."""
    if kind is DocumentKind.IMR_APPLICATION:
        return _worker(pages)
    if kind in _ISSUED:
        return _letterhead(pages)
    scores: defaultdict[str, float] = defaultdict(float)
    for page in pages:
        for name, weight in _candidates(page.text, kind):
            scores[name] += weight
    if not scores:
        return None
    best = max(scores, key=lambda name: scores[name])
    return _fullest(best, scores) if scores[best] > 0 else None


def _candidates(text: str, kind: DocumentKind) -> Iterator[tuple[str, float]]:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        for found in _NAMED.finditer(line):
            before = line[: found.start()]
            above = "\n".join(lines[max(0, at - 4) : at])
            yield _tidy(found), _weight(before, above, at, len(lines), kind)


def _weight(before: str, above: str, at: int, lines: int, kind: DocumentKind) -> float:
    label = before[-40:]
    if _NOT_THE_AUTHOR.search(label):
        return -1.0
    weight = 1.0
    if _SIGNED.search(label):
        weight += 4.0
    elif _SIGNED.search(above):
        weight += 2.5
    if _ROLE.search(label):
        weight += 2.0
    if kind is DocumentKind.UR_DECISION and _REVIEWER.search(f"{above[-200:]} {label}"):
        weight += 6.0
    if not before.strip():
        weight += 1.0 if at > lines / 2 or at < 3 else 0.0
    return weight


def _tidy(found: re.Match[str]) -> str:
    name = " ".join(found["name"].split())
    if name.isupper():
        name = " ".join(part if len(part) <= 2 else part.title() for part in name.split())
    credentials = re.sub(r"(?<=[A-Za-z])\.", "", found["credentials"])
    return f"{name}, {', '.join(part.strip() for part in credentials.split(','))}"


def _fullest(best: str, names: dict[str, float]) -> str:
    """Of the forms of one person's name, the one that says most: `V. Roe, MD` or `Val S. Roe, MD`."""
    surname, initial = _surname(best), best[0]
    same = [
        name
        for name, score in names.items()
        if _surname(name) == surname and name[0] == initial and score > 0
    ]
    return max(same, key=lambda name: (len(name), name))


def _surname(name: str) -> str:
    return name.split(",")[0].split()[-1].casefold()


def _worker(pages: Sequence[Page]) -> str | None:
    for page in pages:
        found = _WORKER_LABELS.search(page.text)
        if found is not None:
            return found["name"].strip()
    return None


def _letterhead(pages: Sequence[Page]) -> str | None:
    for page in pages[:1]:
        for line in top_lines(page.text):
            return _LETTERHEAD_GAP.split(line.strip())[0].strip() or None
    return None
