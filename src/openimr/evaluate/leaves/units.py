"""Amounts that are counted otherwise than in tablets: the units of a toxin, packs of tablets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.limits import days_supply
from openimr.evaluate.wording import plain
from openimr.model.finding import Value

_UNITS = re.compile(
    r"(?i)(?<![\d.,])(?P<count>\d{1,3}(?:,\d{3})+|\d+)\s*-?\s*(?:units?\b|U\b|IU\b)"
)

_PACK = "pack"
_MOST_PACKS = 6
"""Nobody asks for more packs at once."""


def requested_units(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The units that the line asks for at once, against a ceiling: `Botox injection 200 units`."""
    found = _UNITS.search(context.item.request_text) or _UNITS.search(context.item.request.text)
    if found is None:
        return LeafResult(
            value=Value.UNKNOWN, statement="The request line does not say how many units it is for."
        )
    units = float(found["count"].replace(",", ""))
    most = amount_of(parameters, "at_most", 0)
    over = units > most
    return LeafResult(
        value=Value.EXCEEDED if over else Value.WITHIN,
        statement=(
            f"The request is for {plain(units)} units, "
            f"{'above' if over else 'within'} {plain(most)} units."
        ),
    )


def packs_or_days(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The packs that are asked for, refills with them, against a ceiling; of tablets, the days.

    A count that is no count of packs is one of their tablets: `Medrol Dosepak #21`.
    """
    request = context.item.request
    if request.form != _PACK:
        return days_supply(context, parameters)
    count = request.quantity or 1
    counted = count if count <= _MOST_PACKS else count / amount_of(parameters, "tablets", 1)
    packs = counted * (1 + (request.refills or 0))
    most = amount_of(parameters, "packs", 1)
    over = packs > most
    return LeafResult(
        value=Value.EXCEEDED if over else Value.WITHIN,
        statement=(
            f"The request is for {plain(packs)} pack{'' if packs == 1 else 's'}, "
            f"{'above' if over else 'within'} {plain(most)}."
        ),
    )
