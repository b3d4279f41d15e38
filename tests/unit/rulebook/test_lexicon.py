"""The lexicon loader: what is shipped loads, and every problem is named at once."""

from __future__ import annotations

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.model.lexicon import CueKind
from openimr.rulebook.lexicon import load_lexicon, parse_lexicon


def test_the_shipped_lexicon_is_whole() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.concepts) >= 49
    assert {cue.kind for cue in lexicon.cues} == set(CueKind)
    assert lexicon.section_heads["family hx"] == "family_history"
    assert "dr" in lexicon.abbreviations
    ids = [e.id for concept in lexicon.concepts.values() for e in concept.expressions]
    assert len(ids) == len(set(ids))
    assert all(concept.near for concept in lexicon.concepts.values())


def test_all_problems_are_reported_at_once() -> None:
    texts = {
        "cues.yaml": "no: {kind: negative, reach: forward, phrases: ['no']}\n",
        "concepts-a.yaml": (
            "pain:\n  label: pain\n  colour: red\n  says:\n"
            "    a: {phrases: ['{n} of ten'], needs: medicine}\n"
            "    b: {patterns: ['(']}\n    c: {value: {x: 1}}\n"
            "    d: {phrases: ['no {thing}']}\n"
        ),
        "concepts-b.yaml": "pain: {label: again, near: [1]}\n",
        "words.yaml": "a: [x]\na: [y]\n",
        "sections.yaml": "- not a mapping\n",
        "other.yaml": "a: 1\n",
    }
    with pytest.raises(RulebookInvalid) as raised:
        parse_lexicon(texts)
    shown = "\n".join(raised.value.problems)
    for wanted in (
        "'negative' is not one of",
        "pain.colour: is not a known key",
        "must begin with a word",
        "is no regular expression",
        "has no phrases and no patterns",
        "unknown slot {thing}",
        "is defined in two files",
        "must be a list of texts",
        "a stands twice in one entry; keep one",
        "must be a mapping of names to entries",
        "is not a known lexicon file",
        "needs 'medicine', which words.yaml does not list",
    ):
        assert wanted in shown
