"""Injections, studies and operations: one small case with many items, read from end to end."""

from __future__ import annotations

from typing import Any

import pytest

from written_case import WrittenCase, drafted

ITEMS = {
    "Left L5-S1 transforaminal epidural steroid injection under fluoroscopy": "support",
    "MRI lumbar spine": "not_support",
    "Right shoulder arthroscopy with subacromial decompression": "support",
    "Right carpal tunnel release": "not_support",
    "Trigger point injections x 5, lumbar paraspinals": "not_support",
    "EMG/NCV bilateral upper extremities": "modify_to",
    "Discogram L3-S1": "not_support",
    "MRI thoracic spine": "refer",
}
CASE = WrittenCase(
    worker="Marta Ilves",
    born="06/02/1961",
    claim="KX-20017",
    injured="02/10/2014",
    physician="Owen P. Tarrant, MD",
)
NOW = """SUBJECTIVE: Low back pain with pain down the left leg to the foot, 7/10. She has completed
twelve weeks of physical therapy without improvement. Naproxen failed. She had a left L5-S1
epidural steroid injection on 10/14/2014 with 60% relief for 8 weeks. Right shoulder pain; she
is unable to reach overhead shelves. Numbness of the right hand at night; she wears a wrist
splint at night without relief. She is off work.

OBJECTIVE: Left ankle jerk is absent. Sensation is decreased over the left lateral foot.
Hawkins and Neer signs are positive on the right; drop arm test negative. Phalen's and Tinel's
tests are positive at the right wrist.

DIAGNOSTIC STUDIES: MRI of the lumbar spine dated 03/20/2014 showed an L5-S1 disc protrusion
contacting the left S1 nerve root. MRI of the right shoulder dated 09/02/2014 showed a
partial-thickness tear of the supraspinatus.

DIAGNOSES: Lumbar radiculopathy. Right shoulder impingement."""
EARLIER = """SUBJECTIVE: Low back and left leg pain, 6/10. She completed 12 physical therapy
visits for the right shoulder. A cortisone injection of the right shoulder on 11/20/2014 gave
40% relief for three weeks.

OBJECTIVE: Forward flexion of the right shoulder 130 degrees."""


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("procedures")
    CASE.write(folder / "case", ITEMS, [("04/09/2015", NOW), ("12/11/2014", EARLIER)])
    return {item["request_text"]: item for item in drafted(folder / "case", folder / "out")}


@pytest.mark.parametrize(("item", "wanted"), ITEMS.items())
def test_each_item_comes_out_by_its_topic(
    items: dict[str, dict[str, Any]], item: str, wanted: str
) -> None:
    assert items[item]["suggestion"] == wanted


def test_what_decides_is_named(items: dict[str, dict[str, Any]]) -> None:
    reasons = {name: set(item["reasons"]) for name, item in items.items()}
    assert reasons["MRI lumbar spine"] == {"ML-3"}
    assert reasons["Right carpal tunnel release"] == {"CT-2"}
    assert reasons["EMG/NCV bilateral upper extremities"] == {"EU-2"}
    assert "ESI-6" in reasons[next(iter(ITEMS))]
