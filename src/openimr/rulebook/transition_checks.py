"""What must hold across the rows of a table of acts, or it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openimr.model.process_state import TERMINAL, CaseState
from openimr.model.transition import Guard, GuardName, Transition
from openimr.rulebook.yaml_nodes import Node, Problems

_LIMIT = re.compile(r"D([1-9]|1\d|2[0-7])|all")
_NUMBERS = range(1, 30)


def check_rows(
    rows: Sequence[Transition],
    nodes: Sequence[Node],
    at: Node,
    problems: Problems,
    *,
    whole: bool = True,
) -> None:
    """Note states never reached or never left, rows without effect, words that name nothing.

    Args:
        rows: of the table, or of a program.
        nodes: where each row stands.
        at: where to note what concerns them all.
        problems: to note in.
        whole: whether it is the whole table: a program may lack states and numbers.
    """
    for place, (row, node) in enumerate(zip(rows, nodes, strict=True)):
        _check_row(row, node, rows, problems)
        _check_shadowed(row, node, rows[:place], problems)
    reached = reachable(rows)
    if whole:
        for state in CaseState:
            if state not in reached:
                problems.add(at, f"no act leads to the state {state}", "add a row that does")
        for number in sorted(set(_NUMBERS) - {row.number for row in rows}):
            problems.add(at, f"transition {number} is missing", "add its row")
    elif CaseState.ISSUED not in reached:
        problems.add(at, "no act leads to the state ISSUED", "add a row that does")
    left = {state for row in rows if row.to for state in row.from_states}
    for state in CaseState:
        if state in reached and state not in TERMINAL | left:
            problems.add(at, f"no act leads out of the state {state}", "add a row that does")


def _check_row(row: Transition, node: Node, rows: Sequence[Transition], problems: Problems) -> None:
    fields = node.fields()
    for key in ("from", "who"):
        if key in fields and not (row.from_states if key == "from" else row.who):
            problems.add(fields[key], f"`{key}` lists nothing", "write at least one")
    limits = (*row.starts, *row.meets, *row.waits, *row.suspends, *row.resumes)
    for limit in limits:
        if not _LIMIT.fullmatch(limit):
            problems.add(node, f"there is no time limit `{limit}`", "write D1 to D27")
    if row.then and row.then not in {one.act for one in rows}:
        problems.add(fields["then"], f"there is no act `{row.then}`", "use an act of `rows`")
    if row.number is not None and row.number not in _NUMBERS:
        problems.add(node, f"there is no transition {row.number}", "write 1 to 29")
    for name in set(row.data) & set(row.may):
        problems.add(node, f"`{name}` stands in `data` and in `may`", "keep one of the two")


def _check_shadowed(
    row: Transition, node: Node, earlier: Sequence[Transition], problems: Problems
) -> None:
    """Rows of one act in one state are told apart by data or guards; the first fit is taken."""
    for other in earlier:
        same = other.act == row.act and set(other.from_states) & set(row.from_states)
        if same and other.guards == row.guards and other.data == row.data:
            states = ", ".join(state for state in row.from_states if state in other.from_states)
            what = f"`{row.act}` has two rows from {states} that nothing tells apart"
            problems.add(node, what, "give one of them a guard that the other fails")


def check_words(
    rows: Sequence[Transition], guards: Mapping[GuardName, Guard], at: Node, problems: Problems
) -> None:
    """Note guards that a row uses and nobody explains, and guards that no row uses."""
    used = {name for row in rows for name in row.guards}
    for name in GuardName:
        if name in used and name not in guards:
            problems.add(
                at, f"the guard `{name}` has no sentence", "add what it says and stands on"
            )
        if name in guards and name not in used:
            problems.add(at, f"no row uses the guard `{name}`", "use it or take it out")


def reachable(rows: Sequence[Transition]) -> frozenset[CaseState]:
    """The states to which some sequence of acts leads from the start."""
    found = {CaseState.START}
    while True:
        more = {row.to for row in rows if row.to and found & set(row.from_states)}
        if more <= found:
            return frozenset(found)
        found |= more
