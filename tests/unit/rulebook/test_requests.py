from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.load import load_rulebook
from openimr.rulebook.requests import load_request_vocabulary, parse_request_vocabulary
from openimr.rulebook.strict_yaml import parse_yaml

HEAD = "source: notes\nverified_on: 2026-11-24\n"
PARTS = HEAD + "body_parts:\n  - {name: knee, phrases: [knee]}\n"


def problems_of(**texts: str) -> tuple[str, ...]:
    with pytest.raises(RulebookInvalid) as caught:
        parse_request_vocabulary({f"{name}.yaml": text for name, text in texts.items()})
    return caught.value.problems


def test_the_shipped_vocabulary_loads() -> None:
    vocabulary = load_request_vocabulary()
    assert len(vocabulary.services) > 100
    assert vocabulary.drug_words.forms["tablet"]


def test_all_problems_are_reported_at_once() -> None:
    services = (
        HEAD
        + """
services:
  - {name: brace, kind: dme, phrases: [knee brace], colour: red}
  - {name: splint, kind: gadget, phrases: [splint]}
  - {name: sleeve, kind: dme, phrases: [knee brace]}
  - {kind: dme}
  - {name: wrap, kind: dme, phrases: [wrap], body_part: tail}
  - {name: cast, kind: dme, phrases: [cast], topics_by_context: {midsummer: x}}
extra: 1
"""
    )
    found = "\n".join(problems_of(body_parts=PARTS, equipment=services))
    for said in ("colour", "gadget", "knee brace", "needs `name`", "tail", "midsummer", "extra"):
        assert said in found


def test_a_key_given_twice_is_refused() -> None:
    found = problems_of(body_parts=PARTS + "source: again\n")
    assert "twice" in found[0]


def test_a_file_must_say_where_its_words_come_from() -> None:
    found = problems_of(body_parts="body_parts: []\n")
    assert any("source" in problem for problem in found)


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "", "forms: 3\n" + HEAD])
def test_no_mapping_is_a_problem_and_no_crash(text: str) -> None:
    assert problems_of(drug_lines=text)


@pytest.mark.shared
def test_every_topic_is_one_of_the_digest() -> None:
    for folder in Path(__file__).resolve().parents:
        path = folder.parent / "shared" / "domain" / "guidelines_topics.yaml"
        if path.exists():
            break
    else:
        pytest.skip("the digest is not beside the project")
    known = {topic["id"] for topic in parse_yaml(path.read_text())["topics"]}
    vocabulary = load_request_vocabulary()
    used = {service.topic for service in vocabulary.services}
    used |= {topic for s in vocabulary.services for topic in s.topics_by_part.values()}
    used |= {topic for s in vocabulary.services for topic in s.topics_by_context.values()}
    used |= {specialty.topic for specialty in vocabulary.specialties}
    # What requests ask for beyond the digest has a shell that says what is not known.
    shells = {topic.id for topic in load_rulebook().topics if topic.open}
    assert used - {None} <= known | shells
    drugs = {drug.topic for drug in load_formulary().drugs}
    # Protocols of other topics, chosen by the course of treatment and not by a request's words.
    assert json.dumps(sorted(known - used - drugs)) == json.dumps(["opioid-initiation"])
