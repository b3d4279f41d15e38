"""What a case and its events so far say that decides which clocks an act starts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from openimr.model.application import ImrCase, Priority
from openimr.model.errors import InputError
from openimr.model.event import Event
from openimr.model.moments import local
from openimr.model.party import PartyRole

_UNSIGN = frozenset({"assign_reviewer", "recuse", "return_to_reviewer", "reverse"})
"""Acts after which earlier signatures count no more."""


def priority_of(case: ImrCase) -> Priority:
    """The track of a case as filed: expedited needs such a UR decision or a certificate.

    8 CCR 9792.10.1(b), 9792.10.4(c).
    """
    decision, application = case.ur_decision, case.application
    urgent = decision.expedited is True or application.urgency_certified is True
    if application.requested is Priority.EXPEDITED and urgent:
        return Priority.EXPEDITED
    return Priority.FORMULARY if decision.formulary is True else Priority.REGULAR


def regime_day(case: ImrCase) -> date:
    """The day that chooses the rules of a case."""
    decision = case.ur_decision
    stated = decision.issued or decision.served or decision.communicated
    if stated is not None:
        return stated
    if case.application.received is None:
        raise InputError(
            "no day chooses the rules of the case",
            why="neither the UR decision nor the receipt of the application is dated",
            remedy="state ur_decision.issued or application.received in case.json",
        )
    return local(case.application.received).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The case with what its events added: track, votes of the reviewers, items implemented."""

    case: ImrCase
    party: PartyRole | None = None
    """Whose own last day is meant where each party has one; None: the last of all."""
    expedited: bool = False
    votes: Mapping[str, Mapping[int, str]] = field(default_factory=lambda: MappingProxyType({}))
    """By signer: item to outcome."""
    implemented: frozenset[int] = frozenset()

    def after(self, event: Event) -> Told:
        """What is told once an event is added.

        Raises:
            ValueError: it lists items or outcomes that cannot be read.
        """
        if event.act in _UNSIGN:
            return replace(self, votes=MappingProxyType({}), implemented=frozenset())
        if event.act == "convert_to_expedited":
            return replace(self, expedited=True)
        if event.act == "sign" and "outcomes" in event.data:
            pairs = (pair.split("=") for pair in event.data["outcomes"].split(","))
            vote = {int(index): outcome.strip() for index, outcome in pairs}
            return replace(self, votes=MappingProxyType({**self.votes, event.actor.name: vote}))
        if event.act == "prove_implementation":
            named = event.data.get("items", "")
            items = {int(one) for one in named.split(",")} if named else set(self._overturned())
            return replace(self, implemented=self.implemented | items)
        return self

    @property
    def priority(self) -> Priority:
        """The track on which the case runs now."""
        return Priority.EXPEDITED if self.expedited else priority_of(self.case)

    def owed(self, *, retrospective: bool) -> tuple[int, ...]:
        """Overturned items still to be authorized, or to be paid because already given.

        What nobody called past treatment is not known to be given yet: it is to be authorized.
        """
        past = {one.index for one in self.case.items if one.retrospective is True}
        open_ones = set(self._overturned()) - self.implemented
        return tuple(index for index in open_ones if (index in past) == retrospective)

    def _overturned(self) -> Iterator[int]:
        """Items that most signers overturned, or as many as upheld them (Labor Code 4610.6(e)).

        All items where no signature says how they were decided.
        """
        for item in self.case.items:
            votes = Counter(vote.get(item.index, "") for vote in self.votes.values())
            if not self.votes or (votes["OVERTURNED"] and votes["OVERTURNED"] >= votes["UPHELD"]):
                yield item.index
