"""Signature, boxes, arrival, service, reasons and lists of records in varied papers."""

# ruff: noqa: E501 - a table of cases is read in rows

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from builders import document as made_document
from builders import page
from openimr.extract.decision_reasons import bases, expedited, form_enclosed
from openimr.extract.decision_service import home_state, read_service
from openimr.extract.filing_form import (
    fax_arrival,
    liability_box,
    missing_information_box,
    review_type,
    time_beside,
)
from openimr.extract.filing_signature import read_signature
from openimr.extract.header_text import Place, readable
from openimr.extract.reviewed_records import named_record, read_reviewed_records
from openimr.extract.tick_boxes import chosen
from openimr.model.document import Document, DocumentKind
from openimr.model.moments import PACIFIC
from openimr.model.party import PartyRole, ServiceMethod
from openimr.model.text import PageState
from unit.extract.case_papers import application, decision

WORKER, PHYSICIAN = "Ruben T. Alcott-Vance", "Ines Morrow, MD"
EMPLOYEE, ATTORNEY, DESIGNEE = (
    PartyRole.INJURED_EMPLOYEE,
    PartyRole.ATTORNEY,
    PartyRole.DESIGNEE,
)
HEAD = "APPLICATION FOR INDEPENDENT MEDICAL REVIEW\nSign and date this application\nItems\n"


def places(document: Document) -> list[Place]:
    return list(readable(document))


@pytest.mark.parametrize(
    ("line", "day", "who"),
    [
        ("Employee Signature: Ruben Alcott-Vance     Date: 3/4/2015", date(2015, 3, 4), EMPLOYEE),
        ("Employee Signature:   /s/ R. Alcott-Vance     Date:  03/04/2015", date(2015, 3, 4), EMPLOYEE),
        ("Signed  Ruben Alcott         on  3-4-15", date(2015, 3, 4), EMPLOYEE),
        ("/s/ R Alcott 3-4-15", date(2015, 3, 4), EMPLOYEE),
        ("    X  R Alcott Vance     3-4-15", date(2015, 3, 4), EMPLOYEE),
        ("Signed (s) R. Alcott-Vance        March 4, 2015", date(2015, 3, 4), EMPLOYEE),
        ("R. Alcott-Vance      3/4/2015", date(2015, 3, 4), EMPLOYEE),
        ("Signature of injured worker: R. Alcott-Vance", None, EMPLOYEE),
        ("Signed electronically R. Alcott-Vance 03/04/2015", date(2015, 3, 4), EMPLOYEE),
        ("Empioyee Slgnalure: Ruben Alcolt-Vance    Date: 3/4/2015", date(2015, 3, 4), EMPLOYEE),
        ("Signature  R. Alcott V.   3/4/2015  (read to me by J. Ponce)", date(2015, 3, 4), EMPLOYEE),
        ("Employee Signature: R. Alcott (by S. Dunn, attorney)  Date: 3/4/2015", date(2015, 3, 4), ATTORNEY),
        ("Signature: Sara Dunn, Esq.   Date: 3/4/2015", date(2015, 3, 4), ATTORNEY),
        ("Signature: May Alcott, conservator     Date: 3/4/2015", date(2015, 3, 4), DESIGNEE),
        ("Signature: Ines Morrow MD    Date: 3/4/2015", date(2015, 3, 4), PartyRole.REQUESTING_PHYSICIAN),
        ("Signature: Somebody Else    Date: 3/4/2015", date(2015, 3, 4), None),
    ],
)  # fmt: skip
def test_a_signature_is_read(line: str, day: date | None, who: PartyRole | None) -> None:
    found = read_signature(places(application(HEAD + line)), WORKER, PHYSICIAN)
    assert found is not None
    assert (found.signed, found.day, found.who) == (True, day, who)


@pytest.mark.parametrize(
    "line",
    [
        "Employee Signature: ______________________   Date: ___________",
        "Employee Signature:                          Date: 3/4/2015",
        "Signature of injured employee: ............. Dated: ......",
        "Signature: (blank)",
        "Signature:   NOT SIGNED",
        "[ unsigned ]",
    ],
)
def test_a_blank_on_a_typed_page_is_no_signature(line: str) -> None:
    found = read_signature(places(application(HEAD + line)), WORKER, PHYSICIAN)
    assert found is not None
    assert found.signed is False


@pytest.mark.parametrize(
    ("state", "file"), [(PageState.OCR, "form.txt"), (PageState.TEXT, "form.pdf")]
)
def test_a_blank_that_may_hold_ink_is_no_answer(state: PageState, file: str) -> None:
    text = HEAD + "Employee Signature: ____________   Date: ________"
    form = made_document(
        "D01", DocumentKind.IMR_APPLICATION, None, None, page(1, text, state=state), file=file
    )
    found = read_signature(places(form), WORKER, PHYSICIAN)
    assert found is not None
    assert found.signed is None


@pytest.mark.parametrize(
    "text",
    [
        "1. Sign and date this application and consent to obtain medical records.",
        "Your attorney may sign for you.",
        "Mail a copy of the signed application to your Claims Administrator.",
        "I ask for a review.",
    ],
)
def test_an_instruction_is_no_place_for_a_signature(text: str) -> None:
    assert read_signature(places(application(text)), WORKER, PHYSICIAN) is None


def test_a_name_above_its_line_is_the_signature() -> None:
    text = HEAD + "   Ruben Alcott-Vance\n   ____________________\nEmployee Signature\n"
    below = HEAD + "   Ruben Alcott-Vance\nEmployee Signature            Date\n"
    for told in (text, below):
        found = read_signature(places(application(told)), WORKER, PHYSICIAN)
        assert found is not None
        assert found.signed is not False


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Type of Utilization Review: [X] Regular  [ ] Expedited", "regular"),
        ("[ ] Regular   [x] Expedited   [ ] Modification", "expedited"),
        ("(x) regular ( ) expedited", "regular"),
        ("\u2610 Regular \u2612 Expedited", "expedited"),
        ("Regular [ ]   Expedited [X]", "expedited"),
        ("|X| Regular  | | Expedited", "regular"),
        ("[ ] Regular [ ] Expedited", None),
        ("[X] Regular [X] Expedited", None),
        ("Regular or Expedited", None),
    ],
)
def test_the_box_of_the_type(line: str, answer: str | None) -> None:
    found = review_type(places(application(HEAD + line)))
    assert (found.value.value if found else None) == answer
    assert chosen(line.casefold(), ("regular", "expedited")) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "disputing liability for the requested treatment\nbesides necessity?  [ ] Yes  [X] No",
            False,
        ),
        ("disputing liability besides the question of medical necessity?   [X] Yes   [ ] No", True),
        ("Liability disputed? . [ ] yes  [X] no", False),
        ("Liability disp  [X]Y  [ ]N", True),
        ("Liability disputed?  (  ) yes   (x) no", False),
        ("UR LETTER dated 02/03/2016       Liability disputed: NO", False),
        ("Liability dispute  no", False),
        ("8. Other dispute w/ carrier besides med necessity?  NO", False),
        ("Is liabllity disputed for other reasons?  Yes", True),
        ("Liability disputed? [ ] yes  [ ] no", None),
        ("Nothing is said of it", None),
    ],
)
def test_the_box_of_liability(text: str, answer: bool | None) -> None:
    found = liability_box(places(application(HEAD + text)))
    assert (found.value if found else None) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Was the treatment denied for missing information?  [X] Yes  [ ] No", True),
        ("Denied due to lack of requested information: [ ] Yes [X] No", False),
        ("The form asks nothing", None),
    ],
)
def test_the_box_of_missing_information(text: str, answer: bool | None) -> None:
    found = missing_information_box(places(application(HEAD + text)))
    assert (found.value if found else None) is answer


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("05/11/2015 MON 09:33 FAX 5625550188 SATO LAW       001/006", datetime(2015, 5, 11, 9, 33, tzinfo=PACIFIC)),
        ("OCT-04-2013 11:20 AM  FR: CASA DEL TRABAJADOR  559 555 0107", datetime(2013, 10, 4, 11, 20, tzinfo=PACIFIC)),
        ("09/15/2014 02:02 pm FROM 7075550133", datetime(2014, 9, 15, 14, 2, tzinfo=PACIFIC)),
        ("Date of injury 09/15/2014", None),
    ],
)  # fmt: skip
def test_the_head_of_a_fax(line: str, moment: datetime | None) -> None:
    found = fax_arrival(places(application(f"{line}\n{HEAD}")))
    assert (found.value if found else None) == moment


def test_the_time_of_a_stamp() -> None:
    (place,) = places(application(HEAD + "RECEIVED MAR 10 2015 4:45 PM\nREC'D MAR 11 2015"))
    text = place.page.text
    first, second = (
        place.provenance(text.index(m), text.index(m) + 4) for m in ("MAR 10", "MAR 11")
    )
    assert time_beside(place, first) == time(16, 45)
    assert time_beside(place, second) is None


MAIL, FAX = ServiceMethod.MAIL_CALIFORNIA, ServiceMethod.FAX


@pytest.mark.parametrize(
    ("text", "day", "method"),
    [
        ("Proof of service by mail, 3/5/2015, Carson Heights.   /s/ R. Min", date(2015, 3, 5), MAIL),
        ("SERVICE: mailed 3/5/2015 to R. Alcott-Vance, Dunn Law; faxed to\nprovider.", date(2015, 3, 5), MAIL),
        ("March 4, 2015                  Sent by fax and U.S. mail", date(2015, 3, 4), None),
        ("I served this decision on March 5, 2015 by placing it in the United States\nmail at Fresno, California.", date(2015, 3, 5), MAIL),
        ("Served on: 03/05/2015  [X] U.S. Mail  [ ] Fax  [ ] Personal", date(2015, 3, 5), MAIL),
        ("Served on: 03/05/2015  [ ] U.S. Mail  [X] Facsimile", date(2015, 3, 5), FAX),
        ("Personally served on 3/6/2015", date(2015, 3, 6), ServiceMethod.PERSONAL),
        ("Served 3/6/2015 by overnight delivery (FedEx)", date(2015, 3, 6), ServiceMethod.OVERNIGHT),
        ("Sent via e-mail 3/4/2015", date(2015, 3, 4), ServiceMethod.ELECTRONIC),
        ("Date mailed: 3/4/2015", date(2015, 3, 4), MAIL),
        ("I deposited it in the mail on 3/4/2015 at Reno, NV", date(2015, 3, 4), ServiceMethod.MAIL_UNITED_STATES),
        ("Mailed: 3/4/2015 via first-class mail", date(2015, 3, 4), MAIL),
    ],
)  # fmt: skip
def test_service_is_read(text: str, day: date, method: ServiceMethod | None) -> None:
    letter = f"UTILIZATION REVIEW\nDecision date 3/4/2015\n\n{text}\n"
    found = read_service(places(decision(letter)), date(2015, 3, 4), WORKER, "CA")
    assert found is not None
    assert (found.day, found.method) == (day, method)


@pytest.mark.parametrize(
    "text",
    [
        "Return the form within 30 days of service of this letter.",
        "If this letter was mailed to you, within 35 days.",
        "toxicology batch faxed 3/5/15 (2 pages)",
        "Retro Norco #40 (Date of service 3/5/2015)",
        "Records were received by fax on 3/5/2015",
        "Served on 9/9/2011",
    ],
)
def test_other_words_are_no_service(text: str) -> None:
    letter = f"UTILIZATION REVIEW\n\n{text}\n"
    found = read_service(places(decision(letter)), date(2015, 3, 4), WORKER, "CA")
    assert found is None or found.day is None


def test_mail_is_told_apart_by_the_address() -> None:
    form = places(application("Address: 12 Elm St, Reno NV 89501"))
    letter = places(decision("Date mailed: 3/4/2015"))
    assert home_state(form) == "NV"
    for home, method in (("NV", ServiceMethod.MAIL_UNITED_STATES), (None, None), ("CA", MAIL)):
        found = read_service(letter, date(2015, 3, 4), WORKER, home)
        assert found is not None
        assert found.method is method


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norco is not medically necessary.", ["necessity"]),
        ("The MTUS does not support it.", ["necessity"]),
        ("The request is conditionally non-certified.", ["information"]),
        ("It is denied because the MRI report that was requested was not received.", ["information"]),
        ("Denied for lack of the requested information.", ["information"]),
        ("Conditionally denied. Per MTUS p. 78 it is not supported.", ["information", "necessity"]),
        ("Denied.\nYOUR RIGHTS\nDisputes over medical necessity go to IMR.", []),
        ("A report was requested by fax on 9/6 and was not received. Not medically necessary.", ["necessity"]),
    ],
)  # fmt: skip
def test_the_reasons_of_a_decision(text: str, expected: list[str]) -> None:
    assert sorted(found.value for found in bases(places(decision(text)))) == expected


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The enclosed form must be returned within thirty days.", True),
        ("by completing the application that is enclosed", True),
        ("Sign the attached IMR application.", True),
        ("Form and envelope enclosed.", True),
        ("IMR: 30 days, form enclosed", True),
        ("Enclosure: DWC Form IMR", True),
        ("Attach a copy of this letter to the application.", None),
        ("You may ask for an independent medical review.", None),
        ("The form was not enclosed with our first letter.", None),
    ],
)
def test_whether_the_form_came_along(text: str, answer: bool | None) -> None:
    found = form_enclosed(places(decision(text)))
    assert (found.value if found else None) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Expedited review requested", True),
        ("Review type: Prospective", False),
        ("Priority: Urgent", True),
        ("This prospective review is complete.", False),
        ("UTILIZATION REVIEW DENIAL", None),
    ],
)
def test_the_track_of_a_decision(text: str, answer: bool | None) -> None:
    found = expedited(places(decision(text)))
    assert (found.value if found else None) is answer


def _list(text: str) -> list[tuple[str | None, str | None]]:
    found = read_reviewed_records(places(decision(text)))
    return [
        (
            one.value.kind.value if one.value.kind else None,
            str(one.value.day) if one.value.day else None,
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "RECORDS: RFA 4/14/15; PR-2 reports 4/9/15, 3/5/15, 1/22/15.\n\nHISTORY\n",
            [("rfa", "2015-04-14"), *[("progress_report", d) for d in ("2015-04-09", "2015-03-05", "2015-01-22")]],
        ),
        (
            "Documents reviewed:\n - DWC Form RFA 2/5/15\n - QME report 11/6/2014\n - MRI 2/2/14\n\nX",
            [("rfa", "2015-02-05"), ("medical_legal", "2014-11-06"), ("imaging", "2014-02-02")],
        ),
        (
            "Reviewed: chart notes 1/7, 4/15, 5/27/2014; RFA 6/10/2014; surgeon's letter not\nreceived.",
            [*[("progress_report", d) for d in ("2014-01-07", "2014-04-15", "2014-05-27")], ("rfa", "2014-06-10")],
        ),
        ("Records available to the reviewer: RFA; toxicology batch faxed 4/2/15", [("rfa", None), ("lab", None)]),
        ("Documents seen: report of 5/12/15; RFA 6/4/15. Report of 6/2/15 not rec'd.", [("progress_report", "2015-05-12"), ("rfa", "2015-06-04")]),
        ("No list stands here.", []),
    ],
)  # fmt: skip
def test_the_list_of_records(text: str, expected: list[tuple[str, str]]) -> None:
    assert _list(text)[: len(expected) or None] == expected


def test_a_named_record_keeps_month_and_author() -> None:
    named = named_record("QME report of Dr. Okonjo, June 2013")
    assert (named.day, named.month, named.author) == (None, date(2013, 6, 1), "Okonjo")


def test_each_reading_stands_where_it_says() -> None:
    letter = decision(
        "RECORDS: RFA 4/14/15; PR-2 3/5/15\n\nNot medically necessary.\nForm enclosed."
    )
    found = [*read_reviewed_records(places(letter)), *bases(places(letter))]
    for one in found:
        text = letter.page(one.source.page).text
        assert text[one.source.start : one.source.end] == one.source.quote
    assert len(found) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Reviewed" + " " * 60_000 + "x",
        "RECORDS: " + "PR-2 1/2, ((( " * 4_000,
        "Records reviewed\n" * 3_000,
    ],
    ids=["space", "brackets", "headings"],
)
def test_a_page_made_to_take_long_is_read_all_the_same(text: str) -> None:
    """These took minutes when white space and lists had no bound."""
    assert len(read_reviewed_records(places(decision(text)))) <= 200
