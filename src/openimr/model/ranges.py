"""Page numbers as a reader writes them: `1-3, 5`."""

from __future__ import annotations

from collections.abc import Iterable


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Runs of consecutive numbers as (first, last), sorted, each number once.

    >>> runs([5, 1, 2, 3, 2])
    ((1, 3), (5, 5))
    """
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def write_runs(spans: Iterable[tuple[int, int]]) -> str:
    """Runs in words: `1-3, 5`."""
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)


def page_list(numbers: Iterable[int]) -> str:
    """Page numbers with their abbreviation: `p. 4`, `pp. 1-3, 5`; empty for none.

    >>> page_list([4]), page_list([1, 2, 3, 5])
    ('p. 4', 'pp. 1-3, 5')
    """
    pages = runs(numbers)
    if not pages:
        return ""
    single = len(pages) == 1 and pages[0][0] == pages[0][1]
    return f"{'p.' if single else 'pp.'} {write_runs(pages)}"
