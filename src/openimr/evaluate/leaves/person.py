"""What a limit asks of the person: how long the complaint has lasted, age and body mass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.regimen import first_day_of, number
from openimr.evaluate.wording import plain, says, us_date
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value
from openimr.model.prose import listed


def lasting_complaint(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A complaint that has lasted so many weeks, since the injury or its first statement.

    With conditions, what they ask has to be told as well; its own value stands where it is not.
    """
    told = evidence(context, parameters) if _asks_signs(parameters) else None
    if told is not None and told.value is not Value.MET:
        return told
    weeks = amount_of(parameters, "weeks", 4)
    began, since = _began(context, told.supporting if told else ())
    if began is None:
        return _untimed(told)
    lasted = (context.day - began).days / 7
    length = f"since {since} of {us_date(began)}, {plain(int(lasted))} weeks before the decision"
    enough = lasted >= weeks
    if told is None:
        value = Value.MET if enough else Value.CONTRADICTED
        return LeafResult(value=value, statement=f"The complaint has lasted {length}.")
    value = Value.MET if enough else Value.CONTRADICTED
    statement = f"{told.statement.removesuffix('.')}; the complaint has lasted {length}."
    if enough:
        return replace(told, statement=statement)
    return LeafResult(value=value, statement=statement, opposing=told.supporting)


def _asks_signs(parameters: Mapping[str, object]) -> bool:
    return any(name in parameters for name in ("enough", "together"))


def _began(context: Context, facts: tuple[Fact, ...]) -> tuple[date | None, str]:
    injured = context.header.date_of_injury
    if injured is not None:
        return injured, "the injury"
    days = [day for fact in facts if (day := first_day_of(fact)) is not None]
    return min(days, default=None), "the first statement"


def _untimed(told: LeafResult | None) -> LeafResult:
    if told is None:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    statement = f"{told.statement.removesuffix('.')}; how long it has lasted is not told."
    return replace(told, value=Value.PARTIAL, statement=statement)


def age_and_mass(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Age above and body mass index below what an operation asks; unknown unless both are known."""
    age, above = context.header.age, amount_of(parameters, "age_above", 0)
    below = amount_of(parameters, "mass_below", 999)
    facts = [
        fact
        for fact in context.said("body_mass")
        if fact.assertion is Assertion.PRESENT and number(fact.value.get("index")) is not None
    ]
    mass = number(facts[-1].value.get("index")) if facts else None
    over = []
    if age is not None and age <= above:
        over.append(f"age {age}, not above {plain(above)}")
    if mass is not None and mass >= below:
        over.append(f"body mass index {plain(mass)}, not below {plain(below)}")
    if over:
        return LeafResult(
            value=Value.EXCEEDED, statement=f"{listed(over)}.", opposing=tuple(facts[-1:])
        )
    if age is None or mass is None:
        lacking = listed(
            name for name, known in (("age", age), ("body mass index", mass)) if known is None
        )
        return LeafResult(value=Value.UNKNOWN, statement=f"The record does not give the {lacking}.")
    return LeafResult(
        value=Value.WITHIN,
        statement=f"Age {age} and {says(facts[-1:])} are within the limits.",
        supporting=tuple(facts[-1:]),
    )
