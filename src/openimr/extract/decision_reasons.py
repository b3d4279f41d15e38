"""Why utilization review refused, on which track, and whether it sent the form along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from openimr.extract.found import Found
from openimr.extract.header_text import Place
from openimr.model.application import DecisionBasis

_RIGHTS = re.compile(
    r"^.*\b(?:your\s+rights?|notice\s+regarding\s+independent|right\s+to\s+independent|dispute\s+resolution|how\s+to\s+dispute|rights\s+of\s+the\s+injured)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Opens what every such letter says about disputes; it is no reason."""
_NECESSITY = re.compile(
    r"\bmedical(?:ly)?\s+(?:un)?necess\w+|\bnot\s+(?:medically\s+)?(?:necessary|recommended|supported|indicated|warranted)\b|\bMTUS\b|\bODG\b|\bACOEM\b"
    r"|\b(?:treatment|pain|disability)\s+guidelines?\b|\bguidelines?\b[^.\n]{0,60}\brecommend",
    re.IGNORECASE,
)
_INFORMATION = re.compile(
    r"\bconditional(?:ly)?\s+(?:non-?\s?certif\w+|den\w+)"
    r"|\b(?:denied|denial|non-?\s?certif\w+|not\s+(?:certified|approved|authorized)|cannot\s+be\s+(?:certified|approved))\b(?:[^.]|\.\d){0,80}?"
    r"\b(?:because|as|since|due\s+to|for|pending)\b(?:[^.]|\.\d){0,80}?(?:\b(?:lack|absence)\s+of\b[^.]{0,40}\b(?:requested\s+)?(?:information|records|documentation)\b"
    r"|\b(?:information|records?|report|results?|consultation|test)\b[^.]{0,60}\b(?:not|never)\s+(?:been\s+)?(?:received|provided|supplied|submitted|furnished)\b)"
    r"|\b(?:will\s+be\s+)?reconsidered?\s+(?:up)?on\s+receipt\s+of\b",
    re.IGNORECASE,
)
_ENCLOSED = re.compile(
    r"\b(?:enclosed|attached|accompanying|included)\s+(?:\w+\s+){0,5}?(?:form|applications?)\b"
    r"|\b(?:forms?|applications?)\b(?:[^.;]{0,60}?)\b(?:is|are|was|were|has\s+been|and\s+\w+(?:\s+\w+)?)?\s*(?:enclosed|attached|included|accompan\w+)\b"
    r"|\bencl(?:osures?|\.)?\s*:[^\n]*\b(?:IMR|form|application)\b|\b(?:IMR|DWC)\s+form\s+(?:en|at)t?\w+ed\b",
    re.IGNORECASE,
)
_NOT_ENCLOSED = re.compile(r"\b(?:not|no|never|without|copy\s+of)\b", re.IGNORECASE)
_TRACK = re.compile(
    r"\b(?:(?P<expedited>expedited|urgent)|(?P<regular>standard|regular|non-?urgent|prospective|retrospective|concurrent))\s+(?:utilization\s+)?(?:review|decision|request|determination)\b"
    r"|\b(?:review\s+type|type\s+of\s+(?:review|request)|priority)\s*:?\s*(?:(?P<expedited2>expedited|urgent)|(?P<regular2>standard|regular|prospective|retrospective|routine))\b",
    re.IGNORECASE,
)


def bases(places: Sequence[Place]) -> tuple[Found[DecisionBasis], ...]:
    """Each reason that the decision gives, with the first place that gives it.

    A letter that names a guideline or necessity outside the notice of rights puts necessity in
    question, whatever else it says.
    """
    found = []
    for basis, words in (
        (DecisionBasis.NECESSITY, _NECESSITY),
        (DecisionBasis.INFORMATION, _INFORMATION),
    ):
        place = next(_matches(places, words), None)
        if place is not None:
            found.append(Found(basis, place[0].provenance(*place[1].span())))
    return tuple(found)


def _matches(
    places: Sequence[Place], words: re.Pattern[str]
) -> Iterator[tuple[Place, re.Match[str]]]:
    for place in places:
        rights = _RIGHTS.search(place.page.text)
        end = rights.start() if rights else len(place.page.text)
        found = words.search(place.page.text, 0, end)
        if found is not None:
            yield place, found


def form_enclosed(places: Sequence[Place]) -> Found[bool] | None:
    """That the decision came with the form; None where it does not say so."""
    for place in places:
        for found in _ENCLOSED.finditer(place.page.text):
            before = place.page.text[max(0, found.start() - 18) : found.start()]
            if not _NOT_ENCLOSED.search(f"{before}{found.group()}"):
                return Found(value=True, source=place.provenance(*found.span()))
    return None


def expedited(places: Sequence[Place]) -> Found[bool] | None:
    """Whether the decision was made on the expedited track; None where it does not say."""
    for place, found in _matches(places, _TRACK):
        urgent = bool(found["expedited"] or found["expedited2"])
        return Found(value=urgent, source=place.provenance(*found.span()))
    return None
