"""A reviewer signs: the draft holds, the reviewer may decide, every item is decided, all is bound.

draft + ruling -> signed determination in `signed/`, and the event `sign` in the chain
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from openimr.adapters.casefile import read_files
from openimr.adapters.output import write_folder
from openimr.assign.pseudonym import pseudonym
from openimr.draft.ruled import Credentials, apply_ruling
from openimr.letter import letter_files
from openimr.model.application import ImrCase
from openimr.model.assignment_rules import AssignmentRules
from openimr.model.determination import Determination, Status
from openimr.model.errors import CheckFailed, IllegalAct
from openimr.model.event import Actor, ActorRole
from openimr.model.progress import Progress
from openimr.model.reviewer import LicenceStatus, Register, Reviewer
from openimr.model.ruling import Ruling, Signature
from openimr.model.source import SourceFile
from openimr.model.transition import TransitionTable
from openimr.model.us_states import STATES
from openimr.pipeline import Rules, review
from openimr.process.fitness import reasons_against, reviewer_of
from openimr.process.folder import act_on, try_act
from openimr.process.leaks import words_of, words_that_name
from openimr.proof import claimed_challenges, engine_of, parse_second_reading, prove, terms
from openimr.render.binding import make_signature

SIGNED = "signed"
"""The folder of a case that holds the signed determination."""
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What signing needs besides the case: rules of the review, of the process, the register."""

    rules: Rules
    table: TransitionTable
    assignment: AssignmentRules
    register: Register
    key: bytes
    """Of the pseudonyms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What came of it."""

    determination: Determination
    files: Mapping[str, bytes]
    unopened: tuple[tuple[str, int], ...] | None
    """Document and page that were never on screen; None where nobody kept count."""


def sign(
    claimed: Mapping[str, Any],
    case: Path,
    ruling: Ruling,
    reviewer: str,
    *,
    desk: Desk,
    at: datetime,
    dry: bool = False,
    progress: Progress | None = None,
) -> Signing:
    """Sign a draft.

    Args:
        claimed: the draft, as JSON.
        case: the case folder.
        ruling: outcomes and what is overruled.
        reviewer: the register's id.
        desk: rules and register.
        at: the instant of the act.
        dry: whether to write nothing, to see the letter first.
        progress: told of the work.

    Raises:
        CheckFailed: the draft does not hold against the records.
        IllegalAct: the reviewer may not sign this case now.
        InputError: the ruling is not whole.
    """
    entry = reviewer_of(desk.register, reviewer)
    files = read_files(case, ocr=engine_of(claimed), progress=progress)
    draft = _proved(claimed, files, desk.rules, progress)
    _require_unnamed(ruling, entry, files)
    if draft.status is not Status.DRAFT or ruling.findings or ruling.suggestions:
        draft = _drafted_with(ruling, claimed, files, desk.rules, progress)
    credentials = credentials_of(entry, at)
    decided = apply_ruling(draft, ruling, credentials)
    signature = make_signature(
        decided,
        pseudonym=pseudonym(entry.id, desk.key),
        licensure=credentials.licensure,
        specialties=credentials.specialties,
        at=at,
    )
    decided = replace(decided, signature=signature)
    act = _told(ruling, signature)
    actor = Actor(role=ActorRole.REVIEWER, name=reviewer)
    opened = try_act(case, desk.table, "sign", actor, at, act)
    require_fit(opened.case, reviewer, desk, at)
    written = letter_files(decided, case)
    if not dry:
        write_folder(case / SIGNED, written)
        act_on(case, desk.table, "sign", actor, at, act)
    return Signing(determination=decided, files=written, unopened=_unopened(decided, ruling))


def _proved(
    claimed: Mapping[str, Any],
    files: tuple[SourceFile, ...],
    rules: Rules,
    progress: Progress | None,
) -> Determination:
    """What is signed, as the records give it; changed by hand or over other records it is not."""
    derived, problems = prove(claimed, files, rules=rules, progress=progress)
    if problems or derived is None:
        more = f" (and {len(problems) - _SHOWN} more)" if len(problems) > _SHOWN else ""
        raise CheckFailed(
            f"the draft does not hold: {'; '.join(problems[:_SHOWN])}{more}",
            why="a signature binds the letter to its records and rules",
            remedy="draft the case again with `openimr review` and overrule in the ruling",
        )
    return derived


def _require_unnamed(ruling: Ruling, reviewer: Reviewer, files: tuple[SourceFile, ...]) -> None:
    """The reviewer's words go into the letter, and must not tell who wrote them."""
    records = words_of(page.text for file in files for page in file.pages)
    if words_that_name(words_in(ruling), reviewer, records):
        raise CheckFailed(
            "the ruling names its reviewer",
            why="the names of reviewers are confidential (Labor Code 4610.6(f))",
            remedy="take the name, id or licence number out of its reasons and sentences",
        )


def words_in(ruling: Ruling) -> tuple[str, ...]:
    """Everything that the reviewer wrote."""
    return (
        *(one.reason for one in ruling.items),
        *(one.reason for one in ruling.findings),
        *(one.reason for one in ruling.suggestions),
        *(text for one in ruling.sentences for text in (one.reason, one.text)),
    )


def _drafted_with(
    ruling: Ruling,
    claimed: Mapping[str, Any],
    files: tuple[SourceFile, ...],
    rules: Rules,
    progress: Progress | None,
) -> Determination:
    """The draft anew, with what the ruling overrules of findings and suggestions."""
    as_of, settings = terms(claimed)
    return review(
        files,
        rules=rules,
        as_of=as_of,
        settings=settings,
        second_reader=parse_second_reading(claimed.get("second_reading")),
        challenges=claimed_challenges(claimed),
        ruling=ruling,
        progress=progress,
    )


def _told(ruling: Ruling, signature: Signature) -> dict[str, str]:
    """What the event says: outcomes, and the hashes of all that the signature binds."""
    return {
        "outcomes": ",".join(f"{one.item}={one.outcome.name}" for one in ruling.items),
        "determination_sha256": signature.sha256,
        "records_sha256": signature.records,
        "rulebook_sha256": signature.rulebook,
        "overrides_sha256": signature.ruling,
    }


def credentials_of(reviewer: Reviewer, at: datetime) -> Credentials:
    """States of active licences and specialties, and nothing else of the register."""
    states = sorted(
        {
            STATES.get(licence.state, licence.state)
            for licence in reviewer.licences
            if licence.status is LicenceStatus.ACTIVE and licence.expires >= at.date()
        }
    )
    return Credentials(licensure=tuple(states), specialties=reviewer.specialties)


def require_fit(case: ImrCase, reviewer: str, desk: Desk, at: datetime) -> None:
    """Credentials and ties are asked again: they may have changed since the assignment.

    Raises:
        IllegalAct: something stands against the reviewer now.
    """
    reasons = reasons_against(case, reviewer, desk.register, desk.assignment, at.date())
    if reasons:
        raise IllegalAct(
            f"{reviewer} may not decide this case: {'; '.join(one.says for one in reasons)}",
            why="; ".join(dict.fromkeys(one.citation for one in reasons)),
            remedy="recuse the reviewer and assign another; nothing was written",
        )


def _unopened(decided: Determination, ruling: Ruling) -> tuple[tuple[str, int], ...] | None:
    if ruling.opened is None:
        return None
    seen = {(one.document, page) for one in ruling.opened for page in one.pages}
    return tuple(
        (document.file, page.number)
        for document in decided.documents
        for page in document.pages
        if (document.id, page.number) not in seen
    )
