"""Therapy notes, telephone messages, check-in sheets and the attorney's letter."""

from __future__ import annotations

from datetime import timedelta

from openimr.model.document import DocumentKind
from openimr.synth.bank import data, say
from openimr.synth.calendar import long_date, slash
from openimr.synth.identifiers import initials
from openimr.synth.layout import Frame
from openimr.synth.numbers import draw_numbers
from openimr.synth.progress import exam_numbers
from openimr.synth.record import Note, Record, Sheet, all_items, fill, statements, wanted
from openimr.synth.typos import misspell

_IDLE = (
    "Pt called re appt on {visit}. Confirmed.",
    "Adjuster's office asks for chart notes, faxed.",
    "Pharmacy asks whether brand or generic, told generic ok.",
    "Pt wants work note mailed.",
    "Pt asked for parking placard form.",
    "Transportation vendor called, ride confirmed.",
    "Atty office wants billing ledger, sent to med recs.",
    "Pt running 20 min late, ok per front desk.",
    "Voice mail full, could not leave msg.",
    "Daughter picked up forms at window.",
)


def write_therapy(record: Record) -> None:
    """Scores around sessions say nothing of a drug; what the patient tells the therapist may."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    told = wanted(plan, "therapist")
    back = (
        record.draw.fork("pt").between(12, 50) if told else record.draw.fork("pt").between(60, 400)
    )
    last = plan.dates.visits[0] - timedelta(days=back)
    sheet = record.sheet("therapy", last.isoformat())
    draw, visits = sheet.draw, sheet.draw.between(8, 24)
    sheet.columns = 88
    sheet.add(
        places["therapy"].upper(),
        draw.pick(["DAILY NOTES / ATTENDANCE", "FLOW SHEET", "TREATMENT LOG"]),
        f"{person.last}, {person.first}     Dx: {plan.slots['region']} pain     "
        f"DOI {slash(person.injured)}",
        "",
    )
    score = draw.between(6, 8)
    days = [last - timedelta(days=3 * (visits - number)) for number in range(1, visits + 1)]
    for number, day in enumerate(days, start=1):
        after = score - draw.between(1, 3)
        treatment = draw.pick(data("filler")["therapy"])
        line = f"{number:>2}  {day:%m-%d-%y}   {treatment:<42} pain in/out {score}/{after}   "
        line += initials(places["therapist_name"])
        sheet.add(sheet.note(line, _session(score, after)) if number == visits else line)
        if number % 6 == 0:
            sheet.add("    " + draw.pick(["treatment as planned.", "plan unchanged.", "cont."]), "")
    if told:
        sheet.para("S: " + " ".join(statements(sheet, "therapist", "talk", "lay")), "    ", "    ")
    sheet.add("", f"visits attended {visits}     {places['therapist_name']}, PT")
    kind, author = DocumentKind.PHYSICAL_THERAPY, f"{places['therapist_name']}, PT"
    sheet.finish("physical-therapy", kind, author, Frame(lines=46, foot=("{page}",)), "mono")


def _session(score: int, after: int) -> Note:
    return Note(
        concept="pain_score",
        value=f"{score} before, {after} after therapy",
        trap=("the drug lowers the pain", "scores around a therapy session"),
        kind="therapy scores",
    )


def write_messages(record: Record) -> None:
    """Telephone encounters, where patients say what they told no one else."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.visits[0] - timedelta(days=record.draw.fork("phone").between(4, 20))
    sheet = record.sheet("phone", day.isoformat())
    sheet.columns = 86
    said = statements(sheet, "phone", "talk", "lay")
    visit = slash(plan.dates.visits[0])
    idle = [text.format(visit=visit) for text in _IDLE]
    entries = [*said, *sheet.draw.some(idle, sheet.draw.between(2, 5))]
    sheet.add(
        places["clinic"].upper(),
        sheet.draw.pick(["TELEPHONE ENCOUNTERS", "MESSAGE LOG", "NURSE / FRONT DESK NOTES"]),
        f"{person.last.upper()}, {person.first}   DOB {slash(person.born)}",
        "",
    )
    shape = sheet.draw.pick(["log", "slip"])
    for number, text in enumerate(sheet.draw.some(entries, len(entries))):
        when = day - timedelta(days=3 * (len(entries) - 1 - number))
        stamp = f"{slash(when)}  {sheet.draw.between(8, 16)}:{sheet.draw.between(10, 59)}"
        _message(sheet, shape, stamp, misspell(text, sheet.draw, 0.01))
    kind, author = DocumentKind.NURSE_NOTE, f"{places['nurse']}, MA"
    foot = ("(no further entries)",)
    sheet.finish("nurse-note", kind, author, Frame(lines=50, foot=foot), "mono")


def _message(sheet: Sheet, shape: str, stamp: str, text: str) -> None:
    nurse = sheet.plan.places["nurse"]
    if shape == "log":
        routed = sheet.draw.pick(["-> msg to Dr.", "routed, no reply yet", "-> provider", "filed"])
        sheet.para(text, f"{stamp}  ", "      ")
        sheet.add(f"      {routed}     {initials(nurse)}, MA", "")
    else:
        sheet.add(f"Date/time: {stamp}", f"Taken by: {nurse}, MA", "Message:")
        sheet.para(text, "   ")
        sheet.add("Provider response: ______________________________", "")


def write_vitals(record: Record) -> None:
    """The assistant's check-in sheet."""
    plan, person = record.plan, record.plan.person
    sheet = record.sheet("vitals", plan.dates.visits[0].isoformat())
    slots, draw = exam_numbers(sheet, 0), sheet.draw
    clock = f"{draw.between(8, 15)}:{draw.between(10, 59)}"
    sheet.add(
        f"{plan.places['clinic'].upper()}            VITALS / CHECK-IN",
        "",
        f"{person.last.upper()}, {person.first[0]}.     {slash(plan.dates.visits[0])}     {clock}",
        "",
        f"BP {slots['bp']}    HR {slots['hr']}    T 98.{slots['t']}    Wt {slots['wt']}",
        "",
        "Meds brought?   " + draw.pick(["no", "yes, bag"]),
        "Any changes:  " + draw.pick(["no", "address", "none"]),
    )
    if plan.option("sleep") == "complaint":
        proves = all_items(plan, "TMZ-2")
        concept = "insomnia_workup"
        note = Note(proves=proves, concept=concept, value="complaint", kind="sleep: complaint")
        text = say(draw, "sleep_complaint_lay", "lay", fill(sheet, "lay", None))
        sheet.add(sheet.note(text, note))
    sheet.add("", f"initials: {initials(plan.places['nurse']).lower()}")
    kind, author = DocumentKind.NURSE_NOTE, f"{plan.places['nurse']}, MA"
    sheet.finish("nurse-note", kind, author, Frame(lines=40), "mono")


def write_consultation(record: Record) -> None:
    """A colleague's letter to the treating physician."""
    plan, places = record.plan, record.plan.places
    day = plan.dates.visits[0] - timedelta(days=record.draw.fork("consult").between(25, 150))
    sheet = record.sheet("consult", day.isoformat())
    sheet.columns = sheet.draw.pick([76, 82])
    history = statements(sheet, "consult", "history", "full")
    examined = statements(sheet, "consult", "exam", "full")
    slots = fill(sheet, "full", None) | exam_numbers(sheet, 0)
    lines = [line.format_map(slots) for line in data("filler")["consultation"]]
    sheet.add(
        f"                    {places['consultant'].upper()}, M.D.",
        f"                    {places['town']}",
        "",
        long_date(day),
        "",
        f"Dear Dr. {places['doctor'].split()[-1]}:",
        "",
    )
    body = [lines[0], *history, *examined, *sheet.draw.some(lines[1:-1], 3), lines[-1]]
    for text in body:
        sheet.para(text)
        sheet.gap()
    sheet.add("Sincerely,", "", f"{places['consultant']}, M.D.")
    author = f"{places['consultant']}, MD"
    kind = DocumentKind.PROGRESS_REPORT
    sheet.finish("consultation-report", kind, author, Frame(lines=52), "serif")


def write_letter(record: Record) -> None:
    """The attorney's cover letter: argument, not evidence."""
    plan, places = record.plan, record.plan.places
    sheet = record.sheet("letter", plan.dates.application.isoformat())
    sheet.columns = sheet.draw.pick([72, 76, 80])
    slots = fill(sheet, "full", None) | draw_numbers(sheet.draw, plan.slots)
    sheet.add(
        places["law_firm"].upper(),
        "Attorneys for Applicant",
        "",
        long_date(plan.dates.application),
        "",
        "Independent Medical Review",
        "",
        f"     Re:  {plan.person.name} v. {places['employer']}",
        f"          Claim {places['claim']}",
        "",
        "To the Unit:",
        "",
    )
    lines = [sheet.draw.expand(text).format_map(slots) for text in data("filler")["letter"]]
    note = Note(
        concept="pain_with_without_medication",
        value="argument of counsel",
        status="hypothetical",
        trap=("benefit is documented", "argument of counsel, not a clinical record"),
        kind="attorney's assertion",
    )
    argument = sheet.note(say(sheet.draw, "trap_attorney", "full", slots), note)
    for text in (*lines[:2], argument, *sheet.draw.some(lines[2:], sheet.draw.between(2, 3))):
        sheet.para(text)
        sheet.gap()
    sheet.add("Very truly yours,", "", "", places["lawyer"], "", "Encl.")
    kind = DocumentKind.CORRESPONDENCE
    sheet.finish("correspondence", kind, places["lawyer"], Frame(lines=54), "serif")
