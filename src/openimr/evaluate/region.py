"""Which part of the body, and which spinal level, a statement speaks of.

A sign at the neck says nothing for an injection at the low back. A statement that names no part
may speak of the requested one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from openimr.model.evidence import Fact
from openimr.model.request import Request

_ARM = ("shoulder", "elbow", "forearm", "wrist", "hand", "upper extremity")
_LEG = ("hip", "thigh", "knee", "calf", "ankle", "foot", "lower extremity")
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cervical spine": ("cervical", "neck", "c-spine", "spurling", "hoffmann"),
        "thoracic spine": ("thoracic", "mid back", "upper back", "t-spine"),
        "lumbar spine": ("lumb", "low back", "lower back", "l-spine", "straight leg", "slr"),
        "sacroiliac joint": ("sacroiliac", "si joint", "faber", "gaenslen"),
        "shoulder": (
            "shoulder",
            "rotator",
            "supraspinatus",
            "deltoid",
            "glenohumeral",
            "subacromial",
        ),
        "elbow": ("elbow", "epicondyl", "cubital", "biceps", "triceps"),
        "forearm": ("forearm", "brachioradialis"),
        "wrist": ("wrist", "carpal", "phalen", "scaphoid", "tfcc"),
        "hand": ("hand", "thumb", "finger", "grip", "thenar", "trigger digit"),
        "upper extremity": ("upper extremit", "arm"),
        "hip": ("hip", "trochanter", "acetabul"),
        "thigh": ("thigh", "quad"),
        "knee": ("knee", "menisc", "patell", "mcmurray", "lachman", "cruciate"),
        "calf": ("calf", "gastroc", "shin", "tibialis"),
        "ankle": ("ankle", "achilles", "talus", "talar"),
        "foot": ("foot", "feet", "toe", "heel", "plantar", "ehl"),
        "lower extremity": ("lower extremit", "leg"),
        "head": ("brain", "skull", "cranial"),
    }
)
"""Parts as charts name them, by the beginnings of words."""
_NEAR: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cervical spine": frozenset(_ARM),
        "lumbar spine": frozenset(_LEG),
        "sacroiliac joint": frozenset({"lumbar spine", "hip"}),
        "trapezius": frozenset({"cervical spine", "shoulder"}),
        "back": frozenset({"lumbar spine", "thoracic spine", "sacroiliac joint", *_LEG}),
        "upper extremity": frozenset({*_ARM, "cervical spine"}),
        "lower extremity": frozenset({*_LEG, "lumbar spine"}),
        "shoulder": frozenset({"upper extremity"}),
        "elbow": frozenset({"forearm", "upper extremity"}),
        "hip": frozenset({"thigh", "lower extremity"}),
        "knee": frozenset({"lower extremity"}),
        "wrist": frozenset({"hand", "forearm", "upper extremity"}),
        "hand": frozenset({"wrist", "forearm", "upper extremity"}),
        "finger": frozenset({"hand", "wrist", "upper extremity"}),
        "thumb": frozenset({"hand", "wrist", "upper extremity"}),
        "ankle": frozenset({"foot", "lower extremity"}),
        "foot": frozenset({"ankle", "lower extremity"}),
        "toe": frozenset({"foot", "lower extremity"}),
    }
)
"""Where signs of a part's own trouble are found: a root of the low back is tested at the toe."""
_SPINE = {"C": "cervical spine", "T": "thoracic spine", "L": "lumbar spine", "S": "lumbar spine"}
_LEVEL = re.compile(
    r"\b(?P<letter>[CTLS])\s?(?P<upper>\d{1,2})(?:\s?[-/]\s?(?P<other>[CTLS])?\s?(?P<lower>\d{1,2}))?\b"
)
_ROOTS: tuple[tuple[str, str], ...] = (
    ("ehl", "L5"), ("great toe", "L5"), ("big toe", "L5"), ("toe", "L5"), ("dorsiflex", "L5"),
    ("gastroc", "S1"), ("plantar", "S1"), ("push-off", "S1"), ("heel", "S1"), ("achilles", "S1"),
    ("ankle", "S1"), ("quad", "L4"), ("knee", "L4"), ("patell", "L4"), ("shin", "L4"),
    ("hip flex", "L2"), ("deltoid", "C5"), ("biceps", "C6"), ("thumb", "C6"), ("wrist ext", "C6"),
    ("brachioradialis", "C6"), ("triceps", "C7"), ("middle finger", "C7"), ("grip", "C8"),
    ("little finger", "C8"),
)  # fmt: skip
"""Muscle, reflex or area of skin, and the root it tests most; the first that fits counts."""


def parts_of(fact: Fact) -> frozenset[str]:
    """Parts of the body that a statement names in its words or values."""
    said = _said(fact)
    found = {part for part, words in _WORDS.items() if _names(said.casefold(), words)}
    found |= {_SPINE[level["letter"]] for level in _LEVEL.finditer(said)}
    return frozenset(found)


def is_elsewhere(fact: Fact, request: Request) -> bool:
    """Whether a statement speaks of other parts of the body than the requested one."""
    named = parts_of(fact)
    if not named or not request.body_parts:
        return False
    wanted = {near for part in request.body_parts for near in (part, *_NEAR.get(part, ()))}
    return named.isdisjoint(wanted)


def is_other_side(fact: Fact, request: Request) -> bool:
    """Whether a statement names one side and the request the other."""
    sides = sides_of(fact)
    return (
        bool(sides) and request.laterality in {"left", "right"} and request.laterality not in sides
    )


def sides_of(fact: Fact) -> frozenset[str]:
    """The sides that a statement names; both for `bilateral`."""
    side = _side(fact.value.get("side"))
    words = {_side(word) for word in re.findall(r"[a-z]+", fact.provenance.quote.casefold())}
    named = {side} | (words & {"left", "right", "bilateral", "both", "bilaterally"})
    if named & {"bilateral", "both", "bilaterally"}:
        return frozenset({"left", "right"})
    return frozenset(named & {"left", "right"})


def _side(value: object) -> str:
    said = str(value or "").casefold()
    return {"l": "left", "r": "right", "lt": "left", "rt": "right"}.get(said, said)


def level_of(fact: Fact) -> tuple[str, ...]:
    """The roots a statement names: of a disc the two beside it, of a sign the one it tests.

    >>> roots_in("L4-5")
    ('L4', 'L5')
    """
    stated = str(fact.value.get("level") or "")
    return roots_in(stated) or roots_in(fact.provenance.quote) or _tested(stated)


def _tested(stated: str) -> tuple[str, ...]:
    low = stated.casefold()
    return tuple(root for word, root in _ROOTS if word in low)[:1]


def roots_in(text: str) -> tuple[str, ...]:
    """Roots beside every level that a text names.

    >>> roots_in("L5-S1 and C6")
    ('L5', 'S1', 'C6')
    """
    found: dict[str, None] = {}
    for level in _LEVEL.finditer(text):
        found[f"{level['letter']}{level['upper']}"] = None
        if level["lower"]:
            found[f"{_lower_letter(level)}{level['lower']}"] = None
    return tuple(found)


def _lower_letter(level: re.Match[str]) -> str:
    return level["other"] or level["letter"]


def agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of roots can be one level: two discs only if they are the same one."""
    first, second = set(one), set(other)
    if not first or not second:
        return True
    shared = first & second
    return len(shared) >= 2 if len(first) > 1 and len(second) > 1 else bool(shared)


def _said(fact: Fact) -> str:
    values = (value for value in fact.value.values() if isinstance(value, str))
    return " ".join((fact.provenance.quote, *values))


def _names(said: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}", said) for word in words)
