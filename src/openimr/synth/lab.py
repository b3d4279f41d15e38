"""Urine drug tests: consistent, inconsistent, years old, or another patient's."""

from __future__ import annotations

from datetime import date, timedelta

from openimr.model.document import DocumentKind
from openimr.model.identifier import IdentifierKind
from openimr.synth.bank import data
from openimr.synth.case import CasePlan
from openimr.synth.identifiers import Form
from openimr.synth.layout import Frame, pad
from openimr.synth.record import Note, Record, Sheet, all_items

_PANEL = (
    "Amphetamines", "Barbiturates", "Cocaine metabolite", "Methadone", "PCP", "THC", "Opiates",
    "Benzodiazepines", "Oxycodone",
)  # fmt: skip
_TESTS = {
    "hydrocodone": ("Opiates", "hydromorphone"),
    "morphine": ("Opiates", "morphine-3-glucuronide"),
    "fentanyl": ("Fentanyl", "norfentanyl"),
    "buprenorphine": ("Buprenorphine", "norbuprenorphine"),
    "temazepam": ("Benzodiazepines", "oxazepam"),
    "alprazolam": ("Benzodiazepines", "alpha-hydroxyalprazolam"),
}
"""Drug to the immunoassay that finds it and the metabolite that confirms it."""
_TITLES = (
    "DRUG SCREEN, URINE, WITH CONFIRMATION",
    "TOXICOLOGY - URINE, LC-MS/MS",
    "URINE DRUG MONITORING PANEL",
    "PAIN MANAGEMENT PROFILE, URINE",
)
_AGREES = (
    "COMMENT: Findings agree with reported prescriptions.",
    "Summary: all results CONSISTENT with the medication list supplied.",
    "Interpretation: consistent with prescribed therapy.",
    "SUMMARY - expected medication(s) detected; no unexpected findings.",
    "Medication compliance: POSITIVE for all prescribed agents, NEGATIVE for all others.",
    "Result vs. Rx list: MATCH",
)
_DISAGREES = (
    "INCONSISTENT: {drug} prescribed, not detected; benzoylecgonine present, not prescribed.",
    "Summary - results do NOT agree with Rx list ({drug} absent, cocaine metabolite present).",
    "Result vs. Rx list: MISMATCH - {drug} not found; unexpected: cocaine metabolite",
)


def write_lab(record: Record, option: str) -> None:
    """One report; a page of another patient may have come along with it."""
    plan = record.plan
    day = plan.dates.old + timedelta(days=90) if option == "stale" else plan.dates.test
    sheet = record.sheet("lab", day.isoformat())
    if option == "other_patient":
        _own_page(sheet, plan.dates.old + timedelta(days=60), "stale")
        sheet.new_page()
        _foreign_page(sheet, day)
    else:
        _own_page(sheet, day, option)
    foot = (f"Results to {plan.places['clinic']}                              {{page}}",)
    sheet.finish(
        "uds-lab", DocumentKind.LAB, plan.places["laboratory"], Frame(lines=50, foot=foot), "mono"
    )


def _controlled(plan: CasePlan) -> list[str]:
    return [str(rx.product["short"]) for rx in plan.taken("opioid", "benzo") if rx.since]


def _own_page(sheet: Sheet, day: date, option: str) -> None:
    person = sheet.plan.person
    _head(sheet, f"{person.last.upper()}, {person.first.upper()}", person.born, day)
    drugs = _controlled(sheet.plan) or ["hydrocodone"]
    bad = option == "bad"
    _results(sheet, drugs[1:] if bad else drugs, illicit=bad)
    text = sheet.draw.pick(_DISAGREES if bad else _AGREES).format(drug=drugs[0])
    sheet.gap()
    sheet.para(sheet.note(text, _note(sheet, day, option)))


def _note(sheet: Sheet, day: date, option: str) -> Note:
    both = all_items(sheet.plan, "OPI-6", "OPI-5")
    note = Note(proves=both, concept="urine_drug_test", value="consistent", kind="uds")
    note.date = day.isoformat()
    if option == "bad":
        note.value = "inconsistent"
        note.trap = ("testing is in order", "the result is inconsistent and nobody discussed it")
    elif option == "stale":
        note.proves = all_items(sheet.plan, "OPI-6")
        note.status, note.kind = "historical", "stale urine test"
        note.trap = ("urine testing is current", "the patient's own test is years old")
    return note


def _foreign_page(sheet: Sheet, day: date) -> None:
    draw, person = sheet.draw, sheet.plan.person
    people = data("people")
    last = sheet.plan.slots["otherlast"].upper()
    first = draw.pick(people["first_m" if person.female else "first_f"]).upper()
    note = Note(
        proves=all_items(sheet.plan, "OPI-6"),
        concept="urine_drug_test",
        value="another patient",
        status="other_person",
        trap=(
            "a recent urine test supports monitoring",
            f"the page is of {first.title()} {last.title()}",
        ),
        kind="another patient's page",
    )
    sheet.named(IdentifierKind.PERSON, f"{first} {last}", Form.PERSON)
    sheet.named(IdentifierKind.PERSON, f"{last}, {first}")
    born = person.born + timedelta(days=draw.between(900, 4000))
    sheet.named(IdentifierKind.BIRTH_DATE, born.isoformat(), Form.DAY)
    _head(sheet, f"{last}, {first}", born, day, note)
    _results(sheet, _controlled(sheet.plan)[:1] or ["hydrocodone"], illicit=False)
    sheet.add("", draw.pick(_AGREES))


def _head(sheet: Sheet, name: str, born: date, day: date, note: Note | None = None) -> None:
    places = sheet.plan.places
    label = sheet.draw.pick(["PATIENT NAME", "Patient", "Donor"])
    line = pad(f"{label}: {name}", 44) + f"DOB {born:%m/%d/%Y}"
    ordering = places["doctor"].split()[-1].upper()
    reported = day + timedelta(days=3)
    sheet.add(
        pad(places["laboratory"].upper(), 60) + "FINAL",
        "",
        sheet.note(line, note) if note else line,
        f"ORDERING: {ordering}      COLLECTED {day:%m/%d/%Y}      REPORTED {reported:%m/%d/%Y}",
        "",
        sheet.draw.pick(_TITLES),
        "",
    )


def _results(sheet: Sheet, drugs: list[str], *, illicit: bool) -> None:
    draw = sheet.draw
    rows = dict.fromkeys(_PANEL, "NEG")
    for drug in drugs:
        test, metabolite = _TESTS.get(drug, (drug.capitalize(), "metabolite"))
        amounts = f"{draw.between(180, 2400):,} ng/mL, {metabolite} {draw.between(60, 400)}"
        rows[test] = f"POS         {drug} {amounts}"
    if illicit:
        rows["Cocaine metabolite"] = (
            f"POS         benzoylecgonine {draw.between(300, 2100):,} ng/mL"
        )
    dots = draw.chance(0.5)
    for name, result in rows.items():
        plain = f"   {name:<30}{result}"
        sheet.add(f"   {name} {'.' * (28 - len(name))} {result}" if dots else plain)
    urine = f"   Creatinine {draw.between(40, 160)} mg/dL    SG 1.0{draw.between(10, 24)}"
    sheet.add("", f"{urine}    pH {draw.between(52, 72) / 10}")
