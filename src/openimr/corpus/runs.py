"""Pages of guidelines as runs: `MTUS p. 74-96` is one value to count, not 23."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

_LONGEST_RUN = 1_000
_NUMBER = "0|[1-9][0-9]{0,5}"
_PAGE = re.compile(rf"(?P<citation>.*) p\. (?P<page>{_NUMBER})")
_RUN = re.compile(rf"(?P<citation>.*) p\. (?P<first>{_NUMBER})-(?P<last>{_NUMBER})")


def runs(pages: Iterable[str]) -> list[str]:
    """Pages of guidelines as runs that do not overlap.

    Example:
        >>> runs(["ODG p. 3", "MTUS p. 8", "MTUS p. 7", "MTUS p. 9"])
        ['MTUS p. 7-9', 'ODG p. 3']
    """
    read = {page: _PAGE.fullmatch(page) for page in pages}
    made = [page for page, match in read.items() if match is None]
    numbered = sorted((match["citation"], int(match["page"])) for match in read.values() if match)
    for citation, of_citation in groupby(numbered, key=lambda page: page[0]):
        numbers = sorted({number for _, number in of_citation})
        for first, last in _stretches(numbers):
            made.append(f"{citation} p. {first}" + (f"-{last}" if last > first else ""))
    return sorted(made)


@lru_cache(maxsize=65_536)
def spelled_out(run: str) -> tuple[str, ...]:
    """The pages of a run.

    Example:
        >>> spelled_out("MTUS p. 7-9")
        ('MTUS p. 7', 'MTUS p. 8', 'MTUS p. 9')
    """
    match = _RUN.fullmatch(run)
    pages = range(int(match["first"]), int(match["last"]) + 1) if match else range(0)
    if match is None or not 0 < len(pages) <= _LONGEST_RUN:
        return (run,)
    return tuple(f"{match['citation']} p. {page}" for page in pages)


def _stretches(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for _, stretch in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in stretch]
        yield members[0], members[-1]
