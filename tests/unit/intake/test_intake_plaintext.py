# ruff: noqa: RUF001 - dashes and quotes are what is decoded
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openimr.intake.plaintext import decode, read_text, text_page
from openimr.model.text import PageState

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x0c"), max_size=300)


@given(TEXT)
def test_words_cover_exactly_what_is_not_space(text: str) -> None:
    page = text_page(text, 1)
    assert page.text == text
    assert [text[word.start : word.end] for word in page.words] == text.split()


@given(TEXT)
def test_boxes_stay_on_the_sheet_and_do_not_overlap_in_a_row(text: str) -> None:
    page = text_page(text, 1)
    previous = None
    for word in page.words:
        assert 0 <= word.box.x0 < word.box.x1 <= page.width
        assert 0 <= word.box.y0 < word.box.y1 <= page.height
        if previous is not None and previous.box.y0 == word.box.y0:
            assert previous.box.x1 <= word.box.x0
        previous = word


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_a_form_feed_parts_pages(texts: list[str]) -> None:
    pages = read_text("\f".join([*texts, ""]))
    assert [page.text for page in pages] == texts
    assert [page.number for page in pages] == list(range(1, len(texts) + 1))


def test_a_page_without_words_is_blank() -> None:
    assert [page.state for page in read_text("one\f \n \fthree")] == [
        PageState.TEXT,
        PageState.BLANK,
        PageState.TEXT,
    ]


def test_encodings() -> None:
    assert decode("naïve – “q”".encode()) == "naïve – “q”"
    assert decode("naïve – “q”".encode("cp1252")) == "naïve – “q”"
    assert decode("naïve".encode("utf-16")) == "naïve"
    assert decode(b"\xef\xbb\xbfa\r\nb\rc") == "a\nb\nc"


@given(st.binary(max_size=200))
def test_any_bytes_decode(raw: bytes) -> None:
    assert "\r" not in decode(raw)
