"""A rationale about something else: another drug, another amount, another part of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from openimr.model.drug import Drug
from openimr.model.problem import Problem
from openimr.model.request import RequestKind
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.drugs import Named, same_substance
from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.words import Sentence, sentences

DRUG, SIDE, AMOUNT = "OTHER-ITEM", "OTHER-SIDE", "AMOUNT"
_REQUEST = re.compile(
    r"\b(?:the\s+)?(?:current\s+|requested\s+|retrospective\s+)?request\s*(?:for|is|of)|\b(?:is|are)\s+"
    r"(?:not\s+)?medically\s+necessary|\brequested\s+(?:medication|treatment|service)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\brequest\s+(?:for|of)\s+(?:[\w.-]+\s+){0,2}$", re.IGNORECASE)
_REACH = 80
"""Characters before a drug in which the request for it is spoken of."""
_STRENGTH = re.compile(
    r"(?<![\d/.-])(\d+(?:[.,]\d+)?(?:/\d+(?:\.\d+)?)?)\s*(mg|mcg|ug|%)(?!\s*/?\s*(?:day|d\b))",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"#\s*(\d{1,4})\b|\bquantity\s*(?:of|:)?\s*(\d{1,4})\b", re.IGNORECASE)
_SIDES = re.compile(
    r"\b(left|right)[\s-]+(?!handed|hand[\s-]+dominant|dominant|now\b|away\b|after\b)(\w+)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:follow\w*|after|prior|previous\w*|status\s+post|history|opposite|contralateral|unlike|compar\w+)\b",
    re.IGNORECASE,
)
"""The other side is told of, not concluded upon."""
_OTHER_REQUEST = re.compile(
    r"\b(?:prior|previous|earlier|separate|past)\s+requests?\b|\binstead\b", re.IGNORECASE
)
_PART = re.compile(
    r"\b(?:modif\w+|certif\w+|reduc\w+|wean\w*|taper\w*|partial\w*|exceed\w*|maxim\w+|up\s+to|limit\w*"
    r"|(?:more|less|fewer)\s+than)\b",
    re.IGNORECASE,
)
"""The amount is that of a part or a ceiling, not the one requested."""
_BOTH = re.compile(r"\bbilateral\b", re.IGNORECASE)


def _other_drug(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """The last drug concluded upon is another one than the heading's."""
    asked = [drug for item in letter.items if (drug := scene.drugs.of(item.request))]
    for item in letter.items:
        own = scene.drugs.of(item.request)
        if own is None:
            continue
        about = [(told, list(scene.drugs.find(told.text))) for told in _of_request(item)]
        stranger = _asked_for(about, own) or _last(about, own)
        if stranger is None:
            continue
        told, named = stranger
        where = "another item" if _is_any(named, asked) else "no item of this letter"
        message = (
            f"it concludes on {named.drug.generic}, which is {where}; the heading asks"
            f" for {own.generic}"
        )
        yield of_item(DRUG, item, message, told=told, against=item.heading)


_About: TypeAlias = tuple[Sentence, list[Named]]
"""A sentence and the drugs that it names."""


def _asked_for(about: list[_About], own: Drug) -> tuple[Sentence, Named] | None:
    """`The request for X`, where X is not the heading's drug."""
    for told, drugs in about:
        if any(same_substance(named.drug, own) for named in drugs):
            continue
        for named in drugs:
            if _FOR.search(told.text[max(0, named.start - _REACH) : named.start]):
                return told, named
    return None


def _last(about: list[_About], own: Drug) -> tuple[Sentence, Named] | None:
    """The last drug concluded upon, where it is another one."""
    told, drugs = next(((told, drugs) for told, drugs in reversed(about) if drugs), (None, []))
    if told is None or any(same_substance(named.drug, own) for named in drugs):
        return None
    return told, drugs[-1]


def _of_request(item: Item) -> list[Sentence]:
    return [
        told
        for told in sentences(item.rationale)
        if _REQUEST.search(told.text) and not _OTHER_REQUEST.search(told.text)
    ]


def _is_any(named: Named, asked: list[Drug]) -> bool:
    return any(same_substance(named.drug, drug) for drug in asked)


def _other_side(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """`The request for MRI of the left knee` where the heading asks for the right one."""
    del scene
    for item in letter.items:
        side = item.request.laterality
        if side not in {"left", "right"} or _BOTH.search(item.heading):
            continue
        other = "left" if side == "right" else "right"
        for told in _of_request(item):
            sides = {found[1].lower() for found in _SIDES.finditer(told.text)}
            if sides == {other} and not _BESIDE.search(told.text):
                message = f"it concludes on the {other} side, the heading asks for the {side} one"
                yield of_item(SIDE, item, message, told=told, against=item.heading)
                break


def _other_amount(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """A strength or quantity in the conclusion that differs from the heading's."""
    for item in letter.items:
        if item.request.kind is not RequestKind.DRUG:
            continue
        own = scene.drugs.of(item.request)
        for told in _of_request(item):
            found = list(scene.drugs.find(told.text))
            if own is None or len({one.drug.ingredients for one in found}) != 1:
                continue
            if not same_substance(found[0].drug, own) or _PART.search(told.text):
                continue
            wrong = _differs(item, told.text)
            if wrong:
                yield of_item(AMOUNT, item, wrong, told=told, against=item.heading)
                break


def _differs(item: Item, told: str) -> str:
    strengths, written = _strengths(told), _strengths(item.heading)
    same_units = {unit for _, unit in strengths} == {unit for _, unit in written}
    if len(strengths) == 1 and same_units and not strengths & written:
        of_heading = ", ".join(sorted(value for value, _ in written))
        return f"the conclusion is on {strengths.pop()[0]}, the heading on {of_heading}"
    counts = {int(found[1] or found[2]) for found in _QUANTITY.finditer(told)}
    quantity = item.request.quantity
    if len(counts) == 1 and quantity is not None and counts != {int(quantity)}:
        return f"the conclusion is on #{counts.pop()}, the heading on #{int(quantity)}"
    return ""


def _strengths(text: str) -> set[tuple[str, str]]:
    """Strengths with their units: `40% relief` is no other strength of 10 mg."""
    return {
        (found[1].replace(",", ""), found[2].lower().replace("ug", "mcg"))
        for found in _STRENGTH.finditer(text)
    }


CHECK_DRUG = Check(
    DRUG,
    "the rationale concludes on another drug",
    "Reasons copied from another item or letter decide nothing about this one.",
    _other_drug,
)
CHECK_SIDE = Check(
    SIDE,
    "the rationale concludes on the other side of the body",
    "The item in dispute is the one requested; a decision on another one leaves it open.",
    _other_side,
)
CHECK_AMOUNT = Check(
    AMOUNT,
    "strength or quantity differ from the heading",
    "The item heading must equal the request (drug, strength, quantity, refills), and the reasons"
    " must be about it.",
    _other_amount,
)
