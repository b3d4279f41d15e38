"""A signed determination is issued: checked once more, numbered, frozen, served, published.

signed determination -> `issued/N/` with the parties' letter and the published form, and `issue`
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openimr.adapters.casefile import read_files
from openimr.adapters.output import write_folder
from openimr.decided import claimed_decision
from openimr.deid.detect import detect
from openimr.deid.replace import Surrogates, replace_identifiers
from openimr.letter import letter_files
from openimr.model.application import ImrCase, Priority
from openimr.model.case import CaseHeader
from openimr.model.determination import Determination, Status
from openimr.model.errors import CheckFailed, InputError
from openimr.model.event import Actor, ActorRole
from openimr.model.identifier import IdentifierKind
from openimr.model.party import PartyRole, ServiceMethod
from openimr.model.problem import Problem
from openimr.model.process_state import CaseState, Flag, State
from openimr.model.progress import Progress
from openimr.model.ruling import Issuance
from openimr.process.folder import act_on, open_case, try_act
from openimr.process.leaks import leaks
from openimr.process.signing import Desk
from openimr.proof import engine_of, prove
from openimr.quality import from_json, load_checker
from openimr.render.json import render_json
from openimr.render.published_form import published_form, published_pdf, published_text
from openimr.rulebook.clock_rules import load_clock_rules

ISSUED = "issued"
_PEOPLE = {
    PartyRole.INJURED_EMPLOYEE: IdentifierKind.WORKER,
    PartyRole.REQUESTING_PHYSICIAN: IdentifierKind.PHYSICIAN,
    PartyRole.TREATING_PROVIDER: IdentifierKind.PHYSICIAN,
    PartyRole.EMERGENCY_PROVIDER: IdentifierKind.PHYSICIAN,
    PartyRole.EMPLOYER: IdentifierKind.EMPLOYER,
    PartyRole.CLAIMS_ADMINISTRATOR: IdentifierKind.INSURER,
    PartyRole.FACILITY: IdentifierKind.FACILITY,
    PartyRole.MEDICAL_GROUP: IdentifierKind.FACILITY,
    PartyRole.UR_ORGANIZATION: IdentifierKind.FIRM,
    PartyRole.MEDICAL_PROVIDER_NETWORK: IdentifierKind.FIRM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """How a determination goes out."""

    by: str
    """Account of who releases it."""
    at: datetime
    served_on: date
    service: ServiceMethod
    correction: str = ""
    """Why an issued determination is issued anew; empty for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What came of it."""

    determination: Determination
    folder: Path
    problems: tuple[Problem, ...]
    """What the quality checks say of the letter; a person weighed them before."""


def issue(
    claimed: Mapping[str, Any],
    case: Path,
    release: Release,
    *,
    desk: Desk,
    progress: Progress | None = None,
) -> Issued:
    """Issue a signed determination, or a correction of an issued one.

    Args:
        claimed: the signed determination, as JSON.
        case: the case folder.
        release: who, when and how served.
        desk: rules and register.
        progress: told of the work.

    Raises:
        CheckFailed: it does not hold, or a file would name the reviewer.
        IllegalAct: the case is not where a determination is issued.
    """
    opened = open_case(case, desk.table)
    files = read_files(case, ocr=engine_of(claimed), progress=progress)
    derived, problems = prove(claimed, files, rules=desk.rules)
    decided = claimed_decision(claimed)
    if problems or derived is None or decided.signature is None:
        raise CheckFailed(
            f"the signed determination does not hold: {'; '.join(problems) or 'it is a draft'}",
            remedy="have the reviewer sign it again; nothing was written",
        )
    issued = replace(
        derived,
        status=Status.ISSUED,
        issuance=_issuance(opened.case, opened.state, release, case, decided.signature.sha256),
    )
    act, data = _told(issued, release)
    actor = Actor(role=ActorRole.REVIEW_ORGANIZATION, name=release.by)
    try_act(case, desk.table, act, actor, release.at, data, release.correction)
    written = {**letter_files(issued, case), **_published(issued, opened.case)}
    _require_secret(written, opened.state, desk)
    folder = case / ISSUED / str(_version(case))
    write_folder(folder, written)
    clocks = load_clock_rules()
    act_on(case, desk.table, act, actor, release.at, data, release.correction, clocks=clocks)
    checker = load_checker()
    letter = from_json(render_json(issued), checker, name=opened.case.case_number)
    return Issued(determination=issued, folder=folder, problems=checker.problems(letter))


def _version(case: Path) -> int:
    return 1 + sum(1 for each in (case / ISSUED).glob("*") if each.name.isdecimal())


def _issuance(
    case: ImrCase, state: State, release: Release, folder: Path, signature: str
) -> Issuance:
    assigned = state.flags.get(Flag.ASSIGNED_ON)
    again = state.state is not CaseState.QA
    if again and not release.correction:
        raise InputError(
            f"case {case.case_number} is {state.state}, and a determination is issued from QA",
            why="an issued determination is frozen (Labor Code 4610.6(g))",
            remedy="to issue a corrected version say why with --correct",
        )
    return Issuance(
        case_number=case.case_number,
        issued=release.served_on,
        assigned=date.fromisoformat(assigned) if assigned else None,
        version=_version(folder),
        priority="Expedited" if state.priority is Priority.EXPEDITED else "Standard",
        corrects=signature if release.correction else "",
        reason=release.correction,
    )


def _told(issued: Determination, release: Release) -> tuple[str, dict[str, str]]:
    """The act and what its event says."""
    signature = issued.signature
    data = {
        "determination_sha256": signature.sha256 if signature else "",
        "served_on": release.served_on.isoformat(),
        "service": release.service.value,
        "content_complete": "no" if missing_content(issued) else "yes",
        "no_names": "yes",
    }
    return ("correct" if release.correction else "issue"), data


def missing_content(letter: Determination) -> list[str]:
    """What a Final Determination Letter must hold and this one lacks, 8 CCR 9792.10.6(d)."""
    parts = {
        "case number and date": letter.issuance,
        "how it was made": letter.how_made,
        "licence state and specialty": letter.reviewer_licensure and letter.reviewer_specialty,
        "documents reviewed": letter.documents,
        "clinical case summary": letter.summary,
        "items": letter.items,
    }
    whole = (item.outcome and item.rationale and item.reviewer_guideline for item in letter.items)
    items = (f"item {number} whole" for number, there in enumerate(whole, start=1) if not there)
    return [*(name for name, there in parts.items() if not there), *items]


def _published(issued: Determination, case: ImrCase) -> dict[str, bytes]:
    """The published form, without the names of the case."""
    known = {**_named(issued.header), **{p.name: _kind(p.role) for p in case.parties}}

    def clean(texts: list[str]) -> list[str]:
        surrogates = Surrogates()
        return [
            replace_identifiers(text, found, surrogates).text
            for text, found in zip(texts, detect(texts, known), strict=True)
        ]

    form = published_form(issued).cleaned(clean)
    return {
        "published.txt": published_text(form).encode(),
        "published.pdf": published_pdf(form),
    }


def _kind(role: PartyRole) -> IdentifierKind:
    return _PEOPLE.get(role, IdentifierKind.PERSON)


def _named(header: CaseHeader) -> dict[str, IdentifierKind]:
    named = {
        header.worker: IdentifierKind.WORKER,
        header.requesting_physician: IdentifierKind.PHYSICIAN,
        header.employer: IdentifierKind.EMPLOYER,
        header.claims_administrator: IdentifierKind.INSURER,
        header.ur_organization: IdentifierKind.FIRM,
    }
    return {name: kind for name, kind in named.items() if name}


def _require_secret(files: Mapping[str, bytes], state: State, desk: Desk) -> None:
    for reviewer in desk.register.reviewers:
        if reviewer.id in state.reviewers:
            found = leaks(files, reviewer)
            if found:
                raise CheckFailed(
                    f"the letter would name its reviewer: {'; '.join(found)}",
                    why="the names of reviewers are confidential (Labor Code 4610.6(f))",
                    remedy="take the words out of the ruling and sign again; nothing was written",
                )
