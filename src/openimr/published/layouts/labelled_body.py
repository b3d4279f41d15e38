"""The body that letters have had since late 2014, with or without a header block before it.

HOW THE IMR FINAL DETERMINATION WAS MADE ... State(s) of Licensure: ...
CLINICAL CASE SUMMARY ...
IMR ISSUES, DECISIONS AND RATIONALES ... (items: `labelled_items`)
"""

from __future__ import annotations

from openimr.published.credentials import read_credentials
from openimr.published.header import read_header
from openimr.published.labelled_items import read_labelled_items
from openimr.published.letter_text import flat
from openimr.published.parts import LetterParts
from openimr.published.sections import (
    HOW_MADE,
    ISSUES,
    SET_FORTH,
    SUMMARY,
    SUMMARY_INTRODUCTION,
    after,
)


def bears_labelled_body(text: str) -> bool:
    """Whether the two sections stand in the text whose order makes this body."""
    summary = SUMMARY.find(text)
    return summary is not None and ISSUES.find(text, summary.end) is not None


def read_labelled_body(text: str, layout: str, header_end: int) -> LetterParts:
    """The parts of a letter whose header block, if any, ends at `header_end`."""
    summary = SUMMARY.need(text)
    issues = ISSUES.need(text, summary.end)
    licensure, specialties = read_credentials(text[: summary.start])
    told = text[after(SUMMARY_INTRODUCTION, text, summary.end) : issues.start]
    items, warnings = read_labelled_items(text, after(SET_FORTH, text, issues.end))
    return LetterParts(
        layout=layout,
        header=read_header(text[:header_end]),
        licensure=licensure,
        specialties=specialties,
        summary=flat(told),
        items=items,
        warnings=warnings,
    )


def header_end(text: str) -> int:
    """Where the letter's account of how it was made begins; what stands before is the header.

    Where that heading is not found, the header is looked for in all that precedes the summary.
    """
    place = HOW_MADE.find(text) or SUMMARY.find(text)
    return place.start if place else 0
