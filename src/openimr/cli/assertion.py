"""`openimr assertion`: how a phrase in a sentence is meant."""

from __future__ import annotations

import json
import sys

import click

from openimr.extract.classify import classify
from openimr.model.errors import InputError
from openimr.rulebook.lexicon import load_lexicon


@click.command("assertion")
def command() -> None:
    """Read JSON lines {"text", "concept"}; write {"assertion", "experiencer"} for each."""
    lexicon = load_lexicon()
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, concept = str(asked["text"]), str(asked["concept"])
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                "the line is not a JSON object with text and concept",
                where=f"standard input, line {number}",
                remedy='write one a line: {"text": "denies numbness", "concept": "numbness"}',
            ) from error
        assertion, experiencer = classify(text, concept, lexicon)
        click.echo(json.dumps({"assertion": str(assertion), "experiencer": experiencer}))
