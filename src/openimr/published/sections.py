"""Section headings of a letter: where they stand, however they are spaced or set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.model.errors import NotADetermination


@dataclass(frozen=True, slots=True)
class Place:
    """Where a heading stands: its section begins at `end`."""

    start: int
    end: int


class Heading:
    """A section heading; its usual spelling is found at the speed of memory, others by pattern.

    Args:
        usual: as nearly every letter prints it.
        pattern: every way of printing it, in capitals; tried on a text that lacks the usual one.
    """

    __slots__ = ("_capitals", "usual")

    def __init__(self, usual: str, pattern: str = "") -> None:
        self.usual = usual
        words = pattern or r"\s+".join(re.escape(word) for word in usual.upper().split())
        self._capitals = re.compile(rf"{words}[ ]*:?")

    def find(self, text: str, start: int = 0) -> Place | None:
        """Its first place at or after `start`; other spellings count at the start of a line."""
        at = text.find(self.usual, start)
        if at >= 0:
            return Place(at, at + len(self.usual))
        capitals = text.upper()
        if len(capitals) != len(text):
            capitals = "".join(letter.upper() if letter < "\x80" else letter for letter in text)
        for found in self._capitals.finditer(capitals, start):
            begin = text.rfind("\n", 0, found.start()) + 1
            if not text[begin : found.start()].strip():
                return Place(begin, found.end())
        return None

    def need(self, text: str, start: int = 0) -> Place:
        """Its place.

        Raises:
            NotADetermination: the letter lacks this section.
        """
        place = self.find(text, start)
        if place is None:
            raise NotADetermination(
                f"the letter lacks its section '{self.usual}'",
                remedy="get the whole letter; it seems cut short",
            )
        return place


HOW_MADE = Heading(
    "HOW THE IMR FINAL DETERMINATION WAS MADE",
    r"HOW\s+THE\s+(?:IMR\s+)?(?:FINAL\s+)?DETERMINATION\s+WAS\s+MADE",
)
SUMMARY = Heading("CLINICAL CASE SUMMARY")
ISSUES = Heading(
    "IMR ISSUES, DECISIONS AND RATIONALES",
    r"IMR\s+ISSUES?\(?S?\)?,?\s+DECISIONS?\(?S?\)?,?\s+(?:AND|&)\s+RATIONALES?\(?S?\)?",
)
SET_FORTH = re.compile(
    r"\s*:?\s*The\s+Final\s+Determination\s+was\s+based\s+on\s+decisions?\s+for\s+the\s+disputed\s+"
    r"items?/services?\s+set\s+forth\s+below\s*:?",
    re.IGNORECASE,
)
SUMMARY_INTRODUCTION = re.compile(
    r"\s*:?\s*The\s+expert\s+reviewer\s+developed\s+the\s+following\s+clinical\s+case\s+summary\s+based\s+"
    r"on\s+a\s+review\s+of\s+the\s+case\s+file,?\s+including\s+all\s+medical\s+records\s*:?",
    re.IGNORECASE,
)


def after(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where a fixed sentence at `start` ends; `start` itself where it is not there."""
    found = pattern.match(text, start)
    return found.end() if found else start
