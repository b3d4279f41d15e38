"""Values that a label announces: `Employee Name:`, `Employer:`, `Adjuster:`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.deid.names import DEGREE, PARTICLES
from openimr.model.identifier import PEOPLE, Announced, IdentifierKind

_OF_A_PERSON = r"(?:\s+name)?(?:\s*\([^)\n]*\))?"
_LABELS: tuple[tuple[IdentifierKind, tuple[str, ...]], ...] = (
    (
        IdentifierKind.WORKER,
        (
            rf"(?:injured\s+)?(?:employee|worker|patient|claimant|applicant|donor){_OF_A_PERSON}",
            r"patient'?s\s+name",
        ),
    ),
    (IdentifierKind.EMPLOYER, (rf"employer{_OF_A_PERSON}",)),
    (
        IdentifierKind.INSURER,
        (
            r"claims?\s+administrator(?:\s+name)?",
            r"insur(?:er|ance)(?:\s+(?:carrier|company))?(?:\s+name)?",
            r"carrier|third\s+party\s+administrator|payer|payor|adjusting\s+agency|company\s+name",
        ),
    ),
    (
        IdentifierKind.PHYSICIAN,
        (
            r"(?:requesting|(?:primary\s+|secondary\s+)?treating|referring|ordering|evaluating"
            r"|prescribing|attending|supervising|interpreting)\s+(?:physician|provider|doctor"
            r"|clinician)(?:\s+(?:name|signature))?",
            r"(?:physician|provider)(?:\s+(?:name|reviewer))?|prescriber|reviewer(?:\s+name)?",
            r"examiner|therapist|radiologist|electromyographer",
            r"(?:dictated|taken)\s+by|(?:electronically\s+)?signed(?:\s+by)?|(?:ref|req|ord)\.?\s+(?:phys|by|dr)\.?",
        ),
    ),
    (
        IdentifierKind.PERSON,
        (
            r"adjuster(?:\s*/\s*contact)?(?:\s+name)?|contact(?:\s+(?:name|person))?",
            rf"(?:(?:employee|applicant|defense)\s+)?attorney{_OF_A_PERSON}",
            rf"(?<=\n)[ \t]*(?:name|pt|re){_OF_A_PERSON}",
            r"(?:nurse\s+)?case\s+manager|interpreter|emergency\s+contact|spouse|caller|supervisor",
        ),
    ),
    (
        IdentifierKind.FACILITY,
        (r"(?:practice|facility|clinic|pharmacy)(?:\s+name)?|laborator(?:y|ies)|hospital",),
    ),
    (
        IdentifierKind.FIRM,
        (
            r"(?:utilization\s+)?review\s+(?:organization|company|firm)",
            r"ur\s+(?:organization|vendor)|law\s+firm",
        ),
    ),
)
_PERSON = re.compile(
    rf"(?:[A-Z][\w.'\u2019-]*,?\s+){{0,3}}{PARTICLES}{{0,3}}[A-Z][\w'\u2019-]*"
    r"(?:,\s*[A-Z][\w.'\u2019 -]*)?\.?"
)
"""What may be the name of a person: one to four words, each with a capital."""
_VALUE = (
    r"[ \t]*[:#][ \t]*(?P<value>[A-Z][^\n:;|\t]*?)"
    r"(?=[ \t]{2,}|\t|\n|$|;|\||\s+(?:DOB|DOI|Date|Claim|Phone|Ph|Fax|Tel|MRN|Age|Sex|Gender|SSN"
    r"|Address|Employer|Visit|Exam|Seen|DOS|Acct|Ins|Carrier|Adjuster)\b)"
)
_COMPILED = tuple(
    (kind, re.compile(rf"(?im)(?<![A-Za-z])(?:{'|'.join(labels)}){_VALUE}"))
    for kind, labels in _LABELS
)
_NO_NAME = re.compile(
    r"^(?:utilization|review|see|same|none|n/?a\b|unknown|not\b|please|if\b|the\b|as\b|to\b|this\b|yes|no\b|on\b|is\b|has\b|will\b|and\b|for\b"
    r"|with\b"
    r"|request|denied|modified|approved|signature|information|section|regular|expedited|type\b|date\b|mail|fax)",
    re.IGNORECASE,
)


def find_labelled(text: str) -> Iterator[Announced]:
    """Every labelled name, without the degree or address that follows it.

    >>> text = "Employer: Blue Heron Packing Co    Claim: 12"
    >>> [text[one.start : one.end] for one in find_labelled(text)]
    ['Blue Heron Packing Co']
    """
    for kind, pattern in _COMPILED:
        for found in pattern.finditer(f"\n{text}"):
            start = found.start("value") - 1
            value = found["value"].rstrip(" ,.")
            if not 1 < len(value) < _LONGEST or _NO_NAME.match(value) or value[0].islower():
                continue
            if kind not in PEOPLE:
                yield Announced(kind, start, start + len(value))
            else:
                yield from _people(kind, start, value)


def _people(kind: IdentifierKind, start: int, value: str) -> Iterator[Announced]:
    """A person, and the house that may stand behind the comma: `Ann Bo, Hollister Injury Law`."""
    person, comma, house = value.partition(",")
    if comma and len(person.split()) > 1 and house[1:2].isdigit():
        value = person
    elif comma and len(person.split()) > 1 and len(house.split()) > 1:
        at = start + len(person) + 1 + len(house) - len(house.lstrip())
        yield Announced(IdentifierKind.FIRM, at, start + len(value))
        value = person
    value = _DEGREE_BEHIND.sub("", value)
    if _PERSON.fullmatch(value):
        yield Announced(kind, start, start + len(value))


_LONGEST = 80
_DEGREE_BEHIND = re.compile(rf"(?<=[a-z.])\s+{DEGREE}\.?$")
