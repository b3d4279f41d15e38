"""A table of acts with a fault is refused; each message names the culprit and the mend."""

from __future__ import annotations

from importlib.resources import files

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.model.process_state import TERMINAL, CaseState
from openimr.rulebook.agreement import check_agreement
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.grounds import load_grounds
from openimr.rulebook.transition_checks import reachable
from openimr.rulebook.transitions import load_transitions, parse_transitions

SHIPPED = (files("openimr.rulebook") / "data/process/transitions.yaml").read_text()
NO_GATE = """  no-gate:
    title: A program without a gatekeeper and without appeals
    off:
      - request_information
      - receive_information
      - information_expired
      - find_ineligible
      - defer
      - resume
      - find_eligible
      - reopen
      - petition
      - deny_petition
      - reverse
      - resubmit
    acts:
      open_eligibility_review: {to: ELIGIBLE, starts: [D13]}
"""


def test_the_shipped_table_has_every_state_and_transition() -> None:
    table = load_transitions()
    assert {row.number for row in table.rows} - {None} == set(range(1, 30))
    assert reachable(table.rows) == frozenset(CaseState)
    assert all(row.citation for row in table.rows)
    assert {row.act for row in table.rows if row.number is None} == {
        "receive_document",
        "authorize_item",
        "extend_time",
        "attest",
        "correct",
    }


def test_what_was_not_checked_says_so() -> None:
    """What regulation tells from memory only is marked; the mark reaches rows and guards."""
    table = load_transitions()
    assert sum(row.unverified for row in table.rows) >= 1
    assert sum(guard.unverified for guard in table.guards.values()) >= 1
    assert table.programs["aca"].unverified
    assert not table.programs["ca-wc"].unverified


def test_an_end_is_left_by_appeal_or_order_only() -> None:
    leaving = [row for row in load_transitions().rows if set(row.from_states) & TERMINAL and row.to]
    assert {row.act for row in leaving} == {"petition", "reopen"}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "from: [ADDL_INFO]",
            "from: [ADDL_INFOS]",
            "`ADDL_INFOS` is not allowed here; use one of: START",
        ),
        ("    to: DEFERRED\n", "", "no act leads to the state DEFERRED; add a row that does"),
        (
            "  - number: 8\n    act: resume",
            "  - number: 7\n    act: resume",
            "transition 8 is missing; add its row",
        ),
        (
            "    from: [APPEALED]\n",
            "    from: [ISSUED]\n",
            "no act leads out of the state APPEALED; add a row that does",
        ),
        (
            "guards: [names_assigned]",
            "guards: [names_signed]",
            "`names_signed` is not allowed here; use one of: receipt_stamp_of_application",
        ),
        (
            "guards:\n  receipt_stamp",
            "guards:\n  moon_is_full: {says: it is, citation: none}\n  receipt_stamp",
            "no function checks the guard `moon_is_full`; use one of",
        ),
        (
            '  copied_to_all: {says: "all',
            '  no_name: {says: "all',
            "the guard `copied_to_all` has no sentence",
        ),
        (
            "guards: [ineligible_ground, served_by_next_day]",
            "guards: []",
            "no row uses the guard `ineligible_ground`",
        ),
        ("effects: [link]", "effects: [lnk]", "`lnk` is not allowed here; use one of: open_items"),
        ("who: [quality]", "who: [judge]", "`judge` is not allowed here; use one of: intake"),
        ("who: [quality]", "who: []", "`who` lists nothing; write at least one"),
        (
            '    citation: "Labor Code 139.5(d)(4), 4610.6(a)"\n',
            "",
            "rows[18]: `citation` is missing; add `citation:`",
        ),
        (
            '    citation: "Labor Code 139.5(d)(4), 4610.6(a)"\n',
            '    citation: ""\n',
            "`citation` is empty; say it in a few words",
        ),
        ("starts: [D13]", "starts: [D28]", "there is no time limit `D28`; write D1 to D27"),
        ("then: terminate", "then: finish", "there is no act `finish`; use an act of `rows`"),
        ("data: {of: id,", "data: {of: word,", "`word` is not allowed here; use one of: date"),
        ("    inside: true\n", "    insider: true\n", "unknown key `insider`"),
        ("number: 29", "number: 30", "there is no transition 30; write 1 to 29"),
        (
            "guards: [overturned_items, not_all_implemented, not_to_come]",
            "guards: [overturned_items, all_implemented, not_to_come]",
            "`prove_implementation` has two rows from IMPLEMENTING that nothing tells apart",
        ),
        ("off: [defer, resume,", "off: [deferr, resume,", "there is no act `deferr`"),
        (
            "off: [defer, resume,",
            "off: [find_eligible, resume,",
            "programs.ca-dmhc: no act leads to the state ISSUED",
        ),
        ("most: 3", "most: three", "`most` is no whole number"),
        ("checked_on: 2026-11-24", "checked_on: 2026-11-31", "is not a date"),
    ],
)
def test_a_fault_is_named_with_its_mend(before: str, after: str, message: str) -> None:
    assert before in SHIPPED
    with pytest.raises(RulebookInvalid) as refusal:
        parse_transitions(SHIPPED.replace(before, after))
    assert message in refusal.value.message
    assert all(line.startswith("process/transitions.yaml:") for line in refusal.value.problems)


def test_all_faults_are_told_at_once() -> None:
    broken = SHIPPED.replace("who: [quality]", "who: [judge]").replace("most: 3", "most: x")
    with pytest.raises(RulebookInvalid) as refusal:
        parse_transitions(broken)
    assert len(refusal.value.problems) >= 2


def test_a_text_that_is_no_table_is_refused() -> None:
    with pytest.raises(RulebookInvalid, match="not YAML"):
        parse_transitions("rows: [")
    with pytest.raises(RulebookInvalid, match="`rows` is missing"):
        parse_transitions("source: x")


def test_a_program_without_a_gatekeeper_is_configuration() -> None:
    table = parse_transitions(SHIPPED + NO_GATE)
    rows = table.of("no-gate")
    assert CaseState.ELIG_REVIEW not in reachable(rows)
    assert CaseState.ISSUED in reachable(rows)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "starts: [D13]",
            "starts: [D13, D14]",
            "find_eligible: starts D13, D14, but in process/deadlines.yaml D13; mend",
        ),
        (
            "meets: [D12]\n    notice: ineligibility",
            "notice: ineligibility",
            "find_ineligible: ends",
        ),
        ("suspends: [all]", "suspends: [D12]", "defer: suspends D12"),
        ("resumes: [all]", "resumes: []", "resume: resumes nothing"),
        ("[UNSIGNED, LATE, NO_UR,", "[UNSIGNED, LATE,", "NO_UR is not in both this"),
        ("  aca:\n", "  aca2:\n", "programs: aca is not in both this"),
    ],
)
def test_a_table_that_differs_from_the_clock_or_the_grounds_is_refused(
    before: str, after: str, message: str
) -> None:
    assert before in SHIPPED
    table = parse_transitions(SHIPPED.replace(before, after))
    with pytest.raises(RulebookInvalid) as refusal:
        check_agreement(table, load_clock_rules(), load_grounds())
    assert message in refusal.value.message


def test_the_shipped_files_agree() -> None:
    check_agreement(load_transitions(), load_clock_rules(), load_grounds())
