"""Whether an application came and a decision was made in time, as far as known dates tell.

What is not known stays open: a late receipt is reported with its reason, and nothing is rejected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from openimr.model.clock_rules import ClockRules
from openimr.model.deadline import Due
from openimr.model.moments import local_day
from openimr.model.party import ServiceMethod
from openimr.workflow.clock import due

_ONE_DAY = timedelta(days=1)


class Verdict(StrEnum):
    """What known dates say."""

    IN_TIME = "in_time"
    """Whatever else is not known."""
    DEPENDS = "depends"
    """On something that is not known; the reason names it."""
    LATE = "late"
    UNKNOWN = "unknown"
    """A date is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """Whether something was done in time, and why one may say so."""

    verdict: Verdict
    reason: str
    earliest: Due | None = None
    """The last day if what is not known speaks against it."""
    latest: Due | None = None
    """The last day if what is not known speaks for it."""


def application_timeliness(
    rules: ClockRules,
    served: date | None,
    received: date | None,
    service: ServiceMethod | None = None,
    *,
    formulary: bool = False,
) -> Timeliness:
    """Whether an application was received in time (D8; D9 for a drug of the formulary).

    Args:
        rules: the rules of the clock.
        served: the day of service of the UR decision; a letter's UR denial date stands for it.
        received: the day of receipt, which counts, not that of mailing.
        service: how the decision was served; None: not known, by mail within California at best.
        formulary: whether it is a formulary dispute.
    """
    if served is None or received is None:
        missing = "the UR decision" if served is None else "receipt of the application"
        reason = f"the date of {missing} is not stated"
        return Timeliness(verdict=Verdict.UNKNOWN, reason=reason)
    if received < served:
        reason = f"the application of {received} is dated before the UR decision of {served}"
        return Timeliness(verdict=Verdict.UNKNOWN, reason=reason)
    which = "D9" if formulary else "D8"
    earliest = due(rules, which, served, service or ServiceMethod.PERSONAL)
    latest = due(rules, which, served, service or ServiceMethod.MAIL_CALIFORNIA)
    first, last = local_day(earliest.due), local_day(latest.due)
    day = f"received on day {(received - served).days}"
    if received <= first:
        verdict, reason = Verdict.IN_TIME, f"{day}; the last day was {first} at the earliest"
    elif received <= last:
        verdict = Verdict.DEPENDS
        reason = (
            f"{day}, {(received - first).days} day(s) after {first}; in time if the decision was "
            f"served by mail within California (to {last}): how it was served is not known"
        )
    else:
        verdict = Verdict.LATE
        open_points = (
            "whether it was mailed from another state, or without the form, is not known"
            if service is None
            else "unless the form was not served with it"
        )
        reason = f"{day}, {(received - last).days} day(s) after {last}, the last day; {open_points}"
    return Timeliness(verdict=verdict, reason=reason, earliest=earliest, latest=latest)


def decision_timeliness(
    rules: ClockRules,
    assigned: date | None,
    decided: date | None,
    *,
    ur_decision: date | None = None,
    expedited: bool = False,
) -> Timeliness:
    """Whether a determination was issued in time (D19; D21 if expedited).

    The time runs from when the documents were complete, which letters do not state: at the
    earliest on the day of assignment, at the latest on the last day for the records. A late
    determination is valid (Margaris, 2016; Baker, 2017).

    Args:
        rules: the rules of the clock.
        assigned: the day of assignment, on which the records were asked for.
        decided: the day of the determination.
        ur_decision: the day that chooses the rules; None: that of assignment.
        expedited: the track.
    """
    if assigned is None or decided is None:
        missing = "assignment" if assigned is None else "the decision"
        return Timeliness(verdict=Verdict.UNKNOWN, reason=f"the date of {missing} is not stated")
    regime = ur_decision or assigned
    which = "D21" if expedited else "D19"
    records = (
        assigned + _ONE_DAY
        if expedited
        else local_day(due(rules, "D14", assigned, regime_day=regime).due)
    )
    earliest = due(rules, which, assigned, regime_day=regime)
    latest = due(rules, which, records, regime_day=regime)
    first, last = local_day(earliest.due), local_day(latest.due)
    day = f"decided {(decided - assigned).days} days after assignment"
    if decided <= first:
        verdict, reason = Verdict.IN_TIME, f"{day}; the last day was {first} at the earliest"
    elif decided <= last:
        verdict = Verdict.DEPENDS
        needed = decided - (first - assigned)
        reason = (
            f"{day}; in time if the documents were complete on {needed} or later "
            f"(the records were due on {records}): when they were is not known"
        )
    else:
        verdict = Verdict.LATE
        reason = f"{day}, {(decided - last).days} day(s) after {last}; it is valid all the same"
    return Timeliness(verdict=verdict, reason=reason, earliest=earliest, latest=latest)
