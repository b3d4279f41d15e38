"""`openimr published similar`: the nearest decided items, both outcomes evenly."""

from __future__ import annotations

import json
from pathlib import Path

import click

from openimr.cli.progress import ProgressBar
from openimr.cli.published.shared_options import CORPUS_OPTION


@click.command("similar")
@click.argument("line")
@CORPUS_OPTION
@click.option(
    "--about",
    default="",
    metavar="TEXT",
    help="Of the case: diagnoses, history, what was tried. Telling words of it are compared.",
)
@click.option(
    "--each",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    help="Items of each outcome.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(line: str, *, corpus: Path, about: str, each: int, as_json: bool, quiet: bool) -> None:
    """Find decided items like the request LINE, as many of each outcome.

    Of each it is said in what it is alike, and what its reviewer found present or missing in the
    record, in the reviewer's own sentence. It is information: a precedent decides nothing.
    """
    from openimr.cli.published.similar_output import show
    from openimr.corpus.asked import Asked
    from openimr.corpus.similar import Precedence
    from openimr.corpus.store import Corpus
    from openimr.render.precedents import precedents_json
    from openimr.request.grammar import parse_request
    from openimr.rulebook.formulary import load_formulary
    from openimr.rulebook.requests import load_request_vocabulary
    from openimr.rulebook.said import load_said_vocabulary

    formulary = load_formulary()
    request = parse_request(line, formulary, load_request_vocabulary())
    asked = Asked.of(request, formulary, about)
    with Corpus.open(corpus) as opened, ProgressBar(quiet=quiet) as progress:
        found = Precedence(opened, load_said_vocabulary(), progress).find(asked, each=each)
    if as_json:
        click.echo(json.dumps(precedents_json(found), ensure_ascii=False))
    else:
        show(found)
