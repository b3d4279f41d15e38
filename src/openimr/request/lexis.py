"""The words of request lines, indexed for look-up in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from rapidfuzz import process

from openimr.model.drug import Drug, Formulary
from openimr.model.request import BodyPart, RequestVocabulary, Service, Specialty

_TOKEN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?", re.IGNORECASE)
_JOINER = re.compile(r"[\s/&+.'#-]{0,3}")
"""What may stand between the words of one phrase; a comma or bracket may not."""
_SHORTEST_NAME = 3
"""A family name of three letters or fewer (`LDN`) is too short to stand alone."""
_LONG_NAME = 6
_ALIKE = 88
"""Similarity (0-100) from which a long word is a misspelled drug name."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase found at `line[start:end]`."""

    start: int
    end: int
    value: Value


class PhraseIndex(Generic[Value]):
    """Finds phrases of a vocabulary in a line: leftmost first, longest first, whole words."""

    __slots__ = ("_longest", "_values")

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._values: dict[tuple[str, ...], Value] = {}
        for phrase, value in entries:
            tokens = _tokens(phrase)
            if tokens:
                self._values.setdefault(tokens, value)
        for tokens, value in tuple(self._values.items()):
            self._values.setdefault((*tokens[:-1], _plural(tokens[-1])), value)
        self._longest = max(map(len, self._values), default=0)

    def find(self, line: str) -> Iterator[Hit[Value]]:
        """Every phrase of the line; none overlaps another."""
        tokens = list(_TOKEN.finditer(line))
        position = 0
        while position < len(tokens):
            hit, taken = self._at(line, tokens, position)
            if hit is not None:
                yield hit
            position += taken

    def get(self, phrase: str) -> Value | None:
        """What exactly this phrase means."""
        return self._values.get(_tokens(phrase))

    def _at(
        self, line: str, tokens: list[re.Match[str]], position: int
    ) -> tuple[Hit[Value] | None, int]:
        for length in range(min(self._longest, len(tokens) - position), 0, -1):
            chosen = tokens[position : position + length]
            value = self._values.get(tuple(token.group().casefold() for token in chosen))
            if value is not None and _joined(line, chosen):
                return Hit(chosen[0].start(), chosen[-1].end(), value), length
        return None, 1


def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(token.group().casefold() for token in _TOKEN.finditer(phrase))


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _joined(line: str, tokens: list[re.Match[str]]) -> bool:
    return all(
        _JOINER.fullmatch(line, left.end(), right.start()) for left, right in pairwise(tokens)
    )


@dataclass(frozen=True, slots=True)
class DrugName:
    """A name a line may use for a drug."""

    drug: Drug
    brand: bool
    family_only: bool = False
    """An ingredient's bare name that several rows share: `lidocaine`."""


@dataclass(frozen=True, slots=True)
class Lexis:
    """All indexes of one formulary and vocabulary."""

    vocabulary: RequestVocabulary
    drugs: PhraseIndex[DrugName]
    families: dict[str, tuple[Drug, ...]]
    """First word of the ingredient to the drugs that hold it alone."""
    services: PhraseIndex[Service]
    body_parts: PhraseIndex[BodyPart]
    specialties: PhraseIndex[Specialty]
    forms: PhraseIndex[str]
    spellings: dict[str, DrugName]
    """Names of one word that are long enough to be known in spite of a misspelling."""
    not_drugs: frozenset[str]
    ingredients: PhraseIndex[str]
    """What a compounded cream may hold, by the name a reader uses."""


@lru_cache(maxsize=4)
def lexis_of(formulary: Formulary, vocabulary: RequestVocabulary) -> Lexis:
    """The indexes, built once for each pair of formulary and vocabulary."""
    families = _families(formulary)
    forms = vocabulary.drug_words.forms
    return Lexis(
        vocabulary=vocabulary,
        drugs=PhraseIndex(_drug_names(formulary, families)),
        families=families,
        services=PhraseIndex(
            (phrase, service) for service in vocabulary.services for phrase in service.phrases
        ),
        body_parts=PhraseIndex(
            (phrase, part) for part in vocabulary.body_parts for phrase in part.phrases
        ),
        specialties=PhraseIndex(
            (phrase, field) for field in vocabulary.specialties for phrase in field.phrases
        ),
        spellings={
            name.casefold(): value
            for name, value in reversed(list(_drug_names(formulary, families)))
            if name.isalpha() and len(name) >= _LONG_NAME
        },
        not_drugs=formulary.guard,
        ingredients=PhraseIndex(_ingredients(vocabulary, families)),
        forms=PhraseIndex((word, form) for form, words in forms.items() for word in words),
    )


def misspelled_drug(line: str, lexis: Lexis) -> Hit[DrugName] | None:
    """The first long word of a line that is nearly a drug's name: `Gabapentn`."""
    for token in _TOKEN.finditer(line):
        word = token.group().casefold()
        if len(word) < _LONG_NAME or word in lexis.not_drugs:
            continue
        best = process.extractOne(word, lexis.spellings.keys(), score_cutoff=_ALIKE)
        if best is not None and best[0][0] == word[0]:
            return Hit(token.start(), token.end(), lexis.spellings[best[0]])
    return None


def family(drug: Drug) -> str | None:
    """The word that the rows of one single ingredient share; None for a combination."""
    if "/" in drug.generic.split(" ")[0]:
        return None
    return drug.generic.split(" ")[0].casefold()


def _families(formulary: Formulary) -> dict[str, tuple[Drug, ...]]:
    found: dict[str, list[Drug]] = {}
    for drug in formulary.drugs:
        name = family(drug)
        if name is not None:
            found.setdefault(name, []).append(drug)
    return {
        name: tuple(drugs)
        for name, drugs in found.items()
        if any(drug.ingredients[:1] == (name,) for drug in drugs)
    }


def _ingredients(
    vocabulary: RequestVocabulary, families: dict[str, tuple[Drug, ...]]
) -> Iterator[tuple[str, str]]:
    for name in vocabulary.drug_words.topical_ingredients:
        yield name, name
    for name in families:
        if len(name) > _SHORTEST_NAME:
            yield name, name


def _drug_names(
    formulary: Formulary, families: dict[str, tuple[Drug, ...]]
) -> Iterator[tuple[str, DrugName]]:
    for drug in formulary.drugs:
        for brand in drug.brands:
            yield brand, DrugName(drug, brand=True)
    for drug in formulary.drugs:
        for name in (drug.generic, *drug.names):
            yield name, DrugName(drug, brand=False)
    for name, drugs in families.items():
        if len(name) > _SHORTEST_NAME:
            yield name, DrugName(drugs[0], brand=False, family_only=True)
