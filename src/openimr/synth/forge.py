"""Forging a case file: a seed in, documents and their truth out. Same seed, same bytes."""

from __future__ import annotations

from dataclasses import replace

from openimr.model.document import DocumentKind
from openimr.synth.bank import data
from openimr.synth.dispensing import write_cures, write_ledger
from openimr.synth.draw import Draw
from openimr.synth.evaluation import write_evaluation
from openimr.synth.extras import write_extra
from openimr.synth.forms import write_application, write_rfa
from openimr.synth.lab import write_lab
from openimr.synth.notes import (
    write_consultation,
    write_letter,
    write_messages,
    write_therapy,
    write_vitals,
)
from openimr.synth.progress import write_visit
from openimr.synth.record import Record, wanted
from openimr.synth.review import write_decision
from openimr.synth.scenario import plan_case
from openimr.synth.studies import write_emg, write_imaging
from openimr.synth.traps import draw_traps
from openimr.synth.truth import truth_of
from openimr.synth.types import ForgedCase

SCENARIOS: tuple[str, ...] = tuple(data("seeds"))
"""Written scenarios: the facts of the five published seed determinations."""


def forge_case(seed: int, *, scenario: str | None = None) -> ForgedCase:
    """One invented case file with its truth.

    Args:
        seed: Decides everything that the scenario leaves open.
        scenario: One of `SCENARIOS`; without it the clinical truth is drawn as well.
    """
    spec = dict(data("seeds")[scenario]) if scenario else {}
    name = f"{scenario or 'case'}-{seed:05d}"
    draw = Draw(name)
    record = Record(plan_case(name, draw, spec), draw)
    draw_traps(record, draw.fork("traps"))
    _write_all(record)
    return ForgedCase(id=name, documents=tuple(record.documents), truth=truth_of(record))


def forge_big(seed: int, pages: int) -> ForgedCase:
    """A case whose record is at least this long, most of it beside the point; for benchmarks."""
    name = f"big-{seed:05d}"
    draw = Draw(name)
    record = Record(plan_case(name, draw, {}), draw)
    draw_traps(record, draw.fork("traps"))
    _write_all(record)
    number = 100
    while (missing := pages - sum(len(doc.pages) for doc in record.documents)) > 0:
        write_extra(record, number, size=max(1, min(missing, draw.between(2, 40))))
        number += 1
    return ForgedCase(id=name, documents=tuple(record.documents), truth=truth_of(record))


def _write_all(record: Record) -> None:
    """Every document, in the order of the case file; papers that prove nothing come last."""
    draw = record.draw.fork("documents")
    write_application(record)
    write_decision(record)
    write_rfa(record)
    _write_visits(record, draw)
    _write_monitoring(record, draw)
    _write_reports(record, draw)
    if draw.chance(0.15):
        _send_again(record, draw)
    for number in range(max(10 - len(record.documents), draw.between(1, 3))):
        write_extra(record, number, size=draw.between(2, 5) if draw.chance(0.35) else 1)


def _send_again(record: Record, draw: Draw) -> None:
    """The report of the request a second time, as clinics do: same pages, another fax line."""
    first = next(doc for doc in record.documents if doc.kind is DocumentKind.PROGRESS_REPORT)
    number = len(record.documents) + 1
    stamp = f"{draw.between(8, 17):02d}:{draw.between(10, 59)}  RE-SENT  {draw.between(100, 999)}"
    pages = tuple(f"{stamp}    P.{at}\n{page}" for at, page in enumerate(first.pages, start=1))
    file = f"{number:02d}-pr2-{first.date}"
    record.documents.append(replace(first, file=file, pages=pages))


def _write_visits(record: Record, draw: Draw) -> None:
    plan, authors = record.plan, data("authors")["authors"]
    own, other = draw.some(authors, 2)
    last = len(plan.dates.visits) - 1
    for index in range(last + 1):
        covering = index == last and index > 1 and draw.chance(0.4)
        write_visit(record, index, other if covering else own)
    if wanted(plan, "phone") or (not plan.notes and draw.chance(0.5)):
        write_messages(record)
    if draw.chance(0.5):
        write_vitals(record)


def _write_monitoring(record: Record, draw: Draw) -> None:
    plan = record.plan
    tests, cures = plan.option("uds"), plan.option("cures")
    if tests in ("report", "bad", "stale", "other_patient"):
        write_lab(record, tests)
    if cures in ("report", "multi"):
        write_cures(record, cures)
    if draw.chance(0.7) and plan.lists_before and not plan.notes:
        write_ledger(record)


def _write_reports(record: Record, draw: Draw) -> None:
    plan = record.plan
    if wanted(plan, "old") or draw.chance(0.85):
        write_evaluation(record)
    if "imaging" in plan.notes or draw.chance(0.8):
        write_imaging(record)
    nerve = plan.option("nerve")
    if nerve == "emg" or (nerve in ("axial", "denied", "referred") and draw.chance(0.35)):
        write_emg(record)
    if wanted(plan, "consult") or (not plan.notes and draw.chance(0.2)):
        write_consultation(record)
    if wanted(plan, "therapist") or draw.chance(0.65):
        write_therapy(record)
    if draw.chance(0.75):
        write_letter(record)
