"""What must agree between the files of the process: acts and clocks, conditions and grounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from openimr.model.clock_rules import ActClocks, ClockRules
from openimr.model.errors import RulebookInvalid
from openimr.model.ground import GroundOutcome, Grounds
from openimr.model.transition import GuardName, Transition, TransitionTable

_TABLE = "process/transitions.yaml"
_CLOCKS = "process/deadlines.yaml"
_AGAINST: Mapping[GuardName, frozenset[GroundOutcome]] = {
    GuardName.INELIGIBLE_GROUND: frozenset({GroundOutcome.INELIGIBLE}),
    GuardName.LIABILITY_WITHOUT_CONSENT: frozenset({GroundOutcome.DEFERRED}),
    GuardName.NO_GROUND_AGAINST: frozenset({GroundOutcome.INELIGIBLE, GroundOutcome.DEFERRED}),
}
"""The outcomes of the grounds that a condition lists."""


def check_agreement(table: TransitionTable, clocks: ClockRules, grounds: Grounds) -> None:
    """See that the files of the process say the same where they speak of the same.

    Raises:
        RulebookInvalid: with one line for every difference.
    """
    problems = (
        *_of_clocks(table, clocks),
        *_of_grounds(table, grounds),
        *_of_programs(table, clocks),
    )
    if problems:
        raise RulebookInvalid(problems)


def _of_clocks(table: TransitionTable, clocks: ClockRules) -> Iterator[str]:
    acts: dict[str, list[Transition]] = {}
    for row in table.rows:
        acts.setdefault(row.act, []).append(row)
    for act in clocks.acts:
        if act not in acts:
            yield f"{_CLOCKS}: acts.{act}: there is no such act; use one of {_TABLE}"
    for act, rows in acts.items():
        told = clocks.acts.get(act)
        for what, here, there in _pairs(rows, told):
            if here != there:
                yield (
                    f"{_TABLE}: {act}: {what} {_listed(here)}, but in {_CLOCKS} {_listed(there)}; "
                    "mend one of the two"
                )


def _pairs(
    rows: Iterable[Transition], told: ActClocks | None
) -> Iterator[tuple[str, set[str], set[str]]]:
    """What an act does to clocks, as the one file and the other say it."""
    rows = tuple(rows)
    clock = told or ActClocks(act="", starts=(), meets=(), ends=(), suspends=(), resumes=())
    yield (
        "starts",
        {one for row in rows for one in row.starts},
        {one.deadline for one in clock.starts},
    )
    yield "ends", {one for row in rows for one in row.meets}, {*clock.meets, *clock.ends}
    yield "suspends", {one for row in rows for one in row.suspends}, set(clock.suspends)
    yield "resumes", {one for row in rows for one in row.resumes}, set(clock.resumes)


def _of_grounds(table: TransitionTable, grounds: Grounds) -> Iterator[str]:
    for name, outcomes in _AGAINST.items():
        listed = set(table.guards[name].among)
        codes = {str(rule.code) for rule in grounds.rules if rule.outcome in outcomes}
        if listed != codes:
            yield (
                f"{_TABLE}: guards.{name}.among: {_listed(listed ^ codes)} is not in both this and "
                "process/grounds.yaml; mend one of the two"
            )


def _of_programs(table: TransitionTable, clocks: ClockRules) -> Iterator[str]:
    for name in sorted(set(table.programs) ^ set(clocks.programs)):
        yield (
            f"{_TABLE}: programs: {name} is not in both this and process/programs.yaml; "
            "add or remove it"
        )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "nothing"
