"""The numbers and small words that fill a template, drawn once for each statement."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.synth.bank import data
from openimr.synth.draw import Draw

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TENS = {30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def draw_numbers(draw: Draw, pronouns: Mapping[str, str]) -> dict[str, str]:
    """Scores, shares, minutes and activities that agree with one another.

    Example: `hi` 8 and `lo` 4 come with `hi_w` eight, `lo_w` four and `diff` 4.
    """
    high, low = draw.between(7, 10), draw.between(2, 5)
    if high - low < 3:
        low = high - 4
    severe, mild, share = draw.between(7, 9), draw.between(3, 6), draw.pick(list(_TENS))
    before, after = draw.pick([(5, 20), (10, 30), (10, 25), (15, 40), (15, 45), (20, 60)])
    people = data("people")
    acts = draw.some(people["activities"], 2)
    tool = draw.pick(people["tools"])
    first, second = draw.pick(tool["better"])
    failed = draw.some(people["failed"], 2)
    helper = draw.pick(people["helper"])
    return {
        "hi": str(high), "lo": str(low), "hi_w": WORDS[high], "lo_w": WORDS[low],
        "diff": str(high - low), "sev": str(severe), "sev_w": WORDS[severe],
        "mild": str(mild), "mild_w": WORDS[mild], "least": str(max(1, low - 1)),
        "avg": str(low + 1), "pct": str(share), "pct_w": _TENS[share],
        "hrs": str(draw.between(3, 6)), "mins": str(draw.pick([20, 30, 40, 45])),
        "n1": str(before), "n2": str(after), "act": acts[0].format_map(pronouns),
        "act2": acts[1].format_map(pronouns), "tool": tool["name"], "unit": tool["unit"],
        "t1": str(first), "t2": str(second), "failed": failed[0], "failed2": failed[1],
        "Failed": failed[0].capitalize(), "helper": f"{pronouns['his']} {helper}",
        "Helper": helper.capitalize(), "lbs": str(draw.pick([10, 15, 20, 25])),
        "oxy": str(draw.pick([45, 60, 80])), "deg": str(draw.pick([30, 40, 45, 50])),
        "latency": str(draw.pick([45, 60, 75, 90, 120])), "wakes": str(draw.between(2, 5)),
        "hours": str(draw.between(3, 5)), "rib": str(draw.between(4, 10)),
        "cause": draw.pick(["shift work changes", "the injury", "night pain"]),
        "selfcare": draw.pick(people["selfcare"]).format_map(pronouns),
        "relative": draw.pick(people["relative"]), "relative2": draw.pick(people["relative2"]),
        "relhelp": draw.pick(["took her from a nine to a three", "changed her life", "works"]),
        "surgery": draw.pick(["lumbar discectomy", "hardware removal"]),
    }  # fmt: skip


def pronouns(*, female: bool) -> dict[str, str]:
    """He and she in all forms."""
    he, his, him, self_ = (
        ("she", "her", "her", "herself") if female else ("he", "his", "him", "himself")
    )
    return {
        "he": he,
        "his": his,
        "him": him,
        "himself": self_,
        "He": he.capitalize(),
        "His": his.capitalize(),
    }
