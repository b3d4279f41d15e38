"""The rules of assignment that are shipped, and what is refused of them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from openimr.assign.match import best_match, matches
from openimr.model.assignment import ItemToAssign
from openimr.model.assignment_rules import Degree, RequirementId
from openimr.model.errors import RulebookInvalid
from openimr.model.request import RequestKind
from openimr.rulebook.assignment import FILES, load_assignment_rules, parse_assignment_rules
from openimr.rulebook.load import load_rulebook

RULES = load_assignment_rules()
TOPICS = sorted({topic.id for topic in load_rulebook().topics})
NAMES = {name.rsplit("/", 1)[1]: name for name in FILES}


def problems(file: str, one: str, other: str) -> str:
    folder = files("openimr.rulebook") / "data"
    texts = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in FILES}
    assert one in texts[NAMES[file]]
    texts[NAMES[file]] = texts[NAMES[file]].replace(one, other, 1)
    with pytest.raises(RulebookInvalid) as raised:
        parse_assignment_rules(texts)
    return "\n".join(raised.value.problems)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_treated_by_a_specialty_that_says_why(topic: str) -> None:
    item = ItemToAssign(index=1, topic=topic)  # type: ignore[arg-type]
    found = matches(item, RULES.specialties)
    same = [match for match in found.values() if match.degree is Degree.SAME]
    assert same
    assert all(match.why.endswith(".") for match in found.values())


@pytest.mark.parametrize("kind", RequestKind)
def test_every_kind_without_a_topic_is_treated_somewhere(kind: RequestKind) -> None:
    parts = ("foot", "eye", "jaw", "knee", "lumbar spine", "abdomen")
    item = ItemToAssign(index=1, kind=kind, body_parts=parts)
    assert matches(item, RULES.specialties)


def test_what_nobody_knows_is_treated_by_nobody() -> None:
    assert not matches(ItemToAssign(index=1), RULES.specialties)


@pytest.mark.parametrize(
    ("named", "own", "degree"),
    [
        ("Pain Medicine", "pain management", Degree.SAME),
        ("PM&R", "pain management", Degree.SIMILAR),
        ("ENT", "otolaryngology", Degree.SAME),
        ("ENT", "podiatry", None),
    ],
)
def test_a_named_specialty_takes_the_place_of_the_topic(
    named: str, own: str, degree: Degree | None
) -> None:
    item = ItemToAssign(index=1, specialties=(named,))
    found = best_match(frozenset({own}), matches(item, RULES.specialties))
    assert (found.degree if found else None) is degree


@pytest.mark.parametrize("requirement", RequirementId)
def test_every_requirement_has_words_and_a_citation(requirement: RequirementId) -> None:
    for one in RULES.requirements.all:
        if one.id == requirement:
            assert one.says
            assert one.citation


@pytest.mark.parametrize(
    ("file", "one", "other", "words"),
    [
        ("reviewer_requirements.yaml", "more_than: 5", "more: 5", "unknown key `more`"),
        ("reviewer_requirements.yaml", "id: qme", "id: qms", "the requirement `qme` is missing"),
        ("reviewer_requirements.yaml", "2014-01-01", "2014-02-30", "is not a date"),
        ("reviewer_requirements.yaml", "preferred_state: CA", "preferred_state: ZZ", "`ZZ` is no"),
        ("reviewer_requirements.yaml", "kinds: [therapy]", "kinds: [magic]", "`magic` is not"),
        ("conflicts.yaml", "role: officer", "role: boss", "the role `officer` has no rule"),
        ("conflicts.yaml", "income_threshold: 0.05", "income_threshold: 5", "above 1"),
        ("conflicts.yaml", "sibling, ", "", "the kinship `sibling` has no rule"),
        ("conflicts.yaml", "kinds_aside: [staff_privileges]", "kinds_aside: []", "has no rule"),
        ("conflicts.yaml", "parties_asked: [injured", "parties_asked: [inured", "inured_employee"),
        ("given_names.yaml", "[aaron, arron,", "[Aaron, arron,", "`Aaron` is no given name"),
        ("given_names.yaml", "[bradley, brad]", "[bradley]", "fewer than two"),
        ("given_names.yaml", "[bradley, brad]", "[brad, brad]", "a name twice"),
        ("specialties.yaml", "groups: [operations]", "groups: [opera]", "unknown word `opera`"),
        ("specialties.yaml", "synonyms: [pm&r,", "synonyms: [internist,", "names `"),
        ("specialties.yaml", "same, topics: [hearing-aid]", "same, topics: [ecg]", "`hearing-aid`"),
        ("assignment_costs.yaml", "up_to: 1.00", "up_to: 0.95", "do not end at 1"),
        ("assignment_costs.yaml", "points: 30", "points: 1", "not above the one before"),
        ("assignment_costs.yaml", "other_state: 25", "other_state: many", "no whole number"),
        ("assignment_costs.yaml", "expedited: 6", "fast: 6", "`expedited` is missing"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_mend(file: str, one: str, other: str, words: str) -> None:
    told = problems(file, one, other)
    assert words in told
    assert f"process/{file}:" in told
    assert "; " in told
