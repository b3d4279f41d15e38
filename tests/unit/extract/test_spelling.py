"""Slips of the pen: read as the word that is meant, and only where no other word is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.extract.spelling import Spelling
from openimr.extract.tokens import tokenize

KNOWN = ("contract", "agreement", "improvement", "sleeping", "patient", "compliant", "signed")
SPELLING = Spelling(KNOWN, ("contact", "patent"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("contrct", "contract"),
        ("contarct", "contract"),
        ("improvemt", "improvement"),
        ("sleeeping", "sleeping"),
        ("contact", "contact"),
        ("patent", "patent"),
        ("sing", "sing"),
        ("unrelated", "unrelated"),
    ],
)
def test_reads_a_slip_as_its_word(written: str, meant: str) -> None:
    assert SPELLING.word(written) == meant


def test_leaves_what_may_be_a_slip_of_two_words() -> None:
    assert Spelling(("striped", "strived"), ()).word("stried") == "stried"


def test_mends_stems_and_leaves_places() -> None:
    tokens = tokenize("The medication contrct of 1/4/2015")
    mended = SPELLING.mended(tokens)
    assert "contract" in mended.stems
    assert (mended.starts, mended.ends, mended.words) == (tokens.starts, tokens.ends, tokens.words)


@given(st.sampled_from(KNOWN))
def test_known_words_stay(word: str) -> None:
    assert SPELLING.word(word) == word


@given(st.text(max_size=40))
def test_any_text_keeps_its_tokens(text: str) -> None:
    tokens = tokenize(text)
    assert len(SPELLING.mended(tokens)) == len(tokens)
