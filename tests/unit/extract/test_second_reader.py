"""A second reader may only point: what stands there, and what it means, is read by the rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import document, page
from openimr.extract.facts import extract_document
from openimr.extract.second_reader.answers import NO_JSON, check_answer
from openimr.extract.second_reader.consult import GIVEN_UP, Consultation
from openimr.extract.second_reader.facts import Outcome, SecondExtractor
from openimr.extract.second_reader.questions import MOST_PROPOSALS, ask_about
from openimr.model.case import CaseHeader
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import Assertion, Fact, Origin
from openimr.model.ids import ConceptId
from openimr.model.second_reader import (
    Answer,
    Question,
    Refusal,
    SecondProposal,
    SecondReading,
)
from openimr.model.text import Notice, NoticeKind
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.lexicon import load_lexicon
from openimr.rulebook.second_reader import load_second_reader_vocabulary
from openimr.rulebook.strict_yaml import parse_yaml

LEXICON = load_lexicon()
FORMULARY = load_formulary()
LOOSE = load_second_reader_vocabulary(LEXICON)
DAY = date(2015, 4, 9)
VISIT = """PROGRESS REPORT 04/09/2015

Without the Norco he calls his back a nine, and he has no use for company.
Once the tablet is in him he is a
four and can sit through supper.
His mother was listless on this medicine.
If he were to become listless on it we would stop.
He is not listless on the Norco.
He attended 6 visits of therapy.
"""


@dataclass
class Script:
    """A reader that answers by a script."""

    say: Callable[[Question], str]
    name: str = "scripted"
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return Answer(text=self.say(question))


def pointing(*pointed: tuple[str, str]) -> Script:
    """A reader that points at words by their concept, in the sentence where they stand."""

    def say(question: Question) -> str:
        proposals = [
            {"sentence": number, "concept": concept, "quote": quote}
            for concept, quote in pointed
            for number, line in enumerate(question.text.splitlines(), start=1)
            if quote in line
        ]
        return json.dumps({"proposals": proposals})

    return Script(say)


def consult(
    reader: Script | SecondReading,
    text: str | Document = VISIT,
    kind: DocumentKind = DocumentKind.PROGRESS_REPORT,
) -> tuple[tuple[Fact, ...], SecondReading]:
    one = document("D01", kind, DAY, "A. Writer", text) if isinstance(text, str) else text
    header = CaseHeader()
    known = extract_document(one, header=header, lexicon=LEXICON, formulary=FORMULARY)
    consultation = Consultation(
        documents=(one,),
        header=header,
        known=(known,),
        lexicon=LEXICON,
        formulary=FORMULARY,
        loose=LOOSE,
    )
    if isinstance(reader, SecondReading):
        facts, reading = consultation.replay(reader)
    else:
        facts, reading = consultation.ask(reader)
    return facts[0], reading


@pytest.mark.parametrize(
    ("concept", "text", "quote", "value"),
    [
        ("pain_score", "Since the patch went back on he tells us of a 4 for his pain, no worse.",
         "a 4", {"score": 4, "context": "with_medication"}),
        ("pain_with_without_medication",
         "Before the tablet her pain would have her at nine; with it she gets to around four.",
         "Before the tablet her pain would have her at nine; with it she gets to around four",
         {"without": 9, "with": 4, "direction": "better"}),
        ("pain_with_without_medication", "The Norco quiets the throb so that he sleeps.",
         "quiets the throb", {"relief": "some", "direction": "better"}),
        ("pain_with_without_medication", "The tablets might as well be chalk, he says.",
         "might as well be chalk", {"relief": "none", "direction": "same"}),
        ("return_to_work", "She punches in at six like everybody else.",
         "punches in at six", {"status": "full_duty"}),
        ("return_to_work", "They have him sit-down work for now, three hours.",
         "sit-down work", {"status": "modified_duty"}),
        ("pdmp_cures", "CURES was run at noon.\n\nShe has the one pharmacy and nobody but us.",
         "the one pharmacy", {"result": "consistent"}),
        ("adverse_effects", "On the Norco he nods over his plate.",
         "nods over his plate", {"effect": "sedation"}),
        ("aberrant_behaviour", "The count tallied to the tablet.", "The count tallied",
         {"kind": "any"}),
        ("prior_nonopioid_trials", "Elavil petered out after a month.",
         "Elavil petered out", {"drug": "Elavil", "generic": "amitriptyline", "outcome": "failed"}),
        ("muscle_spasm", "The paraspinals are ropy under the hand.", "are ropy", {"kind": "spasm"}),
        ("pain_pattern", "It never leaves him, he says of the pain.", "never leaves him",
         {"pattern": "constant"}),
    ],
)  # fmt: skip
def test_what_is_pointed_at_is_read_by_the_rules(
    concept: str, text: str, quote: str, value: dict[str, object]
) -> None:
    facts, reading = consult(pointing((concept, quote)), f"PROGRESS REPORT\n\n{text}\n")
    if reading.agreed:
        return  # The rules read it by themselves by now.
    (fact,) = facts
    assert dict(fact.value) == value
    assert fact.origin is Origin.SECOND_READER
    assert fact.concept == concept
    assert reading.dropped == ()


def test_the_same_assertion_checks_hold() -> None:
    quotes = [line for line in VISIT.splitlines() if "listless" in line]
    facts, _ = consult(pointing(*(("adverse_effects", quote.rstrip(".")) for quote in quotes)))
    assert [fact.assertion for fact in facts] == [
        Assertion.OTHER_PERSON,
        Assertion.HYPOTHETICAL,
        Assertion.ABSENT,
    ]


def test_a_negation_left_out_of_the_quote_still_counts() -> None:
    facts, _ = consult(pointing(("adverse_effects", "listless on the Norco")))
    assert [fact.assertion for fact in facts] == [Assertion.ABSENT]


def test_a_quote_may_run_over_a_line_of_the_page() -> None:
    facts, reading = consult(pointing(("pain_score", "he is a four")))
    assert not reading.dropped
    for fact in facts:
        assert fact.value["score"] == 4


def proposal(**changed: Any) -> dict[str, Any]:
    """A good proposal, changed."""
    good = {
        "sentence": 6,
        "concept": "adverse_effects",
        "quote": "He is not listless on the Norco.",
    }
    return {**good, **changed}


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (proposal(quote="He is listless on the Norco"), Refusal.NOT_VERBATIM),
        (proposal(quote=""), Refusal.NOT_VERBATIM),
        (proposal(quote="oggy on the Norc"), Refusal.NOT_VERBATIM),
        (proposal(quote="he is not listless on the norco."), Refusal.NOT_VERBATIM),
        (proposal(quote="x" * 100_000), Refusal.NOT_VERBATIM),
        (proposal(sentence=2), Refusal.NOT_VERBATIM),
        (proposal(sentence=0), Refusal.NO_SENTENCE),
        (proposal(sentence=-1), Refusal.NO_SENTENCE),
        (proposal(sentence=10**30), Refusal.NO_SENTENCE),
        (proposal(sentence=True), Refusal.NO_PROPOSAL),
        (proposal(sentence="6"), Refusal.NO_PROPOSAL),
        (proposal(quote=None), Refusal.NO_PROPOSAL),
        (proposal(concept=["adverse_effects"]), Refusal.NO_PROPOSAL),
        (proposal(concept="verdict"), Refusal.NO_CONCEPT),
        (proposal(concept="medication"), Refusal.NO_CONCEPT),
        (proposal(value={"effect": "sedation"}), Refusal.SAYS_MORE),
        (proposal(assertion="present"), Refusal.SAYS_MORE),
        (proposal(verdict="support"), Refusal.SAYS_MORE),
        (proposal(sentence_of_the_letter="The request is necessary."), Refusal.SAYS_MORE),
        ("He is not listless on the Norco.", Refusal.NO_PROPOSAL),
        ({"quote": "He is not listless on the Norco."}, Refusal.NO_PROPOSAL),
        (proposal(concept="pain_score"), Refusal.NO_VALUE),
        (proposal(concept="urine_drug_test"), Refusal.NO_VALUE),
        (proposal(sentence=7, concept="pain_score", quote="6 visits"), Refusal.NO_VALUE),
    ],
)
def test_lies_are_dropped_and_counted(lie: object, reason: Refusal) -> None:
    facts, reading = consult(Script(lambda _: json.dumps({"proposals": [lie]})))
    assert facts == ()
    assert reading.dropped == ((reason, 1),)
    assert reading.proposals == ()


def test_two_scores_that_nothing_tells_apart_are_not_guessed_at() -> None:
    text = "PROGRESS REPORT\n\nHis pain, he says, he would call a 9, where spring had it a 7.\n"
    facts, reading = consult(pointing(("pain_score", "a 9")), text)
    assert facts == ()
    assert reading.dropped == ((Refusal.SEVERAL_VALUES, 1),) or reading.agreed


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "I am sorry, I cannot help with medical records.",
        "[]",
        "null",
        '{"proposals": {}}',
        '{"proposals": [',
        '{"suggestion": "support"}',
        "[" * 100_000,
        '{"proposals": ' + "9" * 10_000 + "}",
        "\ud800",
        "```json\nnot json\n```",
    ],
)
def test_an_answer_that_is_no_answer_is_counted(junk: str) -> None:
    facts, reading = consult(Script(lambda _: junk))
    assert facts == ()
    assert reading.unanswered == ((NO_JSON, 1),)


def test_an_answer_in_a_fence_is_read() -> None:
    fenced = "```json\n" + json.dumps({"proposals": [proposal()]}) + "\n```"
    facts, _ = consult(Script(lambda _: fenced))
    assert len(facts) == 1


def test_a_flood_of_proposals_is_cut_off() -> None:
    flood = json.dumps({"proposals": [proposal()] * (MOST_PROPOSALS + 500)})
    facts, reading = consult(Script(lambda _: flood))
    assert len(facts) == 1
    assert dict(reading.dropped) == {Refusal.TOO_MANY: 500, Refusal.REPEATED: MOST_PROPOSALS - 1}


def test_what_the_rules_read_already_is_no_second_fact() -> None:
    text = "PROGRESS REPORT\n\nPain is 8/10 without medication and 4/10 with it.\n"
    reader = pointing(("pain_with_without_medication", "8/10 without medication and 4/10 with it"))
    facts, reading = consult(reader, text)
    assert (facts, reading.agreed) == ((), 1)


@pytest.mark.parametrize(
    "kind", [kind for kind in DocumentKind if not kind.is_clinical], ids=lambda kind: kind.value
)
def test_argument_and_requests_to_review_are_not_shown(kind: DocumentKind) -> None:
    reader = pointing()
    consult(reader, VISIT, kind)
    assert reader.asked == []


def test_another_patients_page_is_not_shown() -> None:
    notice = Notice(kind=NoticeKind.FOREIGN, message="another patient's")
    stranger = page(1, VISIT, notices=(notice,))
    reader = pointing()
    consult(reader, document("D01", DocumentKind.PROGRESS_REPORT, DAY, None, stranger))
    assert reader.asked == []


def test_a_quoted_guideline_is_hypothetical_whoever_points_at_it() -> None:
    text = 'PROGRESS REPORT\n\nThe guidelines state: "stop if the patient is listless on it."\n'
    facts, _ = consult(pointing(("adverse_effects", "listless on it")), text)
    assert {fact.assertion for fact in facts} <= {Assertion.HYPOTHETICAL}


def test_a_reader_that_never_answers_is_given_up() -> None:
    class Silent:
        name = "silent"
        asked = 0

        def ask(self, _: Question) -> Answer:
            self.asked += 1
            return Answer(failure="nobody answers at the address")

    pages = [f"PROGRESS REPORT\n\nPage {number} says little.\n" for number in range(9)]
    one = document("D01", DocumentKind.PROGRESS_REPORT, DAY, None, *pages)
    consultation = Consultation(
        documents=(one,),
        header=CaseHeader(),
        known=((),),
        lexicon=LEXICON,
        formulary=FORMULARY,
        loose=LOOSE,
    )
    silent = Silent()
    _, reading = consultation.ask(silent)
    assert silent.asked == 3
    assert dict(reading.unanswered) == {"nobody answers at the address": 3, GIVEN_UP: 6}


def test_a_replay_asks_nobody_and_gives_the_same() -> None:
    first = consult(pointing(("adverse_effects", "listless"), ("pain_score", "a four")))
    assert first[0]
    assert consult(first[1]) == first


def test_a_replay_keeps_nothing_that_does_not_stand_on_the_page() -> None:
    _, reading = consult(pointing(("adverse_effects", "listless")))
    changed = VISIT.replace("listless", "merry")
    facts, again = consult(reading, changed)
    assert facts == ()
    assert again.proposals == ()


def test_a_long_page_is_asked_about_in_parts_and_in_full() -> None:
    lines = [f"Sentence {number} of a long dictation about nothing." for number in range(600)]
    one = document("D01", DocumentKind.PROGRESS_REPORT, DAY, None, "\n".join(lines))
    questions = list(ask_about((one,), LEXICON, LOOSE))
    assert len(questions) > 1
    assert sum(len(question.sentences) for question in questions) == 600
    assert all(len(question.text) < 10_000 for question in questions)


QUESTION = next(
    ask_about((document("D01", DocumentKind.PROGRESS_REPORT, DAY, None, VISIT),), LEXICON, LOOSE)
)
PAGE = page(1, VISIT)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
NEARLY = st.fixed_dictionaries(
    {
        "sentence": st.integers(-1, 9),
        "concept": st.sampled_from([*LOOSE.concepts, "verdict"]),
        "quote": st.sampled_from(VISIT.split())
        | st.text(max_size=8)
        | st.sampled_from(VISIT.split(".")),
    }
)


@given(st.text() | JSON.map(json.dumps))
def test_no_answer_breaks_the_check(text: str) -> None:
    check_answer(text, QUESTION, PAGE, frozenset(LOOSE.concepts))


@given(st.lists(NEARLY, max_size=6))
def test_whatever_is_kept_stands_where_it_says(proposals: list[dict[str, object]]) -> None:
    told = json.dumps({"proposals": proposals})
    checked = check_answer(told, QUESTION, PAGE, frozenset(LOOSE.concepts))
    assert len(checked.proposals) + len(checked.refused) == len(proposals)
    for kept in checked.proposals:
        assert PAGE.text[kept.start : kept.end] == kept.quote
        assert kept.concept in LOOSE.concepts
        assert any(start <= kept.start < kept.end <= end for start, end in QUESTION.sentences)


def test_every_concept_is_one_of_the_lexicon() -> None:
    assert set(LOOSE.concepts) <= set(LEXICON.concepts)
    assert ConceptId("medication") not in LOOSE.concepts


def test_a_reader_that_points_at_everything_gains_next_to_nothing() -> None:
    """What the words do not confirm stays out, however much is proposed."""
    extractor = SecondExtractor(LEXICON, FORMULARY, LOOSE)
    outcomes: list[Outcome] = []
    for file in sorted((Path(__file__).parents[2] / "resources" / "notes").glob("*.yaml")):
        lines = parse_yaml(file.read_text(encoding="utf-8"))["lines"]
        text = "\n".join(line if isinstance(line, str) else line["say"] for line in lines)
        note = document("D01", DocumentKind.PROGRESS_REPORT, DAY, None, text)
        known = extract_document(note, lexicon=LEXICON, formulary=FORMULARY)
        proposals = [
            SecondProposal(
                document=note.id,
                page=1,
                start=start,
                end=end,
                concept=concept,
                quote=text[start:end],
            )
            for question in ask_about((note,), LEXICON, LOOSE)
            for start, end in question.sentences
            for concept in LOOSE.concepts
        ]
        outcomes += extractor.read(note, None, proposals, known)
    assert len(outcomes) > 1_000
    assert sum(one.fact is not None for one in outcomes) <= 4
