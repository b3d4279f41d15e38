"""The form of 2014: documents reviewed, and decisions either labelled or told in sentences."""

from __future__ import annotations

from openimr.synth.letters.content import Content
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.form_labelled import labelled_items
from openimr.synth.letters.parts import (
    credentials_sentence,
    documents_of,
    fixed,
    header_block,
    item_line,
    told_line,
)
from openimr.synth.letters.setting import Paragraph


def decisions_form(dice: Dice, content: Content) -> list[Paragraph]:
    """The whole letter of 2014."""
    head = content.header
    items = labelled_items(content) if dice.chance(0.4) else _told_items(dice, content)
    return [
        *header_block(dice, head),
        Paragraph("HOW THE IMR FINAL DETERMINATION WAS MADE"),
        Paragraph(f"{fixed('made')} {credentials_sentence(head)}"),
        Paragraph("DOCUMENTS REVIEWED"),
        Paragraph(fixed("documents_intro"), close=True),
        *(Paragraph(f"- {paper}", close=True) for paper in documents_of(dice, head)),
        Paragraph("CLINICAL CASE SUMMARY"),
        Paragraph(fixed("summary_intro"), close=True),
        Paragraph(content.summary, name="clinical_case_summary"),
        Paragraph("IMR DECISION(S) AND RATIONALE(S)"),
        Paragraph(fixed("issues_intro"), close=True),
        *items,
    ]


def _told_items(dice: Dice, content: Content) -> list[Paragraph]:
    """Numbered items whose outcome and guidelines are sentences."""
    reviewer = dice.pick(("Physician Reviewer", "Physician Reviewer", "Expert Reviewer"))
    capitals = dice.chance(0.3)
    parts = []
    for index, item in enumerate(content.items):
        line = item_line(content, index)
        verdict = "is not" if item.upheld else "is"
        parts += [
            Paragraph(
                line.upper() if capitals else line,
                name="request",
                item=index,
                label=f"{index + 1}. ",
                tail=f" {verdict} medically necessary and appropriate.",
            ),
            Paragraph(
                told_line(item.claims, "Claims Administrator", reviewer),
                name="claims_admin_guideline",
                item=index,
            ),
            Paragraph(
                told_line(item.reviewer, "Expert Reviewer", reviewer),
                name="maximus_guideline",
                item=index,
                close=dice.chance(0.5),
            ),
            Paragraph(
                item.rationale.text,
                name="rationale",
                item=index,
                label=f"The {reviewer}'s decision rationale: ",
            ),
        ]
    return parts
