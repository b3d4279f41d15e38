"""`openimr published stats`: how items fell, what reviewers missed, how long letters took."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openimr.cli.published.facet_options import facet_options
from openimr.cli.published.shared_options import (
    CORPUS_OPTION,
    CSV_OPTION,
    ROWS_AS_JSON_OPTION,
    top_option,
)
from openimr.cli.published.stats_output import as_json, show, write_csv
from openimr.corpus.schema import ITEM_FACETS
from openimr.model.errors import UsageError

if TYPE_CHECKING:
    from openimr.corpus.report import Report

_REPORTS = ("outcomes", "guidelines", "missing", "age", "problems")
_COUNTED_BY = frozenset({"outcomes", "guidelines", "problems"})


@click.command("stats")
@CORPUS_OPTION
@click.option(
    "--report",
    type=click.Choice(_REPORTS),
    default="outcomes",
    show_default=True,
    help="outcomes: overturn rates. guidelines: pages cited and how items fall. missing: what"
    " reviewers say the record lacks. age: days to the decision. problems: what `published lint`"
    " found.",
)
@click.option(
    "--by",
    metavar="FACET[,FACET]",
    default="",
    help=f"Count by one or two of: {', '.join(ITEM_FACETS)}.",
)
@click.option(
    "--over", type=click.Choice(["year", "quarter"]), help="Count over time, by decision date."
)
@facet_options
@top_option("Rows shown in the table and the chart; 0 for all. Files hold all of them.")
@ROWS_AS_JSON_OPTION
@CSV_OPTION
@click.option(
    "--chart",
    "chart_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg",
    help="Draw the rows shown, as SVG or PNG, and write them beside it as CSV.",
)
@click.option(
    "--source",
    default="published letters",
    show_default=True,
    metavar="TEXT",
    help="What the letters are, for the chart's source line.",
)
def command(
    *,
    corpus: Path,
    report: str,
    by: str,
    over: str | None,
    top: int,
    json_wanted: bool,
    table_file: Path | None,
    chart_file: Path | None,
    source: str,
    **facets: tuple[str, ...],
) -> None:
    """Count decided items: overturn rates with intervals, by any facet and over time.

    The options named after facets narrow what is counted; repeat one for alternatives, end a value
    with * for any rest. Rates are of published decisions only: every report says what it stands on.
    """
    facets_by = tuple(filter(None, (facet.strip().replace("-", "_") for facet in by.split(","))))
    _check(report, facets_by, over, charted=chart_file is not None)
    draw = _drawing(chart_file) if chart_file else None
    from openimr.corpus.known_values import unknown_values
    from openimr.corpus.reports import REPORTS
    from openimr.corpus.selection import Grouping
    from openimr.corpus.store import Corpus

    filters = {facet: values for facet, values in facets.items() if values}
    grouping = Grouping(facets_by, over)
    with Corpus.open(corpus) as opened:
        made = replace(REPORTS[report](opened, filters, grouping), source=source)
        for sentence in unknown_values(opened, filters):
            click.echo(sentence, err=True)
    if table_file:
        write_csv(made, table_file)
    if draw and chart_file:
        shown = draw(made, top or len(made.rows), chart_file)
        write_csv(made, chart_file.with_suffix(".csv"), rows=shown)
    if json_wanted:
        click.echo(json.dumps(as_json(made), ensure_ascii=False))
    else:
        show(made, top)


def _check(report: str, by: tuple[str, ...], over: str | None, *, charted: bool) -> None:
    if charted and report == "problems":
        raise UsageError(
            "there is no chart of problems", remedy="write the rows with --csv and draw them"
        )
    if report not in _COUNTED_BY and (by or over):
        raise UsageError(
            f"the report {report} is not counted by facets",
            remedy="leave out --by and --over, or narrow it with a facet's option: --drug tramadol",
        )
    if len(by) > 2:
        raise UsageError("more than two facets", remedy="count by one or two, narrow by the others")


def _drawing(file: Path) -> Callable[[Report, int, Path], tuple[Mapping[str, object], ...]]:
    """The drawing function, once it is known that it can draw."""
    from openimr.corpus.charts import check_drawing, draw

    check_drawing(file)
    return draw
