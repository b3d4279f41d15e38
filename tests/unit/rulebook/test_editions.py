"""Which text governs on which day: every topic has an answer, and no older text stands in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openimr.model.edition import EditionChoice
from openimr.model.rule import Rulebook
from openimr.rulebook.authorities import load_authorities
from openimr.rulebook.editions import choose_edition, read_register, text_for
from openimr.rulebook.load import load_rulebook
from openimr.rulebook.quality import load_quality_rules
from openimr.rulebook.yaml_nodes import Problems, read_yaml

BASIS = "the day of the UR decision"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def choice(book: Rulebook, topic: str, day: date, *, of_drug: bool = False) -> EditionChoice:
    found = choose_edition(book, topic, day, BASIS, of_drug=of_drug)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("topic", "day", "name"),
    [
        ("oxycodone", date(2009, 7, 17), "ACOEM Practice Guidelines, 2nd edition"),
        ("oxycodone", date(2016, 7, 28), "MTUS Opioids Treatment Guidelines of 2016"),
        ("tca", date(2016, 7, 28), "MTUS Chronic Pain Medical Treatment Guidelines of 2016"),
        ("oxycodone", date(2017, 12, 1), "ACOEM Opioids Guideline (2017-04-20)"),
        ("tca", date(2017, 12, 1), "ACOEM Chronic Pain Guideline (2017-05-15)"),
        ("mri-lumbar", date(2017, 12, 1), "ACOEM Low Back Disorders Guideline (2016-02-24)"),
        ("mri-lumbar", date(2019, 8, 11), "ACOEM Low Back Disorders Guideline (2019-03-07)"),
        ("mri-lumbar", date(2021, 11, 23), "ACOEM Low Back Disorders Guideline (2020-02-13)"),
        ("fce", date(2017, 12, 1), "ACOEM guideline of the part of the body"),
        ("acupuncture", date(2017, 12, 1), "ACOEM guideline of the part of the body"),
        ("acupuncture", date(2008, 1, 1), "Acupuncture Medical Treatment Guidelines, as first"),
        ("zolpidem", date(2016, 1, 1), "Official Disability Guidelines in the edition of the day"),
    ],
)
def test_a_day_without_criteria_names_the_text_that_governs(
    book: Rulebook, topic: str, day: date, name: str
) -> None:
    found = choice(book, topic, day)
    assert not found.held
    assert found.guideline.startswith(name)
    assert found.not_known
    assert "is not applied" in found.sentence
    assert "The rulebook holds no criteria of it." in found.sentence


def test_the_edition_in_force_is_told_with_its_days_and_reason(book: Rulebook) -> None:
    found = choice(book, "oxycodone", date(2016, 7, 27))
    assert found.sentence == (
        "The edition applied is MTUS Chronic Pain Medical Treatment Guidelines, 8 CCR 9792.24.2, "
        "edition 2009, in force from 07/18/2009 to 07/27/2016, chosen by the day of the UR "
        "decision, 07/27/2016."
    )


def test_a_day_before_every_text(book: Rulebook) -> None:
    found = choice(book, "zolpidem", date(2010, 1, 1))
    assert not found.guideline
    assert found.sentence.startswith("No guideline text is registered for the edition chosen by")
    assert "was in force from 01/01/2013 to 12/31/2015 and is not applied." in found.sentence


def test_a_topic_that_nobody_knows(book: Rulebook) -> None:
    assert choose_edition(book, "leeches", date(2015, 4, 22), BASIS) is None


def test_every_topic_has_an_answer_on_every_day_of_change(book: Rulebook) -> None:
    """From the start of the first MTUS on; ODG from the first year that is registered."""
    changes = {text.effective_from for text in book.texts}
    changes |= {day - timedelta(days=1) for day in changes} | {date(2026, 1, 1)}
    for topic in book.topics:
        start = date(2013, 1, 1) if topic.line == "odg" else date(2007, 6, 15)
        for day in sorted(day for day in changes if day >= start):
            found = choice(book, topic.id, day)
            assert found.guideline, (topic.id, day)
            assert found.held == topic.in_force(day), (topic.id, day)


def test_each_edition_is_of_the_text_that_governs_its_days(book: Rulebook) -> None:
    for topic in book.topics:
        text = text_for(book.texts, topic, topic.effective_from)
        assert text is not None, topic.id
        assert text.folder == topic.folder, topic.id


@pytest.mark.parametrize(
    ("day", "of_drug", "told"),
    [
        (date(2018, 1, 1), True, True),
        (date(2017, 12, 31), True, False),
        (date(2018, 1, 1), False, False),
    ],
)
def test_the_formulary_is_told_as_a_rule_on_authorisation(
    book: Rulebook, day: date, *, of_drug: bool, told: bool
) -> None:
    rules = choice(book, "tca", day, of_drug=of_drug).authorisation
    assert [
        ("prospective review" in rule, "not whether it is medically" in rule) for rule in rules
    ] == ([(True, True)] if told else [])


def test_the_checks_of_letters_know_the_same_days(book: Rulebook) -> None:
    days = {(text.effective_from, text.effective_to) for text in book.texts}
    for edition in load_quality_rules().editions:
        assert (edition.effective_from, edition.effective_to) in days, edition.name


def test_the_search_of_authorities_knows_the_same_days(book: Rulebook) -> None:
    dated = [*book.texts, *book.authorisation]
    firsts = {each.effective_from for each in dated}
    lasts = {each.effective_to for each in dated}
    steps = {step.id: step for order in load_authorities().orders for step in order.steps}
    for text in steps["mtus"].texts:
        assert text.effective_from in firsts, text.title
        assert text.effective_to in lasts, text.title


def test_each_topic_stands_in_one_group(book: Rulebook) -> None:
    grouped = [topic for group in book.groups for topic in group.topics]
    assert sorted(grouped) == sorted({topic.id for topic in book.topics})


WHOLE = """checked_on: 2026-11-24
subjects: {opioids: [oxycodone]}
texts:
  - id: one
    name: One
    citation: 1 CCR 1
    standing: schedule
    effective_from: 2010-01-01
    effective_to: 2010-12-31
    lines: [odg]
    not_known: Its text.
    source: known
  - id: two
    name: Two
    citation: 1 CCR 2
    standing: schedule
    effective_from: 2011-01-01
    lines: [odg]
    folder: odg/2015
    source: known
authorisation: []
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("2011-01-01", "2010-12-31", "editions.yaml:13: texts[1]: the text overlaps `one`"),
        ("    not_known: Its text.\n", "", "the text neither holds criteria nor says what is"),
        ("[oxycodone]", "[oxycodon]", "unknown topic `oxycodon`; write the id of a topic file"),
        ("lines: [odg]\n    not", "lines: [odg]\n    subject: drugs\n    not",
         "unknown subject `drugs`; use one of: opioids"),
        ("standing: schedule", "standing: law", "`law` is not allowed here; use one of"),
        ("2010-12-31", "2009-12-31", "the edition ends before it begins; mend a date"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_register_is_named(
    book: Rulebook, old: str, new: str, line: str
) -> None:
    assert old in WHOLE
    problems = Problems()
    root = read_yaml(WHOLE.replace(old, new, 1), "editions.yaml", problems)
    read_register(root, book.topics, problems)
    assert any(line in problem for problem in problems.lines), problems.lines


def test_a_whole_register_has_no_problems(book: Rulebook) -> None:
    problems = Problems()
    register = read_register(read_yaml(WHOLE, "editions.yaml", problems), book.topics, problems)
    assert problems.lines == []
    assert [text.id for text in register.texts] == ["one", "two"]
