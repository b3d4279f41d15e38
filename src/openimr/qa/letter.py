"""What a check sees: a letter's header, summary and items as plain text, and what was read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from openimr.model.determination import GuidelineLine, Sentence
from openimr.model.hyphens import as_read
from openimr.model.published import Conclusion, PublishedItem, PublishedLetter, Said
from openimr.model.request import Request
from openimr.model.ruling import Outcome

ReadSaid: TypeAlias = Callable[[str], tuple[Said, ...]]
"""How running text is read for what it says of the record; the published step has it."""


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


def checked(letter: PublishedLetter, said: ReadSaid, *, name: str = "") -> CheckedLetter:
    """A published letter, ready for the checks.

    Args:
        letter: as parsed.
        said: how running text is read.
        name: how problems name the letter, where it has no number.
    """
    summary = _running(letter.summary)
    return CheckedLetter(
        name=letter.case_number or name,
        items=tuple(_item(one, said) for one in letter.items),
        summary=summary,
        summary_said=said(summary),
        injured=letter.header.date_of_injury,
        ur_decision=letter.header.ur_decision_date,
        received=letter.header.application_received,
        assigned=letter.date_assigned,
        decided=letter.decision_date,
    )


_ANOTHER_DECIDED = re.compile(
    r"\b(?:ancillary|associated|surger\w+|surgical|procedure)\b[^.,;]{0,80}?"
    r"\b(?:not|approved|necessary)\b",
    re.IGNORECASE,
)
"""`As the surgical intervention is not necessary`: it is said of the surgery, before any comma."""


def follows_another(item: Item) -> bool:
    """Whether an item stands or falls with another one, so that it needs no reasons of its own."""
    return is_dependent(item.request, item.rationale)


def is_dependent(request: Request, rationale: str) -> bool:
    """The same of a request and its reasons, where no letter is at hand."""
    return request.associated_surgical or _ANOTHER_DECIDED.search(rationale) is not None


def _item(item: PublishedItem, said: ReadSaid) -> Item:
    rationale = _running(item.rationale)
    return Item(
        index=item.item.index,
        heading=as_read(item.heading),
        request=item.item.request,
        is_necessary=None if item.outcome is None else item.outcome is Outcome.OVERTURNED,
        concludes=None if item.conclusion is None else item.conclusion is Conclusion.NECESSARY,
        claims=item.claims_administrator_guideline,
        reviewer=item.reviewer_guideline,
        rationale=rationale,
        said=said(rationale),
    )


def _running(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(as_read(" ".join(one.text for one in sentences)).split())
