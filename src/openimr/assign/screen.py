"""Who may decide what: every reviewer of a register against every case, and the points of a pair.

The points of a pair know the nearness of the specialty, the licence, the load held and the
urgency. They are given nothing of a party, a price or an earlier decision.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from openimr.assign.conflicts import ConflictIndex, parties_missing
from openimr.assign.match import best_match, matches
from openimr.assign.requirements import (
    item_reason,
    personal_reasons,
    practiced,
    usable_licences,
)
from openimr.model.assignment import CaseToAssign, ItemToAssign, Match, Reason
from openimr.model.assignment_rules import AssignmentRules, Degree, Points
from openimr.model.reviewer import Register, Reviewer

Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
_TENTHS = 10
_WEEK = timedelta(days=7)
_REMAND = "Labor Code 4610.6(i)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Of an item, for each reviewer: may decide it, and only by a similar specialty."""

    fit: Flags
    similar: Flags


class Screening:
    """Everything about a register on a day that does not depend on the other cases of a queue.

    Args:
        register: the organization and its reviewers.
        rules: of assignment.
        day: of the assignment.
    """

    def __init__(self, register: Register, rules: AssignmentRules, day: date) -> None:
        ordered = tuple(sorted(register.reviewers, key=lambda one: one.id))
        self.register = replace(register, reviewers=ordered)
        self.reviewers: Sequence[Reviewer] = ordered
        self.places: Mapping[str, int] = {one.id: place for place, one in enumerate(ordered)}
        self.rules, self.day = rules, day
        self.conflicts = ConflictIndex(self.register, day, rules.conflicts)
        self._personal = [personal_reasons(one, day, rules) for one in ordered]
        self._practiced = [practiced(one, rules.specialties) for one in ordered]
        self.preferred: Flags = np.array([self._is_preferred(one) for one in ordered], bool)
        self.held: Whole = np.array([_held_tenths(one) for one in ordered], np.int64)
        self._matches: dict[ItemToAssign, Mapping[str, Match]] = {}
        self._fits: dict[ItemToAssign, Fits] = {}

    def _is_preferred(self, reviewer: Reviewer) -> bool:
        asked = self.rules.requirements
        usable = usable_licences(reviewer, self.day, asked)
        return any(licence.state == asked.preferred_state for licence in usable)

    def treating(self, item: ItemToAssign) -> Mapping[str, Match]:
        """The specialties that treat an item."""
        profile = replace(item, index=0)
        if profile not in self._matches:
            self._matches[profile] = matches(profile, self.rules.specialties)
        return self._matches[profile]

    def match(self, place: int, item: ItemToAssign) -> Match | None:
        """The nearest specialty of a reviewer to an item."""
        found = best_match(self._practiced[place], self.treating(item))
        return replace(found, item=item.index) if found else None

    def fits(self, item: ItemToAssign) -> Fits:
        """Which reviewers may decide an item, ties to its case aside."""
        profile = replace(item, index=0)
        if profile not in self._fits:
            self._fits[profile] = self._look_up(profile)
        return self._fits[profile]

    def _look_up(self, item: ItemToAssign) -> Fits:
        treating = self.treating(item)
        fit = np.zeros(len(self.reviewers), bool)
        similar = np.zeros(len(self.reviewers), bool)
        for place, reviewer in enumerate(self.reviewers):
            if self._personal[place] or self._practiced[place].isdisjoint(treating):
                continue
            if item_reason(reviewer, item, treating, self.day, self.rules) is None:
                fit[place] = True
                match = best_match(self._practiced[place], treating)
                similar[place] = match is None or match.degree is Degree.SIMILAR
        return Fits(fit=fit, similar=similar)

    def withheld(self, case: CaseToAssign) -> Reason | None:
        """Why a case goes to nobody, whoever is in the register: where it stands, who is in it."""
        return case.withheld or parties_missing(case.parties, self.rules.conflicts)

    def barring(self, case: CaseToAssign) -> Mapping[int, Reason]:
        """Who may not decide a case because of an earlier decision or a tie, and why.

        Everybody, where the case is withheld or the review organization is tied itself.
        """
        whole = self.withheld(case) or self.conflicts.organization(case.parties)
        if whole is not None:
            return dict.fromkeys(range(len(self.reviewers)), whole)
        found = dict(self.conflicts.reviewers(case.parties))
        for name in case.barred:
            if name in self.places:
                found[self.places[name]] = Reason(
                    code="decided_before",
                    says="decided this dispute before, or was recused from it",
                    citation=_REMAND,
                )
        return found

    def personal(self, place: int) -> tuple[Reason, ...]:
        """What stands against a reviewer, whatever the case."""
        return self._personal[place]

    def item_refusal(self, place: int, item: ItemToAssign) -> Reason | None:
        """Why a reviewer may not decide an item; None if nothing stands against it."""
        return item_reason(self.reviewers[place], item, self.treating(item), self.day, self.rules)

    def refusal(
        self, items: Collection[ItemToAssign], place: int, barring: Mapping[int, Reason]
    ) -> Reason | None:
        """The first reason why a reviewer may not decide items of a case; None if there is none.

        In the order: the person, the ties, the items.
        """
        if self._personal[place]:
            return self._personal[place][0]
        if place in barring:
            return barring[place]
        for item in items:
            found = self.item_refusal(place, item)
            if found is not None:
                return found
        return None

    def pair_points(self, urgency: int, similar: Flags, places: Whole) -> Whole:
        """The points an item of pairs of one case with reviewers: all that is weighed of them."""
        points = self.rules.points
        return np.asarray(
            similar[places] * points.similar_specialty
            + ~self.preferred[places] * points.other_state
            + self.held[places] * urgency * points.urgent_to_the_busy,
            np.int64,
        )


def urgency(case: CaseToAssign, day: date, points: Points) -> int:
    """How urgent a case is: by track, by days left where the due date is known, by weeks waited."""
    found = points.track[case.priority]
    if case.due is not None:
        left = (case.due - day).days
        found += next((adds for at_most, adds in points.days_left if left <= at_most), 0)
    if case.received is not None and case.received < day:
        found += min((day - case.received) // _WEEK, points.weeks_waited_add_up_to)
    return found


def _held_tenths(reviewer: Reviewer) -> int:
    """Tenths of the whole capacity that a reviewer holds already."""
    whole = reviewer.load + max(reviewer.capacity, 0)
    return _TENTHS * reviewer.load // whole if whole else 0
