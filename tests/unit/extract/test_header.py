from __future__ import annotations

from datetime import date

import pytest
from case_papers import application, decision, paper, report, rfa
from hypothesis import given
from hypothesis import strategies as st

from openimr.extract.header import read_header
from openimr.extract.header_names import firm_name, person_name, physician_name
from openimr.model.case import CaseHeader
from openimr.model.document import Document, DocumentKind

STATE_FORM = """APPLICATION FOR INDEPENDENT MEDICAL REVIEW
Employee Name (First, MI, Last): Ruben T. Alcott
Address: 12 Quarry Lane, Fresno CA 93650
Phone Number: 559-555-0101     Date of Birth: 09/30/1961
Claim Number: KX-77-0912     EAMS Case No.: FRE 0119922
Date of Injury (MM/DD/YYYY): 03/04/2011
Employer: Delta Orchards, Inc.
REQUESTING PHYSICIAN INFORMATION
Requesting Physician Name: Ana-Maria K. Oduya, MD
Practice Name: Valley Spine Associates     Specialty: Pain Medicine
CLAIMS ADMINISTRATOR INFORMATION
Claims Administrator Name: Pine Ridge Claims
Adjuster/Contact Name: L. Moss
\fDISPUTED MEDICAL TREATMENT
Date of Utilization Review Determination Letter: 3/30/2015
Employee Signature: Ruben Alcott     Date: 4-2-15

RECEIVED APR 06 2015 IMR
"""
SECTION_FORM = """APPLICATION FOR INDEPENDENT MEDICAL REVIEW

EMPLOYEE
  Name (First, MI, Last):  Ruben T. Alcott
  Phone:                   (559) 555-0101        Date of Birth:  09/30/1961

CLAIM
  Claim Number:            KX-77-0912
  Date of Injury:          03/04/2011      UR Decision Date:  03/30/2015
  Employer Name:           Delta Orchards, Inc.
  Claims Administrator:    Pine Ridge Claims

REQUESTING PHYSICIAN
  Name:                    Ana-Maria K. Oduya, MD
  Specialty:               Pain Medicine

  [stamp]  IMR  APR 06 2015  RECEIVED
"""
LABELS_ABOVE = """APPLICATION FOR IMR
Employee Name            Date of Birth      Date of Injury
Ruben T. Alcott          09/30/1961         03/04/2011
Claim Number:
KX-77-0912
Employer: Delta Orchards, Inc.
Claims Administrator: Pine Ridge Claims
Requesting Physician: Ana-Maria K. Oduya, MD
UR Decision Date: March 30, 2015
Application received: April 6, 2015
"""
RULED = """| Employee | Ruben T. Alcott | DOB | 09/30/1961 |
| Claim # | KX-77-0912 | DOI | 03/04/2011 |
| Employer | Delta Orchards, Inc. | Claims Administrator | Pine Ridge Claims |
| Requesting Physician | Ana-Maria K. Oduya, MD | Decision Date | 03/30/2015 |
REC'D  04/06/2015
"""
WHOLE = {
    "worker": "Ruben T. Alcott",
    "date_of_birth": date(1961, 9, 30),
    "age": 53,
    "date_of_injury": date(2011, 3, 4),
    "claim_number": "KX-77-0912",
    "employer": "Delta Orchards, Inc.",
    "claims_administrator": "Pine Ridge Claims",
    "requesting_physician": "Ana-Maria K. Oduya, MD",
    "ur_decision_date": date(2015, 3, 30),
    "application_received": date(2015, 4, 6),
}


def fields_of(header: CaseHeader, names: object = WHOLE) -> dict[str, object]:
    return {name: getattr(header, name) for name in names}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text", [STATE_FORM, SECTION_FORM, RULED], ids=["form", "sections", "ruled"]
)
def test_application_forms(text: str) -> None:
    assert fields_of(read_header([application(text)])) == WHOLE


def test_labels_above_their_values() -> None:
    header = read_header([application(LABELS_ABOVE)])
    assert header.claim_number == "KX-77-0912"
    assert header.date_of_injury == date(2011, 3, 4)
    assert header.application_received == date(2015, 4, 6)


DECISIONS = [
    """CEDAR HOLLOW UTILIZATION REVIEW, LLC
On behalf of Pine Ridge Claims

03/30/2015

Patient: Ruben Alcott
Claim #: KX-77-0912          DOI: 03/04/2011
Request received: 03/24/2015    Decision: 03/30/2015    Our file: 8812
The patient is a 53 y/o male.
""",
    """QRS      03/30/2015 4:55 PM     Alcott      1/3
Cedar Hollow Utilization Review, LLC                A Utilization Review Organization
Administrator: Pine Ridge Claims

March 30, 2015

Ana-Maria K. Oduya, MD                       RE    Patient    Ruben Alcott
Valley Spine Associates                            Claim      KX-77-0912
12 Main Street                                     DOI        03/04/2011
The claimant is a 53-year-old man who hurt his back.
""",
    """Cedar Hollow Utilization Review, LLC
Date of Decision: March 30, 2015
RE: Alcott, Ruben, DOI: 3/4/11, Claim No. KX-77-0912
Claims Administrator: Pine Ridge Claims
Injured Worker: Ruben Alcott
Requesting Provider: Dr. Ana-Maria K. Oduya, M.D.
This 53 year old male reports back pain. His 80-year-old mother lives with him.
""",
]


@pytest.mark.parametrize("text", DECISIONS)
def test_ur_decisions(text: str) -> None:
    header = read_header([decision(text)])
    names = ("worker", "claim_number", "date_of_injury", "ur_decision_date", "sex", "age")
    assert fields_of(header, names) == {
        "worker": "Ruben Alcott",
        "claim_number": "KX-77-0912",
        "date_of_injury": date(2011, 3, 4),
        "ur_decision_date": date(2015, 3, 30),
        "sex": "male",
        "age": 53,
    }
    assert header.ur_organization == "Cedar Hollow Utilization Review, LLC"
    assert header.claims_administrator == "Pine Ridge Claims"


RFAS = [
    """REQUEST FOR AUTHORIZATION
EMPLOYEE INFORMATION
Name (Last, First, Middle): ALCOTT, RUBEN T
Date of Injury (MM/DD/YYYY): 03/04/2011          Date of Birth (MM/DD/YYYY): 09/30/1961
Claim Number: KX-77-0912          Employer: DELTA ORCHARDS
REQUESTING PHYSICIAN INFORMATION
Name: ANA-MARIA ODUYA MD
CLAIMS ADMINISTRATOR INFORMATION
Company Name: PINE RIDGE          Contact Name: L MOSS
Requesting Physician Signature: A. Oduya MD          Date: 3/20/15
CLAIMS ADMINISTRATOR/UTILIZATION REVIEW ORGANIZATION (URO) RESPONSE
[ ] Approved   Authorization Number (if assigned):     Date: 3/30/15
""",
    """DWC FORM RFA
EMPLOYEE         Alcott, Ruben T.     DOI 03/04/2011     DOB 09/30/1961
                 Claim KX-77-0912          Employer Delta Orchards
PHYSICIAN        Ana-Maria Oduya, MD   Valley Spine Associates
CLAIMS ADMIN     Pine Ridge            L. Moss  F 559-555-0133
 SIGNED   A Oduya         DATE  3/20/15
 For claims administrator use:  [ ] approved   date 3/30/15
""",
]


@pytest.mark.parametrize("text", RFAS)
def test_request_forms(text: str) -> None:
    header = read_header([rfa(text)])
    assert header.worker == "Ruben T. Alcott"
    assert header.date_of_birth == date(1961, 9, 30)
    assert header.claim_number == "KX-77-0912"
    assert header.employer == "Delta Orchards"
    assert header.claims_administrator == "Pine Ridge"
    assert header.requesting_physician == "Ana-Maria Oduya, MD"
    assert header.rfa_date == date(2015, 3, 20)


def test_the_application_is_asked_before_the_reports() -> None:
    other = report("Patient: Robert Alcot    DOB: 09/30/1962", day=date(2015, 3, 1))
    header = read_header([other, application(STATE_FORM)])
    assert header.worker == "Ruben T. Alcott"
    assert header.date_of_birth == date(1961, 9, 30)


def test_a_birth_year_of_two_digits_is_in_the_past() -> None:
    header = read_header([decision("Date of Decision: 3/30/2015\nPatient: Ann Lee   DOB: 7/18/52")])
    assert header.date_of_birth == date(1952, 7, 18)
    assert header.age == 62


def test_the_fax_line_gives_the_arrival_where_no_stamp_does() -> None:
    text = "05/11/2015 MON 09:33 FAX 5625550188 LAW OFFICE       001/006\nAPPLICATION"
    assert read_header([application(text)]).application_received == date(2015, 5, 11)


def test_the_rules_about_receipt_are_no_stamp() -> None:
    text = (
        "so that it is RECEIVED within 30 days of 03/01/2015\nEmployee Signature: X  Date: 4-2-15"
    )
    assert read_header([application(text)]).application_received is None


def test_rfa_date_from_the_decision_where_the_form_is_missing() -> None:
    text = "Your Request for Authorization dated 2/5/2015 has been reviewed."
    assert read_header([decision(text)]).rfa_date == date(2015, 2, 5)


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Sex: F", "female"),
        ("Gender: Male", "male"),
        ("Sex:  [ ] Male  [X] Female", "female"),
        ("The patient is a 44 yo F with neck pain.", "female"),
        ("This is a pleasant 61-year-old right-handed gentleman.", "male"),
        ("Her 70-year-old father was a man of few words.", None),
        ("Patient: Dana Reyes", None),
    ],
)
def test_sex(text: str, sex: str | None) -> None:
    assert read_header([report(text)]).sex == sex


def test_the_addressee_of_the_decision_asked_for_the_treatment() -> None:
    text = """CEDAR HOLLOW UTILIZATION REVIEW, LLC

03/30/2015

V. Deolali, DO
1645 Willow Bluff Rd

Reviewing Physician: Carl Stone, MD
"""
    assert read_header([decision(text)]).requesting_physician == "V. Deolali, DO"


def test_a_report_does_not_say_who_asked() -> None:
    text = "Primary Care Physician: Ann Lee, MD\nProvider: Bo Hart, MD"
    assert read_header([report(text)]).requesting_physician is None


def test_nothing_is_guessed() -> None:
    header = read_header([report("Patient Health Questionnaire\nEmployer reports no light duty.")])
    empty = CaseHeader()
    assert fields_of(header, (*WHOLE, "sex", "ur_organization")) == fields_of(
        empty, (*WHOLE, "sex", "ur_organization")
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("EASTLUND, NORMA J", "Norma J. Eastlund"),
        ("Ms. Norma J. Eastlund", "Norma J. Eastlund"),
        ("de la Cruz, Maria", "Maria de la Cruz"),
        ("O'NEILL-MCADAMS, SEAN", "Sean O'Neill-Mcadams"),
        ("MCGRATH, ANN", "Ann McGrath"),
        ("James Poe, Jr.", "James Poe Jr."),
        ("Utilization Review", None),
        ("Eastlund", None),
        ("Delta Orchards, Inc.", None),
        ("12 Quarry Lane", None),
    ],
)
def test_person_names(written: str, name: str | None) -> None:
    assert person_name(written) == name


def test_names_of_physicians_and_firms() -> None:
    assert physician_name("VIKRAM DEOLALI DO") == "Vikram Deolali, DO"
    assert physician_name("Dr. Ann Lee, M.D., Ph.D.") == "Ann Lee, MD, PhD"
    assert firm_name("RENWICK MEDICAL REVIEW, INC.") == "Renwick Medical Review, Inc."
    assert firm_name("County of Marin") == "County of Marin"


def _stands(documents: list[Document], header: CaseHeader) -> None:
    for source in header.sources.values():
        document = next(d for d in documents if d.id == source.document)
        assert document.page(source.page).text[source.start : source.end] == source.quote


def test_every_field_has_its_place() -> None:
    documents = [application(STATE_FORM), decision(DECISIONS[0]), rfa(RFAS[0])]
    header = read_header(documents)
    _stands(documents, header)
    said = {name for name in CaseHeader.__dataclass_fields__ if getattr(header, name)} - {"sources"}
    assert said == set(header.sources)


@given(
    st.text(max_size=200),
    st.text(alphabet="Name:DOB Claim#1/2/15 Employer,.\n|[]X \tSex", max_size=200),
    st.sampled_from(list(DocumentKind)),
)
def test_no_text_raises(first: str, second: str, kind: DocumentKind) -> None:
    documents = [paper(kind, first, number=1), paper(DocumentKind.UR_DECISION, second, number=2)]
    _stands(documents, read_header(documents))
