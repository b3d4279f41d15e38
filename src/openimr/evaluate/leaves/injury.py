"""How long after the injury the request comes: what holds for acute pain alone."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import RULE_MONTH, Context, LeafResult, amount_of
from openimr.evaluate.wording import plain, us_date
from openimr.model.finding import Value


def since_injury(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the injury lies more than so many months before the decision.

    `acute_within_months`: no longer ago than this is acute; what lies between is open, since the
    guideline of 2009 gives no number for the day on which pain becomes chronic.
    """
    injured = context.header.date_of_injury
    if injured is None:
        return LeafResult(
            value=Value.UNKNOWN, statement="The record gives no date of the injury to count from."
        )
    most = amount_of(parameters, "longer_than_months", 3)
    acute = amount_of(parameters, "acute_within_months", most)
    days = (context.day - injured).days
    told = f"The injury of {us_date(injured)} lies {_ago(days)} before the decision"
    if days > most * RULE_MONTH:
        return LeafResult(value=Value.PRESENT, statement=f"{told}, more than {plain(most)} months.")
    if days <= acute * RULE_MONTH:
        return LeafResult(
            value=Value.ABSENT, statement=f"{told}, not more than {plain(acute)} months."
        )
    return LeafResult(
        value=Value.UNKNOWN,
        statement=f"{told}, so whether the pain is chronic is not settled by its age.",
    )


def _ago(days: int) -> str:
    """`40 days`, `14 months`: months once there are three of them."""
    months = int(days / RULE_MONTH)
    return f"{months} months" if months >= 3 else f"{days} days"
