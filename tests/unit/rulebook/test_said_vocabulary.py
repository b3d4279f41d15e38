"""The vocabulary of what reviewers say: what the loader takes and what it refuses."""

from __future__ import annotations

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.model.said import CueRole
from openimr.rulebook.said import expand, load_said_vocabulary, parse_said_vocabulary

GOOD = """
source: our own words
verified_on: 2026-01-01
cues:
  missing: [no evidence of]
  turn: [however]
  stop: [however]
elements:
  home_exercise:
    label: home exercise
    phrases: [home~exercise|hep program?]
    present: ["did {n} sessions"]
"""


def problems(text: str) -> str:
    with pytest.raises(RulebookInvalid) as raised:
        parse_said_vocabulary(text)
    return "\n".join(raised.value.problems)


def test_phrases_are_spelled_out() -> None:
    vocabulary = parse_said_vocabulary(GOOD)
    (element,) = vocabulary.elements
    assert element.phrases == ("home exercise program", "home exercise", "hep program", "hep")
    assert "did 10 sessions" in element.present
    assert "did twelve sessions" in element.present
    assert vocabulary.cues[CueRole.MISSING] == ("no evidence of",)
    assert vocabulary.cues[CueRole.PRESENT] == ()
    assert vocabulary.labels == {"home_exercise": "home exercise"}


def test_letters_in_brackets_may_be_left_out() -> None:
    assert expand("document[ed] goal[s]?") == (
        *("documented goals", "documented goal", "documented"),
        *("document goals", "document goal", "document"),
    )


def test_the_shipped_vocabulary_is_sound() -> None:
    vocabulary = load_said_vocabulary()
    assert len(vocabulary.elements) >= 40
    assert len(set(vocabulary.labels.values())) == len(vocabulary.elements)
    assert all(vocabulary.cues[role] for role in CueRole)


def test_all_problems_are_reported_at_once() -> None:
    text = """
source: here
cues:
  perhaps: [may be]
  missing: [no, lack of]
  present: [lack of]
  stop: however
elements:
  Home Exercise:
    phrases: [home exercise]
  hep:
    label: home exercise program
    colour: red
  many:
    label: many
    phrases: ["{n} {n} {n} {n} {n}"]
  nothing:
    label: nothing
    phrases: [may?]
"""
    found = problems(text)
    for said in (
        "`verified_on` is not there",
        "cues.perhaps: is no role of a cue",
        "False is no phrase",
        "'lack of' also stands at cues.missing",
        "cues.stop: is no list",
        "'Home Exercise' is no code",
        "has no label",
        "hep.colour: is not a known key",
        "hep: has no phrase",
        "stands for 1048576 phrases",
        "'may?' stands for 2 phrases",
    ):
        assert said in found


def test_what_is_no_mapping_is_refused() -> None:
    assert "holds no mapping" in problems("- a list")
