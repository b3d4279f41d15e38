"""The phrase bank, the dice and the misspellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.synth.bank import data, phrases, say
from openimr.synth.draw import Draw
from openimr.synth.scenario import plan_case
from openimr.synth.typos import misspell

KEY_INTENTS = (
    "relief_paired", "relief_percent", "function_specific", "function_unchanged", "adverse_none",
    "uds_mention", "cures_mention", "agreement_signed", "exam_dermatomal", "flare_now",
    "spasm_now", "start_drug", "nerve_response", "trials_named",
)  # fmt: skip


@pytest.mark.parametrize("intent", KEY_INTENTS)
def test_there_are_many_ways_to_say_what_decides(intent: str) -> None:
    ways = [template for templates in phrases()[intent].values() for template in templates]
    assert len(ways) >= 8
    assert len(set(ways)) == len(ways)


def test_there_are_at_least_twelve_authors_who_write_every_section() -> None:
    authors = data("authors")["authors"]
    assert len(authors) >= 12
    for author in authors:
        written = {section for block in author["blocks"] for section in block["of"]}
        needed = {"pain", "function", "sleep", "history", "monitor", "exam", "dx", "plan", "work"}
        assert needed <= written, author["id"]
        assert written & {"meds", "meds_sentence"}


def test_every_template_can_be_filled_from_the_slots_of_a_case() -> None:
    plan = plan_case("case", Draw("x"), {})
    slots = dict(plan.slots) | dict(plan.choices[0].slots)
    slots |= dict.fromkeys(("drug", "drug_cap", "generic", "controlled", "Pt"), "Norco")
    for intent, voices in phrases().items():
        for voice, templates in voices.items():
            for _ in templates:
                text = say(Draw(f"{intent}{voice}"), intent, voice, slots)
                assert "{" not in text
                assert "|" not in text or voice == "form"


def test_a_deck_deals_every_card_before_any_comes_again() -> None:
    draw = Draw("deck")
    cards = list("abcdef")
    assert sorted(draw.deal("d", cards) for _ in cards) == cards


def test_a_fork_is_independent_of_what_was_drawn_before() -> None:
    first, second = Draw("seed"), Draw("seed")
    first.between(1, 6)
    assert first.fork("x").between(1, 10**9) == second.fork("x").between(1, 10**9)


@given(st.text(alphabet="abcdefghij 0123456789/\ue000\ue101\ue001", max_size=80))
def test_misspelling_keeps_numbers_marks_and_word_count(text: str) -> None:
    changed = misspell(text, Draw("typo"), 0.5)
    assert len(changed.split(" ")) == len(text.split(" "))
    kept = "0123456789/\ue000\ue101\ue001"
    assert [c for c in changed if c in kept] == [c for c in text if c in kept]
