"""`openimr forge`: writes synthetic case files with their truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from openimr.adapters.output import write_folder
from openimr.cli.progress import ProgressBar
from openimr.forging import forge_topics, scopes_of
from openimr.pipeline import load_rules
from openimr.synth.forge import SCENARIOS, forge_case
from openimr.synth.topics.bank import HELD, OPEN
from openimr.synth.types import ForgedCase
from openimr.synth.writers import as_packet, as_pdf, as_scan, as_text

_WRITERS = {"text": as_text, "pdf": as_pdf, "scan": as_scan, "packet": as_packet}


@click.command("forge")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the cases.")
@click.option(
    "--cases", type=click.IntRange(1, 100_000), default=1, help="How many; of each topic, if given."
)
@click.option("--seed", type=int, default=1, help="The same seed gives the same cases.")
@click.option("--scenario", type=click.Choice(sorted(SCENARIOS)), help="A named scenario.")
@click.option(
    "--topics",
    multiple=True,
    metavar="NAME",
    help="A guideline topic whose criteria the cases try at their limits, or `all`; repeatable.",
)
@click.option(
    "--wording",
    type=click.Choice([OPEN, HELD]),
    default=OPEN,
    help="Of --topics: the wordings that readers are tuned on, or those kept for measuring them.",
)
@click.option(
    "--format", "form", type=click.Choice(sorted(_WRITERS)), default="text", help="File format."
)
@click.option("--scan", is_flag=True, help="Fax-like page images; the same as --format scan.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    *,
    out: Path,
    cases: int,
    seed: int,
    scenario: str | None,
    topics: tuple[str, ...],
    wording: str,
    form: str,
    scan: bool,
    quiet: bool,
) -> None:
    """Write synthetic case files, each a folder of documents with truth.json."""
    write = _WRITERS["scan" if scan else form]
    if topics and scenario:
        raise click.UsageError("--topics and --scenario exclude each other")
    total, forged = _cases(cases, seed, scenario, topics, wording)
    with ProgressBar(quiet=quiet) as progress:
        progress.start(total, "Forging case files")
        for case in forged:
            write_folder(out / case.id, write(case))
            progress.advance()
        progress.done()
    click.echo(str(out))


def _cases(
    cases: int, seed: int, scenario: str | None, topics: tuple[str, ...], wording: str
) -> tuple[int, Iterator[ForgedCase]]:
    """How many, and the case files one by one."""
    if not topics:
        return cases, (forge_case(seed + number, scenario=scenario) for number in range(cases))
    rules = load_rules()
    scopes = scopes_of(topics, rules)
    forged = forge_topics(scopes, rules, cases=cases, seed=seed, wording=wording)
    return cases * len(scopes), forged
