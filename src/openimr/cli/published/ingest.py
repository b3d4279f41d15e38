"""`openimr published ingest`: letters go into a corpus, once each, however often it is stopped."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console

from openimr import __version__
from openimr.adapters.clock import now
from openimr.cli.progress import ProgressBar
from openimr.cli.published.shared_options import PROCESSES_OPTION, cluster_option
from openimr.corpus.executor import Crew, children, cluster
from openimr.corpus.ingest import ingest
from openimr.corpus.keeper import Policy, Tally

_SECONDS = 60.0
"""Processor time for a batch of letters: ten times what the slowest machine needs."""


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder of the corpus; made where it is missing.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="Where a case number is kept already with another text, keep the new one in its place.",
)
@click.option(
    "--retry", is_flag=True, help="Try again what was set aside, even by this same version."
)
@PROCESSES_OPTION
@cluster_option("read")
@click.option(
    "--no-index",
    is_flag=True,
    help="Leave the search index as it is: the next search brings it up to date.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    paths: tuple[Path, ...],
    *,
    corpus: Path,
    replace: bool,
    retry: bool,
    processes: int | None,
    address: str | None,
    no_index: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take letters into a corpus: PATHS are PDFs, texts, folders and zip archives of them.

    Stop it whenever you like and call it again: what was taken in is not done twice. A letter is
    known by its content and its case number. What cannot be kept is set aside with the reason;
    `openimr published aside` lists it. At the end the letters are added to the search index.
    """
    from openimr.corpus.reading import read_documents

    policy = Policy(engine=__version__, replace=replace, retry=retry)
    with _crew(processes, address) as crew, ProgressBar(quiet=quiet) as progress:
        tally = ingest(
            paths,
            corpus,
            reader=read_documents,
            crew=crew,
            policy=policy,
            since=now(),
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(asdict(tally)))
    else:
        click.echo(_sentence(tally))
    if tally.aside:
        talk = Console(stderr=True, highlight=False, quiet=quiet, soft_wrap=True)
        talk.print(f"See what was set aside, and why: openimr published aside --corpus {corpus}")
    if not no_index:
        _index(corpus, quiet=quiet)


def _index(corpus: Path, *, quiet: bool) -> None:
    """Do now what the first search would have to wait for."""
    from openimr.corpus.index import update
    from openimr.corpus.store import Corpus

    with Corpus.open(corpus) as opened, ProgressBar(quiet=quiet) as progress:
        update(opened, progress)


def _crew(processes: int | None, address: str | None) -> AbstractContextManager[Crew]:
    return cluster(address) if address else children(processes, seconds=_SECONDS)


def _sentence(tally: Tally) -> str:
    """The counts as a person reads them."""
    replaced = f" ({tally.replaced:,} in place of another text)" if tally.replaced else ""
    return (
        f"{tally.kept:,} kept{replaced}, {tally.doubles:,} doubles, {tally.aside:,} set aside,"
        f" {tally.known:,} known from before"
    )
