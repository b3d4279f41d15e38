"""Rare words: a vocabulary that goes on growing, as that of real letters does."""

from __future__ import annotations

from functools import lru_cache

from openimr.synth.letters.dice import Dice

_RANKS = 400_000
_ROOTS = (
    "spondyl", "arthr", "myel", "neur", "tend", "fasci", "chondr", "oste", "burs", "radicul",
    "cervic", "lumb", "plex", "synov", "menisc", "ligament", "calcane", "patell", "humer", "carp",
)  # fmt: skip
_ENDS = ("osis", "itis", "opathy", "algia", "oma", "ectasia", "odynia", "opexy", "ectomy", "oid")
_SYLLABLES = (
    "bar", "cor", "del", "fen", "gar", "hal", "jor", "kel", "lam", "mor", "nor", "pel", "quin",
    "ros", "sel", "tor", "ull", "ver", "wes", "yar", "zan", "bri", "cho", "dra", "fle", "gri",
    "kra", "ple", "sta", "tri",
)  # fmt: skip
_NAME_ENDS = ("man", "son", "berg", "ez", "ton", "ley", "ski", "er", "a", "o", "ini", "wood")


@lru_cache(maxsize=4096)
def disorder(rank: int) -> str:
    """The name of an uncommon finding: always the same for a rank."""
    first, rest = rank % len(_ROOTS), rank // len(_ROOTS)
    end, rest = _ENDS[rest % len(_ENDS)], rest // len(_ENDS)
    middle = ""
    while rest:
        middle += _SYLLABLES[rest % len(_SYLLABLES)]
        rest //= len(_SYLLABLES)
    return f"{_ROOTS[first]}o{middle}{end}" if middle else f"{_ROOTS[first]}{end}"


@lru_cache(maxsize=4096)
def surname(rank: int) -> str:
    """An invented author or eponym: always the same for a rank."""
    end, rest = _NAME_ENDS[rank % len(_NAME_ENDS)], rank // len(_NAME_ENDS)
    name = _SYLLABLES[rest % len(_SYLLABLES)]
    rest //= len(_SYLLABLES)
    while rest:
        name += _SYLLABLES[rest % len(_SYLLABLES)]
        rest //= len(_SYLLABLES)
    return (name + end).capitalize()


def draw_disorder(dice: Dice) -> str:
    """A finding by Zipf's law."""
    return disorder(dice.rank(_RANKS))


def draw_surname(dice: Dice) -> str:
    """A name by Zipf's law."""
    return surname(dice.rank(_RANKS))


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misspell(dice: Dice, text: str) -> str:
    """One slip of the keys in a long word: two letters swapped, one doubled or one left out."""
    at = dice.between(0, len(text) - 1)
    start = text.find(" ", at) + 1
    end = text.find(" ", start)
    if start == 0 or end - start < 6 or not text[start:end].isalpha():
        return text
    place = dice.between(start + 2, end - 2)
    kind = dice.between(0, 2)
    if kind == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if kind == 1:
        return text[:place] + text[place] + text[place:]
    return text[:place] + text[place + 1 :]
