"""Letters against their own summary and header: a clash fires, its neighbour is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from test_checks import NO, ODG, SPECIFIC, codes, found, item, letter, one

from openimr.published.guideline import read_guideline
from openimr.qa.letter import CheckedLetter

LOW_BACK = "Decision based on MTUS Low Back Complaints 2004, Section(s): Physical Methods."
CHRONIC = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Topics."
THERAPY = (
    "Physical therapy may help at first, and the gain of each course must be measured by what the"
    " worker can do again before more of it is granted."
)


def told(rationale: str, summary: str, heading: str = "Soma 350mg #60") -> CheckedLetter:
    return letter(item(heading, f"{SPECIFIC} {rationale} {NO}"), summary=summary)


DENIED = [
    ("There is no VAS pain score.", "Her pain was rated 7-8 out of 10."),
    ("Medications are not documented.", "Current medications included tramadol."),
    ("Work status documentation is illegible.", "Work status was documented as full duty."),
    ("There is no neck examination.", "Examination of the cervical spine noted full motion."),
    (
        "There is no documentation of radicular complaints.",
        "She reported leg pain with numbness.",
    ),
    (
        "The record failed to provide any significant complaints or physical examination findings"
        " regarding the left shoulder.",
        "There was tenderness of the left shoulder.",
    ),
    ("There were no significant findings of the CT.", "A CT scan showed a bulging disc."),
    ("Only paraspinal tenderness is noted on exam.", "Rotation was restricted and painful."),
    ("There are no other physical examination findings.", "Strength was 5/5 in both legs."),
    (
        "There is no indication of random urine drug screens.",
        "Periodic urinalysis toxicology is planned.",
    ),
    ("There is no evidence of physical therapy.", "Treatment has included physical therapy."),
    ("There is no documentation of swelling.", "The knee showed an effusion."),
]
NOT_DENIED = [
    ("There is no VAS pain score.", "Strength was 5 out of 5."),
    ("The efficacy of the medication was not provided.", "Current medications included tramadol."),
    ("Work status was full duty.", "Work status was documented as full duty."),
    ("There is no neck examination.", "Examination of the knee noted full motion."),
    (
        "There is no documentation of radicular complaints.",
        "She denied numbness of the legs.",
    ),
    (
        "The record failed to provide any significant complaints or physical examination findings"
        " regarding the left shoulder.",
        "There was tenderness of the right shoulder.",
    ),
    ("There were no significant findings of the CT.", "A CT scan showed no bulging disc."),
    ("There were no significant findings of the CT.", "An MRI showed a bulging disc."),
    ("Only paraspinal tenderness is noted on exam.", "There was tenderness of the low back."),
    ("There is no evidence of physical therapy.", "Physical therapy was requested."),
    (
        "There is no evidence of failed physical therapy.",
        "Treatment has included physical therapy.",
    ),
    ("There is no documentation of recent swelling.", "The knee showed an effusion."),
    ("There is no documentation of swelling.", "The prior review found an effusion."),
    ("There is no documentation of insomnia treatment.", "She complained of insomnia."),
    ("There is no documentation of swelling.", "There was tenderness but no swelling."),
]


@pytest.mark.parametrize(("rationale", "summary"), DENIED)
def test_what_the_summary_tells_is_called_missing(rationale: str, summary: str) -> None:
    assert "RECORD-DENIED" in codes(told(rationale, summary))


@pytest.mark.parametrize(("rationale", "summary"), NOT_DENIED)
def test_what_it_does_not_tell_may_be_missing(rationale: str, summary: str) -> None:
    assert "RECORD-DENIED" not in codes(told(rationale, summary))


@pytest.mark.parametrize(
    ("summary", "fires"),
    [
        ("She completed 6 of 6 acupuncture visits.", True),
        ("She completed 6 of 6 visits of massage.", False),
        ("She asked for 6 acupuncture visits.", False),
    ],
)
def test_visits_of_the_treatment_that_is_asked_for(summary: str, fires: bool) -> None:
    unclear = told("It is unclear how many sessions she has had.", summary, "Acupuncture 6 visits")
    assert ("RECORD-DENIED" in codes(unclear)) is fires


def test_each_part_of_the_record_is_told_once() -> None:
    rationale = (
        "There is no VAS pain score. There is no pain score. Medications are not documented."
    )
    summary = "Her pain was rated 7/10. Current medications included tramadol."
    both = [one for one in found(told(rationale, summary)) if one.code == "RECORD-DENIED"]
    assert [one.quote for one in both] == [
        "There is no VAS pain score.",
        "Medications are not documented.",
    ]


DATED = [
    ("The prior review dated 02/20/2015 refused it.", True),
    ("The prior review dated 03/01/2015 refused it.", False),
    ("On 02/20/2015 Utilization Review refused it.", True),
    ("She had an infarct in June 20216.", True),
    ("She had an infarct in June 2014.", False),
    ("The industrial injury of January 5, 2015 was a fall.", True),
    ("The industrial injury of January 2, 2015 was a fall.", False),
    ("On January 1, 2015 a request was received.", True),
    ("A new Request for Authorization was dated 04/02/2015.", False),
]


@pytest.mark.parametrize(("summary", "fires"), DATED)
def test_dates_of_a_summary(summary: str, fires: bool) -> None:
    dated = letter(
        item("Soma 350mg #60", f"{SPECIFIC} {NO}"),
        summary=summary,
        injured=date(2015, 1, 2),
        ur_decision=date(2015, 3, 1),
    )
    assert ("TOLD-DATE" in codes(dated)) is fires


def test_the_first_report_has_one_date() -> None:
    rationale = "According to a November 22, 2014 first report of injury she fell."
    other = told(rationale, "On 11-23-2014 (Doctor's First Report of Injury) she complained.")
    same = told(rationale, "On 11-22-2014 (Doctor's First Report of Injury) she complained.")
    assert "TOLD-DATE" in codes(other)
    assert "TOLD-DATE" not in codes(same)


PATIENTS = [
    ("The 30-year-old patient has spasm.", True),
    ("The 52-year-old patient has spasm.", False),
    ("The provider saw her. He found spasm.", False),
    ("His physician found spasm.", False),
    ("This man has spasm. He takes Soma.", True),
]


@pytest.mark.parametrize(("rationale", "fires"), PATIENTS)
def test_another_patient(rationale: str, fires: bool) -> None:
    about = told(rationale, "This is a 51-year-old female with back pain.")
    assert ("OTHER-PATIENT" in codes(about)) is fires


@pytest.mark.parametrize(
    ("rationale", "fires"),
    [
        ("It was used since 02/20/2015, exceeding the advised use of less than 3 weeks.", True),
        ("It was used since 02/01/2015, exceeding the advised use of less than 3 weeks.", False),
        ("It was used since 02/20/2015, not longer than the advised up to 3 weeks.", False),
        ("She has been using it for 2 years, prior to the injury too.", False),
        ("A trial of at least 6 months is advised.", False),
    ],
)
def test_a_length_of_use(rationale: str, fires: bool) -> None:
    used = letter(
        item("Soma 350mg #60", f"{SPECIFIC} {rationale} {NO}"),
        injured=date(2015, 1, 20),
        ur_decision=date(2015, 3, 1),
    )
    assert ("DURATION" in codes(used)) is fires


def test_the_schedule_is_cited_by_another_item_of_the_treatment() -> None:
    silent = item("Hot/cold wrap", f"{SPECIFIC} The MTUS does not address. {NO}", line=ODG)
    cites = item("Heat therapy pad", f"{SPECIFIC} It is refused. {NO}", line=LOW_BACK)
    other = item("Wheelchair", f"{SPECIFIC} It is refused. {NO}", line=LOW_BACK)
    of_it = item("Hot/cold wrap", f"{SPECIFIC} The MTUS does not address the wrap. {NO}", line=ODG)
    assert "MTUS-NOT-SILENT" in codes(letter(silent, cites))
    assert "MTUS-NOT-SILENT" not in codes(letter(silent, other))
    assert "MTUS-NOT-SILENT" not in codes(letter(of_it, cites))


@pytest.mark.parametrize(
    ("heading", "line", "fires"),
    [
        ("Physical therapy for the neck", LOW_BACK, True),
        ("Physical therapy for the lumbar spine", LOW_BACK, False),
        ("EMG of the left upper extremity", LOW_BACK, False),
        ("Physical therapy for the neck", CHRONIC, False),
        ("Physical therapy for the neck", f"{LOW_BACK} {CHRONIC}", False),
    ],
)
def test_the_chapter_of_another_part(heading: str, line: str, fires: bool) -> None:
    assert ("OTHER-CHAPTER" in codes(one(heading, f"{SPECIFIC} {NO}", line=line))) is fires


@pytest.mark.parametrize(
    ("first", "second", "fires"),
    [
        ("Physical therapy for the neck x 6", "Physical therapy for the lumbar spine x 6", True),
        ("Physical therapy for the neck x 6", "Physical therapy for the neck x 4", False),
        ("MRI of the left knee", "MRI of the right knee", True),
        ("Wheelchair rental", "Shower chair", True),
    ],
)
def test_the_same_reasons_for_another_part(first: str, second: str, fires: bool) -> None:
    copied = letter(*(item(one, f"{SPECIFIC} {THERAPY} {NO}") for one in (first, second)))
    assert ("COPIED-ITEM" in codes(copied)) is fires


def test_a_guideline_that_two_letters_quote_is_no_copy() -> None:
    quoted = one("Norco 10/325mg #60", f'{SPECIFIC} The text says: "{THERAPY}" Taper. {NO}')
    other = one("Soma 350mg #60", f'She limps since 2011. The text says: "{THERAPY}" {NO}')
    assert "COPIED-LETTER" not in codes(quoted, other)


def test_a_single_dose_before_a_study_is_no_combination() -> None:
    opioid = item("Norco 10/325mg #60", f"{SPECIFIC} A taper is advised. {NO}")
    once = item("Valium 5mg one tablet 1 hour before MRI", f"{SPECIFIC} It is refused. {NO}")
    daily = item("Valium 5mg #30", f"{SPECIFIC} A taper is advised. {NO}")
    assert "COMBINATION" not in codes(letter(opioid, once))
    assert "COMBINATION" in codes(letter(opioid, daily))


def test_what_the_patient_lacks_by_name_is_a_fact() -> None:
    named = "There is no indication that the patient has tried an antidepressant."
    vague = "There is inadequate documentation to support it."
    assert "NOT-SPECIFIC" not in codes(one("Soma 350mg #60", f"{named} {NO}"))
    assert "NOT-SPECIFIC" in codes(one("Soma 350mg #60", f"{vague} {NO}"))


@pytest.mark.parametrize(
    ("heading", "section", "fires"),
    [
        ("Mobic 15mg #30", "Topical analgesics", True),
        ("Voltaren gel 1% 100 g", "Topical analgesics", False),
        ("Zantac 150mg #60", "Proton Pump Inhibitors (PPIs)", True),
        ("Zantac 150mg #60", "NSAIDs, GI symptoms & cardiovascular risk", False),
        ("Celebrex 200mg #30", "NSAIDs (non-steroidal anti-inflammatory drugs)", False),
        ("Neurontin 300mg #90", "Antiepilepsy drugs (AEDs)", False),
        ("Cymbalta 30mg #30", "Weaning of medications", False),
        ("Senokot 8.6mg #120", "Opioid-induced constipation treatment", False),
    ],
)
def test_the_section_of_another_class(heading: str, section: str, fires: bool) -> None:
    line = f"{CHRONIC.split('Topics', maxsplit=1)[0]}{section}."
    assert ("OTHER-CLASS" in codes(one(heading, f"{SPECIFIC} {NO}", line=line))) is fires


@pytest.mark.parametrize(
    ("rationale", "fires"),
    [
        ("She has completed 8 visits. Up to 10 visits are advised. ", False),
        ("Up to 10 visits are advised. ", True),
        ("", False),
    ],
)
def test_visits_had_before_count(rationale: str, fires: bool) -> None:
    exceeds = "The requested number of visits exceeds the guideline."
    told_of = one("Physical therapy 6 visits", f"{SPECIFIC} {rationale}{exceeds} {NO}")
    assert ("VISITS" in codes(told_of)) is fires


def test_the_claims_administrator_cites_an_edition_too() -> None:
    """The first letter's lines are of 2009, and so is what the claims administrator cites."""
    later = letter(
        item("Soma 350mg #60", f"{SPECIFIC} {NO}", line=CHRONIC), ur_decision=date(2016, 12, 1)
    )
    old = replace(
        later,
        items=tuple(
            replace(one, claims=read_guideline(CHRONIC.replace("2016", "2009")))
            for one in later.items
        ),
    )
    assert "EDITION" not in codes(later)
    assert "EDITION" in codes(old)


def test_a_surgery_that_is_only_thought_of_decides_nothing() -> None:
    thought = "Absent an indication for surgery, an MRI is not supported by the documents."
    decided = "As the surgical intervention is not necessary, the service is not."
    assert "NOT-SPECIFIC" in codes(one("MRI of the left knee", f"{thought} {NO}"))
    assert "NOT-SPECIFIC" not in codes(one("MRI of the left knee", f"{decided} {NO}"))
