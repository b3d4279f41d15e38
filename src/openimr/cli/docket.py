"""`openimr docket`: what is due in a folder of cases."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from openimr.adapters.clock import now
from openimr.cli.deadline import moment_of
from openimr.model.deadline import Standing
from openimr.model.errors import CheckFailed
from openimr.model.moments import local
from openimr.process.docket import DocketEntry, DocketRules, docket
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.transitions import load_transitions


@click.command("docket")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--as-of",
    "as_of",
    metavar="DATE",
    help="Count from this day or moment (YYYY-MM-DD, YYYY-MM-DDTHH:MM); left out: from now.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each thing due.")
def command(folder: Path, as_of: str | None, *, as_json: bool) -> None:
    """List what is due in FOLDER, a folder of case folders or one case folder.

    The most urgent first, what is late marked; clocks follow from the events of each case. A case
    that cannot be read is named, and the exit code is 1.
    """
    moment = moment_of(as_of) if as_of else now()
    rules = DocketRules(
        table=load_transitions(), clock=load_clock_rules(), money=load_money_rules()
    )
    found = docket(folder, moment, rules)
    for entry in found.entries:
        click.echo(json.dumps(_plain(entry), ensure_ascii=False) if as_json else _line(entry))
    late = sum(entry.late for entry in found.entries)
    click.echo(f"{found.cases} case(s), {len(found.entries)} clock(s), {late} late", err=True)
    if found.problems:
        raise CheckFailed("some cases cannot be read:\n  " + "\n  ".join(found.problems))


def _plain(entry: DocketEntry) -> dict[str, object]:
    clock, due = entry.clock, entry.clock.due
    return {
        "case_number": entry.case_number,
        "folder": entry.folder,
        "deadline": clock.deadline,
        "variant": clock.variant or None,
        "title": due.title,
        "who": due.who,
        "due": due.due.isoformat(),
        "standing": str(clock.standing),
        "days_left": entry.days_left,
        "late": entry.late,
        "ended": entry.ended,
        "penalty": entry.penalty.amount if entry.penalty else None,
        "penalty_is_bound": entry.penalty.bound if entry.penalty else None,
        "started_by": clock.started_by,
        "service": due.service,
        "regime": due.regime,
        "if_missed": due.if_missed,
        "estimated": due.estimated,
        "unverified": due.unverified,
    }


def _line(entry: DocketEntry) -> str:
    clock, due = entry.clock, entry.clock.due
    last = due.due
    day = f"{local(last):%Y-%m-%d %H:%M}" if isinstance(last, datetime) else last.isoformat()
    marks = [word for word in ("estimated", "unverified") if getattr(due, word)]
    if entry.penalty:
        most = "at most " if entry.penalty.bound else ""
        marks.insert(0, f"{most}${entry.penalty.amount:,} so far")
    told = f" ({', '.join(marks)})" if marks else ""
    head = f"{day:16}  {_left(entry):14}  {entry.case_number:12}  {clock.deadline:3}"
    return f"{head}  {due.title}; {due.who}{told}"


def _left(entry: DocketEntry) -> str:
    if entry.clock.standing is Standing.SUSPENDED:
        return "stands still"
    if entry.clock.due.at_once:
        return "at once"
    if entry.ended:
        return "ended"
    days = abs(entry.days_left)
    unit = "day" if days == 1 else "days"
    if entry.late:
        return f"LATE {days} {unit}" if days else "LATE today"
    return f"{days} {unit} left" if days else "today"
