"""What was dispensed: the state's monitoring report and the pharmacy's profile."""

from __future__ import annotations

from datetime import date, timedelta

from openimr.model.document import DocumentKind
from openimr.model.identifier import IdentifierKind
from openimr.synth.case import Rx
from openimr.synth.draw import Draw
from openimr.synth.layout import Frame
from openimr.synth.medlist import used_before
from openimr.synth.record import Note, Record, Sheet, all_items

_STRANGERS = ("MARCHETTI A", "OKONKWO D", "PELLEGRIN S", "VANDERMEER T")


def write_cures(record: Record, option: str) -> None:
    """The state's report: one prescriber, or strangers among them."""
    plan = record.plan
    day = plan.dates.test + timedelta(days=4)
    sheet = record.sheet("cures", day.isoformat())
    person, places = plan.person, plan.places
    sex = "F" if person.female else "M"
    sheet.add(
        "CALIFORNIA DEPARTMENT OF JUSTICE",
        "CONTROLLED SUBSTANCE UTILIZATION REVIEW AND EVALUATION SYSTEM",
        f"PATIENT ACTIVITY REPORT                    run date {day:%m/%d/%Y}",
        f"Search: {person.last.upper()} / {person.first.upper()} / {sex} / {person.born:%m-%d-%Y}",
        f"Period: {day - timedelta(days=365):%m/%d/%Y} - {day:%m/%d/%Y}",
        "",
        "Filled       Drug                          Qty   DS   Prescriber           Pharmacy",
        "-" * 88,
    )
    drugs = [rx for rx in plan.taken("opioid", "benzo", "soma") if rx.since is not None]
    own = places["doctor"].split()[-1].upper()
    for filled, rx in fills_of(sheet.draw, drugs, day, 8):
        label, days = str(rx.product["ledger"]), round(rx.quantity / rx.per_day)
        sheet.add(_row(filled, label, rx.quantity, days, own, places["pharmacy"].upper()))
    strangers = _strangers(sheet, day) if option == "multi" else 0
    _totals(sheet, strangers)
    frame = Frame(
        lines=56, foot=("                                        page {page} of {pages}",)
    )
    author = "California Department of Justice"
    sheet.finish("cures-report", DocumentKind.CURES, author, frame, "mono")


def _row(filled: date, label: str, quantity: int, days: int, prescriber: str, store: str) -> str:
    return f"{filled:%m/%d/%Y}   {label:<28}  {quantity:>3}   {days:>2}   {prescriber:<19}  {store}"


def _strangers(sheet: Sheet, day: date) -> int:
    names = sheet.draw.some(_STRANGERS, 3)[: sheet.draw.between(1, 3)]
    for name, back in zip(names, (70, 41, 17), strict=False):
        quantity, store = (
            sheet.draw.pick([20, 30, 60]),
            sheet.draw.pick(["MAIN ST DRUG", "QUICKMED RX"]),
        )
        sheet.named(IdentifierKind.PHYSICIAN, name)
        sheet.named(IdentifierKind.FACILITY, store)
        line = _row(day - timedelta(days=back), "OXYCODONE HCL 10MG TAB", quantity, 10, name, store)
        note = Note(
            proves=all_items(sheet.plan, "OPI-5", "OPI-8"),
            concept="pdmp_cures",
            value="multiple_prescribers",
            kind="cures",
            trap=("one prescriber", f"{name} prescribed oxycodone as well"),
        )
        sheet.add(sheet.note(line, note))
    return len(names)


def _totals(sheet: Sheet, strangers: int) -> None:
    count = 1 + strangers
    text = f"Prescribers: {count}      Pharmacies: {min(count, 2)}"
    names = ("OPI-5", "OPI-8") if strangers else ("OPI-5", "OPI-7", "OPI-8")
    value = "multiple_prescribers" if strangers else "consistent"
    note = Note(
        proves=all_items(sheet.plan, *names), concept="pdmp_cures", value=value, kind="cures"
    )
    sheet.add("-" * 88, sheet.note(text if strangers else f"{text}      Early fills: 0", note))


def fills_of(draw: Draw, drugs: list[Rx], day: date, months: int) -> list[tuple[date, Rx]]:
    """Monthly fills of each drug, latest first; none before its first use."""
    fills = []
    for rx in drugs:
        last = day - timedelta(days=draw.between(3, 25))
        for month in range(months):
            filled = last - timedelta(days=30 * month + draw.between(-1, 2))
            if rx.since is None or filled > rx.since:
                fills.append((filled, rx))
    return sorted(fills, key=lambda pair: pair[0], reverse=True)


def write_ledger(record: Record) -> None:
    """The pharmacy's profile: months of fills, one line each, then what was refused."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.decision - timedelta(days=record.draw.fork("ledger-day").between(0, 4))
    sheet = record.sheet("ledger", day.isoformat())
    own = places["doctor"].split()[-1].upper()
    sheet.add(
        f"{places['pharmacy'].upper()}                PATIENT PROFILE / DISPENSING HISTORY",
        f"{person.last.upper()}, {person.first.upper()}     DOB {person.born:%m/%d/%y}",
        f"RUN {day:%m/%d/%y}     PAYER {places['administrator'].upper()}",
        "",
        f"{'FILL':<11}{'DRUG':<30}{'QTY':>5}{'DS':>5}  {'PRESCRIBER':<20}NOTE",
    )
    drugs = [rx for rx in plan.drugs if rx.since is not None]
    marked: set[str] = set()
    for filled, rx in reversed(fills_of(sheet.draw, drugs, day, sheet.draw.between(6, 14))):
        line = _fill(filled, rx, own)
        sheet.add(line if rx.key in marked else sheet.note(line, _first_fill(sheet, filled, rx)))
        marked.add(rx.key)
    sheet.add("", "REJECTED CLAIMS")
    tried = plan.dates.request + timedelta(days=2)
    for item in plan.items:
        if item.rx is not None:
            sheet.add(f"{_fill(tried, item.rx, own)}   75 PRIOR AUTH")
    sheet.add("", "*** END OF PROFILE ***")
    kind, store = DocumentKind.PHARMACY_LEDGER, places["pharmacy"]
    sheet.finish("pharmacy-ledger", kind, store, Frame(lines=56, foot=("{page}",)), "mono")


def _fill(filled: date, rx: Rx, prescriber: str) -> str:
    days = round(rx.quantity / rx.per_day)
    label = str(rx.product["ledger"])
    return f"{filled:%m/%d/%y}   {label:<30}{rx.quantity:>4}{days:>5}  {prescriber}"


def _first_fill(sheet: Sheet, filled: date, rx: Rx) -> Note:
    return Note(
        proves=used_before(sheet.plan, rx),
        concept="medication",
        value=f"{rx.product['ledger']} #{rx.quantity}",
        date=filled.isoformat(),
        kind="dispensed",
    )
