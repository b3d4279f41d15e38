"""Text that stands elsewhere: in another item of the letter, in another letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openimr.model.problem import Place, Problem
from openimr.model.request import RequestKind
from openimr.qa.check import Check, Scene
from openimr.qa.drugs import same_substance
from openimr.qa.letter import CheckedLetter, Item, follows_another
from openimr.qa.words import runs, sentences

ITEM, LETTER = "COPIED-ITEM", "COPIED-LETTER"
_WHOLE = 0.95
"""Of a draft: its sentences have one form, so that only a whole copy tells something."""
_OF_ONE_KIND = 0.8
"""Of two studies or two therapies: their guideline is much the same, their facts are not."""


def share(text: str, other: str) -> float:
    """How much of a text stands in another, by runs of eight words.

    >>> share("a b c d e f g h i", "and a b c d e f g h")
    0.5
    """
    own = runs(text)
    return len(own & runs(other)) / len(own) if own else 0.0


def _other_item(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """Every item with the earlier one that shares most of its words."""
    at_least = _WHOLE if letter.is_draft else scene.rules.shared_with_item
    for at, item in enumerate(letter.items):
        shared = [
            (part, other)
            for other in letter.items[:at]
            if not _is_one_request(other, item, scene)
            and (part := _most(item.rationale, other.rationale))
            >= (max(at_least, _OF_ONE_KIND) if _is_of_one_kind(other, item) else at_least)
        ]
        if shared:
            part, source = max(shared, key=lambda one: one[0])
            yield Problem(
                code=ITEM,
                item=item.index,
                place=Place.RATIONALE,
                message=f"{part:.0%} of it stands word for word in the rationale of item"
                f" {source.index}",
                quote=_shared_sentence(item.rationale, source.rationale),
                share=round(part, 3),
            )


def _most(text: str, other: str) -> float:
    """The larger of the two shares: a short text may stand whole in a long one."""
    return max(share(text, other), share(other, text))


def _is_one_request(one: Item, other: Item, scene: Scene) -> bool:
    """Two strengths of a drug, two parts of one operation, one treatment of one part twice."""
    if follows_another(one) and follows_another(other):
        return True
    drug, beside = scene.drugs.of(one.request), scene.drugs.of(other.request)
    if drug is not None and beside is not None:
        return same_substance(drug, beside)
    return _is_one_treatment(one, other) and not _is_of_another_part(one, other)


def _is_one_treatment(one: Item, other: Item) -> bool:
    asked, beside = one.request, other.request
    same_kind = asked.kind is beside.kind and asked.topic_id == beside.topic_id
    return same_kind and asked.procedure == beside.procedure


def _is_of_one_kind(one: Item, other: Item) -> bool:
    kind = one.request.kind
    return kind is other.request.kind and kind not in {RequestKind.DRUG, RequestKind.OTHER}


def _is_of_another_part(one: Item, other: Item) -> bool:
    """The same treatment of the neck and of the low back, of the left arm and of the right one."""
    asked, beside = one.request, other.request
    parts, sides = (asked.body_parts, beside.body_parts), (asked.laterality, beside.laterality)
    differs = any(all(told) and told[0] != told[1] for told in (parts, sides))
    return differs and _is_one_treatment(one, other)


def _other_letter(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    at_least = _WHOLE if letter.is_draft else scene.rules.shared_with_letter
    for item in letter.items:
        if follows_another(item):
            continue
        copy = scene.copies.best(item.rationale, letter, at_least)
        if copy is not None:
            source = Source(copy.letter.name, copy.item.index, copy.item.rationale)
            yield copied_from(item.rationale, item.index, copy.share, source)


class Source(NamedTuple):
    """The item of another letter that a text stands in."""

    letter: str
    item: int
    rationale: str


def copied_from(rationale: str, item: int, part: float, source: Source) -> Problem:
    """The problem of an item whose rationale stands, for a share of it, in another letter."""
    return Problem(
        code=LETTER,
        item=item,
        place=Place.RATIONALE,
        message=f"{part:.0%} of it stands word for word in {source.letter}, item {source.item}",
        quote=_shared_sentence(rationale, source.rationale),
        share=round(part, 3),
    )


def _shared_sentence(text: str, other: str) -> str:
    """The longest sentence that both have."""
    known = {told.text for told in sentences(other)}
    shared = [told.text for told in sentences(text) if told.text in known]
    return max(shared, key=len, default="")


CHECK_ITEM = Check(
    ITEM,
    "the same text as another item",
    "Reasons must be about the item; the same words for two different treatments decide neither.",
    _other_item,
)
CHECK_LETTER = Check(
    LETTER,
    "the same text as another letter",
    "A letter decides the case of one worker (Labor Code 4610.6(e)).",
    _other_letter,
)
