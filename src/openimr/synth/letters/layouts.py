"""The four forms in which determinations were published, as paragraphs in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from openimr.synth.letters.bank import data
from openimr.synth.letters.content import Content, ForgedItem
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.setting import Paragraph

Layout = Callable[[Dice, Content], list[Paragraph]]


def _us(day: date) -> str:
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


@lru_cache
def _words(name: str) -> str:
    text = data("prose")[name]
    return text if isinstance(text, str) else text[0]


def header_form(dice: Dice, content: Content) -> list[Paragraph]:
    """The form of 2015 and later: a header block, credentials, summary, items."""
    return [*_block(dice, content), *plain_form(dice, content)]


def _block(dice: Dice, content: Content) -> list[Paragraph]:
    """The header block: two columns, whose last cell wraps in most prints."""
    head = content.header
    rows = [
        f"Case Number: {head.case_number}",
        f"Date Assigned: {_us(head.assigned)} Date of Injury: {_us(head.injured)}",
        f"Decision Date: {_us(head.decided)} UR Denial Date: {_us(head.denied)}",
    ]
    if dice.chance(0.6):
        rows += [f"Priority: {head.priority} Application", "Received:", _us(head.received)]
    else:
        rows.append(f"Priority: {head.priority} Application Received: {_us(head.received)}")
    return [Paragraph(row, close=True) for row in rows]


def plain_form(dice: Dice, content: Content) -> list[Paragraph]:
    """The same without the header block."""
    del dice
    head = content.header
    return [
        Paragraph("HOW THE IMR FINAL DETERMINATION WAS MADE"),
        Paragraph(_words("made")),
        Paragraph(_words("credentials")),
        Paragraph(
            head.state_comma.join(head.states),
            name="licensure",
            label="State(s) of Licensure: ",
            close=True,
        ),
        Paragraph(
            ", ".join(head.specialties),
            name="specialty",
            label="Certification(s)/Specialty: ",
            close=True,
        ),
        Paragraph("CLINICAL CASE SUMMARY"),
        Paragraph(_words("summary_intro"), close=True),
        Paragraph(content.summary, name="clinical_case_summary"),
        Paragraph("IMR ISSUES, DECISIONS AND RATIONALES"),
        Paragraph(_words("issues_intro"), close=True),
        *(part for item in content.items for part in _item(item)),
    ]


def _item(item: ForgedItem) -> list[Paragraph]:
    outcome = "Upheld" if item.upheld else "Overturned"
    return [
        Paragraph(item.request.line, name="request", tail=f": {outcome}"),
        Paragraph(
            item.claims.text,
            name="claims_admin_guideline",
            label="Claims Administrator guideline: ",
        ),
        Paragraph(item.reviewer.text, name="maximus_guideline", label="MAXIMUS guideline: "),
        Paragraph(item.rationale.text, name="rationale", label="Decision rationale: "),
    ]


LAYOUTS: Mapping[str, Layout] = {"header": header_form, "plain": plain_form}
"""Name to form."""
