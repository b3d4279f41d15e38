"""Evaluations, studies, therapy, messages and letters."""

from __future__ import annotations

from datetime import timedelta

from openimr.model.document import DocumentKind
from openimr.synth.bank import data, say
from openimr.synth.calendar import long_date, slash
from openimr.synth.case import OPIOID_TOPICS
from openimr.synth.layout import Frame, pad
from openimr.synth.monitoring import all_items
from openimr.synth.numbers import draw_numbers
from openimr.synth.progress import exam_numbers
from openimr.synth.record import Note, Record, fill, statements
from openimr.synth.typos import misspell


def write_evaluation(record: Record) -> None:
    """A QME or AME of years ago, in a lawyer's cadence."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.old
    sheet = record.sheet("evaluation", day.isoformat())
    sheet.columns = sheet.draw.pick([78, 82, 86])
    title = sheet.draw.pick(
        [
            "PANEL QUALIFIED MEDICAL EVALUATION",
            "AGREED MEDICAL EVALUATION",
            "QUALIFIED MEDICAL EVALUATION, COMPREHENSIVE",
            "AGREED MEDICAL RE-EXAMINATION",
        ]
    )
    sheet.add(
        title,
        "",
        long_date(day),
        "",
        pad("Injured Worker:", 20) + person.titled,
        pad("Claim:", 20) + places["claim"],
        pad("Employer:", 20) + places["employer"],
        pad("Date of Injury:", 20) + long_date(person.injured),
        "",
        "Dear Counsel:",
        "",
    )
    slots = fill(sheet, "full", None) | exam_numbers(sheet, 0) | {
        "n": str(sheet.draw.between(120, 900)), "yrs": str(sheet.draw.between(3, 22)), "employer": places["employer"],
        "mechanism": person.mechanism,
    }  # fmt: skip
    stale = statements(sheet, "old", "history", "full")
    texts = [sheet.draw.expand(text).format_map(slots) for text in data("filler")["qme"]]
    for number, text in enumerate(texts):
        sheet.para(text)
        sheet.gap()
        if number == 3 and stale:
            sheet.para("MEDICINES AT THE TIME OF THIS EXAMINATION: " + "  ".join(stale))
            sheet.gap()
        if sheet.draw.chance(0.22):
            sheet.new_page()
    sheet.add("", f"{places['qme']}, M.D.", "Evaluator", places["town"])
    frame = Frame(
        lines=50,
        head=(
            f"{places['qme'].upper()}, M.D.                              {person.last} evaluation",
            "",
        ),
        foot=("Page {page}",),
    )
    sheet.finish(
        sheet.draw.pick(["qme-report", "ame-report", "qme-report"]),
        DocumentKind.MEDICAL_LEGAL,
        f"{places['qme']}, MD",
        frame,
        "serif",
    )


def write_imaging(record: Record) -> None:
    """An MRI of the region, years old or recent."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    fixed = plan.notes.get("imaging")
    day = (
        fixed[0]
        if fixed
        else plan.dates.visits[0] - timedelta(days=record.draw.fork("mri").between(200, 1800))
    )
    sheet = record.sheet("imaging", day.isoformat())
    part = str(plan.region["study"])
    sheet.add(
        places["imaging"].upper(),
        f"MRI {part.upper()} WITHOUT CONTRAST",
        "",
        (
            f"{person.last.upper()} {person.first.upper()}    DOB {person.born:%m-%d-%Y} "
            f"   DOS {day:%m-%d-%Y}"
        ),
        "",
        f"CLINICAL: {plan.slots['Region']} pain since {person.injured.year}.",
        "",
        "SEQUENCES: sagittal T1, T2, STIR; axial T2.",
        "",
        "FINDINGS",
    )
    discs = {
        "lumbar spine": ["L2-3", "L3-4", "L4-5", "L5-S1"],
        "cervical spine": ["C3-4", "C4-5", "C5-6", "C6-7"],
    }.get(part, ["T7-8", "T8-9", "T9-10", "T10-11"])
    nerve = plan.option("nerve") in ("radiculopathy", "emg", "radicular_dx")
    for disc in discs:
        sheet.para(
            f"{disc}: "
            + sheet.draw.pick(
                [
                    "normal.",
                    "mild desiccation.",
                    "1 to 2 mm bulge without stenosis.",
                    "facet hypertrophy, canal patent.",
                    "small annular fissure.",
                ]
            ),
            "",
            "   ",
        )
    finding = (
        fixed[1]
        if fixed
        else (
            (
                f"{discs[-1]} {sheet.draw.between(3, 6)} mm {plan.slots['side']} "
                f"protrusion contacting the exiting root."
            )
            if nerve
            else sheet.draw.pick(
                [
                    "Multilevel mild degenerative change. No nerve root contact.",
                    "Facet arthropathy without stenosis.",
                    "Age-related disc desiccation, no herniation.",
                ]
            )
        )
    )
    note = Note(
        concept="imaging_correlation", value=str(finding), kind="imaging", date=day.isoformat()
    )
    sheet.add("", "IMPRESSION:")
    sheet.para(sheet.note(str(finding), note), "  ")
    sheet.add(
        "",
        f"{places['radiologist']}, MD, radiology      e-signed {day + timedelta(days=1):%m-%d-%Y}",
    )
    sheet.finish(
        "mri-report", DocumentKind.IMAGING, f"{places['radiologist']}, MD", Frame(lines=54), "sans"
    )


def write_emg(record: Record) -> None:
    """Nerve studies: they confirm a root, or find nothing."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.visits[0] - timedelta(days=record.draw.fork("emg").between(90, 500))
    sheet = record.sheet("emg", day.isoformat())
    sheet.columns = 88
    side, level, limb = plan.slots["side"], plan.slots["level"], plan.slots["limb"]
    sheet.add(
        "ELECTRODIAGNOSTIC MEDICINE CONSULTATION",
        "",
        f"Patient {person.name}     DOB {slash(person.born)}     Study {slash(day)}",
        "",
        f"{'Nerve / site':<28}{'Latency':>9}{'Amp':>8}{'CV':>7}",
    )
    for nerve in (
        ("Peroneal motor", "Tibial motor", "Sural sensory")
        if limb == "leg"
        else ("Median motor", "Ulnar motor", "Median sensory")
    ):
        sheet.add(
            f"{nerve:<28}{sheet.draw.between(28, 52) / 10:>9}{sheet.draw.between(20, 90) / 10:>8}{sheet.draw.between(44, 60):>7}"
        )
    sheet.gap()
    positive = plan.option("nerve") == "emg"
    if positive:
        text = (
            f"Denervation (fibrillations, positive sharp waves) in {side} {level} muscles "
            f"and paraspinals: {side} {level} radiculopathy, electrodiagnostically "
            f"confirmed."
        )
        note = Note(
            proves=all_items(plan, "GBP-1", "DUL-1", "BUP-1"),
            concept="radiculopathy_findings",
            value=f"{level} {side}",
            kind="emg",
        )
    else:
        text = (
            f"Normal study of the {limb}s. No electrodiagnostic evidence of radiculopathy "
            f"or peripheral neuropathy."
        )
        note = Note(
            concept="radiculopathy_findings", value="normal study", status="absent", kind="emg"
        )
    sheet.para("CONCLUSION: " + sheet.note(text, note))
    sheet.add("", f"{places['consultant']}, MD")
    sheet.finish(
        "emg-report",
        DocumentKind.ELECTRODIAGNOSTIC,
        f"{places['consultant']}, MD",
        Frame(lines=54, foot=("page {page}",)),
        "sans",
    )


def write_therapy(record: Record) -> None:
    """Therapy notes: scores before and after a session, which say nothing of any drug."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    last = plan.dates.visits[0] - timedelta(days=record.draw.fork("pt").between(60, 400))
    sheet = record.sheet("therapy", last.isoformat())
    visits = sheet.draw.between(6, 16)
    sheet.add(
        places["therapy"].upper(),
        "DAILY NOTES / ATTENDANCE",
        (
            f"{person.last}, {person.first}     Dx: {plan.slots['region']} pain     DOI "
            f"{slash(person.injured)}"
        ),
        "",
    )
    day = last - timedelta(days=4 * visits)
    score = sheet.draw.between(6, 8)
    for number in range(1, visits + 1):
        day += timedelta(days=sheet.draw.pick([2, 3, 4, 5]))
        after = score - sheet.draw.between(1, 3)
        line = (
            f"{number:>2}  {day:%m-%d-%y}   "
            f"{sheet.draw.pick(data('filler')['therapy']):<42} pain in/out "
            f"{score}/{after}   "
            f"{places['therapist_name'].split()[0][0]}{places['therapist_name'].split()[-1][0]}"
        )
        if number == visits:
            note = Note(
                concept="pain_score",
                value=f"{score} before, {after} after therapy",
                trap=("the drug lowers the pain", "scores around a therapy session"),
                kind="therapy scores",
                date=day.isoformat(),
            )
            line = sheet.note(line, note)
        sheet.add(line)
        if number % 6 == 0:
            sheet.add("    tolerated treatment, plan unchanged.", "")
    sheet.add("", f"visits attended {visits}     {places['therapist_name']}, PT")
    sheet.finish(
        "physical-therapy",
        DocumentKind.PHYSICAL_THERAPY,
        f"{places['therapist_name']}, PT",
        Frame(lines=46, foot=("{page}",)),
        "mono",
    )


def write_messages(record: Record) -> None:
    """Telephone encounters between the visits, where patients say what they told no one else."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.visits[0] - timedelta(days=record.draw.fork("phone").between(4, 20))
    sheet = record.sheet("phone", day.isoformat())
    sheet.columns = 86
    said = statements(sheet, "phone", "talk", "lay")
    idle = [
        f"Pt called re appt on {slash(plan.dates.visits[0])}. Confirmed.",
        "Adjuster's office asks for chart notes, faxed.",
        "Pharmacy asks whether brand or generic, told generic ok.",
        "Pt wants work note mailed.",
        "Pt asked for parking placard form.",
        "Transportation vendor called, ride confirmed.",
    ]
    entries = [*said, *sheet.draw.some(idle, sheet.draw.between(2, 4))]
    shape = sheet.draw.pick(["log", "slip"])
    sheet.add(
        f"{places['clinic'].upper()}",
        sheet.draw.pick(["TELEPHONE ENCOUNTERS", "MESSAGE LOG", "NURSE / FRONT DESK NOTES"]),
        f"{person.last.upper()}, {person.first}   DOB {slash(person.born)}",
        "",
    )
    when = day - timedelta(days=3 * (len(entries) - 1))
    for number, text in enumerate(sheet.draw.some(entries, len(entries))):
        stamp = f"{slash(when + timedelta(days=3 * number))}  {sheet.draw.between(8, 16)}:{sheet.draw.between(10, 59)}"
        text = misspell(text, sheet.draw, 0.01)
        if shape == "log":
            sheet.para(text, f"{stamp}  ", "      ")
            sheet.add(
                "      "
                + sheet.draw.pick(["-> msg to Dr.", "routed, no reply yet", "-> provider", "done"])
                + f"     {places['nurse'].split()[0][0]}{places['nurse'].split()[-1][0]}, MA",
                "",
            )
        else:
            sheet.add(f"Date/time: {stamp}", f"Taken by: {places['nurse']}, MA", "Message:")
            sheet.para(text, "   ")
            sheet.add("Provider response: ______________________________", "")
    sheet.finish(
        "nurse-note",
        DocumentKind.NURSE_NOTE,
        f"{places['nurse']}, MA",
        Frame(lines=50, foot=("(no further entries)",)),
        "mono",
    )


def write_letter(record: Record) -> None:
    """The attorney's cover letter: argument, not evidence."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.application
    sheet = record.sheet("letter", day.isoformat())
    sheet.columns = 80
    slots = fill(sheet, "full", None) | draw_numbers(sheet.draw, plan.slots)
    sheet.add(
        places["law_firm"].upper(),
        "Attorneys for Applicant",
        "",
        long_date(day),
        "",
        "Independent Medical Review",
        "",
        f"     Re:  {person.name} v. {places['employer']}",
        f"          Claim {places['claim']}",
        "",
        "To the Unit:",
        "",
    )
    lines = [sheet.draw.expand(text).format_map(slots) for text in data("filler")["letter"]]
    for text in lines[:2]:
        sheet.para(text)
        sheet.gap()
    note = Note(
        concept="pain_with_without_medication",
        value="argument of counsel",
        status="hypothetical",
        trap=("benefit is documented", "argument of counsel, not a clinical record"),
        kind="attorney's assertion",
    )
    sheet.para(sheet.note(say(sheet.draw, "trap_attorney", "full", slots), note))
    sheet.gap()
    for text in sheet.draw.some(lines[2:], 2):
        sheet.para(text)
        sheet.gap()
    sheet.add("Very truly yours,", "", "", places["lawyer"], "", "Encl.")
    sheet.finish(
        "correspondence", DocumentKind.CORRESPONDENCE, places["lawyer"], Frame(lines=54), "serif"
    )


def write_vitals(record: Record) -> None:
    """The assistant's check-in sheet."""
    plan, person = record.plan, record.plan.person
    day = plan.dates.visits[0]
    sheet = record.sheet("vitals", day.isoformat())
    slots = exam_numbers(sheet, 0)
    sheet.add(
        f"{plan.places['clinic'].upper()}            VITALS / CHECK-IN",
        "",
        (
            f"{person.last.upper()}, {person.first[0]}.     {slash(day)}     "
            f"{sheet.draw.between(8, 15)}:{sheet.draw.between(10, 59)}"
        ),
        "",
        f"BP {slots['bp']}    HR {slots['hr']}    T 98.{slots['t']}    Wt {slots['wt']}",
        "",
        "Meds brought?   " + sheet.draw.pick(["no", "yes, bag"]),
        "Any changes:  " + sheet.draw.pick(["no", "address", "none"]),
    )
    sleep = plan.option("sleep")
    if sleep == "complaint":
        note = Note(
            proves=all_items(plan, "TMZ-2"),
            concept="insomnia_workup",
            value="complaint",
            kind="sleep: complaint",
        )
        sheet.add(
            sheet.note(
                say(sheet.draw, "sleep_complaint_lay", "lay", fill(sheet, "lay", None)), note
            )
        )
    sheet.add(
        "",
        (
            f"initials: "
            f"{plan.places['nurse'].split()[0][0].lower()}{plan.places['nurse'].split()[-1][0].lower()}"
        ),
    )
    sheet.finish(
        "nurse-note",
        DocumentKind.NURSE_NOTE,
        f"{plan.places['nurse']}, MA",
        Frame(lines=40),
        "mono",
    )


def opioid_case(record: Record) -> bool:
    """Whether an opioid is disputed."""
    return any(item.topic in OPIOID_TOPICS for item in record.plan.items)
