"""Letters cut, shuffled and soiled: a typed refusal or a whole letter, never anything between."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_letters import rationale_of, read

from openimr.model.errors import NotADetermination
from openimr.published.json import letter_json

SAMPLES = sorted((Path(__file__).parents[2] / "golden" / "letters").glob("*.txt"))
TEXTS = [sample.read_bytes().decode() for sample in SAMPLES]
junk = st.text(
    alphabet="\x00\x02\f\r\n\t :.()#UpheldOvertumed1 9\u00ad\ufffe\ud800\U0001f600", max_size=40
)


def survives(text: str) -> None:
    try:
        letter = read(text)
    except NotADetermination:
        return
    assert letter.items
    for number, item in enumerate(letter.items, 1):
        assert item.outcome is not None
        assert item.heading
        assert item.item.index == number
        assert rationale_of(letter, number)
    letter_json(letter)


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(TEXTS), st.data())
def test_a_piece_cut_out_and_junk_put_in(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 3000)))
    survives(text[:start] + data.draw(junk) + text[end:])


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), st.integers(1, 12))
def test_lines_and_parts_shuffled(text: str, chance: object, parts: int) -> None:
    lines = text.splitlines(keepends=True)
    size = max(1, len(lines) // parts)
    chunks = ["".join(lines[first : first + size]) for first in range(0, len(lines), size)]
    chance.shuffle(chunks)  # type: ignore[attr-defined]
    survives("".join(chunks))


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.integers(0, 100))
def test_two_letters_run_together(first: str, second: str, part: int) -> None:
    survives(first[: len(first) * part // 100] + second)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_cut_anywhere_it_never_gains_or_changes_an_item(sample: Path) -> None:
    text = sample.read_bytes().decode()
    whole = read(text)
    for end in range(0, len(text), 97):
        try:
            letter = read(text[:end])
        except NotADetermination:
            continue
        for item, want in zip(letter.items, whole.items, strict=False):
            assert (item.heading, item.outcome) == (want.heading, want.outcome)
        assert len(letter.items) <= len(whole.items)
