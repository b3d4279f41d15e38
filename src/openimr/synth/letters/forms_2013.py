"""The two forms of 2013: the professional's review under six headings, and the notice."""

from __future__ import annotations

from openimr.synth.letters.content import Content
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.parts import (
    credentials_sentence,
    documents_of,
    fixed,
    item_line,
    rows_of,
    told_line,
    us_short,
)
from openimr.synth.letters.setting import Paragraph

_REVIEWER = "Expert Reviewer"


def professional_form(dice: Dice, content: Content) -> list[Paragraph]:
    """The first letters: one review, whose outcome is what the rationale concludes."""
    head = content.header
    guidelines, rationale = dice.pick(_HEADINGS)
    return [
        Paragraph("MEDICAL PROFESSIONAL REVIEW"),
        *rows_of(
            [
                f"IMR Case Number: {head.case_number}",
                f"Decision Date: {us_short(head.decided)}",
                f"Date of Injury: {us_short(head.injured)}",
                f"UR Denial Date: {us_short(head.denied)}",
                f"Application Received: {us_short(head.received)}",
            ]
        ),
        Paragraph("ISSUE AT DISPUTE:"),
        *_numbered(content, "request", [item_line(content, at) for at in _range(content)]),
        Paragraph("CASE SUMMARY:"),
        Paragraph(content.summary, name="clinical_case_summary", close=True),
        Paragraph("DOCUMENTS REVIEWED FOR DETERMINATION:"),
        *(Paragraph(f"- {paper}", close=True) for paper in documents_of(dice, head)),
        Paragraph(guidelines),
        *_guidelines(content, numbered=True),
        Paragraph(rationale),
        *_numbered(content, "rationale", [item.rationale.text for item in content.items]),
        Paragraph("MEDICAL REVIEWER QUALIFICATIONS:"),
        Paragraph(f"{credentials_sentence(head)} {fixed('qualified')}", close=True),
    ]


_HEADINGS = (
    (
        "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:",
        "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS OR IS NOT MEDICALLY NECESSARY:",
    ),
    ("MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY THE EXPERT REVIEWER:", "RATIONALE:"),
    (
        "MEDICAL TREATMENT GUIDELINES RELIED UPON BY THE EXPERT REVIEWER TO MAKE HIS/HER DECISION:",
        "RATIONALE FOR THE DECISION:",
    ),
)


def _range(content: Content) -> range:
    return range(len(content.items))


def _number(content: Content, index: int) -> str:
    """The number that a part bears where there are several."""
    return f"{index + 1}. " if len(content.items) > 1 else ""


def _numbered(content: Content, name: str, texts: list[str]) -> list[Paragraph]:
    return [
        Paragraph(text, name=name, item=at, label=_number(content, at), close=True)
        for at, text in enumerate(texts)
    ]


def _guidelines(content: Content, *, numbered: bool = False) -> list[Paragraph]:
    parts = []
    for at, item in enumerate(content.items):
        parts += [
            Paragraph(
                told_line(item.claims, "Claims Administrator", _REVIEWER),
                name="claims_admin_guideline",
                item=at,
                label=_number(content, at) if numbered else "",
                close=True,
            ),
            Paragraph(
                told_line(item.reviewer, _REVIEWER, _REVIEWER),
                name="maximus_guideline",
                item=at,
                close=True,
            ),
        ]
    return parts


def notice_form(dice: Dice, content: Content) -> list[Paragraph]:
    """The notice of autumn 2013: decisions on the first page, then a section for each."""
    head = content.header
    decided = [_decided(content, at) for at in _range(content)]
    parts = [
        Paragraph("Notice of Independent Medical Review Determination"),
        *rows_of(
            [
                f"Dated: {us_short(head.decided)}",
                f"Date of UR Decision: {us_short(head.denied)}",
                f"Date of Injury: {us_short(head.injured)}",
                f"IMR Application Received: {us_short(head.received)}",
                f"MAXIMUS Case Number: {head.case_number}",
            ]
        ),
        *decided,
        Paragraph("INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE"),
        *decided,
        Paragraph("Medical Qualifications of the Expert Reviewer:"),
        Paragraph(f"{credentials_sentence(head)} {fixed('qualified')}", close=True),
        Paragraph("Expert Reviewer Case Summary:"),
        Paragraph(content.summary, name="clinical_case_summary", close=True),
        Paragraph("Documents Reviewed for Determination:"),
        Paragraph(fixed("documents_intro"), close=True),
        *(Paragraph(f"- {paper}", close=True) for paper in documents_of(dice, head)),
    ]
    guidelines = _guidelines(content)
    for at, item in enumerate(content.items):
        parts += [
            Paragraph(
                item_line(content, at),
                name="request",
                item=at,
                label=f"{at + 1}) Regarding the request for ",
                tail=":",
            ),
            Paragraph(_RELIED),
            *guidelines[2 * at : 2 * at + 2],
            Paragraph("Rationale for the Decision:"),
            Paragraph(item.rationale.text, name="rationale", item=at, close=True),
        ]
    return [*parts, Paragraph("Effect of the Decision:"), Paragraph(fixed("effect"), close=True)]


_RELIED = (
    "Medical Treatment Guideline(s) Relied Upon by the Expert Reviewer to Make His/Her Decision:"
)


def _decided(content: Content, at: int) -> Paragraph:
    verdict = "is not" if content.items[at].upheld else "is"
    return Paragraph(
        f"{at + 1}) MAXIMUS Federal Services, Inc. has determined the request for "
        f"{item_line(content, at)} {verdict} medically necessary and appropriate."
    )
