from __future__ import annotations

import importlib
import pkgutil
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import openimr.request
from openimr.request.guarded import Guarded
from openimr.request.words import Hit, PhraseIndex, blanked, cut

TEXT = " ".join(
    (
        "mri of the lumbar spine / . & - , ( ) #3 4 x times weeks wk visit refills rf supply days",
        "original request denied bilateral right pre-op post-op DOS 2 with contrast tablets no. 5",
        "then month hours series qty units injections stay trial Take mg taper compound",
    )
)
WORDS = st.sampled_from(TEXT.split(" "))
LINES = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=16).map(" ".join))


def _guarded() -> list[Guarded]:
    found: list[Guarded] = []
    for module in pkgutil.iter_modules(openimr.request.__path__):
        for value in vars(importlib.import_module(f"openimr.request.{module.name}")).values():
            many = value if isinstance(value, tuple) else (value,)
            found += [one for one in many if isinstance(one, Guarded)]
    return found


@settings(max_examples=150, deadline=None)
@given(LINES.filter(str.isascii))
def test_a_guard_never_hides_a_match(line: str) -> None:
    for guarded in _guarded():
        assert (guarded.search(line) is None) == (guarded.pattern.search(line) is None)
        assert len(guarded.all(line)) == len(guarded.pattern.findall(line))


@given(LINES)
def test_words_stand_where_they_say(line: str) -> None:
    words = cut(line)
    for word, place in zip(words.words, words.places, strict=True):
        assert line[place.start() : place.end()].casefold() == word


def test_the_longest_phrase_wins_and_none_overlaps() -> None:
    index = PhraseIndex([("lumbar", 1), ("lumbar spine", 2), ("spine surgery", 3)])
    assert index.find(cut("lumbar spine surgery")) == [Hit(0, 12, 2)]
    assert index.find(cut("lumbar, spine surgery")) == [Hit(0, 6, 1), Hit(8, 21, 3)]


def test_a_phrase_is_known_in_the_plural() -> None:
    index = PhraseIndex([("hip study", 1), ("brace", 2)])
    assert [hit.value for hit in index.find(cut("hip studies, Braces"))] == [1, 2]


def test_only_the_words_asked_for_are_searched() -> None:
    words = cut("knee brace and ankle brace")
    index = PhraseIndex([("brace", 1), ("knee brace", 2)])
    begun, end = words.range(5, 26)
    assert [hit.start for hit in index.find(words, begun, end)] == [5, 21]


@given(LINES, st.integers(0, 20), st.integers(0, 20))
def test_blanking_keeps_positions(line: str, start: int, length: int) -> None:
    end = min(start + length, len(line))
    start = min(start, end)
    blank = blanked(line, [(start, end)])
    assert len(blank) == len(line)
    assert not blank[start:end].strip()
    assert blank[end:] == line[end:]


@pytest.mark.parametrize("text", ["a " * 20000, "a" * 40000, "- " * 20000])
def test_cutting_grows_with_the_length(text: str) -> None:
    started = time.perf_counter()
    PhraseIndex([("a a a", 1)]).find(cut(text))
    assert time.perf_counter() - started < 2


def test_a_guard_is_made_of_letters_in_lower_case() -> None:
    for guarded in _guarded():
        assert all(need and need == need.casefold() for need in guarded.needs)
        assert guarded.pattern.flags & re.IGNORECASE
