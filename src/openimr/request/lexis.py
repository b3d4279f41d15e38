"""The words of request lines, indexed for look-up in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from openimr.model.drug import Drug, Formulary
from openimr.model.request import BodyPart, RequestVocabulary, Service, Specialty
from openimr.request.words import Hit, PhraseIndex, Words, cut

_SHORTEST_NAME = 3
"""A family name of three letters or fewer (`LDN`) is too short to stand alone."""
_LONG_NAME = 6
_ALIKE = 88
"""Similarity (0-100) from which a long word is a misspelled drug name."""


@dataclass(frozen=True, slots=True)
class DrugName:
    """A name a line may use for a drug."""

    drug: Drug
    brand: bool
    family: str | None
    """The word that the rows of its single ingredient share; None for a combination."""
    family_only: bool = False
    """An ingredient's bare name that several rows share: `lidocaine`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the formulary, with what tells it apart from other rows of its ingredient."""

    drug: Drug
    words: frozenset[str]
    """Of its generic name: `er`, `gel`."""
    units: frozenset[str]
    """Of its strengths: `mg`, `mcg/hr`."""

    @property
    def topical(self) -> bool:
        """Whether its strengths are percentages."""
        return "%" in self.units


@dataclass(frozen=True, slots=True, eq=False)
class Lexis:
    """All indexes of one formulary and vocabulary; compared by identity."""

    vocabulary: RequestVocabulary
    abbreviations: re.Pattern[str]
    """Any of them, as a whole word."""
    short_words: frozenset[str]
    """The words that abbreviations begin with."""
    drugs: PhraseIndex[DrugName]
    families: dict[str, tuple[Row, ...]]
    """First word of the ingredient to the drugs that hold it alone."""
    services: PhraseIndex[Service]
    body_parts: PhraseIndex[BodyPart]
    specialties: PhraseIndex[Specialty]
    forms: PhraseIndex[str]
    spellings: dict[str, dict[str, DrugName]]
    """By first letter, names of one word, long enough to be known in spite of a misspelling."""
    not_drugs: frozenset[str]
    ingredients: PhraseIndex[str]
    """What a compounded cream may hold, by the name a reader uses."""

    def spelled_out(self, text: Words) -> Words:
        """A line with its abbreviations in full: `RUE` becomes `right upper extremity`."""
        if self.short_words.isdisjoint(text.words):
            return text
        full = self.vocabulary.abbreviations
        return cut(self.abbreviations.sub(lambda found: full[found["short"].casefold()], text.line))


@lru_cache(maxsize=4)
def lexis_of(formulary: Formulary, vocabulary: RequestVocabulary) -> Lexis:
    """The indexes, built once for each pair of formulary and vocabulary."""
    families = _families(formulary)
    forms = vocabulary.drug_words.forms
    return Lexis(
        vocabulary=vocabulary,
        abbreviations=_any_of(vocabulary.abbreviations),
        short_words=frozenset(
            word for short in vocabulary.abbreviations for word in cut(short).words[:1]
        ),
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
        spellings=_spellings(_drug_names(formulary, families)),
        not_drugs=formulary.guard,
        ingredients=PhraseIndex(_ingredients(vocabulary, families)),
        forms=PhraseIndex((word, form) for form, words in forms.items() for word in words),
    )


def misspelled_drug(text: Words, lexis: Lexis) -> Hit[DrugName] | None:
    """The first long word of a line that is nearly a drug's name: `Gabapentn`.

    A slip of the pen seldom changes the first letter; names with another are not looked at.
    """
    for word, place in zip(text.words, text.places, strict=True):
        if len(word) < _LONG_NAME or word in lexis.not_drugs:
            continue
        names = lexis.spellings.get(word[0], {})
        best = process.extractOne(word, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is not None:
            return Hit(place.start(), place.end(), names[best[0]])
    return None


def _family(drug: Drug) -> str | None:
    first = drug.generic.split(" ")[0].casefold()
    return None if "/" in first else first


def _any_of(abbreviations: Mapping[str, str]) -> re.Pattern[str]:
    choice = "|".join(map(re.escape, abbreviations)) or "(?!)"
    return re.compile(rf"(?<![\w/])(?P<short>{choice})(?![\w/])\.?", re.IGNORECASE)


def _spellings(names: Iterable[tuple[str, DrugName]]) -> dict[str, dict[str, DrugName]]:
    found: dict[str, dict[str, DrugName]] = {}
    for name, value in names:
        if name.isalpha() and len(name) >= _LONG_NAME:
            word = name.casefold()
            found.setdefault(word[0], {}).setdefault(word, value)
    return found


def _families(formulary: Formulary) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for drug in formulary.drugs:
        name = _family(drug)
        if name is not None:
            units = frozenset(strength.rpartition(" ")[2] for strength in drug.strengths)
            row = Row(drug, frozenset(drug.generic.casefold().split()), units)
            found.setdefault(name, []).append(row)
    return {
        name: tuple(rows)
        for name, rows in found.items()
        if any(row.drug.ingredients[:1] == (name,) for row in rows)
    }


def _ingredients(
    vocabulary: RequestVocabulary, families: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for name in vocabulary.drug_words.topical_ingredients:
        yield name, name
    for name in families:
        if len(name) > _SHORTEST_NAME:
            yield name, name


def _drug_names(
    formulary: Formulary, families: dict[str, tuple[Row, ...]]
) -> Iterator[tuple[str, DrugName]]:
    for drug in formulary.drugs:
        for brand in drug.brands:
            yield brand, DrugName(drug, brand=True, family=_family(drug))
    for drug in formulary.drugs:
        for name in (drug.generic, *drug.names):
            # `lidocaine` is a name of its patch, but alone it may be the ointment as well.
            shared = name.casefold() == _family(drug) != drug.generic.casefold()
            several = len(families.get(name.casefold(), ())) > 1
            yield (
                name,
                DrugName(drug, brand=False, family=_family(drug), family_only=shared and several),
            )
    for name, rows in families.items():
        if len(name) > _SHORTEST_NAME:
            yield name, DrugName(rows[0].drug, brand=False, family=name, family_only=True)
