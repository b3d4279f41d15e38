"""Items without encoded criteria: the record's facts that bear on them, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builders import fact
from example_case import ITEMS, draft
from example_records import CERTIFICATES, DOCUMENTS, FACTS, HEADER, REPORT, REVIEW
from openimr.draft.open_topic import record_sentences
from openimr.draft.record import Record
from openimr.model.document import DocumentKind
from openimr.model.finding import Evaluation, Suggestion
from openimr.model.request import Request, RequestKind

SPASM = "no spasm on palpation"


def told(request: Request, facts: Any = FACTS, documents: Any = DOCUMENTS) -> list[str]:
    record = Record.of(HEADER, documents, facts, CERTIFICATES)
    sentences = record_sentences(replace(ITEMS[0], request=request), record)
    assert all(each.part == "record" and (each.facts or each.pages) for each in sentences)
    return [each.text for each in sentences]


def therapy(*parts: str) -> Request:
    return Request(
        text="line", kind=RequestKind.THERAPY, procedure="physical therapy", body_parts=parts
    )


def test_facts_are_laid_out_by_what_they_speak_of() -> None:
    complaint, treatment, work = told(therapy("lumbar spine"))
    assert complaint.startswith("On the complaint and its findings the record says “no spasm")
    assert "“Physical therapy, 12 visits, helped a little” (PR-2 of 01/22/2015" in treatment
    assert work.startswith("On function and work “Medications help her")


def test_passages_on_another_part_of_the_body_stay_out() -> None:
    knee = fact(1, "pain_score", REPORT, 1, "low back pain 8/10", {"score": 8})
    assert "low back" in " ".join(told(therapy("lumbar spine"), [knee]))
    assert "low back" not in " ".join(told(therapy("knee"), [knee]))
    unnamed = fact(2, "muscle_spasm", REPORT, 1, SPASM)
    assert SPASM in " ".join(told(therapy("knee"), [unnamed]))


def test_notes_of_the_treatment_are_named() -> None:
    notes = replace(DOCUMENTS[-1], kind=DocumentKind.PHYSICAL_THERAPY)
    first, *_ = told(therapy(), documents=(*DOCUMENTS[:-1], notes))
    assert first.startswith("The file holds notes of physical therapy: undated physical therapy")


def test_a_drug_is_told_by_its_own_facts() -> None:
    request = Request(text="line", kind=RequestKind.DRUG, generic="temazepam")
    text = " ".join(told(request))
    assert "temazepam 30 mg at bedtime" in text
    assert "Norco" not in text


def test_arguments_are_no_record_and_silence_is_said() -> None:
    claimed = fact(1, "pain_score", REVIEW, 1, "58 y/o", {"score": 8})
    assert told(therapy(), [claimed]) == [
        "No fact that bears on this request was read from the record."
    ]


def test_the_letter_lays_out_the_record_where_no_criteria_apply() -> None:
    bare = Evaluation(
        topics=(),
        findings=(),
        suggestion=Suggestion.REFER,
        reasons=(),
        flags=(),
        flip=(),
        notes=("No criteria are encoded for this topic.",),
    )
    item = replace(ITEMS[0], request=therapy("lumbar spine"))
    made = draft(items=(item,), evaluations=(bare,)).items[0]
    parts = [sentence.part for sentence in made.rationale]
    assert parts[-1] == "close"
    assert "record" in parts
