"""Differences are named in the determination's own terms."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openimr.proof import check_references, differences

DERIVED: dict[str, Any] = {
    "status": "draft",
    "facts": [{"id": "f00001", "concept": "pain_score", "page": 1}],
    "items": [
        {
            "index": 1,
            "findings": [{"criterion": "OPI-1", "value": "met"}],
            "rationale": [{"text": "It helps.", "findings": ["OPI-1"], "facts": ["f00001"]}],
            "would_change": [],
        }
    ],
    "summary": [{"text": "Pain was 6.", "facts": ["f00001"]}],
}


def test_the_same_has_no_differences() -> None:
    assert list(differences(copy.deepcopy(DERIVED), DERIVED)) == []


def test_a_changed_finding_is_named() -> None:
    claimed = copy.deepcopy(DERIVED)
    claimed["items"][0]["findings"][0]["value"] = "contradicted"
    assert list(differences(claimed, DERIVED)) == [
        "item 1 finding OPI-1 value: says 'contradicted', the case file gives 'met'"
    ]


def test_a_missing_and_an_invented_entry_are_named() -> None:
    claimed = copy.deepcopy(DERIVED)
    claimed["facts"].append({"id": "f00002", "concept": "pain_score", "page": 9})
    claimed["summary"].clear()
    assert set(differences(claimed, DERIVED)) == {
        "fact f00002: is not derived from the case file",
        "summary sentence 1: is missing",
    }


def test_a_number_in_place_of_a_truth_value_is_a_difference() -> None:
    assert list(differences({"a": 1}, {"a": True}))


def test_sentences_must_resolve() -> None:
    claimed = copy.deepcopy(DERIVED)
    claimed["items"][0]["rationale"][0]["facts"] = ["f00009"]
    claimed["summary"][0]["facts"] = []
    assert set(check_references(claimed)) == {
        "summary sentence 1: stands on no finding, fact or page",
        "item 1 rationale sentence 1: names f00009, which the determination does not hold",
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(JSON, JSON)
def test_differences_are_found_exactly_where_there_are_some(one: Any, other: Any) -> None:
    same = one == other and repr(one) == repr(other)
    if not same and one == other:  # True == 1: values equal, kinds not
        return
    assert (list(differences(one, other)) == []) is same


@given(JSON)
def test_junk_for_a_determination_is_no_error(junk: Any) -> None:
    for key in ("facts", "items", "summary"):
        list(check_references({key: junk}))
