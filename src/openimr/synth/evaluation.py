"""Medical-legal evaluations of years ago, in a lawyer's cadence."""

from __future__ import annotations

from openimr.model.document import DocumentKind
from openimr.synth.bank import data
from openimr.synth.calendar import long_date
from openimr.synth.layout import Frame, pad
from openimr.synth.progress import exam_numbers
from openimr.synth.record import Record, Sheet, fill, statements

_TITLES = (
    "PANEL QUALIFIED MEDICAL EVALUATION",
    "AGREED MEDICAL EVALUATION",
    "QUALIFIED MEDICAL EVALUATION, COMPREHENSIVE",
    "AGREED MEDICAL RE-EXAMINATION",
)


def write_evaluation(record: Record) -> None:
    """A QME or AME report; what it says of medicines is history by now."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    sheet = record.sheet("evaluation", plan.dates.old.isoformat())
    sheet.columns = sheet.draw.pick([74, 78, 82, 86])
    sheet.add(
        sheet.draw.pick(_TITLES),
        "",
        long_date(plan.dates.old),
        "",
        pad("Injured Worker:", 20) + person.titled,
        pad("Claim:", 20) + places["claim"],
        pad("Employer:", 20) + places["employer"],
        pad("Date of Injury:", 20) + long_date(person.injured),
        "",
        "Dear Counsel:",
        "",
    )
    _body(sheet)
    sheet.add("", f"{places['qme']}, M.D.", "Evaluator", places["town"])
    name = f"{places['qme'].upper()}, M.D."
    head = (f"{name}                              {person.last} evaluation", "")
    frame = Frame(lines=sheet.draw.pick([38, 44, 50]), head=head, foot=("Page {page}",))
    stem = sheet.draw.pick(["qme-report", "ame-report", "qme-report"])
    face = sheet.draw.pick(["serif", "serif", "mono"])
    sheet.finish(stem, DocumentKind.MEDICAL_LEGAL, f"{places['qme']}, MD", frame, face)


def _body(sheet: Sheet) -> None:
    plan = sheet.plan
    slots = fill(sheet, "full", None) | exam_numbers(sheet, 0)
    slots |= {
        "n": str(sheet.draw.between(120, 900)),
        "yrs": str(sheet.draw.between(3, 22)),
        "employer": plan.places["employer"],
        "mechanism": plan.person.mechanism,
    }
    stale = statements(sheet, "old", "history", "full")
    for number, text in enumerate(data("filler")["qme"]):
        sheet.para(sheet.draw.expand(text).format_map(slots))
        sheet.gap()
        if number == 3 and stale:
            heading = sheet.draw.pick(
                ["MEDICINES AT THE TIME OF THIS EXAMINATION:", "MEDICATION.", "CURRENT TREATMENT:"]
            )
            sheet.para(f"{heading} {'  '.join(stale)}")
            sheet.gap()
