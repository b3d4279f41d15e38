"""The disputed items: as the application lists them, with what UR decided and the RFA adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from openimr.extract.header_text import Place, pages_of
from openimr.extract.items_application import application_items
from openimr.extract.items_decision import decided_items, overall_action
from openimr.extract.items_list import Listed
from openimr.extract.items_reasoning import cited_guideline, granted_by_reasoning
from openimr.extract.items_rfa import RfaLine, completed, rfa_lines, row_for
from openimr.extract.items_rows import Decided, Parse
from openimr.model.case import CaseHeader, DisputedItem, UrAction
from openimr.model.document import Document, DocumentKind
from openimr.model.errors import MissingDocument
from openimr.model.evidence import Provenance
from openimr.model.request import Request, RequestKind

Split = Callable[[str], tuple[str, ...]]
_APPROVED = UrAction.APPROVE
_SAME_WORDS = 82
"""Similarity (0-100) from which two lines that no vocabulary knows are one item."""


def find_items(
    documents: Sequence[Document],
    header: CaseHeader,  # noqa: ARG001 - part of the step's signature; items need no date
    *,
    parse: Parse,
    split: Split | None = None,
    approved: bool = False,
) -> tuple[DisputedItem, ...]:
    """What is in dispute, in the order of the application.

    Where the application is missing or lists nothing, the items are what the UR decision denied,
    modified or delayed. An item that UR approved is not disputed.

    Args:
        documents: of the case file.
        header: of the case.
        parse: reads a request line.
        split: cuts a line that asks for several things.
        approved: whether to keep what the application lists although UR approved it, so that it
            can be told that there is no dispute.

    Raises:
        MissingDocument: the case file has no UR decision.
    """
    decision = list(pages_of(documents, DocumentKind.UR_DECISION))
    if not any(document.kind is DocumentKind.UR_DECISION for document in documents):
        raise MissingDocument(
            "the case file holds no utilization review decision",
            why="Labor Code 4610.5 gives review of a UR decision that denies or modifies treatment",
            remedy="add the decision letter of the claims administrator or its UR organization",
        )
    decided = decided_items(decision, parse)
    application = list(pages_of(documents, DocumentKind.IMR_APPLICATION))
    asked = [
        _Asked(item.text, item.place.provenance(item.start, item.end))
        for item in _split(application_items(application, parse), split, parse)
    ]
    asked = _matched(asked, decided, parse) if asked else _from_decision(decided)
    rows = rfa_lines(list(pages_of(documents, DocumentKind.RFA)), parse)
    fallback = overall_action(decision)
    disputed = [one for one in asked if one.entry is None or one.entry.action is not _APPROVED]
    disputed = asked if approved and disputed else disputed or _in_spite(asked)
    return tuple(
        _item(index, one, _Decision(decision, decided, fallback), rows, parse)
        for index, one in enumerate(disputed, start=1)
    )


def _in_spite(asked: Sequence[_Asked]) -> list[_Asked]:
    """What is in dispute although every entry reads as approved: then the reading is wrong."""
    return [replace(one, entry=None) for one in asked]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A line in dispute and, if the decision names it, what was decided."""

    text: str
    source: Provenance
    entry: Decided | None = None


@dataclass(frozen=True, slots=True)
class _Decision:
    places: Sequence[Place]
    decided: Sequence[Decided]
    fallback: UrAction


def _item(
    index: int, asked: _Asked, decision: _Decision, rows: Sequence[RfaLine], parse: Parse
) -> DisputedItem:
    request, sources = parse(asked.text), [asked.source]
    row = row_for(request, rows)
    if row is not None:
        request = completed(request, row.request)
        sources.append(row.source)
    entry = asked.entry
    action, granted, guideline = decision.fallback, None, None
    if entry is not None:
        action, granted = entry.action, entry.granted
        sources.append(entry.place.provenance(entry.start, entry.end))
        guideline = cited_guideline(entry, decision.decided, decision.places, parse)
        if action is UrAction.MODIFY and granted is None:
            granted = granted_by_reasoning(entry, decision.decided, decision.places, parse)
    if guideline is not None:
        sources.append(guideline[1])
    return DisputedItem(
        index=index,
        request_text=asked.text,
        request=request,
        ur_action=action,
        ur_granted=granted,
        ur_guideline=guideline[0] if guideline else None,
        sources=tuple(dict.fromkeys(sources)),
    )


def _from_decision(decided: Sequence[Decided]) -> list[_Asked]:
    """What the decision did not approve; its sentences count only where it has no rows."""
    refused = [entry for entry in decided if entry.action is not _APPROVED]
    rows = [entry for entry in refused if entry.certain]
    return [
        _Asked(entry.text, entry.place.provenance(entry.start, entry.end), entry)
        for entry in rows or refused
    ]


def _split(listed: Sequence[Listed], split: Split | None, parse: Parse) -> list[Listed]:
    """Lines that ask for several drugs, or for things of several kinds, as their parts.

    The steps of one operation stay together: `arthroscopy, decompression, rotator cuff repair`.
    """
    if split is None:
        return list(listed)
    parts: list[Listed] = []
    for item in listed:
        texts = split(item.text)
        kinds = {parse(text).kind for text in texts}
        if len(texts) > 1 and kinds != {RequestKind.SURGERY}:
            parts += [replace(item, text=text) for text in texts]
        else:
            parts.append(item)
    return parts


def _matched(asked: Sequence[_Asked], decided: Sequence[Decided], parse: Parse) -> list[_Asked]:
    """Each listed item with the line of the decision about it; the best pairs are taken first."""
    pairs = sorted(
        (
            (_likeness(parse(one.text), one.text, entry), -abs(index - position), index, position)
            for index, one in enumerate(asked)
            for position, entry in enumerate(decided)
        ),
        reverse=True,
    )
    chosen: dict[int, Decided] = {}
    taken: set[int] = set()
    for likeness, _, index, position in pairs:
        if likeness > 0 and index not in chosen and position not in taken:
            chosen[index] = decided[position]
            taken.add(position)
    return [replace(one, entry=chosen.get(index)) for index, one in enumerate(asked)]


def _likeness(request: Request, text: str, entry: Decided) -> float:
    """0 for different treatments; more for each detail that agrees."""
    other = entry.request
    similarity: float = fuzz.token_set_ratio(text.casefold(), entry.text.casefold())
    named = request.generic or request.procedure
    if named and named == (other.generic or other.procedure):
        agreeing = sum(
            bool(getattr(request, name) == getattr(other, name))
            for name in ("strength", "quantity", "body_parts", "laterality", "levels", "visits")
        )
        return 100.0 + 10 * agreeing + similarity / 10 + (5 if entry.certain else 0)
    return similarity if similarity >= _SAME_WORDS else 0.0
