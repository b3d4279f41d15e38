"""Progress reports: one writer for all the authors of authors.yaml."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from openimr.model.document import DocumentKind
from openimr.synth.bank import data, say
from openimr.synth.calendar import long_date, slash
from openimr.synth.layout import Frame, is_marked, pad
from openimr.synth.medlist import medications, sentence_of
from openimr.synth.record import Record, Sheet, fill, statements
from openimr.synth.typos import misspell

_FORM_BOXES = (
    "Check the box(es) which indicate why you are submitting a report at this time.",
    "[X] Periodic Report (45 days)  [ ] Change in treatment plan     [ ] Released from care",
    (
        "[ ] Change in work status       [ ] Need for referral/consult    [ ] Response to "
        "request for info"
    ),
    (
        "[ ] Change in condition         [ ] Need for surgery/hosp.       [X] Request for "
        "authorization"
    ),
)


Teller = Callable[[Sheet, str, int, str], list[str]]
"""The sentences of a section: of a sheet, a section, a visit and a voice."""


def write_visit(record: Record, index: int, author: dict[str, Any]) -> None:
    """The report of a visit; index 0 is the visit of the request."""
    write_told_visit(
        record,
        index,
        author,
        lambda sheet, section, visit, _: gather(sheet, author, section, visit),
    )


def write_told_visit(record: Record, index: int, author: dict[str, Any], tell: Teller) -> None:
    """The report of a visit whose sections are told by `tell`."""
    plan = record.plan
    day = plan.dates.visits[index]
    sheet = record.sheet(f"visit{index}", day.isoformat())
    sheet.columns = author["columns"]
    _opening(sheet, author, day)
    for block in author["blocks"]:
        _block(sheet, author, block, index, tell)
    _closing(sheet, author, day)
    names = letterhead(sheet, author, day)
    frame = Frame(
        columns=author["columns"],
        lines=record.draw.fork("size").pick([50, 54, 58]),
        head=tuple(line.format_map(names) for line in author["head"]),
        foot=tuple(line.format_map(names) for line in author["foot"]),
    )
    doctor = f"{plan.places['doctor']}, {plan.places['degree']}"
    sheet.finish("pr2", DocumentKind.PROGRESS_REPORT, doctor, frame, author["face"])


def letterhead(sheet: Sheet, author: dict[str, Any], day: date) -> dict[str, str]:
    """What the running heads may name; page numbers are filled when the pages are set."""
    plan, places = sheet.plan, sheet.plan.places
    person = plan.person
    draw = sheet.record.draw.fork(f"letterhead/{author['id']}")
    sent = day + timedelta(days=draw.between(1, 3))
    stamp = f"{sent:%b-%d-%Y} {draw.between(7, 17):02d}:{draw.between(10, 59)}"
    fax = f"{stamp}  {places['clinic']}   {places['phone']}".upper()
    short = slash(day)
    return {
        **places,
        "CLINIC": places["clinic"].upper(),
        "DOCTOR": places["doctor"].upper(),
        "LAST": person.last.upper(),
        "FIRST": person.first.upper(),
        "last": person.last,
        "initial": person.first[0],
        "name": person.name,
        "ptname": person.titled,
        "date": f"{day:%m/%d/%Y}",
        "short": short[:-4] + short[-2:],
        "long": long_date(day),
        "doi": f"{person.injured:%m/%d/%Y}",
        "dob": f"{person.born:%m/%d/%Y}",
        "mrn": str(draw.between(10000, 99999)),
        "mm": str(draw.between(10, 59)),
        "initials": "".join(part[0] for part in places["doctor"].split()).lower(),
        "fax": f"{fax}    P.{{page}}/{{pages}}",
        "clinic_pad": f"{places['clinic']:<58}",
        "date_pad": f"{day:%m/%d/%Y}",
        "page": "{page}",
        "pages": "{pages}",
    }


def _opening(sheet: Sheet, author: dict[str, Any], day: date) -> None:
    person, places = sheet.plan.person, sheet.plan.places
    born, injured = slash(person.born), slash(person.injured)
    if author.get("form"):
        sex = "F" if person.female else "M"
        name = pad(f"Patient:  Last {person.last.upper()}", 34) + pad(
            f"First {person.first.upper()}", 24
        )
        sheet.add(
            *_FORM_BOXES,
            "",
            f"{name}M.I. {person.middle}   Sex {sex}",
            pad("Address:  on file", 40) + pad(f"Date of Injury {injured}", 30) + f"DOB {born}",
            pad(f"Occupation: {person.job}", 40) + f"Employer: {places['employer']}",
            pad(f"Claims Admin: {places['administrator']}", 44) + f"Claim No. {places['claim']}",
            "",
        )
    elif author.get("salutation"):
        claim = f"    Claim {places['claim']}   Injury of {long_date(person.injured)}"
        sheet.add(long_date(day), "", f"Re: {person.name}", claim, "", author["salutation"], "")
    else:
        name = f"{person.last}, {person.first}"
        sheet.add(f"{name}    DOB {born}    DOI {injured}    Visit {slash(day)}", "")


def gather(sheet: Sheet, author: dict[str, Any], section: str, index: int) -> list[str]:
    """The sentences of a section at a visit: what must be said, among what proves nothing."""
    voice = author["voice"]
    if section == "meds":
        return medications(sheet, voice, index)
    said = statements(sheet, f"v{index}", section, voice)
    if index and section == "pain" and not said:
        said = [say(sheet.draw, "pain_words", voice, fill(sheet, voice, None))]
    extra = _filler(sheet, section, voice, index)
    traps = sheet.record.traps.get((index, section), []) if index == 0 or section == "misc" else []
    said += [trap(sheet, voice) for trap in traps]
    if index == 0:
        said += sheet.plan.notes.get(section, []) if section in ("history", "plan") else []
    return said + extra if section in ("pain", "work") else extra + said


def _filler(sheet: Sheet, section: str, voice: str, index: int) -> list[str]:
    filler, plan = data("filler"), sheet.plan
    key = {"exam": f"exam_{plan.region['region'].replace(' ', '_')}"}.get(section, section)
    if section == "dx":
        return _diagnoses(sheet, index)
    if key not in ("interval", "general", "plan", "history") and not key.startswith("exam"):
        return []
    if section == "history" and (index or sheet.plan.notes or sheet.draw.chance(0.4)):
        return []
    options = filler[key].get(voice) or filler[key]["full"]
    # The examination is copied from visit to visit, as charts do.
    draw = sheet.record.draw.fork("exam") if section == "exam" else sheet.draw
    slots = fill(sheet, voice, None) | exam_numbers(sheet, index)
    count = draw.between(min(2, len(options)), min(4, len(options)))
    return [draw.expand(line).format_map(slots) for line in draw.some(options, count)]


def exam_numbers(sheet: Sheet, index: int) -> dict[str, str]:
    """Vital signs of the day; motion as copied from visit to visit."""
    same, day = sheet.record.draw.fork("motion"), sheet.record.draw.fork(f"vitals{index}")
    visits = sheet.plan.dates.visits
    before = visits[index + 1] if index + 1 < len(visits) else visits[-1] - timedelta(days=44)
    helper = sheet.record.draw.fork("helper").pick(["wife", "son", "daughter", "sister", "friend"])
    return {
        "f1": str(same.between(25, 50)), "f2": str(same.between(5, 20)),
        "f3": str(same.between(40, 65)), "helper": f"{sheet.plan.slots['his']} {helper}",
        "bp": f"{day.between(112, 148)}/{day.between(68, 92)}", "hr": str(day.between(62, 92)),
        "wt": str(same.between(128, 242) + day.between(-3, 3)), "t": str(day.between(0, 9)),
        "weeks": str(day.pick([4, 6, 8])), "prev": slash(before),
    }  # fmt: skip


def _diagnoses(sheet: Sheet, index: int) -> list[str]:
    notes = sheet.plan.notes
    fixed: list[str] = list(notes.get("diagnoses", []))
    region = str(sheet.plan.region["region"]).replace(" ", "_")
    pool = data("filler")["dx_filler"][region]
    if fixed:
        return fixed
    return [sheet.record.draw.fork("dx").pick(pool) if index == 0 else str(pool[0])]


def _block(
    sheet: Sheet, author: dict[str, Any], block: dict[str, Any], index: int, tell: Teller
) -> None:
    said = [line for section in block["of"] for line in _said(sheet, author, section, index, tell)]
    said = [misspell(line, sheet.draw, author["typos"]) for line in said if line]
    if author.get("corrections"):
        said = [_corrected(sheet, line) for line in said]
    title, inline = block["title"], block.get("inline")
    if not said and (title == "-" or not author.get("form")):
        return
    indent = " " * block.get("indent", 0)
    if title != "-" and not inline:
        sheet.para(title)
    lead = f"{title} " if inline and title != "-" else indent
    hang = " " * len(lead) if inline and len(lead) < 8 else indent
    _shape(sheet, block["as"], said, lead, hang)
    sheet.gap()


def _said(
    sheet: Sheet, author: dict[str, Any], section: str, index: int, tell: Teller
) -> list[str]:
    """What is told of a section of a block; a sentence of medicines is one line."""
    if section == "meds_sentence":
        entries = tell(sheet, "meds", index, author["voice"])
        return [sentence_of(entries)] if entries else []
    return tell(sheet, section, index, author["voice"])


def _corrected(sheet: Sheet, line: str) -> str:
    """A transcriber's remark on a line of handwriting; never on one that will be quoted."""
    if is_marked(line) or not sheet.draw.chance(0.15):
        return line
    return (
        f"{line} {sheet.draw.pick(['[word struck out]', '(sic)', '[initialed]', '[overwritten]'])}"
    )


def _shape(sheet: Sheet, shape: str, said: list[str], lead: str, hang: str) -> None:
    if shape == "para":
        sheet.para(_joined(said), lead, hang)
    elif shape == "sentence":
        sheet.para(lead + sentence_of(said))
    elif shape == "inline":
        sheet.para("; ".join(line.rstrip(".") for line in said), lead, hang)
    else:
        for number, line in enumerate(said, start=1):
            bullet = {"numbers": f"{number}) ", "bullets": "- ", "lines": "", "table": " "}[shape]
            first = (lead if number == 1 else hang) + bullet
            sheet.para(line, first, " " * len(hang + bullet))


def _joined(said: list[str]) -> str:
    closed = [line if line.rstrip("\ue001")[-1:] in '.!?":)' else f"{line}." for line in said]
    return "  ".join(closed) if len(closed) % 2 else " ".join(closed)


def _closing(sheet: Sheet, author: dict[str, Any], day: date) -> None:
    places = sheet.plan.places
    for trap in sheet.record.traps.get((0, "end"), []) if day == sheet.plan.dates.visits[0] else []:
        sheet.para(trap(sheet, author["voice"]))
        sheet.gap()
    if author.get("prompts"):
        for line in sheet.record.draw.fork("prompts").some(data("filler")["prompts"], 3):
            sheet.para(line)
        sheet.gap()
    boiler = data("filler")["boiler"]["full"]
    for line in sheet.record.draw.fork("boiler").some(boiler, 4):
        sheet.para(line)
    sheet.gap()
    sheet.add(
        f"{places['doctor']}, {places['degree']}", places["specialty"], f"Signed {slash(day)}"
    )
