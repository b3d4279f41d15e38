"""The scorer of reading counts what it says it counts, and the labels name what there is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from openimr.model.evidence import Assertion
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.lexicon import load_lexicon
from openimr.rulebook.strict_yaml import parse_yaml

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from reading_readers import Drugged, Floor, Said, word_lists  # noqa: E402 - found by the line above
from reading_score import Count, mark, mark_medications, on_common  # noqa: E402
from reading_sets import (  # noqa: E402
    NOTES,
    PASSAGES,
    UNREAD,
    Labelled,
    Prescribed,
    Prescription,
    Statement,
    forged,
    forged_prescriptions,
    notes,
    page_of,
    passages,
    written_prescriptions,
)

TEXT = "No nausea. His mother had spasms."
NAUSEA = Statement(concept="adverse_effects", word="nausea", meant=("absent",), span=(0, 10))
SPASM = Statement(concept="muscle_spasm", meant=("other_person", "historical"), span=(11, 33))


def labelled(*statements: Statement, **more: object) -> Labelled:
    return Labelled(source="test", document=page_of(TEXT), statements=statements, **more)  # type: ignore[arg-type]


def said(concept: str, assertion: str, *words: str, at: tuple[int, int] = (0, 10)) -> Said:
    return Said(concept=concept, words=words, assertion=assertion, start=at[0], end=at[1])


def test_right_and_missed() -> None:
    marks = mark(
        [labelled(NAUSEA, SPASM)],
        [[said("adverse_effects", "absent", "nausea")]],
    )
    assert marks.by_class["absent"] == Count(right=1)
    assert marks.by_class["other_person"] == Count(missed=1)
    assert [miss.concept for miss in marks.misses] == ["muscle_spasm"]


def test_meant_otherwise_is_missed_and_too_much() -> None:
    marks = mark([labelled(NAUSEA)], [[said("adverse_effects", "present", "nausea")]])
    assert marks.by_class["absent"] == Count(missed=1)
    assert marks.by_class["present"] == Count(extra=1)
    assert marks.by_concept["adverse_effects"].f1 == 0


def test_any_of_the_allowed_is_right_and_counts_under_the_first() -> None:
    marks = mark([labelled(SPASM)], [[said("muscle_spasm", "historical", at=(11, 33))]])
    assert marks.by_class["other_person"] == Count(right=1)


def test_a_reading_elsewhere_is_not_the_statement() -> None:
    marks = mark([labelled(SPASM)], [[said("muscle_spasm", "other_person", at=(0, 10))]])
    assert marks.by_class["other_person"] == Count(extra=1, missed=1)


def test_a_denial_of_all_denies_each_and_says_nothing_of_what_is_there() -> None:
    denied = [said("adverse_effects", "absent", "any")]
    assert mark([labelled(NAUSEA)], [denied]).by_class["absent"] == Count(right=1)
    there = Statement(concept="adverse_effects", word="nausea", meant=("present",), span=(0, 10))
    assert mark([labelled(there)], [denied]).by_class["present"] == Count(missed=1)


@pytest.mark.parametrize(
    ("page", "extra"),
    [
        (labelled(), 0),
        (labelled(exhaustive=frozenset({"gi_risk"})), 1),
        (labelled(refused=(("gi_risk", ""),)), 1),
        (labelled(refused=(("gi_risk", "ulcer"),)), 1),
        (labelled(refused=(("gi_risk", "bleeding"),)), 0),
    ],
)
def test_what_is_too_much(page: Labelled, extra: int) -> None:
    marks = mark([page], [[said("gi_risk", "present", "ulcer")]])
    assert marks.by_class["present"].extra == extra


def test_only_what_all_found_is_compared() -> None:
    pages = [labelled(NAUSEA, SPASM)]
    one = mark(pages, [[said("adverse_effects", "absent", "nausea")]])
    other = mark(pages, [[said("adverse_effects", "present", "nausea")]])
    assert on_common({"one": one, "other": other}) == (1, {"one": 1.0, "other": 0.0})


def drugged(strength: str | None, per_day: float | None, generic: str = "tramadol") -> Drugged:
    return Drugged(generic=generic, strength=strength, per_day=per_day, start=0, end=9)


@pytest.mark.parametrize(
    ("found", "count"),
    [
        ([drugged("50 mg", 4.0)], Count(right=1)),
        ([drugged("50MG", 4.0), drugged(None, None), drugged("50 mg", None)], Count(right=1)),
        ([drugged("50 mg", 3.0)], Count(missed=1, extra=1)),
        ([drugged("50 mg", 4.0), drugged("50 mg", 4.0)], Count(right=1)),
        ([drugged("50 mg", 4.0, "codeine")], Count(missed=1, extra=1)),
        ([], Count(missed=1)),
    ],
)
def test_a_medication_is_right_in_all_three_or_not(found: list[Drugged], count: Count) -> None:
    given = Prescription(generic="tramadol", strength="50 mg", per_day=4.0)
    page = Prescribed(source="test", document=page_of(TEXT), medications=(given,))
    assert mark_medications([page], [found])[0] == count


def test_labels_name_concepts_and_assertions_that_there_are() -> None:
    concepts, assertions = set(load_lexicon().concepts), {str(one) for one in Assertion}
    pages = [*notes(NOTES), *(page for file in PASSAGES.glob("*.yaml") for page in passages(file))]
    assert pages
    for page in pages:
        for statement in page.statements:
            assert statement.concept in concepts, statement
            assert assertions.issuperset(statement.meant), statement


def test_labelled_medications_are_of_the_formulary() -> None:
    formulary = load_formulary()
    for page in written_prescriptions(UNREAD):
        for given in page.medications:
            drug = formulary.find(given.generic)
            assert drug is not None, given
            assert drug.generic == given.generic


def test_forged_records_give_labels_where_they_stand() -> None:
    formulary = load_formulary()
    assert any(page.statements for page in forged([7]))
    pages = list(forged_prescriptions([7], formulary))
    assert pages
    floor = Floor(formulary)
    assert any(floor.medications(page.document) for page in pages)


def test_word_lists_hold_words_alone() -> None:
    for entry in word_lists(load_lexicon()):
        assert not set("{}|=~") & set(str(entry["words"]))


def test_notes_are_plain_yaml() -> None:
    for file in NOTES.glob("*.yaml"):
        told = parse_yaml(file.read_text(encoding="utf-8"))
        assert set(told) == {"kind", "lines"}
