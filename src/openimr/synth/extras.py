"""Papers that fill a case file: old, administrative, or about something else altogether."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from openimr.model.document import DocumentKind
from openimr.model.identifier import IdentifierKind
from openimr.synth.bank import data
from openimr.synth.calendar import long_date, slash
from openimr.synth.layout import Frame, pad
from openimr.synth.record import Record, Sheet

Writer = Callable[[Record, Sheet, int], None]


def write_extra(record: Record, number: int, size: int = 1) -> None:
    """One more paper that proves nothing, of about this many pages."""
    draw = record.draw.fork(f"extra{number}")
    kind = draw.pick(sorted(_WRITERS)) if size == 1 else draw.pick(_LONG)
    day = _past(record, draw.between(0, 1000))
    _WRITERS[kind](record, record.sheet(f"extra{number}", day.isoformat()), size)


def _past(record: Record, spread: int) -> date:
    """A day between the injury and two years before the visit of the request."""
    injured, visit = record.plan.person.injured, record.plan.dates.visits[0]
    room = max(1, (visit - injured).days - 760)
    return injured + timedelta(days=20 + spread % room)


def _head(sheet: Sheet, *lines: str) -> None:
    person = sheet.plan.person
    sheet.add(*lines, f"{person.last.upper()}, {person.first}     DOB {slash(person.born)}", "")


def _material(name: str) -> list[Any]:
    found: list[Any] = data("extras")[name]
    return found


def _deposition(record: Record, sheet: Sheet, size: int) -> None:
    places, draw = record.plan.places, sheet.draw
    sheet.columns = 70
    _head(
        sheet,
        "WORKERS' COMPENSATION APPEALS BOARD",
        f"{record.plan.person.name} v. {places['employer']}",
        "DEPOSITION OF APPLICANT, VOLUME I",
        long_date(date.fromisoformat(sheet.day)),
    )
    sheet.named(IdentifierKind.FIRM, "CERTIFIED REPORTERS OF THE VALLEY")
    written = 0
    while written < 44 * max(2, size):
        slots = {
            "employer": places["employer"],
            "n": str(draw.between(2, 30)),
            "year": str(draw.between(1994, 2010)),
        }
        for letter, text in (
            ("Q", draw.pick(_material("deposition_questions"))),
            ("A", draw.pick(_material("deposition_answers"))),
        ):
            sheet.para(text.format_map(slots), f"     {letter}.   ", "          ")
            written += 1
        if draw.chance(0.12):
            sheet.add("          " + draw.pick(_material("objections")))
            written += 1
    sheet.finish(
        "deposition",
        DocumentKind.CORRESPONDENCE,
        "Certified Shorthand Reporter",
        Frame(lines=50, foot=("CERTIFIED REPORTERS OF THE VALLEY                         {page}",)),
        "mono",
    )


def _claims_letter(record: Record, sheet: Sheet, size: int) -> None:
    del size
    places = record.plan.places
    sheet.columns = 82
    sheet.add(
        places["administrator"].upper(),
        sheet.named(IdentifierKind.ADDRESS, "P.O. Box 4410"),
        "",
        long_date(date.fromisoformat(sheet.day)),
        "",
        record.plan.person.name,
        places["home"],
        "",
        f"Claim: {places['claim']}",
        f"Date of injury: {slash(record.plan.person.injured)}",
        "",
    )
    for text in sheet.draw.some(_material("claims_letters"), 2):
        sheet.para(text)
        sheet.gap()
    sheet.add("Sincerely,", "", "Claims Examiner")
    sheet.finish(
        "correspondence",
        DocumentKind.CORRESPONDENCE,
        places["administrator"],
        Frame(lines=54),
        "sans",
    )


def _billing(record: Record, sheet: Sheet, size: int) -> None:
    _head(
        sheet, "STATEMENT OF ACCOUNT / EXPLANATION OF REVIEW", record.plan.places["administrator"]
    )
    sheet.add(f"{'DOS':<12}{'CODE / SERVICE':<30}{'BILLED':>10}{'ALLOWED':>10}{'REASON':>9}")
    day = date.fromisoformat(sheet.day)
    for _ in range(46 * size):
        day += timedelta(days=sheet.draw.between(0, 3))
        billed = sheet.draw.between(2500, 32000) / 100
        allowed = billed * sheet.draw.between(35, 90) / 100
        service, reason = sheet.draw.pick(_material("billing")), sheet.draw.pick(["G1", "W3", ""])
        sheet.add(f"{day:%m/%d/%y}    {service:<30}{billed:>10.2f}{allowed:>10.2f}{reason:>9}")
    sheet.finish(
        "billing",
        DocumentKind.UNKNOWN,
        record.plan.places["administrator"],
        Frame(lines=54, foot=("page {page} of {pages}",)),
        "mono",
    )


def _daily_notes(name: str, stem: str, kind: DocumentKind, title: str) -> Writer:
    def write(record: Record, sheet: Sheet, size: int) -> None:
        _head(sheet, record.plan.places["therapy"].upper(), title)
        day = date.fromisoformat(sheet.day)
        for number in range(1, 14 * size + 1):
            day += timedelta(days=sheet.draw.pick([2, 2, 3, 4]))
            sheet.add(
                f"Visit {number}   {day:%m-%d-%y}",
                f"   Tx: {sheet.draw.pick(_material(name))}",
                "   "
                + sheet.draw.pick(
                    [
                        "Arrived on time.",
                        "Late 10 min.",
                        "No complaint of treatment.",
                        "Continue plan.",
                        "Next visit booked.",
                    ]
                ),
            )
        sheet.finish(
            stem,
            kind,
            record.plan.places["therapist_name"],
            Frame(lines=46, foot=("{page}",)),
            "mono",
        )

    return write


def _old_clinic(record: Record, sheet: Sheet, size: int) -> None:
    _head(
        sheet,
        sheet.named(
            IdentifierKind.FACILITY,
            "FAMILY HEALTH CENTER OF " + record.plan.places["town"].upper(),
        ),
        "CHART NOTES (not related to the claim)",
    )
    sheet.columns = 84
    day = date.fromisoformat(sheet.day)
    for _ in range(7 * size):
        day += timedelta(days=sheet.draw.between(20, 120))
        complaint, finding = sheet.draw.pick(_material("old_notes"))
        sheet.add(f"{day:%m/%d/%Y}", f"CC: {complaint}")
        sheet.para(finding)
        pressure = f"{sheet.draw.between(110, 140)}/{sheet.draw.between(66, 88)}"
        sheet.add(f"T 98.{sheet.draw.between(0, 9)}  BP {pressure}", "")
    sheet.finish(
        "chart-notes",
        DocumentKind.PROGRESS_REPORT,
        "Family Health Center",
        Frame(lines=52, foot=("{page}",)),
        "sans",
    )


def _early_report(record: Record, sheet: Sheet, size: int) -> None:
    places = record.plan.places
    sheet.columns = 88
    day = date.fromisoformat(sheet.day)
    for _ in range(size):
        _head(
            sheet,
            f"{places['old_doctor'].upper()}, M.D.",
            "TREATING PHYSICIAN'S PROGRESS REPORT",
            f"Exam date {slash(day)}",
        )
        for text in sheet.draw.some(_material("early_reports"), 4):
            sheet.para(text.format(region=record.plan.slots["region"], n=sheet.draw.between(3, 9)))
            sheet.gap()
        sheet.add(f"{places['old_doctor']}, M.D.     {slash(day)}")
        sheet.new_page()
        day += timedelta(days=45)
    sheet.finish(
        "pr2",
        DocumentKind.PROGRESS_REPORT,
        f"{places['old_doctor']}, MD",
        Frame(lines=52, foot=("page {page}",)),
        "serif",
    )


def _blood_panel(record: Record, sheet: Sheet, size: int) -> None:
    del size
    _head(sheet, record.plan.places["laboratory"].upper(), "CHEMISTRY / HEMATOLOGY")
    for name, limits, low, high in _material("panels"):
        value = sheet.draw.between(low, high)
        shown = f"{value / 10:.1f}" if "." in limits else str(value)
        sheet.add(pad(f"   {name}", 24) + pad(shown, 12) + limits)
    sheet.finish(
        "lab-report", DocumentKind.LAB, record.plan.places["laboratory"], Frame(lines=46), "mono"
    )


def _proof_of_service(record: Record, sheet: Sheet, size: int) -> None:
    del size
    places = record.plan.places
    sheet.columns = 80
    sheet.add(
        "PROOF OF SERVICE BY MAIL",
        "",
        f"Case: {record.plan.person.name} v. {places['employer']}",
        "",
    )
    sheet.para(
        f"I am over the age of eighteen and not a party to this matter. On "
        f"{long_date(date.fromisoformat(sheet.day))} I served the attached documents "
        f"by placing true copies in sealed envelopes, postage paid, in the United "
        f"States mail, addressed as follows:"
    )
    sheet.add(
        "",
        places["administrator"],
        places["law_firm"],
        places["clinic"],
        "",
        "I declare under penalty of perjury that the foregoing is true.",
        "",
        sheet.named(
            IdentifierKind.PERSON, sheet.draw.pick(["M. Treadwell", "J. Pinkerton", "L. Ocasio"])
        ),
    )
    sheet.finish(
        "proof-of-service",
        DocumentKind.CORRESPONDENCE,
        places["law_firm"],
        Frame(lines=46),
        "serif",
    )


_WRITERS: dict[str, Writer] = {
    "acupuncture": _daily_notes(
        "acupuncture", "acupuncture-notes", DocumentKind.ACUPUNCTURE, "ACUPUNCTURE TREATMENT RECORD"
    ),
    "billing": _billing,
    "blood": _blood_panel,
    "chiropractic": _daily_notes(
        "chiropractic", "chiropractic-notes", DocumentKind.CHIROPRACTIC, "CHIROPRACTIC TRAVEL CARD"
    ),
    "claims": _claims_letter,
    "clinic": _old_clinic,
    "deposition": _deposition,
    "early": _early_report,
    "service": _proof_of_service,
    "therapy": _daily_notes(
        "therapy_old", "physical-therapy", DocumentKind.PHYSICAL_THERAPY, "DAILY TREATMENT NOTES"
    ),
}
_LONG = ("acupuncture", "billing", "chiropractic", "clinic", "deposition", "early", "therapy")
