"""`openimr forge`: writes synthetic case files with their truth."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.adapters.output import write_folder
from openimr.cli.progress import ProgressBar
from openimr.synth.forge import SCENARIOS, forge_case
from openimr.synth.writers import as_packet, as_pdf, as_scan, as_text

_WRITERS = {"text": as_text, "pdf": as_pdf, "scan": as_scan, "packet": as_packet}


@click.command("forge")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the cases.")
@click.option("--cases", type=click.IntRange(1, 100_000), default=1, help="How many.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same cases.")
@click.option("--scenario", type=click.Choice(sorted(SCENARIOS)), help="A named scenario.")
@click.option(
    "--format", "form", type=click.Choice(sorted(_WRITERS)), default="text", help="File format."
)
@click.option("--scan", is_flag=True, help="Fax-like page images; the same as --format scan.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    *, out: Path, cases: int, seed: int, scenario: str | None, form: str, scan: bool, quiet: bool
) -> None:
    """Write synthetic case files, each a folder of documents with truth.json."""
    write = _WRITERS["scan" if scan else form]
    with ProgressBar(quiet=quiet) as progress:
        progress.start(cases, "Forging case files")
        for number in range(cases):
            case = forge_case(seed + number, scenario=scenario)
            write_folder(out / case.id, write(case))
            progress.advance()
        progress.done()
    click.echo(str(out))
