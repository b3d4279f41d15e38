from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from openimr.intake.layout import lay_out
from openimr.intake.piece import Piece
from openimr.intake.upright import text_direction, turn_box, turn_pieces
from openimr.model.text import Box

BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.floats(0, 500),
    st.floats(0, 700),
    st.floats(1, 90),
    st.floats(4, 30),
)
WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=9)
PIECES = st.lists(st.builds(Piece, WORDS, BOXES, st.floats(0, 1)), max_size=40)


def row(y: float, *words: tuple[str, float]) -> list[Piece]:
    return [Piece(text, Box(x, y, x + 6 * len(text), y + 10)) for text, x in words]


@given(PIECES)
def test_no_word_is_lost_and_offsets_hold(pieces: list[Piece]) -> None:
    text, words = lay_out(pieces)
    assert sorted(text[word.start : word.end] for word in words) == sorted(p.text for p in pieces)
    assert "".join(text.split()) == "".join(text[word.start : word.end] for word in words)


@given(PIECES, st.randoms(use_true_random=False))
def test_the_order_of_drawing_does_not_matter_for_rows(
    pieces: list[Piece], source: random.Random
) -> None:
    distinct = list({(p.box.y0 + p.box.y1, p.box.x0): p for p in pieces}.values())
    shuffled = distinct[:]
    source.shuffle(shuffled)
    assert lay_out(shuffled)[0] == lay_out(distinct)[0]


def test_answers_drawn_after_their_labels_stand_beside_them() -> None:
    labels = [*row(0, ("Claim:", 0)), *row(20, ("DOB:", 0))]
    answers = [*row(1, ("123", 60)), *row(19, ("1/2/70", 60))]
    assert [line.split() for line in lay_out([*labels, *answers])[0].split("\n")] == [
        ["Claim:", "123"],
        ["DOB:", "1/2/70"],
    ]


def test_a_table_keeps_its_columns_apart() -> None:
    assert lay_out(row(0, ("Norco", 0), ("10/325", 100), ("#120", 200)))[0].count("  ") >= 2


def test_a_wide_step_is_a_blank_line() -> None:
    lines = [*row(0, ("a", 0)), *row(12, ("b", 0)), *row(24, ("c", 0)), *row(60, ("d", 0))]
    assert lay_out(lines)[0] == "a\nb\nc\n\nd"


@given(BOXES, st.sampled_from([0, 90, 180, 270]))
def test_four_turns_lead_back(box: Box, degrees: int) -> None:
    size = (612.0, 792.0)
    turned, new_size = turn_pieces([Piece("x", box)], size, degrees)
    back = turn_box(turned[0].box, new_size, (360 - degrees) % 360)
    for mine, theirs in zip(
        (back.x0, back.y0, back.x1, back.y1), (box.x0, box.y0, box.x1, box.y1), strict=True
    ):
        assert abs(mine - theirs) < 1e-6


def test_sideways_words_tell_which_way_they_run() -> None:
    down = [Box(100, 60 * at, 110, 60 * at + 50) for at in range(10)]
    assert text_direction(down) == 270
    assert text_direction(down[::-1]) == 90
    assert text_direction([Box(60 * at, 0, 60 * at + 50, 10) for at in range(10)]) == 0


def two_columns(rows: int, left: str, right: str) -> list[Piece]:
    pieces: list[Piece] = []
    for at in range(rows):
        for start, text in ((40, left), (320, right)):
            x = float(start)
            for word in text.split():
                pieces.append(
                    Piece(f"{word}{at}", Box(x, 14 * at, x + 6 * len(word), 14 * at + 10))
                )
                x += 6 * len(word) + 6
    return pieces


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    text = lay_out(
        two_columns(9, "this column is full of words here", "and the other one is too, yes")
    )[0]
    lines = text.split("\n")
    assert lines[0].startswith("this0 column0")
    assert lines[1].startswith("this1")
    assert lines[9].startswith("and0")


def test_labels_and_answers_are_no_columns() -> None:
    text = lay_out(two_columns(9, "Claim number:", "WM 0610 33958"))[0]
    assert text.split("\n")[0].split() == ["Claim0", "number:0", "WM0", "06100", "339580"]
