"""The application and the request for authorization, each in several printings."""

from __future__ import annotations

from openimr.model.document import DocumentKind
from openimr.model.identifier import IdentifierKind
from openimr.synth.bank import data
from openimr.synth.calendar import slash
from openimr.synth.case import Item
from openimr.synth.layout import Frame, pad
from openimr.synth.medlist import computed_from, describe
from openimr.synth.record import Note, Record, Sheet


def write_application(record: Record) -> None:
    """DWC Form IMR, two pages."""
    plan, places = record.plan, record.plan.places
    day = plan.dates.application
    sheet = record.sheet("application", day.isoformat())
    printed = data("forms")["application"]
    sheet.add(*sheet.draw.pick(printed["titles"]), "", *sheet.draw.pick(printed["steps"]), "")
    modified = any(item.granted for item in plan.items)
    appeal = "X" if modified and sheet.draw.chance(0.3) else " "
    sheet.add(
        "Type of Utilization Review:   [X] Regular   [ ] Expedited   "
        f"[{appeal}] Modification after UR appeal",
        "",
    )
    _parties(sheet)
    sheet.new_page()
    _disputed(sheet)
    head: tuple[str, ...] = ()
    if sheet.draw.chance(0.6):
        stamp = f"{day:%m/%d/%Y} {sheet.draw.between(8, 16):02d}:{sheet.draw.between(10, 59)}"
        number = places["phone"].replace("-", "")
        head = (f"{stamp} FAX {number} {places['law_firm'].upper()}              {{page3}}/002",)
    frame = Frame(lines=56, head=head, foot=("DWC IMR form (02/14)  {page}/{pages}",))
    author = f"{plan.person.name} (worker)"
    sheet.finish("imr-application", DocumentKind.IMR_APPLICATION, author, frame, "mono")


def _parties(sheet: Sheet) -> None:
    plan, person, places = sheet.plan, sheet.plan.person, sheet.plan.places
    adjuster = sheet.draw.pick(["B. Prewitt", "T. Osgood", "M. Lamport", "K. Dang"])
    sheet.named(IdentifierKind.PERSON, adjuster)
    rows = [
        ("Employee Name (First, MI, Last)", person.name),
        ("Address", places["home"]),
        ("Date of Birth", f"{person.born:%m/%d/%Y}"),
        ("Claim Number", places["claim"]),
        ("Date of Injury (MM/DD/YYYY)", f"{person.injured:%m/%d/%Y}"),
        ("Employer", places["employer"]),
        ("Employee Attorney (if known)", f"{places['lawyer']}, {places['law_firm']}"),
        ("REQUESTING PHYSICIAN INFORMATION", ""),
        ("Requesting Physician Name", f"{places['doctor']}, {places['degree']}"),
        ("Practice Name", places["clinic"]),
        ("Specialty", places["specialty"]),
        ("Address", places["address"]),
        ("Phone Number", places["phone"]),
        ("CLAIMS ADMINISTRATOR INFORMATION", ""),
        ("Claims Administrator Name", places["administrator"]),
        ("Adjuster/Contact Name", adjuster),
        ("UR Decision Date", f"{plan.dates.decision:%m/%d/%Y}"),
    ]
    wide = sheet.draw.chance(0.4)
    for label, value in rows:
        if not value:
            sheet.add("", label)
        else:
            sheet.add(pad(f"  {label}:", 36) + value if wide else f"{label}: {value}")


def _disputed(sheet: Sheet) -> None:
    plan, draw = sheet.plan, sheet.draw
    printed = data("forms")["application"]
    icd: list[str] = plan.region["icd"]
    write = draw.pick([lambda day: f"{day:%m/%d/%Y}", slash])
    sheet.add(
        "DISPUTED MEDICAL TREATMENT",
        "",
        f"Primary Diagnosis (Use ICD Code where practical): {' / '.join(icd[:2])}",
        f"Date of Utilization Review Determination Letter: {write(plan.dates.decision)}",
        "",
        "Is the Claims Administrator disputing liability for the requested medical treatment",
        "besides the question of medical necessity?   [ ] Yes   [X] No",
        "",
        draw.pick(printed["lists"]),
        "",
    )
    row = draw.pick(printed["numbering"])
    for item in plan.items:
        sheet.add(row.format(n=item.index + 1, item=item.text))
    sheet.add("", "REQUEST FOR REVIEW AND CONSENT TO OBTAIN MEDICAL RECORDS", "")
    sheet.para(printed["consent"])
    name = f"{plan.person.first} {plan.person.last}"
    sheet.add("", f"Employee Signature: {name}          Date: {write(plan.dates.application)}")


def write_rfa(record: Record) -> None:
    """DWC Form RFA: a table of what is asked, with directions where the physician gave them."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    sheet = record.sheet("rfa", plan.dates.request.isoformat())
    printed = data("forms")["rfa"]
    doctor = f"{places['doctor']}, {places['degree']}"
    sheet.add(*sheet.draw.pick(printed["titles"]), "", *sheet.draw.pick(printed["boxes"]), "")
    sheet.add(
        "EMPLOYEE INFORMATION",
        f"Name (Last, First, Middle): {person.last}, {person.first} {person.middle}",
        pad(f"Date of Injury: {slash(person.injured)}", 40) + f"DOB: {slash(person.born)}",
        pad(f"Claim Number: {places['claim']}", 40) + f"Employer: {places['employer']}",
        "",
        "REQUESTING PHYSICIAN INFORMATION",
        f"Name: {doctor}",
        f"Practice Name: {places['clinic']}",
        f"Address: {places['address']}",
        pad(f"Phone: {places['phone']}", 40) + f"Specialty: {places['specialty']}",
        "",
        "CLAIMS ADMINISTRATOR INFORMATION",
        f"Company Name: {places['administrator']}",
        "",
        "REQUESTED TREATMENT (see instructions for guidance; attach additional pages if necessary)",
    )
    _requested(sheet)
    sheet.add("", f"Requesting Physician Signature: {doctor}", f"Date: {slash(plan.dates.request)}")
    sheet.add("", *sheet.draw.pick(printed["answers"]))
    frame = Frame(lines=54, head=fax_line(sheet) if sheet.draw.chance(0.6) else ())
    sheet.finish("rfa", DocumentKind.RFA, doctor, frame, "mono")


def fax_line(sheet: Sheet) -> tuple[str, ...]:
    """What the clinic's machine prints at the head of each page."""
    places, draw = sheet.plan.places, sheet.draw
    stamp = f"{sheet.plan.dates.request:%b-%d-%Y} {draw.between(8, 17):02d}:{draw.between(10, 59)}"
    head = f"{stamp}  {places['clinic']}   {places['phone']}".upper()
    return (f"{head}    P.{{page}}/{{pages}}",)


def _requested(sheet: Sheet) -> None:
    bars = "| " if sheet.draw.chance(0.4) else ""
    sheet.add(_cells(bars, "Diagnosis", "ICD", "Service/Good requested", "Freq, dur, qty"))
    icd: list[str] = sheet.plan.region["icd"]
    for item in sheet.plan.items:
        diagnosis = f"{sheet.plan.slots['region']} pain" if not item.index else ""
        sheet.add(_cells(bars, diagnosis, icd[item.index % len(icd)], *_asked(sheet, item)))


def _cells(bars: str, *cells: str) -> str:
    sizes = (22, 9, 36)
    row = [bars + pad(cell, size) for cell, size in zip(cells, sizes, strict=False)]
    return "".join(row) + bars + cells[-1]


def _asked(sheet: Sheet, item: Item) -> tuple[str, str]:
    rx = item.rx
    if rx is None:
        return item.text, "see line"
    refills = ""
    if rx.refills:
        refills = f"  x {rx.refills} refill{'s' if rx.refills > 1 else ''}"
    proves = computed_from(sheet.plan, rx)
    note = Note(proves=proves, concept="medication", value=describe(rx), kind="request")
    branded = rx.brand.lower() in item.text.lower()
    name = f"{rx.brand if branded else rx.product['generic']} {rx.strength}"
    tail = "  ".join(part for part in (rx.sig, f"#{rx.quantity}") if part) + refills
    return name, sheet.note(tail, note)
