"""What a second reader pointed at is marked where it is cited; the letter says who was asked."""

from __future__ import annotations

from dataclasses import replace

from builders import ENGINE
from example_records import CERTIFICATES, DOCUMENTS, FACTS, HEADER
from openimr.draft.method import how_made
from openimr.draft.record import Record
from openimr.model.evidence import Origin
from openimr.model.labels import origin_mark
from openimr.model.second_reader import Refusal, SecondReading

OWN = FACTS[0]
POINTED = replace(OWN, origin=Origin.SECOND_READER)
READING = SecondReading(
    reader="a-model:7b",
    questions=12,
    proposals=(),
    agreed=3,
    dropped=((Refusal.NOT_VERBATIM, 4), (Refusal.NO_VALUE, 5)),
    unanswered=(("nobody answers at the address", 1),),
)


def test_a_citation_says_whose_the_passages_are() -> None:
    assert origin_mark([OWN]) == ""
    assert origin_mark([POINTED]) == "; second reader"
    assert origin_mark([OWN, POINTED]) == "; second reader in part"
    assert origin_mark([]) == ""


def test_the_mark_stands_behind_the_pages() -> None:
    record = Record.of(HEADER, DOCUMENTS, FACTS, CERTIFICATES)
    assert record.cite([POINTED]) == f"{record.cite([OWN])[:-1]}; second reader)"


def test_the_letter_names_the_model_and_what_became_of_its_proposals() -> None:
    told = " ".join(how_made("The organization", ENGINE, 3, 2, READING))
    assert "(a-model:7b)" in told
    assert "3 pointed at what the rules had read already, and 9 were dropped" in told
    assert "1 of 12 questions had no answer" in told
    assert "with no statistical or language model" not in told


def test_without_one_the_letter_is_as_it_was() -> None:
    told = " ".join(how_made("The organization", ENGINE, 3, 2))
    assert "with no statistical or language model" in told
    assert "second reader" not in told
