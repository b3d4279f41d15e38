"""UR's reasoning about an item: the guideline it cites, and what it grants of a modified one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.items_rows import Decided, Parse
from openimr.model.evidence import Provenance

_PAGES = (
    r"(?:[,;]?\s*\(?(?:pages?|pgs?\.?|pp?\.)\s*(?:\(s\)\s*)?"
    r"\d+(?:\s*(?:-|\u2013|,|and|&|to)\s*\d+)*\)?)"
)
_BODIES = (
    r"(?:(?:CA\s+|California\s+)?MTUS\b|(?:\d{4}\s+)?ACOEM\b|Official\s+Disability\s+Guidelines?|ODG\b"
    r"|8\s*CCR\s*(?:\u00a7+\s*)?9792[\d.]+|(?:California\s+)?(?:Chronic\s+Pain|Acupuncture|Post-?surgical|Opioids?"
    r"|Physical\s+Medicine|Low\s+Back|Neck|Shoulder|Knee)\s+(?:Medical\s+|Treatment\s+)*Guidelines?)"
)
_NAME = (
    r"(?:[\s,/:()-]*(?:\d{1,2}/\d{1,2}/\d{4}|MTUS|\d{4}|Chronic|Pain|Medical|Treatment|Utilization|Schedule|Guidelines?|Practice|Acupuncture"
    r"|Post-?surgical|Opioids?|ACOEM|TWC|Chapter\s+\d*|Ch\.?\s*\d+|edition|Disability|ODG|\(ODG\)))*"
)
_TOPIC = (
    r"(?:[,:(-]\s*(?!p(?:ages?|gs?|p)?\.?\s*\d|and\b|which\b|the\b|frequency\b)[A-Z][^.;:()\n]{2,50}?\)?"
    r"(?=[,:;.)]|\s+p|\s*$))"
)
_UNTIL_PAGE = rf"(?:(?!\b{_BODIES})[^.;]){{0,80}}?{_PAGES}"
_CITATION = re.compile(rf"\b(?P<cited>{_BODIES}{_NAME}(?:{_UNTIL_PAGE}|{_TOPIC})?)", re.IGNORECASE)
"""A body of guidelines up to the page it names; without a page, its full name and topic."""
_BARE_PAGES = re.compile(
    r"(?:(?<=[.:]\s)|(?<=\n)|^)(?P<cited>[A-Z][^.;:()\n]{2,70}\(p(?:p|gs?|ages?)?\.?\s*\d[^()\n]{0,20}\))",
    re.MULTILINE,
)
"""A sentence's opening up to its pages, where the decision names no body: `Duloxetine (p. 43)`."""
_PAGES_ALONE = re.compile(r"\((?P<cited>p(?:p|gs?|ages?)?\.?\s*\d[^()\n]{0,20})\)", re.IGNORECASE)
_MODIFY_TO = re.compile(
    r"\b(?:modi[ft](?:y|ied)|reduced?|certif(?:y|ied)|approved?)\s+(?:(?:the\s+)?(?:request|quantity)\s+)?(?:to|for)\s+"
    r"(?P<grant>(?:[^.,;\n]|\.\d){1,60})",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:analysis|rationale|determination|discussion|item|issue|request|decision|treatment|re|explanation|reason(?:s|ing)?)\b"
    r"[^\n\d]{0,24}?(?:\#|no\.?\s*|item\s+)?(?P<n>\d{1,2}|[A-H])\b(?!\s*/|\d|[.]\d)",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"^\(?(?P<n>\d{1,2}|[A-H])[.)]\s+(?P<title>\S.{2,80})$")
_CLOSING = re.compile(
    r"^(?:sincerely|physician\s+(?:reviewer|advisor)|reviewer|signed|appeal|disputes?|your\s+right|notice|proof\s+of\s+service|records?\s+reviewed|cc)\b",
    re.IGNORECASE,
)
_MOST_CITED = 3
_LONGEST_TITLE = 10


def cited_guideline(
    decided: Decided, others: Sequence[Decided], places: Sequence[Place], parse: Parse
) -> tuple[str, Provenance] | None:
    """What UR cites in the part of its reasoning about an item; None if it cites nothing there.

    The part is found by the item's number or letter, or by a heading that names the item. Where the
    decision has one item only, its whole reasoning is about it.
    """
    parts = _parts(decided, others, places, parse)
    for pattern in (_CITATION, _BARE_PAGES, _PAGES_ALONE):
        for place, start, end in parts:
            found = list(pattern.finditer(place.page.text, start, end))
            if found:
                words = dict.fromkeys(_tidy(match["cited"]) for match in found)
                source = place.provenance(*found[0].span("cited"))
                return "; ".join(_without_shorter(list(words))[:_MOST_CITED]), source
    return None


def granted_by_reasoning(
    decided: Decided, others: Sequence[Decided], places: Sequence[Place], parse: Parse
) -> str | None:
    """What is left of a modified request, where the reasoning says it: `Modify to #18`."""
    for place, start, end in _parts(decided, others, places, parse):
        found = _MODIFY_TO.search(place.page.text, start, end)
        if found:
            return _tidy(found["grant"])
    return None


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:(")


def _without_shorter(words: list[str]) -> list[str]:
    """`MTUS` alone says nothing beside `MTUS Chronic Pain p. 78`."""
    return [one for one in words if not any(one != other and one in other for other in words)]


def _parts(
    decided: Decided, others: Sequence[Decided], places: Sequence[Place], parse: Parse
) -> list[tuple[Place, int, int]]:
    """The stretches of the decision that reason about the item, page by page."""
    if len(others) == 1:
        return [(place, 0, len(place.page.text)) for place in places]
    stretches: list[tuple[Place, int, int]] = []
    inside = False
    for place in places:
        opened = 0
        for line in lines_of(place):
            owner = _owner(line, others, parse)
            if owner is None and not (inside and _CLOSING.match(line.text)):
                continue
            if inside:
                stretches.append((place, opened, line.start))
            inside, opened = owner is decided, line.start
        if inside:
            stretches.append((place, opened, len(place.page.text)))
    return stretches


def _owner(line: Line, others: Sequence[Decided], parse: Parse) -> Decided | None:
    """The item whose reasoning a line opens."""
    for other in others:
        overlaps = other.start <= line.end and other.end >= line.start
        if other.certain and other.place == line.place and overlaps:
            return other
    section = _SECTION.match(line.text)
    if section is not None:
        for other in others:
            if other.mark and other.mark == section["n"].upper():
                return other
    titled = _ENUMERATED.match(line.text)
    if titled is not None:
        for other in others:
            if other.mark == titled["n"].upper() and _names(titled["title"], other, parse):
                return other
    title, colon, _ = line.text.partition(":")
    short = len(title.split()) <= _LONGEST_TITLE and (colon or not title.endswith((".", ",")))
    return next((other for other in others if short and _names(title, other, parse)), None)


def _names(title: str, decided: Decided, parse: Parse) -> bool:
    """Whether a heading names the item."""
    request = parse(title)
    if decided.request.generic:
        return request.generic == decided.request.generic
    return bool(request.procedure) and request.procedure == decided.request.procedure
