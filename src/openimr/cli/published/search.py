"""`openimr published search`: find items of published letters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from openimr.cli.progress import ProgressBar
from openimr.cli.published.facet_options import facet_options
from openimr.cli.published.search_output import as_json, show
from openimr.cli.published.shared_options import CORPUS_OPTION
from openimr.model.errors import UsageError


@click.command("search")
@click.argument("query", default="")
@CORPUS_OPTION
@facet_options
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="Order of the items found.",
)
@click.option(
    "--limit",
    type=click.IntRange(0, 1_000),
    default=10,
    show_default=True,
    help="Items on a page.",
)
@click.option(
    "--offset", type=click.IntRange(0, 100_000), default=0, help="Items to pass over before."
)
@click.option(
    "--counts",
    "top",
    type=click.IntRange(0, 500),
    default=10,
    show_default=True,
    help="Values counted for each facet; 0 for none.",
)
@click.option(
    "--lenient", is_flag=True, help="Search for the plain words of a query that cannot be read."
)
@click.option(
    "--export",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write every item found to FILE: .csv, .jsonl or .parquet.",
)
@click.option("--json", "json_wanted", is_flag=True, help="One JSON object.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    query: str,
    *,
    corpus: Path,
    sort: str,
    limit: int,
    offset: int,
    top: int,
    lenient: bool,
    file: Path | None,
    json_wanted: bool,
    quiet: bool,
    **facets: tuple[str, ...],
) -> None:
    """Find decided items by words and facets.

    QUERY: words that must all be there, "a phrase", begin*, AND OR NOT, parentheses, and
    heading: rationale: guideline: summary: before a word. Without it, everything is found that
    the facets let through. Repeat a facet for alternatives.
    """
    from openimr.corpus.export import check_name, export
    from openimr.corpus.search import Request, Search, Sort
    from openimr.corpus.store import Corpus

    if file:
        check_name(file)
    request = Request(
        node=_node(query, lenient=lenient),
        filters={facet: values for facet, values in facets.items() if values},
        sort=Sort(sort),
        limit=limit,
        offset=offset,
        top=top,
    )
    with Corpus.open(corpus) as opened, ProgressBar(quiet=quiet) as progress:
        search = Search(opened, progress)
        result = search.run(request)
        if file:
            written = export(opened, search.places(request), file)
            click.echo(f"{written:,} items written to {file}", err=True)
    if json_wanted:
        click.echo(json.dumps(as_json(query, request, result), ensure_ascii=False))
    else:
        show(query, request, result)


def _node(query: str, *, lenient: bool) -> Any:  # noqa: ANN401 importing the type would import tantivy
    from openimr.corpus.query import any_words, parse

    try:
        return parse(query)
    except UsageError as error:
        if not lenient:
            raise
        click.echo(f"{error.message} Its plain words are searched.", err=True)
        return any_words(query)
