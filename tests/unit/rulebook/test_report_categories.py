"""Categories of the annual report: a fault is named; topic goes before kind."""

from __future__ import annotations

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.model.request import Request, RequestKind
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.report import OTHER, load_categories, parse_categories
from openimr.rulebook.requests import load_request_vocabulary

GOOD = """\
source: "reports"
checked_on: 2026-11-24
categories:
  - {name: drugs, kinds: [drug]}
  - {name: mind, kinds: [], topics: [psych-eval]}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kinds: [drug]", "kinds: [pill]", "`pill` is not allowed here; use one of"),
        ("kinds: []", "kinds: [drug]", "`drug` is of drugs already"),
        ("name: drugs, ", "", "`name` is missing"),
        ("source", "sauce", "unknown key `sauce`"),
        ("2026-11-24", "2026-11-31", "is not a date"),
    ],
)
def test_a_fault_is_named(old: str, new: str, told: str) -> None:
    with pytest.raises(RulebookInvalid) as fault:
        parse_categories(GOOD.replace(old, new))
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("Norco 10/325mg #60", "pharmaceuticals"),
        ("Psychological evaluation", "behavioral and mental health"),
        ("Orthopedic consultation", "evaluation and management"),
        ("EMG/NCV of the upper extremities", "diagnostic testing"),
        ("Lumbar brace", "DMEPOS"),
    ],
)
def test_lines_have_their_category(line: str, category: str) -> None:
    parsed: Request = parse_request(line, load_formulary(), load_request_vocabulary())
    assert load_categories().of(parsed) == category


def test_every_kind_but_other_has_a_category() -> None:
    assert set(RequestKind) - set(load_categories().by_kind) == {RequestKind.OTHER}
    assert load_categories().unverified
    assert OTHER not in load_categories().by_kind.values()
