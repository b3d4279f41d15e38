"""Identifiers with a form of their own: numbers, addresses, dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.identifier import Identifier, IdentifierKind

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}[\s-]{_MONTH},?[\s-]\d{{4}}|\d{{8}}(?!\d))"
)
_STREET = (
    r"(?:St(?:reet)?|Ave(?:nue)?|Blvd|Boulevard|R(?:oa)?d|Way|Lane|Ln|C(?:our)?t|Dr(?:ive)?|Pl(?:ace)?"
    r"|Pkwy|Parkway|Hwy|Highway|Circle|Cir|Terrace|Ter|Plaza|Sq(?:uare)?|Trail|Loop)"
)
_PATTERNS: tuple[tuple[IdentifierKind, str], ...] = (
    (IdentifierKind.EMAIL, r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+"),
    (IdentifierKind.URL, r"(?:https?://|www\.)[^\s,;)]+"),
    (IdentifierKind.SOCIAL_SECURITY, r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|\bxxx-xx-\d{4}\b"),
    (
        IdentifierKind.PHONE,
        r"(?<![\d/.-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s*|\d{3}[\s.-])\d{3}[\s.-]\d{4}(?![\d/-])"
        r"(?:\s*(?:x|ext\.?)\s*\d{1,5})?",
    ),
    (
        IdentifierKind.PHONE,
        r"\b(?:FAX|Tel(?:ephone)?|Ph(?:one)?|Cell|Mobile|Call)\b\.?\s*(?:No\.?|Number|#)?\s*:?\s*"
        r"(?P<value>\d{10}|\d{3}[.-]\d{4})(?![\w-])",
    ),
    (IdentifierKind.PHONE, r"(?<![\w+])\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,5}(?![\w-])"),
    (
        IdentifierKind.SOCIAL_SECURITY,
        r"\b(?:SSN|SS\s?#|Social\s+Security)\s*(?:No\.?|Number|#)?\s*:?\s*"
        r"(?P<value>\d{3}[ -]?\d{2}[ -]?\d{4})(?![\w-])",
    ),
    (
        IdentifierKind.ADDRESS,
        r"(?<![\w#/.-])\d{1,5}[ \t]+(?:[NSEW]\.?[ \t]+)?"
        rf"(?:[A-Z0-9][\w'-]*[ \t]+){{1,4}}?{_STREET}\b\.?"
        r"(?:,?\s*(?:Suite|Ste\.?|Apt\.?|Unit|Bldg|#)\s*[\w-]+)?"
        rf"(?:\s*[,\n]\s*(?!{_MONTH}|Dear|Phone|Fax|Tel|RE\b)"
        r"[A-Z][A-Za-z.'-]*(?:[ \t]+[A-Z][A-Za-z.'-]*){0,3})?"
        r"(?:,?\s*(?:CA|Calif(?:ornia)?)\b\.?)?"
        r"(?:\s+\d{5}(?:-\d{4})?)?",
    ),
    (IdentifierKind.ADDRESS, r"\bP\.?\s?O\.?\s+Box\s+\d+(?:,\s*[A-Z][\w ]+,\s*CA\s+\d{5})?"),
    (
        IdentifierKind.ADDRESS,
        r"(?<![\w'-])[A-Z][A-Za-z'-]++(?:\s+[A-Z][A-Za-z'-]++){0,3},\s*CA\s+\d{5}(?:-\d{4})?",
    ),
    (IdentifierKind.CASE_NUMBER, r"\b(?:CM\d{2}-\d{5,8}|ADJ\s?\d{5,9})\b"),
    (
        IdentifierKind.LICENCE,
        r"\b(?:DEA|NPI|Lic(?:ense|ence)?\.?)\s*(?:No\.?|Number|#)?\s*:?\s*(?P<value>[A-Z]{0,3}\s?-?\d[\d-]{3,11})",
    ),
    (
        IdentifierKind.CLAIM_NUMBER,
        r"\b(?:Claim|Clm|WCIS|JCN)\s*(?:No\.?|Number|Num|Nbr|#)?\s*[:#.]?\s*(?P<value>(?=[\w-]*\d{3})[A-Z0-9]+(?:-[A-Z0-9]+)*)",
    ),
    (
        IdentifierKind.ACCOUNT,
        r"\b(?:MRN|Acct|Account|Accession|Specimen|Rx|Chart|Policy|Patient\s+ID|Member\s+ID|Tax\s+ID|TIN|EIN|Invoice|File)"
        r"\s*(?:No\.?|Number|ID|#)?\s*[:#]\s*(?P<value>(?=[\w-]*\d{3})[A-Z0-9]+(?:-[A-Z0-9]+)*)",
    ),
    (
        IdentifierKind.BIRTH_DATE,
        rf"\b(?:D\.?[O0]\.?B\.?|Date\s+of\s+Birth|Birth\s*date|Born(?:\s+on)?)\s*[:#]?\s*(?P<value>{_DAY})",
    ),
)
_COMPILED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE if "value" in pattern else 0))
    for kind, pattern in _PATTERNS
)


def find_forms(text: str) -> Iterator[Identifier]:
    """Everything that its form gives away.

    >>> [text_of.kind.value for text_of in find_forms("Ph 619-555-0116, a@b.example")]
    ['e-mail', 'phone']
    """
    for kind, pattern in _COMPILED:
        for found in pattern.finditer(text):
            group = "value" if "value" in pattern.groupindex else 0
            start, end = found.span(group)
            yield Identifier(kind=kind, start=start, end=end, entity=_one(kind, text[start:end]))


def _one(kind: IdentifierKind, written: str) -> str:
    """One spelling of a value: digits of a number, words of an address."""
    if kind is IdentifierKind.BIRTH_DATE:
        return "-".join(part.lstrip("0")[-2:] for part in re.findall(r"\d+", written))
    if kind in {IdentifierKind.PHONE, IdentifierKind.SOCIAL_SECURITY}:
        return re.sub(r"\D", "", written)
    return re.sub(r"[^a-z0-9]+", " ", written.lower()).strip()
