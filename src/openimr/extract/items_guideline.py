"""The guideline that the UR decision cites for an item, in its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.items_decision import Decided, Parse
from openimr.model.evidence import Provenance

_PAGES = r"(?:[,;]?\s*\(?(?:pages?|pgs?\.?|pp?\.)\s*(?:\(s\)\s*)?\d+(?:\s*(?:-|\u2013|,|and|&)\s*\d+)*\)?)"
_SOURCE = (
    r"(?:(?:CA\s+|California\s+)?MTUS\b(?:\s*\([^()\n]*\))?(?:[,\s/-]+(?:the\s+)?(?:\d{4}\s+)?(?:Chronic\s+Pain|Acupuncture|Post-?surgical|ACOEM|Opioids?|Guidelines?|Medical|Treatment)[\w\s/-]{0,50}?)?"
    r"|(?:California\s+)?(?:Chronic\s+Pain|Acupuncture|Post-?surgical)(?:\s+(?:Medical|Treatment|Guidelines?|guideline)){1,4}(?:\s*\([^()\n]*\))?"
    r"|(?:\d{4}\s+)?ACOEM\b(?:\s+(?:Practice\s+)?Guidelines?)?(?:,?\s*(?:Chapter|Ch\.?)\s*\d+)?"
    r"|Official\s+Disability\s+Guidelines?(?:\s*\(ODG\))?|ODG\b(?:\s*[-,:]?\s*TWC)?|8\s*CCR\s*(?:\u00a7+\s*)?9792[\d.]+)"
)
_TOPIC = r"(?:[,:(-]\s*(?!p(?:ages?|gs?|p)?\.?\s*\d|and\b|which\b|the\b|frequency\b)[A-Z][^.;:()\n]{2,50}?\)?(?=[,:;.)]|\s+p|\s*$))"
_CITATION = re.compile(rf"\b{_SOURCE}{_TOPIC}?{_PAGES}?", re.IGNORECASE)
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


def cited_guideline(
    decided: Decided, others: Sequence[Decided], places: Sequence[Place], parse: Parse
) -> tuple[str, Provenance] | None:
    """What UR cites in the part of its reasoning about an item; None if it cites nothing there.

    The part is found by the item's number or letter, or by a heading that names the item. Where the
    decision has one item only, its whole reasoning is about it.
    """
    for place, start, end in _parts(decided, others, places, parse):
        text = place.page.text
        found = [match for match in _CITATION.finditer(text, start, end) if match.group().strip()]
        if found:
            words = dict.fromkeys(" ".join(match.group().split()).strip(" ,;:(") for match in found)
            first = found[0]
            source = place.provenance(first.start(), first.end())
            return "; ".join(_without_shorter(list(words))[:_MOST_CITED]), source
    return None


def _without_shorter(words: list[str]) -> list[str]:
    """`MTUS` alone says nothing beside `MTUS Chronic Pain p. 78`."""
    return [one for one in words if not any(one != other and one in other for other in words)]


def _parts(
    decided: Decided, others: Sequence[Decided], places: Sequence[Place], parse: Parse
) -> list[tuple[Place, int, int]]:
    """The stretches of the decision that reason about the item, page by page."""
    if all(other is decided or not other.certain for other in others):
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
    if any(
        other.place == line.place and other.start <= line.end and other.end >= line.start
        for other in others
        if other.certain
    ):
        return next(
            o
            for o in others
            if o.certain and o.place == line.place and o.start <= line.end and o.end >= line.start
        )
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
    if len(line.text.split()) <= 12 and not line.text.endswith((".", ",")):
        return next((other for other in others if _names(line.text, other, parse)), None)
    return None


def _names(title: str, decided: Decided, parse: Parse) -> bool:
    """Whether a heading names the item."""
    request = parse(title)
    if decided.request.generic:
        return request.generic == decided.request.generic
    return bool(request.procedure) and request.procedure == decided.request.procedure
