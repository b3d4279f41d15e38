"""A worked case beside a topic: a request, what the record says, and what must come out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCase:
    """A case in words, as a reader of the rulebook sees it; the tests run the same case."""

    title: str
    request: str
    beside: tuple[str, ...]
    """Further items and terms of the case."""
    facts: tuple[str, ...]
    """What the record says; nothing, where it is silent."""
    expected: tuple[str, ...]
    """What must come out: values of criteria, and the suggestion."""
