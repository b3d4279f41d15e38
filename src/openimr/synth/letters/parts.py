"""Pieces that several forms of the letter share: header rows, credentials, documents, lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from openimr.synth.letters.bank import data
from openimr.synth.letters.content import Content
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.guideline import ForgedLine
from openimr.synth.letters.header import Header
from openimr.synth.letters.setting import Paragraph

CASE, INJURED, DENIED, RECEIVED = (
    "Case Number", "Date of Injury", "UR Denial Date", "Application Received",
)  # fmt: skip
_START = "Decision based on "
_OTHER = "Non-MTUS Citation "


@lru_cache
def fixed(name: str) -> str:
    """A text of the form by its name in the phrase file."""
    text = data("prose")[name]
    return text if isinstance(text, str) else str(text[0])


def us(day: date) -> str:
    """Example: `01/06/2017`."""
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


def us_short(day: date) -> str:
    """Example: `1/6/2017`."""
    return f"{day.month}/{day.day}/{day.year}"


def header_block(dice: Dice, head: Header) -> list[Paragraph]:
    """The block of 2014 and later: two columns, whose last cell wraps in most prints."""
    rows = [
        f"{CASE}: {head.case_number}",
        f"Date Assigned: {us(head.assigned)} {INJURED}: {us(head.injured)}",
        f"Decision Date: {us(head.decided)} {DENIED}: {us(head.denied)}",
    ]
    if dice.chance(0.6):
        rows += [f"Priority: {head.priority} Application", "Received:", us(head.received)]
    else:
        rows.append(f"Priority: {head.priority} {RECEIVED}: {us(head.received)}")
    return rows_of(rows)


def rows_of(rows: Sequence[str]) -> list[Paragraph]:
    """Lines that stand close to each other."""
    return [Paragraph(row, close=True) for row in rows]


def credentials_sentence(head: Header) -> str:
    """What the reviewer is, told in a sentence, as letters before 2015 do."""
    first, *more = head.specialties
    special = f"Board Certified in {first}"
    if more:
        special += f", has a subspecialty in {_listed(more)}"
    return (
        f"The physician reviewer is {special} and is licensed to practice in "
        f"{_listed(head.states)}."
    )


def _listed(names: Sequence[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def documents_of(dice: Dice, head: Header) -> list[str]:
    """The papers that the letter says were reviewed."""
    first = head.denied - timedelta(days=dice.between(60, 400))
    papers = [
        f"Application for Independent Medical Review received {us_short(head.received)}",
        f"Utilization review determination dated {us_short(head.denied)}",
        f"Medical records from the claims administrator dated {us_short(first)} to "
        f"{us_short(head.denied)}",
        f"Progress reports by the treating physician dated {us_short(first)}",
        "Medical Treatment Utilization Schedule",
        f"Imaging report dated {us_short(head.denied - timedelta(days=dice.between(5, 200)))}",
        f"Therapy notes, {dice.between(2, 20)} pages",
    ]
    return papers[: dice.between(3, len(papers))]


def told_line(line: ForgedLine, role: str, reviewer: str) -> str:
    """A guideline line as sentences, as letters of 2013 and 2014 print it.

    Example: `Decision based on MTUS Acupuncture Treatment 2007.` becomes `The Claims Administrator
    based its decision on the MTUS Acupuncture Treatment 2007.`
    """
    name = f"The {reviewer}" if role == "Expert Reviewer" else f"The {role}"
    whose = "his/her" if role == "Expert Reviewer" else "its"
    start, *cited = line.text.replace("The Expert Reviewer", name).split(_START)
    sentences = [start.strip()] if start.strip() else []
    for source in (part.strip().removesuffix(".") for part in cited):
        if source.startswith(_OTHER):
            other = source.removeprefix(_OTHER)
            sentences.append(
                f"{name} based {whose} decision on the {other}, which is not part of the MTUS."
            )
        else:
            sentences.append(f"{name} based {whose} decision on the {source}.")
    return " ".join(sentences)


def item_line(content: Content, index: int) -> str:
    """The request of an item where a sentence goes on after it: without a trailing `is`."""
    return content.items[index].request.line.removesuffix(" is")
