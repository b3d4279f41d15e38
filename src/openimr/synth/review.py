"""The utilization review decision: guideline text, examples and history, never evidence."""

from __future__ import annotations

from openimr.model.document import DocumentKind
from openimr.synth.bank import data, say
from openimr.synth.case import Item
from openimr.synth.layout import Frame, pad
from openimr.synth.numbers import draw_numbers
from openimr.synth.record import Note, Record, Sheet, fill
from openimr.synth.scenario import long_date, slash

_FAMILY = {
    "hydrocodone-apap": "opioid", "buprenorphine-td": "opioid", "fentanyl-td": "opioid",
    "duloxetine": "nerve", "gabapentin-er": "nerve", "cyclobenzaprine": "relaxant",
    "methocarbamol": "relaxant", "temazepam": "hypnotic",
}  # fmt: skip


def write_decision(record: Record) -> None:
    """The letter of denial or modification with reasons, two to three pages."""
    plan, person, places = record.plan, record.plan.person, record.plan.places
    day = plan.dates.decision
    sheet = record.sheet("ur", day.isoformat())
    sheet.columns = sheet.draw.pick([84, 88, 92])
    words = sheet.draw.pick(
        [
            ("DENIED", "MODIFIED"),
            ("Not certified", "Modified"),
            ("Non-certified", "Certified in part"),
            ("Adverse determination", "Modified certification"),
        ]
    )
    sheet.add(
        places["ur_firm"],
        f"On behalf of {places['administrator']}",
        "",
        long_date(day) if sheet.draw.chance(0.6) else f"{day:%m/%d/%Y}",
        "",
    )
    sheet.add(f"{places['doctor']}, {places['degree']}", places["clinic"], places["address"], "")
    sheet.add(
        pad(f"Patient: {person.first} {person.last}", 44) + f"Claim #: {places['claim']}",
        pad(f"DOI: {slash(person.injured)}", 44) + f"Employer: {places['employer']}",
        pad(f"Request received: {slash(plan.dates.request)}", 44) + f"Decision date: {slash(day)}",
        "",
    )
    sheet.add("NOTICE OF UTILIZATION REVIEW DECISION", "")
    for item in plan.items:
        outcome = words[1] if item.granted else words[0]
        sheet.add(
            f"  {item.index + 1}. {item.text} " + "." * max(3, 62 - len(item.text)) + f" {outcome}"
        )
    sheet.gap()
    _history(sheet)
    for item in plan.items:
        _reason(sheet, item)
    _rights(sheet)
    foot = (f"{places['ur_firm']}   {person.last}   {places['claim']}", "Page {page} of {pages}")
    reviewer = f"{places['ur_doctor']}, MD ({places['ur_firm']})"
    sheet.finish(
        "ur-decision",
        DocumentKind.UR_DECISION,
        reviewer,
        Frame(lines=54, foot=foot),
        sheet.draw.pick(["serif", "sans", "mono"]),
    )


def _history(sheet: Sheet) -> None:
    plan = sheet.plan
    visits = ", ".join(slash(day) for day in plan.dates.visits[:2])
    sheet.para(f"RECORDS: RFA {slash(plan.dates.request)}; progress reports {visits}.")
    drugs = (
        ", ".join(str(item.rx.product["short"]) for item in plan.items if item.rx)
        or "conservative care"
    )
    sex = "woman" if plan.person.female else "man"
    sheet.para(
        f"HISTORY: The claimant is a {plan.person.age(plan.dates.decision)}-year-old {sex} with a date of injury of {slash(plan.person.injured)} involving the {plan.slots['region']}. Treatment has included {drugs}. Peer contact was attempted twice and was not returned."
    )
    sheet.gap()


def _reason(sheet: Sheet, item: Item) -> None:
    draw = sheet.draw
    sheet.add(f"ITEM {item.index + 1}: {item.text}")
    family = _FAMILY.get(item.topic)
    if family is None:
        sheet.para(
            "The guideline supports a limited number of visits or a study only with documented change. None is described. Not certified."
        )
    else:
        sheet.para(draw.pick(data("filler")[f"ur_header_{family}"]))
        if family == "opioid" or draw.chance(0.3):
            slots = fill(sheet, "full", None) | draw_numbers(draw, sheet.plan.slots)
            note = Note(
                concept="pain_with_without_medication", value="example in UR text", status="hypothetical",
                trap=("the scores and activities are the patient's", "an illustration in the UR decision"), kind="scores inside UR text",
            )  # fmt: skip
            sheet.para(sheet.note(say(draw, "trap_ur_scores", "full", slots), note))
        sheet.para(_outcome(sheet, item))
    sheet.gap()


def _outcome(sheet: Sheet, item: Item) -> str:
    if not item.granted:
        return sheet.draw.pick(data("filler")["ur_deny"])
    rx = item.rx
    if rx is not None and rx.kind in ("opioid", "benzo"):
        proves = ((item.index, "OPI-13"), (item.index, "BUP-6"))
        note = Note(
            proves=proves, concept="ur_outcome", value=f"#{item.granted}", kind="taper granted"
        )
        text = sheet.draw.pick(data("filler")["ur_modify"]).format(granted=f"#{item.granted}")
        return sheet.note(text, note)
    return f"Certified in part: #{item.granted}, pending a report of response."


def _rights(sheet: Sheet) -> None:
    plan = sheet.plan
    sheet.para(
        "DISPUTE: An application for Independent Medical Review is enclosed. It must be received within thirty (30) days of service of this decision, thirty-five if by mail. Liability is not disputed. An internal appeal is voluntary and may be sent within ten days."
    )
    sheet.gap()
    if sheet.draw.chance(0.6):
        sheet.para(
            "Abrupt stopping of certain medicines may be unsafe. The prescriber may ask for a schedule of withdrawal if one is wanted."
        )
        sheet.gap()
    sheet.add(
        "Reviewed by:",
        f"{plan.places['ur_doctor']}, MD",
        sheet.draw.pick(
            [
                "Board certified, Family Medicine",
                "Board certified, Physical Medicine and Rehabilitation",
                "Board certified, Anesthesiology",
            ]
        ),
        "",
        f"cc: {plan.person.name}; {plan.places['law_firm']}",
    )
