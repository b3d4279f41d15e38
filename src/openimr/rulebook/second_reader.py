"""`data/second_reader/` -> Lexicon: what a second reader may point at, and how it is confirmed."""

from __future__ import annotations

from importlib.resources import files

from openimr.model.errors import RulebookInvalid
from openimr.model.lexicon import Lexicon
from openimr.rulebook.lexicon import parse_lexicon

_FOLDER, _FILE = "second_reader", "concepts-loose.yaml"
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
    return loose


def _problems(concept: str, lexicon: Lexicon) -> list[str]:
    if concept not in lexicon.concepts:
        return ["is no concept of the lexicon; name one that is"]
    return ["is read by grammar and may not be proposed; leave it out"] if concept in NEVER else []
