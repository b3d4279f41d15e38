"""Passages show what was found, verbatim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openimr.corpus.highlight import find, passages
from openimr.corpus.query import parse, terms
from openimr.corpus.words import cut, exact, words

RATIONALE = (
    "The patient takes Norco 10/325mg. " + "Nothing else is said of it here. " * 20 + "There is no"
    " documented functional improvement with Norco, and no documentation of pain."
)


def marked(query: str, text: str) -> list[str]:
    spans = find("rationale", text, terms(parse(query)))
    return [text[start:end] for (start, end), _ in spans]


def test_words_are_marked_with_their_endings_and_phrases_as_written() -> None:
    text = "Documented, documentation; undocumented. L4-5, L4 5 and l4/5 are one. 10/325mg."
    assert marked("document", text) == ["Documented", "documentation"]
    assert marked('"documented"', text) == ["Documented"]
    assert marked("docu*", text) == ["Documented", "documentation"]
    assert marked("L4-5", text) == ["L4-5", "L4 5", "l4/5"]
    assert marked('"10/325 mg"', text) == ["10/325mg"]
    assert marked("one NOT documented", text) == ["one"]
    assert marked("heading:one", text) == []


def test_the_passage_with_most_different_terms_is_shown() -> None:
    query = parse('norco "functional improvement"')
    (passage,) = passages({"rationale": RATIONALE}, terms(query))
    assert [RATIONALE[start:end] for start, end in passage.marks] == [
        "functional improvement",
        "Norco",
    ]
    assert passage.text == RATIONALE[passage.start : passage.end]
    assert len(passage.text) <= 240
    assert not passage.text.startswith(" ")


def test_a_phrase_longer_than_a_passage_is_shown_whole() -> None:
    text = "word " * 100
    (passage,) = passages({"summary": text}, terms(parse(f'"{text}"')))
    assert passage.text == text.rstrip() or passage.text == text


def test_each_column_has_one_passage_and_the_heading_comes_first() -> None:
    texts = {"heading": "Norco", "rationale": RATIONALE, "reviewer_guideline": "Norco page 3"}
    found = passages(texts, terms(parse("norco")), at_most=3)
    assert [passage.column for passage in found] == ["heading", "rationale", "reviewer_guideline"]


latin = st.characters(max_codepoint=0x24F)  # Python and tantivy know different editions of the rest


@given(st.text(latin, max_size=300) | st.text(alphabet="aZ09 /-.µé²½ﬁ①_'", max_size=300))
def test_words_are_those_of_the_index(text: str) -> None:
    found = words(text)
    assert " ".join(word.text for word in found).split() == exact().analyze(cut(text))
    for word in found:
        assert text[word.start : word.end].strip() == text[word.start : word.end] != ""


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_gives_marks_that_lie_in_it(text: str, piece: str) -> None:
    asked = terms(parse('"' + piece.replace('"', " ").replace("“", " ").replace("”", " ") + '"'))
    for passage in passages({"rationale": text + piece}, asked):
        assert passage.text == (text + piece)[passage.start : passage.end]
        assert all(passage.start <= start < end <= passage.end for start, end in passage.marks)
