"""Pages out of their printed order, and pages that the numbering says are missing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from openimr.intake.page_numbers import PageNumber, printed_number
from openimr.model.text import Notice, NoticeKind, Page, PageState

_MOST_MISSING = 12


def out_of_order(pages: Sequence[Page]) -> dict[int, Notice]:
    """By page number: the notice that it prints a number other than its place.

    The longest run of rising numbers is taken for right; what falls out of it is noticed.
    """
    printed = [(page.number, number) for page in pages if (number := printed_number(page.text))]
    kept = _longest_rising([number.number for _, number in printed])
    return {
        place: Notice(
            kind=NoticeKind.OUT_OF_ORDER,
            message=f"prints page {_shown(number)} but stands at place {place} of its document",
        )
        for at, (place, number) in enumerate(printed)
        if at not in kept
    }


def missing(pages: Sequence[Page]) -> Notice | None:
    """The notice that a document prints `page n of m` and does not hold all m of them."""
    numbers = [number for page in pages if (number := printed_number(page.text))]
    totals = {number.total for number in numbers}
    if len(numbers) != len(pages) or len(totals) != 1:
        return None
    if len(pages) == 1 and pages[0].state is PageState.OCR:
        return None  # one misread figure would be all the proof
    (total,) = totals
    absent = sorted(set(range(1, (total or 0) + 1)) - {number.number for number in numbers})
    if not absent or len(absent) > _MOST_MISSING:
        return None
    which = ", ".join(str(number) for number in absent)
    return Notice(
        kind=NoticeKind.OUT_OF_ORDER,
        message=f"by its own numbering page {which} of {total} is not in the file",
    )


def _shown(number: PageNumber) -> str:
    return f"{number.number} of {number.total}" if number.total else str(number.number)


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Indices of a longest strictly rising subsequence (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tails, number)
        before.append(ends[pile - 1] if pile else None)
        if pile == len(tails):
            tails.append(number)
            ends.append(at)
        else:
            tails[pile], ends[pile] = number, at
    kept: set[int] = set()
    at_end = ends[-1] if ends else None
    while at_end is not None:
        kept.add(at_end)
        at_end = before[at_end]
    return frozenset(kept)
