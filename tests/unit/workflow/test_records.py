"""What is owed, what is named and not there, the guard, and what follows from lateness."""

# ruff: noqa: E501 - a table of cases is read in rows

from __future__ import annotations

from datetime import date

import pytest

from eligible_case import DUE, ELIGIBLE, at, changed
from openimr.model.application import ReceivedDocument
from openimr.model.document import DocumentKind as K
from openimr.model.party import PartyRole, ServiceMethod
from openimr.model.records import HeldRecord, NamedRecord, Presence
from openimr.process.records_due import penalty_by
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.records import load_record_rules
from openimr.workflow.earlier_grounds import months_after
from openimr.workflow.records import RecordsAsked, compare, report

DECISION = HeldRecord(file="ur.txt", kind=K.UR_DECISION, day=date(2015, 2, 10))
FORM = HeldRecord(file="form.txt", kind=K.IMR_APPLICATION, day=date(2015, 3, 6))


def visit(day: date, author: str | None = None, kind: K = K.PROGRESS_REPORT) -> HeldRecord:
    return HeldRecord(file=f"visit-{day}.txt", kind=kind, day=day, author=author)


def asked(*held: HeldRecord, **more: object) -> RecordsAsked:
    return RecordsAsked(rules=load_record_rules(), held=held, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2014, 8, 2), False),
        (date(2014, 8, 3), True),
        (date(2015, 2, 3), True),
        (date(2015, 2, 4), False),
    ],
)
def test_reports_of_six_months_before_the_request_are_owed(day: date, inside: bool) -> None:
    """The request is of 2015-02-03."""
    owed = {one.rule.id: one for one in report(ELIGIBLE, asked(visit(day))).owed}
    assert (owed["A"].since, owed["A"].until) == (date(2014, 8, 3), date(2015, 2, 3))
    assert bool(owed["A"].held) is inside


def test_the_window_ends_on_the_last_of_a_short_month() -> None:
    assert months_after(date(2015, 8, 31), -6) == date(2015, 2, 28)
    assert months_after(date(2016, 8, 31), -6) == date(2016, 2, 29)
    assert months_after(date(2015, 1, 15), -1) == date(2014, 12, 15)


def test_where_the_physician_is_new_the_earlier_ones_reports_are_owed() -> None:
    told = report(changed(treating_since=date(2014, 12, 1)), asked())
    note = next(one.note for one in told.owed if one.rule.id == "A")
    assert "treats since 2014-12-01" in note
    old = report(changed(treating_since=date(2012, 1, 1)), asked())
    assert next(one.note for one in old.owed if one.rule.id == "A") == ""
    unsaid = report(changed(rfa_date=None), asked())
    assert "not stated" in next(one.note for one in unsaid.owed if one.rule.id == "A")


@pytest.mark.parametrize(
    ("held", "decidable"),
    [
        ((), False),
        ((DECISION,), False),
        ((DECISION, FORM), False),
        ((DECISION, HeldRecord(file="x", kind=K.UNKNOWN, day=None)), False),
        ((DECISION, visit(date(2015, 1, 5))), True),
    ],
)
def test_nothing_is_decided_on_the_decision_alone(
    held: tuple[HeldRecord, ...], decidable: bool
) -> None:
    told = report(ELIGIBLE, asked(*held))
    assert told.decidable is decidable
    assert "9792.10.6(b)(2)" in told.guard


FILE = (
    DECISION,
    visit(date(2015, 1, 5), "Ansel Drury, MD"),
    visit(date(2014, 11, 3), "Ansel Drury, MD"),
    visit(date(2013, 6, 20), "P. Okonjo, MD", K.MEDICAL_LEGAL),
    visit(date(2014, 3, 1), None, K.IMAGING),
)


@pytest.mark.parametrize(
    ("named", "presence", "file"),
    [
        (NamedRecord(text="PR-2", kind=K.PROGRESS_REPORT, day=date(2015, 1, 5)), Presence.FOUND, "visit-2015-01-05.txt"),
        (NamedRecord(text="PR-2", kind=K.PROGRESS_REPORT, day=date(2015, 1, 6)), Presence.DOUBTFUL, "visit-2015-01-05.txt"),
        (NamedRecord(text="PR-2", kind=K.PROGRESS_REPORT, day=date(2014, 12, 2)), Presence.MISSING, "visit-2014-11-03.txt"),
        (NamedRecord(text="PR-2", kind=K.PROGRESS_REPORT), Presence.DOUBTFUL, "visit-2015-01-05.txt"),
        (NamedRecord(text="QME", kind=K.MEDICAL_LEGAL, month=date(2013, 6, 1)), Presence.FOUND, "visit-2013-06-20.txt"),
        (NamedRecord(text="QME", kind=K.MEDICAL_LEGAL), Presence.FOUND, "visit-2013-06-20.txt"),
        (NamedRecord(text="MRI", kind=K.IMAGING, day=date(2014, 3, 1)), Presence.FOUND, "visit-2014-03-01.txt"),
        (NamedRecord(text="report of Dr. Sato", kind=K.PROGRESS_REPORT, day=date(2015, 1, 5), author="Sato"), Presence.DOUBTFUL, "visit-2015-01-05.txt"),
        (NamedRecord(text="CURES", kind=K.CURES, day=date(2012, 1, 1)), Presence.MISSING, None),
    ],
)  # fmt: skip
def test_what_the_decision_names_is_sought_in_the_file(
    named: NamedRecord, presence: Presence, file: str | None
) -> None:
    (pair,) = compare((named,), FILE)
    assert pair.presence is presence, pair.why
    assert (pair.held.file if pair.held else None) == file


def test_a_difference_names_both_sides() -> None:
    named = NamedRecord(text="PR-2", kind=K.PROGRESS_REPORT, day=date(2015, 1, 6))
    (pair,) = compare((named,), FILE)
    assert pair.why == "the decision says 2015-01-06, the file 2015-01-05"


@pytest.mark.parametrize(
    ("sender", "day", "told"),
    [
        (PartyRole.CLAIMS_ADMINISTRATOR, date(2015, 5, 18), ""),
        (PartyRole.CLAIMS_ADMINISTRATOR, date(2015, 5, 20), "$1,000"),
        (PartyRole.CLAIMS_ADMINISTRATOR, date(2015, 7, 1), "$5,000"),
        (PartyRole.INJURED_EMPLOYEE, date(2015, 7, 1), ""),
    ],
)
def test_late_records_are_told_with_what_follows(sender: PartyRole, day: date, told: str) -> None:
    """The notice of Friday 2015-05-01 gives until Monday 2015-05-18."""
    limit = DUE(
        "D14",
        date(2015, 5, 1),
        service=ServiceMethod.MAIL_CALIFORNIA,
        decided=date(2015, 2, 10),
    )
    paper = ReceivedDocument(file="late.pdf", kind="pr2", sender=sender, received=at(day))
    penalty = penalty_by(load_money_rules())
    found = report(changed(received=(paper,)), asked(due=(limit,), penalty=penalty))
    if not told:
        assert found.late == ()
        return
    (sentence,) = found.late
    assert sentence.startswith(f"late.pdf came on {day}, after 2015-05-18 (D14)")
    assert told in sentence
