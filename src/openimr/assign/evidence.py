"""Whether a statement of the register rests on evidence that counts on a day.

A statement nobody looked up is as good as silence, and so is one looked up too long ago.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from openimr.model.assignment_rules import Requirements
from openimr.model.reviewer import Evidence


def evidence_gap(evidence: Evidence | None, day: date, asked: Requirements) -> str:
    """What is wrong with the evidence of a statement on a day; empty if nothing is."""
    if evidence is None or not evidence.source.strip():
        return "no evidence of it is on file"
    checked = evidence.checked_on
    if checked > day:
        return f"its evidence is dated {checked.isoformat()}, after the day of the assignment"
    if checked < day - timedelta(days=asked.evidence_days):
        return f"not looked up since {checked.isoformat()}"
    return ""


def gap_of_all(evidence: Iterable[Evidence | None], day: date, asked: Requirements) -> str:
    """What is wrong where several statements would do; empty if one of them rests on evidence.

    The first gap is told.
    """
    gaps = [evidence_gap(one, day, asked) for one in evidence]
    return next(iter(gaps), "") if all(gaps) else ""
