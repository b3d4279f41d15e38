"""The second opinion: each rule of the prose at its edges."""

from __future__ import annotations

import pytest

from openimr.synth.criteria import Settled, criteria_of
from openimr.synth.oracle import decide

ALL = {
    name: "not_documented"
    for topic in (
        "hydrocodone-apap",
        "buprenorphine-td",
        "fentanyl-td",
        "duloxetine",
        "gabapentin-er",
        "cyclobenzaprine",
        "methocarbamol",
        "temazepam",
    )
    for name in criteria_of(topic)
}
OPIOID = {
    "OPI-1": "met",
    "OPI-2": "met",
    "OPI-11": "absent",
    "OPI-13": "present",
    "OPI-9": "within",
}


def values(**changes: str) -> dict[str, str]:
    return ALL | {name.replace("_", "-"): value for name, value in changes.items()}


@pytest.mark.parametrize(
    ("topic", "changes", "expected"),
    [
        ("hydrocodone-apap", OPIOID, "support"),
        ("hydrocodone-apap", OPIOID | {"OPI-2": "not_documented", "OPI-3": "met"}, "support"),
        ("hydrocodone-apap", OPIOID | {"OPI-1": "partial"}, "not_support"),
        ("hydrocodone-apap", OPIOID | {"OPI-1": "contradicted"}, "not_support"),
        ("hydrocodone-apap", OPIOID | {"OPI-11": "present"}, "not_support"),
        ("hydrocodone-apap", OPIOID | {"OPI-5": "contradicted"}, "support"),
        ("hydrocodone-apap", OPIOID | {"HC-2": "exceeded"}, "modify_to"),
        ("hydrocodone-apap", OPIOID | {"OPI-9": "exceeded"}, "modify_to"),
        ("buprenorphine-td", OPIOID, "not_support"),
        ("buprenorphine-td", OPIOID | {"BUP-1": "met"}, "support"),
        ("fentanyl-td", OPIOID | {"FEN-2": "met", "FEN-3": "met"}, "support"),
        (
            "fentanyl-td",
            OPIOID | {"FEN-2": "met", "FEN-3": "met", "FEN-6": "exceeded"},
            "modify_to",
        ),
        (
            "fentanyl-td",
            OPIOID | {"FEN-2": "met", "FEN-3": "met", "FEN-5": "exceeded"},
            "modify_to",
        ),
        ("buprenorphine-td", OPIOID | {"BUP-1": "met", "BUP-4": "exceeded"}, "modify_to"),
        ("duloxetine", {"DUL-1": "met"}, "support"),
        ("duloxetine", {"DUL-1": "met", "DUL-6": "present"}, "not_support"),
        ("duloxetine", {"DUL-1": "met", "DUL-4": "contradicted"}, "not_support"),
        ("duloxetine", {"DUL-1": "met", "DUL-7": "exceeded"}, "support"),
        ("gabapentin-er", {"GBP-1": "met"}, "support"),
        ("gabapentin-er", {"GBP-1": "met", "GBP-3": "contradicted"}, "not_support"),
        ("gabapentin-er", {"GBP-1": "partial"}, "not_support"),
        ("cyclobenzaprine", {"CBP-1": "met", "CBP-2": "within"}, "support"),
        ("cyclobenzaprine", {"CBP-1": "met", "CBP-2": "exceeded"}, "modify_to"),
        ("cyclobenzaprine", {"CBP-1": "met", "CBP-3": "present"}, "not_support"),
        ("methocarbamol", {"MTH-2": "present", "MTH-6": "present"}, "support"),
        ("methocarbamol", {"MTH-1": "met"}, "support"),
        ("methocarbamol", {"MTH-1": "met", "MTH-6": "present"}, "not_support"),
        ("temazepam", {"TMZ-1": "absent", "TMZ-2": "met"}, "support"),
        ("temazepam", {"TMZ-1": "present", "TMZ-2": "met"}, "not_support"),
        ("temazepam", {"TMZ-1": "absent"}, "not_support"),
        ("acupuncture", {}, "refer"),
    ],
)
def test_decisions(topic: str, changes: dict[str, str], expected: str) -> None:
    assert decide(topic, ALL | changes).expected == expected


def test_what_would_change_a_refusal_is_named() -> None:
    opinion = decide("hydrocodone-apap", values(OPI_13="present", OPI_11="absent"))
    assert opinion.flip == ("OPI-1", "OPI-2")
    assert opinion.alternatives == ("modify_to",)


def test_values_are_read_with_what_else_can_be_defended() -> None:
    assert Settled.read("met, partial") == Settled("met", ("partial",))


def test_a_contradicted_side_effect_gate_can_be_read_both_ways() -> None:
    opinion = decide("hydrocodone-apap", ALL | OPIOID | {"OPI-4": "contradicted"})
    assert opinion.expected == "support"
    assert "not_support" in opinion.alternatives
