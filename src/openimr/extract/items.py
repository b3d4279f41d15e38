"""The disputed items: as the application lists them, with what UR decided and the RFA adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from openimr.extract.header_text import pages_of
from openimr.extract.items_decision import decided_items, overall_action
from openimr.extract.items_guideline import cited_guideline
from openimr.extract.items_list import Listed, application_items
from openimr.extract.items_rfa import completed, rfa_lines, same_treatment
from openimr.extract.items_rows import Decided, Parse
from openimr.model.case import CaseHeader, DisputedItem, UrAction
from openimr.model.document import Document, DocumentKind
from openimr.model.errors import MissingDocument
from openimr.model.request import Request, RequestKind

Split = Callable[[str], tuple[str, ...]]
_SAME_WORDS = 82
"""Similarity (0-100) from which two lines that no vocabulary knows are one item."""


def find_items(
    documents: Sequence[Document],
    header: CaseHeader,  # noqa: ARG001 - part of the step's signature; items need no date
    *,
    parse: Parse,
    split: Split | None = None,
) -> tuple[DisputedItem, ...]:
    """What is in dispute, in the order of the application.

    Where the application is missing or lists nothing, the items are what the UR decision denied,
    modified or delayed. An item that UR approved is not disputed.

    Args:
        documents: of the case file.
        header: of the case.
        parse: reads a request line.
        split: cuts a line that asks for several things.

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
    listed = _split(
        application_items(list(pages_of(documents, DocumentKind.IMR_APPLICATION))), split, parse
    )
    asked = [(item.text, item.place.provenance(item.start, item.end)) for item in listed]
    matched = _matches([parse(text) for text, _ in asked], [text for text, _ in asked], decided)
    if not asked:
        open_items = [d for d in decided if d.action is not UrAction.APPROVE and d.certain] or [
            d for d in decided if d.action is not UrAction.APPROVE
        ]
        asked = [(d.text, d.place.provenance(d.start, d.end)) for d in open_items]
        matched = list(open_items)
    rows = rfa_lines(list(pages_of(documents, DocumentKind.RFA)), parse)
    items: list[DisputedItem] = []
    fallback = overall_action(decision)
    for (text, source), entry in zip(asked, matched, strict=True):
        if entry is not None and entry.action is UrAction.APPROVE:
            continue
        request = parse(text)
        sources = [source]
        row = next((row for row in rows if same_treatment(request, row.request)), None)
        if row is not None:
            request = completed(request, row.request)
            sources.append(row.source)
        guideline = cited_guideline(entry, decided, decision, parse) if entry else None
        if entry is not None and entry.place.provenance(entry.start, entry.end) != source:
            sources.append(entry.place.provenance(entry.start, entry.end))
        if guideline is not None:
            sources.append(guideline[1])
        items.append(
            DisputedItem(
                index=len(items) + 1,
                request_text=text,
                request=request,
                ur_action=entry.action if entry else fallback,
                ur_granted=entry.granted if entry else None,
                ur_guideline=guideline[0] if guideline else None,
                sources=tuple(sources),
            )
        )
    return tuple(items)


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


def _matches(
    requests: Sequence[Request], texts: Sequence[str], decided: Sequence[Decided]
) -> list[Decided | None]:
    """For each listed item the line of the decision about it; the best pairs are taken first."""
    pairs = sorted(
        (
            (_likeness(request, text, entry), -abs(index - position), index, position)
            for index, (request, text) in enumerate(zip(requests, texts, strict=True))
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
    return [chosen.get(index) for index in range(len(requests))]


def _likeness(request: Request, text: str, entry: Decided) -> float:
    """0 for different treatments; more for each detail that agrees."""
    other = entry.request
    similarity: float = fuzz.token_set_ratio(text.casefold(), entry.text.casefold())
    named = request.generic or request.procedure
    if named and named == (other.generic or other.procedure):
        agreeing = sum(
            getattr(request, name) == getattr(other, name)
            for name in ("strength", "quantity", "body_parts", "laterality", "levels", "visits")
        )
        return 100 + 10 * agreeing + similarity / 10 + (5 if entry.certain else 0)
    return similarity if similarity >= _SAME_WORDS else 0
