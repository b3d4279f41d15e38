"""The two guideline lines of an item, in many wordings, and what each of them cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openimr.synth.letters.bank import Slots, data, phrases, say
from openimr.synth.letters.request import ForgedRequest

NEW_SET_YEAR = 2017
"""Letters decided from this year on cite the chronic pain guideline of July 2016."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedLine:
    """One guideline line and its truth."""

    text: str
    mtus: bool = False
    odg: bool = False
    pages: tuple[tuple[int, int], ...] = ()


_CLAIMS, _REVIEWER = "Claims Administrator", "Expert Reviewer"


def claims_line(slots: Slots, request: ForgedRequest, year: int) -> ForgedLine:
    """What the claims administrator went by: often nothing that the letter knows of."""
    none = 0.25 if year > NEW_SET_YEAR - 2 else 0.12
    return _line(slots, request, year, _CLAIMS, none)


def reviewer_line(slots: Slots, request: ForgedRequest, year: int) -> ForgedLine:
    """What the reviewer went by; services that hang on an operation cite nothing."""
    none = 0.6 if request.facts.get("associated_surgical") else 0.01
    return _line(slots, request, year, _REVIEWER, none)


def _line(slots: Slots, request: ForgedRequest, year: int, role: str, none: float) -> ForgedLine:
    dice = slots.dice
    slots["role"] = role
    if dice.chance(none):
        return ForgedLine(text=say(slots, phrases("lines", "none")))
    mtus = _mtus(slots, request, year)
    if mtus is None or dice.chance(0.12):
        start = say(slots, phrases("lines", "outside" if year > NEW_SET_YEAR - 2 else "not_mtus"))
        text, odg = _other(slots, request)
        return ForgedLine(text=f"{start} {text}", odg=odg)
    if dice.chance(0.2):
        text, odg = _other(slots, request)
        return ForgedLine(text=f"{mtus.text} {text}", mtus=True, odg=odg, pages=mtus.pages)
    return mtus


def _mtus(slots: Slots, request: ForgedRequest, year: int) -> ForgedLine | None:
    """`Decision based on MTUS ...`; None where the schedule has nothing for this care."""
    group, dice, words = data("guidelines")["groups"][request.group], slots.dice, data("lines")
    if group.get("acupuncture"):
        old = year < NEW_SET_YEAR and dice.chance(0.6)
        name = "Acupuncture Treatment Guidelines" if old else "Acupuncture Treatment 2007"
        return ForgedLine(text=f"Decision based on MTUS {name}.", mtus=True)
    if group.get("acoem") and (not group["topics"] or dice.chance(0.5)):
        return _chapter(slots, request.part, year)
    if year >= NEW_SET_YEAR and group["sections"]:
        name = group.get("set", words["set_2016"][0])
        if dice.chance(0.15):
            return ForgedLine(text=f"Decision based on MTUS {name}.", mtus=True)
        chosen = ", ".join(dice.some(group["sections"], dice.between(1, 2)))
        return ForgedLine(text=f"Decision based on MTUS {name}, Section(s): {chosen}.", mtus=True)
    if not group["pages"]:
        return None
    topic = dice.pick(group["topics"])
    name = dice.pick(words["set_2009"]) + (f" {topic}" if topic else "")
    return _with_pages(slots, name, dice.pick(group["pages"]))


def _chapter(slots: Slots, part: str, year: int) -> ForgedLine:
    """A chapter of ACOEM's guidelines as the schedule adopted them."""
    dice, chapters = slots.dice, data("guidelines")["chapters"]
    chapter = chapters.get(part, chapters[""])
    if year >= NEW_SET_YEAR or dice.chance(0.3):
        section = dice.pick(data("guidelines")["chapter_sections"])
        end = f", Section(s): {section}." if dice.chance(0.8) else "."
        return ForgedLine(text=f"Decision based on MTUS {chapter['name']}{end}", mtus=True)
    name = chapter["name"].rsplit(" ", 1)[0] if dice.chance(0.5) else chapter["name"]
    return _with_pages(
        slots, f"ACOEM {name}" if dice.chance(0.5) else name, dice.pick(chapter["pages"])
    )


def _with_pages(slots: Slots, name: str, pages: str) -> ForgedLine:
    if slots.dice.chance(0.08):
        return ForgedLine(text=f"Decision based on MTUS {name}.", mtus=True)
    slots["pages"] = pages
    mark = say(slots, phrases("lines", "page_marks"))
    return ForgedLine(text=f"Decision based on MTUS {name}{mark}.", mtus=True, pages=ranges(pages))


def ranges(pages: str) -> tuple[tuple[int, int], ...]:
    """Example: `78-80, 86` gives (78, 80) and (86, 86)."""
    found = []
    for part in pages.split(","):
        first, _, last = part.strip().partition("-")
        found.append((int(first), int(last or first)))
    return tuple(found)


def _other(slots: Slots, request: ForgedRequest) -> tuple[str, bool]:
    """`Decision based on Non-MTUS Citation ...`, and whether it is the ODG."""
    dice, guidelines = slots.dice, data("guidelines")
    if dice.chance(0.08):
        source = say(slots, phrases("guidelines", "other_sources"))
        return f"Decision based on Non-MTUS Citation {source}.", False
    group: dict[str, Any] = guidelines["groups"][request.group]
    part = guidelines["chapters"].get(request.part)
    slots["chapter"] = part["odg"] if part and group.get("acoem") else group["odg"][0]
    slots["topic"] = dice.pick(group["odg"][1])
    name = say(slots, phrases("lines", "odg_names"))
    if dice.chance(0.88):
        name += say(slots, phrases("lines", "odg_chapters")) + say(
            slots, phrases("lines", "odg_topics")
        )
    return f"Decision based on Non-MTUS Citation {name}.", True
