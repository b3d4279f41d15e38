"""Why this reviewer, and for every other the first reason why not: for machines to check.

A proof names reviewers by register id and parties by their id in the case, and stands on the
hashes of rules, register and parties. Whoever holds these can derive every line again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from openimr.assign.queue import Queue
from openimr.assign.refused import FULL
from openimr.assign.screen import urgency
from openimr.assign.unit import Unit
from openimr.model.assignment import CaseToAssign, ItemToAssign, Placed, Reason
from openimr.model.party import parties_sha256

SCHEMA = "openimr/assignment-proof/1"
MORE, TIE = "costs_more", "tie"


class Prover:
    """Makes the proofs of a queue, one case at a time.

    Args:
        queue: an assignment with what it was made from.
        register_sha256: of the register's file.
    """

    def __init__(self, queue: Queue, register_sha256: str) -> None:
        self._queue, self._register = queue, register_sha256
        self._screening, self._loads = queue.screening, queue.loads
        self._units: dict[str, list[Unit]] = {}
        for unit in queue.units:
            self._units.setdefault(unit.case.case_number, []).append(unit)
        self._placed: dict[tuple[str, tuple[int, ...]], list[Placed]] = {}
        for placed in queue.assignment.placed:
            key = placed.case_number, placed.items
            self._placed.setdefault(key, []).append(placed)

    def prove(self, case_number: str) -> dict[str, Any]:
        """The proof of a case as JSON.

        Raises:
            KeyError: the queue has no such case.
        """
        units = self._units[case_number]
        case = units[0].case
        return {
            "schema": SCHEMA,
            "case_number": case_number,
            "as_of": self._queue.assignment.day.isoformat(),
            "rules_sha256": self._screening.rules.sha256,
            "register_sha256": self._register,
            "parties_sha256": parties_sha256(case.parties),
            "urgency": urgency(case, self._screening.day, self._screening.rules.points),
            "items": [_item(item) for item in case.items],
            "panel": _panel(case),
            "results": [self._result(unit) for unit in units],
        }

    def _result(self, unit: Unit) -> dict[str, Any]:
        indices = tuple(item.index for item in unit.items)
        placed = self._placed.get((unit.case.case_number, indices), [])
        members = [self._screening.places[one.reviewer] for one in placed]
        return {
            "items": list(indices),
            "reviewers": [self._chosen(unit, place) for place in members],
            "others": self._others(unit, members),
        }

    def _chosen(self, unit: Unit, place: int) -> dict[str, Any]:
        matches = [self._screening.match(place, item) for item in unit.items]
        pair = self._pair(unit, place)
        return {
            "id": self._screening.reviewers[place].id,
            "matches": [
                {
                    "item": match.item,
                    "specialty": match.specialty,
                    "degree": match.degree.value,
                    "why": match.why,
                }
                for match in matches
                if match
            ],
            "preferred_licence": bool(self._screening.preferred[place]),
            "points": {"pair": pair * unit.size, "load": self._held(unit, place)},
        }

    def _others(self, unit: Unit, members: Sequence[int]) -> list[dict[str, Any]]:
        """Every other reviewer of the register, by the first reason.

        Of ties, only those stand together whose words are the same: the share, kin or nature.
        """
        barring = self._screening.barring(unit.case)
        groups: dict[tuple[object, ...], dict[str, Any]] = {}
        for place, reviewer in enumerate(self._screening.reviewers):
            if place in members:
                continue
            reason = self._screening.refusal(unit.items, place, barring)
            if reason is None:
                reason, points = self._beaten(unit, place, members)
            else:
                points = None
            key = reason.code, reason.party, reason.certain, reason.says if reason.party else ""
            group = groups.setdefault(key, {**_told(reason), "reviewers": []})
            group["reviewers"].append(reviewer.id)
            if points is not None:
                group.setdefault("points", []).append(points)
        return sorted(groups.values(), key=_of_group)

    def _beaten(self, unit: Unit, place: int, members: Sequence[int]) -> tuple[Reason, int | None]:
        """Why a reviewer who may decide does not: full, or more points than a chosen one."""
        room, more = self._loads.more(np.array([place]), unit.size)
        if not len(room):
            says = "has no room left for all items: the places went where they cost less"
            return Reason(code=FULL, says=says), None
        there = self._pair(unit, place) * unit.size + int(more[0])
        if not members:
            return Reason(code=FULL, says="the panel could not be filled"), None
        here = max(self._pair(unit, m) * unit.size + self._held(unit, m) for m in members)
        extra = there - here
        if extra:
            return Reason(code=MORE, says="would cost so many points more"), extra
        return Reason(code=TIE, says="costs the same; the keyed hash decided"), 0

    def _pair(self, unit: Unit, place: int) -> int:
        return int(unit.points[np.searchsorted(unit.places, place)])

    def _held(self, unit: Unit, place: int) -> int:
        """What the items of a unit add to the load of a reviewer who has them."""
        self._loads.give(place, -unit.size)
        _, more = self._loads.more(np.array([place]), unit.size)
        self._loads.give(place, unit.size)
        return int(more[0])


def _of_group(group: Mapping[str, Any]) -> tuple[str, ...]:
    return group["code"], group.get("party", ""), group.get("says", "")


def _told(reason: Reason) -> dict[str, Any]:
    told: dict[str, Any] = {"code": reason.code}
    if reason.citation:
        told |= {"citation": reason.citation, "unverified": reason.unverified}
    if reason.party is not None:
        told |= {"party": reason.party, "certain": reason.certain, "says": reason.says}
    return told


def _item(item: ItemToAssign) -> Mapping[str, Any]:
    return {
        "index": item.index,
        "topic": item.topic,
        "kind": item.kind.value if item.kind else None,
        "body_parts": list(item.body_parts),
        "specialties": list(item.specialties),
    }


def _panel(case: CaseToAssign) -> Mapping[str, Any] | None:
    if case.panel is None:
        return None
    return {
        "approval": case.panel.approval,
        "size": case.panel.size,
        "by_item": case.panel.by_item,
    }
