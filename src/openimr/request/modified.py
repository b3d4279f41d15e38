"""Lines of a request that UR modified: original request, what was authorized, what remains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.request.guarded import Guarded

_ORIGINAL_REQUEST = Guarded("original", r"\boriginal\s+request\b")
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_ORIGINAL = re.compile(
    r"^(.*?)\s*\b(?:was|is|were)\s+the\s+original\s+request\b", re.IGNORECASE | re.DOTALL
)
_AUTHORIZED = re.compile(
    r"^(.*?)\s*\b(?:was|were)\s+(?:authorized|certified|approved)\b", re.IGNORECASE | re.DOTALL
)
_ADMINISTRATOR = Guarded(
    "administrator",
    r"\badministrator\s+(?:has\s+)?(?:authorized|certified|approved)\s+(.*?)"
    r"(?:,?\s*leaving\s+the\s+original\s+request.*)?$",
    re.DOTALL,
)
_REMAINING = Guarded(
    "remaining",
    r"\bremaining\s+(?:IMR\s+)?(?:eligible\s+)?portion\s+of\s+the\s+original\s+request\s*,?\s*(?:is\s+)?(.*?)\s*(?:\bis|\bare)?\s*[.:]?\s*$",
    re.DOTALL,
)
_WHOLE = re.compile(
    r"^the\s+original\s+request\s*,\s*(.*?)\s*(?:\bis|\bare)?\s*[.:]?\s*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Modified:
    """The parts of such a line, each as written; None where the line has none."""

    original: str | None
    authorized: str | None
    remaining: str | None


def read_modified(line: str) -> Modified | None:
    """The parts of a modified request; None for an ordinary line.

    >>> read_modified(
    ...     "Norco #60 was the original request. Norco #25 was authorized by the Claims "
    ...     "Administrator. The remaining IMR eligible portion of the original request, "
    ...     "Norco #35 is"
    ... )
    Modified(original='Norco #60', authorized='Norco #25', remaining='Norco #35')
    """
    if _ORIGINAL_REQUEST.search(line) is None:
        return None
    original = authorized = remaining = None
    for sentence in _SENTENCES.split(line):
        if found := _REMAINING.search(sentence):
            remaining = found[1]
        elif found := _WHOLE.match(sentence):
            original = original or found[1]
        elif found := _ORIGINAL.match(sentence):
            original = found[1]
        elif (found := _ADMINISTRATOR.search(sentence)) or (found := _AUTHORIZED.match(sentence)):
            authorized = found[1]
    if not (original or authorized or remaining):
        return None
    return Modified(_clean(original), _clean(authorized), _clean(remaining))


def _clean(part: str | None) -> str | None:
    return part.strip(" .,:") or None if part else None
