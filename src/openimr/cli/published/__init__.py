"""`openimr published ...`: letters the public sees, read, kept, searched, counted, compared."""

from __future__ import annotations

import click

from openimr.cli.lazy import LazyGroup

_COMMANDS: dict[str, str] = {
    "parse": "openimr.cli.published.parse",
    "forge": "openimr.cli.published.forge",
    "ingest": "openimr.cli.published.ingest",
    "aside": "openimr.cli.published.aside",
    "search": "openimr.cli.published.search",
    "stats": "openimr.cli.published.stats",
    "lint": "openimr.cli.published.lint",
    "boilerplate": "openimr.cli.published.boilerplate",
    "similar": "openimr.cli.published.similar",
    "show": "openimr.cli.published.show",
}
"""Command to module, as in `cli.main`: one file for each, in this folder."""


@click.group(cls=LazyGroup, modules=_COMMANDS)
def command() -> None:
    """Published determinations: parse, ingest, search, count, check, compare."""
