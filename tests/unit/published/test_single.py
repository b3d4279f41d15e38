"""Several letters in one file are refused, whatever their forms; a cut one is warned of."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from openimr.model.errors import NotADetermination
from openimr.model.request import Request
from openimr.published.guideline import read_guideline
from openimr.published.parse import parse_letter

SAMPLES = Path(__file__).parents[2] / "golden" / "letters"
FORMS = ("case-number", "headerless", "decisions-2014", "notice-2013", "professional-review-2013")


def parse(text: str) -> Request:
    return Request(text=text)


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text()


@pytest.mark.parametrize("pair", [*permutations(FORMS, 2), *((form, form) for form in FORMS)])
def test_joined_letters_are_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(NotADetermination, match="the file holds 2 letters"):
        parse_letter("\f".join(sample(form) for form in pair), parse=parse)


def test_a_letter_cut_in_a_heading_is_warned_of() -> None:
    text = sample("case-number-told-credentials")
    letter = parse_letter(text[: text.index("TEROCIN") + 10], parse=parse)
    assert any("may be cut short" in warning for warning in letter.warnings)


def test_labels_broken_over_a_line_are_still_labels() -> None:
    text = sample("case-number-told-credentials")
    broken = text.replace("Claims Administrator g", "Claims Admin\ufffe\nistrator g")
    assert [item.heading for item in parse_letter(broken, parse=parse).items] == [
        item.heading for item in parse_letter(text, parse=parse).items
    ]


def test_a_sentence_about_the_schedule_goes_with_the_reviewers() -> None:
    (item,) = parse_letter(sample("decisions-2014-mtus-sentence"), parse=parse).items
    assert item.reviewer_guideline.text.startswith("The MTUS was not applicable")
    assert item.claims_administrator_guideline.text.endswith("the Official Disability Guidelines.")


def test_chapters_with_their_own_pages_are_citations_of_their_own() -> None:
    line = read_guideline(
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 309, "
        "Chronic Pain Treatment Guidelines Page(s): 46."
    )
    assert line.citations == (
        "MTUS ACOEM Chapter 12 Low Back Complaints",
        "MTUS Chronic Pain Treatment Guidelines",
    )
