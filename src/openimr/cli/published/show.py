"""`openimr published show`: one item or letter of a corpus, by its permalink."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from openimr.cli.published.shared_options import CORPUS_OPTION
from openimr.model.errors import UsageError

_WIDEST = 100
_LETTER_LINES = {
    "case_number": "Case number",
    "decision_date": "Decided",
    "date_assigned": "Assigned",
    "application_received": "Application received",
    "ur_denial_date": "Denied by utilization review",
    "date_of_injury": "Injured",
    "priority": "Priority",
    "specialties": "Reviewer's specialty",
    "licensure": "Reviewer's licence",
    "source": "Read from",
}
_ITEM_LINES = {
    "topic": "Topic",
    "drug": "Drug",
    "dose": "Dose",
    "body_parts": "Body part",
    "claims_guideline": "Claims administrator's guideline",
    "reviewer_guideline": "Reviewer's guideline",
    "missing": "Said to be missing",
    "present": "Said to be present",
}


@click.command("show")
@click.argument("permalink")
@CORPUS_OPTION
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(permalink: str, *, corpus: Path, as_json: bool) -> None:
    """Print an item (CM16-0224814/1) or a whole letter (CM16-0224814)."""
    from openimr.corpus.store import Corpus

    letter_link, _, number = permalink.strip().partition("/")
    with Corpus.open(corpus) as opened:
        letter = opened.letter(letter_link)
        items = opened.items_of(letter_link) if letter else ()
    chosen = [item for item in items if not number or str(item["item_index"]) == number]
    if letter is None or (not chosen and number):
        raise _unknown(permalink, letter is not None, len(items))
    if as_json:
        click.echo(_item_as_json(chosen[0]) if number else letter["letter_json"])
        return
    click.echo("\n".join(_shown(letter, chosen)))


def _unknown(permalink: str, letter_is_there: bool, items: int) -> UsageError:
    if letter_is_there:
        return UsageError(
            f"there is no {permalink} in this corpus", why=f"its letter has items 1 to {items}"
        )
    return UsageError(
        f"there is no {permalink} in this corpus",
        remedy="a permalink is a case number, or one with an item: CM16-0224814/1",
    )


def _shown(letter: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    yield letter["letter"]
    yield from _lines(letter, _LETTER_LINES)
    if letter["summary"]:
        yield from ("", "Clinical case summary", *_wrapped(letter["summary"]))
    for item in items:
        yield ""
        yield f"{item['item']}  {item['outcome'] or 'no outcome'}"
        yield from _wrapped(item["heading"] or "no heading")
        yield from _lines(item, _ITEM_LINES)
        yield from ("", *_wrapped(item["rationale"] or "No rationale."))


def _lines(row: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[str]:
    for column, name in names.items():
        value = row[column]
        text = ", ".join(value) if isinstance(value, list) else value
        if text:
            yield from _wrapped(f"{name}: {text}")


def _wrapped(text: str) -> list[str]:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ")


def _item_as_json(item: Mapping[str, Any]) -> str:
    dated = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in item.items()
    }
    return json.dumps(dated, ensure_ascii=False)
