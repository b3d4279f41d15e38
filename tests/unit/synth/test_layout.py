"""Wrapping, paging and marks: what is quoted is what stands on the page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openimr.synth.layout import Frame, mark, set_pages, width, wrap

WORD = st.text(alphabet="abcdefg.,0123456789/", min_size=1, max_size=9)


@given(st.lists(WORD, min_size=1, max_size=60), st.integers(10, 60), st.data())
def test_a_marked_passage_is_quoted_with_the_line_breaks_of_its_page(
    words: list[str], columns: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    passage = mark(0, " ".join(words[first : last + 1]))
    text = " ".join([*words[:first], passage, *words[last + 1 :]])
    lines = [f"line {number}" for number in range(data.draw(st.integers(0, 12)))] + wrap(
        text, columns
    )
    pages, passages = set_pages(
        lines, Frame(lines=14, head=("head {page}/{pages}",), foot=("foot",))
    )
    (found,) = passages
    assert found.quote in pages[found.page - 1]
    assert found.quote.split() == " ".join(words[first : last + 1]).split()


@given(st.lists(WORD, min_size=1, max_size=40), st.integers(12, 50))
def test_wrapped_lines_fit_and_keep_every_word(words: list[str], columns: int) -> None:
    lines = wrap(" ".join(words), columns, "  - ", "    ")
    assert " ".join(lines).split()[1:] == words
    assert all(width(line) <= columns or len(line.split()) <= 2 for line in lines)


def test_numbers_are_filled_at_head_and_foot() -> None:
    pages, _ = set_pages(["a", "\f", "b"], Frame(lines=8, head=("p {page} of {pages}",)))
    assert pages[0].startswith("p 1 of 2")
    assert pages[1].startswith("p 2 of 2")
