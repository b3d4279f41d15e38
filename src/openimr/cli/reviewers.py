"""`openimr reviewers`: the register of expert reviewers."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from openimr.adapters.clock import today
from openimr.assign.pseudonym import pseudonym
from openimr.assign.register import Checked, check_reviewer
from openimr.cli.reviewer_options import AS_OF, KEY_FILE, read_key
from openimr.process.assigning import read_register
from openimr.rulebook.assignment import load_assignment_rules


@click.group("reviewers")
def command() -> None:
    """The register of expert reviewers, which is secret: output names them by id only."""


@command.command("check")
@click.argument("register", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@AS_OF
@KEY_FILE
@click.option("--json", "as_json", is_flag=True, help="One JSON object a reviewer.")
def check(register: Path, as_of: datetime | None, key_file: Path | None, *, as_json: bool) -> int:
    """Say of each reviewer what is missing, has expired or expires within 60 days.

    REGISTER is a JSON file. With a key, JSON output shows the pseudonym that letters use. The exit
    code is 1 where a reviewer may not be given any item, 3 where the register cannot be used.
    """
    rules, day = load_assignment_rules(), as_of.date() if as_of else today()
    key = read_key(key_file)
    read = read_register(register, rules)
    checked = [check_reviewer(one, day, rules) for one in read.register.reviewers]
    if as_json:
        for one in checked:
            click.echo(json.dumps(_as_json(one, key), ensure_ascii=False))
    else:
        _print(checked)
    unfit = sum(bool(one.reasons) for one in checked)
    click.echo(
        f"{len(checked)} reviewers, {len(checked) - unfit} may be given items on {day}", err=True
    )
    return 1 if unfit else 0


def _as_json(one: Checked, key: bytes) -> dict[str, object]:
    return {
        "reviewer": one.reviewer,
        "pseudonym": pseudonym(one.reviewer, key) if key else None,
        "may_be_assigned": not one.reasons,
        "reasons": [
            {
                "code": reason.code,
                "says": reason.says,
                "citation": reason.citation,
                "unverified": reason.unverified,
            }
            for reason in one.reasons
        ],
        "notices": list(one.notices),
    }


def _print(checked: list[Checked]) -> None:
    table = Table("reviewer", "stands against", "citation", "look at")
    for one in checked:
        marks = [f"{r.citation}{' (unverified)' if r.unverified else ''}" for r in one.reasons]
        says = "\n".join(reason.says for reason in one.reasons) or "-"
        table.add_row(one.reviewer, says, "\n".join(marks), "\n".join(one.notices))
    Console().print(table)
