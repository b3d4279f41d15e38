"""Who, when and where: the facts that stand in a letter's header and above its summary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from openimr.synth.letters.bank import data
from openimr.synth.letters.dice import Dice, Weighted

_PRIME, _SERIALS = 7_368_787, 10_000_000
"""Coprime, so that every number of a run gets a case number of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The dates, numbers and credentials of one letter."""

    case_number: str
    assigned: date
    decided: date
    injured: date
    denied: date
    received: date
    priority: str
    states: tuple[str, ...]
    state_comma: str
    """Letters part the states with `,` or `, `."""
    specialties: tuple[str, ...]
    age: int
    sex: str


_FIRST_YEAR = 2013
_YEARS = {
    "header": Weighted((2015, 2016, 2017, 2018), (3, 4, 4, 3)),
    "plain": Weighted((2015,), (1,)),
    "2013": Weighted((2013,), (1,)),
    "2013-notice": Weighted((2013,), (1,)),
    "2014": Weighted((2014,), (1,)),
}


@lru_cache
def _weighted(name: str) -> Weighted[str]:
    table = data("people")[name]
    return Weighted(tuple(table), tuple(table.values()))


def draw_header(dice: Dice, number: int, layout: str, seed: int) -> Header:
    """The header of letter `number` of a run; its case number is that of no other."""
    year = _YEARS[layout].draw(dice)
    first, last = date(year, 1, 2), date(year, 12, 30)
    if year == _FIRST_YEAR:
        first = date(2013, 7, 15)
    decided = first + timedelta(days=dice.between(0, (last - first).days))
    expedited = dice.chance(0.01)
    assigned = decided - timedelta(days=dice.between(2, 5) if expedited else dice.between(21, 44))
    received = assigned - timedelta(days=min(40, 1 + dice.rank(60) // 2 + dice.between(0, 6)))
    denied = received - timedelta(days=dice.between(1, 35))
    injured = denied - timedelta(days=30 + dice.rank(7000))
    serial = (number * _PRIME + seed * 7919) % _SERIALS
    states = _states(dice)
    return Header(
        case_number=f"CM{received.year % 100:02d}-{serial:07d}",
        assigned=assigned,
        decided=decided,
        injured=injured,
        denied=denied,
        received=received,
        priority="Expedited" if expedited else "Standard",
        states=states,
        state_comma=dice.pick((",", ", ")),
        specialties=tuple(_weighted("specialties").draw(dice).split(", ")),
        age=min(88, 19 + dice.between(0, 24) + dice.between(0, 22)),
        sex=dice.pick(("male", "female")),
    )


def _states(dice: Dice) -> tuple[str, ...]:
    if dice.chance(0.45):
        return ("California",)
    drawn = [_weighted("states").draw(dice) for _ in range(dice.between(1, 3))]
    return tuple(dict.fromkeys(drawn))
