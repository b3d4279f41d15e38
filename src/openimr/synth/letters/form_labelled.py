"""The form of 2015 and later: credentials, summary, and items whose parts are labelled."""

from __future__ import annotations

from openimr.synth.letters.content import Content
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.parts import fixed, header_block
from openimr.synth.letters.setting import Paragraph


def header_form(dice: Dice, content: Content) -> list[Paragraph]:
    """With the header block, as the Division publishes them."""
    return [*header_block(dice, content.header), *plain_form(dice, content)]


def plain_form(dice: Dice, content: Content) -> list[Paragraph]:
    """The same without the header block."""
    del dice
    head = content.header
    states = head.state_comma.join(head.states)
    return [
        Paragraph("HOW THE IMR FINAL DETERMINATION WAS MADE"),
        Paragraph(fixed("made")),
        Paragraph(fixed("credentials")),
        Paragraph(states, label="State(s) of Licensure: ", close=True),
        Paragraph(", ".join(head.specialties), label="Certification(s)/Specialty: ", close=True),
        Paragraph("CLINICAL CASE SUMMARY"),
        Paragraph(fixed("summary_intro"), close=True),
        Paragraph(content.summary, name="clinical_case_summary"),
        Paragraph("IMR ISSUES, DECISIONS AND RATIONALES"),
        Paragraph(fixed("issues_intro"), close=True),
        *labelled_items(content),
    ]


def labelled_items(content: Content) -> list[Paragraph]:
    """Every item: heading with its outcome, two guideline lines, rationale."""
    parts = []
    for index, item in enumerate(content.items):
        outcome = "Upheld" if item.upheld else "Overturned"
        parts += [
            Paragraph(item.request.line, name="request", item=index, tail=f": {outcome}"),
            Paragraph(
                item.claims.text,
                name="claims_admin_guideline",
                item=index,
                label="Claims Administrator guideline: ",
            ),
            Paragraph(
                item.reviewer.text,
                name="maximus_guideline",
                item=index,
                label="MAXIMUS guideline: ",
            ),
            Paragraph(
                item.rationale.text, name="rationale", item=index, label="Decision rationale: "
            ),
        ]
    return parts
