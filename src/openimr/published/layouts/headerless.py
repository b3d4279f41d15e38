"""The body of a letter since late 2014 whose header block was taken off.

HOW THE IMR FINAL DETERMINATION WAS MADE ...
CLINICAL CASE SUMMARY ...
IMR ISSUES, DECISIONS AND RATIONALES ...
"""

from __future__ import annotations

from openimr.published.layouts.labelled_body import (
    bears_labelled_body,
    header_end,
    read_labelled_body,
)
from openimr.published.layouts.layout import Layout
from openimr.published.parts import LetterParts
from openimr.published.sections import ISSUES

_NAME = "headerless"


def _recognises(text: str) -> bool:
    return bears_labelled_body(text)


def _read(text: str) -> LetterParts:
    return read_labelled_body(text, _NAME, header_end(text))


HEADERLESS = Layout(name=_NAME, once=ISSUES.usual, recognises=_recognises, read=_read)
