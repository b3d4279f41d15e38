"""A folder of cases -> the annual figures; a case that cannot be read is named and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from openimr.model.annual import CaseFacts, Figures
from openimr.model.application import FiledItem
from openimr.model.clock_rules import ClockRules
from openimr.model.errors import InputError, OpenIMRError
from openimr.model.money import MoneyRules
from openimr.model.transition import TransitionTable
from openimr.process.folder import CASE, open_case
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.report import Categories
from openimr.rulebook.requests import load_request_vocabulary
from openimr.workflow.annual import figures
from openimr.workflow.annual_facts import Replayed, facts
from openimr.workflow.running import running_clocks

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRules:
    """Every rule that the figures stand on."""

    table: TransitionTable
    clock: ClockRules
    money: MoneyRules
    categories: Categories


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport:
    """The figures, and what they leave out."""

    figures: Figures
    cases: int
    """Folders looked at."""
    problems: tuple[str, ...]
    """Cases left out, each with its reason."""


def annual_report(
    folder: Path, rules: ReportRules, *, as_of: datetime, year: int | None = None
) -> AnnualReport:
    """The figures of a folder of case folders, or of one case folder.

    Args:
        folder: with `case.json`, or with such folders in it.
        rules: all rules.
        as_of: until when limits that run are counted.
        year: None: all years.

    Raises:
        InputError: there is no case in it, or two folders hold the same case.
    """
    folders = [folder] if (folder / CASE).exists() else sorted(_cases_in(folder))
    if not folders:
        raise InputError(
            "there is no case here",
            where=str(folder),
            why=f"a case is a folder with {CASE}",
            remedy="name a case folder, or a folder of them",
        )
    category = _category(rules.categories)
    found: list[CaseFacts] = []
    problems: list[str] = []
    for one in folders:
        try:
            found.append(_facts(one, rules, category, as_of))
        except OpenIMRError as error:
            problems.append((error if error.where else error.at(str(one))).message)
    _refuse_twice(found, folder)
    return AnnualReport(figures=figures(found, year), cases=len(folders), problems=tuple(problems))


def _cases_in(folder: Path) -> Iterable[Path]:
    return (path.parent for path in folder.glob(f"*/{CASE}"))


def _facts(
    folder: Path, rules: ReportRules, category: Callable[[FiledItem], str], as_of: datetime
) -> CaseFacts:
    opened = open_case(folder, rules.table)
    told = Replayed(
        case=opened.case,
        events=opened.events,
        state=opened.state,
        clocks=running_clocks(opened.case, opened.events, rules.clock),
        as_of=as_of,
    )
    return facts(told, category, rules.money)


def _category(categories: Categories) -> Callable[[FiledItem], str]:
    parse = partial(parse_request, formulary=load_formulary(), vocabulary=load_request_vocabulary())
    remembered = lru_cache(maxsize=_REMEMBERED)(parse)
    return lambda item: categories.of(remembered(item.request_text), item.topic)


def _refuse_twice(found: Iterable[CaseFacts], folder: Path) -> None:
    seen: set[str] = set()
    for case in found:
        if case.case_number in seen:
            raise InputError(
                f"the case {case.case_number} stands in two folders",
                where=str(folder),
                why="it would be counted twice",
                remedy="take one of them out",
            )
        seen.add(case.case_number)
