"""Letters of late 2013 and 2014, with their documents and their decisions in sentences.

    IMR Case Number: CM13-0000001   Date of Injury: 5/18/2009 ...
    HOW THE IMR FINAL DETERMINATION WAS MADE ...
    DOCUMENTS REVIEWED ...
    CLINICAL CASE SUMMARY ...
    IMR DECISION(S) AND RATIONALE(S)
    1. Norco 10/325mg #120 is not medically necessary and appropriate.
    The Claims Administrator based its decision on ...
    The Physician Reviewer's decision rationale: ...

Some letters of this form have labelled items already (`labelled_items`).
"""

from __future__ import annotations

from openimr.published.credentials import read_credentials
from openimr.published.documents import read_documents
from openimr.published.header import read_header
from openimr.published.labelled_items import has_labelled_items, read_labelled_items
from openimr.published.layouts.layout import Layout
from openimr.published.letter_text import flat
from openimr.published.letter_verdict import check_verdict
from openimr.published.numbered_items import read_numbered_items
from openimr.published.parts import LetterParts
from openimr.published.sections import (
    HOW_MADE,
    SET_FORTH,
    SUMMARY,
    SUMMARY_INTRODUCTION,
    Heading,
    after,
)

_NAME = "decisions-2014"
_DECISIONS = Heading(
    "IMR DECISION(S) AND RATIONALE(S)",
    r"IMR\s+DECISIONS?(?:\(S\))?\s+(?:AND|&)\s+RATIONALES?(?:\(S\))?",
)
_DOCUMENTS = Heading("DOCUMENTS REVIEWED")


def _recognises(text: str) -> bool:
    return _DECISIONS.find(text) is not None


def _read(text: str) -> LetterParts:
    decisions = _DECISIONS.need(text)
    how = HOW_MADE.find(text)
    summary = SUMMARY.need(text)
    documents = _DOCUMENTS.find(text[: decisions.start])
    begin = after(SET_FORTH, text, decisions.end)
    read = read_labelled_items if has_labelled_items(text, begin) else read_numbered_items
    items, warnings = read(text, begin)
    listed_first = documents is not None and documents.start < summary.start
    sections_end = documents.start if documents and listed_first else summary.start
    how_start = how.start if how else 0
    licensure, specialties = read_credentials(text[how_start:sections_end])
    listed, end_of_summary = "", decisions.start
    if documents is not None:
        listed = text[documents.end : summary.start if listed_first else decisions.start]
        end_of_summary = decisions.start if listed_first else documents.start
    header = text[: how_start or sections_end]
    return LetterParts(
        layout=_NAME,
        header=read_header(header),
        licensure=licensure,
        specialties=specialties,
        summary=flat(text[after(SUMMARY_INTRODUCTION, text, summary.end) : end_of_summary]),
        items=items,
        documents=read_documents(listed),
        warnings=(*warnings, *check_verdict(header, items)),
    )


DECISIONS_2014 = Layout(name=_NAME, once=_DECISIONS.usual, recognises=_recognises, read=_read)
