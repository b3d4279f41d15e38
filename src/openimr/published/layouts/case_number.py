"""Letters since late 2014 with their header block, as the Division publishes them.

Case Number: CM16-0000001
Date Assigned: 11/30/2016 Date of Injury: 10/11/2016
Decision Date: 01/06/2017 UR Denial Date: 11/04/2016
Priority: Standard Application Received: 11/21/2016
HOW THE IMR FINAL DETERMINATION WAS MADE ...
"""

from __future__ import annotations

import re

from openimr.published.layouts.labelled_body import (
    bears_labelled_body,
    header_end,
    read_labelled_body,
)
from openimr.published.layouts.layout import Layout
from openimr.published.parts import LetterParts
from openimr.published.sections import ISSUES

_NAME = "case-number"
_MARK = re.compile(r"\bCase\s+Number\s*:", re.IGNORECASE)


def _recognises(text: str) -> bool:
    return bool(_MARK.search(text, 0, header_end(text))) and bears_labelled_body(text)


def _read(text: str) -> LetterParts:
    return read_labelled_body(text, _NAME, header_end(text))


CASE_NUMBER = Layout(name=_NAME, once=ISSUES.usual, recognises=_recognises, read=_read)
