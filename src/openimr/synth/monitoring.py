"""Laboratory, prescription monitoring and pharmacy print-outs."""

from __future__ import annotations

from datetime import date, timedelta

from openimr.model.document import DocumentKind
from openimr.synth.bank import data
from openimr.synth.case import CasePlan, Rx
from openimr.synth.criteria import criteria_of
from openimr.synth.draw import Draw
from openimr.synth.layout import Frame, pad
from openimr.synth.medlist import used_before
from openimr.synth.record import Note, Record, Sheet

_PANEL = ("Amphetamines", "Barbiturates", "Cocaine metabolite", "Methadone", "PCP", "THC")
_CLASS_TEST = {
    "hydrocodone": "Opiates",
    "morphine": "Opiates",
    "fentanyl": "Fentanyl",
    "buprenorphine": "Buprenorphine",
    "temazepam": "Benzodiazepines",
    "alprazolam": "Benzodiazepines",
}
_METABOLITE = {
    "hydrocodone": "hydromorphone",
    "morphine": "morphine",
    "fentanyl": "norfentanyl",
    "buprenorphine": "norbuprenorphine",
    "temazepam": "oxazepam",
    "alprazolam": "alpha-hydroxyalprazolam",
}


def all_items(plan: CasePlan, *criteria: str) -> tuple[tuple[int, str], ...]:
    """These criteria of every item that has them."""
    return tuple(
        (item.index, name)
        for item in plan.items
        for name in criteria
        if name in criteria_of(item.topic)
    )


def write_lab(record: Record, option: str) -> None:
    """A urine drug test: consistent, inconsistent, years old, or another patient's."""
    plan = record.plan
    day = plan.dates.old + timedelta(days=90) if option == "stale" else plan.dates.test
    sheet = record.sheet("lab", day.isoformat())
    if option == "other_patient":
        _own_page(sheet, plan.dates.old + timedelta(days=60), stale=True)
        sheet.new_page()
        _foreign_page(sheet, day)
    else:
        _own_page(sheet, day, stale=option == "stale", bad=option == "bad")
    frame = Frame(
        lines=50,
        foot=(f"Results to {plan.places['clinic']}                              {{page}}",),
    )
    sheet.finish("uds-lab", DocumentKind.LAB, plan.places["laboratory"], frame, "mono")


def _controlled(plan: CasePlan) -> list[str]:
    return [
        str(rx.product["short"]) for rx in plan.taken("opioid", "benzo") if rx.since is not None
    ]


def _own_page(sheet: Sheet, day: date, *, stale: bool = False, bad: bool = False) -> None:
    person = sheet.plan.person
    _head(sheet, f"{person.last.upper()}, {person.first.upper()}", person.born, day)
    drugs = _controlled(sheet.plan) or ["hydrocodone"]
    found = drugs[1:] if bad else drugs
    _results(sheet, found, illicit=bad)
    if bad:
        text = sheet.draw.pick(
            [
                (
                    f"INCONSISTENT: {drugs[0]} prescribed and not detected; "
                    f"benzoylecgonine present, not prescribed."
                ),
                (
                    f"Summary - results do NOT agree with prescribed medications "
                    f"({drugs[0]} absent, cocaine metabolite present)."
                ),
            ]
        )
        note = Note(
            proves=all_items(sheet.plan, "OPI-6", "OPI-5"),
            concept="urine_drug_test",
            value="inconsistent",
            kind="uds",
            trap=(
                "testing was done and is in order",
                "the result is inconsistent and nobody discussed it",
            ),
        )
    else:
        text = sheet.draw.pick(
            [
                "COMMENT: Findings agree with reported prescriptions.",
                "Summary: all results CONSISTENT with the medication list supplied.",
                "Interpretation: consistent with prescribed therapy.",
                "SUMMARY - expected medication(s) detected; no unexpected findings.",
            ]
        )
        trap = (
            ("urine testing is current", "the patient's own test is years old") if stale else None
        )
        note = Note(
            proves=all_items(sheet.plan, *(("OPI-6",) if stale else ("OPI-6", "OPI-5"))),
            concept="urine_drug_test",
            value="consistent",
            status="historical" if stale else "present",
            trap=trap,
            kind="stale urine test" if stale else "uds",
        )
    note.date = day.isoformat()
    sheet.gap()
    sheet.para(sheet.note(text, note))


def _foreign_page(sheet: Sheet, day: date) -> None:
    draw = sheet.draw
    people = data("people")
    last = sheet.plan.slots["otherlast"].upper()
    first = draw.pick(people["first_m" if sheet.plan.person.female else "first_f"]).upper()
    note = Note(
        proves=all_items(sheet.plan, "OPI-6"), concept="urine_drug_test", value="another patient", status="other_person",
        trap=("a recent urine test supports monitoring", f"the page is of {first.title()} {last.title()}"), kind="another patient's page",
    )  # fmt: skip
    _head(
        sheet,
        f"{last}, {first}",
        sheet.plan.person.born + timedelta(days=draw.between(900, 4000)),
        day,
        note,
    )
    _results(sheet, _controlled(sheet.plan)[:1] or ["oxycodone"], illicit=False)
    sheet.add(
        "",
        draw.pick(
            [
                "COMMENT: Findings agree with reported prescriptions.",
                "Summary: consistent with prescribed therapy.",
            ]
        ),
    )


def _head(sheet: Sheet, name: str, born: date, day: date, note: Note | None = None) -> None:
    places = sheet.plan.places
    label = sheet.draw.pick(["PATIENT NAME", "Patient", "Donor"])
    line = pad(f"{label}: {name}", 44) + f"DOB {born:%m/%d/%Y}"
    sheet.add(
        pad(places["laboratory"].upper(), 60) + "FINAL",
        "",
        sheet.note(line, note) if note else line,
    )
    sheet.add(
        (
            f"ORDERING: {places['doctor'].split()[-1].upper()}      COLLECTED "
            f"{day:%m/%d/%Y}      REPORTED {day + timedelta(days=3):%m/%d/%Y}"
        ),
        "",
        sheet.draw.pick(
            [
                "DRUG SCREEN, URINE, WITH CONFIRMATION",
                "TOXICOLOGY - URINE, LC-MS/MS",
                "URINE DRUG MONITORING PANEL",
            ]
        ),
        "",
    )


def _results(sheet: Sheet, drugs: list[str], *, illicit: bool) -> None:
    draw = sheet.draw
    rows = dict.fromkeys((*_PANEL, "Opiates", "Benzodiazepines", "Oxycodone"), "NEG")
    for drug in drugs:
        name = _CLASS_TEST.get(drug, drug.capitalize())
        rows[name] = (
            f"POS         {drug} {draw.between(180, 2400):,} ng/mL, "
            f"{_METABOLITE.get(drug, 'metabolite')} {draw.between(60, 400)}"
        )
    if illicit:
        rows["Cocaine metabolite"] = (
            f"POS         benzoylecgonine {draw.between(300, 2100):,} ng/mL"
        )
    dots = draw.chance(0.5)
    for name, result in rows.items():
        sheet.add(
            f"   {name} " + "." * (28 - len(name)) + f" {result}"
            if dots
            else f"   {name:<30}{result}"
        )
    sheet.add(
        "",
        (
            f"   Creatinine {draw.between(40, 160)} mg/dL    SG 1.0{draw.between(10, 24)} "
            f"   pH {draw.between(52, 72) / 10}"
        ),
    )


def write_cures(record: Record, option: str) -> None:
    """The state's prescription monitoring report."""
    plan = record.plan
    day = plan.dates.test + timedelta(days=4)
    sheet = record.sheet("cures", day.isoformat())
    person, places, draw = plan.person, plan.places, sheet.draw
    sex = "F" if person.female else "M"
    sheet.add(
        (
            "CALIFORNIA DEPARTMENT OF JUSTICE     CONTROLLED SUBSTANCE UTILIZATION REVIEW "
            "AND EVALUATION SYSTEM"
        ),
        f"PATIENT ACTIVITY REPORT                    run date {day:%m/%d/%Y}",
        (
            f"Search: {person.last.upper()} / {person.first.upper()} / {sex} / "
            f"{person.born:%m-%d-%Y}     "
            f"period {day - timedelta(days=365):%m/%d/%Y} - {day:%m/%d/%Y}"
        ),
        "",
    )
    sheet.add(
        "Filled       Drug                          Qty   DS   Prescriber           Pharmacy",
        "-" * 92,
    )
    own = places["doctor"].split()[-1].upper()
    drugs = [rx for rx in plan.taken("opioid", "benzo", "soma") if rx.since is not None]
    fills = _fills(draw, drugs, day, 8)
    strangers = []
    for filled, rx in fills:
        sheet.add(_fill_line(filled, rx, own, places["pharmacy"]))
    if option == "multi":
        for back in (70, 41, 17):
            other = f"{filled_name(draw)}"
            line = f"{day - timedelta(days=back):%m/%d/%Y}   {'OXYCODONE HCL 10MG TAB':<28}  {draw.pick([20, 30, 60]):>3}   10   {other:<19}  {draw.pick(['MAIN ST DRUG', 'QUICKMED RX'])}"
            strangers.append(other)
            note = Note(
                proves=all_items(plan, "OPI-5", "OPI-8"),
                concept="pdmp_cures",
                value="multiple_prescribers",
                kind="cures",
                trap=("one prescriber", f"Dr. {other} prescribed oxycodone as well"),
            )
            sheet.add(sheet.note(line, note))
    sheet.add("-" * 92)
    count = 1 + len(set(strangers))
    text = f"Prescribers: {count}      Pharmacies: {1 if count == 1 else 2}      " + (
        "Early fills: 0" if count == 1 else ""
    )
    value = "consistent" if count == 1 else "multiple_prescribers"
    sheet.add(
        sheet.note(
            text.rstrip(),
            Note(
                proves=all_items(plan, "OPI-5", "OPI-7", "OPI-8")
                if count == 1
                else all_items(plan, "OPI-5", "OPI-8"),
                concept="pdmp_cures",
                value=value,
                kind="cures",
            ),
        )
    )
    sheet.finish(
        "cures-report",
        DocumentKind.CURES,
        "California Department of Justice",
        Frame(lines=56, foot=("                                        page {page} of {pages}",)),
        "mono",
    )


def filled_name(draw: Draw) -> str:
    """A prescriber nobody else in the record knows."""
    return draw.pick(["MARCHETTI A", "OKONKWO D", "PELLEGRIN S", "VANDERMEER T"])


def _fill_line(filled: date, rx: Rx, prescriber: str, pharmacy: str) -> str:
    days = round(rx.quantity / rx.per_day) if rx.per_day else 30
    return f"{filled:%m/%d/%Y}   {rx.product['ledger']!s:<28}  {rx.quantity:>3}   {days:>2}   {prescriber:<19}  {pharmacy.upper()}"


def _fills(draw: Draw, drugs: list[Rx], day: date, months: int) -> list[tuple[date, Rx]]:
    fills = []
    for rx in drugs:
        last = day - timedelta(days=draw.between(3, 25))
        for month in range(months):
            filled = last - timedelta(days=30 * month + draw.between(-1, 2))
            if rx.since is None or filled > rx.since:
                fills.append((filled, rx))
    return sorted(fills, key=lambda pair: pair[0], reverse=True)


def write_ledger(record: Record) -> None:
    """The pharmacy's profile: months of fills, one line each."""
    plan = record.plan
    day = plan.dates.decision - timedelta(days=record.draw.fork("ledger-day").between(0, 4))
    sheet = record.sheet("ledger", day.isoformat())
    person, places = plan.person, plan.places
    sheet.add(
        f"{places['pharmacy'].upper()}                PATIENT PROFILE / DISPENSING HISTORY",
        f"{person.last.upper()}, {person.first.upper()}     DOB {person.born:%m/%d/%y}     RUN {day:%m/%d/%y}     PAYER {places['administrator'].upper()}",
        "",
        f"{'FILL':<11}{'DRUG':<30}{'QTY':>5}{'DS':>5}  {'PRESCRIBER':<20}NOTE",
    )
    drugs = [rx for rx in plan.drugs if rx.since is not None]
    own = places["doctor"].split()[-1].upper()
    marked: set[str] = set()
    fills = _fills(sheet.draw, drugs, day, sheet.draw.between(6, 14))
    for filled, rx in reversed(fills):
        line = f"{filled:%m/%d/%y}   {rx.product['ledger']!s:<30}{rx.quantity:>4}{round(rx.quantity / rx.per_day):>5}  {own:<20}"
        if rx.key not in marked:
            marked.add(rx.key)
            note = Note(
                proves=used_before(plan, rx),
                concept="medication",
                value=f"{rx.product['ledger']} #{rx.quantity}",
                status="present",
                date=filled.isoformat(),
                kind="dispensed",
            )
            line = sheet.note(line.rstrip(), note)
        sheet.add(line)
    sheet.add("", "REJECTED CLAIMS")
    for item in plan.items:
        if item.rx is not None:
            sheet.add(
                f"{plan.dates.request + timedelta(days=2):%m/%d/%y}   {item.rx.product['ledger']!s:<30}{item.rx.quantity:>4}        {own:<20}75 PRIOR AUTH"
            )
    sheet.add("", "*** END OF PROFILE ***")
    sheet.finish(
        "pharmacy-ledger",
        DocumentKind.PHARMACY_LEDGER,
        places["pharmacy"],
        Frame(lines=56, foot=("{page}",)),
        "mono",
    )
