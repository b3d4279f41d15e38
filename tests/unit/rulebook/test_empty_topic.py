"""A shell names what is known without the text, and is refused until somebody fills it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from openimr.model.errors import RulebookInvalid, UsageError
from openimr.model.ids import TopicId
from openimr.rulebook.load import load_rulebook
from openimr.rulebook.shell import shell_text
from packs import write_pack

BOOK = load_rulebook()
DAY = date(2018, 3, 1)
PATH = "guidelines/acoem-opioids/2017/hydrocodone-apap.yaml"
CRITERION = """criteria:
  - id: XHC-1
    role: G
    statement: Something is documented
    satisfied_by: a statement
    contradicted_by: its opposite
    sought: statement
    if_silent: deny
    source: {pages: "1", unverified: true}
    concepts: [pain_score]
    test: {name: evidence, enough: [{concept: pain_score}]}
"""


def test_it_names_the_text_that_governs_and_its_days() -> None:
    told = yaml.safe_load(shell_text(BOOK, "hydrocodone-apap", DAY))
    assert told["id"] == "hydrocodone-apap"
    assert told["guideline"] == "ACOEM Opioids Guideline (2017-04-20), 8 CCR 9792.24.4"
    assert told["effective_from"] == date(2017, 12, 1)
    assert told["generics"] == ["hydrocodone/acetaminophen", "hydrocodone/ibuprofen"]
    assert told["criteria"] == []


def test_an_end_is_given_where_it_is_known() -> None:
    told = yaml.safe_load(shell_text(BOOK, "mri-lumbar", DAY))
    assert told["effective_to"] == date(2019, 8, 10)


def test_unfilled_it_is_refused_and_says_what_is_missing(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {PATH: shell_text(BOOK, "hydrocodone-apap", DAY)})
    with pytest.raises(RulebookInvalid) as caught:
        load_rulebook([folder])
    text = "\n".join(caught.value.problems)
    for said in (
        "there are no criteria; list at least one",
        "`edition` is empty; say it in a few words",
        "`cites` is not text",
        "`mtus_addresses` is not true or false; write true or false",
    ):
        assert said in text


def test_filled_it_governs(tmp_path: Path) -> None:
    text = shell_text(BOOK, "hydrocodone-apap", DAY)
    filled = {
        "cites:  ": "cites: Example 2017  ",
        'edition: ""': 'edition: "2017"',
        "status: ": "status: an option",
        "mtus_addresses: ": "mtus_addresses: true",
        "criteria: []\n": CRITERION,
        "{all: []}": "{all: [XHC-1]}",
    }
    for empty, full in filled.items():
        assert empty in text
        text = text.replace(empty, full, 1)
    book = load_rulebook([write_pack(tmp_path, {PATH: text})])
    found = book.as_of(TopicId("hydrocodone-apap"), DAY)
    assert found is not None
    assert found.edition == "2017"


@pytest.mark.parametrize(
    ("topic", "day", "message"),
    [
        ("leeches", DAY, "there is no topic leeches"),
        ("hydrocodone-apap", date(2015, 4, 22), "are held already, in guidelines/mtus-chronic"),
    ],
)
def test_what_needs_no_shell(topic: str, day: date, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        shell_text(BOOK, topic, day)


def test_a_shell_of_ours_may_be_filled() -> None:
    told = yaml.safe_load(shell_text(BOOK, "ecg", date(2015, 4, 22)))
    assert told["guideline"] == "Official Disability Guidelines"
