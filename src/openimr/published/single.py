"""A file holds one letter: several joined into one are refused, not read as one.

Their items would be taken for one letter's, under the case number of the first.
"""

from __future__ import annotations

import re

from openimr.model.errors import NotADetermination
from openimr.published.layouts import LAYOUTS

_DECISIONS = sorted({layout.once for layout in LAYOUTS})
_CASE_NUMBER = re.compile(r"Case\s+Number\s*:\s*(?:CM)?(\d{2}-\d{4,8})")


def check_single(text: str) -> None:
    """Refuse a text with the decisions or the case numbers of several letters.

    Raises:
        NotADetermination: it holds several letters.
    """
    letters = max(
        sum(text.count(heading) for heading in _DECISIONS),
        len(set(_CASE_NUMBER.findall(text))),
    )
    if letters > 1:
        raise NotADetermination(
            f"the file holds {letters} letters",
            why="a case number or the heading of the decisions comes more than once",
            remedy="split it into one file a letter",
        )
