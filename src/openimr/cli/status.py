"""`openimr status`: where a case stands, what may be done next and by whom, and what happened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from openimr.adapters.plain_files import to_plain
from openimr.model.clock_rules import ClockRules
from openimr.model.deadline import CaseClock, Standing
from openimr.model.transition import Transition, TransitionTable
from openimr.process.folder import OpenedCase, open_case
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.transitions import load_transitions
from openimr.workflow.acts import possible
from openimr.workflow.refusal import roles
from openimr.workflow.running import running_clocks
from openimr.workflow.views import View, seen, shown_items


@click.command("status")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "told_as_json", is_flag=True, help="Print it as JSON.")
@click.option(
    "--view",
    type=click.Choice([str(view) for view in View]),
    default=str(View.ORGANIZATION),
    help="For whom: a party sees no reviewer and nothing internal, a reviewer nothing of a "
    "decision that was set aside.",
)
def command(case: Path, *, told_as_json: bool, view: str) -> None:
    """Say where a case stands: state, items, flags, possible acts, events.

    CASE is a folder with case.json and, once something happened, events.jsonl. A chain of events
    that does not hold is refused, naming the first event at fault.
    """
    table, clocks = load_transitions(), load_clock_rules()
    opened = open_case(case, table)
    if told_as_json:
        click.echo(json.dumps(as_json(opened, table, clocks, View(view)), ensure_ascii=False))
    else:
        click.echo(as_text(opened, table, clocks, View(view)))


def as_json(
    opened: OpenedCase,
    table: TransitionTable,
    clocks: ClockRules,
    view: View = View.ORGANIZATION,
) -> dict[str, object]:
    """Where the case stands, for programs."""
    state, case = opened.state, opened.case
    events = seen(view, table, case.program, opened.events)
    inside: dict[str, object] = {
        "reviewers": list(state.reviewers),
        "excluded_reviewers": sorted(state.excluded),
        "attested_reviewers": sorted(state.attested),
        "signed_items": sorted(state.signed_items),
        "sha256": state.head,
    }
    return {
        "case_number": case.case_number,
        "program": case.program,
        "state": str(state.state),
        "priority": str(state.priority),
        "items": {
            str(index): str(item)
            for index, item in shown_items(state, party=view is View.PARTY).items()
        },
        "flags": {str(flag): value for flag, value in state.flags.items()},
        "clocks": [_clock(clock) for clock in _open_clocks(opened, clocks)],
        **(inside if view is View.ORGANIZATION else {}),
        "next": [_next(row) for row in possible(table, state, case)],
        "events": [to_plain(event) for event in events],
    }


def as_text(
    opened: OpenedCase,
    table: TransitionTable,
    clocks: ClockRules,
    view: View = View.ORGANIZATION,
) -> str:
    """Where the case stands, for people."""
    state, case = opened.state, opened.case
    lines = [f"{case.case_number}: {state.state}, {state.priority}"]
    lines += [f"  {flag}: {value}" for flag, value in state.flags.items()]
    texts = {item.index: item.request_text for item in case.items}
    for index, item in shown_items(state, party=view is View.PARTY).items():
        lines.append(f"  item {index}: {item}  {texts.get(index, '')}".rstrip())
    if state.reviewers and view is View.ORGANIZATION:
        lines.append(f"  reviewer: {', '.join(state.reviewers)}")
    for clock in _open_clocks(opened, clocks):
        unverified = ", unverified" if clock.due.unverified else ""
        told = f"{clock.deadline} {clock.standing}, due {clock.due.due.isoformat()}{unverified}"
        lines.append(f"  {told}: {clock.due.title}")
    lines.append("Possible now:")
    lines += [f"  {_line(row)}" for row in possible(table, state, case)] or ["  nothing"]
    lines.append("What happened:")
    events = seen(view, table, case.program, opened.events)
    for event in events:
        who = f"{event.actor.role}:{event.actor.name}".rstrip(":")
        lines.append(
            f"  {event.number}. {event.at.isoformat()} {event.act} ({who}): {event.reason}"
        )
    return "\n".join(lines)


def _open_clocks(opened: OpenedCase, clocks: ClockRules) -> Iterator[CaseClock]:
    for clock in running_clocks(opened.case, opened.events, clocks):
        if clock.standing in {Standing.RUNNING, Standing.SUSPENDED}:
            yield clock


def _clock(clock: CaseClock) -> dict[str, object]:
    return {
        "deadline": clock.deadline,
        "standing": str(clock.standing),
        "due": clock.due.due.isoformat(),
        "title": clock.due.title,
        "unverified": clock.due.unverified,
    }


def _line(row: Transition) -> str:
    stated = ", ".join(row.data)
    needs = f", stating {stated}" if stated else ""
    to = f" -> {row.to}" if row.to else ""
    return f"{row.act}{to} by {roles(row.who)}{needs}"


def _next(row: Transition) -> dict[str, object]:
    return {
        "act": row.act,
        "to": str(row.to) if row.to else None,
        "who": [str(role) for role in row.who],
        "data": {name: str(kind) for name, kind in row.data.items()},
        "may": {name: str(kind) for name, kind in row.may.items()},
        "reason_needed": row.reason_needed,
        "citation": row.citation,
        "unverified": row.unverified,
    }
