"""Options that several commands over a corpus share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

CORPUS_OPTION = click.option(
    "--corpus", type=click.Path(path_type=Path), required=True, help="Folder of the corpus."
)
PROCESSES_OPTION = click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="Worker processes; one a processor if not given.",
)
CSV_OPTION = click.option(
    "--csv",
    "table_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write every row to FILE.",
)
ROWS_AS_JSON_OPTION = click.option(
    "--json", "json_wanted", is_flag=True, help="One JSON object, with every row."
)


def cluster_option(verb: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that lets workers elsewhere do what the verb says."""
    return click.option(
        "--cluster",
        "address",
        metavar="ADDRESS",
        help=f"Let the workers of this `distributed` scheduler {verb}, e.g. tcp://HOST:8786.",
    )


def top_option(explanation: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """How many rows are shown; the explanation says where, and what holds all of them."""
    return click.option(
        "--top",
        type=click.IntRange(0, 100_000),
        default=30,
        show_default=True,
        help=explanation,
    )
