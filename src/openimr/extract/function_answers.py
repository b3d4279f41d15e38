"""Function told in answers: to a form's question, or of a goal that was reached.

What can you do with Norco that you cannot do without it?   mow the lawn; drive to church
His wish to walk the dog has been met since Butrans was started.
"""

from __future__ import annotations

import re
from dataclasses import replace

from openimr.extract.function_measures import function_reading
from openimr.extract.passages import Passage, Reading
from openimr.model.evidence import Assertion

_ASKED = re.compile(
    r"\bwhat\s+(?:can|could|do|does|are|is)\s+(?:you|he|she|they|(?:the\s+)?(?:patient|pt))\b[^?\n]*"
    r"\b(?:with|on|since|because|thanks|due|without)\b[^?]*\?\s*$",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\W*(?:A(?:ns(?:wer)?)?\s*[.:]\s*)?(?:nothing|none|no\b|nil|n/?a\b|not\s+(?:a|any|much)|cannot|can't|unable|_+|\?)",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:wish|goal|hope|aim|target|ambition|desire)\s+(?:(?:was|is)\s+)?(?:to|of)\s+(?P<what>[^.;]{4,70}?)\s+"
    r"(?:has\s+been|have\s+been|is|was|is\s+being)\s+(?:now\s+|since\s+|finally\s+)?"
    r"(?:met|reached|achieved|attained|fulfilled|realized)\b",
    re.IGNORECASE,
)


def read_answers(passage: Passage) -> list[Reading]:
    """The activities of an answer to a question that stands before it, or of a goal reached."""
    before = passage.before
    if before is not None and _ASKED.search(before.text):
        if _NOTHING.match(passage.text):
            return [_told(passage, (0, len(passage.text)), {"direction": "same"})]
        return [_better(passage, (0, len(passage.text)), passage.text)]
    reached = _REACHED.search(passage.text)
    return [_better(passage, reached.span(), reached["what"])] if reached else []


def _better(passage: Passage, span: tuple[int, int], what: str) -> Reading:
    named = " ".join(what.split()).rstrip(".")
    value: dict[str, object] = {"direction": "better", "activities": (named,), "specific": True}
    return _told(passage, span, value)


def _told(passage: Passage, span: tuple[int, int], value: dict[str, object]) -> Reading:
    reading = function_reading(passage, *span, value, "function.example")
    return replace(reading, assertion=Assertion.PRESENT)
