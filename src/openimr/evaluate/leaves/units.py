"""Amounts that are counted in units, as a toxin is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.wording import plain
from openimr.model.finding import Value

_UNITS = re.compile(
    r"(?i)(?<![\d.,])(?P<count>\d{1,3}(?:,\d{3})+|\d+)\s*-?\s*(?:units?\b|U\b|IU\b)"
)


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
