"""Whether words that name a condition make it a diagnosis, and how far its denial reaches.

An impingement test, a tender joint and pain that a test provokes are findings; a study without a
radiculopathy of the left leg says nothing of the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from openimr.extract.passages import Passage, Reading
from openimr.model.evidence import Assertion, Fact

_JOINT = re.compile(r"\b(?:sacroiliac|SI|facets?)\b|\bimpingement\b", re.IGNORECASE)
"""Words of the lexicon that name a place or a test as well as a condition."""
_NAMED = re.compile(
    r"\b(?:syndrome|dysfunction|arthropath\w*|arthrosis|hypertrophy|mediated|sprain|degenerat\w+|arthritis)\b",
    re.IGNORECASE,
)
_EXAMINED = re.compile(
    r"\b(?:tests?|testing|tested|signs?|maneuvers?|positive|negative|tender\w*|palpat\w+|palp|pressure"
    r"|resist\w+|response|Hawkins\w*|Neer\w*|Yocum\w*|symptoms|effusion|sclerotic|injections?|inject\w*)\b",
    re.IGNORECASE,
)


def is_diagnosed(reading: Reading, passage: Passage) -> bool:
    """Whether the words of a mechanical diagnosis make one: `tender over the SI joint` does not."""
    text = passage.source.page.text
    words = text[reading.start : reading.end]
    if _JOINT.search(words) is None or _NAMED.search(words) or passage.section == "diagnoses":
        return True
    return _EXAMINED.search(passage.text) is None


_ONE_SIDE = re.compile(r"\b(?:left|right|active|acute)\b", re.IGNORECASE)
_ONE_KIND = re.compile(
    r"\b(?:ulnar|median|radial|sural|peroneal|tibial|femoral|demyelinating|axonal|entrapment)\b",
    re.IGNORECASE,
)


def without_narrow_denials(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of a document without denials of one side, or of one nerve, that deny no more.

    `No evidence of left radiculopathy` stays where the document finds none anywhere; it goes where
    the same document finds one. `No ulnar neuropathy` denies no pain of other nerves.
    """
    found = list(facts)
    affirmed = {
        fact.value.get("kind")
        for fact in found
        if fact.concept == _NERVES and fact.assertion in _SAID
    }
    return [fact for fact in found if not _is_narrow(fact, affirmed)]


_NERVES = "neuropathic_pain"
_SAID = frozenset({Assertion.PRESENT, Assertion.POSSIBLE})
_ALL_NERVES = re.compile(r"\b(?:peripheral|poly)\s?-?neuropath|\bneuropathic\b", re.IGNORECASE)


def _is_narrow(fact: Fact, affirmed: AbstractSet[object]) -> bool:
    if fact.concept != _NERVES or fact.assertion is not Assertion.ABSENT:
        return False
    quote = fact.provenance.quote
    kind = fact.value.get("kind")
    if kind == "neuralgia" and _ONE_KIND.search(quote) and not _ALL_NERVES.search(quote):
        return True
    return kind in affirmed and _ONE_SIDE.search(quote) is not None
