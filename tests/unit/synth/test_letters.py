"""Forged published letters: the same bytes again, true gold, the form of the real ones."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest

from openimr.synth.letters.bank import variants
from openimr.synth.letters.dice import Dice
from openimr.synth.letters.guideline import ranges
from openimr.synth.letters.layouts import LAYOUTS
from openimr.synth.letters.letter import forge_letter
from openimr.synth.letters.pdf import as_pdf
from openimr.synth.letters.run import Run
from openimr.synth.letters.setting import reflow, wrap


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_letter_comes_again(layout: str) -> None:
    assert forge_letter(3, 14, layout) == forge_letter(3, 14, layout)
    assert as_pdf(forge_letter(3, 14, layout)) == as_pdf(forge_letter(3, 14, layout))
    assert forge_letter(3, 14, layout).text != forge_letter(4, 14, layout).text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_the_truth_says_is_printed(layout: str) -> None:
    for number in range(60):
        letter = forge_letter(1, number, layout)
        printed = " ".join(line for page in letter.pages for line in page if line)
        for issue in letter.gold["issues"]:
            for field in ("request", "claims_admin_guideline", "maximus_guideline", "rationale"):
                assert issue[field] in printed
            assert issue["decision"] in ("Upheld", "Overturned")
        assert letter.gold["clinical_case_summary"] in printed


def test_no_two_letters_share_a_case_number_unless_they_are_duplicates() -> None:
    run = Run(seed=5, duplicates=0.2)
    letters = [run.letter(number) for number in range(300)]
    first = [one.gold["case_number"] for one in letters if "duplicate" not in one.gold]
    assert len({number for number in first if number}) == len(
        [number for number in first if number]
    )
    kinds = {one.gold["duplicate"] for one in letters if "duplicate" in one.gold}
    assert kinds == {"same", "changed"}
    assert len({one.name for one in letters}) == 300


def test_a_duplicate_is_the_text_that_it_names() -> None:
    run = Run(seed=5, duplicates=0.2)
    letters = [run.letter(number) for number in range(200)]
    texts = {one.name: one.text for one in letters}
    for one in letters:
        if one.gold.get("duplicate") == "same":
            assert one.text == texts[one.gold["duplicate_of"]]
        if one.gold.get("duplicate") == "changed":
            assert one.text != texts[one.gold["duplicate_of"]]


def test_a_pdf_has_the_text_of_the_letter() -> None:
    letter = forge_letter(1, 2, "header")
    with pypdfium2.PdfDocument(io.BytesIO(as_pdf(letter))) as pdf:
        assert len(pdf) == len(letter.pages)
        read = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    squeezed = re.sub(r"\s|-|\x02", "", read)
    assert squeezed == re.sub(r"\s|-|\f", "", letter.text)


def test_lines_break_at_blanks_and_hyphens_and_give_the_text_back() -> None:
    assert wrap("short-term use", 8) == ["short-", "term use"]
    assert reflow(["short-", "term use"], join_hyphens=True) == "shortterm use"
    assert reflow(["short-", "term use"], join_hyphens=False) == "short- term use"
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    text = "one two three four five six"
    assert reflow(wrap(text, 9), join_hyphens=True) == text


def test_choices_are_settled_in_every_way() -> None:
    assert variants("pain <is|was> <bad|worse>") == (
        "pain is bad", "pain is worse", "pain was bad", "pain was worse",
    )  # fmt: skip


def test_page_ranges_are_read_from_their_print() -> None:
    assert ranges("78-80, 86") == ((78, 80), (86, 86))


def test_ranks_follow_zipf() -> None:
    dice = Dice("zipf")
    drawn = [dice.rank(1000) for _ in range(20_000)]
    assert drawn.count(0) > 1.5 * drawn.count(1) > 0
    assert max(drawn) > 900
