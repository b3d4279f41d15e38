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
    "lettered under a numbered field": (
        "7. Diagnosis: 724.2\n9. Treatment denied or modified (list each):\n\n"
        "     a.  Norco 10/325mg #150\n     b.  Restoril 30mg #30, 1 refill\n\n"
        "10. Consent: my records may be sent.\n     Ann Bee    June 4, 2015"
    ),
    "ticked under a numbered field": (
        "4) Services in dispute:\n   [x] Norco 10/325mg #150\n   [x] Restoril 30mg #30, 1 refill\n"
        "   [ ] other\n\nSigned: A. B."
    ),
    "beside the heading": (
        "Items in dispute: Norco 10/325mg #150; Restoril 30mg #30, 1 refill\nSigned: A. B."
    ),
    "beside a short label": (
        "Type: Regular\nItems:   1. Norco 10/325mg #150\n"
        "         2. Restoril 30mg #30, 1 refill\nSigned: A. B."
    ),
    "under the form's own word": (
        "UR letter: 3/30/2015      Diagnosis: 724.4\n"
        "Treatment: Norco 10/325mg #150\n           Restoril 30mg #30, 1 refill\n\nA. B.   4/2/2015"
    ),
    "lettered, to be read": (
        "Items to be read:  A. Norco 10/325mg #150\n"
        "                   B. Restoril 30mg #30, 1 refill\n"
        "\nEnclosed: UR letter"
    ),
    "no label": (
        "Claim 4   DOB 1/2/70\n\n Norco 10/325mg #150\n"
        " Restoril 30mg #30, 1 refill\n\n/s/ A B 4-2-15"
    ),
    "a stipulation": (
        "2. On March 30 defendant declined to certify\n\n     Norco 10/325mg #150\n"
        "     Restoril 30mg #30, 1 refill\n\n"
        "   requested March 2 by Val Roe, M.D.\n\n3. The parties agree."
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
