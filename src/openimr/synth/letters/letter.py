"""Forging a published letter: a seed and a number in, text or PDF and the truth out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openimr.synth.letters.content import Content, ForgedItem, draw_content
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.guideline import ForgedLine
from openimr.synth.letters.header import draw_header
from openimr.synth.letters.layouts import LAYOUTS
from openimr.synth.letters.parts import us
from openimr.synth.letters.setting import Paged, Paragraph, paged, truth_of, wrap

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedLetter:
    """A letter as printed pages of lines, and what it says."""

    name: str
    """Of its file, without an ending."""
    layout: str
    pages: tuple[tuple[str, ...], ...]
    spaced: bool
    """Printed as text with an empty line after each line, as some published texts are."""
    gold: Mapping[str, Json]

    @property
    def text(self) -> str:
        """The letter as a text file."""
        if self.spaced:
            return "\n\n".join("".join(f"{line} \n\n" for line in page) for page in self.pages)
        return "\n\f".join("\n".join(page) for page in self.pages) + "\n"


def forge_letter(
    seed: int, number: int, layout: str, *, like: int | None = None, pdf: bool = False
) -> ForgedLetter:
    """One forged letter with its truth; the same arguments give the same letter.

    Args:
        seed: Of the run.
        number: Of the letter in the run; no two numbers share a case number.
        layout: One of `LAYOUTS`.
        like: Another letter's number whose wording this one repeats for its own worker.
        pdf: The truth is that of a PDF, where hyphens at line ends are dropped.
    """
    header = draw_header(Dice(f"{seed}/{number}"), number, layout, seed)
    dice = Dice(f"{seed}/{number if like is None else like}/words")
    content = draw_content(dice, header)
    width = dice.between(88, 98)
    blocks = [
        (part, wrap(part.label + part.text + part.tail, width))
        for part in LAYOUTS[layout].write(dice, content)
    ]
    setting = paged(blocks, dice.between(42, 52))
    return ForgedLetter(
        name=header.case_number,
        layout=layout,
        pages=setting.pages,
        spaced=dice.chance(0.5),
        gold=_gold(layout, content, blocks, setting, pdf=pdf),
    )


def _gold(
    layout: str,
    content: Content,
    blocks: Sequence[tuple[Paragraph, list[str]]],
    setting: Paged,
    *,
    pdf: bool,
) -> Mapping[str, Json]:
    """The truth as the labels of published letters are given, and what forging knows beyond."""
    head = content.header
    header: dict[str, Json] = {
        "case_number": head.case_number,
        "date_assigned": us(head.assigned),
        "decision_date": us(head.decided),
        "date_of_injury": us(head.injured),
        "ur_denial_date": us(head.denied),
        "priority": head.priority,
        "application_received": us(head.received),
    }
    printed = LAYOUTS[layout].states
    gold = {name: value if name in printed else None for name, value in header.items()}
    gold["licensure"] = head.state_comma.join(head.states)
    gold["specialty"] = ", ".join(head.specialties)
    issues: list[dict[str, Json]] = [{} for _ in content.items]
    for number, (part, lines) in enumerate(blocks):
        if part.name:
            place = gold if part.item < 0 else issues[part.item]
            place[part.name] = truth_of(
                part, lines, join_hyphens=pdf, page_ends=setting.ends.get(number, ())
            )
    for issue, item in zip(issues, content.items, strict=True):
        issue.update(_item_gold(item))
    return {**gold, "issues": issues, "layout": layout}


def _item_gold(item: ForgedItem) -> dict[str, Json]:
    return {
        "decision": "Upheld" if item.upheld else "Overturned",
        "facts": dict(item.request.facts),
        "claims_cites": _cites(item.claims),
        "reviewer_cites": _cites(item.reviewer),
        "present": item.rationale.present,
        "missing": item.rationale.missing,
    }


def _cites(line: ForgedLine) -> dict[str, Json]:
    return {"mtus": line.mtus, "odg": line.odg, "pages": line.pages}
