"""What is found, what stands in its place, and how offsets lead back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.deid.detect import detect
from openimr.deid.names import parts_of
from openimr.deid.replace import Surrogates, replace_identifiers
from openimr.model.identifier import Deidentified, IdentifierKind


def clean(*texts: str) -> list[Deidentified]:
    surrogates = Surrogates()
    return [
        replace_identifiers(text, found, surrogates)
        for text, found in zip(texts, detect(texts), strict=True)
    ]


CASES = [
    ("Patient: Ann B. Doerr   DOB: 3/4/1961", "Patient: [worker]   DOB: [date of birth]"),
    ("Employee Name: Doerr, Ann\nMs. Doerr walks.", "Employee Name: [worker]\nMs. [worker] walks."),
    ("Ivor Whitley, M.D. Dr. Whitley agrees.", "[physician 1], M.D. Dr. [physician 1] agrees."),
    ("05/19/2015 FAX 7145550111", "05/19/2015 FAX [phone 1]"),
    ("Call 619-555-0116 or (408) 555-0101 x 12.", "Call [phone 1] or [phone 2]."),
    ("Mail: ann.doerr@mail.example", "Mail: [e-mail 1]"),
    ("SSN 123-45-6789", "SSN [social security number 1]"),
    ("Lives at 12 Quarry Lane, Alder Flats, CA 91288.", "Lives at [address 1]."),
    ("P.O. Box 4410", "[address 1]"),
    ("Claim Number: WC21-361407-001", "Claim Number: [claim number 1]"),
    ("Case CM15-0123456, ADJ1234567", "Case [case number 1], [case number 2]"),
    ("DEA No. AB1234567", "DEA No. [licence 1]"),
    ("Employer: Iron Gate Foundry\nIRON GATE FOUNDRY", "Employer: [employer]\n[employer]"),
    ("Sent by Greystone Adjusting.", "Sent by [insurer 1]."),
    ("Filled at Doctors Plaza Pharmacy today", "Filled at [facility 1] today"),
    ("Attorney: Mia Papa, Hollister Injury Law", "Attorney: [person 1], [firm 1]"),
    ("I spoke with Ana Balderas today.", "I spoke with [person 1] today."),
    ("See also Balderas chart.", "See also [person 1] chart."),
    ("Sincerely,\n\nL. Ocasio\n", "Sincerely,\n\n[person 1]\n"),
    (
        "Therapist: Dora Quill\npain 8/6   DQ\nDQ is not sought alone",
        "Therapist: [physician 1]\npain 8/6   [physician 1]\nDQ is not sought alone",
    ),
    ("By Joan Ames, MA\nfiled JA, MA", "By [physician 1], MA\nfiled [physician 1], MA"),
    ("Changes: none\ninitials: jl", "Changes: none\ninitials: [person 1]"),
    ("Changes: no\ninitials: it", "Changes: no\ninitials: [person 1]"),
    ("Balderas to follow up in pain clinic.", "[person 1] to follow up in pain clinic."),
    ("1) rest 2) Balderas to f/u", "1) rest 2) [person 1] to f/u"),
    ("5) [Balderas - lab ok, wrong chart]", "5) [[person 1] - lab ok, wrong chart]"),
    ("Balderas' lab\nBalderas: misfiled", "[person 1]' lab\n[person 1]: misfiled"),
    ("FAMILY HEALTH CENTER OF ALDER FLATS", "[facility 1]"),
    ("MRN: 0012345 and 0012345 again", "MRN: [account number 1] and [account number 1] again"),
]  # fmt: skip


NO_NAMES = [
    "Patient to follow up in 2 weeks. Ortho to follow up. Advised to follow up.",
    "When to call: fever. Cardiology to follow up. Neurologist will return.",
    "[Report - wrong chart]",
    "Initials: none. initials: yes",
    "Gralise to follow. Norco was entered for the wrong patient. Claim: wrong file.",
]


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_begins_a_sentence_is_not_always_a_name(text: str) -> None:
    assert clean(text)[0].text == text


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_identifiers_are_replaced(text: str, expected: str) -> None:
    assert clean(text)[0].text == expected


KEPT = [
    "A 45-year-old woman injured on 04/02/2014, licensed in California, takes Norco 10/325 #120.",
    "Physical Medicine and Rehabilitation. Pain 7/10, BP 120/80, L4-L5, 724.2.",
    "APPLICATION FOR INDEPENDENT MEDICAL REVIEW",
    "Page(s): 74-96. 8 CCR 9792.24.2. Decision of May 12, 2015.",
    "Re: Utilization Review - Adverse Determination",
    "The patient understood the plan. New Rx: Cymbalta.",
    "Seen by Pain Management. Discussed with Utilization Review. Spoke to Physical Therapy.",
    "Diplomate, Board of Pain Management. Urine Drug Monitoring. Pharmacy: pt called.",
    "Sincerely,\n\nClaims Examiner",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_letters_keep_is_kept(text: str) -> None:
    assert clean(text)[0].text == text


def test_one_person_has_one_surrogate_in_all_texts() -> None:
    one, two = clean("Patient: Ann B. Doerr", "DOERR, ANN   seen today. A. Doerr is well.")
    assert one.text == "Patient: [worker]"
    assert two.text == "[worker]   seen today. [worker] is well."


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Delacroix, Quyen P.", ("Quyen", "Delacroix")),
        ("Naveen Drinkwater, DO", ("Naveen", "Drinkwater")),
        ("OKONKWO D", ("D", "OKONKWO")),
        ("Halloran-Pike", ("", "Halloran-Pike")),
    ],
)
def test_a_name_in_parts(written: str, parts: tuple[str, str]) -> None:
    assert parts_of(written) == parts


WORDS = st.sampled_from(
    ["Patient: Ann Doerr", "Dr. Whitley", "619-555-0116", "walks", "7/10", "\n", " ", "DOB 3/4/61"]
)


@given(st.lists(WORDS, max_size=20))
def test_offsets_lead_back(parts: list[str]) -> None:
    text = " ".join(parts)
    cleaned = clean(text)[0]
    within = {place for one in cleaned.replacements for place in range(one.new_start, one.new_end)}
    for offset, letter in enumerate(cleaned.text):
        if offset not in within:
            assert text[cleaned.original_offset(offset)] == letter


@given(st.text(max_size=400))
def test_any_text_is_survived(text: str) -> None:
    cleaned = clean(text)[0]
    kept = re.sub(r"\[[^\]]*\]", "", cleaned.text)
    assert len(kept) <= len(text)
    assert all(one.kind in set(IdentifierKind) for one in cleaned.replacements)
