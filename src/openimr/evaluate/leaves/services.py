"""Limits of services: hours a week, visits at once, how often a test is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.regimen import day_of, text
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Calculation, Value
from openimr.model.prose import listed
from openimr.model.rule import Role

_A_WEEK = 7
_A_YEAR = timedelta(days=365)
_AMOUNT = r"(?<![\d.])(\d+(?:\.\d+)?)(?:\s*(?:-|to)\s*(\d+(?:\.\d+)?))?"
_HOURS_A_DAY = re.compile(
    rf"{_AMOUNT}\s*(?:hours?|hrs?)\s*(?:/|a|per|each|every)?\s*day|{_AMOUNT}\s*(?:hours?|hrs?)\s*daily",
    re.IGNORECASE,
)
_HOURS_A_WEEK = re.compile(
    rf"{_AMOUNT}\s*(?:hours?|hrs?)\s*(?:/|a|per|each|every)?\s*(?:week|wk)|"
    rf"{_AMOUNT}\s*(?:hours?|hrs?)\s*weekly",
    re.IGNORECASE,
)
_DAYS_A_WEEK = re.compile(
    rf"{_AMOUNT}\s*(?:days?|times?|x)\s*(?:/|a|per|each)?\s*(?:week|wk)", re.IGNORECASE
)
_ALWAYS = re.compile(
    r"\b24\s*(?:/|-|x)\s*7\b|\baround[- ]the[- ]clock\b|\blive-?in\b", re.IGNORECASE
)
_SERIES = re.compile(
    r"\b(?:visits|monthly|weekly|series|unspecified|ongoing|unlimited)\b", re.IGNORECASE
)
_LABORATORY = "laboratory."
_RISK_LEVELS: Mapping[str, str] = {"medium": "moderate", "intermediate": "moderate"}


def itself(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """What the criterion names is the request itself."""
    del parameters
    return LeafResult(
        value=Value.PRESENT if context.criterion.role is Role.EXCLUSION else Value.MET,
        statement=f"The request itself asks for it: “{context.item.request.text}”.",
    )


def requested_part(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the line names one of these parts of the body; else what the record says."""
    named = [
        part for part in context.item.request.body_parts if part in words_of(parameters, "parts")
    ]
    if not named:
        told = {key: value for key, value in parameters.items() if key != "parts"}
        return evidence(context, told)
    return LeafResult(
        value=Value.PRESENT if context.criterion.role is Role.EXCLUSION else Value.MET,
        statement=f"The request is for the {listed(named)}.",
    )


def weekly_hours(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Hours a week that the line asks for, against a ceiling."""
    most = amount_of(parameters, "at_most", 35)
    found = hours_of(context.item.request.text, context.item.request.per_week)
    if found is None:
        return LeafResult(
            value=Value.UNKNOWN, statement="The request does not tell the hours a week."
        )
    hours, words = found
    value = Value.WITHIN if hours <= most else Value.EXCEEDED
    verdict = "within" if value is Value.WITHIN else "above"
    return LeafResult(
        value=value,
        statement=(
            f"The request comes to {plain(hours)} hours a week, {verdict} {plain(most)}: {words}."
        ),
        calculations=(
            Calculation(name="hours a week", expression=words, result=hours, unit="hours/week"),
        ),
    )


def hours_of(line: str, per_week: float | None = None) -> tuple[float, str] | None:
    """Hours a week with their sum in words; None where the line tells none.

    >>> hours_of("Home health aide 4 hours/day, 5 days/week x 6 weeks")
    (20.0, '4 hours a day x 5 days a week = 20 hours a week')
    """
    if _ALWAYS.search(line):
        return 24.0 * _A_WEEK, "24 hours a day x 7 days a week = 168 hours a week"
    weekly = _upper(_HOURS_A_WEEK.search(line))
    if weekly is not None:
        return weekly, f"{plain(weekly)} hours a week, as written"
    daily = _upper(_HOURS_A_DAY.search(line))
    if daily is None:
        return None
    days = _upper(_DAYS_A_WEEK.search(line)) or per_week
    assumed = "" if days else ", every day assumed"
    days = days or _A_WEEK
    factors = f"{plain(daily)} hours a day x {plain(days)} days a week"
    return daily * days, f"{factors} = {plain(daily * days)} hours a week{assumed}"


def _upper(found: re.Match[str] | None) -> float | None:
    """The upper end of a range, or the one amount written."""
    written = [float(group) for group in (found.groups() if found else ()) if group]
    return max(written, default=None)


def visits_asked(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Visits that the line asks for at once; a consultation without a number is one."""
    request, most = context.item.request, amount_of(parameters, "at_most", 1)
    asked = request.visits or request.quantity
    if asked is None and _SERIES.search(request.text):
        return LeafResult(
            value=Value.UNKNOWN, statement="The request speaks of visits without their number."
        )
    value = Value.WITHIN if (asked or 1) <= most else Value.EXCEEDED
    shown = "one, as no number is written" if asked is None else plain(asked)
    verdict = "within" if value is Value.WITHIN else "above"
    return LeafResult(value=value, statement=f"Visits asked for: {shown}, {verdict} {plain(most)}.")


def screening_frequency(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Urine tests within a year with the one asked for, against the number that the risk allows.

    A test counts by its own day: a laboratory's report, or a statement that dates it. Without a
    stated level the risk counts as low.
    """
    level, stated = _risk(context)
    allowed = parameters.get("at_most_by_level")
    most = amount_of(allowed if isinstance(allowed, Mapping) else {}, level, 1)
    tested = [fact for fact in context.said("urine_drug_test", months=12) if _is_done(fact)]
    now = context.item.request.date_of_service or context.day
    days = {day: fact for fact in tested if (day := _own_day(fact)) is not None}
    recent = {day: fact for day, fact in days.items() if now - _A_YEAR < day < now}
    risk = f"{level} risk" + ("" if stated else ", as none is stated")
    before = f"{len(recent)} in the year before and the one asked for"
    told = f"{before}, where {plain(most)} a year {'is' if most == 1 else 'are'} allowed at {risk}"
    shown = [recent[day] for day in sorted(recent)]
    days_shown = f" ({says(shown)})" if shown else ""
    if len(recent) + 1 > most:
        value, verdict = Value.EXCEEDED, "more than the risk allows"
    elif tested and not days:
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"Earlier tests are told without their days: {says(tested)}.",
        )
    else:
        value, verdict = Value.WITHIN, "no more than the risk allows"
    return LeafResult(
        value=value,
        statement=f"The number of tests in a year is {verdict}: {told}{days_shown}.",
        supporting=tuple(shown) if value is Value.WITHIN else (),
        opposing=tuple(shown) if value is Value.EXCEEDED else (),
    )


def _risk(context: Context) -> tuple[str, bool]:
    """The newest stated level of risk, and whether one is stated."""
    said = [
        text(fact.value.get("level")).casefold()
        for fact in context.said("misuse_risk")
        if fact.assertion is Assertion.PRESENT
    ]
    level = said[-1] if said else ""
    return _RISK_LEVELS.get(level, level) or "low", bool(level)


def _is_done(fact: Fact) -> bool:
    result = text(fact.value.get("result"))
    return fact.assertion is Assertion.PRESENT and result in {"consistent", "inconsistent", "done"}


def _own_day(fact: Fact) -> date | None:
    """The day of the test itself; None where a report only mentions one."""
    of_laboratory = fact.rule.startswith(_LABORATORY)
    dated = fact.date is not None and fact.date != fact.written
    return day_of(fact) if of_laboratory or dated else None
