"""A guideline line of an item: on what the decision was based, as printed and as data.

Decision based on MTUS Chronic Pain Treatment Guidelines Opioids Page(s): 74-96.
Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain Chapter.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from openimr.model.determination import GuidelineLine
from openimr.model.hyphens import as_read

_BASED = re.compile(
    r"\b(?:Decision|Claims Administrator|(?:Expert |Physician |Medical )?Reviewer)\s+(?:also\s+)?"
    r"(?:is\s+|was\s+)?"
    r"(?:based\s+(?:(?:its|his/her|his|her|their|the)\s+decision\s+)?(?:up)?on|cited)\s+",
    re.IGNORECASE,
)
"""What a citation follows."""
_NONE = re.compile(
    r"(?:the\s+)?(?:recommendation\(?s?\)?\s+outside\s+of\s+)?(?:the\s+)?MTUS(?:\s+guidelines?)?\s*\.?$",
    re.IGNORECASE,
)
_NON_MTUS = re.compile(r"Non[\s-]?MTUS(?:\s+Citations?)?[\s:,]*", re.IGNORECASE)
_MTUS = re.compile(r"(?:the\s+)?(?:California\s+|CA\s+)?(?:MTUS\b[\s:,-]*)", re.IGNORECASE)
_PART_OF = re.compile(
    r",?\s*(?:which\s+(?:is|are)\s+|that\s+(?:is|are)\s+)?(?P<no>not\s+)?(?:a\s+)?part\s+of\s+(?:the\s+)?"
    r"(?:MTUS|(?:California\s+)?Medical\s+Treatment\s+Utilization\s+Schedule(?:\s*\(MTUS\))?)",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?<![\s,;(])[\s,;(]*\b(?:Pages?\s?\(s\)|Pages?|pgs?\b\.?|pp\b\.?|p\.)\s*:?\s*(?:nos?\.?\s*)?"
    r"(?P<ranges>\d{1,4}(?:\s*(?:[-\u2013]|to)\s*\d{1,4})?"
    r"(?:\s*(?:,|&|and|,\s*and|;)\s*\d{1,4}(?![\d/])(?:\s*(?:[-\u2013]|to)\s*\d{1,4})?)*)\)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,4})(?:\s*(?:[-\u2013]|to)\s*(\d{1,4}))?")
_ODG = re.compile(r"\bODG(?:-TWC)?\b|Official\s+Disability\s+Guide", re.IGNORECASE)
_ODG_NAME = re.compile(
    r"^(?:the\s+)?(?:Official\s+Disability\s+Guidelines?(?:[\s,-]*\(?\s*ODG(?:-TWC)?\s*\)?)?|\(?ODG(?:-TWC)?\)?)"
    r"(?=[\s,;:.()-]|$)[\s,;:.-]*",
    re.IGNORECASE,
)
_ODG_STANDARD = "Official Disability Guidelines (ODG)"
_NEXT_CHAPTER = re.compile(
    r"[,;]?\s+and\s+(?=(?:MTUS\s+)?[A-Z][A-Za-z ,&/()-]{2,60}?\s(?:19|20)\d{2}(?:,|$))"
)
"""Several chapters of the schedule in one citation, each with its year."""
CHAPTER_AFTER_PAGES = re.compile(
    r"(?<=\d),\s+(?:and\s+)?(?=(?:MTUS\s+)?(?:ACOEM\b|Chronic\s+Pain\b|Acupuncture\b|Post-?[Ss]urgical\b"
    r"|General\s+Approach|Initial\s+(?:Approach|Assessment)|Cornerstones\b|Stress[\s-]Related\b"
    r"|Opioids?\s+(?:Medical\s+)?Treatment|[A-Z][A-Za-z ,]{2,40}\sComplaints\b))"
)
"""Between two chapters of the schedule, each with its pages: `Page(s): 309, Chronic Pain`."""
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NEXT_SOURCE = re.compile(
    r"(?:[,;.]|\s+and)\s+(?=https?://|www\.|(?:the\s+)?Official\s+Disability\s+Guide|ODG\b|ACOEM\b|MTUS\b)"
)
_SPACE_AFTER_COMMA = re.compile(r",(?=[A-Za-z])")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_ADOPTED = re.compile(
    r"found\s+the\s+guidelines?\s+(?:used|cited|relied\s+upon)\s+by\s+the\s+Claims\s+Administrator\s+"
    r"(?:to\s+be\s+)?(?:relevant|appropriate|applicable)",
    re.IGNORECASE,
)
_CACHED = 16_384


@lru_cache(maxsize=_CACHED)
def read_guideline(text: str) -> GuidelineLine:
    """Read a guideline line; the same wording returns by the thousand, so it is remembered.

    >>> line = read_guideline("Decision based on MTUS Chronic Pain Treatment Guidelines Opioids "
    ...                       "Page(s): 74-96.")
    >>> line.mtus, line.pages, line.citations
    (True, ((74, 96),), ('MTUS Chronic Pain Treatment Guidelines Opioids',))
    """
    read = as_read(text)
    citations: list[str] = []
    mtus = False
    for told in _told(read):
        is_mtus, cited = _citations(told)
        mtus = mtus or is_mtus
        citations += [one for one in cited if one not in citations]
    return GuidelineLine(
        text=text,
        mtus=mtus,
        odg=bool(_ODG.search(read)),
        pages=_pages(read),
        citations=tuple(citations),
    )


def read_reviewer_guideline(text: str, claims: GuidelineLine) -> GuidelineLine:
    """The reviewer's line; one that adopts the claims administrator's has what that one cites."""
    line = read_guideline(text)
    if not line.citations and _ADOPTED.search(text):
        return replace(claims, text=text)
    return line


def _told(text: str) -> list[str]:
    """What follows each `based on`, up to the next."""
    found = list(_BASED.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    told = [text[match.end() : end].strip() for match, end in zip(found, ends, strict=False)]
    return [part for part in told if part and not _NONE.match(part)]


def _citations(told: str) -> tuple[bool, list[str]]:
    """Whether one statement cites the MTUS, and its sources, each on its own."""
    part = _PART_OF.search(told)
    outside = _NON_MTUS.match(told)
    if part is not None:
        is_mtus = not part["no"]
        body = told[: part.start()]
    else:
        is_mtus = outside is None and _MTUS.match(told) is not None
        body = told
    body = _NON_MTUS.sub("", body, count=1) if outside else _MTUS.sub("", body, count=1)
    chapters = CHAPTER_AFTER_PAGES.split(body) if is_mtus and "Page" in body else [body]
    pieces = [
        piece
        for chapter in chapters
        for source in _NEXT_SOURCE.split(_PAGES.sub("", chapter))
        for piece in _chapters(source)
    ]
    return is_mtus, [name for piece in pieces if (name := _name(piece, mtus=is_mtus))]


def _chapters(source: str) -> list[str]:
    """Its chapters; one ends with its year, so that `Neck and Upper Back` stays whole."""
    chapters, start = [], 0
    for match in _NEXT_CHAPTER.finditer(source):
        if _YEAR.search(source, start, match.start()):
            chapters.append(source[start : match.start()])
            start = match.end()
    return [*chapters, source[start:]]


def _name(piece: str, *, mtus: bool) -> str:
    """A citation in one spelling: no full stop, one space, ODG under its full name."""
    name = _ARTICLE.sub("", _SPACE_AFTER_COMMA.sub(", ", " ".join(piece.split())).strip(" .,;:"))
    if not name:
        return "MTUS" if mtus else ""
    if mtus:
        return name if name.startswith("MTUS") else f"MTUS {name}"
    standard = _ODG_NAME.match(name)
    if standard is None:
        return name
    rest = name[standard.end() :]
    return f"{_ODG_STANDARD}, {rest}" if rest else _ODG_STANDARD


def _pages(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (int(first), int(last or first))
        for ranges in _PAGES.finditer(text)
        for first, last in _RANGE.findall(ranges["ranges"])
    )
