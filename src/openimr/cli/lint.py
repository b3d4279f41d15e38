"""`openimr lint`: quality problems of determinations, drafts or published letters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from openimr.adapters.output import write_folder
from openimr.cli.letter_files import read_letters
from openimr.model.errors import InputError, OpenIMRError
from openimr.model.problem import Problem
from openimr.qa.checks import CHECKS
from openimr.qa.copies import Copies
from openimr.qa.letter import CheckedLetter
from openimr.quality import Checker, from_json, load_checker
from openimr.render.problems import CheckedPage, Part, render_problems

_LARGEST = 64_000_000
"""Bytes of a `determination.json` that is read."""


@click.command("lint")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter, a line each.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page with every letter and its problems side by side.",
)
@click.option("--only", multiple=True, metavar="CODE", help="Only this check; may be repeated.")
@click.option("--skip", multiple=True, metavar="CODE", help="Without this check; may be repeated.")
def command(
    files: tuple[Path, ...],
    *,
    as_json: bool,
    page: Path | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
) -> int:
    """Check determinations before they hurt anyone.

    FILES are drafts (determination.json) or published letters: PDFs, texts, folders or zips of
    them. Letters given together are also compared with each other. The exit code is 1 where
    problems were found, 3 where a file could not be read.
    """
    wanted = _wanted(only, skip)
    checker = load_checker()
    letters, status = _letters(files, checker)
    pages: list[CheckedPage] = []
    copies = Copies(letters)
    for letter in letters:
        found = [one for one in checker.problems(letter, copies) if one.code in wanted]
        status = status or (1 if found else 0)
        pages.append(_page(letter, found))
        click.echo(_as_json(letter, found) if as_json else _as_text(letter, found))
    if page is not None:
        write_folder(page.parent, {page.name: render_problems(pages, _TITLES).encode()})
    return status


_TITLES = {check.code: (check.title, check.reason) for check in CHECKS}


def _page(letter: CheckedLetter, found: Sequence[Problem]) -> CheckedPage:
    """The letter in parts, each with its problems."""
    parts = [Part(title="Clinical case summary", text=letter.summary, problems=())]
    decides = {True: "Overturned", False: "Upheld", None: "no suggestion"}
    parts += [
        Part(
            title=f"{item.index}. {item.heading}: {decides[item.is_necessary]}",
            text=item.rationale,
            problems=tuple(one for one in found if one.item == item.index),
        )
        for item in letter.items
    ]
    header = tuple(one for one in found if one.item is None)
    return CheckedPage(name=letter.name, header=header, parts=tuple(parts))


def _wanted(only: tuple[str, ...], skip: tuple[str, ...]) -> frozenset[str]:
    known = [check.code for check in CHECKS]
    for code in (*only, *skip):
        if code not in known:
            raise click.BadParameter(f"{code} is no check; the checks are {', '.join(known)}")
    return frozenset(code for code in only or known if code not in skip)


def _letters(files: Sequence[Path], checker: Checker) -> tuple[list[CheckedLetter], int]:
    """Every letter that can be read; 3 if one could not."""
    letters: list[CheckedLetter] = []
    status = 0
    for read in _read(files, checker):
        if isinstance(read, OpenIMRError):
            click.echo(f"openimr: {read.message}", err=True)
            status = read.exit_status
        else:
            letters.append(read)
    return letters, status


def _read(files: Sequence[Path], checker: Checker) -> Iterator[CheckedLetter | OpenIMRError]:
    drafts = [file for file in files if file.suffix.lower() == ".json"]
    for file in drafts:
        try:
            yield _draft(file, checker)
        except OpenIMRError as error:
            yield error
    others = tuple(file for file in files if file not in drafts)
    for name, letter in read_letters(others, checker.parse) if others else ():
        yield letter if isinstance(letter, OpenIMRError) else checker.letter(letter, name)


def _draft(file: Path, checker: Checker) -> CheckedLetter:
    remedy = "give a determination.json of `openimr review`, or a published letter"
    try:
        if file.stat().st_size > _LARGEST:
            raise InputError("the file is too large", where=str(file), remedy=remedy)
        document = json.loads(file.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise InputError("the file is nested too deep", where=str(file), remedy=remedy) from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(
            "the file cannot be read", where=str(file), why=str(error), remedy=remedy
        ) from error
    return from_json(document, checker, name=str(file))


def _as_json(letter: CheckedLetter, found: Sequence[Problem]) -> str:
    problems = [asdict(problem) for problem in found]
    return json.dumps({"letter": letter.name, "problems": problems}, ensure_ascii=False)


def _as_text(letter: CheckedLetter, found: Sequence[Problem]) -> str:
    if not found:
        return f"{letter.name}: nothing found"
    headings = {item.index: item.heading for item in letter.items}
    lines = [f"{letter.name}: {len(found)} problem{'s' if len(found) != 1 else ''}"]
    shown: int | None = None
    for problem in found:
        if problem.item is not None and problem.item != shown:
            lines.append(f"  item {problem.item}: {headings[problem.item]}")
            shown = problem.item
        lines.append(f"    {problem.code}  {problem.message}")
        if problem.quote and problem.place.value != "heading":
            lines.append(f"        “{_short(problem.quote)}”")
        if problem.against:
            lines.append(f"        against: “{_short(problem.against)}”")
    return "\n".join(lines)


def _short(text: str, most: int = 220) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
