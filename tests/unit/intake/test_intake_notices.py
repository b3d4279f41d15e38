# ruff: noqa: E501 - lines of sample pages stand as they would print
from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import case_of, document_of

from openimr.intake.duplicates import near_duplicates
from openimr.intake.foreign import foreign_pages
from openimr.intake.identity import person, same_birth, same_claim, same_name
from openimr.intake.order import missing, out_of_order
from openimr.intake.plaintext import read_text
from openimr.model.document import DocumentKind
from openimr.model.text import NoticeKind

VOCABULARY = [f"word{at}" for at in range(400)]


def prose(seed: int, words: int = 120) -> str:
    return " ".join(random.Random(seed).choices(VOCABULARY, k=words))


def test_a_copied_page_names_its_original() -> None:
    texts = {"a": prose(1), "b": prose(2), "c": prose(1).replace("word7 ", "word8 ")}
    found = near_duplicates(texts)
    assert set(found) == {"c"}
    assert found["c"][0] == "a"


@given(st.integers(0, 10_000), st.integers(0, 6))
def test_a_few_changed_words_do_not_hide_a_copy(seed: int, changes: int) -> None:
    words = prose(seed, 300).split()
    changed = words[:]
    for at in random.Random(seed).sample(range(300), changes):
        changed[at] = "other"
    found = near_duplicates({1: " ".join(words), 2: " ".join(changed)})
    assert found[2][0] == 1
    assert found[2][1] >= 0.8


@given(st.integers(0, 10_000))
def test_different_pages_are_not_copies(seed: int) -> None:
    assert not near_duplicates({1: prose(seed), 2: prose(seed + 1)})


def test_short_pages_are_never_copies() -> None:
    assert not near_duplicates({1: "Page 1 of 1", 2: "Page 1 of 1"})


def test_a_page_out_of_order_is_noticed_and_no_other() -> None:
    pages = read_text("\f".join(f"text\n\nPage {number} of 4" for number in (1, 3, 2, 4)))
    (place,) = out_of_order(pages)
    assert place in (2, 3)
    assert not out_of_order(read_text("a\n\nPage 1 of 2\fb\n\nPage 2 of 2"))


def test_a_missing_page_is_named() -> None:
    pages = read_text("\f".join(f"text\n\nPage {number} of 4" for number in (1, 2, 4)))
    notice = missing(pages)
    assert notice is not None
    assert "page 3 of 4" in notice.message
    assert missing(read_text("a\n\nPage 1 of 2\fb")) is None


OWN = "APPLICATION FOR INDEPENDENT MEDICAL REVIEW\nEmployee Name: Jane Q. Roe-Smith\nDate of Birth: 02/11/1957\nClaim Number: WM-0610-33958"


def is_foreign(page: str) -> bool:
    application = document_of(OWN, 1, DocumentKind.IMR_APPLICATION)
    return bool(foreign_pages((application, document_of(page, 2))))


def test_pages_that_are_another_patients() -> None:
    assert is_foreign("LAB\nPATIENT NAME: ROESLER, JANINE     DOB 11/02/1957    F")
    assert is_foreign("LAB\nPatient: Kim Novak      Claim #: ZZ-99881-7")
    assert is_foreign("LAB\nDonor: XIONG, CESAR    collected 1/2/2015")
    assert is_foreign("XIONG, CESAR      DOB 10/10/1975\nBP 120/80")
    assert is_foreign("DOB: 10/10/1975   Claim No: AB-12345678")
    assert is_foreign("XIONG CESAR   M  10/10/1975     coll 1/2/15")
    assert is_foreign("PAIN CLINIC    FLOW SHEET     XIONG C    7/7/62")
    assert is_foreign("BAY IMAGING    MRI THORACIC    6/7/2012    XIONG, CESAR   1975")
    assert is_foreign("CORNER DRUGS     customer profile      XIONG CESAR      p1")
    assert is_foreign("Re: Cesar Xiong, born 10/10/1975\n\nDear Ann:")


SURE = f"{OWN}\nDate of Injury: 06/10/2006\n52 F"


@pytest.mark.parametrize(
    "page",
    [
        "PAIN CLINIC\n\nRE: NOVAK, Kim      DOI 03/22/2010     Employer: Cannery",
        "PAIN CLINIC\n\nRe: Kim Novak      Date of Injury: 3/22/2010",
        "CLINIC      Novak, Kim     12/8/15\n\nS: 81M back pain. Sleepy.",
        "HILL PT        HOME LOG     Novak K (78 M)    loaner #5",
        "Employee ........ Kim Novak     Claim ........ ZZ-99881-7",
        "IMAGING    NOVAK, K.   29 F\nNo fracture.",
    ],
)
def test_a_loose_name_with_another_injury_age_or_sex_is_another_patient(page: str) -> None:
    application = document_of(SURE, 1, DocumentKind.IMR_APPLICATION)
    assert foreign_pages((application, document_of(page, 2)))


@pytest.mark.parametrize(
    "page",
    [
        "RE: ROE-SMITH, Jane      DOI 03/22/2010",  # her other claim
        "RE: NOVAK, Kim      DOI 06/10/2006",
        "Re: Kim Novak\nThe carrier has not answered.",
        "CLINIC      Novak, Kim     12/8/15\n\nS: 55F back pain.",
        "CLINIC      Roe-Smith, Jane     12/8/15\n\nS: 81M back pain.",  # a slip of the template
        "CLINIC      visit 4\nS: 56F. Her father, 81M, has a bad back too.",
        "Employee ........ Jane Roe-Smith     Claim ........ WM-0610-33958",
        "RE: ROE-SMITH J (56 F)\nsister Novak K (81 F) drives her.",
    ],
)
def test_a_loose_name_or_another_age_alone_is_not(page: str) -> None:
    application = document_of(SURE, 1, DocumentKind.IMR_APPLICATION)
    assert not foreign_pages((application, document_of(page, 2)))


def test_a_programs_candidate_is_a_patient_where_the_case_stands_in_that_place() -> None:
    application = document_of(SURE, 1, DocumentKind.IMR_APPLICATION)
    own = document_of("EVALUATION\nCandidate: Jane Roe-Smith", 2)
    other = document_of("EVALUATION\nCandidate: Kim Novak    Part C", 3)
    treatment = document_of("EVALUATION\nCandidate: Lumbar Fusion", 3)
    assert set(foreign_pages((application, own, other))) == {("D03", 1)}
    assert not foreign_pages((application, treatment))


def test_pages_that_are_the_patients_own() -> None:
    for page in (
        "ROE-SMITH, J.    4/9/15",
        "Patient: Last ROE SMITH   First JANE   M.I. Q",
        "patient: jane roe-smith      dob 2/11/57",
        "Patient: JANE ROF-SMITH     DOB 02/11/1957",
        "Patient: Jane Smith    DOB 02/11/1957",
        "Patient: Jane Jones    DOB 02/11/1957",  # a maiden name: the birth date agrees
        "Patient: J. Jones      Claim No: WM-0610-33958",
        "Requesting Physician Name: Kim Novak, MD\nPractice Name: Bluff Clinic",
        "Name: Kim Novak, MD      Specialty: Pain",
        "Re: Utilization Review Decision   Kim Novak",
        "cc: Kim Novak; A. Doe; B. Poe",
        "Patient is a 58 year old woman      DOB: 02/11/1957",
        "Patient: presents for follow up",
        "Her sister Kim Novak, DOB 1/1/1960, takes Ambien",
        "DOB: 02/17/1957",  # one digit misread
        "Patient Name: Kim Novak MD",
        "no name at all",
        "ROE-SMITH J    2/11/57     FLOW SHEET",
        "Roe-Smith, Jane    visit 3 of 8    8/20/13",
        "HILL PHARMACY, INC     PATIENT HISTORY     09/03/13",
        "HILL PHARMACY    PATIENT PROFILE     KNOWN ALLERGIES     none",
        "CORNER DRUGS     customer profile      ROE-SMITH JANE      p1",
        "BAY IMAGING    MRI LUMBAR    6/7/2012    ROE-SMITH, JANE   1957",
        "ROE-SMITH JANE      5/12/08      visit 6/6",
    ):
        assert not is_foreign(page), page


def test_the_page_after_a_foreign_one_goes_with_it_unless_it_says_otherwise() -> None:
    application = document_of(OWN, 1, DocumentKind.IMR_APPLICATION)
    lab = document_of(
        "LAB\nPatient: Kim Novak   DOB: 01/01/1980\fresults go on\fPatient: ROE-SMITH, JANE   DOB 02/11/1957",
        2,
    )
    assert sorted(foreign_pages((application, lab))) == [("D02", 1), ("D02", 2)]


def test_without_a_clear_name_nobody_is_foreign() -> None:
    pair = (document_of("Patient: Jane Roe"), document_of("Patient: Kim Novak", 2))
    assert not foreign_pages(pair)


def test_the_other_patients_name_is_not_repeated() -> None:
    case = case_of(OWN, "LAB\nURINE DRUG SCREEN\nPATIENT NAME: NOVAK, KIM     DOB 11/02/1977")
    (notice,) = (n for d in case.documents for p in d.pages for n in p.notices)
    assert notice.kind is NoticeKind.FOREIGN
    assert "novak" not in notice.message.lower()


NAMES = st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True)


@given(NAMES, NAMES)
def test_a_name_is_the_same_however_it_is_written(first: str, last: str) -> None:
    whole = f"{first} {last}"
    for form in (f"{last.upper()}, {first.upper()}", f"{last}, {first[0]}.", whole.lower(), whole):
        assert same_name(form, whole)


@given(
    st.lists(
        st.sampled_from(["Patient:", "DOB", "Claim #", "\n", "  ", "Roe", "1/2/1970", "A-12345"])
    )
)
def test_any_page_can_be_looked_at(parts: list[str]) -> None:
    person(" ".join(parts))


def test_claims_and_births_allow_a_slip() -> None:
    assert same_claim("WM-0610-33958", "WM061033958-001")
    assert same_claim("WM-0610-33958", "WM-O610-33958")
    assert not same_claim("WM-0610-33958", "ZZ-9988-12345")
    (birth,) = person("DOB 2/11/57").births
    (slip,) = person("DOB 2/17/57").births
    assert same_birth(birth, slip)


def test_notices_of_a_case() -> None:
    text = prose(5)
    case = case_of(
        f"PROGRESS REPORT\n{text}\f \fThis page intentionally left blank",
        f"PROGRESS REPORT\n{text}",
    )
    kinds = [[notice.kind for notice in page.notices] for d in case.documents for page in d.pages]
    assert kinds == [[], [NoticeKind.BLANK], [NoticeKind.BLANK], [NoticeKind.NEAR_DUPLICATE]]
    twin = case.documents[1].pages[0].notices[0]
    assert twin.of == ("D01", 1)
    assert "file1.txt" in twin.message
