"""`openimr request`: parse request lines."""

from __future__ import annotations

import json
import sys

import click

from openimr.model.request_json import request_json
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary


@click.command("request")
@click.argument("lines", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(lines: tuple[str, ...], *, as_json: bool) -> None:
    """Parse request LINES, or the lines of standard input with `-`."""
    formulary, vocabulary = load_formulary(), load_request_vocabulary()
    texts = sys.stdin if lines == ("-",) else lines
    for text in texts:
        if not text.strip():
            continue
        parsed = request_json(parse_request(text.strip(), formulary, vocabulary))
        if as_json:
            click.echo(json.dumps(parsed, ensure_ascii=False))
        else:
            click.echo(text.strip())
            for name, value in parsed.items():
                if value not in (None, [], False) and name != "text":
                    click.echo(f"    {name:20} {value}")
