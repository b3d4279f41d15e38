"""Pharmacy profiles and CURES tables."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.extract.medications import extract_medications
from openimr.model.dates import PartialDate
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import DocumentId
from openimr.model.text import Page, PageState
from openimr.rulebook.formulary import load_formulary

PROFILE = """\
MAIN STREET DRUG                 PATIENT PROFILE
FILL       DRUG                     STR       QTY   DS   RF   PRESCRIBER       PAYOR
03/28/15   TEMAZEPAM CAP            30MG       30   30    1   SMITH            ACME
03/12/15   HYDROCODONE/APAP TAB     10/325    150   30    0   SMITH            ACME
-- earlier years --
2013       TEMAZEPAM CAP            30MG      360  (12 fills)
2011       TEMAZEPAM CAP            15MG      120  (4 fills, first 08/22/11)
NOTES
 - DUR alert (temazepam + hydrocodone) overridden
 ADR / ALLERGY FIELD:   NSAIDs (GI bleed)  12/16/14
"""
REJECTED = """\
REJECTED CLAIMS
04/13/15   HYDROCODONE/APAP TAB     10/325    150   30        SMITH     ACME   75 PRIOR AUTH
"""
CURES = """\
Filled       Drug                    Form  Str          Qty   DS   Prescriber         Pharmacy
----------   ---------------------   ----  ----------   ---   --   ----------------   -----------
04/29/2014   HYDROCODONE BIT/APAP    TAB   10-325 MG    120   30   JONES A            CORNER DRUG
05/14/2014   OXYCODONE HCL           TAB   15 MG         90   30   BROWN B            OTHER DRUG
06/01/2014   FENTANYL                PTCH  50 MCG/HR     15   30   BROWN B            OTHER DRUG
Prescribers: 2      Pharmacies: 2
"""
EVENTS = """\
 DATE       RX#       DRUG                          QTY   DS   RF   PRESCRIBER        NOTE
 12/11/14   7723018   TRAMADOL 50MG TAB              60   20   1    REYES
 12/15/14   7723018   ** RX DISCONTINUED BY MD OFFICE - ADR N/V, VERTIGO **   refill voided
 12/16/14   -         ** NAPROXEN 7719902 REFILLS CANCELLED - GI BLEED PER MD OFFICE **
"""


def read(*texts: str, kind: DocumentKind = DocumentKind.PHARMACY_LEDGER) -> list[Fact]:
    pages = tuple(
        Page(number=number, text=text, state=PageState.TEXT, file_page=number)
        for number, text in enumerate(texts, start=1)
    )
    document = Document(
        id=DocumentId("D01"), file="a.txt", sha256="", kind=kind, date=date(2015, 4, 16),
        author=None, pages=pages,
    )  # fmt: skip
    return list(extract_medications(document, formulary=load_formulary()))


def test_rows_are_dispensed_on_their_day() -> None:
    temazepam, hydrocodone, *_ = read(PROFILE)
    assert temazepam.date == PartialDate(2015, 3, 28)
    assert temazepam.assertion is Assertion.PRESENT
    assert dict(temazepam.value) == {
        "drug": "TEMAZEPAM CAP", "generic": "temazepam", "strength": "30 mg", "form": "capsule",
        "quantity": 30.0, "days_supply": 30, "refills": 1, "prescriber": "SMITH",
        "status": "dispensed", "source": "ledger",
    }  # fmt: skip
    assert hydrocodone.value["strength"] == "10/325 mg"
    assert hydrocodone.value["quantity"] == 150.0


def test_summary_lines_count_fills_and_tell_the_first() -> None:
    facts = read(PROFILE)
    year, first = (fact for fact in facts if "fills" in fact.value)
    assert (year.date, year.value["quantity"], year.value["fills"]) == (PartialDate(2013), 360, 12)
    assert first.date == PartialDate(2011, 8, 22)
    (since,) = (fact for fact in facts if fact.concept == "duration_of_use")
    assert since.value == {"generic": "temazepam", "since": "2011-08-22"}


def test_notes_are_no_dispensing_but_reactions_are_read() -> None:
    facts = read(PROFILE)
    assert len([fact for fact in facts if fact.concept == "medication"]) == 4
    (reaction,) = (fact for fact in facts if fact.concept == "prior_nonopioid_trials")
    assert reaction.value["group"] == "nsaid"
    assert reaction.value["outcome"] == "contraindicated"


def test_a_rejected_claim_is_a_request_and_columns_carry_over_the_page() -> None:
    rejected = read(PROFILE, REJECTED)[-1]
    assert rejected.value["status"] == "requested"
    assert rejected.value["reason"] == "claim rejected"
    assert "refills" not in rejected.value


def test_cures_rows_name_prescriber_and_pharmacy() -> None:
    first, second, third = read(CURES, kind=DocumentKind.CURES)
    assert (first.value["prescriber"], first.value["pharmacy"]) == ("JONES A", "CORNER DRUG")
    assert first.value["source"] == "cures"
    assert (second.value["generic"], second.value["strength"]) == ("oxycodone", "15 mg")
    assert (third.value["generic"], third.value["strength"], third.value["quantity"]) == (
        "fentanyl transdermal", "50 mcg/hr", 15.0,
    )  # fmt: skip


def test_a_discontinued_prescription_is_found_by_its_number() -> None:
    _, tramadol, naproxen = (fact for fact in read(EVENTS) if fact.concept == "medication")
    assert (tramadol.value["generic"], tramadol.value["status"]) == ("tramadol", "stopped")
    assert tramadol.value["reason"] == "ADR N/V, VERTIGO"
    assert tramadol.date == PartialDate(2014, 12, 15)
    assert (naproxen.value["generic"], naproxen.value["reason"]) == ("naproxen", "GI BLEED")


@pytest.mark.parametrize("kind", [DocumentKind.PROGRESS_REPORT, DocumentKind.UNKNOWN])
def test_a_table_in_another_document_is_read_and_one_dated_line_is_not(kind: DocumentKind) -> None:
    rows = [fact for fact in read(CURES, kind=kind) if fact.value["status"] == "dispensed"]
    assert len(rows) == 3
    (line,) = read("03/12/15 Norco 10/325 #120 refilled", kind=kind)
    assert line.value["status"] == "continued"


def test_rows_squeezed_by_ocr_are_read() -> None:
    (fact,) = read("03/12/15 HYDROCODONE/APAP TAB 10/325 150 30 0 SMITH ACME")
    assert fact.value["quantity"] == 150.0
    assert fact.value["days_supply"] == 30


UNFILLED = """\
DATE       ITEM                     QTY   PRSCR        STATUS
07/22/15   METHOCARBAMOL 750         60   AL-SABBAGH   REJ - UR
07/13/15   CARISOPRODOL 350          90   YUN          PAID
06/12/15   CARISOPRODOL 350          90   YUN          PAID
No record: methocarbamol, duloxetine
"""


def test_a_bare_strength_is_no_count_and_a_rejected_row_no_fill() -> None:
    facts = [fact for fact in read(UNFILLED) if fact.assertion is Assertion.PRESENT]
    told = {(f.value["generic"], f.value["quantity"], f.value["status"]) for f in facts}
    assert told == {("methocarbamol", 60.0, "requested"), ("carisoprodol", 90.0, "dispensed")}


def test_drugs_without_a_record_were_never_filled() -> None:
    denied = [fact for fact in read(UNFILLED) if fact.assertion is Assertion.ABSENT]
    assert {fact.subject for fact in denied} == {"methocarbamol", "duloxetine"}
    assert {fact.value["reason"] for fact in denied} == {"never before"}
