"""`openimr evaluate`: scores packets against their truth files."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from openimr.adapters.ocr_choice import OcrChoice
from openimr.cli.options import OCR_OPTION
from openimr.cli.progress import ProgressBar
from openimr.model.errors import UnreadableFile, UsageError
from openimr.pipeline import Rules, load_rules, read_and_review
from openimr.render.json import render_json
from openimr.score import MEASURES, Score, Tally, score_packet, total

_HEADS = {
    "requests": "request",
    "topics": "topic",
    "facts": "facts",
    "assertions": "meant",
    "criteria": "crit",
    "suggestions": "suggest",
    "suggestions_first_choice": "first",
    "flips": "flip",
    "certificates": "certs",
    "pointed": "pointed",
}
"""Short heads, `--json` has the full names."""


@click.command("evaluate")
@click.argument("packets", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Every score and every miss as JSON.")
@click.option("--misses", is_flag=True, help="List what was not right.")
@OCR_OPTION
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    packets: tuple[Path, ...], *, as_json: bool, misses: bool, ocr: str, quiet: bool
) -> None:
    """Review PACKETS (folders with truth.json, or folders of such) and score the results."""
    folders = _packets(packets)
    rules = load_rules()
    scores = []
    with ProgressBar(quiet=quiet) as progress:
        progress.start(len(folders), "Scoring packets")
        for folder in folders:
            scores.append(_score(folder, rules, OcrChoice(ocr)))
            progress.advance()
        progress.done()
    overall = total(scores)
    if as_json:
        report = {"packets": [_as_json(score) for score in scores], "all": _as_json(overall)}
        click.echo(json.dumps(report, indent=1))
        return
    _print([*scores, overall] if len(scores) > 1 else scores)
    if misses:
        for score in scores:
            for measure in MEASURES:
                for miss in _tally(score, measure).misses:
                    click.echo(f"{score.packet} {measure}: {miss}")


def _packets(paths: tuple[Path, ...]) -> list[Path]:
    folders: list[Path] = []
    for path in paths:
        if (path / "truth.json").exists():
            folders.append(path)
        else:
            folders += sorted(found.parent for found in path.glob("*/truth.json"))
    if not folders:
        raise UsageError("no packet with a truth.json was found", where=", ".join(map(str, paths)))
    return folders


def _score(folder: Path, rules: Rules, ocr: OcrChoice) -> Score:
    truth = _truth(folder / "truth.json")
    determination = read_and_review(folder, rules=rules, ocr=ocr)
    return score_packet(folder.name, truth, render_json(determination), determination.documents)


def _truth(path: Path) -> dict[str, Any]:
    try:
        truth = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnreadableFile("the truth file is not JSON", where=str(path)) from error
    if not isinstance(truth, dict) or "items" not in truth:
        raise UnreadableFile("the truth file has no items", where=str(path))
    return truth


def _tally(score: Score, measure: str) -> Tally:
    tally: Tally = getattr(score, measure)
    return tally


def _as_json(score: Score) -> dict[str, Any]:
    report: dict[str, Any] = {"packet": score.packet}
    for field in fields(Score):
        if field.name in MEASURES:
            tally = _tally(score, field.name)
            report[field.name] = {
                "right": tally.right,
                "total": tally.total,
                "share": None if tally.share is None else round(tally.share, 4),
                "misses": list(tally.misses),
            }
    return report


def _print(scores: list[Score]) -> None:
    """A line a packet, in columns in the order of `MEASURES`."""
    width = max(len(score.packet) for score in scores) + 1
    click.echo("".ljust(width) + "".join(_HEADS[measure].rjust(10) for measure in MEASURES))
    for score in scores:
        tallies = [_tally(score, measure) for measure in MEASURES]
        cells = (f"{tally.right}/{tally.total}".rjust(10) for tally in tallies)
        click.echo(score.packet.ljust(width) + "".join(cells))
