"""Words the draft uses for the model's values; no sentence about a case stands here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openimr.model.case import UrAction
from openimr.model.document import DocumentKind
from openimr.model.finding import Value

UR_ACTS: Mapping[UrAction, str] = MappingProxyType(
    {
        UrAction.DENY: "denied",
        UrAction.MODIFY: "modified",
        UrAction.APPROVE: "approved",
        UrAction.DELAY: "delayed",
    }
)
"""What utilization review did, as a verb; UNKNOWN has none."""

VALUE_WORDS: Mapping[Value, str] = MappingProxyType(
    {
        Value.MET: "met",
        Value.PARTIAL: "met in part",
        Value.NOT_DOCUMENTED: "not found in the record",
        Value.CONTRADICTED: "contradicted by the record",
        Value.CONFLICTING: "the record conflicts",
        Value.WITHIN: "kept",
        Value.EXCEEDED: "exceeded",
        Value.PRESENT: "present",
        Value.ABSENT: "not present",
        Value.UNKNOWN: "not known",
    }
)
"""A finding's value after the words of its criterion."""

PREDICATES: Mapping[Value, str] = MappingProxyType(
    {
        Value.MET: "is documented",
        Value.PARTIAL: "is documented only in part",
        Value.NOT_DOCUMENTED: "is not documented",
        Value.CONTRADICTED: "is contradicted by the record",
        Value.CONFLICTING: "is told both ways by the record",
        Value.WITHIN: "is within the limit",
        Value.EXCEEDED: "is above the limit",
        Value.PRESENT: "is shown by the record",
        Value.ABSENT: "is not shown by the record",
        Value.UNKNOWN: "cannot be told from the record",
    }
)
"""A finding's value after the name of its criterion: `pain relief from the opioid is ...`."""

EVIDENCE_FOR: Mapping[Value, str] = MappingProxyType(
    {
        Value.MET: "It rests on",
        Value.PARTIAL: "The record goes this far:",
        Value.NOT_DOCUMENTED: "Related, but not enough:",
        Value.CONTRADICTED: "In its favor stands",
        Value.CONFLICTING: "One side of the record says",
        Value.WITHIN: "The figures are read from",
        Value.EXCEEDED: "The figures are read from",
        Value.PRESENT: "It is shown by",
        Value.ABSENT: "In its favor stands",
        Value.UNKNOWN: "What is known of it:",
    }
)
"""How the passages for a finding are led in, by its value."""

EVIDENCE_AGAINST: Mapping[Value, str] = MappingProxyType(
    {
        Value.MET: "Against it stands",
        Value.PARTIAL: "Against it stands",
        Value.NOT_DOCUMENTED: "Against it stands",
        Value.CONTRADICTED: "The record says",
        Value.CONFLICTING: "The other side says",
        Value.WITHIN: "The figures are also read from",
        Value.EXCEEDED: "The figures are read from",
        Value.PRESENT: "Against it stands",
        Value.ABSENT: "The record says",
        Value.UNKNOWN: "Against it stands",
    }
)
"""How the passages against a finding are led in, by its value."""

CLINICAL_REPORTS: frozenset[DocumentKind] = frozenset(
    {
        DocumentKind.PROGRESS_REPORT,
        DocumentKind.FIRST_REPORT,
        DocumentKind.MEDICAL_LEGAL,
        DocumentKind.PSYCHOLOGY,
    }
)
"""Reports of an examination: what 'the most recent report' can be."""


def clause(text: str) -> str:
    """A sentence made part of another: no full stop, no capital unless the word keeps it.

    >>> clause("Template instruction.")
    'template instruction'
    """
    line = " ".join(text.split()).rstrip(".")
    first = line.split(" ", 1)[0]
    lower_rest = first[1:] == first[1:].lower() and not any(mark.isdigit() for mark in first)
    return line[:1].lower() + line[1:] if lower_rest and len(first) > 1 else line


def clause_end(text: str) -> str:
    """The sentence without its full stop, so that its citation can follow."""
    return " ".join(text.split()).rstrip(".")


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 page`, `28 pages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def amount(value: float) -> str:
    """A number without a needless decimal: 30, 0.5."""
    return f"{value:g}" if abs(value) < 1e5 else f"{value:,.0f}"
