"""`openimr act`: one step of a case, recorded as the rules allow it or refused with the rule."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from openimr.cli.instants import read_instant
from openimr.cli.status import as_json, as_text
from openimr.model.errors import UsageError
from openimr.model.event import Actor, ActorRole
from openimr.process.folder import act_on
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.transitions import load_transitions


@click.command("act")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("act")
@click.option(
    "--as", "actor", required=True, metavar="ROLE:NAME", help=f"Who acts: {', '.join(ActorRole)}."
)
@click.option("--at", metavar="INSTANT", help="When, with its zone; now if it is left out.")
@click.option("--reason", default="", help="Why, in words.")
@click.option(
    "--data", multiple=True, metavar="KEY=VALUE", help="What the act states; may be repeated."
)
@click.option("--json", "told_as_json", is_flag=True, help="Print where the case stands as JSON.")
def command(
    case: Path,
    act: str,
    actor: str,
    at: str | None,
    reason: str,
    data: tuple[str, ...],
    *,
    told_as_json: bool,
) -> None:
    """Do one act on a case folder: its event is appended, or nothing is.

    CASE is a folder with case.json; ACT is one of the table of acts, such as issue_noarfi.
    `openimr status CASE` shows which acts are possible, by whom and with what data.
    """
    table, clocks = load_transitions(), load_clock_rules()
    opened = act_on(
        case, table, act, _actor(actor), read_instant(at), _data(data), reason, clocks=clocks
    )
    click.echo(
        json.dumps(as_json(opened, table, clocks))
        if told_as_json
        else as_text(opened, table, clocks)
    )


def _actor(told: str) -> Actor:
    role, _, name = told.partition(":")
    if role not in set(ActorRole) or not name.strip():
        raise UsageError(
            f"--as {told} names no role and person",
            why=f"the roles are {', '.join(ActorRole)}",
            remedy="write it as ROLE:NAME, such as intake:mail-room",
        )
    return Actor(role=ActorRole(role), name=name.strip())


def _data(told: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in told:
        key, equals, value = pair.partition("=")
        if not equals or key in found:
            raise UsageError(
                f"--data {pair} cannot be used",
                why=f"`{key}` is told twice" if equals else "there is no value",
                remedy="write each once, as key=value",
            )
        found[key] = value
    return found
