"""Parts of the body that a text names, as coarse as the chapters of the schedule."""

from __future__ import annotations

import re
from functools import lru_cache

from openimr.model.problem import QualityRules


def regions_in(text: str, rules: QualityRules) -> frozenset[str]:
    """The regions that a text names.

    Args:
        text: a heading or a sentence.
        rules: with the words for each region.
    """
    return frozenset(
        name for name, words in rules.regions.items() if _pattern(words).search(text) is not None
    )


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)
