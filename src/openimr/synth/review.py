"""The utilization review decision: guideline text, examples and history, never evidence."""

from __future__ import annotations

from typing import Any

from openimr.model.document import DocumentKind
from openimr.synth.bank import data, say
from openimr.synth.calendar import long_date, slash
from openimr.synth.case import Item
from openimr.synth.layout import Frame, pad
from openimr.synth.numbers import draw_numbers
from openimr.synth.record import Note, Record, Sheet, fill

_TRAP = ("the scores and activities are the patient's", "an illustration in the UR decision")


def _text() -> dict[str, Any]:
    return data("review")


def write_decision(record: Record) -> None:
    """The letter of denial or modification with reasons, two to four pages."""
    plan, places = record.plan, record.plan.places
    sheet = record.sheet("ur", plan.dates.decision.isoformat())
    sheet.columns = sheet.draw.pick([80, 84, 88, 92])
    _address(sheet)
    denied, modified = sheet.draw.pick(_text()["words"])
    for item in plan.items:
        dots = "." * max(3, 62 - len(item.text))
        outcome = modified if item.granted else denied
        sheet.add(f"  {item.index + 1}. {item.text} {dots} {outcome}")
    sheet.gap()
    _history(sheet)
    for item in plan.items:
        _reason(sheet, item)
    if sheet.draw.chance(0.4):
        sheet.new_page()
    _rights(sheet)
    foot = (
        f"{places['ur_firm']}   {plan.person.last}   {places['claim']}",
        "Page {page} of {pages}",
    )
    reviewer = f"{places['ur_doctor']}, MD ({places['ur_firm']})"
    face = sheet.draw.pick(["serif", "sans", "mono"])
    frame = Frame(lines=sheet.draw.pick([48, 54]), foot=foot)
    sheet.finish("ur-decision", DocumentKind.UR_DECISION, reviewer, frame, face)


def _address(sheet: Sheet) -> None:
    plan, person, places = sheet.plan, sheet.plan.person, sheet.plan.places
    day = plan.dates.decision
    titles = (
        "NOTICE OF UTILIZATION REVIEW DECISION",
        "Re: Utilization Review - Adverse Determination",
        "DETERMINATION",
        "UTILIZATION REVIEW DETERMINATION LETTER",
    )
    sheet.add(
        places["ur_firm"],
        f"On behalf of {places['administrator']}",
        "",
        long_date(day) if sheet.draw.chance(0.6) else f"{day:%m/%d/%Y}",
        "",
        f"{places['doctor']}, {places['degree']}",
        places["clinic"],
        places["address"],
        "",
        pad(f"Patient: {person.first} {person.last}", 44) + f"Claim #: {places['claim']}",
        pad(f"DOI: {slash(person.injured)}", 44) + f"Employer: {places['employer']}",
        pad(f"Request received: {slash(plan.dates.request)}", 44) + f"Decision date: {slash(day)}",
        "",
        sheet.draw.pick(titles),
        "",
    )


def _history(sheet: Sheet) -> None:
    plan = sheet.plan
    visits = ", ".join(slash(day) for day in plan.dates.visits[:2])
    sheet.para(f"RECORDS: RFA {slash(plan.dates.request)}; progress reports {visits}.")
    drugs = ", ".join(str(item.rx.product["short"]) for item in plan.items if item.rx)
    treated = f"Treatment has included {drugs}. " if drugs else ""
    sex = "woman" if plan.person.female else "man"
    sheet.para(
        f"HISTORY: The claimant is a {plan.person.age(plan.dates.decision)}-year-old {sex} with a "
        f"date of injury of {slash(plan.person.injured)} involving the {plan.slots['region']}. "
        f"{treated}Peer contact was attempted twice and was not returned."
    )
    sheet.gap()


def _reason(sheet: Sheet, item: Item) -> None:
    draw = sheet.draw
    family = item.rx.kind if item.rx else "other"
    sheet.add(f"ITEM {item.index + 1}: {item.text}")
    sheet.para(str(draw.deal(f"guideline/{family}", _text()["guideline"][family])))
    if sheet.plan.drugs and (family == "opioid" or draw.chance(0.3)):
        slots = fill(sheet, "full", None) | draw_numbers(draw, sheet.plan.slots)
        note = Note(
            concept="pain_with_without_medication",
            value="example in UR text",
            status="hypothetical",
            trap=_TRAP,
            kind="scores inside UR text",
        )
        sheet.para(sheet.note(say(draw, "trap_ur_scores", "full", slots), note))
    sheet.para(_outcome(sheet, item))
    sheet.gap()


def _outcome(sheet: Sheet, item: Item) -> str:
    if not item.granted:
        return str(sheet.draw.deal("deny", _text()["deny"]))
    granted = f"#{item.granted}"
    if item.rx is None or item.rx.kind not in ("opioid", "benzo"):
        return str(sheet.draw.pick(_text()["part"])).format(granted=granted)
    proves = ((item.index, "OPI-13"), (item.index, "BUP-6"), (item.index, "TMZ-6"))
    note = Note(proves=proves, concept="ur_outcome", value=granted, kind="taper granted")
    return sheet.note(str(sheet.draw.pick(_text()["modify"])).format(granted=granted), note)


def _rights(sheet: Sheet) -> None:
    plan, draw = sheet.plan, sheet.draw
    paragraphs = [_text()["rights"][0], *draw.some(_text()["rights"][1:], draw.between(1, 4))]
    if draw.chance(0.6):
        paragraphs += _text()["stopping"]
    for text in paragraphs:
        sheet.para(text)
        sheet.gap()
    sheet.add(
        "Reviewed by:",
        f"{plan.places['ur_doctor']}, MD",
        draw.pick(_text()["boards"]),
        "",
        f"cc: {plan.person.name}; {plan.places['law_firm']}; {plan.places['administrator']}",
    )
