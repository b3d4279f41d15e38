"""Write the sections Deadlines, Calendars and Fees of docs/reference/process.md from the data.

Run it from anywhere after a change of the data: python docs/make_process_deadlines.py
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openimr.model.calendar import Calendar
from openimr.model.clock_rules import ClockRules, DeadlineRule, Program, TimeLimit
from openimr.model.deadline import DeadlineUnit
from openimr.model.money import FeeSchedule, MoneyRules, PenaltyRule
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.money import load_money_rules

PAGE = Path(__file__).parent / "reference/process.md"
COMMAND = "python docs/make_process_deadlines.py"
YEARS = range(2013, 2031)
_UNITS = {
    DeadlineUnit.CALENDAR_DAYS: "days",
    DeadlineUnit.BUSINESS_DAYS: "business days",
    DeadlineUnit.HOURS: "hours",
    DeadlineUnit.MONTHS: "months",
}
_ADDED = {
    "": "",
    "ccp-1013": "+5 / 10 / 20 by mail; +2 court days by fax, overnight, electronically",
    "wcab": "+5 / 10 / 20 by mail; +5 by fax, overnight, electronically",
}
_ROLLS = {"always": "yes", "unless_told": "switch, on", "when_told": "switch, off", "never": ""}


def deadlines(rules: ClockRules) -> str:
    """Every limit of California's program, then what other programs have otherwise."""
    others = [one for one in rules.programs.values() if not one.regimes]
    return "\n".join(
        [
            "| | from what to what | limit | service adds | moves off a closed day | who | rule |",
            "|---|---|---|---|---|---|---|",
            *(_rows(rules.deadlines)),
            "",
            *(line for program in others for line in _program(program)),
        ]
    )


def _rows(found: tuple[DeadlineRule, ...]) -> Iterator[str]:
    for rule in found:
        for limit in rule.limits:
            mark = " *" if limit.unverified else ""
            doubt = " *" if limit.extension_unverified else ""
            yield (
                f"| {rule.id} | {rule.title} | {_length(limit)}{mark} | "
                f"{_ADDED[limit.extension]}{doubt} | {_ROLLS[limit.roll]} | {limit.who} | "
                f"{limit.citation} |"
            )


def _length(limit: TimeLimit) -> str:
    notes = [f"`{limit.variant}`"] if limit.variant else []
    if limit.effective_to:
        notes.append(f"UR to {limit.effective_to}")
    elif limit.effective_from > date.min:
        notes.append(f"UR from {limit.effective_from}")
    if limit.hours:
        notes.append(f"{limit.hours} hours from a moment")
    most = "up to " if limit.up_to else ""
    unit = _UNITS.get(limit.unit)
    if unit and limit.length == 1:
        unit = unit.removesuffix("s")
    told = f"{most}{limit.length} {unit}" if unit else "immediately"
    return f"{told} ({', '.join(notes)})" if notes else told


def _program(program: Program) -> Iterator[str]:
    yield f"`{program.id}`, {program.name} ({program.citation}):"
    yield ""
    yield "| | from what to what | limit | service adds | moves off a closed day | who | rule |"
    yield "|---|---|---|---|---|---|---|"
    yield from _rows(program.deadlines)
    yield ""


def calendars(rules: ClockRules) -> str:
    """The state's holidays by year, as the rules give them."""
    state = rules.calendars["ca-state"]
    rows = (f"| {year} | {', '.join(_kept(state, year))} |" for year in YEARS)
    return "\n".join(["| year | closed, besides Saturdays and Sundays |", "|---|---|", *rows])


def _kept(calendar: Calendar, year: int) -> Iterator[str]:
    day = date(year, 1, 1)
    while day.year == year:
        if calendar.holiday(day):
            yield f"{day:%m-%d}"
        day += timedelta(days=1)


def fees(money: MoneyRules) -> str:
    """Fees by period, then penalties."""
    return "\n".join(
        [
            "| application received | fee | rule |",
            "|---|---|---|",
            *(_schedule(one) for one in money.fees),
            "",
            "| penalty | follows | amount | conduct | rule |",
            "|---|---|---|---|---|",
            *(_penalty(one) for one in money.penalties),
        ]
    )


def _schedule(one: FeeSchedule) -> str:
    amounts = ", ".join(
        f"{_kind(row.kind)}{f' ({row.reviewer}, {row.reviewers})' if row.reviewer else ''} "
        f"${row.amount}"
        for row in one.amounts
    )
    mark = " *" if one.unverified else ""
    period = _period(one.effective_from, one.effective_to)
    return f"| {period} | {amounts or f'not known: {one.not_known}'}{mark} | {one.citation} |"


def _kind(kind: str) -> str:
    return kind.replace("_", " ")


def _penalty(one: PenaltyRule) -> str:
    bound = "up to " if one.up_to else ""
    most = f", at most ${one.maximum:,}" if one.maximum else ""
    mark = " *" if one.unverified else ""
    return (
        f"| {one.name} | {', '.join(one.deadlines)} | {bound}${one.per_day:,} a day{most}{mark} | "
        f"{_period(one.effective_from, one.effective_to)} | {one.citation} |"
    )


def _period(first: date, last: date | None) -> str:
    return f"{first} to {last}" if last else f"from {first}"


def renewed(page: str) -> str:
    """The page with each section between its marks renewed."""
    rules, money = load_clock_rules(), load_money_rules()
    sections = {"deadlines": deadlines(rules), "calendars": calendars(rules), "fees": fees(money)}
    for name, section in sections.items():
        begin, end = f"<!-- {name}: {COMMAND} -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        after = rest.partition(end)[2]
        page = f"{before}{begin}\n{section.rstrip()}\n{end}{after}"
    return page


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
