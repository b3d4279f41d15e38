"""How a parsed request is read back, so that a reader sees how it was understood."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.draft.request_words import request_words
from openimr.model.request import Request, RequestKind


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"kind": RequestKind.DRUG, "generic": "x", "strength": "5 mg", "quantity": 30.0},
            "x, 5 mg, 30 units, no directions on the line",
        ),
        (
            {"kind": RequestKind.DRUG, "generic": "x", "quantity": 30.0, "refills": 2, "sig": "qd"},
            "x, 30 units, 2 refills, 90 units in all, directions “qd”",
        ),
        (
            {"kind": RequestKind.DRUG, "brand": "Brand", "refills": 1, "form": "patch"},
            "Brand, patch, 1 refill, no directions on the line",
        ),
        (
            {
                "kind": RequestKind.THERAPY,
                "procedure": "physical therapy",
                "body_parts": ("knee", "hip"),
                "laterality": "left",
                "visits": 12,
                "per_week": 3.0,
                "per_week_min": 2.0,
                "weeks": 6.0,
            },
            "physical therapy, left, knee and hip, 12 visits, 2 to 3 a week, for 6 weeks",
        ),
        (
            {"kind": RequestKind.IMAGING, "procedure": "MRI", "contrast": "without"},
            "MRI, without contrast",
        ),
        ({}, ""),
    ],
)
def test_words(fields: dict[str, Any], words: str) -> None:
    assert request_words(Request(text="line", **fields)) == words
