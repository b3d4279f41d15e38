"""Offsets lead back to words and boxes."""

from hypothesis import given
from hypothesis import strategies as st

from openimr.model.text import Box, Page, PageState, Word, Words


def page_of(text: str) -> Page:
    """A page whose words stand on a grid of 10 points a character and a line."""
    words = []
    offset = 0
    for row, line in enumerate(text.split("\n")):
        column = 0
        for part in line.split(" "):
            if part:
                box = Box(column * 10, row * 10, (column + len(part)) * 10, row * 10 + 10)
                start = offset + column
                words.append(Word(start, start + len(part), box, 1.0))
            column += len(part) + 1
        offset += len(line) + 1
    return Page(number=1, text=text, words=Words(iter(words)), state=PageState.TEXT, file_page=1)


def test_a_passage_over_two_lines_has_two_line_boxes() -> None:
    page = page_of("pain is\nbetter now")
    start, end = page.text.index("is"), page.text.index(" now")
    assert page.line_boxes(start, end) == [Box(50, 0, 70, 10), Box(0, 10, 60, 20)]
    assert page.box(start, end) == Box(0, 0, 70, 20)


def test_white_space_has_no_box() -> None:
    assert page_of("a  b").box(1, 3) is None


@given(st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=30), st.data())
def test_words_between_are_exactly_those_touched(parts: list[str], data: st.DataObject) -> None:
    page = page_of(" ".join(parts))
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    touched = [word for word in page.words if word.start < end and word.end > start]
    assert page.words.between(start, end) == touched


def test_packed_words_come_back_as_they_went_in() -> None:
    page = page_of("one two\nthree")
    again = Words(iter(page.words))
    assert again == page.words
    assert [page.text[word.start : word.end] for word in again] == ["one", "two", "three"]
