"""How many times a day a drug of extended release is taken, against its label."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.dose import MONTH
from openimr.evaluate.regimen import MEDICATION
from openimr.evaluate.supply import requested
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value


def dosing_interval(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """No more doses a day than the label of the release form has, and none as needed.

    Without directions the count of a month tells: ninety tablets of a drug for twice a day are
    three a day, which no two equal doses make; four may be two at each dose.
    """
    by_drug = parameters.get("at_most_by_drug")
    most = amount_of(by_drug if isinstance(by_drug, Mapping) else {}, _generic(context), 0)
    if not most:
        return LeafResult(
            value=Value.MET, statement=f"No fixed interval is set for {context.drug_name}."
        )
    needed = _as_needed(context)
    if needed:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"{context.drug_name} is taken as needed: {says(needed)}.",
            opposing=tuple(needed),
        )
    if "prn" in (context.item.request.sig or "").casefold():
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The directions give {context.drug_name} as needed.",
        )
    return _by_directions(context, most) or _by_count(context, most)


def _generic(context: Context) -> str:
    return context.drug.generic if context.drug else ""


def _as_needed(context: Context) -> list[Fact]:
    """The newest statement of the drug's directions, if it gives the drug as needed."""
    said = [
        fact
        for fact in context.said(MEDICATION)
        if fact.assertion is Assertion.PRESENT
        and context.regimen.name_of(fact) == _generic(context)
        and fact.value.get("prn") is not None
    ]
    return said[-1:] if said and said[-1].value["prn"] is True else []


def _by_directions(context: Context, most: float) -> LeafResult | None:
    doses = context.item.request.doses_per_day
    if doses is None:
        return None
    kept = doses <= most
    return LeafResult(
        value=Value.MET if kept else Value.CONTRADICTED,
        statement=(
            f"{context.drug_name} is asked for {_times(doses)} a day, where its label has "
            f"{_times(most)} at most."
        ),
    )


def _by_count(context: Context, most: float) -> LeafResult:
    supply = requested(context)
    if supply is None or (supply.per_day is None and supply.quantity is None):
        return LeafResult(value=Value.NOT_DOCUMENTED)
    units = supply.per_day or (supply.quantity or 0) / (supply.days or MONTH)
    month = "" if supply.per_day or supply.days else f", if the count is for {MONTH} days"
    counted = f"{supply.counted(units)} a day{month}"
    if units <= most:
        return LeafResult(
            value=Value.MET,
            statement=f"The supply is {counted}, which is {_times(most)} a day at most.",
        )
    if units % most == 0:
        remark = f"; {counted}, may be several at each dose"
        return LeafResult(value=Value.NOT_DOCUMENTED, remark=remark)
    return LeafResult(
        value=Value.CONTRADICTED,
        statement=(
            f"The supply is {counted}, which is more often than {_times(most)} a day, as the "
            "label has it."
        ),
    )


def _times(number: float) -> str:
    return {1.0: "once", 2.0: "twice"}.get(number, f"{plain(number)} times")
