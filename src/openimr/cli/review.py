"""`openimr review`: a case file goes in, a draft Final Determination comes out."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openimr.adapters.ocr_choice import OcrChoice
from openimr.adapters.output import write_folder
from openimr.adapters.second_reader import second_reader_from
from openimr.cli.options import OCR_OPTION
from openimr.cli.progress import ProgressBar
from openimr.letter import letter_files
from openimr.model.determination import Determination, ItemDetermination
from openimr.model.errors import UnreadableFile
from openimr.model.finding import Suggestion
from openimr.model.problem import Problem
from openimr.model.progress import Progress
from openimr.model.second_reader import SecondReading
from openimr.model.study import Challenge
from openimr.pipeline import Rules, load_rules, read_and_review
from openimr.quality import from_json, load_checker
from openimr.render.words import VALUES, suggestion_words
from openimr.rulebook.challenges import read_challenges

_COLOURS = {
    Suggestion.SUPPORT: "green",
    Suggestion.NOT_SUPPORT: "red",
    Suggestion.MODIFY_TO: "yellow",
    Suggestion.REFER: "cyan",
}


@click.command("review")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the draft.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Decide as of this day (YYYY-MM-DD); otherwise the day of the UR decision.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print determination.json instead of a table."
)
@OCR_OPTION
@click.option(
    "--precedents",
    type=click.Path(path_type=Path),
    metavar="CORPUS",
    help="Lay a sheet of decided items beside the draft (precedents.html, .json), as information.",
)
@click.option(
    "--second-reader",
    is_flag=True,
    help="Let a language model of your own (OPENIMR_SECOND_READER_URL) point at passages as well.",
)
@click.option(
    "--challenges",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Weigh the studies that a reviewer lays against recommendations of the MTUS (YAML).",
)
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    case: Path,
    *,
    out: Path,
    as_of: datetime | None,
    as_json: bool,
    ocr: str,
    precedents: Path | None,
    second_reader: bool,
    challenges: Path | None,
    quiet: bool,
) -> None:
    """Review CASE (a folder, a zip or one PDF) and write the draft determination.

    Writes determination.json, .pdf, .html, .docx and .txt, and what the checks of letters find in
    it (problems.json, see `openimr lint`). A physician decides; this is a draft.
    """
    # Before anything is read, so that a wrong address costs no time.
    reader = second_reader_from(os.environ) if second_reader else None
    rules = load_rules()
    with ProgressBar(quiet=quiet) as progress:
        determination = read_and_review(
            case,
            rules=rules,
            as_of=as_of.date() if as_of else None,
            ocr=OcrChoice(ocr),
            second_reader=reader,
            challenges=_challenges(challenges, rules) if challenges else (),
            progress=progress,
        )
        progress.start(1, "Writing the letter")
        contents = letter_files(determination, case)
        problems = _problems(contents["determination.json"], rules)
        contents["problems.json"] = json.dumps([asdict(one) for one in problems], indent=1).encode()
        progress.done()
        if precedents:
            contents |= _precedents(determination, precedents, rules, progress)
    write_folder(out, contents)
    if as_json:
        click.echo(contents["determination.json"].decode(), nl=False)
        return
    print_items(determination)
    talk = Console(stderr=True, highlight=False, quiet=quiet, soft_wrap=True)
    for unread in determination.unread:
        talk.print(f"not read: {unread.file}: {unread.reason}", style="yellow")
    for problem in problems:
        where = f"item {problem.item}: " if problem.item else ""
        talk.print(f"{problem.code}: {where}{problem.message}", style="yellow", markup=False)
    if determination.second_reading:
        _tell_second_reading(determination.second_reading, talk)
    talk.print(f"Draft written to {out} (determination.pdf, .html, .docx, .txt, .json)")


def _challenges(file: Path, rules: Rules) -> tuple[Challenge, ...]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            "the challenges cannot be read", where=str(file), why=str(error)
        ) from error
    return read_challenges(text, file.name, rules.authorities.methodologies)


def _problems(determination: bytes, rules: Rules) -> tuple[Problem, ...]:
    """What the checks of letters find in the draft, as it will be read."""
    checker = load_checker(
        formulary=rules.formulary, vocabulary=rules.vocabulary, rulebook=rules.rulebook
    )
    return checker.problems(from_json(json.loads(determination), checker, name="the draft"))


def _tell_second_reading(reading: SecondReading, talk: Console) -> None:
    """What the second reader was good for: numbers and reasons, and nothing of the record."""
    dropped = sum(number for _, number in reading.dropped)
    talk.print(
        f"second reader {reading.reader}: {len(reading.proposals)} passages taken up, "
        f"{reading.agreed} read already, {dropped} dropped",
        markup=False,
    )
    for reason, number in reading.dropped:
        talk.print(f"  {number} dropped: {reason}", markup=False)
    for failure, number in reading.unanswered:
        talk.print(f"  {number} of {reading.questions} questions: {failure}", style="yellow")


def _precedents(
    determination: Determination, folder: Path, rules: Rules, progress: Progress
) -> dict[str, bytes]:
    """The sheet of decided items; the draft stands already and does not change."""
    from openimr.corpus.attach import precedents_of
    from openimr.corpus.similar import Precedence
    from openimr.corpus.store import Corpus
    from openimr.render.precedents import precedent_files
    from openimr.rulebook.said import load_said_vocabulary

    with Corpus.open(folder) as corpus:
        precedence = Precedence(corpus, load_said_vocabulary(), progress)
        return precedent_files(precedents_of(determination, precedence, rules.formulary))


def print_items(determination: Determination) -> None:
    """A table of the disputed items: suggestion, deciding criteria, pages."""
    table = Table(title="Disputed items (draft: the physician decides)", title_justify="left")
    for heading in ("#", "request", "suggestion", "deciding criteria", "pages"):
        table.add_column(heading, overflow="fold")
    for item in determination.items:
        suggestion = item.evaluation.suggestion
        table.add_row(
            str(item.item.index),
            Text(item.item.request_text),
            Text(suggestion_words(item.evaluation), style=_COLOURS[suggestion]),
            "\n".join(_deciding(item)) or "-",
            _pages(item, determination),
        )
    Console().print(table)


def _deciding(item: ItemDetermination) -> list[str]:
    found = {finding.criterion: finding for finding in item.evaluation.findings}
    return [
        f"{criterion} {found[criterion].name}: {VALUES[found[criterion].value]}"
        for criterion in item.evaluation.reasons
    ]


def _pages(item: ItemDetermination, determination: Determination) -> str:
    """The pages that the deciding findings stand on, most cited first."""
    facts = {fact.id: fact.provenance for fact in determination.facts}
    reasons = set(item.evaluation.reasons)
    places: dict[str, None] = {}
    for finding in item.evaluation.findings:
        if finding.criterion in reasons:
            for fact in (*finding.facts_for, *finding.facts_against):
                places[f"{facts[fact].document} p. {facts[fact].page}"] = None
    shown = list(places)[:4]
    return "\n".join(shown) + (f"\n+{len(places) - 4} more" if len(places) > 4 else "") or "-"
