"""Patterns that are tried only on lines with a word they cannot do without.

Most lines have no refills, no weeks and no decision. To look for a few letters costs a fraction of
what a pattern costs that must be tried at every place of the line.
"""

from __future__ import annotations

import re


class Guarded:
    r"""A pattern, ignoring case, and letters of which every match holds at least one group.

    >>> Guarded("week wk", r"(\d+)\s*(?:weeks?|wks?)").search("for 6 WKS")[1]
    '6'
    """

    __slots__ = ("needs", "pattern")

    def __init__(self, needs: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.needs = tuple(needs.split(" "))
        self.pattern = re.compile(pattern, re.IGNORECASE | flags)

    def search(self, line: str) -> re.Match[str] | None:
        """The first match, or None."""
        folded = line.casefold()
        for need in self.needs:
            if need in folded:
                return self.pattern.search(line)
        return None

    def all(self, line: str) -> list[re.Match[str]]:
        """Every match, in order."""
        return list(self.pattern.finditer(line)) if self.possible(line) else []

    def possible(self, line: str) -> bool:
        """Whether the line holds what a match needs."""
        return any(map(line.casefold().__contains__, self.needs))
