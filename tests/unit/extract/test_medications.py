"""Medication statements: a table of charts' ways to write them, and properties of all facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.extract.medications import extract_medications
from openimr.model.dates import PartialDate
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import DocumentId
from openimr.model.text import Notice, NoticeKind, Page, PageState
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.strict_yaml import parse_yaml

CASES = parse_yaml((Path(__file__).parent / "cases" / "medications.yaml").read_text("utf-8"))
FORMULARY: Formulary = load_formulary()
WRITTEN = date(2015, 4, 9)


def document(
    *texts: str, kind: str = "progress_report", foreign: bool = False, day: date | None = WRITTEN
) -> Document:
    notices = (Notice(kind=NoticeKind.FOREIGN, message="another patient"),) if foreign else ()
    pages = tuple(
        Page(number=number, text=text, state=PageState.TEXT, file_page=number, notices=notices)
        for number, text in enumerate(texts, start=1)
    )
    return Document(
        id=DocumentId("D01"),
        file="a.txt",
        sha256="",
        kind=DocumentKind(kind),
        date=day,
        author=None,
        pages=pages,
    )


def read(*texts: str, **how: Any) -> tuple[Fact, ...]:
    return extract_medications(document(*texts, **how), formulary=FORMULARY)


def of(facts: tuple[Fact, ...], concept: str) -> list[Fact]:
    return [fact for fact in facts if fact.concept == concept]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["t"][:60])
def test_what_a_statement_says(case: Mapping[str, Any]) -> None:
    facts = read(case["t"], kind=case.get("k", "progress_report"))
    medications = of(facts, "medication")
    said = [(fact.value.get("generic"), str(fact.assertion)) for fact in medications]
    assert said == [(want.get("g"), want.get("a", "present")) for want in case["x"]]
    for fact, want in zip(medications, case["x"], strict=True):
        expected = {key: value for key, value in want.items() if key not in {"g", "a", "st"}}
        if "st" in want:
            expected["status"] = want["st"]
        assert {key: fact.value.get(key) for key in expected} == expected
    if "tr" in case:
        trials = of(facts, "prior_nonopioid_trials")
        told = [[f.value.get("generic") or f.value["group"], f.value["outcome"]] for f in trials]
        assert told == case["tr"]
    if "new" in case:
        new = of(facts, "initial_trial")
        assert [[f.value["generic"], f.value.get("replaces")] for f in new] == case["new"]
    if "dur" in case:
        lasting = of(facts, "duration_of_use")
        told = [[f.value["generic"], f.value.get("since") or f.value["months"]] for f in lasting]
        assert told == case["dur"]


def test_quotes_stand_where_they_say() -> None:
    texts = [case["t"] for case in CASES]
    source = document(*texts)
    facts = extract_medications(source, formulary=FORMULARY)
    assert len(facts) > len(CASES)
    for fact in facts:
        place = fact.provenance
        assert source.page(place.page).text[place.start : place.end] == place.quote
        assert place.quote.strip() == place.quote != ""


def test_another_patients_page_is_of_another_person() -> None:
    facts = read("MEDICATIONS: Norco 10/325 tid", foreign=True)
    assert [fact.assertion for fact in facts] == [Assertion.OTHER_PERSON]


def test_dates_of_events_and_of_the_document() -> None:
    stopped, listed = read("Soma was stopped 5/2014. Takes Norco.")
    assert stopped.date == PartialDate(2014, 5)
    assert stopped.written == listed.date == PartialDate.of(WRITTEN)


def test_entries_of_a_log_have_their_own_dates() -> None:
    text = "12/15/14  9:05 AM   Pt took tramadol.\n1/6/15  2:20 PM\nPt takes acetaminophen."
    first, second = read(text, kind="nurse_note")
    assert first.date == PartialDate(2014, 12, 15)
    assert second.date == PartialDate(2015, 1, 6)


def test_a_line_of_prose_that_begins_with_a_date_is_no_entry() -> None:
    text = "She was hurt on\n5/30/2013 while lifting and has had pain.\nTakes Norco."
    (fact,) = read(text)
    assert fact.date == PartialDate.of(WRITTEN)


def test_a_review_of_records_dates_what_it_tells() -> None:
    text = "RECORDS\n3/12/13: Dr. Lee. Norco 10/325 refilled.\n\nOn 5/1/14 he stopped Soma."
    norco, soma = read(text, kind="medical_legal")
    assert norco.date == PartialDate(2013, 3, 12)
    assert soma.date == PartialDate(2014, 5, 1)


def test_a_list_goes_on_over_the_page() -> None:
    facts = read("PAST MEDICATIONS:\nElavil\nTopamax", "Lyrica\n\nEXAMINATION: normal")
    assert [fact.assertion for fact in of(facts, "medication")] == [Assertion.HISTORICAL] * 3


def test_without_a_date_nothing_is_dated() -> None:
    (fact,) = read("Takes Norco.", day=None)
    assert fact.date is None
    assert fact.written is None


PIECES = st.sampled_from(
    ["Norco", "Soma", "10/325", "#120", " ", "\n", "\t", "q6h", "D/C", "(", ")", "mg", "İ",
     "failed", "mother takes", "1)", "MEDS:", "|", ".", "since 2011", "Gabapentin", "0", "\x00"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=6), max_size=40))
def test_any_text_is_read_and_every_quote_is_true(pieces: list[str]) -> None:
    text = " ".join(pieces)
    source = document(text)
    for fact in extract_medications(source, formulary=FORMULARY):
        place = fact.provenance
        assert text[place.start : place.end] == place.quote


@given(st.sampled_from(CASES), st.integers(min_value=0, max_value=3))
def test_space_around_a_page_changes_nothing(case: Mapping[str, Any], lines: int) -> None:
    kind = case.get("k", "progress_report")
    bare = read(case["t"], kind=kind)
    padded = read("\n" * lines + case["t"] + "\n" * lines, kind=kind)
    assert [dict(fact.value) for fact in bare] == [dict(fact.value) for fact in padded]
