"""Words are drawn where they stand, at the size of their line."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from builders import page, words_of
from openimr.model.text import Box, Page, PageState, Word, Words
from openimr.render.lettering import is_monospaced, letter_page
from openimr.render.page_view import Mark, merge_marks, page_view


def scanned(*boxes: tuple[str, float, float]) -> Page:
    """A page of one line, each word with the top and bottom of its ink."""
    text, words, at = " ".join(word for word, _, _ in boxes), [], 0
    for word, top, bottom in boxes:
        box = Box(10.0 * at, top, 10.0 * at + 8 * len(word), bottom)
        words.append(Word(at, at + len(word), box, 0.9))
        at += len(word) + 1
    return Page(number=1, text=text, words=Words(tuple(words)), state=PageState.OCR, file_page=1)


def test_scanned_words_of_a_line_have_one_size_and_base_line() -> None:
    low, plain = letter_page(scanned(("pay", 102.2, 109.0), ("was", 102.2, 107.0)))
    assert low.size == plain.size
    assert abs(low.baseline - plain.baseline) < 1.0


def test_text_layer_words_keep_their_box() -> None:
    first, second = letter_page(page(1, "one\ntwo"))
    assert second.baseline > first.baseline
    assert first.size < 10.0


def test_text_layers_that_hug_the_ink_have_one_size_and_base_line_a_line() -> None:
    boxes = ("Temazepam", 100.0, 109.3), ("was", 102.0, 107.2), ("10/06/2014", 100.0, 107.9)
    hugged = replace(scanned(*boxes), state=PageState.TEXT)
    drawn = list(letter_page(hugged))
    assert len({(word.size, word.baseline) for word in drawn}) == 1
    assert 9.0 < drawn[0].size < 11.0
    assert abs(drawn[0].baseline - 107.2) < 0.5


def test_only_even_letters_are_monospaced() -> None:
    assert is_monospaced(page(1, "plain text of one width"))
    assert not is_monospaced(page(1, ""))
    assert not is_monospaced(scanned(("a", 0, 5), ("b", 0, 5)))


@given(st.text(max_size=80))
def test_every_word_is_drawn_once(text: str) -> None:
    leaf = page(1, text)
    drawn = list(letter_page(leaf))
    assert [each.text for each in drawn] == [text[word.start : word.end] for word in leaf.words]
    assert leaf.words == words_of(text)


def test_overlapping_marks_lose_no_text() -> None:
    bare = Page(number=1, text="abcdef", state=PageState.TEXT, file_page=1)
    marks = merge_marks(
        [
            Mark(start=2, end=5, name="b"),
            Mark(start=0, end=3, name="a"),
            Mark(start=0, end=3, name="a"),
        ]
    )
    shown = page_view(bare, marks, None, "label")
    assert shown == '<pre class="sheet"><mark class="mark" data-mark="a">abc</mark>def</pre>'
    assert len(marks) == 2
