"""`openimr issue`: a signed determination is numbered, frozen, served and published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from openimr.cli.desk import desk_of
from openimr.cli.instants import read_instant
from openimr.cli.progress import ProgressBar
from openimr.cli.reviewer_options import KEY_FILE
from openimr.cli.verify import load_determination
from openimr.model.moments import local_day
from openimr.model.party import ServiceMethod
from openimr.process.issuing import Release, issue
from openimr.process.signing import SIGNED


@click.command("issue")
@click.argument("case", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--register",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The register of reviewers, so that no file names one.",
)
@click.option("--by", required=True, metavar="NAME", help="Who releases it: an account, no person.")
@click.option(
    "--service",
    type=click.Choice([method.value for method in ServiceMethod]),
    default=ServiceMethod.MAIL_CALIFORNIA.value,
    show_default=True,
    help="How it is served.",
)
@click.option(
    "--served-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of service; else the day of --at.",
)
@click.option("--at", metavar="INSTANT", help="When, with its zone; now if it is left out.")
@click.option("--correct", default="", metavar="REASON", help="Issue a corrected version, and why.")
@KEY_FILE
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    case: Path,
    *,
    register: Path,
    by: str,
    service: str,
    served_on: datetime | None,
    at: str | None,
    correct: str,
    key_file: Path | None,
    quiet: bool,
) -> None:
    """Issue the signed determination of CASE, a case folder.

    It must hold against records, rules and signature, and no file of it may name the reviewer. The
    parties' letter and the published form, without a name, are written to `issued/1`; a correction
    goes beside it as `issued/2` and never over it.
    """
    instant = read_instant(at)
    release = Release(
        by=by,
        at=instant,
        served_on=served_on.date() if served_on else local_day(instant),
        service=ServiceMethod(service),
        correction=correct,
    )
    with ProgressBar(quiet=quiet) as progress:
        done = issue(
            load_determination(case / SIGNED / "determination.json"),
            case,
            release,
            desk=desk_of(register, key_file),
            progress=progress,
        )
    for item in done.determination.items:
        click.echo(f"{item.item.request_text}: {item.outcome.value if item.outcome else ''}")
    for problem in done.problems:
        where = f"item {problem.item}" if problem.item else "letter"
        click.echo(f"quality: {problem.code}, {where}: {problem.message}", err=True)
    click.echo(f"issued: {done.folder}", err=True)
