"""What a rationale says of the record; every sentence here is written for the test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.model.published import Polarity
from openimr.model.said import SaidVocabulary
from openimr.published.said import read_said
from openimr.rulebook.said import load_said_vocabulary

VOCABULARY = load_said_vocabulary()


@pytest.fixture(scope="module")
def vocabulary() -> SaidVocabulary:
    return VOCABULARY


def signs(text: str) -> set[str]:
    """`+code` for what is there, `-code` for what is lacking."""
    marks = {Polarity.PRESENT: "+", Polarity.MISSING: "-"}
    return {marks[said.polarity] + said.element for said in read_said(text, VOCABULARY)}


MISSING = [
    ("There is no documentation of functional improvement.", {"functional_improvement"}),
    (
        "The notes do not document a recent urine drug screen or an opioid agreement.",
        {"urine_drug_screen", "opioid_agreement"},
    ),
    ("A home exercise program has not been established.", {"home_exercise"}),
    ("The provider failed to provide a clear rationale.", {"rationale_by_provider"}),
    ("It is not clear whether first-line therapy was tried.", {"first_line_trial"}),
    ("The duration of use was not specified.", {"duration_frequency"}),
    ("The records lack evidence of radiculopathy.", {"radiculopathy"}),
    (
        "There was no mention of pain relief, objective functional improvement, or side effects.",
        {"pain_relief", "functional_improvement", "side_effects"},
    ),
    ("No CURES report, pain contract or red flags are on file.",
     {"prescription_monitoring", "opioid_agreement", "red_flags"}),
    ("It is unclear how many sessions she has had so far.", {"prior_visits"}),
    ("There is no evidence that he has failed conservative care.", {"conservative_care"}),
    ("The patient is without gastrointestinal complaints.", {"gi_risk"}),
    ("He has not returned with new symptoms since the first study.", {"change_in_condition"}),
    ("The request exceeds the guideline.", {"within_limits"}),
    ("Here the surgery was not certified, so a brace is not needed.", {"surgical_plan"}),
]  # fmt: skip

PRESENT = [
    ("The records document functional improvement.", {"functional_improvement"}),
    ("He has completed 12 sessions of physical therapy.", {"physical_therapy", "prior_visits"}),
    (
        "Physical therapy, medication and other conservative measures have failed.",
        {"physical_therapy", "conservative_care"},
    ),
    ("The patient reports 50% pain relief.", {"pain_relief"}),
    ("The MRI revealed a disc extrusion.", {"imaging"}),
    ("Examination showed a positive straight leg raise.", {"objective_findings"}),
    ("An opioid agreement was noted.", {"opioid_agreement"}),
    ("It was noted that a recent urine drug screen was consistent.", {"urine_drug_screen"}),
]

NEITHER = [
    "MTUS requires documentation of functional improvement and pain relief.",
    "Guidelines recommend an MRI when there is failure of conservative care or a red flag.",
    "Continued use should rest on functional improvement, side effects and a urine drug screen.",
    'The guideline says, "patients without radiculopathy or red flags need no imaging findings."',
    "The request is for an MRI of the lumbar spine without contrast.",
    "Weaning is advised.",
    "",
]


@pytest.mark.parametrize(("text", "elements"), MISSING)
def test_what_is_lacking(text: str, elements: set[str]) -> None:
    assert signs(text) == {f"-{element}" for element in elements}


@pytest.mark.parametrize(("text", "elements"), PRESENT)
def test_what_is_there(text: str, elements: set[str]) -> None:
    assert signs(text) == {f"+{element}" for element in elements}


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_asked_for_is_neither(text: str) -> None:
    assert signs(text) == set()


def test_a_turn_leads_back_from_the_guideline_to_the_case() -> None:
    text = "MTUS recommends therapy with functional improvement; however, no such radiculopathy."
    assert signs(text) == {"-radiculopathy"}


def test_what_comes_before_the_case_is_the_guidelines() -> None:
    guideline = "An injection is recommended for radiculopathy. Alone it offers no pain relief. "
    case = "In this case there are no red flags."
    assert signs(guideline + case) == {"-red_flags"}
    assert signs(guideline) == set()
    assert signs("Alone it offers no pain relief. " + case) == {"-pain_relief", "-red_flags"}


def test_what_follows_an_aside_is_not_lacking() -> None:
    text = "There is no documentation of functional improvement from the prior physical therapy."
    assert signs(text) == {"-functional_improvement"}
    text = "Documentation of functional improvement with the current dose is absent."
    assert signs(text) == {"-functional_improvement"}


def test_nothing_reaches_over_a_full_stop() -> None:
    text = "There is no evidence of a fall. The records document radiculopathy."
    assert signs(text) == {"+radiculopathy"}


def test_both_polarities_of_one_rationale() -> None:
    text = "The patient has completed physical therapy, but there is no functional improvement."
    assert signs(text) == {"+physical_therapy", "-functional_improvement"}


def test_the_place_is_that_of_the_words() -> None:
    text = "However, there is no documentation of func\u00adtional\n  improvement at all."
    (said,) = read_said(text, VOCABULARY)
    assert text[said.start : said.end] == "func\u00adtional\n  improvement"


def test_letters_with_a_longer_small_form_keep_their_place() -> None:
    text = "\u0130\u0130 There is no evidence of radiculopathy."
    (said,) = read_said(text, VOCABULARY)
    assert text[said.start : said.end] == "radiculopathy"


@given(st.lists(st.sampled_from([text for text, _ in MISSING + PRESENT]), max_size=6))
def test_sentences_say_together_what_each_says_alone(sentences: list[str]) -> None:
    assert signs(" ".join(sentences)) == set().union(*map(signs, sentences))


@given(st.text(max_size=300))
def test_any_text_is_read_and_places_hold(text: str) -> None:
    for said in read_said(f"{text} no pain\u00ad  relief {text}", VOCABULARY):
        assert 0 <= said.start < said.end <= 2 * len(text) + 20


@given(
    st.sampled_from([text for text, _ in MISSING + PRESENT]), st.sampled_from(["\n", "\t", "  "])
)
def test_space_does_not_matter(text: str, space: str) -> None:
    assert signs(text.replace(" ", space)) == signs(text)


def test_every_element_can_be_said(vocabulary: SaidVocabulary) -> None:
    for element in vocabulary.elements:
        for phrase in element.phrases[:1]:
            assert f"-{element.code}" in signs(f"There is a lack of {phrase} in this case.")
