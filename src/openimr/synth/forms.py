"""The application and the request for authorization, each in several printings."""

from __future__ import annotations

from openimr.model.document import DocumentKind
from openimr.synth.case import Item
from openimr.synth.layout import Frame, pad
from openimr.synth.medlist import computed_from, describe
from openimr.synth.record import Note, Record, Sheet
from openimr.synth.scenario import slash


def write_application(record: Record) -> None:
    """DWC Form IMR, two pages."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.application
    sheet = record.sheet("application", day.isoformat())
    us = sheet.draw.chance(0.5)
    write = (lambda d: f"{d:%m/%d/%Y}") if us else slash
    fax = f"{day:%m/%d/%Y} {sheet.draw.between(8, 16):02d}:{sheet.draw.between(10, 59)} FAX {places['phone'].replace('-', '')} {places['law_firm'].upper()}"
    sheet.add(
        "State of California, Division of Workers' Compensation",
        "APPLICATION FOR INDEPENDENT MEDICAL REVIEW",
        "DWC Form IMR",
        "",
    )
    sheet.add("TO REQUEST INDEPENDENT MEDICAL REVIEW:")
    for line in (
        "1. Sign and date this application and the consent to obtain medical records.",
        "2. Mail or fax it with a copy of the written decision that denied or modified the treatment.",
        "3. Send a copy of the signed application to your Claims Administrator.",
    ):
        sheet.para(line, "", "   ")
    modified = any(item.granted for item in plan.items)
    sheet.add(
        "",
        f"Type of Utilization Review:   [X] Regular   [ ] Expedited   [{'X' if modified and sheet.draw.chance(0.3) else ' '}] Modification after UR appeal",
        "",
    )
    rows = [
        ("Employee Name (First, MI, Last)", person.name), ("Address", places["home"]),
        ("Date of Birth", write(person.born)), ("Claim Number", places["claim"]),
        ("Date of Injury (MM/DD/YYYY)", write(person.injured)), ("Employer", places["employer"]),
        ("Employee Attorney (if known)", f"{places['lawyer']}, {places['law_firm']}"),
        ("", ""), ("REQUESTING PHYSICIAN INFORMATION", ""),
        ("Requesting Physician Name", f"{places['doctor']}, {places['degree']}"), ("Practice Name", places["clinic"]),
        ("Specialty", places["specialty"]), ("Address", places["address"]), ("Phone Number", places["phone"]),
        ("", ""), ("CLAIMS ADMINISTRATOR INFORMATION", ""), ("Claims Administrator Name", places["administrator"]),
        ("Adjuster/Contact Name", f"{sheet.draw.pick('ABCDJKLMRST')}. {sheet.draw.pick(['Prewitt', 'Osgood', 'Lamport', 'Dang'])}"),
    ]  # fmt: skip
    wide = sheet.draw.chance(0.4)
    for label, value in rows:
        sheet.add(_row(label, value, wide=wide))
    sheet.new_page()
    _disputed(sheet, write(plan.dates.decision), write(day))
    head = (f"{fax}              {{page3}}/002",) if sheet.draw.chance(0.6) else ()
    frame = Frame(lines=56, head=head, foot=("DWC IMR form (02/14)  {page}/{pages}",))
    sheet.finish(
        "imr-application", DocumentKind.IMR_APPLICATION, f"{person.name} (worker)", frame, "mono"
    )


def _row(label: str, value: str, *, wide: bool) -> str:
    if not value:
        return label
    return pad(f"  {label}:", 36) + value if wide else f"{label}: {value}"


def _disputed(sheet: Sheet, decided: str, signed: str) -> None:
    plan = sheet.plan
    icd: list[str] = plan.region["icd"]  # type: ignore[assignment]
    sheet.add(
        "DISPUTED MEDICAL TREATMENT",
        "",
        f"Primary Diagnosis (Use ICD Code where practical): {' / '.join(icd[:2])}",
        f"Date of Utilization Review Determination Letter: {decided}",
        "",
    )
    sheet.add(
        "Is the Claims Administrator disputing liability for the requested medical treatment",
        "besides the question of medical necessity?   [ ] Yes   [X] No",
        "",
    )
    sheet.add(
        "List each specific requested medical service, good, or item that was denied or modified:",
        "",
    )
    for item in plan.items:
        sheet.add(f"   {item.index + 1}. " + sheet.draw.pick([" ", ""]) + item.text)
    sheet.add("", "REQUEST FOR REVIEW AND CONSENT TO OBTAIN MEDICAL RECORDS", "")
    sheet.para(
        "I request an independent medical review of the treatment described above. I allow my health care providers and claims administrator to furnish medical records and information relevant for review of the disputed treatment to the independent medical review organization. My permission will end one year from the date below, except as allowed by law. I can end it sooner if I wish."
    )
    sheet.add(
        "", f"Employee Signature: {plan.person.first} {plan.person.last}          Date: {signed}"
    )


def write_rfa(record: Record) -> None:
    """DWC Form RFA: a table of what is asked for, with directions where the physician gave them."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    sheet = record.sheet("rfa", plan.dates.request.isoformat())
    day = slash(plan.dates.request)
    sheet.add(
        "State of California, Division of Workers' Compensation",
        "REQUEST FOR AUTHORIZATION",
        "DWC Form RFA",
        "",
    )
    sheet.add(
        "[X] New Request        [ ] Resubmission - Change in Material Facts",
        "[ ] Expedited Review: Check box if employee faces an imminent and serious threat to health",
        "[ ] Check box if request is a written confirmation of a prior oral request.",
        "",
    )
    sheet.add(
        "EMPLOYEE INFORMATION",
        f"Name (Last, First, Middle): {person.last}, {person.first} {person.middle}",
        pad(f"Date of Injury: {slash(person.injured)}", 40)
        + f"Date of Birth: {slash(person.born)}",
        pad(f"Claim Number: {places['claim']}", 40) + f"Employer: {places['employer']}",
        "",
    )
    sheet.add(
        "REQUESTING PHYSICIAN INFORMATION",
        f"Name: {places['doctor']}, {places['degree']}",
        f"Practice Name: {places['clinic']}",
        f"Address: {places['address']}",
        pad(f"Phone: {places['phone']}", 40) + f"Specialty: {places['specialty']}",
        "",
    )
    sheet.add("CLAIMS ADMINISTRATOR INFORMATION", f"Company Name: {places['administrator']}", "")
    sheet.add(
        "REQUESTED TREATMENT (see instructions for guidance; attach additional pages if necessary)"
    )
    bars = sheet.draw.chance(0.4)
    columns = (24, 10, 34) if not bars else (22, 9, 36)
    sheet.add(_cells(bars, columns, "Diagnosis", "ICD", "Service/Good requested", "Freq, dur, qty"))
    icd: list[str] = plan.region["icd"]  # type: ignore[assignment]
    for item in plan.items:
        sheet.add(
            _cells(
                bars,
                columns,
                f"{plan.slots['region']} pain" if not item.index else "",
                icd[item.index % len(icd)],
                *_asked(sheet, item),
            )
        )
    sheet.add(
        "",
        f"Requesting Physician Signature: {places['doctor']}, {places['degree']}          Date: {day}",
        "",
    )
    sheet.add(
        "CLAIMS ADMINISTRATOR/UTILIZATION REVIEW ORGANIZATION (URO) RESPONSE",
        "[ ] Approved   [X] Denied or Modified (See separate decision letter)   [ ] Delay",
    )
    head = (
        (
            f"{plan.dates.request:%b-%d-%Y} {sheet.draw.between(8, 17):02d}:{sheet.draw.between(10, 59)}  {places['clinic'].upper()}   {places['phone']}    P.{{page}}/{{pages}}".upper()
            .replace("{PAGE}", "{page}")
            .replace("{PAGES}", "{pages}"),
        )
        if sheet.draw.chance(0.6)
        else ()
    )
    doctor = f"{places['doctor']}, {places['degree']}"
    sheet.finish("rfa", DocumentKind.RFA, doctor, Frame(lines=54, head=head), "mono")


def _cells(bars: bool, columns: tuple[int, int, int], *cells: str) -> str:  # noqa: FBT001 - a way to rule the table
    mark = "| " if bars else ""
    return (
        "".join(mark + pad(cell, size) for cell, size in zip(cells, columns, strict=False))
        + mark
        + cells[-1]
    )


def _asked(sheet: Sheet, item: Item) -> tuple[str, str]:
    rx = item.rx
    if rx is None:
        return item.text, "see line"
    refills = f"  x {rx.refills} refill{'s' if rx.refills > 1 else ''}" if rx.refills else ""
    note = Note(
        proves=computed_from(sheet.plan, rx),
        concept="medication",
        value=describe(rx),
        kind="request",
    )
    name = (
        f"{rx.brand} {rx.strength}"
        if rx.brand.lower() in item.text.lower()
        else f"{rx.product['generic']} {rx.strength}"
    )
    tail = "  ".join(part for part in (rx.sig, f"#{rx.quantity}") if part) + refills
    return name, sheet.note(tail, note)
