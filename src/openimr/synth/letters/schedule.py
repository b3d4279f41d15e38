"""How often and how long: visits, weeks, rentals, levels and contrast, with their facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openimr.synth.letters.dice import Dice

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight")


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as a heading words it."""

    text: str = ""
    count: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


def draw_schedule(dice: Dice, kind: str) -> Schedule:
    """A schedule of a kind that the care list names; empty where it names none."""
    draws = {
        "weekly": _weekly,
        "visits": _visits,
        "rental": _rental,
        "contrast": _contrast,
        "lumbar_level": _lumbar,
        "cervical_level": _cervical,
    }
    return draws[kind](dice) if kind else Schedule()


def _weekly(dice: Dice) -> Schedule:
    """Example: `2 times a week for 6 weeks`."""
    often, weeks = dice.between(1, 3), dice.between(2, 8)
    word = "time" if often == 1 else "times"
    text = dice.pick(
        (
            f"{often} {word} a week for {weeks} weeks",
            f"{often} {word} per week for {weeks} weeks",
            f"{_NUMBERS[often]} {word} a week for {_NUMBERS[weeks]} weeks",
            f"{often}x{weeks}",
        )
    )
    facts = {"per_week": often, "weeks": weeks, "visits": often * weeks}
    return Schedule(text, str(often * weeks), facts)


def _visits(dice: Dice) -> Schedule:
    """Example: `12 sessions`."""
    count = dice.pick((3, 4, 6, 6, 8, 8, 10, 12, 12, 16, 18, 24))
    words = dice.pick(("sessions", "visits"))
    if count <= 8 and dice.chance(0.2):
        return Schedule(f"{_NUMBERS[count]} {words}", str(count), {"visits": count})
    return Schedule(f"{count} {words}", str(count), {"visits": count})


def _rental(dice: Dice) -> Schedule:
    """Example: `, 30 day rental`; or a purchase, or nothing."""
    days = dice.pick((7, 14, 30, 30, 60, 90))
    months = dice.between(1, 6)
    return dice.pick(
        (
            Schedule(" for purchase"),
            Schedule(" (purchase)"),
            Schedule(f", {days} day rental", "", {"duration": days, "duration_unit": "day"}),
            Schedule(
                f" for a {months} month rental", "", {"duration": months, "duration_unit": "month"}
            ),
        )
    )


def _contrast(dice: Dice) -> Schedule:
    way = dice.pick(("without", "without", "with", "with and without"))
    return Schedule(f"{way} contrast", "", {"contrast": way})


def _lumbar(dice: Dice) -> Schedule:
    return Schedule(dice.pick(("L4-L5", "L5-S1", "L3-L4", "L4-L5 and L5-S1", "L2-L3")))


def _cervical(dice: Dice) -> Schedule:
    return Schedule(dice.pick(("C5-C6", "C6-C7", "C4-C5", "C7-T1")))
