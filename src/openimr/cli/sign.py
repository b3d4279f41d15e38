"""`openimr sign`: a reviewer's ruling laid on a draft and bound to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from openimr.adapters.output import write_folder
from openimr.adapters.plain_files import read_plain
from openimr.cli.desk import desk_of
from openimr.cli.instants import read_instant
from openimr.cli.progress import ProgressBar
from openimr.cli.reviewer_options import KEY_FILE
from openimr.cli.verify import load_determination
from openimr.model.errors import UsageError
from openimr.model.ruling import ItemRuling, Outcome, Ruling
from openimr.process.folder import CASE
from openimr.process.signing import SIGNED, Signing, sign

_LISTED = 20
"""Unopened pages that are named; the rest is counted."""


@click.command("sign")
@click.argument("determination", type=click.Path(path_type=Path))
@click.option("--reviewer", required=True, metavar="ID", help="Who signs, by the register's id.")
@click.option(
    "--register",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The register of reviewers, a JSON file.",
)
@click.option("--case", type=click.Path(path_type=Path), help="The case folder; else the nearest.")
@click.option(
    "--ruling",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Outcomes and what is overruled, as JSON (docs/howto/sign-and-issue.md).",
)
@click.option("--outcome", multiple=True, metavar="ITEM=OUTCOME", help="Such as 1=Upheld.")
@click.option("--because", multiple=True, metavar="ITEM=REASON", help="The reviewer's reason.")
@click.option("--at", metavar="INSTANT", help="When, with its zone; now if it is left out.")
@click.option(
    "--dry-run",
    "dry",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Sign nothing; write the letter here, to read it first.",
)
@KEY_FILE
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    determination: Path,
    *,
    reviewer: str,
    register: Path,
    case: Path | None,
    ruling: Path | None,
    outcome: tuple[str, ...],
    because: tuple[str, ...],
    at: str | None,
    dry: Path | None,
    key_file: Path | None,
    quiet: bool,
) -> None:
    """Sign DETERMINATION, a draft's JSON, as the reviewer who is assigned to its case.

    The draft must hold against the records, the reviewer must be assigned, eligible and attested,
    and every item needs an outcome; one that does not follow from its criteria needs a reason. The
    signed letter is written to the case's folder `signed`, and the act to its chain of events.
    """
    folder = case or _case_of(determination)
    decided = _ruling(ruling, outcome, because)
    with ProgressBar(quiet=quiet) as progress:
        done = sign(
            load_determination(determination),
            folder,
            decided,
            reviewer,
            desk=desk_of(register, key_file),
            at=read_instant(at),
            dry=dry is not None,
            progress=progress,
        )
    if dry is not None:
        write_folder(dry, done.files)
    _print(done)
    place = f"not signed; the letter is in {dry}" if dry else f"signed: {folder / SIGNED}"
    click.echo(place, err=True)


def _case_of(determination: Path) -> Path:
    """The nearest folder above a draft that holds a case."""
    for folder in determination.resolve().parents:
        if (folder / CASE).exists():
            return folder
    raise UsageError(
        f"no folder above {determination} holds a {CASE}",
        remedy="name the case folder with --case",
    )


def _ruling(file: Path | None, outcomes: Iterable[str], reasons: Iterable[str]) -> Ruling:
    """The ruling of a file, with the outcomes and reasons of the command line."""
    ruling = read_plain(file, Ruling, what="a ruling") if file else Ruling(items=())
    because = dict(map(_pair, reasons))
    items = [
        *ruling.items,
        *(ItemRuling(item=item, outcome=_outcome(word)) for item, word in map(_pair, outcomes)),
    ]
    for item in sorted(set(because) - {one.item for one in items}):
        raise UsageError(f"--because {item}: the item has no outcome")
    told = (replace(one, reason=because.get(one.item, one.reason)) for one in items)
    return replace(ruling, items=tuple(sorted(told, key=lambda one: one.item)))


def _pair(told: str) -> tuple[int, str]:
    number, equals, rest = told.partition("=")
    if not equals or not number.strip().isdecimal() or not rest.strip():
        raise UsageError(f"`{told}` names no item", remedy="write it as 1=Upheld or 1=reason")
    return int(number), rest.strip()


def _outcome(word: str) -> Outcome:
    try:
        return Outcome(word.capitalize())
    except ValueError:
        raise UsageError(
            f"`{word}` is no outcome", remedy=f"use one of: {', '.join(Outcome)}"
        ) from None


def _print(done: Signing) -> None:
    table = Table(title="Decided", title_justify="left")
    for name in ("#", "request", "outcome", "draft suggested"):
        table.add_column(name)
    for item in done.determination.items:
        suggested = item.evaluation.overruled or item.evaluation.suggestion
        table.add_row(
            str(item.item.index),
            item.item.request_text,
            item.outcome.value if item.outcome else "",
            suggested.replace("_", " "),
        )
    Console().print(table)
    if done.unopened:
        pages = [f"{file} p. {page}" for file, page in done.unopened]
        more = f" and {len(pages) - _LISTED} more" if len(pages) > _LISTED else ""
        click.echo(f"pages never opened: {', '.join(pages[:_LISTED])}{more}")
    elif done.unopened is not None:
        click.echo("every page was opened")
