"""`openimr published forge`: invented published letters with their truth, by the million."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from openimr.adapters.parallel import ordered_map
from openimr.cli.progress import ProgressBar
from openimr.model.errors import UsageError
from openimr.synth.letters.layouts import LAYOUTS
from openimr.synth.letters.letter import ForgedLetter
from openimr.synth.letters.pdf import as_pdf
from openimr.synth.letters.run import MIX, Run

_SHARD = 1_000
"""Letters a folder or a zip: a folder of a million files is of no use to anyone."""
_ZIP_LEVEL = 1
_ZIP_DATE = (2020, 1, 1, 0, 0, 0)
"""Fixed, so that the same seed gives the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """Letters `first` to `last` of a run, and where they go."""

    run: Run
    first: int
    last: int
    out: Path
    form: str
    gold: bool


@click.command("forge")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new folder.")
@click.option("--letters", type=click.IntRange(1, 9_999_999), default=100, help="How many.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same letters.")
@click.option(
    "--layout", type=click.Choice([*LAYOUTS, MIX]), default=MIX, help="Form of the letter."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["txt", "pdf", "zip"]),
    default="txt",
    help="Files in folders of 1,000, or zips of 1,000 texts.",
)
@click.option(
    "--duplicates",
    type=click.FloatRange(0, 0.9),
    default=0.0,
    help="Share of letters published twice: most unchanged, some with another text.",
)
@click.option("--gold/--no-gold", default=True, help="Write the truth to gold.jsonl.")
@click.option("--jobs", type=click.IntRange(1), default=1, help="Processes.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    *,
    out: Path,
    letters: int,
    seed: int,
    layout: str,
    form: str,
    duplicates: float,
    gold: bool,
    jobs: int,
    quiet: bool,
) -> None:
    """Write invented determinations as they are published, with the truth of each.

    The letters are for tests and benchmarks; no person, claim or decision in them is real.
    """
    _refuse_used(out)
    run = Run(seed=seed, layout=layout, duplicates=duplicates, pdf=form == "pdf")
    shards = [
        _Job(run=run, first=at, last=min(at + _SHARD, letters), out=out, form=form, gold=gold)
        for at in range(0, letters, _SHARD)
    ]
    out.mkdir(parents=True, exist_ok=True)
    with ProgressBar(quiet=quiet) as progress, (out / "gold.jsonl").open("w") as truth:
        progress.start(letters, "Forging letters")
        work = ordered_map(_worker, shards, parallel=jobs > 1, processes=jobs)
        for shard, lines in zip(shards, work, strict=True):
            truth.write(lines)
            progress.advance(shard.last - shard.first)
        progress.done()
    if not gold:
        (out / "gold.jsonl").unlink()
    click.echo(str(out))


def _refuse_used(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(
            "the letters cannot be written",
            where=str(out),
            why="there is something in it already",
            remedy="choose a new or empty folder with --out",
        )


def _worker() -> Callable[[_Job], str]:
    return _forge_shard


def _forge_shard(job: _Job) -> str:
    """Write one shard; returns its lines of truth."""
    shard = job.first // _SHARD
    letters = map(job.run.letter, range(job.first, job.last))
    if job.form == "zip":
        place = f"letters-{shard:05d}.zip"
        with zipfile.ZipFile(
            job.out / place, "w", zipfile.ZIP_DEFLATED, compresslevel=_ZIP_LEVEL
        ) as archive:
            return _written(job, letters, partial(_add, archive), f"{place}!")
    folder = job.out / f"{shard:05d}"
    folder.mkdir()
    return _written(job, letters, partial(_save, folder), f"{shard:05d}/")


def _written(
    job: _Job,
    letters: Iterable[ForgedLetter],
    write: Callable[[str, bytes], None],
    place: str,
) -> str:
    ending = "pdf" if job.form == "pdf" else "txt"
    lines = []
    for letter in letters:
        name = f"{letter.name}.{ending}"
        write(name, as_pdf(letter) if job.form == "pdf" else letter.text.encode())
        if job.gold:
            lines.append(json.dumps({"file": place + name, **letter.gold}) + "\n")
    return "".join(lines)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(
        zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED, compresslevel=_ZIP_LEVEL
    )


def _save(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
