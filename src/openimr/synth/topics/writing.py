"""Writing the documents of a topic's case, by the writers of all other cases."""

from __future__ import annotations

from typing import Any

from openimr.synth.bank import data
from openimr.synth.draw import Draw
from openimr.synth.extras import write_extra
from openimr.synth.forms import write_application, write_rfa
from openimr.synth.progress import exam_numbers, write_told_visit
from openimr.synth.record import Note, Record, Sheet, fill
from openimr.synth.review import write_decision
from openimr.synth.topics.plan import Told, TopicPlan


def write_documents(record: Record, plan: TopicPlan) -> dict[int, Note]:
    """All documents; where each passage of the plan came to stand."""
    draw = record.draw.fork("documents")
    write_application(record)
    write_decision(record)
    write_rfa(record)
    notes = {number: _note(told) for number, told in enumerate(plan.told)}
    told_at = {told.visit for told in plan.told}
    for visit in range(len(plan.visits)):
        if visit == 0 or visit in told_at:
            write_told_visit(record, visit, _author(plan.authors[visit]), _Teller(plan, notes))
    for number in range(draw.between(0, 2)):
        write_extra(record, number, size=1)
    return {number: note for number, note in notes.items() if note.quote}


def _author(name: str) -> dict[str, Any]:
    return next(author for author in data("authors")["authors"] if author["id"] == name)


def _note(told: Told) -> Note:
    first = told.facts[0]
    return Note(
        concept=first.concept, status=first.assertion, kind=told.statement, date=first.dated
    )


class _Teller:
    """Says, section by section, what the plan tells at a visit among what proves nothing."""

    def __init__(self, plan: TopicPlan, notes: dict[int, Note]) -> None:
        self._plan, self._notes = plan, notes

    def __call__(self, sheet: Sheet, section: str, visit: int, voice: str) -> list[str]:
        """The sentences of a section."""
        said = [
            sheet.note(told.text, self._notes[number])
            for number, told in enumerate(self._plan.told)
            if (told.visit, told.section) == (visit, section)
        ]
        return _filler(sheet, section, visit, voice) + said


def _filler(sheet: Sheet, section: str, visit: int, voice: str) -> list[str]:
    options = data("topic_filler").get(section, {})
    lines: list[str] = options.get(voice) or options.get("full", [])
    slots = fill(sheet, voice, None) | exam_numbers(sheet, visit)
    draw: Draw = sheet.draw
    count = draw.between(min(1, len(lines)), min(2, len(lines)))
    return [line.format_map(slots) for line in draw.some(lines, count)]
