"""What the reviewer is told beyond the suggestion: the smaller form, and the taper."""

from __future__ import annotations

from collections.abc import Iterable

from openimr.evaluate import dose
from openimr.evaluate.context import Context, amount_of
from openimr.evaluate.leaves import equipment, visits
from openimr.evaluate.leaves.history import stage
from openimr.evaluate.leaves.limits import ceiling, measured
from openimr.evaluate.supply import requested
from openimr.evaluate.wording import plain
from openimr.model.case import UrAction
from openimr.model.finding import Suggestion, Value
from openimr.model.ids import CriterionId
from openimr.model.rule import Criterion, Topic

_ONGOING_DAYS = 14
"""Daily use for longer than two to four weeks makes an abrupt stop unsafe (p. 124)."""
_TRIED_DAYS = 28
"""Of a first trial the longer time: whether it was dispensed at once is not known."""


def modification(context: Context, exceeded: Iterable[Criterion]) -> str | None:
    """The smaller form in words: `21 days' supply: #63 at 3 tablets a day`."""
    words = [
        part
        for criterion in exceeded
        if (part := criterion.smaller or _smaller(context, criterion))
    ]
    return "; ".join(dict.fromkeys(words)) or None


def used_up(context: Context, criteria: Iterable[Criterion]) -> frozenset[CriterionId]:
    """Limits on visits of which earlier visits, or those that UR allowed, left none."""
    return frozenset(
        criterion.id
        for criterion in criteria
        if criterion.test.name == visits.TEST
        and visits.is_used_up(context, criterion.test.parameters)
    )


def _smaller(context: Context, criterion: Criterion) -> str | None:
    if criterion.test.name == visits.TEST:
        return visits.fewer(context, criterion.test.parameters)
    if criterion.test.name == equipment.LENGTH:
        return equipment.shorter(context, criterion.test.parameters)
    supply = requested(context)
    if supply is None:
        return None
    parameters = criterion.test.parameters
    if criterion.test.name == "days_supply":
        return _shorter(supply, amount_of(parameters, "at_most", 0))
    if criterion.test.name == "daily_dose":
        return _lower(context, supply, criterion)
    if criterion.test.name == "patch_wear":
        hours = amount_of(parameters, "hours", 72)
        count = plain(dose.MONTH * 24 // hours)
        return f"{dose.MONTH} days' supply: #{count} at {plain(hours)} hours a patch"
    if criterion.test.name == "morphine_equivalent":
        most = plain(amount_of(parameters, "at_most", 120))
        whose = context.drug_name if parameters.get("alone") is True else "all opioids"
        return f"a dose that keeps {whose} at {most} mg of morphine equivalent a day or less"
    return None


def _shorter(supply: dose.Supply, days: float) -> str:
    if supply.drug.wear_hours and supply.per_day is None:
        count = int(days * 24 // supply.drug.wear_hours)
        return (
            f"{plain(days)} days' supply: #{count} at {supply.drug.wear_hours // 24} days a patch"
        )
    per_day = supply.per_day or _by_supply(supply) or supply.drug.doses_per_day or 1
    count = int(days * per_day)
    return f"{plain(days)} days' supply: #{count} at {supply.counted(per_day)} a day"


def _by_supply(supply: dose.Supply) -> float | None:
    """Units a day where the record states for how many days the quantity is meant."""
    return supply.quantity / supply.days if supply.quantity and supply.days else None


def _lower(context: Context, supply: dose.Supply, criterion: Criterion) -> str | None:
    parameters = criterion.test.parameters
    ingredient = measured(parameters, supply.drug)
    amount = dose.strengths(supply.drug, supply.strength).get(ingredient)
    most = ceiling(context, parameters, supply.drug)
    if not most:
        return None
    units = int(most // amount.high) if amount is not None and amount.high > 0 else 0
    if not units:
        return f"at most {plain(most)} mg of {ingredient} a day"
    return f"at most {supply.counted(units)} a day ({plain(most)} mg of {ingredient})"


def taper_note(context: Context, topic: Topic, suggestion: Suggestion) -> str | None:
    """For an unsupported drug of dependence in ongoing use; a dispensed drug cannot be tapered."""
    if suggestion is not Suggestion.NOT_SUPPORT or not topic.dependence_forming:
        return None
    if context.item.request.retrospective or not _is_ongoing(context):
        return None
    granted = context.item.ur_granted
    if context.item.ur_action is UrAction.MODIFY:
        allowed = f" ({granted})" if granted else ""
        return f"{topic.taper} UR's decision already allows a part{allowed}."
    return f"{topic.taper} UR granted no tapering supply; one should be considered."


def _is_ongoing(context: Context) -> bool:
    use = context.regimen.use_of(context.drug)
    if use is None or use.since is None:
        return False
    least = _TRIED_DAYS if stage(context) is Value.PRESENT else _ONGOING_DAYS
    return (context.day - use.since).days >= least
