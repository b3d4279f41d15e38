"""A criterion like another says only what is its own; what cannot be looked up is named."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.model.rule import Criterion, Silence
from openimr.rulebook.load import load_rulebook
from packs import write_pack

HEAD = """\
id: {name}
title: An example
guideline: Example Guidelines
cites: Example 2009
edition: "2009"
effective_from: 2009-07-18
pages: 1-2
status: recommended
mtus_addresses: true
support_requires: {{all: [{first}]}}
criteria:
"""
MODEL = """\
- id: ONE-1
  role: G
  statement: Something is documented
  satisfied_by: a statement
  contradicted_by: its opposite
  sought: statement
  if_silent: deny
  source: {pages: "1"}
  concepts: [pain_score]
  bypassed_by: [ONE-2]
  test: {name: evidence, enough: [{concept: pain_score}], needs: 1}
- id: ONE-2
  role: E
  statement: An exception
  satisfied_by: one
  contradicted_by: none
  sought: exception
  if_silent: n-a
  source: {pages: "1"}
  concepts: [red_flags]
  test: {name: evidence, enough: [{concept: red_flags}]}
"""


def load_with(folder: Path, other: str, place: str = "example/2009") -> dict[str, Criterion]:
    """The criteria by name of the model's file and of one beside it, or elsewhere."""
    first = folder / "guidelines/example/2009/one.yaml"
    second = folder / f"guidelines/{place}/two.yaml"
    for path, name, lead, criteria in (
        (first, "one", "ONE-1", MODEL),
        (second, "two", "TWO-1", other),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD.format(name=name, first=lead) + indent(criteria, "  "))
    return {
        c.id: c for topic in load_rulebook([write_pack(folder, {})]).topics for c in topic.criteria
    }


def test_what_it_does_not_say_the_other_says(tmp_path: Path) -> None:
    found = load_with(tmp_path, '- {id: TWO-1, like: ONE-1, if_silent: flag, source: {pages: "7"}}')
    one, two = found["ONE-1"], found["TWO-1"]
    assert (two.statement, two.concepts, two.test) == (one.statement, one.concepts, one.test)
    assert (two.if_silent, two.source.pages) == (Silence.FLAG, "7")
    assert two.bypassed_by == ()


def test_a_test_without_a_name_adds_to_the_other(tmp_path: Path) -> None:
    added = "{enough: [{concept: red_flags}], needs: 2, weak: [{concept: gi_risk}]}"
    found = load_with(tmp_path, f"- {{id: TWO-1, like: ONE-1, test: {added}}}")
    assert found["TWO-1"].test.name == "evidence"
    assert dict(found["TWO-1"].test.parameters) == {
        "enough": ({"concept": "pain_score"}, {"concept": "red_flags"}),
        "needs": 2,
        "weak": ({"concept": "gi_risk"},),
    }
    assert found["ONE-1"].test.parameters["enough"] == ({"concept": "pain_score"},)


def test_a_parameter_that_is_null_is_dropped(tmp_path: Path) -> None:
    found = load_with(tmp_path, "- {id: TWO-1, like: ONE-1, test: {needs: null}}")
    assert dict(found["TWO-1"].test.parameters) == {"enough": ({"concept": "pain_score"},)}


def test_a_test_with_a_name_takes_the_place_of_the_other(tmp_path: Path) -> None:
    found = load_with(tmp_path, "- {id: TWO-1, like: ONE-1, test: {name: first_use}}")
    assert (found["TWO-1"].test.name, dict(found["TWO-1"].test.parameters)) == ("first_use", {})


def test_a_criterion_like_one_that_is_like_another(tmp_path: Path) -> None:
    text = "- {id: TWO-1, like: TWO-2}\n- {id: TWO-2, like: ONE-1, statement: Another}"
    found = load_with(tmp_path, text)
    assert (found["TWO-1"].statement, found["TWO-1"].sought) == ("Another", "statement")


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("- {id: TWO-1, like: ONE-9}", "example/2009",
         "two.yaml:12: criteria.TWO-1.like: unknown criterion `ONE-9`; write the id of"),
        ("- {id: TWO-1, like: ONE-1}", "example/2016", "unknown criterion `ONE-1`"),
        ("- {id: TWO-1, like: TWO-2}\n- {id: TWO-2, like: TWO-1}", "example/2009",
         "the criterion is like itself; break the circle"),
        ("- {id: TWO-1, like: ONE-1}\n- {id: ONE-1, like: ONE-2}", "example/2009",
         "`ONE-1` stands in packs/example/guidelines/example/2009/one.yaml, "),
        ("- {id: TWO-1, like: ONE-1, test: {enoug: []}}", "example/2009",
         "two.yaml:12: criteria.TWO-1.test.enoug: unknown parameter `enoug`"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_up_is_named(
    text: str, place: str, problem: str, tmp_path: Path
) -> None:
    with pytest.raises(RulebookInvalid) as caught:
        load_with(tmp_path, text, place)
    assert any(problem in line for line in caught.value.problems)


def test_a_problem_of_the_model_is_told_once_and_at_its_place(tmp_path: Path) -> None:
    broken = MODEL.replace("concept: pain_score", "concept: pain_scroe")
    first = "- {id: TWO-1, like: TWO-2}\n" + broken.replace("ONE", "TWO").replace("TWO-1", "TWO-3")
    with pytest.raises(RulebookInvalid) as caught:
        load_with(tmp_path, f"- {{id: TWO-1, like: TWO-3}}\n{first.partition(chr(10))[2]}")
    unknown = [line for line in caught.value.problems if "pain_scroe" in line]
    assert len(unknown) == 1
    assert "two.yaml:23:" in unknown[0]
