"""Orders of authorities and hierarchies of evidence: what is shipped, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.rulebook.authorities import load_authorities, parse_authorities

GOOD = """\
source: our own words
verified_on: 2026-01-01
authorities:
  - {id: schedule, name: the schedule, cited_as: [MTUS], texts: [{title: Schedule of 2009, effective_from: 2009-07-18}]}
  - {id: studies, name: studies, studies: true}
orders:
  - {id: old, name: the old order, citation: LC 1, effective_from: 2013-01-01, effective_to: 2015-04-19, unverified: true, rule: In order., steps: [schedule]}
  - {id: new, name: the new order, citation: CCR 2, effective_from: 2015-04-20, unverified: false, rule: In order., steps: [schedule, studies]}
methodologies:
  - id: levels
    name: levels of evidence
    citation: CCR 3
    effective_from: 2015-04-20
    unverified: false
    ranks: [1a, 1b]
    designs: [review, trial]
    levels:
      - {level: 1a, question: treatment, design: review, bias: low}
"""  # noqa: E501


def problems(one: str, other: str) -> list[str]:
    assert one in GOOD
    with pytest.raises(RulebookInvalid) as raised:
        parse_authorities(GOOD.replace(one, other, 1))
    return list(raised.value.problems)


@pytest.mark.parametrize(
    ("day", "order", "methodology"),
    [
        (date(2012, 12, 31), None, None),
        (date(2013, 1, 1), "labor-code", None),
        (date(2015, 4, 19), "labor-code", None),
        (date(2015, 4, 20), "search-sequence", "mtus-methodology"),
        (date(2017, 12, 31), "search-sequence", "mtus-methodology"),
        (date(2018, 1, 1), "search-sequence-2018", "mtus-methodology"),
    ],
)
def test_each_day_has_its_order(day: date, order: str | None, methodology: str | None) -> None:
    shipped = load_authorities()
    found, weighing = shipped.order(day), shipped.methodology(day)
    assert (found.id if found else None) == order
    assert (weighing.id if weighing else None) == methodology


def test_every_order_begins_with_the_schedule_and_has_studies() -> None:
    for order in load_authorities().orders:
        assert order.steps[0].id == "mtus"
        assert [step.id for step in order.steps if step.studies] == ["studies"]


def test_what_was_not_seen_of_the_law_is_marked() -> None:
    shipped = load_authorities()
    doubtful = {order.id for order in shipped.orders if order.unverified}
    assert doubtful == {"labor-code", "search-sequence"}
    (methodology,) = shipped.methodologies
    assert {cell.level for cell in methodology.levels if cell.unverified} == {"3", "4", "5"}
    assert all(cell.unverified for cell in methodology.levels if cell.level in {"4", "5"})


def test_a_cell_stands_once() -> None:
    (methodology,) = load_authorities().methodologies
    cells = [(one.question, one.design, one.bias) for one in methodology.levels]
    assert len(cells) == len(set(cells))


def test_values_are_read() -> None:
    read = parse_authorities(GOOD)
    assert [step.id for step in read.orders[1].steps] == ["schedule", "studies"]
    assert read.orders[0].steps[0].in_force(date(2009, 7, 17)) == ()
    assert read.methodologies[0].ranks == ("1a", "1b")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("steps: [schedule]", "steps: [sched]", "unknown authority `sched`"),
        ("steps: [schedule]", "steps: []", "there are no steps"),
        ("level: 1a, question", "level: 1z, question", "`1z` is no level of `ranks`"),
        ("design: review,", "design: tale,", "unknown design `tale`"),
        ("bias: low", "bias: some", "`some` is not allowed here"),
        ("question: treatment", "question: price", "`price` is not allowed here"),
        ("effective_to: 2015-04-19", "effective_to: 2015-05-01", "does not begin the day after"),
        ("effective_to: 2015-04-19", "effective_to: 2015-04-01", "does not begin the day after"),
        ("effective_to: 2015-04-19", "effective_to: 2012-04-19", "it ends before it begins"),
        ("effective_from: 2013-01-01", "effective_from: soon", "`soon` is not a date"),
        ("cited_as: [MTUS]", "cited_as: ['(']", "`(` is no pattern"),
        ("rule: In order., steps: [schedule]", "steps: [schedule]", "`rule` is missing"),
        ("source: our", "origin: our", "unknown key `origin`"),
    ],
)
def test_a_mistake_is_named_with_its_line(one: str, other: str, told: str) -> None:
    found = problems(one, other)
    assert any(told in line for line in found), found
    assert all(line.startswith("authorities.yaml:") for line in found)
