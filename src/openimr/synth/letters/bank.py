"""The words of forged letters: templates read from data once, and filled fast."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, product
from typing import Any

import yaml

from openimr.synth.letters.dice import Dice

_CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")
_MOST_VARIANTS = 256


@lru_cache
def data(name: str) -> Any:  # noqa: ANN401 a data file is a tree
    """A data file of the forged letters by name: `data("care")` reads `letters_care.yaml`."""
    path = files("openimr.synth").joinpath("data", f"letters_{name}.yaml")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def variants(template: str) -> tuple[str, ...]:
    """Every way to settle the choices of a template.

    Example: `pain is <bad|worse>` gives `pain is bad` and `pain is worse`.
    """
    parts = _CHOICE.split(template)
    options = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    return tuple("".join(way) for way in islice(product(*options), _MOST_VARIANTS))


class Slots(dict[str, str]):
    """What is put into a template: the letter's own words, or a word drawn at each use."""

    def __init__(
        self, dice: Dice, words: Mapping[str, str], draws: Mapping[str, Callable[[Slots], str]]
    ) -> None:
        super().__init__(words)
        self.dice = dice
        self.day: Callable[[], str] = str
        """Gives a day of care, in the letter's own style of dates."""
        self._draws = draws

    def __missing__(self, key: str) -> str:
        """Draw it anew; it is not kept, so that a second use gives another word."""
        return self._draws[key](self)


Phrases = tuple[tuple[str, ...], ...]
"""Templates of one meaning, each with its choices settled in every way."""


@cache
def phrases(file: str, key: str) -> Phrases:
    """The templates under a key of a data file; one alone counts as a list of one."""
    found = data(file)[key]
    return tuple(map(variants, [found] if isinstance(found, str) else found))


def say(slots: Slots, templates: Phrases) -> str:
    """One of the templates, its choices settled and its slots filled."""
    share = slots.dice.share
    ways = templates[int(share() * len(templates))]
    return ways[int(share() * len(ways))].format_map(slots)
