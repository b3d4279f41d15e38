"""Tempting sentences: placed only where they leave the truth as it is."""

from __future__ import annotations

from collections.abc import Callable

from openimr.synth.bank import data, say
from openimr.synth.case import OPIOID_TOPICS, CasePlan
from openimr.synth.draw import Draw
from openimr.synth.numbers import draw_numbers
from openimr.synth.record import Note, Record, Sheet, fill

_UNSAFE_WITHOUT_OPIOID = ("trap_template", "trap_info_sheet", "trap_billing_template", "trap_goal")
_FOR_SEEDS = ("trap_family", "trap_missing_report", "trap_wrong_patient_line", "trap_sibling_drug")


def draw_traps(record: Record, draw: Draw) -> None:
    """Choose two to five tempting sentences for the report of the request."""
    possible = [name for name in data("traps") if _fits(record.plan, name)]
    for name in draw.some(possible, draw.between(2, 5)):
        section = data("traps")[name]["in"]
        record.traps.setdefault((0, section), []).append(_writer(name, draw))


def _fits(plan: CasePlan, name: str) -> bool:
    opioid = any(item.topic in OPIOID_TOPICS for item in plan.items)
    if plan.notes:
        return name in _FOR_SEEDS
    if name == "trap_goal" and plan.option("function") == "goal":
        return False
    if name in _UNSAFE_WITHOUT_OPIOID:
        return opioid
    if name == "trap_other_drug":
        return any(drug.key == "lidoderm" for drug in plan.drugs)
    return True


def _writer(name: str, draw: Draw) -> Callable[[Sheet, str], str]:
    def write(sheet: Sheet, voice: str) -> str:
        return tempt(sheet, name, voice, draw)

    return write


def tempt(sheet: Sheet, name: str, voice: str, draw: Draw) -> str:
    """The sentence, marked as a trap."""
    entry = data("traps")[name]
    slots = fill(sheet, voice, None) | draw_numbers(draw, sheet.plan.slots)
    note = Note(
        concept=entry.get("concept", ""),
        status=entry["status"],
        trap=(entry["careless"], entry["right"]),
        kind=name.removeprefix("trap_").replace("_", " "),
    )
    return sheet.note(say(sheet.draw, name, voice, slots), note)
