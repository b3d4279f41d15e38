"""A case folder or a folder of records -> the proposal on eligibility, and on the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from openimr.adapters.casefile import read_files
from openimr.adapters.gather import CASE, RECORDS
from openimr.adapters.ocr_choice import AUTO, OcrChoice
from openimr.adapters.plain_files import read_plain
from openimr.extract.header_text import pages_of
from openimr.extract.reviewed_records import named_record, read_reviewed_records
from openimr.intake.assemble import assemble
from openimr.model.application import Application, ImrCase
from openimr.model.case import CaseFile
from openimr.model.document import DocumentKind
from openimr.model.errors import InputError, UsageError
from openimr.model.ground import Grounds, Proposal, ProposedOutcome
from openimr.model.progress import Progress
from openimr.model.records import HeldRecord, NamedRecord, RecordRule, RecordsReport
from openimr.model.request import Request
from openimr.model.stated import ReadCase
from openimr.pipeline import Rules
from openimr.process.beside import cases_beside, that_may_join, with_earlier
from openimr.process.clashes import Together, lay_together
from openimr.process.eligibility_sense import (
    require_number,
    require_received,
    with_day_clashes,
)
from openimr.process.folder import read_events
from openimr.process.from_records import held_records, read_case_of
from openimr.process.records_due import records_due
from openimr.request.grammar import parse_request
from openimr.workflow.eligibility import Material, propose
from openimr.workflow.ground_view import DueBy
from openimr.workflow.records import Penalty, RecordsAsked, report


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRules:
    """What eligibility is proposed by."""

    reading: Rules
    grounds: Grounds
    records: tuple[RecordRule, ...]
    due: DueBy
    penalty: Penalty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """The proposal, the state of the records, and what was read and cannot be."""

    proposal: Proposal
    records: RecordsReport
    doubts: tuple[str, ...] = ()


def check_eligibility(
    path: Path,
    rules: EligibilityRules,
    *,
    as_of: date,
    beside: Path | None = None,
    ocr: OcrChoice = AUTO,
    progress: Progress | None = None,
) -> Eligibility:
    """Read a case and propose; nothing is written.

    Args:
        path: a case folder (`case.json`, with or without `records/`), or records as `review` takes.
        rules: what to propose by.
        as_of: the day of the proposal.
        beside: a folder of case folders, among which earlier applications of the employee and those
            to consolidate are sought.
        ocr: what reads page images.
        progress: told of the work.

    Raises:
        InputError: the case cannot be read or contradicts itself; the message names the fields.
        UsageError: the application had not been received on the day of the proposal.
    """
    stated = _stated(path)
    case_file = _case_file(path, stated, rules, ocr, progress)
    read = read_case_of(case_file, rules.reading) if case_file else ReadCase(case=stated or _none())
    requests = _requests(rules.reading, [read.case, *([stated] if stated else [])])
    together = (
        with_day_clashes(stated, lay_together(stated, read, requests))
        if stated is not None and case_file is not None
        else Together(case=stated or read.case, sources=read.sources)
    )
    others = cases_beside(beside, path) if beside else ()
    case = with_earlier(together.case, others)
    material = Material(
        grounds=rules.grounds,
        due=rules.due,
        requests={**requests, **_requests(rules.reading, [case])},
        sources=together.sources,
        beside=that_may_join(others, _outcome_by(rules, as_of)),
        otherwise=with_earlier(together.otherwise, others) if together.otherwise else None,
        clashes=together.clashes,
    )
    try:
        require_received(case, as_of)
        proposal = propose(case, material, as_of=as_of)
    except (InputError, UsageError) as error:
        raise error.at(str(path / CASE) if stated else str(path)) from error
    held = held_records(case_file.documents) if case_file else _received(together.case)
    events = read_events(path) if stated is not None else ()
    asked = RecordsAsked(
        rules=rules.records,
        held=held,
        named=tuple(_named(case_file, together.case)),
        due=records_due(events, together.case, rules.due, proposal.rules_of),
        penalty=rules.penalty,
    )
    return Eligibility(proposal=proposal, records=report(together.case, asked), doubts=read.doubts)


def _stated(path: Path) -> ImrCase | None:
    """What `case.json` states; None where there are only papers."""
    place = path / CASE
    if not place.is_file():
        return None
    case = read_plain(place, ImrCase, what="a case")
    try:
        require_number(case)
    except InputError as error:
        raise error.at(str(place)) from error
    return case


def _case_file(
    path: Path,
    stated: ImrCase | None,
    rules: EligibilityRules,
    ocr: OcrChoice,
    progress: Progress | None,
) -> CaseFile | None:
    """The documents; None for a case folder that has none yet."""
    if stated is not None and not (path / RECORDS).is_dir():
        return None
    return assemble(read_files(path, ocr=ocr, progress=progress), rules.reading.signs)


def _none() -> ImrCase:
    return ImrCase(case_number="", application=Application())


def _requests(rules: Rules, cases: Sequence[ImrCase]) -> dict[str, Request]:
    """Every request line of the cases and of the reviews before them, read by the grammar."""
    parse = partial(parse_request, formulary=rules.formulary, vocabulary=rules.vocabulary)
    lines = [item.request_text for case in cases for item in case.items]
    lines += [line for case in cases for prior in case.prior_reviews for line in prior.items]
    return {line: parse(line) for line in lines}


def _outcome_by(rules: EligibilityRules, as_of: date) -> Callable[[ImrCase], ProposedOutcome]:
    def outcome(case: ImrCase) -> ProposedOutcome:
        requests = _requests(rules.reading, [case])
        material = Material(grounds=rules.grounds, due=rules.due, requests=requests)
        return propose(case, material, as_of=as_of).outcome

    return outcome


def _named(case_file: CaseFile | None, case: ImrCase) -> Iterator[NamedRecord]:
    """As the page names them, with what it says of each; else as the case does."""
    if case_file is not None:
        decisions = list(pages_of(case_file.documents, DocumentKind.UR_DECISION))
        found = read_reviewed_records(decisions)
        if found:
            yield from (each.value for each in found)
            return
    yield from map(named_record, case.records_named_by_ur)


def _received(case: ImrCase) -> tuple[HeldRecord, ...]:
    known = set(DocumentKind)
    return tuple(
        HeldRecord(
            file=one.file,
            kind=DocumentKind(one.kind) if one.kind in known else None,
            day=one.day,
            sender=one.sender,
        )
        for one in case.received
    )
