"""The assignment of reviewers on plain files: cases and register in, a proposal and proofs out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from openimr.adapters.output import write_folder
from openimr.adapters.plain_files import from_plain, read_plain
from openimr.assign.proof import Prover
from openimr.assign.queue import Queue, assign_queue
from openimr.assign.register import register_faults
from openimr.model.application import FiledItem, ImrCase, PriorReview
from openimr.model.assignment import Assignment, CaseToAssign, ItemToAssign, PanelApproval
from openimr.model.assignment_rules import AssignmentRules
from openimr.model.errors import InputError, UnreadableFile, UsageError
from openimr.model.ids import TopicId
from openimr.model.request import Request, RequestKind
from openimr.model.reviewer import Register
from openimr.process.assignable import Assignable, read_assignable
from openimr.process.folder import CASE
from openimr.request.grammar import parse_request
from openimr.rulebook.assignment import load_assignment_rules
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary
from openimr.rulebook.transitions import load_transitions

SCHEMA = "openimr/assignment/1"
_A_CASE, _A_REGISTER = "a case", "a register of reviewers"
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_BATCH = 500
"""Proofs written at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegister:
    """A register that can be used, and the hash of its file."""

    register: Register
    sha256: str


def read_register(path: Path, rules: AssignmentRules) -> ReadRegister:
    """The register of a file.

    Raises:
        InputError: it cannot be read, or entries cannot be meant so; all are told at once.
    """
    register = read_plain(path, Register, what=_A_REGISTER)
    faults = register_faults(register, rules)
    if faults:
        raise InputError(
            f"the register cannot be used: {'; '.join(faults)}",
            where=str(path),
            remedy="mend these entries; docs/reference/process.md names every field",
        )
    return ReadRegister(register=register, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def read_queue(path: Path, panels: Mapping[str, PanelApproval]) -> tuple[CaseToAssign, ...]:
    """The cases of a folder of case folders, or of a file with one case a line.

    Args:
        path: the folder or JSON lines file.
        panels: approvals of more than one reviewer, by case number.

    A case whose events do not leave it where a reviewer is assigned is in the queue too, withheld:
    nobody gets it, and the reason is told.

    Raises:
        InputError: a case cannot be used, or an approval is for none of them.
        BrokenChain, IllegalAct: the events of a case cannot be.
    """
    read = CaseReader()
    cases = tuple(_to_assign(read, case, told) for case, told in _cases(path))
    if not cases:
        raise InputError(
            "there is no case to assign",
            where=str(path),
            remedy=f"give a folder of folders with a {CASE}, or a file with one case a line",
        )
    known = {case.case_number for case in cases}
    for number in sorted(set(panels) - known):
        raise UsageError(
            f"a panel is approved for {number}, which is not in the queue",
            remedy="mend the case number after --panel",
        )
    return tuple(replace(case, panel=panels.get(case.case_number)) for case in cases)


def _to_assign(read: CaseReader, case: ImrCase, told: Assignable) -> CaseToAssign:
    """The case with what is left of it to decide; with all of it, where it is withheld."""
    asked = read.case(case, told.barred)
    if told.withheld is not None:
        return replace(asked, withheld=told.withheld)
    left = tuple(item for item in asked.items if item.index not in told.settled)
    return replace(asked, items=left)


def _cases(path: Path) -> Iterator[tuple[ImrCase, Assignable]]:
    """Each case, with what its events say of its assignment."""
    if path.is_dir():
        table = load_transitions()
        for file in sorted(path.glob(f"*/{CASE}")):
            case = _checked(read_plain(file, ImrCase, what=_A_CASE), str(file))
            yield case, read_assignable(file.parent, case, table)
        return
    for number, told in _lines(path, _A_CASE):
        where = f"{path}:{number}"
        yield _checked(from_plain(told, ImrCase, where=where, what=_A_CASE), where), Assignable()


def _checked(case: ImrCase, where: str) -> ImrCase:
    if not _NUMBER.fullmatch(case.case_number):
        raise InputError(
            "the case number cannot be used",
            where=where,
            why="it holds other signs than letters, digits, - and _",
            remedy="write it as CM15-0123456",
        )
    if not case.items:
        raise InputError(
            f"the case {case.case_number} has no item to decide",
            where=where,
            why="an application names each disputed treatment (8 CCR 9792.10.1(b))",
            remedy="enter its items",
        )
    return case


def _lines(path: Path, what: str) -> Iterator[tuple[int, object]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{what} cannot be read", where=str(path)) from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UnreadableFile(
                    f"this is not {what} in JSON",
                    where=f"{path}:{number}",
                    remedy="write one JSON object a line",
                ) from error


class CaseReader:
    """Turns filed cases into what chooses a reviewer; request lines are parsed once."""

    def __init__(self) -> None:
        self._formulary, self._vocabulary = load_formulary(), load_request_vocabulary()
        self._parsed: dict[str, Request] = {}

    def case(self, case: ImrCase, earlier: tuple[str, ...]) -> CaseToAssign:
        """The case; whoever decided the same dispute before is barred."""
        items = tuple(map(self._item, case.items))
        received = case.application.received
        prior = (p.reviewer for p in case.prior_reviews if p.reviewer and self._same(p, case))
        return CaseToAssign(
            case_number=case.case_number,
            items=items,
            parties=case.parties,
            priority=case.application.requested,
            received=received.date() if received else None,
            barred=tuple(dict.fromkeys([*prior, *earlier])),
        )

    def _item(self, item: FiledItem) -> ItemToAssign:
        parsed = self._parse(item.request_text)
        known = item.topic or parsed.topic_id
        unread = parsed.topic_id is None and parsed.kind is RequestKind.OTHER
        return ItemToAssign(
            index=item.index,
            topic=TopicId(known) if known else None,
            kind=None if unread and parsed.procedure is None else parsed.kind,
            body_parts=parsed.body_parts,
            specialties=item.specialties,
        )

    def _same(self, prior: PriorReview, case: ImrCase) -> bool:
        """Whether an earlier review was of this dispute; it is, where nothing tells its items."""
        if prior.case_number == case.case_number or not prior.items:
            return True
        mine = {self._dispute(item.request_text) for item in case.items}
        return any(self._dispute(line) in mine for line in prior.items)

    def _dispute(self, line: str) -> str:
        return self._parse(line).topic_id or " ".join(line.casefold().split())

    def _parse(self, line: str) -> Request:
        if line not in self._parsed:
            self._parsed[line] = parse_request(line, self._formulary, self._vocabulary)
        return self._parsed[line]


def propose(
    cases: Sequence[CaseToAssign], read: ReadRegister, day: date, key: bytes
) -> tuple[Queue, Prover]:
    """The assignment of a queue, and who proves it."""
    queue = assign_queue(cases, read.register, load_assignment_rules(), day, key=key)
    return queue, Prover(queue, read.sha256)


def assignment_json(assignment: Assignment, rules: AssignmentRules, register: str) -> Any:  # noqa: ANN401 JSON
    """The proposal as JSON: reviewers by register id."""
    totals = assignment.totals
    return {
        "schema": SCHEMA,
        "as_of": assignment.day.isoformat(),
        "rules_sha256": rules.sha256,
        "register_sha256": register,
        "placed": [
            {
                "case_number": one.case_number,
                "items": list(one.items),
                "reviewer": one.reviewer,
                "points": one.points,
            }
            for one in assignment.placed
        ],
        "not_placed": [
            {
                "case_number": one.case_number,
                "items": list(one.items),
                "reasons": [
                    {"code": r.code, "says": r.says, "citation": r.citation} for r in one.reasons
                ],
            }
            for one in assignment.not_placed
        ],
        "totals": {
            "points": totals.points,
            "bound": totals.bound,
            "gap": round(totals.gap, 6),
            "taken": dict(totals.taken),
        },
    }


def write_proofs(folder: Path, numbers: Iterable[str], prover: Prover) -> None:
    """A file `CASE_NUMBER.json` for each case, some hundreds at a time."""
    waiting: dict[str, bytes] = {}
    for number in numbers:
        text = json.dumps(prover.prove(number), ensure_ascii=False, separators=(",", ":"))
        waiting[f"{number}.json"] = f"{text}\n".encode()
        if len(waiting) >= _BATCH:
            write_folder(folder, waiting)
            waiting = {}
    if waiting:
        write_folder(folder, waiting)
