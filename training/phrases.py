"""The lexicon's own phrases as training sentences: what charts are known to say."""

from __future__ import annotations

import numpy as np
from examples import Example

from openimr.model.lexicon import Concept, Lexicon

_FILLERS = {"...": ("", "the", "his back", "her"), "{n}": ("5", "30"), "{date}": ("3/14/2014",)}
_BESIDE = {
    "medicine": "with|on the? medication|tablet|patch",
    "check_box": "y|n|[X]",
    "pain": "pain",
}
"""What stands beside an expression that needs a word of a list."""
_DRUGS = ("hydrocodone", "gabapentin", "duloxetine", "the patch")


def from_lexicon(lexicon: Lexicon, concepts: list[str], each: int) -> list[Example]:
    """Up to so many ways of saying each concept, drawn with fixed luck."""
    rng = np.random.default_rng(7)
    examples = []
    for name in concepts:
        concept = lexicon.concepts.get(name)  # type: ignore[call-overload]
        if concept is not None:
            said = _drawn(concept, each, rng)
            examples += [Example(text, frozenset({name}), group=f"lexicon {text}") for text in said]
    return examples


def _drawn(concept: Concept, each: int, rng: np.random.Generator) -> list[str]:
    phrases = [
        f"{e.phrase} {_BESIDE.get(e.needs, '')}".strip() for e in concept.expressions if e.phrase
    ]
    if not phrases:
        return []
    drawn = {_said(phrases[int(rng.integers(len(phrases)))], rng) for _ in range(each)}
    return sorted(drawn)


def _said(phrase: str, rng: np.random.Generator) -> str:
    """One reading of a phrase: an alternative of each place, optional words now and then."""
    words = []
    for place in phrase.split():
        if place.endswith("?") and rng.random() < 0.5:
            continue
        choices = _FILLERS.get(place) or (
            _DRUGS if place == "{drug}" else tuple(place.removesuffix("?").split("|"))
        )
        words.append(choices[int(rng.integers(len(choices)))].lstrip("=").replace("~", " "))
    return " ".join(word for word in words if word)
