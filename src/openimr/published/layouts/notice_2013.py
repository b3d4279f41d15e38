"""Letters of autumn 2013: a notice with the decisions on its first page, then an item a section.

Notice of Independent Medical Review Determination
Dated: 9/26/2013 ... MAXIMUS Case Number: CM13-0000001
1) MAXIMUS Federal Services, Inc. has determined the request for X is not medically necessary
   and appropriate.
INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE ...
Medical Qualifications of the Expert Reviewer: ...
Expert Reviewer Case Summary: ...
Documents Reviewed for Determination: ...
1) Regarding the request for X:
Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to
Make His/Her Decision
The Claims Administrator based its decision on ...
Rationale for the Decision: ...
Effect of the Decision: ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from openimr.model.errors import NotADetermination
from openimr.model.printed_dates import DATE, read_date
from openimr.model.ruling import Outcome
from openimr.published.closing import closing
from openimr.published.credentials import read_credentials
from openimr.published.documents import read_documents
from openimr.published.header import read_header
from openimr.published.layouts.layout import Layout
from openimr.published.letter_text import flat
from openimr.published.numbered_items import request_in, split_guidelines
from openimr.published.parts import HeaderParts, ItemParts, LetterParts
from openimr.published.sections import Heading

_NAME = "notice-2013"
_DECISION = Heading("INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE")
_QUALIFICATIONS = Heading("Medical Qualifications of the Expert Reviewer")
_SUMMARY = Heading("Case Summary", r"(?:EXPERT\s+REVIEWER\s+)?CASE\s+SUMMARY")
_DOCUMENTS = Heading("Documents Reviewed for Determination")
_DISCLAIMER = re.compile(
    r"\s*:?\s*(?:Disclaimer:\s*)?The\s+following\s+case\s+summary\s+was\s+taken\s+directly\s+from\s+the\s+"
    r"utilization\s+review\s+[^.]*?dated\s+[A-Za-z]*\s*[\d,/ -]+\d\s*[.:]",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"^[ \t]*(?:(?P<number>\d{1,2})\s?[.)]\s*)?"
    r"MAXIMUS\s+Federal\s+Services,?\s+Inc\.?\s+has\s+determined\s+(?:that\s+)?(?:the\s+)?"
    r"requests?\s+for\s+(?P<asked>.+?)\s+(?:is|are|was|were)\s+(?P<no>not\s*)?medically\s+necessary",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_REGARDING = re.compile(
    r"^[ \t]*(?:(?P<number>\d{1,2})\s?[.)]\s*)?"
    r"Regarding\s+the\s+requests?\s+for\s+(?P<asked>.+?)\s*:"
    r"(?=\s+(?:Section|Medical\s+Treatment|The\s+)|\s*\n)",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(
    r"\s*(?:Section|Medical\s+Treatment\s+Guideline)\S*\s+(?:of\s+the\s+Medical\s+Treatment\s+Utilization\s+Schedule\s+)?"
    r"Relied\s+Upon\s+by\s+the\s+Expert\s+Reviewer\s+to\s+Make\s+His/\s?Her\s+Decision\s*:?",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    rf"Notice\s+of\s+Assignment\s+and\s+Request\s+for\s+Information\s+was\s+\w+\s+to\s+the\s+(?:above\s+)?"
    rf"parties\s+on\s+(?P<date>{DATE})",
    re.IGNORECASE,
)
_WHOLE = "get the whole letter; it seems cut short"
_RATIONALE = re.compile(r"Rationale\s+for\s+the\s+Decision\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision of the first page."""

    asked: str
    outcome: Outcome


def _recognises(text: str) -> bool:
    return _DECISION.find(text) is not None and _DETERMINED.search(text) is not None


def _read(text: str) -> LetterParts:
    decision = _DECISION.need(text)
    summary = _SUMMARY.need(text, decision.end)
    documents = _DOCUMENTS.need(text, summary.end)
    qualifications = _QUALIFICATIONS.find(text, decision.end)
    decided = _decisions(text[: summary.start])
    sections = list(_REGARDING.finditer(text, documents.end))
    if not sections or len(sections) < len(decided):
        raise NotADetermination(
            f"{len(decided)} decision(s) and {len(sections)} rationale(s)", remedy=_WHOLE
        )
    ends = [*(found.start() for found in sections[1:]), closing(text, sections[-1].end())]
    licensure, specialties = read_credentials(
        text[qualifications.start if qualifications else decision.end : summary.start]
    )
    warnings: list[str] = []
    return LetterParts(
        layout=_NAME,
        header=_header(text[: decision.start], text[decision.end : summary.start]),
        licensure=licensure,
        specialties=specialties,
        summary=_summary(text[summary.end : documents.start]),
        items=tuple(
            _item(text, found, end, number, decided, warnings)
            for number, (found, end) in enumerate(zip(sections, ends, strict=True), 1)
        ),
        documents=read_documents(text[documents.end : sections[0].start()]),
        warnings=tuple(warnings),
    )


def _header(block: str, introduction: str) -> HeaderParts:
    """The labels of the first page; the assignment is told in a sentence of the second."""
    header = read_header(block)
    assigned = _ASSIGNED.search(introduction)
    if header.date_assigned is not None or assigned is None:
        return header
    return replace(header, date_assigned=read_date(assigned["date"]))


def _decisions(text: str) -> dict[int, _Decided]:
    """The decisions by their number; both pages that list them say the same."""
    decided: dict[int, _Decided] = {}
    for place, found in enumerate(_DETERMINED.finditer(text), 1):
        number = int(found["number"]) if found["number"] else place
        outcome = Outcome.UPHELD if found["no"] else Outcome.OVERTURNED
        before = decided.setdefault(number, _Decided(flat(found["asked"]), outcome))
        if before.outcome is not outcome and before.asked == flat(found["asked"]):
            raise NotADetermination(
                f"item {number} is decided twice, once each way", remedy="look at the letter"
            )
    return decided


def _item(
    text: str,
    section: re.Match[str],
    end: int,
    number: int,
    decided: dict[int, _Decided],
    warnings: list[str],
) -> ItemParts:
    printed = int(section["number"]) if section["number"] else number
    heading = flat(section["asked"])
    decision = decided.get(printed)
    if decision is None:
        raise NotADetermination(f"item {number} ({heading}) has no outcome", remedy=_WHOLE)
    rationale = _RATIONALE.search(text, section.end(), end)
    if rationale is None or not text[rationale.end() : end].strip():
        raise NotADetermination(f"item {number} ({heading}) has no rationale", remedy=_WHOLE)
    if request_in(decision.asked).casefold() != request_in(heading).casefold():
        warnings.append(f"item {number} is worded otherwise on the first page: {decision.asked}")
    relied = _SECTION.match(text, section.end())
    guidelines = text[relied.end() if relied else section.end() : rationale.start()]
    claims, reviewer = split_guidelines(flat(guidelines))
    return ItemParts(
        heading=heading,
        asked=request_in(heading),
        outcome=decision.outcome,
        claims_administrator=claims,
        reviewer=reviewer,
        rationale=flat(text[rationale.end() : end]),
    )


def _summary(section: str) -> str:
    told = _DISCLAIMER.match(section)
    return flat(section[told.end() :] if told else section).lstrip(": ")


NOTICE_2013 = Layout(name=_NAME, once=_DECISION.usual, recognises=_recognises, read=_read)
