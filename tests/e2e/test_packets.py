"""Hand-written case files: what was read once is not lost again (see tests/resources/README.md)."""

import json
from pathlib import Path

import pytest

from openimr.cli.main import run

PACKETS = Path(__file__).parents[1] / "resources/packets"
FLOORS = {
    ("H01", "H02", "H03", "H04"): {"criteria": 138, "suggestions": 11, "requests": 64},
    ("H05", "H06", "H07", "H08"): {"criteria": 118, "suggestions": 9, "requests": 57},
    ("W01", "W02", "W03", "W04", "W05", "W06"): {
        "criteria": 198,
        "suggestions": 14,
        "requests": 98,
    },
    ("Y01", "Y02", "Y03", "Y04", "Y05", "Y06"): {
        "criteria": 195,
        "suggestions": 15,
        "requests": 83,
    },
    ("Z01", "Z02", "Z03", "Z04", "Z05", "Z06"): {
        "criteria": 98,
        "suggestions": 15,
        "requests": 67,
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("packets", FLOORS, ids="-".join)
def test_what_was_read_is_not_lost(
    packets: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [str(PACKETS / packet) for packet in packets]
    assert run(["evaluate", *folders, "--json", "--quiet"]) == 0
    scores = json.loads(capsys.readouterr().out)["all"]
    reached = {measure: scores[measure]["right"] for measure in FLOORS[packets]}
    short = {m: n for m, n in reached.items() if n < FLOORS[packets][m]}
    assert not short, scores
