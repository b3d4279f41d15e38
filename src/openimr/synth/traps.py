"""Tempting sentences: placed only where they leave the truth as it is."""

from __future__ import annotations

from collections.abc import Callable

from openimr.synth.bank import say
from openimr.synth.case import OPIOID_TOPICS, CasePlan
from openimr.synth.draw import Draw
from openimr.synth.numbers import draw_numbers
from openimr.synth.record import Note, Record, Sheet, fill

# intent: (visit section, concept, status, careless conclusion, what is right)
_SENTENCES = {
    "trap_family": ("history", "family_history", "other_person", "it is the patient's own history", "a relative is meant"),
    "trap_template": ("end", "template", "hypothetical", "the four domains were assessed", "an unfilled template"),
    "trap_other_therapy": ("history", "pain_with_without_medication", "present", "the drug lowers the pain", "another treatment is meant, for hours"),
    "trap_other_drug": ("history", "pain_with_without_medication", "present", "the disputed drug lowers the pain", "a topical agent is meant"),
    "trap_info_sheet": ("end", "education", "hypothetical", "benefit or side effects of the patient", "a hand-out for everyone"),
    "trap_missing_report": ("history", "missing_report", "absent", "the study supports the diagnosis", "the report is not in the file"),
    "trap_wrong_patient_line": ("plan", "other_patient", "other_person", "injections are planned", "a line about another patient"),
}  # fmt: skip


def draw_traps(record: Record, draw: Draw) -> None:
    """Choose two to five tempting sentences for the report of the request."""
    possible = [name for name in _SENTENCES if _fits(record.plan, name)]
    for name in draw.some(possible, draw.between(2, 5)):
        section = _SENTENCES[name][0]
        record.traps.setdefault((0, section), []).append(_writer(name, draw))


def _fits(plan: CasePlan, name: str) -> bool:
    opioid = any(item.topic in OPIOID_TOPICS for item in plan.items)
    if plan.notes:
        return name in ("trap_family", "trap_missing_report", "trap_wrong_patient_line")
    if name in ("trap_template", "trap_info_sheet"):
        return opioid and plan.option("adverse") in ("silent", "sedation")
    if name == "trap_other_drug":
        return any(drug.key == "lidoderm" for drug in plan.drugs)
    return True


def _writer(name: str, draw: Draw) -> Callable[[Sheet, str], str]:
    def write(sheet: Sheet, voice: str) -> str:
        return tempt(sheet, name, voice, draw)

    return write


def tempt(sheet: Sheet, name: str, voice: str, draw: Draw) -> str:
    """The sentence, marked as a trap."""
    _, concept, status, careless, right = _SENTENCES[name]
    slots = fill(sheet, voice, None) | draw_numbers(draw, sheet.plan.slots)
    text = say(sheet.draw, name, voice, slots)
    note = Note(
        concept=concept, status=status, trap=(careless, right), kind=name[5:].replace("_", " ")
    )
    return sheet.note(text, note)
