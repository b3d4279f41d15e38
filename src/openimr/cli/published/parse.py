"""`openimr published parse`: published letters as data."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import click

from openimr.cli.letter_files import read_letters
from openimr.model.errors import OpenIMRError
from openimr.model.published import PublishedLetter
from openimr.model.request import Request
from openimr.published.json import letter_json
from openimr.published.parse import Parse
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary

_REMEMBERED = 65_536


@click.command("parse")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter, a line each.")
def command(files: tuple[Path, ...], *, as_json: bool) -> int:
    """Read published determinations: FILES are PDFs or texts, folders or zips of them.

    A file that is no determination, or not a whole one, is named on stderr and gives no object;
    the others are printed, and the exit code is then 3.
    """
    parse = _remembering()
    status = 0
    for name, letter in read_letters(files, parse):
        if isinstance(letter, OpenIMRError):
            status = letter.exit_status
            click.echo(f"openimr: {letter.message}", err=True)
        elif as_json:
            click.echo(json.dumps(letter_json(letter), ensure_ascii=False))
        else:
            _show(name, letter)
    return status


def _remembering() -> Parse:
    """The request grammar with the headings it has read before."""
    formulary, vocabulary = load_formulary(), load_request_vocabulary()

    @lru_cache(maxsize=_REMEMBERED)
    def parse(line: str) -> Request:
        return parse_request(line, formulary, vocabulary)

    return parse


def _show(name: str, letter: PublishedLetter) -> None:
    """A few lines for a reader."""
    decided = letter.decision_date.isoformat() if letter.decision_date else "no date"
    click.echo(f"{letter.case_number or name}: {letter.layout}, decided {decided}")
    for item in letter.items:
        click.echo(f"    {item.outcome}  {item.heading}")
    for warning in letter.warnings:
        click.echo(f"    note: {warning}")
