"""Other case folders beside a case: earlier reviews of the employee, and what may be joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openimr.adapters.gather import CASE
from openimr.adapters.plain_files import read_plain
from openimr.model.application import ImrCase, PriorReview
from openimr.model.event import Event
from openimr.model.ground import ProposedOutcome
from openimr.model.moments import local_day
from openimr.process.folder import read_events
from openimr.workflow.earlier_grounds import same_employee

_ISSUED = "issue"
_MAY_JOIN = frozenset({ProposedOutcome.ELIGIBLE, ProposedOutcome.PARTLY_ELIGIBLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A case folder beside the one that is looked at."""

    case: ImrCase
    events: tuple[Event, ...]

    @property
    def decided(self) -> date | None:
        """The day on which its determination was issued; None while it is open."""
        issued = [event for event in self.events if event.act == _ISSUED]
        return local_day(issued[-1].at) if issued else None


def cases_beside(folder: Path, own: Path) -> tuple[Beside, ...]:
    """The case folders in a folder, without the one that is looked at.

    Raises:
        InputError: a case of them cannot be read.
    """
    places = [
        place
        for place in sorted(folder.iterdir())
        if (place / CASE).is_file() and place.resolve() != own.resolve()
    ]
    return tuple(
        Beside(case=read_plain(place / CASE, ImrCase, what="a case"), events=read_events(place))
        for place in places
    )


def with_earlier(case: ImrCase, others: tuple[Beside, ...]) -> ImrCase:
    """The case with the earlier applications of its employee among its prior reviews.

    What `case.json` states of a review stays as it is stated.
    """
    known = {prior.case_number for prior in case.prior_reviews}
    found = tuple(prior for prior in _earlier(case, others) if prior.case_number not in known)
    return replace(case, prior_reviews=(*case.prior_reviews, *found))


def _earlier(case: ImrCase, others: tuple[Beside, ...]) -> Iterator[PriorReview]:
    own = case.application.received
    for other in others:
        received = other.case.application.received
        if own is None or received is None or received > own:
            continue
        if same_employee(case, other.case):
            yield PriorReview(
                case_number=other.case.case_number,
                received=local_day(received),
                ur_decision=other.case.ur_decision.issued,
                decided=other.decided,
                items=tuple(item.request_text for item in other.case.items),
            )


def that_may_join(
    others: tuple[Beside, ...], outcome: Callable[[ImrCase], ProposedOutcome]
) -> tuple[ImrCase, ...]:
    """Those that are open and proposed as eligible, whole or in part.

    Args:
        others: the cases.
        outcome: what is proposed for a case.
    """
    return tuple(
        other.case for other in others if other.decided is None and outcome(other.case) in _MAY_JOIN
    )
