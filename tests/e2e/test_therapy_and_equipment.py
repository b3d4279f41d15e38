"""Therapies, a device and what goes with an operation: small cases read from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from written_case import WrittenCase, drafted

CASE = WrittenCase(worker="Odile Farrow", born="02/11/1965", claim="AL-4410", injured="05/30/2013")
CARE = (
    (
        "Chiropractic 2 x 6 weeks, lumbar spine",
        "Acupuncture 12 sessions, lumbar spine (initial trial)",
        "TENS unit purchase",
        "Lumbar back brace",
        "Cognitive behavioral therapy x 4 sessions",
    ),
    """SUBJECTIVE: Low back pain 6/10 with burning in her left foot, no flare-up. Naproxen failed,
and tramadol caused nausea. Conservative care has failed. She completed 6 visits of
chiropractic; after chiropractic she is able to sit 45 minutes, before it 15 minutes. She has
not had acupuncture for this injury. She is depressed; PHQ-9 is 16. She has not had psychotherapy.

OBJECTIVE: Decreased light touch over the left L5 dermatome. Lumbar flexion 40 degrees.

DIAGNOSES: Lumbar radiculopathy; lumbar degenerative disc disease; depression.""",
)
OPERATION = (
    (
        "Left knee arthroscopy with partial medial meniscectomy",
        "Post-operative physical therapy 2 x 6 weeks, left knee",
        "Cold therapy unit 14 day rental",
        "Assistant surgeon",
    ),
    """SUBJECTIVE: Left knee pain 4/10 for three weeks. She has had no treatment for it.

OBJECTIVE: Left knee full range of motion, no joint line tenderness. McMurray negative.

DIAGNOSES: Left knee strain.""",
)


def reviewed(folder: Path, case: tuple[tuple[str, ...], str]) -> list[dict[str, Any]]:
    items, text = case
    plan = "\n".join(f"   {item}" for item in items)
    CASE.write(folder, items, [("04/09/2015", f"{text}\n\nPLAN:\n{plan}")])
    return drafted(folder, folder.parent / f"{folder.name}-draft")


@pytest.fixture(scope="module")
def care(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return reviewed(tmp_path_factory.mktemp("care") / "case", CARE)


@pytest.fixture(scope="module")
def operation(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return reviewed(tmp_path_factory.mktemp("operation") / "case", OPERATION)


@pytest.mark.parametrize(
    ("index", "topic", "suggestion", "reasons", "modification"),
    [
        (0, "manual-therapy", "support", ["MAN-3"], None),
        (1, "acupuncture", "modify_to", ["ACU-2"], "6 visits"),
        (2, "tens", "modify_to", ["TEN-3"], "a rental for a trial of one month"),
        (3, "brace-support", "not_support", ["BRC-1"], None),
        (4, "psych-treatment", "support", ["PSY-2"], None),
    ],
)
def test_each_item_is_judged_by_its_own_rules(
    care: list[dict[str, Any]],
    index: int,
    topic: str,
    suggestion: str,
    reasons: list[str],
    modification: str | None,
) -> None:
    item = care[index]
    found = (item["request"]["topic_id"], item["suggestion"], item["reasons"], item["modification"])
    assert found == (topic, suggestion, reasons, modification)


def test_visits_had_before_are_counted(care: list[dict[str, Any]]) -> None:
    said = {finding["criterion"]: finding["statement"] for finding in care[0]["findings"]}
    assert "12 visits + 6 had before = 18 visits, within 18 visits" in said["MAN-2"]


def test_what_goes_with_an_operation_falls_with_it(operation: list[dict[str, Any]]) -> None:
    assert [item["suggestion"] for item in operation] == ["not_support"] * 4
    assert [item["reasons"] for item in operation[1:]] == [["PST-1"], ["SUR-1"], ["SUR-1"]]
