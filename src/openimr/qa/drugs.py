"""Drugs that a text names, as the formulary knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openimr.model.drug import Drug, Formulary
from openimr.model.request import Request

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*(?:/[A-Za-z][A-Za-z'-]*)*")
_LONGEST = 4
"""Words of a drug's name at most."""
_SHORTEST = 4
"""Letters: shorter names are mostly other words (`MS`, `IR`)."""


@dataclass(frozen=True, slots=True)
class Named:
    """A drug named in a text."""

    drug: Drug
    start: int
    end: int


class DrugFinder:
    """Finds the formulary's names in text; a name that may be another word is passed over."""

    def __init__(self, formulary: Formulary) -> None:
        self._formulary = formulary

    def find(self, text: str) -> Iterator[Named]:
        """Every drug named, longest name first, in order."""
        found = list(_WORD.finditer(text))
        at = 0
        while at < len(found):
            named = self._longest(text, found[at : at + _LONGEST])
            if named is not None:
                yield named[0]
            at += named[1] if named else 1

    def _longest(self, text: str, words: list[re.Match[str]]) -> tuple[Named, int] | None:
        """The longest name that begins with the first word, and of how many words it is."""
        for count in range(len(words), 0, -1):
            drug = self._drug(text, words[:count])
            if drug is not None:
                return Named(drug, words[0].start(), words[count - 1].end()), count
        return None

    def of(self, request: Request) -> Drug | None:
        """The drug that a request asks for."""
        for name in (request.generic, request.brand):
            if name and (drug := self._formulary.find(name)):
                return drug
        return None

    def _drug(self, text: str, words: list[re.Match[str]]) -> Drug | None:
        name = text[words[0].start() : words[-1].end()]
        if len(name) < _SHORTEST or name.casefold() in self._formulary.ambiguous:
            return None
        return self._formulary.find(name)


def same_substance(one: Drug, other: Drug) -> bool:
    """Whether two drugs share an ingredient."""
    return bool(set(one.ingredients or (one.generic,)) & set(other.ingredients or (other.generic,)))
