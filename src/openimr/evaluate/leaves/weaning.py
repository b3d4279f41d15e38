"""Whether a taper is due, planned or granted."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.regimen import CURRENT_FOR, day_of, text
from openimr.evaluate.wording import says, us_date
from openimr.model.case import UrAction
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value


def weaning_supply(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether a taper is due: ongoing daily use, and none granted by UR."""
    granted = _granted(context)
    if granted is not None:
        return LeafResult(value=Value.ABSENT, statement=granted[0], opposing=granted[1])
    days = amount_of(parameters, "ongoing_days", 28)
    use = context.regimen.use_of(context.drug)
    if use is not None and use.since is not None and (context.day - use.since).days >= days:
        shown = use.ends()
        return LeafResult(
            value=Value.PRESENT,
            statement=(
                f"{context.drug_name} is recorded since {us_date(use.since)} and UR granted no "
                f"taper: {says(shown)}."
            ),
            supporting=tuple(shown),
        )
    return LeafResult(value=Value.UNKNOWN)


def taper_granted(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether a taper is planned or was granted; a plain request for more supply is none."""
    del parameters
    granted = _granted(context)
    planned = [
        fact
        for fact in context.said("weaning_attempts")
        if fact.assertion is Assertion.PRESENT
        and text(fact.value.get("kind")) in {"planned", "granted"}
        and _concerns(context, fact)
    ]
    if granted is not None:
        return LeafResult(value=Value.PRESENT, statement=granted[0], supporting=granted[1])
    if planned:
        return LeafResult(
            value=Value.PRESENT,
            statement=f"A taper is planned: {says(planned)}.",
            supporting=tuple(planned),
        )
    return LeafResult(
        value=Value.ABSENT,
        statement="The request is for more supply; UR granted no taper and no report plans one.",
        searched=True,
    )


def _concerns(context: Context, fact: Fact) -> bool:
    """Whether a taper can be this drug's: it names it, or nothing, since the drug began.

    A taper told months ago that names no drug was of whatever was taken then, and where the drug
    is still written for, it is over.
    """
    named = text(fact.value.get("generic")) or fact.subject
    if named:
        return context.is_this_drug(named)
    use = context.regimen.use_of(context.drug)
    told = day_of(fact)
    if use is None or told is None:
        return True
    began_later = use.since is not None and told <= use.since
    is_old = told < context.day - CURRENT_FOR and use.is_current(context.day)
    return not began_later and not is_old


def _granted(context: Context) -> tuple[str, tuple[Fact, ...]] | None:
    """UR's grant of a part, as the item or the record tells it."""
    if context.item.ur_action is UrAction.MODIFY:
        what = f": {context.item.ur_granted}" if context.item.ur_granted else ""
        return f"UR modified the request and allowed a part of it{what}.", ()
    granted = [
        fact
        for fact in context.ever("weaning_attempts")
        if text(fact.value.get("kind")) == "granted" and _concerns(context, fact)
    ]
    if not granted:
        return None
    return f"UR granted a tapering supply: {says(granted)}.", tuple(granted)
