"""A criterion of several parts, each of which the record must show in one way or another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from openimr.evaluate.context import RULE_MONTH, Context, LeafResult, amount_of, newest
from openimr.evaluate.leaves.conditions import conditions_of, matching
from openimr.evaluate.wording import plain, says, us_date
from openimr.model.evidence import Fact
from openimr.model.finding import Value
from openimr.model.prose import capital, listed
from openimr.model.rule import Role

_PARTS = ("first", "second", "third")


def every_part(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Each of `first`, `second` and `third` is shown by one of its conditions.

    Some of them are a part; `against` contradicts where it is newer, and of the same day where a
    part is missing.
    `names` are the parts in words. `pain_months`: the injury must lie so many months back as well.
    """
    names = parameters.get("names")
    words = tuple(str(name) for name in names) if isinstance(names, tuple | list) else _PARTS
    asked = [part for part in _PARTS if conditions_of(parameters, part)]
    found = {part: matching(context, parameters, part) for part in asked}
    missing = [words[i] for i, part in enumerate(asked) if not found[part]]
    shown = list({fact.id: fact for facts in found.values() for fact in facts}.values())
    too_soon = _too_soon(context, parameters)
    against = matching(context, parameters, "against")
    latest = newest(against), newest(shown)
    if against and (not shown or latest[0] > latest[1] or (missing and latest[0] == latest[1])):
        return _contradicted(context, against, shown)
    if too_soon:
        return LeafResult(value=Value.CONTRADICTED, statement=too_soon, supporting=tuple(shown))
    if not shown:
        return LeafResult(value=context.silent)
    if missing:
        return LeafResult(
            value=Value.PARTIAL if context.criterion.role is not Role.EXCEPTION else Value.UNKNOWN,
            statement=f"Recorded: {says(shown)}; not recorded: {listed(missing)}.",
            supporting=tuple(shown),
            opposing=tuple(against),
            searched=True,
        )
    return LeafResult(
        value=Value.MET,
        statement=f"{_name(context)} is recorded: {says(shown)}.",
        supporting=tuple(shown),
        opposing=tuple(against),
    )


def _contradicted(context: Context, against: list[Fact], shown: list[Fact]) -> LeafResult:
    return LeafResult(
        value=Value.CONTRADICTED,
        statement=f"{_name(context)} is contradicted: {says(against)}.",
        supporting=tuple(shown),
        opposing=tuple(against),
    )


def _name(context: Context) -> str:
    name = context.criterion.name or "What is asked for"
    return capital(name)


def _too_soon(context: Context, parameters: Mapping[str, object]) -> str:
    """Why the pain is not old enough, where the rule asks for months and the injury is dated."""
    months = amount_of(parameters, "pain_months", 0)
    injured = context.header.date_of_injury
    if not months or injured is None:
        return ""
    if context.day - injured >= timedelta(days=months * RULE_MONTH):
        return ""
    return f"The injury of {us_date(injured)} lies less than {plain(months)} months back."
