"""Writing a document while keeping account of what each passage proves, and of the traps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openimr.model.document import DocumentKind
from openimr.model.identifier import IdentifierKind
from openimr.synth.bank import data, say
from openimr.synth.case import CasePlan, Choice, Rx
from openimr.synth.criteria import criteria_of
from openimr.synth.draw import Draw
from openimr.synth.identifiers import Form, Identity
from openimr.synth.layout import PAGE_BREAK, Frame, mark, set_pages, wrap
from openimr.synth.types import ForgedDocument


@dataclass(slots=True, kw_only=True)
class Note:
    """A passage of the record: what it is, what it proves, where it came to stand."""

    proves: tuple[tuple[int, str], ...] = ()
    """Item and criterion."""
    concept: str = ""
    value: str = ""
    status: str = "present"
    date: str = ""
    trap: tuple[str, str] | None = None
    """What a careless reader concludes, and what is right."""
    kind: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """The value that this passage alone would give a criterion."""
    file: str = ""
    page: int = 0
    quote: str = ""


@dataclass(slots=True)
class Record:
    """The case file as it grows."""

    plan: CasePlan
    draw: Draw
    documents: list[ForgedDocument] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    traps: dict[tuple[int, str], list[Callable[[Sheet, str], str]]] = field(default_factory=dict)
    """Sentences that tempt, by visit and section."""
    identities: list[Identity] = field(default_factory=list)
    """Whom and what the documents name beside the plan's parties."""

    def sheet(self, name: str, day: str) -> Sheet:
        """An empty document."""
        return Sheet(self, self.draw.fork(name), day)


class Sheet:
    """One document in the making: lines with marks, and the notes they stand for."""

    def __init__(self, record: Record, draw: Draw, day: str) -> None:
        self.record, self.plan, self.draw, self.day = record, record.plan, draw, day
        self.lines: list[str] = []
        self.columns = 90
        self._notes: list[Note] = []

    def note(self, text: str, note: Note) -> str:
        """The text as a passage that the truth file will quote."""
        note.date = note.date or self.day
        self._notes.append(note)
        return mark(len(self._notes) - 1, text)

    def named(self, kind: IdentifierKind, name: str, form: Form = Form.WORDS) -> str:
        """The name of someone that the plan does not know, put down for the truth."""
        self.record.identities.append(Identity(kind, name, form))
        return name

    def add(self, *lines: str) -> None:
        """Lines as they stand."""
        self.lines += lines

    def para(self, text: str, first: str = "", rest: str | None = None) -> None:
        """A paragraph, wrapped."""
        if text:
            self.lines += wrap(text, self.columns, first, rest)

    def gap(self, count: int = 1) -> None:
        """Empty lines."""
        self.lines += [""] * count

    def new_page(self) -> None:
        """Go on at the head of the next page."""
        self.lines.append(PAGE_BREAK)

    def finish(self, stem: str, kind: DocumentKind, author: str, frame: Frame, face: str) -> None:
        """Set the pages and hand the document over to the record."""
        number = len(self.record.documents) + 1
        file = f"{number:02d}-{stem}-{self.day}"
        pages, passages = set_pages(self.lines, frame)
        for passage in passages:
            note = self._notes[passage.number]
            note.file, note.page, note.quote = f"{file}.txt", passage.page, passage.quote
        self.record.notes += [note for note in self._notes if note.quote]
        self.record.documents.append(
            ForgedDocument(
                file=file, kind=kind, date=self.day, author=author, pages=pages, face=face
            )
        )


def drug_of(plan: CasePlan, key: str) -> Rx | None:
    """The drug on the list with this product key."""
    return next((drug for drug in plan.drugs if drug.key == key), None)


def fill(sheet: Sheet, voice: str, choice: Choice | None) -> dict[str, str]:
    """All slots, in a voice's way of naming the drug and the patient."""
    plan, draw = sheet.plan, sheet.draw
    slots = dict(plan.slots) | (dict(choice.slots) if choice else {})
    drug = drug_of(plan, slots.get("drug_key", "")) or (plan.drugs[0] if plan.drugs else None)
    if drug is not None:
        slots |= _names_of(drug, plan, voice, draw)
    he = plan.slots["He"]
    slots["Pt"] = draw.pick(
        ["The patient", "The patient", he, he, plan.person.titled, "The injured worker"]
    )
    return slots


def _names_of(drug: Rx, plan: CasePlan, voice: str, draw: Draw) -> dict[str, str]:
    """How a voice calls a drug, and the controlled drugs that are tested for."""
    name = draw.pick(drug.names(voice))
    generic = str(drug.product["short"])
    tested = [str(rx.product["short"]) for rx in plan.taken("opioid", "benzo") if rx.since]
    return {
        "drug": name,
        "drug_cap": name[0].upper() + name[1:],
        "generic": generic,
        "controlled": " and ".join(dict.fromkeys(tested)) or generic,
    }


def speak(sheet: Sheet, choice: Choice, spec: Mapping[str, Any], voice: str) -> str:
    """One statement of an axis, marked with what it proves."""
    axis = data("axes")[choice.axis][choice.option]
    names = spec.get("proves", list(axis["values"]))
    everyone = range(len(sheet.plan.items))
    proves = [
        (item, name)
        for name in names
        for item in (choice.items if name in axis["values"] else everyone)
    ]
    slots = fill(sheet, voice, choice)
    text = say(sheet.draw, str(spec["say"]), voice, slots)
    concept, value = spec.get("fact", ("", ""))
    trap = spec.get("trap")
    note = Note(
        proves=tuple(pair for pair in proves if _applies(sheet.plan, pair)),
        concept=concept,
        value=str(value).format_map(slots),
        status=str(spec.get("status", "present")),
        trap=tuple(trap) if trap else None,
        kind=f"{choice.axis}: {choice.option}",
        values={name: text.split(",")[0] for name, text in axis["values"].items()},
    )
    return sheet.note(text, note)


def _applies(plan: CasePlan, pair: tuple[int, str]) -> bool:
    item, criterion = pair
    return criterion in criteria_of(plan.items[item].topic)


def all_items(plan: CasePlan, *criteria: str) -> tuple[tuple[int, str], ...]:
    """These criteria of every item that has them."""
    return tuple(
        (item.index, name)
        for item in plan.items
        for name in criteria
        if name in criteria_of(item.topic)
    )


def statements(sheet: Sheet, at: str, section: str, voice: str) -> list[str]:
    """Everything the truth wants said at this place of the record."""
    return [
        speak(sheet, choice, spec, voice)
        for choice in sheet.plan.choices
        for spec in data("axes")[choice.axis][choice.option]["says"]
        if spec["at"] == at and spec["in"] == section
    ]


def wanted(plan: CasePlan, at: str) -> bool:
    """Whether the truth wants anything said at this place."""
    return any(
        spec["at"] == at
        for choice in plan.choices
        for spec in data("axes")[choice.axis][choice.option]["says"]
    )
