"""Faults that real lines brought to light: what a line does not say must stay unsaid."""

from __future__ import annotations

from functools import partial

import pytest

from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary

parse = partial(parse_request, formulary=load_formulary(), vocabulary=load_request_vocabulary())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # A number before `refills` that is the quantity.
        ("Zolpidem 5mg quantity 30 refills 2", {"quantity": 30, "refills": 2}),
        ("Celebrex 200mg #60 refills: 1", {"quantity": 60, "refills": 1}),
        # Packs of a liquid or cream, counted with a word.
        ("Diclofenac 1% gel 100g tube times 3", {"quantity": 3}),
        # A brand with its form in the plural, or a pack.
        ("Terocin patches #10", {"brand": "Terocin", "form": "patch"}),
        ("Medrol 4 mg dose pack", {"brand": "Medrol", "form": "pack"}),
        # An ingredient that comes in several forms, with nothing to tell them apart.
        ("Lidocaine #15", {"generic": "lidocaine", "topic_id": None}),
        ("Fentanyl #10", {"generic": "fentanyl", "topic_id": None}),
        ("Ketorolac", {"generic": "ketorolac", "topic_id": "ketorolac"}),
        ("Fentanyl 25 mcg/hr #10", {"generic": "fentanyl transdermal"}),
        # Percentages behind the last ingredient belong to all of them.
        ("Lidocaine HCl/Menthol 4%-1% cream", {"strength": "4/1 %"}),
        (
            "Compounded cream: flurbiprofen and baclofen, 120 grams",
            {"generic": "flurbiprofen/baclofen", "strength": None, "quantity": 120},
        ),
    ],
)
def test_drugs(line: str, expected: dict[str, object]) -> None:
    assert {name: getattr(parse(line), name) for name in expected} == expected


def test_each_ingredient_has_its_own_percentage() -> None:
    values = [part.value for part in parse("Lidocaine HCl/Menthol 4%-1% cream").strengths]
    assert values == [4, 1]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # Region decides what a discectomy is; without one it is left open.
        ("Microdiscectomy L4-L5", {"topic_id": "lumbar-decompression"}),
        ("Microdiscectomy L4-L5", {"procedure": "lumbar discectomy"}),
        (
            "Microdiscectomy C6-C7",
            {"topic_id": "cervical-surgery", "body_parts": ("cervical spine",)},
        ),
        ("Microdiscectomy", {"topic_id": None, "body_parts": ()}),
        ("Laminectomy", {"topic_id": None}),
        ("Labral repair, left hip", {"topic_id": "elbow-ankle-surgery"}),
        # Days of the stay are not days of the operation.
        ("L3-L4 laminectomy with a three day hospital stay", {"duration": None}),
        # When, not how long.
        ("Complete blood count every 3 months", {"kind": "lab", "duration": None}),
        ("Follow-up visit in 6 weeks", {"kind": "consult", "duration": None}),
        ("Transfer of care to an orthopedic surgeon", {"topic_id": "consult-referral"}),
        ("Inpatient stay, 3 days", {"duration": 3, "duration_unit": "day"}),
        # A dose is no number of injections; `times` is, unless it is times a week.
        ("Botulinum toxin injection, 155 units", {"quantity": None}),
        ("Trigger point injections times 3", {"quantity": 3}),
        ("Acupuncture times 10", {"visits": 10, "per_week": None}),
        ("Acupuncture 2 times 5", {"visits": 10, "per_week": 2, "weeks": 5}),
        # `#` beside what is lent may count days.
        ("TENS unit trial #30", {"quantity": None}),
        ("Shoulder pulley #1", {"quantity": 1}),
        # The more definite part, and no part that is only likely.
        ("LSO back brace", {"body_parts": ("lumbar spine",)}),
        ("Back brace", {"body_parts": ("back",)}),
        ("Sling", {"body_parts": ()}),
        ("Night splint", {"body_parts": ()}),
        ("Cervical traction, 6 sessions", {"body_parts": ("cervical spine",), "visits": 6}),
        ("Home cervical traction unit", {"kind": "dme", "body_parts": ("cervical spine",)}),
        (
            "EMG of the upper and lower extremities",
            {"body_parts": ("upper extremity", "lower extremity")},
        ),
        # Things of one file with names of their own.
        ("Ultrasound of the left elbow", {"kind": "imaging", "topic_id": None}),
        ("Ultrasound 2 times 6", {"kind": "therapy", "visits": 12}),
        ("Pre-op labs", {"kind": "lab", "topic_id": "surgical-ancillary"}),
        ("Echocardiogram", {"procedure": "echocardiogram"}),
        ("Colonoscopy", {"procedure": "colonoscopy"}),
        ("Urinalysis", {"procedure": "urinalysis", "kind": "lab"}),
        ("Stem cell injection to the knee", {"procedure": "stem cell injection"}),
        ("Right hip arthroscopy", {"procedure": "hip arthroscopy"}),
        ("Dry needling", {"topic_id": None}),
        ("TENS pads", {"procedure": "TENS supplies", "topic_id": "tens"}),
        (
            "Skilled nursing 3 times a week for 2 weeks",
            {"topic_id": "home-health", "per_week": 3, "weeks": 2, "visits": None},
        ),
        ("Skilled nursing facility for 10 days", {"kind": "program", "duration": 10}),
    ],
)
def test_care(line: str, expected: dict[str, object]) -> None:
    assert {name: getattr(parse(line), name) for name in expected} == expected
