"""Precedents: both outcomes evenly, the most alike first, copies once, and nothing of the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from searchable import Row, add_segment, item

from example_case import draft
from openimr.corpus.asked import Asked
from openimr.corpus.attach import precedents_of
from openimr.corpus.similar import Precedence
from openimr.corpus.store import Corpus
from openimr.model.precedent import Precedents
from openimr.model.published import Polarity
from openimr.model.ruling import Outcome
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary
from openimr.rulebook.said import load_said_vocabulary

LACK = "There is no documentation of functional improvement."
SHOWN = "The records document functional improvement."


def _norco(letter: str, outcome: str, **given: object) -> Row:
    row = {
        "heading": "Norco 10/325mg #60",
        "kind": "drug",
        "drug": "hydrocodone/acetaminophen",
        "topic": "hydrocodone-apap",
        "dose": "10/325 mg",
        "outcome": outcome,
        "decision_date": date(2015, 6, 1),
        "specialty": ["Pain Management"],
        "rationale": f"{LACK} Letter {letter}.",
    }
    return item(letter, **(row | given))


@pytest.fixture(scope="module")
def precedence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Precedence]:
    root = tmp_path_factory.mktemp("corpus") / "c"
    rows = [_norco(f"U{number}", "Upheld") for number in range(6)]
    rows += [_norco(f"C{number}", "Upheld", rationale=LACK) for number in range(4)]
    rows += [_norco("O1", "Overturned", dose="5/325 mg", rationale=f"{SHOWN} He works. Yes.")]
    rows += [_norco("O2", "Overturned", rationale=f"{SHOWN} Also well.")]
    sciatica = "He has sciatica and a footdrop after his fall."
    rows += [_norco("O3", "Overturned", dose="5/325 mg", summary=sciatica)]
    rows += [_norco("U9", "Upheld", dose="5/325 mg", summary=sciatica)]
    rows += [
        item(f"M{number}", heading="MRI", kind="imaging", topic="mri-lumbar", outcome="Upheld")
        for number in range(60)
    ]
    add_segment(root, rows)
    with Corpus.open(root) as corpus:
        yield Precedence(corpus, load_said_vocabulary())


def _find(precedence: Precedence, line: str, text: str = "", each: int = 2) -> Precedents:
    formulary = load_formulary()
    request = parse_request(line, formulary, load_request_vocabulary())
    return precedence.find(Asked.of(request, formulary, text), each=each)


def test_both_outcomes_come_in_the_same_number_with_how_many_there_are(
    precedence: Precedence,
) -> None:
    found = _find(precedence, "Norco 10/325mg #90")
    assert (len(found.upheld), len(found.overturned)) == (2, 2)
    assert (found.upheld_count, found.overturned_count) == (11, 3)
    assert {each.outcome for each in found.upheld} == {Outcome.UPHELD}
    assert len(_find(precedence, "Norco 10/325mg #90", each=9).upheld) == 3


def test_the_more_alike_comes_first_and_says_in_what(precedence: Precedence) -> None:
    found = _find(precedence, "Norco 10/325mg #90")
    assert found.overturned[0].item == "O2/1"
    assert found.overturned[0].alike == ("drug", "strength")
    assert found.overturned[1].alike == ("drug",)


def test_words_of_the_case_that_few_letters_hold_bring_a_letter_forward(
    precedence: Precedence,
) -> None:
    found = _find(precedence, "Norco 2.5/325mg", "A footdrop with sciatica since the fall", each=1)
    assert found.overturned[0].item == "O3/1"
    assert {"footdrop", "sciatica"} <= set(found.overturned[0].shared)


def test_a_copied_rationale_is_shown_once(precedence: Precedence) -> None:
    found = _find(precedence, "Norco", each=9)
    copies = [each for each in found.upheld if each.item.startswith("C")]
    assert len(copies) <= 1


def test_what_was_said_is_quoted_in_the_sentence_it_stands_in(precedence: Precedence) -> None:
    said = _find(precedence, "Norco 10/325mg #90").overturned[0].said[0]
    assert (said.polarity, said.quote) == (Polarity.PRESENT, SHOWN)


def test_where_a_drug_was_never_decided_its_topic_or_kind_is_taken_and_named(
    precedence: Precedence,
) -> None:
    found = _find(precedence, "Gralise 600mg #60")
    assert found.same == "kind of treatment drug"
    assert len(found.upheld) == len(found.overturned) == 2


def test_the_same_question_has_the_same_answer(precedence: Precedence) -> None:
    assert _find(precedence, "Norco 10/325mg") == _find(precedence, "Norco 10/325mg")


def test_a_draft_is_the_same_with_and_without_precedents(precedence: Precedence) -> None:
    made = draft()
    before = asdict(made)
    pairs = precedents_of(made, precedence, load_formulary())
    assert asdict(made) == before
    assert [found.index for found, _ in pairs] == [each.item.index for each in made.items]


def test_an_empty_corpus_has_none(tmp_path: Path) -> None:
    add_segment(tmp_path / "c", [])
    with Corpus.open(tmp_path / "c") as corpus:
        found = _find(Precedence(corpus, load_said_vocabulary()), "Norco 10/325mg #90")
    assert (found.upheld, found.overturned, found.upheld_count) == ((), (), 0)
