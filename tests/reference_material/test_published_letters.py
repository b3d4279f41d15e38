"""The real letters: every labelled field as labelled, and the seeds as read by a person.

Four labels are known to be wrong: in two letters the first sentences of a heading ("... was the
original request.") are labelled as the end of the rationale before it. The PDF prints them bold, as
headings are, and we read them with their heading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from openimr.adapters.letters import letter_text
from openimr.model.request import Request
from openimr.published.json import letter_json
from openimr.published.parse import parse_letter
from reference import reference

pytestmark = pytest.mark.shared
KNOWN_WRONG_LABELS = {
    "CM17-0008633": {"item 2 rationale", "item 3 heading"},
    "CM17-0011703": {"item 4 rationale", "item 5 heading"},
}

SEEDS = {
    "000": (50, "male", ["Upheld m 74-96", "Overturned m 43-44", "Upheld m 74-96"]),
    "001": (None, None, ["Upheld -", "Overturned m 17-19 49-49", "Upheld m 63-63"]),
    "002": (41, "female", ["Upheld m 74-96", "Upheld m 15-15", "Upheld m 128-128"]),
    "003": (56, "male", ["Upheld m 74-96"]),
    "004": (
        48,
        "male",
        [
            "Upheld m 44-44 76-78 88-89",
            "Upheld m 76-78 88-89",
            "Upheld -",
            "Overturned m 63-66",
        ],
    ),
}
"""By seed: age, sex, and of each item the outcome, whether the MTUS is cited, and the pages."""
DATES = (
    "date_assigned",
    "decision_date",
    "date_of_injury",
    "ur_denial_date",
    "application_received",
)


def read(data: bytes) -> dict[str, Any]:
    letter = parse_letter(letter_text(data), parse=lambda line: Request(text=line))
    return dict(letter_json(letter))


def told(line: dict[str, Any]) -> str:
    """A guideline line in short: `m 74-96`."""
    pages = (f"{first}-{last}" for first, last in line["pages"])
    return " ".join(["m" if line["mtus"] else "-", *pages])


def iso(printed: str) -> str:
    month, day, year = printed.split("/")
    return f"{year}-{month}-{day}"


def fields(made: dict[str, Any], label: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    """Name, value and label of each labelled field."""
    for name in ("case_number", "priority", "clinical_case_summary"):
        yield name, made[name], label[name]
    for name in DATES:
        yield name, made[name], iso(label[name])
    for name, labelled in (("licensure", "licensure"), ("specialties", "specialty")):
        yield name, made[name], [part.strip() for part in label[labelled].split(",")]
    yield "number of items", len(made["items"]), len(label["issues"])
    for number, (item, issue) in enumerate(zip(made["items"], label["issues"], strict=False), 1):
        yield f"item {number} heading", item["heading"], issue["request"]
        yield f"item {number} outcome", item["outcome"], issue["decision"]
        claims, reviewer = item["claims_administrator_guideline"], item["reviewer_guideline"]
        yield f"item {number} claims", claims["text"], issue["claims_admin_guideline"]
        yield f"item {number} reviewer", reviewer["text"], issue["maximus_guideline"]
        yield f"item {number} rationale", item["rationale"], issue["rationale"]


def test_every_labelled_field_is_as_labelled() -> None:
    folder = reference("published/letters")
    lines = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    differing: dict[str, set[str]] = {}
    for label in map(json.loads, lines):
        number = label["case_number"]
        made = read((folder / f"{number}.pdf").read_bytes())
        wrong = {name for name, got, want in fields(made, label) if got != want}
        if wrong:
            differing[number] = wrong
    assert differing == KNOWN_WRONG_LABELS


def test_conclusions_agree_with_the_outcomes() -> None:
    for path in sorted(reference("published/letters").glob("*.pdf")):
        for item in read(path.read_bytes())["items"]:
            concluded = {"necessary": "Overturned", "not_necessary": "Upheld"}[item["conclusion"]]
            assert concluded == item["outcome"], (path.name, item["index"])


@pytest.mark.parametrize("seed", list(SEEDS))
def test_seeds_as_a_person_read_them(seed: str) -> None:
    (path,) = reference("published/seeds").glob(f"{seed}_*.txt")
    made = read(path.read_bytes())
    age, sex, items = SEEDS[seed]
    assert (made["age"], made["sex"], made["layout"]) == (age, sex, "headerless")
    assert made["warnings"] == []
    got = [
        f"{item['outcome']} {told(item['reviewer_guideline'])}".strip() for item in made["items"]
    ]
    assert got == items
    for item in made["items"]:
        assert item["rationale"].endswith("."), "the rationale ends with its own last sentence"
        assert item["conclusion"] == (
            "necessary" if item["outcome"] == "Overturned" else "not_necessary"
        )
