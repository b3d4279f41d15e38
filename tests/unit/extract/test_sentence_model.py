"""Proposals are quotes of their page, in whole numbers, and the same on every run."""

import hashlib
import json
import zlib
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import document, fact
from openimr.extract.certificate import Searcher
from openimr.extract.sentence_features import Features, windows
from openimr.extract.sentence_model import Proposer
from openimr.extract.sentences import split_sentences
from openimr.extract.tokens import tokenize
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Drug, Formulary
from openimr.model.errors import RulebookInvalid
from openimr.model.evidence import Certificate, Fact
from openimr.model.ids import ConceptId
from openimr.model.lexicon import Concept, Lexicon
from openimr.model.sentence_model import SentenceModel
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.sentence_model import load_sentence_model, parse_sentence_model

RELIEF = ConceptId("relief")
WORK = ConceptId("work")
FORMULARY = Formulary((Drug(generic="hydrocodone", brands=("Norco",)),))
BUCKETS = 1 << 12


def model(
    weights: dict[tuple[str, int], int], thresholds: tuple[int, int] = (5, 5)
) -> SentenceModel:
    """A model of two concepts in which some words weigh something."""
    features = Features(FORMULARY, BUCKETS)
    table = np.zeros((BUCKETS, 2), dtype=np.int8)
    for (word, column), weight in weights.items():
        table[features.of_word(word)[0], column] = weight
    return SentenceModel(
        concepts=(RELIEF, WORK), thresholds=thresholds, buckets=BUCKETS, weights=table.tobytes()
    )


def proposed(text: str, made: SentenceModel) -> dict[str, list[str]]:
    found = Proposer(made, FORMULARY).propose(tokenize(text), split_sentences(text))
    return {name: [text[one.start : one.end] for one in ones] for name, ones in found.items()}


def test_a_sentence_is_proposed_from_its_threshold_on() -> None:
    made = model({("eases", 0): 5, ("shift", 1): 4, ("desk", 1): 2})
    text = "The pill eases it. He does a shift. He does a shift at the desk."
    assert proposed(text, made) == {
        RELIEF: ["The pill eases it."],
        WORK: ["He does a shift at the desk."],
    }


def test_numbers_and_drugs_count_by_class() -> None:
    features = Features(FORMULARY, BUCKETS)
    assert features.of_word("8") == features.of_word("seven")
    assert features.of_word("8") != features.of_word("80")
    assert features.of_word("hydrocodone") == features.of_word("norco")


def test_misspelled_words_share_parts() -> None:
    features = Features(FORMULARY, BUCKETS)
    right, wrong = set(features.of_word("agreement")), set(features.of_word("agreemnt"))
    assert len(right & wrong) >= 4


def test_negated_words_are_told_from_others() -> None:
    features = Features(FORMULARY, BUCKETS)
    _, _, negated = features.of_contexts(features.rows(["no", "spasm", "seen"]), [0])
    assert negated[0] == features.none
    assert negated[1] != features.none


def test_a_long_sentence_is_judged_in_windows() -> None:
    made = model({("eases", 0): 3, ("helps", 0): 3})
    far = "eases " + "word " * 60 + "helps"
    assert proposed(far, made) == {}
    assert proposed("it eases and helps " + "word " * 60, made) != {}


def test_headings_are_not_proposed() -> None:
    made = model({("shift", 1): 9})
    assert proposed("Shift:", made) == {}
    assert proposed("NIGHT SHIFT", made) == {}
    assert proposed("NIGHT SHIFT FOUR TIMES", made) != {}


@given(st.integers(0, 400), st.integers(0, 50))
def test_windows_cover_every_word(count: int, first: int) -> None:
    covered = {at for start, end in windows(first, first + count) for at in range(start, end)}
    assert covered == set(range(first, first + count))


@given(st.text(max_size=300))
def test_any_text_is_read_the_same_at_once_and_sentence_by_sentence(text: str) -> None:
    made = SentenceModel(
        concepts=(RELIEF, WORK),
        thresholds=(1, 1),
        buckets=64,
        weights=bytes(range(128)),
    )
    proposer = Proposer(made, FORMULARY)
    tokens, sentences = tokenize(text), split_sentences(text)
    whole = proposer.propose(tokens, sentences)
    single: dict[ConceptId, list[object]] = {}
    for sentence in sentences:
        for concept, ones in Proposer(made, FORMULARY).propose(tokens, [sentence]).items():
            single.setdefault(concept, []).extend(ones)
    assert {name: list(ones) for name, ones in whole.items()} == single
    for ones in whole.values():
        assert all(0 <= one.start < one.end <= len(text) for one in ones)


def test_the_shipped_model_finds_what_phrases_do_not() -> None:
    proposer = Proposer(load_sentence_model(), load_formulary())
    for text, concept in (
        ("By the third evening without it he was at 8.", "pain_with_without_medication"),
        ("He could not hold the half day without the patch.", "return_to_work"),
        ("She put her name to the medication rules again in January.", "opioid_agreement"),
    ):
        assert concept in proposer.propose(tokenize(text), split_sentences(text)), text


def test_the_shipped_model_leaves_plain_sentences_alone() -> None:
    proposer = Proposer(load_sentence_model(), load_formulary())
    text = "The patient was seen today. Claim number on file. Page 6 of 10."
    assert not proposer.propose(tokenize(text), split_sentences(text))


SAID = "It eases him by noon."
LATEST = date(2015, 4, 9)


def certified(*given: Document, facts: tuple[Fact, ...] = ()) -> Certificate:
    """The certificate for relief of a case file, with a model that knows one word."""
    relief = Concept(id=RELIEF, label="pain relief", expressions=())
    lexicon = Lexicon(concepts={RELIEF: relief}, cues=(), section_heads={})
    proposer = Proposer(model({("eases", 0): 5}), FORMULARY)
    return Searcher(given, facts, lexicon, FORMULARY, proposer).certify((RELIEF,))


def test_a_certificate_points_at_a_proposal_in_words() -> None:
    note = document("D01", DocumentKind.PROGRESS_REPORT, LATEST, None, f"Seen today. {SAID}")
    certificate = certified(note)
    (near,) = certificate.nearest
    assert (near.quote, near.possible, near.words_only) == (SAID, True, False)
    assert near.quote == note.page(1).text[near.start : near.end]
    assert near.why.startswith("seems to speak of pain relief, as the sentence model found")
    assert not certificate.claims_absence


def test_what_was_read_is_not_proposed_again() -> None:
    note = document("D01", DocumentKind.PROGRESS_REPORT, LATEST, None, SAID)
    read = fact(1, RELIEF, note, 1, SAID)
    (near,) = certified(note, facts=(read,)).nearest
    assert "sentence model" not in near.why


def test_a_proposal_of_long_ago_is_shown_and_is_no_possible_evidence() -> None:
    now = document("D01", DocumentKind.PROGRESS_REPORT, LATEST, None, "Seen today.")
    old = document("D02", DocumentKind.PROGRESS_REPORT, date(2011, 1, 5), None, SAID)
    certificate = certified(now, old)
    assert [near.possible for near in certificate.nearest] == [False]
    assert certificate.claims_absence


def test_argument_and_review_are_not_searched_for_proposals() -> None:
    review = document("D01", DocumentKind.UR_DECISION, LATEST, None, SAID)
    letter = document("D02", DocumentKind.CORRESPONDENCE, LATEST, None, SAID)
    assert certified(review, letter).nearest == ()


def packed(weights: bytes) -> tuple[str, bytes]:
    data = zlib.compress(weights)
    head = {"buckets": 2, "sha256": hashlib.sha256(data).hexdigest(), "thresholds": {"work": 3}}
    return json.dumps(head), data


def test_a_model_is_read_back() -> None:
    read = parse_sentence_model(*packed(b"\x01\xff"))
    assert (read.concepts, read.thresholds, read.weights) == (("work",), (3,), b"\x01\xff")


@pytest.mark.parametrize(
    ("head", "data", "why"),
    [
        ("{", b"", "does not name"),
        ("[]", b"", "does not name"),
        (json.dumps({"buckets": 2, "sha256": "0" * 64, "thresholds": {"a": 1}}), b"x", "its hash"),
        (*packed(b"\x01"), "holds no 2 weights"),
        (*packed(b"\x01" * 9), "holds no 2 weights"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(head: str, data: bytes, why: str) -> None:
    with pytest.raises(RulebookInvalid, match=why):
        parse_sentence_model(head, data)


def test_bytes_that_are_no_archive_are_refused() -> None:
    junk = b"not packed"
    head = {"buckets": 1, "sha256": hashlib.sha256(junk).hexdigest(), "thresholds": {"a": 1}}
    with pytest.raises(RulebookInvalid, match="holds no 1 weights"):
        parse_sentence_model(json.dumps(head), junk)
