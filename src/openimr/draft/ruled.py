"""The reviewer's ruling laid on the draft: outcomes, words, and who the letter says decided.

Findings and suggestions that the reviewer overrules are part of the evaluation already; here the
draft's voice gives way to the decision's. Every item needs an outcome, and one that does not follow
from the criteria needs the reviewer's reason (Labor Code 4610.6(a), (e); 8 CCR 9792.10.6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openimr.draft.bind import tidy
from openimr.draft.guidelines import DECISION_LEAD, DRAFT_LEAD
from openimr.draft.method import how_decided
from openimr.draft.rationale import DRAFT_CLOSE
from openimr.model.determination import (
    Determination,
    GuidelineLine,
    ItemDetermination,
    Sentence,
    Status,
)
from openimr.model.errors import InputError
from openimr.model.finding import Suggestion
from openimr.model.ruling import ItemRuling, Outcome, Ruling, SentenceOverride

FOLLOWS = {
    Suggestion.SUPPORT: Outcome.OVERTURNED,
    Suggestion.NOT_SUPPORT: Outcome.UPHELD,
    Suggestion.MODIFY_TO: Outcome.UPHELD,
}
"""The outcome that follows from a suggestion. Review decides the request as written, so one that is
supported in a smaller form only is upheld; where criteria settle nothing, nothing follows."""
_NECESSARY = {Outcome.OVERTURNED: "is", Outcome.UPHELD: "is not"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a letter says of the reviewer, and all it says."""

    licensure: tuple[str, ...]
    specialties: tuple[str, ...]


def apply_ruling(draft: Determination, ruling: Ruling, credentials: Credentials) -> Determination:
    """The determination that the reviewer signs.

    Args:
        draft: as derived with what the ruling overrules of findings and suggestions.
        ruling: outcomes and sentences.
        credentials: states of licensure and specialties.

    Raises:
        InputError: an item has no outcome or two, an outcome lacks the reason it needs, or a
            sentence is overruled that is not there; all such places are named.
    """
    problems = [*_ruling_problems(draft, ruling)]
    if problems:
        raise InputError(
            f"the ruling cannot be signed: {'; '.join(problems)}",
            why="each item needs an outcome, and one against its criteria a reason "
            "(Labor Code 4610.6(a) and (e), 8 CCR 9792.10.6(d))",
            remedy="complete the ruling; nothing was written",
        )
    by_item = {one.item: one for one in ruling.items}
    return replace(
        draft,
        status=Status.SIGNED,
        ruling=ruling,
        reviewer_licensure=", ".join(credentials.licensure),
        reviewer_specialty=", ".join(credentials.specialties),
        how_made=how_decided(draft, ruling, _against(draft, by_item)),
        items=tuple(_item(item, by_item[item.item.index], ruling) for item in draft.items),
    )


def _against(draft: Determination, ruled: Mapping[int, ItemRuling]) -> int:
    """How many items are decided otherwise than their suggestion, as it stands after overruling."""
    follows = {one.item.index: FOLLOWS.get(one.evaluation.suggestion) for one in draft.items}
    return sum(
        follows[index] is not None and follows[index] is not one.outcome
        for index, one in ruled.items()
    )


def _ruling_problems(draft: Determination, ruling: Ruling) -> list[str]:
    items = {item.item.index: item for item in draft.items}
    counted = Counter(one.item for one in ruling.items)
    problems = [f"item {index} has no outcome" for index in items if index not in counted]
    problems += [f"item {index} has {n} outcomes" for index, n in counted.items() if n > 1]
    overruled = [
        *((one.item, one.reason) for one in ruling.findings),
        *((one.item, one.reason) for one in ruling.suggestions),
        *((one.item, one.reason) for one in ruling.sentences),
    ]
    unknown = {*counted, *(index for index, _ in overruled)} - set(items)
    problems += [f"there is no item {index}" for index in sorted(unknown)]
    for one in ruling.items:
        if one.item in items and not one.reason.strip():
            problems += _needs_reason(items[one.item], one)
    problems += [
        f"item {index} overrules without a reason"
        for index, reason in overruled
        if not reason.strip()
    ]
    problems += _opened_problems(draft, ruling)
    for sentence in ruling.sentences:
        problems += _sentence_problems(items.get(sentence.item), sentence)
    return problems


def _opened_problems(draft: Determination, ruling: Ruling) -> list[str]:
    """Pages said to have been opened that the record does not have."""
    pages = {document.id: len(document.pages) for document in draft.documents}
    return [
        f"{one.document} p. {page} was not opened: the record has no such page"
        for one in ruling.opened or ()
        for page in one.pages
        if not 1 <= page <= pages.get(one.document, 0)
    ]


def _needs_reason(item: ItemDetermination, ruling: ItemRuling) -> list[str]:
    suggestion = item.evaluation.suggestion
    follows = FOLLOWS.get(suggestion)
    if follows is ruling.outcome:
        return []
    against = (
        "the criteria suggest neither outcome"
        if follows is None
        else f"{follows.value} follows from its criteria"
    )
    return [f"item {ruling.item} is {ruling.outcome.value} without a reason, and {against}"]


def _sentence_problems(item: ItemDetermination | None, override: SentenceOverride) -> list[str]:
    where = f"item {override.item}, sentence {override.number}"
    if item is None or not 1 <= override.number <= len(item.rationale):
        return [f"{where}: there is no such sentence"]
    return [] if override.text.strip() else [f"{where}: its words are empty"]


def _item(item: ItemDetermination, ruling: ItemRuling, whole: Ruling) -> ItemDetermination:
    words = {one.number: one.text for one in whole.sentences if one.item == ruling.item}
    told = [
        replace(sentence, text=tidy(words[number]), overruled=sentence.text)
        if number in words
        else sentence
        for number, sentence in enumerate(item.rationale, start=1)
    ]
    return replace(
        item,
        outcome=ruling.outcome,
        reviewer_guideline=_decided(item.reviewer_guideline),
        rationale=(*_without_draft_close(told), *_decision(item, ruling, told[-1])),
    )


def _decided(line: GuidelineLine) -> GuidelineLine:
    return replace(line, text=line.text.replace(DRAFT_LEAD, DECISION_LEAD))


def _without_draft_close(sentences: Sequence[Sentence]) -> list[Sentence]:
    """`...; the physician decides` is the draft's; now the physician has decided."""
    return [replace(one, text=one.text.replace(DRAFT_CLOSE, "")) for one in sentences]


def _decision(item: ItemDetermination, ruling: ItemRuling, close: Sentence) -> list[Sentence]:
    """The reviewer's reason and the decision; both stand on what the suggestion stands on."""
    verdict = f"The request for {item.item.request_text.rstrip(' .')}"
    verdict = f"{verdict} {_NECESSARY[ruling.outcome]} medically necessary"
    texts = [*([ruling.reason] if ruling.reason.strip() else []), verdict]
    return [replace(close, text=tidy(text), overruled=None, part="decision") for text in texts]
