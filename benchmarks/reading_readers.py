"""What each reader says of a page: OpenIMR, a floor of plain patterns, and engines of others.

Engines run in an interpreter of their own (`reading_engine.py`), since their dependencies do not
go together with OpenIMR's. They ship no vocabulary for this field, so they are given the words of
our lexicon, and bring sentences, negation, history, hypothesis and family of their own.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openimr.extract.facts import extract_document
from openimr.extract.phrases import GAP, expand
from openimr.extract.sentence_model import Proposer
from openimr.extract.sentences import split_sentences
from openimr.extract.tokens import tokenize
from openimr.model.document import Document
from openimr.model.drug import Formulary
from openimr.model.ids import ConceptId
from openimr.model.lexicon import Lexicon
from openimr.rulebook.sentence_model import load_sentence_model

_ENGINE = Path(__file__).with_name("reading_engine.py")
_MOST_WAYS = 4_000
"""Word sequences of one phrase; a phrase with more is for grammar, not for a list."""
ENGINE_SECONDS = 1_800


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as a reader has it."""

    concept: str
    words: tuple[str, ...]
    """Of its value."""
    assertion: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drugged:
    """A medication as a reader has it."""

    generic: str
    strength: str | None
    per_day: float | None
    start: int
    end: int


@dataclass(frozen=True)
class OpenIMR:
    """The reader under test."""

    lexicon: Lexicon
    formulary: Formulary
    name: str = "OpenIMR"

    def read(self, document: Document) -> list[Said]:
        return [
            Said(
                concept=str(fact.concept),
                words=tuple(map(str, _flat(fact.value.values()))),
                assertion=fact.assertion.value,
                start=fact.provenance.start,
                end=fact.provenance.end,
            )
            for fact in extract_document(document, lexicon=self.lexicon, formulary=self.formulary)
            if fact.concept != "medication"
        ]

    def medications(self, document: Document) -> list[Drugged]:
        found = []
        for fact in extract_document(document, lexicon=self.lexicon, formulary=self.formulary):
            if fact.concept != "medication" or fact.assertion.value != "present":
                continue
            strength, per_day = fact.value.get("strength"), fact.value.get("per_day")
            found.append(
                Drugged(
                    generic=str(fact.value.get("generic")),
                    strength=str(strength) if strength else None,
                    per_day=float(per_day) if isinstance(per_day, int | float) else None,
                    start=fact.provenance.start,
                    end=fact.provenance.end,
                )
            )
        return found


def _flat(values: Iterable[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, tuple | list):
            yield from _flat(value)
        else:
            yield value


class Pointer:
    """The sentence model, which points at passages that no rule reads."""

    def __init__(self, lexicon: Lexicon, formulary: Formulary) -> None:
        self._proposer = Proposer(load_sentence_model(), formulary)
        self._abbreviations = frozenset(lexicon.abbreviations)

    def points(self, text: str, span: tuple[int, int], concept: str) -> bool:
        """Whether it proposes words of a stretch of a text for a concept."""
        sentences = split_sentences(text, self._abbreviations)
        proposed = self._proposer.propose(tokenize(text), sentences)
        return any(
            one.start < span[1] and span[0] < one.end
            for one in proposed.get(ConceptId(concept), ())
        )


_AMOUNT = re.compile(
    r"(?P<strength>\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)?)\s*(?P<unit>mg|mcg/hr|mcg|%)", re.IGNORECASE
)
_HOW_OFTEN = (
    (r"\b(?:q\.?i\.?d|four times)\b", 4.0), (r"\b(?:t\.?i\.?d|three times)\b", 3.0),
    (r"\b(?:b\.?i\.?d|twice)\b", 2.0), (r"\bq ?6 ?h|every 6 hours|every six hours", 4.0),
    (r"\bq ?8 ?h|every 8 hours", 3.0), (r"\bq ?12 ?h|every 12 hours", 2.0),
    (r"\b(?:weekly|q week|q wk)\b", 1 / 7), (r"\bq ?72 ?h", 1 / 3), (r"\bq ?48 ?h", 1 / 2),
    (r"\b(?:daily|q\.?d|qhs|qpm|q pm|bedtime|nightly|once a day)\b", 1.0),
)  # fmt: skip
_REACH = 120


class Floor:
    """Names of a list, then the next strength and the next words of frequency."""

    name = "plain patterns"

    def __init__(self, formulary: Formulary) -> None:
        by_name = {
            name.casefold(): drug.generic
            for drug in formulary.drugs
            for name in (drug.generic, *drug.brands, *drug.names)
        }
        longest_first = sorted(by_name, key=len, reverse=True)
        self._generic = by_name
        self._names = re.compile(
            rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE
        )

    def medications(self, document: Document) -> list[Drugged]:
        text = document.pages[0].text
        places = list(self._names.finditer(text))
        ends = [*(place.start() for place in places[1:]), len(text)]
        found = []
        for place, end in zip(places, ends, strict=False):
            after = text[place.end() : min(end, place.end() + _REACH)]
            amount = _AMOUNT.search(after)
            rate = next((r for p, r in _HOW_OFTEN if re.search(p, after, re.IGNORECASE)), None)
            found.append(
                Drugged(
                    generic=self._generic[place[0].casefold()],
                    strength=f"{amount['strength']} {amount['unit'].lower()}" if amount else None,
                    per_day=rate,
                    start=place.start(),
                    end=min(end, place.end() + _REACH),
                )
            )
        return found


def word_lists(lexicon: Lexicon) -> list[dict[str, object]]:
    """Our lexicon's phrases as lists of words: what an engine can be given."""
    given: dict[str, dict[str, object]] = {}
    for concept in lexicon.concepts.values():
        for expression in concept.expressions:
            if not expression.phrase or GAP in expression.phrase or "{" in expression.phrase:
                continue
            ways = expand(expression.phrase)
            for way in ways[:_MOST_WAYS]:
                words = " ".join(word.removeprefix("=") for word in way)
                given.setdefault(
                    f"{concept.id} {words}",
                    {
                        "concept": str(concept.id),
                        "words": words,
                        "values": [str(value) for value in _flat(expression.value.values())],
                        "absent": expression.absent,
                    },
                )
    return list(given.values())


def ask_engine(
    engine: str, python: Path, texts: Sequence[str], lexicon: Lexicon
) -> tuple[str, list[list[Said]]]:
    """What an engine says of each text, and its name with its version."""
    lines = [json.dumps({"engine": engine, "words": word_lists(lexicon)})]
    lines += [json.dumps({"text": text}) for text in texts]
    done = subprocess.run(
        [str(python), str(_ENGINE)],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=ENGINE_SECONDS,
    )
    head, *answers = done.stdout.splitlines()
    return json.loads(head)["name"], [
        [_said(told) for told in json.loads(answer)] for answer in answers
    ]


def _said(told: Mapping[str, object]) -> Said:
    values = told["values"]
    return Said(
        concept=str(told["concept"]),
        words=tuple(map(str, values)) if isinstance(values, list) else (),
        assertion=str(told["assertion"]),
        start=int(str(told["start"])),
        end=int(str(told["end"])),
    )
