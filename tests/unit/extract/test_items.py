from __future__ import annotations

from datetime import date

import pytest
from case_papers import PARSE, SPLIT, application, decision, form, report, rfa
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.extract.items import find_items
from openimr.model.case import CaseHeader, DisputedItem, UrAction
from openimr.model.document import Document
from openimr.model.errors import MissingDocument

HEADER = CaseHeader(ur_decision_date=date(2015, 3, 30))


def items_of(*documents: Document) -> tuple[DisputedItem, ...]:
    return find_items(documents, HEADER, parse=PARSE, split=SPLIT)


DECISIONS = {
    "rows with leaders": (
        """Northgate Utilization Review
DETERMINATION
 1. Gabapentin 600mg #90 ................ NOT CERTIFIED
 2. Physical therapy 2x4, right shoulder ........ CERTIFIED
 3. Lidoderm 5% patch #30 ............... MODIFIED to #15
""",
        [
            ("Gabapentin 600mg #90", "deny", None),
            ("Lidoderm 5% patch #30", "modify", "#15"),
        ],
    ),
    "columns": (
        """Item                                Determination
Soma 350mg #90                      Denied
MRI lumbar spine without contrast   Denied
""",
        [("Soma 350mg #90", "deny", None), ("MRI lumbar spine without contrast", "deny", None)],
    ),
    "ruled table": (
        """| # | Treatment requested       | Decision      | Approved |
|---|---------------------------|---------------|----------|
| 1 | Percocet 10/325mg #120    | Modified      | #90      |
| 2 | Colace 100mg #60          | Approved      | #60      |
| 3 | Ambien 10mg #30           | Non-certified |          |
""",
        [("Percocet 10/325mg #120", "modify", "#90"), ("Ambien 10mg #30", "deny", None)],
    ),
    "request and determination blocks": (
        """Request 1: Tramadol ER 150mg #30
Guideline: MTUS Chronic Pain Guidelines, p. 93-94
Determination: Non-certified.

Request 2: Acupuncture 2x4, cervical spine
Determination: Certified with modification to 6 visits
""",
        [
            ("Tramadol ER 150mg #30", "deny", None),
            ("Acupuncture 2x4, cervical spine", "modify", "6 visits"),
        ],
    ),
    "heading over a list": (
        """We have completed our review. The following treatment is NOT CERTIFIED:

   - Cyclobenzaprine 7.5mg #60
   - Omeprazole 20mg #60

The following treatment is CERTIFIED:

   - Naproxen 550mg #60
""",
        [("Cyclobenzaprine 7.5mg #60", "deny", None), ("Omeprazole 20mg #60", "deny", None)],
    ),
    "sentence": (
        """Dear Dr. Obrien,
Based on the records, the request for Butrans 20 mcg/hr patch #4 is not certified because no
functional gain is shown.
""",
        [("Butrans 20 mcg/hr patch #4", "deny", None)],
    ),
    "sentence over a line break": (
        """After peer review the request for twelve sessions of physical therapy for the right
knee is modified to six sessions.
""",
        [("twelve sessions of physical therapy for the right knee", "modify", "six sessions")],
    ),
    "action first": (
        """DENIED: Norco 10/325mg #120
DENIED: Xanax 1mg #60
APPROVED: Neurontin 300mg #90
""",
        [("Norco 10/325mg #120", "deny", None), ("Xanax 1mg #60", "deny", None)],
    ),
    "dash": (
        """Determination of the medical director
1) Functional restoration program, 80 hours - Non-certified
2) Urine drug screen - Certified
""",
        [("Functional restoration program, 80 hours", "deny", None)],
    ),
    "conditional": (
        """A. Lumbar epidural steroid injection L4-5 left      Conditionally non-certified
B. TENS unit 30-day rental                          Delayed
""",
        [
            ("Lumbar epidural steroid injection L4-5 left", "deny", None),
            ("TENS unit 30-day rental", "delay", None),
        ],
    ),
    "unable to certify": (
        """We are unable to certify the following treatment.

 1. MS Contin 30mg #60
 2. Baclofen 10mg #90
""",
        [("MS Contin 30mg #60", "deny", None), ("Baclofen 10mg #90", "deny", None)],
    ),
    "colon": (
        """RECOMMENDATIONS
Celebrex 200mg #30: Non-certified
Flector patch 1.3% #60: Non-certified
""",
        [("Celebrex 200mg #30", "deny", None), ("Flector patch 1.3% #60", "deny", None)],
    ),
    "brackets": (
        """Treatment reviewed:
  OxyContin 40mg #60 (DENIED)
  Lyrica 75mg #60 (APPROVED)
""",
        [("OxyContin 40mg #60", "deny", None)],
    ),
    "item and decision labels": (
        """ITEM: Left knee arthroscopy with partial medial meniscectomy
DECISION: ADVERSE DETERMINATION

ITEM: Post-op physical therapy 2x6 left knee
DECISION: ADVERSE DETERMINATION
""",
        [
            ("Left knee arthroscopy with partial medial meniscectomy", "deny", None),
            ("Post-op physical therapy 2x6 left knee", "deny", None),
        ],
    ),
    "qualified sentences": (
        """DECISION: The requested Norco 10/325 mg #120 is modified to Norco 10/325 mg #60. The
requested Soma 350 mg #90 is non-certified. The requested lumbar brace is certified.
""",
        [
            ("Norco 10/325 mg #120", "modify", "Norco 10/325 mg #60"),
            ("Soma 350 mg #90", "deny", None),
        ],
    ),
    "grant on its own line": (
        """Service Requested: Lyrica 75mg #60
  Determination: DENY
Service Requested: MRI of the left shoulder
  Determination: MODIFY
  Approved: MRI left shoulder without contrast
""",
        [
            ("Lyrica 75mg #60", "deny", None),
            ("MRI of the left shoulder", "modify", "MRI left shoulder without contrast"),
        ],
    ),
    "questions": (
        """Issue 1: Is Duragesic 50mcg/hr #15 medically necessary?
Determination: Not medically necessary
Issue 2: Is Restoril 30mg #30 medically necessary?
Determination: Not medically necessary
""",
        [("Duragesic 50mcg/hr #15", "deny", None), ("Restoril 30mg #30", "deny", None)],
    ),
    "rows over lines": (
        """  1.  Right shoulder arthroscopy with subacromial decompression and
      rotator cuff repair ................................. DENIED
  2.  Post-operative physical therapy, 12 visits,
      right shoulder ...................................... DENIED
""",
        [
            (
                "Right shoulder arthroscopy with subacromial decompression and rotator cuff repair",
                "deny",
                None,
            ),
            ("Post-operative physical therapy, 12 visits, right shoulder", "deny", None),
        ],
    ),
    "tick boxes": (
        """[X] Non-certify  [ ] Certify  [ ] Modify     Tramadol 50mg #120
[ ] Non-certify  [X] Certify  [ ] Modify     Ibuprofen 800mg #90
""",
        [("Tramadol 50mg #120", "deny", None)],
    ),
    "recommendation": (
        "I recommend non-certification of Norco 10/325mg #180 and certification of Colace #60.\n",
        [("Norco 10/325mg #180", "deny", None)],
    ),
    "labels over values": (
        """Treatment/Service requested:
Norco 10/325mg #120
Determination:
Denied
Treatment/Service requested:
Soma 350mg #90
Determination:
Modified - certified Soma 350mg #45
""",
        [("Norco 10/325mg #120", "deny", None), ("Soma 350mg #90", "modify", "Soma 350mg #45")],
    ),
    "headings over labels": (
        """Your request for authorization for the following has been MODIFIED:
   Requested: Physical therapy 2 x 6 lumbar spine
   Authorized: Physical therapy 2 x 3 lumbar spine
Your request for authorization for the following has been DENIED:
   Requested: MRI lumbar spine
""",
        [
            (
                "Physical therapy 2 x 6 lumbar spine",
                "modify",
                "Physical therapy 2 x 3 lumbar spine",
            ),
            ("MRI lumbar spine", "deny", None),
        ],
    ),
    "one request, refused later": (
        """We have received a request from Dr. Lee for lumbar epidural steroid injection at L4-5.
Our reviewer finds that the treatment is not medically necessary. Therefore the request is denied.
""",
        [("lumbar epidural steroid injection at L4-5", "deny", None)],
    ),
    "codes and dates": (
        """SERVICE                         CPT     START     END      STATUS
Physical therapy lumbar         97110   3/1/15    4/1/15   NON-CERT
Acupuncture                     97810   3/1/15    4/1/15   CERTIFIED
""",
        [("Physical therapy lumbar", "deny", None)],
    ),
}


@pytest.mark.parametrize("layout", DECISIONS)
def test_without_an_application_items_come_from_the_decision(layout: str) -> None:
    text, expected = DECISIONS[layout]
    found = items_of(decision(text))
    assert [(item.request_text, str(item.ur_action), item.ur_granted) for item in found] == expected
    assert [item.index for item in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("layout", DECISIONS)
def test_the_application_takes_its_actions_from_the_decision(layout: str) -> None:
    text, expected = DECISIONS[layout]
    listed = "\n".join(f"   {n}.  {item}" for n, (item, _, _) in enumerate(expected, start=1))
    found = items_of(form(listed), decision(text))
    assert [(item.request_text, str(item.ur_action), item.ur_granted) for item in found] == expected


APPLICATIONS = {
    "numbers": "   1.  Norco 10/325mg #150\n   2.  Restoril 30mg #30, 1 refill",
    "brackets": "(1) Norco 10/325mg #150\n(2) Restoril 30mg #30, 1 refill",
    "letters": "  A. Norco 10/325mg #150\n\n  B. Restoril 30mg #30, 1 refill",
    "bullets": "\u2022 Norco 10/325mg #150\n\u2022 Restoril 30mg #30, 1 refill",
    "boxes": "[X] Norco 10/325mg #150\n[X] Restoril 30mg #30, 1 refill\n[ ] Other: ________",
    "plain lines": "Norco 10/325mg #150\nRestoril 30mg #30, 1 refill",
    "semicolon": "Norco 10/325mg #150; Restoril 30mg #30, 1 refill",
    "table": "| 1 | Norco 10/325mg #150 | Denied |\n| 2 | Restoril 30mg #30, 1 refill | Denied |",
    "columns": "1. Norco 10/325mg #150            Denied\n2. Restoril 30mg #30, 1 refill    Denied",
    "empty rows": "1. Norco 10/325mg #150\n2. Restoril 30mg #30, 1 refill\n3. ____________\n4.",
    "continued": "1. Norco 10/325mg\n   #150\n2. Restoril 30mg #30,\n   1 refill",
    "two columns": "1. Norco 10/325mg #150       2. Restoril 30mg #30, 1 refill\n3.        4.",
    "item words": "Item 1: Norco 10/325mg #150\nItem 2: Restoril 30mg #30, 1 refill",
    "number signs": "#1  Norco 10/325mg #150\n#2  Restoril 30mg #30, 1 refill",
}
LETTERS = {
    "beside the heading": (
        "Items in dispute: Norco 10/325mg #150; Restoril 30mg #30, 1 refill\nSigned: A. B."
    ),
    "a table": """DISPUTED MEDICAL TREATMENT
  Treatment                          Date of denial     Decision
  ------------------------------------------------------------
  Norco 10/325mg #150                3/30/2015          denied
  Restoril 30mg #30, 1 refill        3/30/2015          denied

Employee signature ____________
""",
    "a letter": """I want to appeal. My claims adjuster denied:
 * Norco 10/325mg #150
 * Restoril 30mg #30, 1 refill
Please review.
Norma
""",
}
TWO = """DETERMINATION: ADVERSE
 #1  Norco 10/325mg #150 ............. Not certified
 #2  Restoril 30mg #30, 1 refill ..... Not certified

ANALYSIS, ITEM 1
Chronic Pain Medical Treatment Guidelines p. 78 ask for an assessment at each visit.
None is given.

ANALYSIS, ITEM 2
Chronic Pain guideline p. 24: benzodiazepines are not recommended for long-term use.
ODG, Insomnia treatment: only after evaluation.
"""


@pytest.mark.parametrize("layout", APPLICATIONS)
def test_application_layouts(layout: str) -> None:
    found = items_of(form(APPLICATIONS[layout]), decision(TWO))
    texts = ["Norco 10/325mg #150", "Restoril 30mg #30, 1 refill"]
    assert [item.request_text for item in found] == texts
    assert [item.ur_action for item in found] == [UrAction.DENY, UrAction.DENY]
    assert [item.request.quantity for item in found] == [150, 30]


@pytest.mark.parametrize("layout", LETTERS)
def test_applications_that_are_no_state_form(layout: str) -> None:
    found = items_of(application(LETTERS[layout]), decision(TWO))
    texts = ["Norco 10/325mg #150", "Restoril 30mg #30, 1 refill"]
    assert [item.request_text for item in found] == texts
    assert {source.document for item in found for source in item.sources[:1]} == {"D01"}


def test_each_item_has_the_guideline_of_its_own_part() -> None:
    first, second = items_of(form(APPLICATIONS["numbers"]), decision(TWO))
    assert first.ur_guideline == "Chronic Pain Medical Treatment Guidelines p. 78"
    assert second.ur_guideline == "Chronic Pain guideline p. 24; ODG, Insomnia treatment"


def test_the_rfa_adds_what_the_application_lacks() -> None:
    form_rfa = rfa(
        "REQUESTED TREATMENT\n"
        "Dx                ICD      Service/Good            Other (freq, dur, qty)\n"
        "cerv radiculitis  723.4    NORCO 10/325            1 po q 4-6 h prn, max 5/day   #150\n"
        "insomnia          780.52   RESTORIL 30 mg          1 po qhs    #30   x 1 refill\n"
    )
    first, second = items_of(
        form("1. Norco 10/325mg #150\n2. Restoril 30mg"), decision(TWO), form_rfa
    )
    assert (first.request.sig, first.request.doses_per_day) == ("1 po q 4-6 h prn, max 5/day", 5)
    assert (second.request.quantity, second.request.refills) == (30, 1)
    assert second.request_text == "Restoril 30mg"
    assert not any("absent" in note for note in second.request.ambiguities)


def test_a_disagreement_with_the_rfa_is_an_ambiguity() -> None:
    form_rfa = rfa("REQUESTED TREATMENT\nNorco 10/325mg #120 one po bid")
    (item,) = items_of(form("1. Norco 10/325mg #150"), decision(TWO), form_rfa)
    assert item.request.quantity == 150
    other = rfa("REQUESTED TREATMENT\nNorco 5/325mg #150")
    (item,) = items_of(form("1. Norco 10/325mg #150"), decision(TWO), other)
    assert "strength: the application says 10/325 mg, the RFA 5/325 mg" in item.request.ambiguities
    (item,) = items_of(form("1. Norco 10/325mg #150"), decision(TWO), form_rfa)
    assert "quantity: the application says 150, the RFA 120" in item.request.ambiguities


def test_an_approved_item_is_not_disputed() -> None:
    text = "1. Norco 10/325mg #150 .... DENIED\n2. Colace 100mg #60 .... APPROVED\n"
    found = items_of(form("1. Norco 10/325mg #150\n2. Colace 100mg #60"), decision(text))
    assert [item.request_text for item in found] == ["Norco 10/325mg #150"]


def test_an_item_that_the_decision_does_not_name_is_unknown() -> None:
    text = "1. Norco 10/325mg #150 .... DENIED\n"
    _, second = items_of(form("1. Norco 10/325mg #150\n2. Cane purchase"), decision(text))
    assert second.ur_action is UrAction.UNKNOWN


def test_one_determination_for_all() -> None:
    text = "Treatment: see attached request.\nDetermination: Non-certified\n"
    (item,) = items_of(form("1. Norco 10/325mg #150"), decision(text))
    assert item.ur_action is UrAction.DENY


def test_two_strengths_of_one_drug_are_kept_apart() -> None:
    text = "1. Opana ER 20mg #60 ... DENIED\n2. Opana ER 40mg #60 ... MODIFIED to #30\n"
    first, second = items_of(form("1. Opana ER 20mg #60\n2. Opana ER 40mg #60"), decision(text))
    assert (first.ur_action, second.ur_action) == (UrAction.DENY, UrAction.MODIFY)


def test_see_attached_lists_nothing() -> None:
    found = items_of(form("See attached UR decision"), decision(TWO))
    assert [item.request_text for item in found] == [
        "Norco 10/325mg #150",
        "Restoril 30mg #30, 1 refill",
    ]


def test_items_over_a_page_break() -> None:
    first = form(
        "1. Norco 10/325mg #150\nDWC Form IMR page 1 of 3\n\f2. Restoril 30mg #30, 1 refill"
    )
    found = items_of(first, decision(TWO))
    assert [item.request_text for item in found] == [
        "Norco 10/325mg #150",
        "Restoril 30mg #30, 1 refill",
    ]
    assert [item.sources[0].page for item in found] == [2, 3]


def test_no_decision_is_said() -> None:
    with pytest.raises(MissingDocument, match="4610"):
        items_of(form("1. Norco 10/325mg #150"), report("Norco 10/325mg #150"))


def test_every_source_stands_where_it_says() -> None:
    documents = (form(APPLICATIONS["continued"]), decision(TWO))
    for item in items_of(*documents):
        for source in item.sources:
            document = next(d for d in documents if d.id == source.document)
            assert document.page(source.page).text[source.start : source.end] == source.quote


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="1.)#ABnorco denied/\n|[]X x-:25mg%\f", max_size=200), st.text(max_size=120)
)
def test_no_text_raises(listed: str, decided: str) -> None:
    items_of(application(f"list each specific item\n{listed}"), decision(f"{decided}\n{listed}"))
