"""`openimr deid`: records without the identifiers of people and organisations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from openimr.adapters.output import write_folder
from openimr.cli.progress import ProgressBar
from openimr.deidentify import Cleaned, deidentify
from openimr.model.errors import UsageError
from openimr.model.identifier import IdentifierKind


@click.command("deid")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write NAME.txt for each file here, and NAME.redacted.pdf for each PDF.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="KIND=NAME",
    help="A name of the case that no document may announce: worker='Ann B. Doe'.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, a line each.")
@click.option("--quiet", is_flag=True, help="No progress and no table.")
def command(
    files: tuple[Path, ...],
    *,
    out: Path | None,
    names: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Replace the identifiers in FILES, the records of one case, by surrogates.

    Names, addresses, telephone, claim, licence and other numbers, dates of birth, employers,
    facilities and insurers are replaced, the same one by the same surrogate in every file; age,
    sex, dates of injury, specialties and states stay. What was replaced is counted on stderr. No
    program finds everything: a person must approve a text before it is published.
    """
    known = dict(_known(name) for name in names)
    with ProgressBar(quiet=quiet) as progress:
        cleaned = deidentify(_files(files), known=known, progress=progress)
    if out is not None:
        write_folder(out, _contents(cleaned))
    for one in cleaned if as_json or out is None else ():
        click.echo(_as_json(one) if as_json else one.text.text)
    if not quiet:
        _table(cleaned)


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those of the folders named."""
    return [
        file
        for path in paths
        for file in (sorted(path.iterdir()) if path.is_dir() else [path])
        if not file.name.startswith(".") and file.suffix != ".json"
    ]


def _known(written: str) -> tuple[str, IdentifierKind]:
    kind, sign, name = written.partition("=")
    if not sign or kind not in set(IdentifierKind) or not name.strip():
        kinds = ", ".join(IdentifierKind)
        # What was written is likely a name: it is not repeated.
        raise UsageError(
            "a value of --name names nobody", remedy=f"write KIND=NAME; kinds are {kinds}"
        )
    return name.strip(), IdentifierKind(kind)


def _contents(cleaned: Sequence[Cleaned]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for one in cleaned:
        name = _free(one.path.stem, contents)
        contents[f"{name}.txt"] = one.text.text.encode()
        if one.path.suffix.lower() == ".pdf":
            contents[f"{name}.redacted.pdf"] = one.redacted_pdf()
    return contents


def _free(stem: str, taken: Mapping[str, bytes]) -> str:
    """The stem, or with a number where another file of it was written: `a.pdf` beside `a.txt`."""
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if f"{name}.txt" not in taken)


def _as_json(one: Cleaned) -> str:
    replaced = [
        {
            "kind": each.kind.value,
            "start": each.start,
            "end": each.end,
            "surrogate": each.surrogate,
            "new_start": each.new_start,
            "new_end": each.new_end,
        }
        for each in one.text.replacements
    ]
    told = {"file": str(one.path), "text": one.text.text, "replacements": replaced}
    return json.dumps(told, ensure_ascii=False)


def _table(cleaned: Sequence[Cleaned]) -> None:
    """How often what stands in whose place; never what stood there."""
    console = Console(stderr=True, highlight=False)
    replaced = [each for one in cleaned for each in one.text.replacements]
    counts = Counter((list(IdentifierKind).index(each.kind), each.surrogate) for each in replaced)
    table = Table("surrogate", "places", title="Replaced", title_justify="left")
    for (_, surrogate), places in sorted(counts.items()):
        table.add_row(surrogate.replace("[", r"\["), str(places))
    console.print(table)
