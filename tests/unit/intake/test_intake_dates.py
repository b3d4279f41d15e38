# ruff: noqa: E501 - lines of sample pages stand as they would print
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import SIGNS

from openimr.intake.dates_in_text import find_dates
from openimr.intake.dating import find_date
from openimr.intake.plaintext import read_text
from openimr.model.document import DocumentKind

FORMATS = ("%m/%d/%Y", "%m-%d-%y", "%m/%d/%y", "%B %d, %Y", "%b %d %Y", "%d %B %Y", "%Y-%m-%d")


@given(st.dates(date(1951, 1, 1), date(2050, 12, 31)), st.sampled_from(FORMATS))
def test_every_way_of_writing_a_date(day: date, form: str) -> None:
    text = f"seen on {day.strftime(form)}, stable"
    (found,) = find_dates(text)
    assert found.day == day
    assert text[found.start : found.end] == day.strftime(form)


@pytest.mark.parametrize(
    "text",
    ["13/45/2015", "BP 120/80", "L4-5", "10/325", "1/2", "3/2014", "12-34-56-78", "555-01-2015"],
)
def test_what_is_no_whole_date(text: str) -> None:
    assert not list(find_dates(text))


@pytest.mark.parametrize(
    ("kind", "text", "day"),
    [
        (
            DocumentKind.PROGRESS_REPORT,
            "APR-14-2015 17:02  CLINIC   5625550156    P.1/2\nPR-2\nDate of Injury 10/9/06  DOB 2/11/57\n"
            "Date of exam: 4/9/15\nDate: 4/12/15\nRequest for MRI dated 3/1/2015",
            date(2015, 4, 9),
        ),
        (
            DocumentKind.UR_DECISION,
            "ACME REVIEW\nFebruary 12, 2015\nDOI: 5/30/2013   Received: 2/5/2015\nRFA dated 2/5/2015",
            date(2015, 2, 12),
        ),
        (
            DocumentKind.LAB,
            "LAB\nDOB: 01/19/1972  Collected: 10/14/2014 09:40  Received: 10/15/2014   Rpt: 10/17/2014",
            date(2014, 10, 17),
        ),
        (
            DocumentKind.IMR_APPLICATION,
            "Date of Birth: 1/1/1960\nUR Decision Date:  02/12/2015\nEmployee Signature: J. Roe   Date:  03/03/2015\n"
            "RECEIVED MAR 06 2015",
            date(2015, 3, 3),
        ),
        (
            DocumentKind.PHYSICAL_THERAPY,
            "PT NOTES   DOI 1/14/2014\n 1  07-04-15 ex\n 2  07-08-15 ice\n 3  07-13-15 ex",
            date(2015, 7, 13),
        ),
        (DocumentKind.PROGRESS_REPORT, "no date at all, DOB 1/2/1970", None),
        (
            DocumentKind.MEDICAL_LEGAL,
            "JANE ROE, M.D.\nJune 18, 2014\nRE: A. Bee\n\nRECORD REVIEW. Operative report 12/4/12. CT of 8/2013: solid.",
            date(2014, 6, 18),
        ),
        (
            DocumentKind.UR_DECISION,
            "ROE REVIEW\n\nAugust 21, 2014                 DETERMINATION\n\nRecords at hand: narrative report 8/5/14.",
            date(2014, 8, 21),
        ),
    ],
)
def test_the_date_of_a_document(kind: DocumentKind, text: str, day: date | None) -> None:
    assert find_date(kind, read_text(text), SIGNS) == day
