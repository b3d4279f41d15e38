"""Imaging and nerve studies."""

from __future__ import annotations

from datetime import date, timedelta

from openimr.model.document import DocumentKind
from openimr.synth.calendar import slash
from openimr.synth.case import CasePlan
from openimr.synth.layout import Frame
from openimr.synth.record import Note, Record, Sheet, all_items

_DISCS = {
    "lumbar spine": ("L2-3", "L3-4", "L4-5", "L5-S1"),
    "cervical spine": ("C3-4", "C4-5", "C5-6", "C6-7"),
    "thoracic spine": ("T7-8", "T8-9", "T9-10", "T10-11"),
}
_LEVELS = (
    "normal.",
    "mild desiccation.",
    "1 to 2 mm bulge without stenosis.",
    "facet hypertrophy, canal patent.",
    "small annular fissure.",
    "2 mm broad bulge, foramina open.",
    "disc height kept, signal decreased.",
)
_NO_CONTACT = (
    "Multilevel mild degenerative change. No nerve root contact.",
    "Facet arthropathy without stenosis.",
    "Age-related disc desiccation, no herniation.",
    "No significant canal or foraminal narrowing.",
)
_CONTACT = (
    "{disc} {size} mm {side} protrusion contacting the exiting root.",
    "{disc}: {side} paracentral extrusion of {size} mm with displacement of the root.",
    "Moderate {side} foraminal stenosis at {disc} from a {size} mm protrusion.",
)


def write_imaging(record: Record) -> None:
    """An MRI of the region; a scenario may fix its day and its impression."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    back = timedelta(days=record.draw.fork("mri").between(200, 1800))
    day, finding = plan.notes.get("imaging") or (
        max(person.injured, plan.dates.visits[0] - back),
        "",
    )
    sheet = record.sheet("imaging", day.isoformat())
    part = str(plan.region["study"])
    finding = finding or _impression(sheet, _DISCS[part][-1])
    sheet.add(
        places["imaging"].upper(),
        f"MRI {part.upper()} WITHOUT CONTRAST",
        "",
        f"{person.last.upper()} {person.first.upper()}    DOB {person.born:%m-%d-%Y}",
        f"DOS {day:%m-%d-%Y}",
        "",
        f"CLINICAL: {plan.slots['Region']} pain since {person.injured.year}.",
        "",
        "SEQUENCES: sagittal T1, T2, STIR; axial T2.",
        "",
        "FINDINGS",
    )
    for disc in _DISCS[part]:
        sheet.para(f"{disc}: {sheet.draw.pick(_LEVELS)}", "", "   ")
    note = Note(concept="imaging_correlation", value=finding, kind="imaging")
    sheet.add("", "IMPRESSION:")
    sheet.para(sheet.note(finding, note), "  ")
    signed = day + timedelta(days=1)
    sheet.add("", f"{places['radiologist']}, MD, radiology      e-signed {signed:%m-%d-%Y}")
    author = f"{places['radiologist']}, MD"
    sheet.finish("mri-report", DocumentKind.IMAGING, author, Frame(lines=54), "sans")


def _impression(sheet: Sheet, disc: str) -> str:
    if sheet.plan.option("nerve") not in ("radiculopathy", "emg", "consult", "radicular_dx"):
        return sheet.draw.pick(_NO_CONTACT)
    size = str(sheet.draw.between(3, 6))
    return sheet.draw.pick(_CONTACT).format(disc=disc, size=size, side=sheet.plan.slots["side"])


def write_emg(record: Record) -> None:
    """Nerve studies: they confirm a root, or find nothing."""
    plan, places = record.plan, record.plan.places
    back = timedelta(days=record.draw.fork("emg").between(60, 330))
    day: date = plan.dates.visits[0] - back
    sheet = record.sheet("emg", day.isoformat())
    sheet.columns = 88
    sheet.add(
        "ELECTRODIAGNOSTIC MEDICINE CONSULTATION",
        "",
        f"Patient {plan.person.name}     DOB {slash(plan.person.born)}     Study {slash(day)}",
        "",
        f"{'Nerve / site':<28}{'Latency':>9}{'Amp':>8}{'CV':>7}",
    )
    leg = ("Peroneal motor", "Tibial motor", "Sural sensory")
    arm = ("Median motor", "Ulnar motor", "Median sensory")
    for nerve in leg if plan.slots["limb"] == "leg" else arm:
        latency, amplitude = sheet.draw.between(28, 52) / 10, sheet.draw.between(20, 90) / 10
        sheet.add(f"{nerve:<28}{latency:>9}{amplitude:>8}{sheet.draw.between(44, 60):>7}")
    sheet.gap()
    text, note = _conclusion(plan)
    sheet.para("CONCLUSION: " + sheet.note(text, note))
    sheet.add("", f"{places['consultant']}, MD")
    author, frame = f"{places['consultant']}, MD", Frame(lines=54, foot=("page {page}",))
    sheet.finish("emg-report", DocumentKind.ELECTRODIAGNOSTIC, author, frame, "sans")


def _conclusion(plan: CasePlan) -> tuple[str, Note]:
    side, level, limb = plan.slots["side"], plan.slots["level"], plan.slots["limb"]
    if plan.option("nerve") == "emg":
        text = (
            f"Denervation (fibrillations, positive sharp waves) in {side} {level} muscles and "
            f"paraspinals: {side} {level} radiculopathy, electrodiagnostically confirmed."
        )
        proves = all_items(plan, "GBP-1", "DUL-1", "BUP-1")
        concept = "radiculopathy_findings"
        return text, Note(proves=proves, concept=concept, value=f"{level} {side}", kind="emg")
    text = (
        f"Normal study of the {limb}s. No electrodiagnostic evidence of radiculopathy or "
        "peripheral neuropathy."
    )
    concept = "radiculopathy_findings"
    return text, Note(concept=concept, value="normal study", status="absent", kind="emg")
