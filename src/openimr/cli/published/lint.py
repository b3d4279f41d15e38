"""`openimr published lint`: the checks over a whole corpus, kept for its statistics."""

from __future__ import annotations

import json
from pathlib import Path

import click

from openimr.cli.progress import ProgressBar
from openimr.cli.published.shared_options import CORPUS_OPTION, PROCESSES_OPTION, cluster_option

_SECONDS = 120.0
"""Processor time for a batch of letters: a hundred times what the slowest machine needs."""


@click.command("lint")
@CORPUS_OPTION
@PROCESSES_OPTION
@cluster_option("check")
@click.option(
    "--list",
    "listed",
    is_flag=True,
    help="Then print every problem, one JSON object a line, in the order of the letters.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the count as one JSON object.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    *,
    corpus: Path,
    processes: int | None,
    address: str | None,
    listed: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check the letters of a corpus that have not been checked, and keep what is found.

    Stop it whenever you like and call it again. `openimr published stats --report problems` counts
    what was found by code, facet and year. With other checks or rules all letters are checked anew.
    """
    from openimr.corpus.executor import children, cluster
    from openimr.corpus.problems import all_problems, find_problems
    from openimr.corpus.store import Corpus

    crew = cluster(address) if address else children(processes, seconds=_SECONDS)
    with Corpus.open(corpus) as opened:
        with crew as workers, ProgressBar(quiet=quiet) as progress:
            count = find_problems(opened, workers, progress)
        if listed:
            for problem in all_problems(opened):
                click.echo(json.dumps(problem, ensure_ascii=False))
            return
    click.echo(json.dumps({"checked": count}) if as_json else f"{count:,} letters checked")
