"""What goes to one reviewer, or one panel: a case as a rule, an item where that is approved."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from openimr.assign.screen import Flags, Screening, Whole, urgency
from openimr.model.assignment import CaseToAssign, ItemToAssign, PanelApproval, Reason
from openimr.model.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unit:
    """Items of a case that go together, and the reviewers who may decide all of them."""

    case: CaseToAssign
    items: tuple[ItemToAssign, ...]
    members: int
    """How many reviewers each decide all the items."""
    places: Whole
    """Of the reviewers who may, in the order of the register."""
    points: Whole
    """An item, of each of these."""
    not_placed: int
    """Points an item if nobody takes it."""

    @property
    def size(self) -> int:
        """Items that each member takes."""
        return len(self.items)

    @property
    def can_be_placed(self) -> bool:
        """Whether enough reviewers may decide it, room aside."""
        return len(self.places) >= self.members


def units_of(cases: Sequence[CaseToAssign], screening: Screening) -> tuple[Unit, ...]:
    """The units of a queue, in the order of case numbers.

    Raises:
        InputError: a case number stands twice, or a panel is not approved or too large.
    """
    ordered = sorted(cases, key=lambda case: case.case_number)
    for earlier, later in itertools.pairwise(ordered):
        if earlier.case_number == later.case_number:
            raise InputError(
                f"the case {later.case_number} stands twice in the queue",
                remedy="leave one of the two out",
            )
    return tuple(unit for case in ordered for unit in _units(case, screening))


def _units(case: CaseToAssign, screening: Screening) -> Iterator[Unit]:
    panel = checked_panel(case, screening)
    parts = [(item,) for item in case.items] if panel.by_item else [case.items]
    barring = screening.barring(case)
    for items in parts:
        if items:
            yield make_unit(case, items, panel.size, barring, screening)


def checked_panel(case: CaseToAssign, screening: Screening) -> PanelApproval:
    """The panel of a case: of one, if nothing else was approved.

    Raises:
        InputError: more than one reviewer without approval, or more than are allowed.
    """
    panel = case.panel or PanelApproval(approval="", size=1)
    points = screening.rules.points
    if (panel.size > 1 or panel.by_item) and not panel.approval.strip():
        raise InputError(
            f"the panel of case {case.case_number} has no approval",
            why=f"the Administrative Director's is needed for it ({points.panel_citation})",
            remedy="give the id of the written approval, or let one reviewer decide",
        )
    if not 1 <= panel.size <= points.largest_panel:
        raise InputError(
            f"the panel of case {case.case_number} has {panel.size} members",
            remedy=f"give 1 to {points.largest_panel}",
        )
    return panel


def make_unit(
    case: CaseToAssign,
    items: tuple[ItemToAssign, ...],
    members: int,
    barring: Mapping[int, Reason],
    screening: Screening,
) -> Unit:
    """A unit with those who may decide all of its items."""
    fit, similar = _fits(items, screening)
    fit[list(barring)] = False
    places = np.nonzero(fit)[0]
    haste = urgency(case, screening.day, screening.rules.points)
    return Unit(
        case=case,
        items=items,
        members=members,
        places=places,
        points=screening.pair_points(haste, similar, places),
        not_placed=haste * screening.rules.points.not_placed,
    )


def _fits(items: Sequence[ItemToAssign], screening: Screening) -> tuple[Flags, Flags]:
    """Who may decide all items, and who only by a similar specialty for one of them."""
    found = [screening.fits(item) for item in items]
    fit = np.logical_and.reduce([one.fit for one in found])
    similar = np.logical_or.reduce([one.similar for one in found])
    return fit, similar
