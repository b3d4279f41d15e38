# ruff: noqa: E501 - lines of sample pages stand as they would print
from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import SIGNS

from openimr.intake.page_numbers import PageNumber, fax_number, printed_number
from openimr.intake.plaintext import read_text
from openimr.intake.split import split

UR = (
    "ACME REVIEW\nUTILIZATION REVIEW DETERMINATION\nJuly 1, 2015\nDear Dr. Roe\nNorco is denied.\n\nPage 1 of 2",
    "ACME REVIEW   claim 123\nYou may appeal.\nSincerely,\nA. Doe, MD\n\nPage 2 of 2",
)
RFA = (
    "REQUEST FOR AUTHORIZATION\nDWC Form RFA\n[X] New request\nNorco 10/325 #120\nSignature: B. Roe MD",
)
LETTER = (
    "LAW OFFICES OF ROE\nJune 2, 2015\nRe: our client\nDear Sir:\nEnclosed is a report.\nSincerely,\nX",
)


def visit(day: str, *, numbers: bool = True) -> tuple[str, str]:
    foot = ("\n\nRoe, J.    1 / 2", "\n\nRoe, J.    2 / 2") if numbers else ("", "")
    head = f"BLUFF CLINIC  12 Main St\nPR-2 Progress Report   Encounter date: {day}\nName: Roe, J\n"
    return (
        f"{head}HISTORY\nPain 6/10 as before.{foot[0]}",
        f"BLUFF CLINIC  12 Main St\n\nPLAN\nRefill norco.\nSigned B. Roe MD {day}{foot[1]}",
    )


def lengths(*documents: tuple[str, ...]) -> list[int]:
    pages = read_text("\f".join(page for document in documents for page in document))
    return [len(part) for part in split(pages, SIGNS)]


def test_a_packet_of_several_documents() -> None:
    assert lengths(UR, RFA, visit("June 1, 2015"), LETTER) == [2, 1, 2, 1]


def test_the_same_form_for_several_visits() -> None:
    assert lengths(visit("June 1, 2015"), visit("May 1, 2015"), visit("April 2, 2015")) == [2, 2, 2]


def test_the_same_form_without_page_numbers() -> None:
    days = ("June 1, 2015", "May 1, 2015")
    assert lengths(*(visit(day, numbers=False) for day in days)) == [2, 2]


def test_one_report_with_a_running_header_stays_whole() -> None:
    pages = tuple(
        f"CENTER FOR PAIN   Evaluation of Roe   5/6/2015\nPART {part}. PSYCHOLOGICAL EVALUATION\ntext\n\npage {at} of 4"
        for at, part in enumerate("ABCD", start=1)
    )
    assert lengths(pages) == [4]


def test_pages_in_the_wrong_order_stay_together() -> None:
    assert lengths(UR[::-1], RFA) == [2, 1]


def test_a_continuation_page_begins_nothing() -> None:
    second = "ROE, JANE    PR-2 cont'd    Exam date 4/9/15\nTreatment plan: norco"
    assert lengths((visit("April 9, 2015", numbers=False)[0], second)) == [2]


def test_blank_pages_stay_with_what_stands_before() -> None:
    assert lengths((*UR, " "), RFA) == [3, 1]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*UR, *RFA, *LETTER, *visit("May 1, 2015"), " ", "word"]), min_size=1)
)
def test_every_page_is_in_one_document_in_order(texts: list[str]) -> None:
    pages = read_text("\f".join([*texts, "end"]))
    parts = split(pages, SIGNS)
    assert tuple(page for part in parts for page in part) == pages
    assert all(parts)


def test_printed_page_numbers() -> None:
    assert printed_number("text\n\nClinic form (02/14)  1/2") == PageNumber(1, 2)
    assert printed_number("text\n\nHBUR  L. Roe  Page 2 of 3") == PageNumber(2, 3)
    assert printed_number("text\n\n- 3 -") == PageNumber(3)
    assert printed_number("text\n\nResults, fax 562-555-0156                   2") == PageNumber(2)
    assert printed_number("pain 6/10\nBP 120/80") is None
    assert printed_number("seen 10/16/2014") is None


def test_fax_counts_are_kept_apart() -> None:
    text = "APR-14-2015 17:02  CLINIC   5625550156    P.1/2\nPR-2\ntext"
    assert printed_number(text) is None
    assert fax_number(text) == PageNumber(1, 2)
