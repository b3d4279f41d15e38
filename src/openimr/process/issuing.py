"""A signed determination is issued: checked once more, numbered, frozen, served, published.

signed determination -> `issued/N/` with the parties' letter and the published form, and `issue`
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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
from openimr.model.reviewer import Reviewer
from openimr.model.ruling import Issuance
from openimr.pipeline import Rules
from openimr.process.fitness import reviewer_of
from openimr.process.folder import CASE, OpenedCase, act_on, open_case, read_case, try_act
from openimr.process.leaks import leaks, words_of, words_that_name
from openimr.process.proving import case_sha256
from openimr.process.signing import Desk, require_fit, words_in
from openimr.proof import engine_of, prove
from openimr.quality import from_json, load_checker
from openimr.render.json import render_json
from openimr.render.published_form import published_form, published_pdf, published_text
from openimr.rulebook.clock_rules import load_clock_rules

ISSUED = "issued"
_STOPPING = frozenset({"OUTCOME"})
"""Codes of problems with which no letter leaves."""
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
    signers = _signers(opened, desk, release)
    written = {**letter_files(issued, case), **published_files(issued, opened.case)}
    _require_secret(written, issued, signers, release)
    act, data = _told(issued, release, written)
    actor = Actor(role=ActorRole.REVIEW_ORGANIZATION, name=release.by)
    try_act(case, desk.table, act, actor, release.at, data, release.correction)
    problems_found = _quality(issued, desk.rules)
    folder = case / ISSUED / str(_version(case))
    write_folder(folder, written)
    clocks = load_clock_rules()
    act_on(case, desk.table, act, actor, release.at, data, release.correction, clocks=clocks)
    return Issued(determination=issued, folder=folder, problems=problems_found)


def _quality(issued: Determination, rules: Rules) -> tuple[Problem, ...]:
    """What the checks of letters say; a heading that its own rationale contradicts stops it."""
    checker = load_checker(
        formulary=rules.formulary, vocabulary=rules.vocabulary, rulebook=rules.rulebook
    )
    found = checker.problems(from_json(render_json(issued), checker, name="the letter"))
    stopping = [one for one in found if one.code in _STOPPING]
    if stopping:
        raise CheckFailed(
            f"the letter contradicts itself: {'; '.join(one.message for one in stopping)}",
            why="each decision needs its reasons (Labor Code 4610.6(d)-(e))",
            remedy="send it back: openimr act CASE return_to_reviewer; nothing was written",
        )
    return found


def _signers(opened: OpenedCase, desk: Desk, release: Release) -> tuple[Reviewer, ...]:
    """Who signed, each in the register and free to decide on the day of release.

    Raises:
        InputError: a signer is not in the register, so nobody could look for the name.
        IllegalAct: something stands against a signer now.
    """
    signed = (event.actor.name for event in opened.events if event.act == "sign")
    names = dict.fromkeys((*opened.state.reviewers, *signed))
    for name in opened.state.reviewers:
        require_fit(opened.case, name, desk, release.at)
    return tuple(reviewer_of(desk.register, name) for name in names)


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
        case_sha256=case_sha256(case),
        reason=release.correction,
    )


def _told(
    issued: Determination, release: Release, written: Mapping[str, bytes]
) -> tuple[str, dict[str, str]]:
    """The act and what its event says."""
    signature = issued.signature
    data = {
        "determination_sha256": signature.sha256 if signature else "",
        "served_on": release.served_on.isoformat(),
        "service": release.service.value,
        "content_complete": "no" if missing_content(issued) else "yes",
        "no_names": "yes",
        "letter_sha256": hashlib.sha256(written["determination.json"]).hexdigest(),
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


def published_files(issued: Determination, case: ImrCase) -> dict[str, bytes]:
    """The published form, without the names of the case: file name to bytes."""
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


def _require_secret(
    files: Mapping[str, bytes],
    issued: Determination,
    signers: Sequence[Reviewer],
    release: Release,
) -> None:
    """No file, and nothing that a person adds on release, names a reviewer."""
    records = words_of(page.text for document in issued.documents for page in document.pages)
    added = (release.by, release.correction, *(words_in(issued.ruling) if issued.ruling else ()))
    for reviewer in signers:
        found = leaks(files, reviewer, records)
        found += [f"`{text.strip()}`" for text in words_that_name(added, reviewer, records)][:1]
        if found:
            raise CheckFailed(
                f"what is issued would name its reviewer: {'; '.join(found)}",
                why="the names of reviewers are confidential (Labor Code 4610.6(f))",
                remedy="take the words out (openimr act CASE return_to_reviewer, then sign again); "
                "nothing was written",
            )


def issued_files(determination: Determination, case: Path) -> dict[str, bytes]:
    """Every file that a determination gives: its letter, and once issued its published form."""
    files = letter_files(determination, case)
    if determination.issuance is None or not (case / CASE).exists():
        return files
    return {**files, **published_files(determination, read_case(case))}


def missing_files(determination: Path, derived: Mapping[str, bytes]) -> list[str]:
    """The files of an issued determination that its folder lacks; it was written whole."""
    if not any(name.startswith("published.") for name in derived):
        return []
    return [
        f"{name}: is missing beside the issued determination"
        for name in derived
        if not determination.with_name(name).exists()
    ]
