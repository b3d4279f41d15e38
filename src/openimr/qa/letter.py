"""What a check sees: a letter's header, summary and items as plain text, and what was read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from openimr.model.determination import (
    Determination,
    GuidelineLine,
    ItemDecision,
    ItemDetermination,
    Letter,
    Outcome,
    Sentence,
)
from openimr.model.finding import Suggestion
from openimr.model.hyphens import as_read
from openimr.model.published import Conclusion, PublishedItem, PublishedLetter, Said
from openimr.model.request import Request

_SUGGESTED = {Suggestion.SUPPORT: True, Suggestion.NOT_SUPPORT: False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How the running text of letters is read; the published step has both."""

    said: Callable[[str], tuple[Said, ...]]
    conclusion: Callable[[str], Conclusion | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item as a check sees it."""

    index: int
    heading: str
    request: Request
    is_necessary: bool | None
    """What the heading decides; None in a draft whose suggestion is to refer."""
    concludes: bool | None
    """What the rationale concludes; None where it says neither."""
    claims: GuidelineLine
    reviewer: GuidelineLine
    rationale: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLetter:
    """A letter as a check sees it."""

    name: str
    items: tuple[Item, ...]
    summary: str
    summary_said: tuple[Said, ...]
    injured: date | None
    ur_decision: date | None
    received: date | None
    assigned: date | None = None
    decided: date | None = None
    is_draft: bool = False


def checked(letter: Letter, reader: Reader, *, name: str = "") -> CheckedLetter:
    """A letter of either kind, ready for the checks.

    Args:
        letter: a draft of ours or a published letter.
        reader: how running text is read.
        name: how problems name the letter, where it has no number.
    """
    published = letter if isinstance(letter, PublishedLetter) else None
    summary = _running(letter.summary)
    return CheckedLetter(
        name=(published.case_number if published else None) or name,
        items=tuple(_item(one, reader) for one in letter.items),
        summary=summary,
        summary_said=reader.said(summary),
        injured=letter.header.date_of_injury,
        ur_decision=letter.header.ur_decision_date,
        received=letter.header.application_received,
        assigned=published.date_assigned if published else None,
        decided=published.decision_date if published else None,
        is_draft=isinstance(letter, Determination),
    )


_FOLLOWS = re.compile(
    r"\b(?:ancillary|associated|surger\w+|surgical|procedure)\b[^.]*\b(?:not|approved|necessary)\b",
    re.IGNORECASE,
)


def follows_another(item: Item) -> bool:
    """Whether an item stands or falls with another one, so that it needs no reasons of its own."""
    return item.request.associated_surgical or _FOLLOWS.search(item.rationale) is not None


def _item(item: ItemDecision, reader: Reader) -> Item:
    rationale = _running(item.rationale)
    concludes = item.conclusion if isinstance(item, PublishedItem) else reader.conclusion(rationale)
    heading = item.heading if isinstance(item, PublishedItem) else item.item.request_text
    return Item(
        index=item.item.index,
        heading=as_read(heading),
        request=item.item.request,
        is_necessary=_decides(item),
        concludes=None if concludes is None else concludes is Conclusion.NECESSARY,
        claims=item.claims_administrator_guideline,
        reviewer=item.reviewer_guideline,
        rationale=rationale,
        said=reader.said(rationale),
    )


def _decides(item: ItemDecision) -> bool | None:
    """What the heading says; of a draft, what it suggests."""
    if item.outcome is not None:
        return item.outcome is Outcome.OVERTURNED
    if isinstance(item, ItemDetermination):
        return _SUGGESTED.get(item.evaluation.suggestion)
    return None


def _running(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(as_read(" ".join(one.text for one in sentences)).split())
