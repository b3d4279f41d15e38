"""The answer where statements speak for and against: a head by the value, then what bears it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openimr.evaluate.context import LeafResult
from openimr.evaluate.wording import says
from openimr.model.evidence import Fact
from openimr.model.finding import Value


def two_sided(
    value: Value, heads: Mapping[Value, str], good: Sequence[Fact], poor: Sequence[Fact]
) -> LeafResult:
    """The sentence names the side that the value rests on, and both where they conflict."""
    shown = {Value.MET: good, Value.CONTRADICTED: poor}.get(value, [*good, *poor])
    return LeafResult(
        value=value,
        statement=f"{heads[value]}: {says(shown)}.",
        supporting=tuple(good),
        opposing=tuple(poor),
    )
