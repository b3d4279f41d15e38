"""Templates of notices: a fault is named with file, line, culprit and mend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.rulebook.notices import check_called, load_notices, parse_notices
from openimr.rulebook.transitions import load_transitions

GOOD = """\
id: reply
title: "An answer"
sender: review_organization
acts: {issue_noarfi: [served_on]}
to:
  - {role: injured_employee, needed: true}
requires:
  treatments: "8 CCR 9792.10.4(b)"
citation: "8 CCR 9792.10.4(b)"
checked_on: 2026-11-24
effective_from: 2013-01-01
parts:
  - say: "Case {case_number}"
  - each: treatments
"""


def faults(text: str, name: str = "reply.yaml") -> str:
    with pytest.raises(RulebookInvalid) as told:
        parse_notices({name: text})
    return str(told.value)


def test_a_good_template_is_read() -> None:
    template = parse_notices({"reply.yaml": GOOD})["reply"]
    assert template.parts[0].texts == ("Case {case_number}",)
    assert template.acts == {"issue_noarfi": ("served_on",)}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{case_number}", "{case_nummer}", "unknown slot `{case_nummer}`; use one of"),
        ("{case_number}", "{treatments}", "`{treatments}` is a list; write it as `each:"),
        ("{case_number}", "{case_number", "a brace has no partner"),
        ("injured_employee", "employee", "`employee` is not allowed here; use one of"),
        ("each: treatments", "each: things", "`things` is not allowed here"),
        ("  - each: treatments\n", "", "required content `treatments` (8 CCR 9792.10.4(b))"),
        ('  treatments: "8', '  treatmens: "8', "unknown slot `treatmens`"),
        ("sender: review_organization\n", "", "`sender` is missing; add `sender:`"),
        ("sender: review_organization", "sender: us", "`us` is not allowed here"),
        ("acts: {issue_noarfi: [served_on]}", "acts: {}", "no act calls for it"),
        ("id: reply", "id: answer", "call the file answer.yaml"),
        ("2013-01-01", "2013-02-30", "is not a date"),
        ('say: "Case {case_number}"', 'say: ""', "`say` is empty"),
        ('say: "Case {case_number}"', "tell: x", "unknown key `tell`"),
        ('say: "Case {case_number}"', 'say: "a"\n    heading: b', "an entry says one thing"),
        ('say: "Case {case_number}"', 'say: "a"\n    when: [maybe]', "`maybe` is not allowed"),
        ("needed: true", "represented: instead, needed: yes please", "is not true or false"),
        (
            "role: injured_employee, needed: true",
            "role: employer, represented: instead",
            "only the employee is represented",
        ),
    ],
)
def test_a_fault_names_culprit_and_mend(old: str, new: str, told: str) -> None:
    assert old in GOOD
    message = faults(GOOD.replace(old, new, 1))
    assert told in message
    assert "process/notices/reply.yaml:" in message


def test_all_faults_are_told_at_once() -> None:
    message = faults(GOOD.replace("{case_number}", "{a}").replace("injured_employee", "b"))
    assert "unknown slot `{a}`" in message
    assert "`b` is not allowed" in message


def test_acts_and_templates_agree() -> None:
    notices, table = load_notices(), load_transitions()
    check_called(notices, table)
    without = {kind: one for kind, one in notices.items() if kind != "noarfi"}
    with pytest.raises(RulebookInvalid, match="`issue_noarfi` calls for the notice `noarfi`"):
        check_called(without, table)
    strange = replace(notices["noarfi"], acts={**notices["noarfi"].acts, "dance": ()})
    with pytest.raises(RulebookInvalid, match="there is no act `dance`"):
        check_called({**notices, "noarfi": strange}, table)
    silent = replace(notices["extension"], acts={"issue": ()})
    with pytest.raises(RulebookInvalid, match="does not name the act `extend_time`"):
        check_called({**notices, "extension": silent}, table)


def test_every_notice_is_dated_and_cited() -> None:
    for template in load_notices().values():
        assert template.checked_on is not None
        assert template.citation
        assert template.requires
