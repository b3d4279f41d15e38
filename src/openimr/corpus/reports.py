"""The reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from openimr.corpus.problem_report import problems
from openimr.corpus.report import Report, age, guidelines, missing, outcomes
from openimr.corpus.selection import Filters, Grouping
from openimr.corpus.store import Corpus

REPORTS: Mapping[str, Callable[[Corpus, Filters, Grouping], Report]] = MappingProxyType(
    {
        "outcomes": outcomes,
        "guidelines": guidelines,
        "missing": missing,
        "age": age,
        "problems": problems,
    }
)
"""Each counts the items of a corpus that some filters choose, grouped as asked."""
