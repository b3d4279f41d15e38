"""When something is due, and why then: rules + deadline + trigger + service + regime -> Due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from openimr.model.clock_rules import (
    ClockRules,
    DeadlineRule,
    Extension,
    Program,
    Regime,
    TimeLimit,
)
from openimr.model.deadline import ClockOptions, DeadlineUnit, Due, Step
from openimr.model.errors import UsageError
from openimr.model.moments import local_day
from openimr.model.party import ServiceMethod
from openimr.workflow.calendar import Days
from openimr.workflow.derivation import Derivation

CALIFORNIA = "ca-wc"
_DEFAULTS = ClockOptions()
_LAST_YEAR = 2199
"""Dates beyond are no dates of a case; they would run out of the calendar."""


def due(
    rules: ClockRules,
    deadline: str,
    trigger: date | datetime,
    service: ServiceMethod | None = None,
    *,
    regime_day: date | None = None,
    program: str = CALIFORNIA,
    options: ClockOptions = _DEFAULTS,
) -> Due:
    """When a deadline runs out, with every step that leads there.

    Args:
        rules: the rules of the clock.
        deadline: D1 to D27.
        trigger: the day, or for limits in hours the moment, of what starts it. A moment without
            zone is Pacific time.
        service: how the document was served; None: not known, nothing is added and a step says
            what mail would add.
        regime_day: the day of the UR decision, which chooses the rules; None: the trigger's.
        program: whose parameters apply.
        options: choices where the rules leave one.

    Raises:
        UsageError: no such deadline, variant, program or regime, or a time of day is missing.
    """
    profile = program_of(rules, program)
    rule = _rule(profile, deadline)
    on = regime_day or local_day(trigger)
    regime = regime_of(rules, on) if profile.regimes else None
    limit = _limit(rule, on, service, options.variant)
    _check(rule, limit, trigger, options)
    derivation = Derivation(
        limit=_granted(rule, limit, options),
        service=service,
        extension=_extension(rules, limit, service, on),
        days=days_of(rules, profile, on, doubtful=options.doubtful_holidays),
        options=options,
    )
    steps, end = derivation.run(trigger)
    steps = (*_not_read(regime, rule.id), *steps, *_note(limit))
    return Due(
        deadline=rule.id,
        title=rule.title,
        trigger=trigger,
        due=end,
        actor=limit.actor,
        who=limit.who,
        if_missed=limit.if_missed,
        service=service,
        regime=regime.id if regime else profile.id,
        steps=steps,
        unverified=any(step.unverified for step in steps),
        estimated=options.sent and service is not ServiceMethod.PERSONAL,
        at_once=limit.unit is DeadlineUnit.IMMEDIATELY,
    )


def regime_of(rules: ClockRules, day: date) -> Regime:
    """The regime of a UR decision's day.

    Raises:
        UsageError: Independent Medical Review had not begun.
    """
    begun = [regime for regime in rules.regimes if regime.effective_from <= day]
    if begun:
        return begun[-1]
    raise UsageError(
        f"no rules of Independent Medical Review are in force on {day}",
        why=f"it begins on {rules.regimes[0].effective_from} (SB 863; Labor Code 4610.5(a))",
        remedy="check the date, or name the regime of the UR decision",
    )


def program_of(rules: ClockRules, program: str) -> Program:
    """A program by its id.

    Raises:
        UsageError: there is none of this id.
    """
    found = rules.programs.get(program)
    if found is not None:
        return found
    raise UsageError(
        f"there is no program {program}", remedy=f"use one of: {', '.join(rules.programs)}"
    )


def days_of(rules: ClockRules, program: Program, day: date, *, doubtful: bool = False) -> Days:
    """Open and working days of a program, by the rules for a UR decision of a day."""
    of_calendar = [one for one in rules.working_days if one.calendar == program.calendar]
    working = next((one for one in of_calendar if one.in_force(day)), of_calendar[0])
    return Days(calendar=rules.calendars[program.calendar], working=working, doubtful=doubtful)


def _rule(program: Program, deadline: str) -> DeadlineRule:
    for rule in program.deadlines:
        if rule.id == deadline.upper():
            return rule
    known = ", ".join(rule.id for rule in program.deadlines)
    raise UsageError(
        f"there is no deadline {deadline} in {program.name}",
        why=f"its time limits are {known} ({program.citation})",
        remedy="use one of these",
    )


def _limit(rule: DeadlineRule, day: date, service: ServiceMethod | None, variant: str) -> TimeLimit:
    """The limit meant: the variant named, else the one of the service, else the first in force."""
    in_force = [one for one in rule.limits if one.in_force(day)]
    if not in_force:
        first = rule.limits[0]
        raise UsageError(
            f"{rule.id} is not in force for a UR decision of {day}",
            why=f"{first.citation} has it from {first.effective_from} on",
            remedy="check the date, or name the regime of the UR decision",
        )
    fitting = [one for one in in_force if one.variant == variant]
    if variant and not fitting:
        known = ", ".join(one.variant for one in in_force if one.variant)
        raise UsageError(
            f"{rule.id} has no variant {variant}",
            remedy=f"its variants are: {known}" if known else "it has none: leave it out",
        )
    served_so = [one for one in in_force if service in one.services]
    return (fitting if variant else [*served_so, *in_force])[0]


def _check(
    rule: DeadlineRule, limit: TimeLimit, trigger: date | datetime, options: ClockOptions
) -> None:
    if trigger.year > _LAST_YEAR:
        raise UsageError(
            f"{rule.id} cannot run from {trigger.isoformat()}",
            why=f"a date after {_LAST_YEAR} is no date of a case",
            remedy="mend the year",
        )
    if limit.unit is DeadlineUnit.HOURS and not isinstance(trigger, datetime):
        in_days = [one.variant for one in rule.limits if one.unit is not DeadlineUnit.HOURS]
        besides = f", or take the variant {' or '.join(in_days)}" if any(in_days) else ""
        raise UsageError(
            f"{rule.id} counts {limit.length} hours, and {trigger} has no time of day",
            why=f"hours run from the moment at which {limit.trigger} ({limit.citation})",
            remedy=f"give the moment, such as {trigger}T09:30{besides}",
        )
    if options.sent and not limit.from_receipt:
        raise UsageError(
            f"{rule.id} does not run from receipt",
            why=f"it runs from when {limit.trigger} ({limit.citation})",
            remedy="give that day, without an estimate from mailing",
        )


def _granted(rule: DeadlineRule, limit: TimeLimit, options: ClockOptions) -> TimeLimit:
    """The limit with as much of it as was granted, where it is an upper bound."""
    if options.length is None:
        return limit
    if not limit.up_to or not 0 < options.length <= limit.length:
        most = f"1 to {limit.length}" if limit.up_to else f"{limit.length}, and it is no bound"
        raise UsageError(
            f"{rule.id} cannot be granted for {options.length} days",
            why=f"its length is {most} ({limit.citation})",
            remedy="mend the number of days",
        )
    return replace(limit, length=options.length, hours=24 * options.length if limit.hours else 0)


def _extension(
    rules: ClockRules, limit: TimeLimit, service: ServiceMethod | None, day: date
) -> Extension | None:
    """What service adds; mail within California stands in where the service is not known."""
    how = service or ServiceMethod.MAIL_CALIFORNIA
    for one in rules.extensions:
        in_force = one.effective_from <= day <= (one.effective_to or date.max)
        if one.rule == limit.extension and one.service is how and in_force:
            return replace(one, unverified=one.unverified or limit.extension_unverified)
    return None


def _not_read(regime: Regime | None, deadline: str) -> tuple[Step, ...]:
    if regime is None or deadline not in regime.not_read:
        return ()
    text = (
        f"The rules from {regime.effective_from} on govern; their text on this was not checked, "
        "and the length is that of the text before."
    )
    return (Step(text=text, citation="", unverified=True),)


def _note(limit: TimeLimit) -> tuple[Step, ...]:
    if not limit.note:
        return ()
    return (Step(text=limit.note, citation=limit.citation, unverified=limit.unverified),)
