"""The first letters, of early and mid 2013: one review, told under six headings.

    MEDICAL PROFESSIONAL REVIEW
    ISSUE AT DISPUTE: ...
    CASE SUMMARY: ...
    DOCUMENTS REVIEWED FOR DETERMINATION: ...
    MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY: ...
    RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT MEDICALLY NECESSARY: ...
    MEDICAL REVIEWER QUALIFICATIONS: ...

The form prints no outcome beside an issue: it is stated, it is the conclusion of the rationale, or
it is the heading of the rationale, in this order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.model.errors import NotADetermination
from openimr.model.hyphens import as_read
from openimr.model.published import Conclusion
from openimr.model.ruling import Outcome
from openimr.published.closing import closing
from openimr.published.conclusion import read_conclusion, read_conclusions
from openimr.published.credentials import read_credentials
from openimr.published.documents import read_documents
from openimr.published.header import read_header
from openimr.published.layouts.layout import Layout
from openimr.published.letter_text import flat
from openimr.published.numbered_items import request_in, split_guidelines
from openimr.published.parts import ItemParts, LetterParts
from openimr.published.sections import Heading, Place

_NAME = "professional-review-2013"
_WHOLE = "get the whole letter; it seems cut short"
_ISSUE = Heading("ISSUE AT DISPUTE", r"ISSUES?(?:\(S\))?\s+(?:AT|IN)\s+DISPUTE")
_SUMMARY = Heading("CASE SUMMARY", r"(?:CLINICAL\s+)?CASE\s+SUMMARY")
_DOCUMENTS = Heading("DOCUMENTS REVIEWED FOR DETERMINATION")
_GUIDELINES = Heading(
    "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON",
    r"MEDICAL\s+TREATMENT\s+GUIDELINES?(?:\(S\))?\s+RELIED\s+UPON",
)
_GUIDELINES_REST = re.compile(
    r"\s*BY\s+(?:THE\s+)?(?:EXPERT|PROFESSIONAL|MEDICAL|PHYSICIAN)\s+REVIEWER(?:\s+AND\s+WHY)?"
    r"(?:\s+TO\s+MAKE\s+HIS/HER\s+DECISION)?\s*:?",
    re.IGNORECASE,
)
_RATIONALE = re.compile(
    r"^[ \t]*RATIONALE\b(?:\s+(?:FOR\s+)?WHY\s[^:\n]*(?:\n[^:\n]*){0,2})?"
    r"(?:\s+FOR\s+(?:THE\s+)?(?:DECISION|DETERMINATION))?\s*:",
    re.MULTILINE | re.IGNORECASE,
)
_QUALIFICATIONS = Heading("MEDICAL REVIEWER QUALIFICATIONS")
_STATED = re.compile(
    r"^[ \t]*(?:FINAL\s+)?(?:DETERMINATION|DECISION)\s*:\s*(?P<word>UPH[EO]LD|OVERTURN(?:ED)?"
    r"|(?:IS\s+|WAS\s+)?(?P<no>NOT\s+)?MEDICALLY\s+NECESSARY)\b",
    re.MULTILINE | re.IGNORECASE,
)
_NOT_NECESSARY = re.compile(r"\bNOT\s+MEDICALLY\s+NECESSARY", re.IGNORECASE)
_EITHER = re.compile(r"\bIS(?:/WAS)?\s*(?:OR|/)\s*(?:IS\s+)?NOT\b", re.IGNORECASE)
"""A heading that leaves it open."""
_NUMBERED = re.compile(
    r"^[ \t]*(?:(?:Issue(?:\s+(?:at|in)\s+dispute)?\s*)?#\s*(?P<mark>\d{1,2})\s*[:.)-]?"
    r"|(?P<plain>\d{1,2})\s?[.)])\s+",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sections:
    """The texts of the sections; empty where the letter has none of that name."""

    header: str
    issue: str
    summary: str
    documents: str
    guidelines: str
    rationale_heading: str
    rationale: str
    qualifications: str


def _recognises(text: str) -> bool:
    issue = _ISSUE.find(text)
    return issue is not None and _RATIONALE.search(text, issue.end) is not None


def _read(text: str) -> LetterParts:
    sections = _sections(text)
    warnings: list[str] = []
    items = _items(sections, _stated(text), warnings)
    licensure, specialties = read_credentials(sections.qualifications)
    return LetterParts(
        layout=_NAME,
        header=read_header(sections.header),
        licensure=licensure,
        specialties=specialties,
        summary=flat(sections.summary),
        items=items,
        documents=read_documents(sections.documents),
        warnings=tuple(warnings),
    )


def _items(
    sections: _Sections, stated: Outcome | None, warnings: list[str]
) -> tuple[ItemParts, ...]:
    issues = _numbered(sections.issue) or [sections.issue]
    rationales = _for_each(issues, sections.rationale)
    guidelines = _for_each(issues, sections.guidelines)
    items: list[ItemParts] = []
    for number, (issue, guideline, rationale) in enumerate(
        zip(issues, guidelines, rationales, strict=True), 1
    ):
        heading = flat(issue)
        if not heading or not rationale.strip():
            what = "heading" if not heading else "rationale"
            raise NotADetermination(f"item {number} has no {what}", remedy=_WHOLE)
        said = flat(rationale)
        claims, reviewer = split_guidelines(flat(guideline))
        items.append(
            ItemParts(
                heading=heading,
                asked=request_in(heading.rstrip("? ")),
                outcome=stated or _outcome(said, sections, number, len(issues), warnings),
                claims_administrator=claims,
                reviewer=reviewer,
                rationale=said,
            )
        )
    return tuple(items)


def _sections(text: str) -> _Sections:
    issue = _ISSUE.need(text)
    rationale = _rationale(text, issue.end)
    places = {
        "issue": issue,
        "summary": _SUMMARY.find(text, issue.end),
        "documents": _DOCUMENTS.find(text, issue.end),
        "guidelines": _guidelines(text, issue.end),
        "rationale": rationale,
        "qualifications": _QUALIFICATIONS.find(text, issue.end),
    }
    starts = sorted(place.start for place in places.values() if place is not None)
    end = closing(text, rationale.end)

    def section(name: str) -> str:
        place = places[name]
        if place is None:
            return ""
        following = next((start for start in starts if start >= place.end), end)
        return text[place.end : max(place.end, following)].lstrip(" :\t")

    return _Sections(
        header=text[: issue.start],
        issue=section("issue"),
        summary=section("summary"),
        documents=section("documents"),
        guidelines=section("guidelines"),
        rationale_heading=text[rationale.start : rationale.end],
        rationale=section("rationale"),
        qualifications=section("qualifications"),
    )


def _guidelines(text: str, start: int) -> Place | None:
    place = _GUIDELINES.find(text, start)
    rest = _GUIDELINES_REST.match(text, place.end) if place else None
    return Place(place.start, rest.end()) if place and rest else place


def _rationale(text: str, start: int) -> Place:
    found = _RATIONALE.search(text, start)
    if found is None:
        raise NotADetermination("the letter lacks its rationale", remedy=_WHOLE)
    return Place(found.start(), found.end())


def _numbered(section: str) -> list[str]:
    """The parts of a section whose lines are numbered 1 to n from its start; else none."""
    kept: list[re.Match[str]] = []
    for found in _NUMBERED.finditer(section):
        if int(found["mark"] or found["plain"]) == len(kept) + 1:
            kept.append(found)
    if not kept or section[: kept[0].start()].strip():
        return []
    ends = [*(found.start() for found in kept[1:]), len(section)]
    return [section[found.end() : end] for found, end in zip(kept, ends, strict=True)]


def _for_each(issues: list[str], section: str) -> list[str]:
    """A section's part for each issue; the whole of it where it is not told apart."""
    parts = _numbered(section)
    return parts if len(parts) == len(issues) else [section] * len(issues)


def _stated(text: str) -> Outcome | None:
    found = _STATED.search(text)
    if found is None:
        return None
    word = found["word"].upper()
    upheld = word.startswith("UPH") or bool(found["no"])
    return Outcome.UPHELD if upheld else Outcome.OVERTURNED


def _outcome(
    said: str, sections: _Sections, number: int, issues: int, warnings: list[str]
) -> Outcome:
    """From the rationale's conclusion, else from the heading of the rationale."""
    heading = _heading_outcome(sections.rationale_heading)
    conclusions = read_conclusions(as_read(said))
    shared = issues > 1 and said == flat(sections.rationale)
    if shared and len(set(conclusions)) > 1:
        raise NotADetermination(
            f"item {number} has no outcome of its own",
            why="one rationale serves several items and concludes both ways",
            remedy="read this letter by hand",
        )
    conclusion = read_conclusion(as_read(said))
    if conclusion is None and heading is None:
        raise NotADetermination(
            f"item {number} has no outcome",
            why="neither its rationale nor the heading of it says whether it is necessary",
            remedy="read this letter by hand",
        )
    if conclusion is None:
        warnings.append(f"item {number}: the outcome is that of the heading of the rationale")
        return heading or Outcome.UPHELD
    concluded = Outcome.OVERTURNED if conclusion is Conclusion.NECESSARY else Outcome.UPHELD
    if heading is not None and heading is not concluded:
        warnings.append(
            f"item {number}: the rationale concludes otherwise than its heading; "
            "the outcome is the rationale's"
        )
    return concluded


def _heading_outcome(heading: str) -> Outcome | None:
    if "NECESSARY" not in heading.upper() or _EITHER.search(heading):
        return None
    return Outcome.UPHELD if _NOT_NECESSARY.search(heading) else Outcome.OVERTURNED


PROFESSIONAL_REVIEW = Layout(
    name=_NAME, once=_QUALIFICATIONS.usual, recognises=_recognises, read=_read
)
