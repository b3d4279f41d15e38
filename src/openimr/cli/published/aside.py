"""`openimr published aside`: what ingest did not keep, and why."""

from __future__ import annotations

import json
from pathlib import Path

import click

from openimr.cli.published.shared_options import CORPUS_OPTION
from openimr.corpus.folder import CorpusFolder
from openimr.corpus.ledger import Ledger, SourceRecord


@click.command("aside")
@CORPUS_OPTION
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(*, corpus: Path, as_json: bool) -> None:
    """List what was set aside: name, kind of reason and reason, one a line.

    Call `openimr published ingest` with --retry to try these files again, or with --replace to
    keep those whose case number is taken by another text.
    """
    with Ledger(CorpusFolder(corpus).ledger) as ledger:
        for record in ledger.aside():
            click.echo(_as_json(record) if as_json else _as_line(record))


def _as_line(record: SourceRecord) -> str:
    parts = (record.name, record.code, record.reason)
    return "\t".join(part.replace("\t", " ").replace("\n", " ") for part in parts)


def _as_json(record: SourceRecord) -> str:
    return json.dumps(
        {
            "name": record.name,
            "code": record.code,
            "reason": record.reason,
            "case_number": record.case_number,
            "sha256": record.sha256.hex() or None,
            "engine": record.engine,
        },
        ensure_ascii=False,
    )
