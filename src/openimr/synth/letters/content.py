"""What a letter decides, before it is laid out: header, summary and items with their truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from openimr.synth.letters.bank import Slots, data
from openimr.synth.letters.dice import Dice, Weighted
from openimr.synth.letters.guideline import ForgedLine, claims_line, reviewer_line
from openimr.synth.letters.header import Header
from openimr.synth.letters.prose import (
    ForgedRationale,
    letter_slots,
    write_rationale,
    write_summary,
)
from openimr.synth.letters.request import ForgedRequest, associated, draw_request

_COUNTS = Weighted((1, 2, 3, 4, 5, 6, 7, 8, 9, 12), (51, 17, 9, 6, 6, 3, 2, 3, 2, 1))
"""Items a letter, as in published ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedItem:
    """One decided item."""

    request: ForgedRequest
    upheld: bool
    claims: ForgedLine
    reviewer: ForgedLine
    rationale: ForgedRationale


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a letter says."""

    header: Header
    summary: str
    items: tuple[ForgedItem, ...]


def draw_content(dice: Dice, header: Header) -> Content:
    """The items of a letter and its summary."""
    requests = _requests(dice, header)
    slots = letter_slots(dice, header)
    named = ", ".join(request.asked for request in requests[:3])
    summary = write_summary(slots, named)
    items = tuple(_decide(slots, request, header, requests) for request in requests)
    return Content(header=header, summary=summary, items=items)


def _requests(dice: Dice, header: Header) -> list[ForgedRequest]:
    """Different requests; an operation brings the services around it."""
    count = _COUNTS.draw(dice)
    drawn = [draw_request(dice, header.denied) for _ in range(count)]
    if drawn[0].facts.get("kind") == "surgery":
        drawn[1:] = [associated(dice) for _ in range(max(1, count - 1))]
    return list({request.line: request for request in drawn}.values())


@lru_cache
def _overturned() -> Mapping[str, float]:
    table: Mapping[str, float] = data("people")["overturned"]
    return table


def _decide(
    slots: Slots, request: ForgedRequest, header: Header, requests: list[ForgedRequest]
) -> ForgedItem:
    """Upheld or overturned by the kind's own rate, a little less often overturned year by year."""
    year = header.decided.year
    share = _overturned()[str(request.facts["kind"])] * (1.0 - 0.08 * (year - 2014))
    if request.facts.get("associated_surgical") and requests[0] is not request:
        share *= 0.7
    upheld = not slots.dice.chance(share)
    return ForgedItem(
        request=request,
        upheld=upheld,
        claims=claims_line(slots, request, year),
        reviewer=reviewer_line(slots, request, year),
        rationale=write_rationale(slots, request, upheld=upheld),
    )
