"""`openimr notice`: the letters that an act of a case calls for."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.adapters.output import write_folder
from openimr.cli.instants import read_instant
from openimr.model.errors import UsageError
from openimr.model.notice import NoticeRole
from openimr.process.assigning import read_register
from openimr.process.notices import FOLDER, NoticeRules, letters, read_offices, require_secret
from openimr.rulebook.assignment import load_assignment_rules
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.grounds import load_grounds
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.notices import load_notices
from openimr.rulebook.transitions import load_transitions


@click.command("notice")
@click.argument("case", type=click.Path(path_type=Path), required=False)
@click.argument("kind", required=False)
@click.option("--list", "show_list", is_flag=True, help="List the notices, with their acts.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the letters; left out: notices/ in the case.",
)
@click.option(
    "--as-of", "as_of", metavar="INSTANT", help="Leave out what happened later, with its zone."
)
@click.option("--to", metavar="ROLE", help="Only this recipient, such as claims_administrator.")
@click.option(
    "--offices",
    type=click.Path(path_type=Path),
    help="Who sends; left out: offices.json in the case or beside it.",
)
@click.option(
    "--register",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The register of reviewers, so that no letter names one; needed once a case has one.",
)
def command(
    case: Path | None,
    kind: str | None,
    *,
    show_list: bool,
    out: Path | None,
    as_of: str | None,
    to: str | None,
    offices: Path | None,
    register: Path | None,
) -> None:
    """Write the letters of a notice, one for each recipient, as text and PDF.

    CASE is a folder with case.json and events.jsonl; KIND is one of `openimr notice --list`. The
    last event that calls for the notice fills it. Something missing is named, and nothing is
    written then. What was not checked against the law is told on the error stream, not in a letter.
    """
    if show_list:
        _list()
        return
    if case is None or kind is None:
        raise UsageError(
            "a notice needs a case and a kind",
            remedy="write `openimr notice CASE KIND`, or `openimr notice --list`",
        )
    rules = NoticeRules(
        templates=load_notices(),
        table=load_transitions(),
        clock=load_clock_rules(),
        money=load_money_rules(),
        grounds=load_grounds(),
    )
    found = letters(
        case,
        kind,
        rules,
        read_offices(case, offices),
        as_of=read_instant(as_of, "--as-of") if as_of else None,
        to=_role(to) if to else None,
    )
    folder = out or case / FOLDER
    files = found.files()
    reviewers = read_register(register, load_assignment_rules()).register if register else None
    require_secret(files, found.secret, reviewers)
    write_folder(folder, files)
    for name in files:
        click.echo(folder / name)
    for caution in found.cautions():
        click.echo(f"not verified: {caution.text} ({caution.citation})", err=True)


def _list() -> None:
    for template in load_notices().values():
        mark = " (unverified)" if template.unverified else ""
        click.echo(f"{template.kind}: {template.title}{mark}")
        click.echo(f"  upon {', '.join(template.acts)}; {template.citation}")
        click.echo(f"  to {', '.join(one.role for one in template.addressees)}")


def _role(told: str) -> NoticeRole:
    if told not in set(NoticeRole):
        raise UsageError(
            f"--to {told} is no recipient", remedy=f"use one of: {', '.join(NoticeRole)}"
        )
    return NoticeRole(told)
