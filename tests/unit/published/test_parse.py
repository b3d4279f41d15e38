"""Letters in every shape that the paper gives them, and what is no letter."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_letters import SUMMARY, Item, made, rationale_of, read

from openimr.model.errors import NotADetermination
from openimr.model.request import Request
from openimr.model.ruling import Outcome
from openimr.published.parse import parse_letter

VOCABULARY = ("pain", "knee", "brace", "Norco", "10mg", "#30", "(left)", "MRI", "L4-L5", "two")
words = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=25).map(" ".join)
items = st.builds(
    Item,
    heading=words,
    outcome=st.sampled_from(["Upheld", "Overturned", "UPHELD", "overturned.", "Upheld "]),
    claims=words.map(lambda text: f"Decision based on MTUS {text}."),
    reviewer=words.map(lambda text: f"Decision based on Non-MTUS Citation {text}."),
    rationale=words.map(lambda text: f"It says {text}. The request is not medically necessary."),
)


def wrapped(text: str, width: int, seed: int) -> str:
    """The letter as a page has it: lines broken, some pages turned in the middle."""
    chance = random.Random(seed)
    lines = [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(paragraph, width, break_on_hyphens=False, break_long_words=False)
    ]
    return "".join(
        line + chance.choice([" \n", "\n", "\r\n", "\n", "\n" if number < 30 else "\n\f"])
        for number, line in enumerate(lines)
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(items, min_size=1, max_size=5), st.integers(70, 110), st.integers(0, 9))
def test_what_was_printed_is_read_back(wanted: list[Item], width: int, seed: int) -> None:
    letter = read(wrapped(made(*wanted), width, seed))
    assert [item.heading for item in letter.items] == [item.heading for item in wanted]
    for number, (item, want) in enumerate(zip(letter.items, wanted, strict=True), 1):
        assert str(item.outcome) == want.outcome.strip(" .").capitalize()
        assert item.claims_administrator_guideline.text == want.claims
        assert item.reviewer_guideline.text == want.reviewer
        assert rationale_of(letter, number) == want.rationale
    assert letter.text_of_summary == SUMMARY
    assert (letter.case_number, letter.licensure) == ("CM16-0990001", ("Texas", "Ohio"))
    assert letter.warnings == ()


@pytest.mark.parametrize(
    "outcome",
    ["Upheld", "UPHELD", " Upheld.", "\nUpheld", "\n\nOverturned", "OverTurned", "Uphold"],
)
def test_outcomes_in_every_spelling(outcome: str) -> None:
    letter = read(made(Item(outcome=outcome), Item(heading="Soma 350mg #60", outcome=outcome)))
    assert [item.heading for item in letter.items] == ["Norco 10/325mg #60", "Soma 350mg #60"]
    want = Outcome.UPHELD if "p" in outcome.lower() else Outcome.OVERTURNED
    assert {item.outcome for item in letter.items} == {want}


def test_a_dash_for_a_colon() -> None:
    text = made(Item()).replace("#60: Upheld", "#60 - Upheld")
    assert read(text).items[0].heading == "Norco 10/325mg #60"


def test_heading_with_colons_of_its_own() -> None:
    heading = "Associated surgical service: labs to include: EKG"
    assert read(made(Item(), Item(heading=heading))).items[1].heading == heading


def test_split_request_is_one_heading_wherever_its_lines_end() -> None:
    heading = (
        "Acupuncture for eight sessions was the original request.\nAcupuncture for six sessions was"
        " authorized by the Claims Administrator.\nThe remaining IMR eligible portion of the"
        " original request, two sessions is"
    )
    letter = read(made(Item(), Item(heading=heading)))
    assert letter.items[1].heading == heading.replace("\n", " ")
    assert rationale_of(letter, 1) == Item().rationale


def test_rationale_without_its_full_stop_ends_where_its_line_is_short() -> None:
    first = Item(rationale="The request is not medically necessary")
    assert [item.heading for item in read(made(first, Item(heading="Soma"))).items][1] == "Soma"


def test_text_without_line_breaks() -> None:
    text = " ".join(made(Item(), Item(heading="Soma 350mg #60", outcome="Overturned")).split())
    letter = read(text)
    assert [item.heading for item in letter.items] == ["Norco 10/325mg #60", "Soma 350mg #60"]


def test_labels_quoted_in_a_rationale_are_prose() -> None:
    said = 'It read "Claims Administrator guideline: none". The request is medically necessary.'
    letter = read(made(Item(rationale=said), Item()))
    assert rationale_of(letter, 1) == said
    assert len(letter.items) == 2


def test_missing_guideline_line_is_a_warning() -> None:
    text = made(Item()).replace(
        "MAXIMUS guideline: Decision based on MTUS Opioid Treatment 2016.\n", ""
    )
    letter = read(text)
    assert letter.items[0].reviewer_guideline.text == ""
    assert letter.warnings == ("item 1 has no guideline line of the reviewer",)


def test_hyphens_at_line_ends_are_kept_and_named() -> None:
    letter = read(made(Item(rationale="On 8\ufffe29-2016 the guide\ufffelines were met.")))
    assert "8\xad29-2016" in rationale_of(letter, 1)
    (warning,) = letter.warnings
    assert "'829-2016' reads '8-29-2016'" in warning


def test_request_grammar_gets_hyphens_between_digits_and_no_item_number() -> None:
    asked: list[str] = []

    def parse(line: str) -> Request:
        asked.append(line)
        return Request(text=line)

    parse_letter(made(Item(heading="2) acupuncture, 1\xad2 times a week")), parse=parse)
    assert asked == ["acupuncture, 1-2 times a week"]


REFUSED = {
    "empty": "",
    "blank": " \n\f ",
    "other": "PROGRESS REPORT\nPain 8/10. The request is not medically necessary.\n",
    "cut before the items": made(),
    "cut after the heading": made(Item()) + "Soma 350mg #60: Upheld\n",
    "cut in the guidelines": made(Item()).partition("Decision rationale")[0],
    "cut before the rationale": made(Item(rationale="")),
    "no outcome": made(Item(), Item()).replace(": Upheld", ":", 1),
    "no second outcome": made(Item(), Item(outcome="")),
    "unknown outcome": made(Item(outcome="Modified")),
    "no heading": made(Item(heading="")),
    "no summary section": made(Item()).replace("CLINICAL CASE SUMMARY", ""),
    "a draft": made(Item(outcome="not decided")),
}


@pytest.mark.parametrize("why", list(REFUSED))
def test_what_is_not_a_whole_determination_is_refused(why: str) -> None:
    with pytest.raises(NotADetermination) as refused:
        read(REFUSED[why])
    assert refused.value.exit_status == 3
    assert refused.value.what
