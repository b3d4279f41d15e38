"""`data/second_reader/` -> Lexicon: what a second reader may point at, and how it is confirmed."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from types import MappingProxyType

from openimr.model.errors import RulebookInvalid
from openimr.model.lexicon import Expression, Lexicon
from openimr.rulebook.lexicon import parse_lexicon

_FOLDER, _FILE = "second_reader", "concepts-loose.yaml"
_GAP = "..."
NEVER = frozenset({"medication", "quantity_sig", "ur_outcome"})
"""Read by grammar from the papers that state them; nobody points at these."""


def load_second_reader_vocabulary(lexicon: Lexicon) -> Lexicon:
    """The vocabulary shipped with the package.

    Args:
        lexicon: whose word lists the sayings name, and whose concepts they must be.

    Raises:
        RulebookInvalid: with one line for every problem of the file.
    """
    place = files("openimr.rulebook") / "data" / _FOLDER / _FILE
    return parse_second_reader_vocabulary(place.read_text(encoding="utf-8"), lexicon)


def parse_second_reader_vocabulary(text: str, lexicon: Lexicon) -> Lexicon:
    """Read the file; every problem is reported at once."""
    loose = parse_lexicon({_FILE: text}, folder=_FOLDER, lists=lexicon.lists)
    problems = tuple(
        f"{_FOLDER}/{_FILE}: {concept}: {what}"
        for concept in loose.concepts
        for what in _problems(concept, lexicon)
    )
    if problems:
        raise RulebookInvalid(problems)
    concepts = {
        name: replace(concept, expressions=tuple(map(_exact, concept.expressions)))
        for name, concept in loose.concepts.items()
    }
    return replace(loose, concepts=MappingProxyType(concepts))


def _exact(expression: Expression) -> Expression:
    """The expression with each word to be matched in the form it has.

    Stems join what must be kept apart where so little else is asked for: `spins` and `spine`.
    """
    return replace(expression, phrase=" ".join(map(_exact_word, expression.phrase.split())))


def _exact_word(element: str) -> str:
    r"""One element of a phrase.

    >>> _exact_word("no|not~a?"), _exact_word("..."), _exact_word("{n}")
    ('=no|=not~a?', '...', '{n}')
    """
    if element == _GAP or element.startswith("{"):
        return element
    return "|".join(f"={way.removeprefix('=')}" for way in element.split("|"))


def _problems(concept: str, lexicon: Lexicon) -> list[str]:
    if concept not in lexicon.concepts:
        return ["is no concept of the lexicon; name one that is"]
    return ["is read by grammar and may not be proposed; leave it out"] if concept in NEVER else []
