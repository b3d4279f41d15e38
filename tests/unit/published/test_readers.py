"""The small readers: guideline lines, conclusions, persons, headers, credentials, sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.model.hyphens import as_printed, as_read
from openimr.model.printed_dates import read_date
from openimr.published.conclusion import read_conclusion
from openimr.published.credentials import read_credentials
from openimr.published.documents import read_documents
from openimr.published.guideline import read_guideline
from openimr.published.header import read_header
from openimr.published.letter_text import flat, prepare
from openimr.published.letter_verdict import check_verdict
from openimr.published.person import read_person

ODG = "Official Disability Guidelines (ODG)"
BASED = "Decision based on "
OUTSIDE = (
    "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. "
)
LINES = [
    (BASED + "MTUS Opioids Page(s): 74-96.", True, ((74, 96),), ("MTUS Opioids",)),
    (BASED + "MTUS Muscle relaxants, pg 128.", True, ((128, 128),), ("MTUS Muscle relaxants",)),
    (BASED + "MTUS Sleep, page 26 and 30.", True, ((26, 26), (30, 30)), ("MTUS Sleep",)),
    (BASED + "MTUS Antidepressants, Page 15.", True, ((15, 15),), ("MTUS Antidepressants",)),
    (
        BASED + "MTUS Low Back Complaints 2004, Section(s): Initial Care, and Chronic Pain Medical"
        " Treatment 2016, Section(s): Office visits.",
        True,
        (),
        (
            "MTUS Low Back Complaints 2004, Section(s): Initial Care",
            "MTUS Chronic Pain Medical Treatment 2016, Section(s): Office visits",
        ),
    ),
    ("The Claims Administrator did not cite any medical evidence for its decision.", False, (), ()),
    (
        OUTSIDE + BASED + "Non-MTUS Citation ODG Pain Chapter,Sleep aids.",
        False,
        (),
        (f"{ODG}, Pain Chapter, Sleep aids",),
    ),
    (
        "The Expert Reviewer did not base their decision on the MTUS. " + BASED
        + "Non-MTUS Citation http://a.example/x, https://b.example/y.",
        False,
        (),
        ("http://a.example/x", "https://b.example/y"),
    ),
    (
        "The Physician Reviewer based his/her decision on the Postsurgical Guidelines, pages 5-7,"
        " which are part of the MTUS.",
        True,
        ((5, 7),),
        ("MTUS Postsurgical Guidelines",),
    ),
    ("", False, (), ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mtus", "pages", "citations"), LINES)
def test_guideline_lines(
    text: str, mtus: bool, pages: tuple[tuple[int, int], ...], citations: tuple[str, ...]
) -> None:
    line = read_guideline(text)
    assert (line.text, line.mtus, line.pages, line.citations) == (text, mtus, pages, citations)
    assert line.odg == ("ODG" in text or "Official Disability" in text)


NECESSARY = [
    "The request is medically necessary and appropriate.",
    "An MRI was not medically necessary last year. Now it is medically necessary.",
    "Medical necessity of the brace has been established.",
    "The record supports the medical necessity of this visit.",
    "Conditions are met, and the request is supported.",
    "The request IS medically necessary.",
]
NOT_NECESSARY = [
    "The request is not medically necessary.",
    "The request IS NOT medically necessary and appropriate at this time",
    "It cannot be considered, at this time, medically necessary.",
    "Medical necessity for the drug has not been established.",
    "There is a lack of evidence of medical necessity.",
    "None of the associated services is medically necessary.",
    "The request is considered not medically necessary.",
    "The request is medically unnecessary.",
    "The record does not show that the visits are medically necessary.",
    "A brace is medically necessary after surgery. This request isn't medically necessary.",
    "Not medicaly necessary.",
    "The request for a scan is not supported.",
]
NOTHING = [
    "The reviewer must say whether it is medically necessary.",
    "He receives medically necessary treatment.",
    "Necessity is the mother of invention.",
    "Pain is 8/10.",
    "",
]


@pytest.mark.parametrize(
    ("rationale", "want"),
    [(text, "necessary") for text in NECESSARY]
    + [(text, "not_necessary") for text in NOT_NECESSARY]
    + [(text, None) for text in NOTHING],
)
def test_conclusions(rationale: str, want: str | None) -> None:
    assert read_conclusion(rationale) == want


@pytest.mark.parametrize(
    ("summary", "age", "sex"),
    [
        ("The injured worker is a 32 year old female with pain.", 32, "female"),
        ("This 45-year-old right-handed man fell.", 45, "male"),
        ("A 56 y/o M fell.", 56, "male"),
        ("The 36-year-old injured worker fell. The man fell again.", 36, None),
        ("The female worker, aged 51, fell.", 51, "female"),
        ("The patient had a 3 year old injury and a 12 year old son.", None, None),
        ("The injured worker fell on 7/31/2001.", None, None),
        ("", None, None),
    ],
)
def test_age_and_sex(summary: str, age: int | None, sex: str | None) -> None:
    assert read_person(summary) == (age, sex)


def test_header_labels_in_any_order_and_over_lines() -> None:
    header = read_header(
        "Dated: 10/31/2013\nDate of UR\nDecision: 7/22/2013 Date of Injury: July 2, 2010\n"
        "IMR Application Received: 8/7/2013 MAXIMUS Case Number: CM13-0001234\nPriority: STANDARD"
    )
    assert header.decision_date == date(2013, 10, 31)
    assert header.ur_denial_date == date(2013, 7, 22)
    assert header.date_of_injury == date(2010, 7, 2)
    assert header.application_received == date(2013, 8, 7)
    assert (header.case_number, header.priority) == ("CM13-0001234", "Standard")
    assert header.date_assigned is None


def test_ur_denial_is_no_decision_date() -> None:
    assert read_header("UR Denial Date: 11/04/2016").decision_date is None


def test_impossible_days_are_not_stated() -> None:
    assert read_date("02/30/2016") is None
    assert read_date("9/30/99") == date(1999, 9, 30)


def test_credentials_in_a_sentence() -> None:
    told = "is Board Certified in Psychiatry and is licensed to practice in Texas, Ohio, and Iowa."
    assert read_credentials(told) == (("Texas", "Ohio", "Iowa"), ("Psychiatry",))


def test_documents_without_bullets_run_on_over_lines() -> None:
    assert read_documents("\nRecords from\nthe clinic\nApplication\n") == (
        "Records from the clinic",
        "Application",
    )


def test_verdict_of_the_first_page_is_compared() -> None:
    assert check_verdict("Final Determination: OVERTURN.", []) == ()
    assert check_verdict("no verdict", []) == ()


@given(st.text(alphabet=" .ab\n\tADr1(\u00a0", max_size=80))
def test_flat_text_has_single_spaces_only(text: str) -> None:
    whole = flat(prepare(text))
    assert "  " not in whole
    assert whole == whole.strip()
    assert whole.split() == prepare(text).split()


def test_the_two_readings_of_a_hyphen() -> None:
    text = "over\u00adthe 10-30\u00ad2016"
    assert as_printed(text) == "overthe 10-302016"
    assert as_read(text) == "overthe 10-30-2016"
