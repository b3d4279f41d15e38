r"""The pain of a telephone or pharmacist's review, an answer to a line, in figures or in words.

    now                    five
    worst                  8/10
    after a dose           four
    without medication     eight

A score with and one without count only among other lines of pain: `without` alone may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.extract.pain_patterns import WORD
from openimr.extract.pain_relief import RELIEF
from openimr.extract.pain_scales import read_scales
from openimr.extract.passages import PageText, Reading
from openimr.extract.tokens import number
from openimr.model.evidence import REGIMEN

_MEDICINE = (
    r"(?:(?:a|the|his|her|any|each)[ ]+)?"
    r"(?:meds?|medications?|medicines?|pills?|tablets?|doses?|drugs?|opioids?)"
)
_ASIDE = r"(?:[ ]*\([^)\n]{1,40}\))?"
_ANSWER = rf"[ \t]*(?::|\.{{2,}}|[ ]{{2,}}|\t)[ \t]*(?P<score>10|\d|{WORD})(?:[ ]*/[ ]*10)?[ \t]*$"
_FLAGS = re.IGNORECASE | re.MULTILINE
_WITHOUT = re.compile(
    r"^[ \t]*(?:pain[ ]+)?"
    rf"(?:(?:without|w/o|off)(?:[ ]+{_MEDICINE})?|before[ ]+{_MEDICINE}){_ASIDE}{_ANSWER}",
    _FLAGS,
)
_WITH = re.compile(
    rf"^[ \t]*(?:pain[ ]+)?(?:with|w/|on|after)[ ]+{_MEDICINE}{_ASIDE}{_ANSWER}", _FLAGS
)
_OTHER = re.compile(
    r"^[ \t]*(?:pain[ ]+)?(?:now|current|today|usual|average|worst|most|least|best)\b"
    r"[^\n:]{0,30}?"
    rf"(?::|\.{{2,}}|[ ]{{2,}}|\t)[ \t]*(?:10|\d|{WORD})\b",
    _FLAGS,
)
_NEAR = 600
"""Characters within which the lines belong to one list."""


def read_review_rows(source: PageText) -> Iterator[Reading]:
    """The pair of a page's list of pain, if it holds one, and what is marked on its scales."""
    if not source.document.kind.is_clinical:
        return
    yield from read_scales(source)
    text = source.page.text
    off, on = _WITHOUT.search(text), _WITH.search(text)
    if off is None or on is None or abs(off.start() - on.start()) > _NEAR:
        return
    first, last = min(off.start(), on.start()), max(off.end(), on.end())
    named = off[0].lstrip()[:4].casefold() == "pain"
    if not named and _OTHER.search(text[max(0, first - _NEAR) : last + _NEAR]) is None:
        return
    without, with_ = number(off["score"].casefold()), number(on["score"].casefold())
    if without is None or with_ is None:
        return
    direction = "better" if with_ < without else "worse" if with_ > without else "same"
    yield Reading(
        concept=RELIEF,
        start=first + len(text[first:]) - len(text[first:].lstrip()),
        end=last,
        value={"without": without, "with": with_, "direction": direction},
        rule="review.rows",
        negatable=False,
        subject=REGIMEN,
    )
