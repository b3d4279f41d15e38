"""`openimr deadline`: one time limit, with every step that leads to the day."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from openimr.adapters.plain_files import to_plain
from openimr.model.clock_rules import ClockRules
from openimr.model.deadline import ClockOptions, Due
from openimr.model.errors import UsageError
from openimr.model.moments import read_moment
from openimr.model.party import ServiceMethod
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.calendar import named
from openimr.workflow.clock import CALIFORNIA, due


@click.command("deadline")
@click.argument("deadline_id", metavar="ID")
@click.option(
    "--date",
    "trigger",
    required=True,
    metavar="DATE",
    help="What starts it: a day (YYYY-MM-DD), or for limits in hours a moment (YYYY-MM-DDTHH:MM,"
    " Pacific time unless it has a zone).",
)
@click.option(
    "--service",
    type=click.Choice([str(method) for method in ServiceMethod]),
    help="How the document was served; left out: not known.",
)
@click.option(
    "--regime",
    metavar="YEAR",
    help="The rules to go by: a year, a regime's id or the day of the UR decision; left out: the"
    " rules of DATE.",
)
@click.option(
    "--program", default=CALIFORNIA, show_default=True, help="Whose parameters: see programs.yaml."
)
@click.option("--variant", default="", help="Which limit of a deadline that has several.")
@click.option("--days", type=int, help="Days granted, of a limit up to so many (D22).")
@click.option("--sent", is_flag=True, help="DATE is the day of mailing: estimate the receipt.")
@click.option(
    "--roll/--no-roll",
    default=None,
    help="Whether a last day on a closed day moves, where the law on it was not checked.",
)
@click.option(
    "--doubtful-holidays", is_flag=True, help="Take holidays that may not be listed as closed."
)
@click.option("--json", "as_json", is_flag=True, help="The answer and its steps as JSON.")
def command(
    *,
    deadline_id: str,
    trigger: str,
    service: str | None,
    regime: str | None,
    program: str,
    variant: str,
    days: int | None,
    sent: bool,
    roll: bool | None,
    doubtful_holidays: bool,
    as_json: bool,
) -> None:
    """When the deadline ID (D1 to D27) runs out, and why then.

    The steps name the rule each follows; what was not checked against the law says so.
    """
    rules = load_clock_rules()
    found = due(
        rules,
        deadline_id,
        moment_of(trigger),
        ServiceMethod(service) if service else None,
        regime_day=regime_day(rules, regime) if regime else None,
        program=program,
        options=ClockOptions(
            variant=variant,
            length=days,
            roll=roll,
            doubtful_holidays=doubtful_holidays,
            sent=sent,
        ),
    )
    if as_json:
        click.echo(json.dumps(to_plain(found), ensure_ascii=False))
    else:
        click.echo(in_words(found))


def moment_of(told: str) -> date | datetime:
    """A day or a moment as it was written.

    Raises:
        UsageError: it is neither, or no such day exists.
    """
    try:
        return read_moment(told)
    except ValueError as error:
        raise UsageError(
            f"`{told}` is no date",
            why=str(error),
            remedy="write a day that exists as 2015-03-17, or a moment as 2015-03-17T09:30",
        ) from error


def regime_day(rules: ClockRules, told: str) -> date:
    """The day of the UR decision that a regime, a year or a day stands for.

    Raises:
        UsageError: it names none of them.
    """
    for regime in rules.regimes:
        if told == regime.id:
            return regime.effective_from
    for regime in rules.regimes:
        if regime.id.startswith(told) and len(told) == 4:
            return regime.effective_from
    if len(told) == 4 and told.isdigit():
        told = f"{told}-01-01"
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        known = ", ".join(regime.id for regime in rules.regimes)
        raise UsageError(
            f"there is no regime {told}",
            why=f"the regimes by day of the UR decision are {known}",
            remedy="name one of them, a year, or the day of the UR decision",
        ) from error


def in_words(found: Due) -> str:
    """The answer as a person reads it."""
    lines = [f"{found.deadline}  {found.title}", f"due {named(found.due)}, by {found.who}", ""]
    for number, step in enumerate(found.steps, start=1):
        mark = " (unverified)" if step.unverified else ""
        lines.append(f"{number:3}. {step.text}{mark}")
        if step.citation:
            lines.append(f"     {step.citation}")
    lines += ["", f"If missed: {found.if_missed}.", f"Rules: {found.regime}."]
    if found.estimated:
        lines.append("Estimated: the day of receipt is not known.")
    if found.unverified:
        lines.append("Unverified: a number or rule used was not checked against the law.")
    return "\n".join(lines)
