"""The layouts in which UR decisions list what they decided."""

from __future__ import annotations

from datetime import date

import pytest
from case_papers import PARSE, SPLIT, decision, form

from openimr.extract.items import find_items
from openimr.model.case import CaseHeader, DisputedItem
from openimr.model.document import Document

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


COLUMNS = """REQUEST                         REQUESTED       CERTIFIED
Norco 10/325                    90              45, for weaning
Flexeril 7.5 mg                 60              0
Senokot                         60              60
"""


def test_figures_asked_and_certified_stand_in_columns() -> None:
    found = items_of(decision(COLUMNS))
    assert [(item.request_text, str(item.ur_action), item.ur_granted) for item in found] == [
        ("Norco 10/325 90", "modify", "#45"),
        ("Flexeril 7.5 mg 60", "deny", None),
    ]


def test_an_application_is_not_emptied_by_a_decision_that_seems_to_approve_all() -> None:
    found = items_of(
        form("1. Norco 10/325mg #90"), decision("1. Norco 10/325mg #90 .... APPROVED\n")
    )
    assert [(item.request_text, str(item.ur_action)) for item in found] == [
        ("Norco 10/325mg #90", "unknown")
    ]
