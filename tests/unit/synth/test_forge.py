"""Forged cases: truth quotes stand on their pages, the seeds decide as published, bytes repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from openimr.synth.bank import data, phrases
from openimr.synth.criteria import criteria_of
from openimr.synth.forge import SCENARIOS, forge_big, forge_case
from openimr.synth.types import ForgedCase

SEEDS = {
    "seed-000": ["not_support", "support", "not_support"],
    "seed-001": ["not_support", "support", "not_support"],
    "seed-002": ["not_support", "not_support", "not_support"],
    "seed-003": ["not_support"],
    "seed-004": ["not_support", "not_support", "not_support", "support"],
}
BY_ROLE = {
    "met",
    "partial",
    "not_documented",
    "contradicted",
    "within",
    "exceeded",
    "unknown",
    "present",
    "absent",
}


@pytest.fixture(scope="module")
def cases() -> list[ForgedCase]:
    return [forge_case(seed) for seed in range(100)]


def quotes(case: ForgedCase) -> Iterator[dict[str, Any]]:
    for item in case.truth["items"]:
        for criterion in item["criteria"]:
            yield from criterion["evidence"]
    yield from case.truth["facts"]
    yield from case.truth["planted"]


@pytest.mark.slow
def test_three_hundred_seeds_forge() -> None:
    assert_quotes_stand([forge_case(seed) for seed in range(100, 400)])


@pytest.mark.slow
def test_every_quote_stands_on_its_page(cases: list[ForgedCase]) -> None:
    assert_quotes_stand(cases)


def assert_quotes_stand(cases: list[ForgedCase]) -> None:
    for case in cases:
        pages = {f"{doc.file}.txt": doc.pages for doc in case.documents}
        found = list(quotes(case))
        assert found
        for entry in found:
            assert entry["quote"].strip()
            assert entry["quote"] in pages[entry["file"]][entry["page"] - 1]


def test_case_files_have_the_size_and_papers_of_real_ones(cases: list[ForgedCase]) -> None:
    for case in cases:
        kinds = Counter(doc.kind.value for doc in case.documents)
        assert kinds["imr_application"] == kinds["ur_decision"] == kinds["rfa"] == 1
        assert kinds["progress_report"] >= 2
        assert len({doc.file for doc in case.documents}) == len(case.documents)
    pages = [sum(len(doc.pages) for doc in case.documents) for case in cases]
    assert sum(pages) / len(pages) > 15


def test_no_mark_and_no_unfilled_slot_is_left_on_a_page(cases: list[ForgedCase]) -> None:
    for case in cases:
        for document in case.documents:
            for page in document.pages:
                assert not any(0xE000 <= ord(letter) <= 0xF8FF for letter in page)
                assert "{" not in page, (document.file, page[page.index("{") - 60 :][:120])


def test_truth_lists_every_criterion_of_the_topic_with_a_value_of_its_role(
    cases: list[ForgedCase],
) -> None:
    for case in cases:
        for item in case.truth["items"]:
            ids = [criterion["id"] for criterion in item["criteria"]]
            assert ids == criteria_of(item["topic_id"])
            assert {criterion["value"] for criterion in item["criteria"]} <= BY_ROLE


def test_met_and_contradicted_gates_are_shown_by_a_passage(cases: list[ForgedCase]) -> None:
    gates = {
        "OPI-1",
        "OPI-2",
        "OPI-4",
        "BUP-1",
        "DUL-1",
        "DUL-4",
        "GBP-1",
        "GBP-3",
        "CBP-1",
        "MTH-1",
        "TMZ-2",
    }
    for case in cases:
        for item in case.truth["items"]:
            for criterion in item["criteria"]:
                if criterion["id"] in gates and criterion["value"] in (
                    "met",
                    "contradicted",
                    "partial",
                ):
                    assert criterion["evidence"], (case.id, criterion["id"])


def test_all_decisions_and_topics_occur(cases: list[ForgedCase]) -> None:
    decisions = Counter(item["expected"] for case in cases for item in case.truth["items"])
    assert set(decisions) == {"support", "not_support", "modify_to", "refer"}
    assert min(decisions["support"], decisions["not_support"]) > 40
    topics = {item["topic_id"] for case in cases for item in case.truth["items"]}
    assert set(data("topics")) - {"shared"} <= topics


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("seed", range(4))
def test_seed_scenarios_decide_as_published(scenario: str, seed: int) -> None:
    case = forge_case(seed, scenario=scenario)
    assert [item["expected"] for item in case.truth["items"]] == SEEDS[scenario]
    for entry in quotes(case):
        page = {f"{doc.file}.txt": doc.pages for doc in case.documents}[entry["file"]][
            entry["page"] - 1
        ]
        assert entry["quote"] in page


def test_same_seed_same_case_and_other_seed_other_case() -> None:
    assert forge_case(7) == forge_case(7)
    assert forge_case(7).documents != forge_case(8).documents


def test_no_two_cases_read_alike(cases: list[ForgedCase]) -> None:
    """Passages that decide repeat rarely: the bank is wide enough."""
    said = Counter(
        " ".join(entry["quote"].split())
        for case in cases
        for entry in case.truth["facts"]
        if entry["concept"] == "functional_improvement"
    )
    assert said.most_common(1)[0][1] <= 3


def test_big_cases_reach_their_length() -> None:
    case = forge_big(3, 120)
    assert sum(len(doc.pages) for doc in case.documents) >= 120
    assert all(entry["quote"] for entry in quotes(case))


def test_axes_name_phrases_and_criteria_that_exist() -> None:
    known = {name for topic in data("topics").values() for name in topic}
    for axis, options in data("axes").items():
        for option, entry in options.items():
            assert isinstance(option, str), axis
            assert set(entry["values"]) <= known
            for spec in entry["says"]:
                assert spec["say"] in phrases(), (axis, option)
