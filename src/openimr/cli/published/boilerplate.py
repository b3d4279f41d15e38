"""`openimr published boilerplate`: how much of the reasons stands elsewhere, and what returns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape

from openimr.cli.progress import ProgressBar
from openimr.cli.published.facet_options import facet_options
from openimr.cli.published.shared_options import (
    CORPUS_OPTION,
    CSV_OPTION,
    ROWS_AS_JSON_OPTION,
    top_option,
)
from openimr.cli.published.stats_output import as_json, show, write_csv
from openimr.corpus.schema import ITEM_FACETS

if TYPE_CHECKING:
    from openimr.corpus.boilerplate_report import Boilerplate


@click.command("boilerplate")
@CORPUS_OPTION
@click.option(
    "--by",
    metavar="FACET",
    default="",
    help=f"Measure by letter, or by one of: {', '.join(ITEM_FACETS)}.",
)
@click.option(
    "--clusters",
    "most",
    type=click.IntRange(0, 10_000),
    default=0,
    metavar="N",
    help="Show the N largest clusters of rationales that are nearly the same.",
)
@facet_options
@top_option("Rows shown in the table; 0 for all. Files and JSON hold all of them.")
@ROWS_AS_JSON_OPTION
@CSV_OPTION
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    *,
    corpus: Path,
    by: str,
    most: int,
    top: int,
    json_wanted: bool,
    table_file: Path | None,
    quiet: bool,
    **facets: tuple[str, ...],
) -> None:
    """Measure how much of each rationale stands, word for word, in other letters of the corpus.

    The options named after facets choose the items that are measured; they are compared with the
    whole corpus. What is measured is kept beside the corpus and renewed when letters are added.
    """
    from openimr.corpus.boilerplate import measured
    from openimr.corpus.boilerplate_report import boilerplate
    from openimr.corpus.known_values import unknown_values
    from openimr.corpus.store import Corpus

    filters = {facet: values for facet, values in facets.items() if values}
    with Corpus.open(corpus) as opened:
        with ProgressBar(quiet=quiet) as progress:
            items = measured(opened, progress)
        found = boilerplate(opened, items, filters, by.strip().replace("-", "_"), most=most)
        for sentence in unknown_values(opened, filters):
            click.echo(sentence, err=True)
    if table_file:
        write_csv(found.report, table_file)
    if json_wanted:
        clusters = {"clusters": list(map(dict, found.clusters))} if most else {}
        click.echo(json.dumps(as_json(found.report) | clusters, ensure_ascii=False))
        return
    show(found.report, top)
    _show_clusters(found)


def _show_clusters(found: Boilerplate) -> None:
    console = Console(highlight=False)
    for cluster in found.clusters:
        years = f"{cluster['first_year']}-{cluster['last_year']}"
        console.print(
            f"\n[bold]{cluster['items']:,} items of {cluster['letters']:,} letters[/bold], {years}:"
            f" {cluster['upheld']:,} upheld, {cluster['overturned']:,} overturned;"
            f" {cluster['topics']:,} topics, most of them {cluster['topic'] or 'not stated'}"
        )
        console.print(escape(f'  {cluster["item"]}: "{cluster["text"]}…"'))
