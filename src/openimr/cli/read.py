"""`openimr read`: the documents and facts of any records, without a case."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.progress import ProgressBar
from openimr.pipeline import load_rules, read_records
from openimr.render.json import dump, records_json


@click.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Documents and facts as JSON.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(files: tuple[Path, ...], *, as_json: bool, quiet: bool) -> None:
    """Read FILES (PDF, page images, DOCX, text) and show what they say."""
    with ProgressBar(quiet=quiet) as progress:
        case_file, facts = read_records(files, rules=load_rules(), progress=progress)
    if as_json:
        click.echo(dump(records_json(case_file, facts)).decode(), nl=False)
        return
    for document in case_file.documents:
        dated = document.date.isoformat() if document.date else "no date"
        author = document.author or "no author"
        click.echo(f"{document.id} {document.file}: {document.kind}, {dated}, {author}")
        for page in document.pages:
            for notice in page.notices:
                click.echo(f"    p. {page.number}: {notice.message}")
        for fact in facts:
            if fact.provenance.document == document.id:
                quote = " ".join(fact.provenance.quote.split())
                value = ", ".join(f"{name} {said}" for name, said in fact.value.items())
                click.echo(
                    f"    p. {fact.provenance.page} {fact.concept} [{fact.assertion}] "
                    f"{value} — {quote}"
                )
