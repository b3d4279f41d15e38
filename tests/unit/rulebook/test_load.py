"""The rulebook loads whole, names every problem, and chooses the edition by the day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.model.ids import TopicId
from openimr.model.rule import Attribution, Rulebook, Settings, Strictness
from openimr.rulebook.load import load_rulebook, topics_for
from openimr.rulebook.strict_yaml import parse_yaml
from packs import WHERE, write_pack

TABLE = parse_yaml(Path(__file__).with_name("broken_topics.yaml").read_text(encoding="utf-8"))
WHOLE = str(TABLE["whole"])
IN = date(2015, 4, 22)


def pack_with(
    folder: Path, text: str | bytes, name: str = "guidelines/example/2009/example.yaml"
) -> Path:
    return write_pack(folder, {name: text})


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def test_the_shipped_rulebook_is_whole(book: Rulebook) -> None:
    assert len(book.topics) >= 9
    assert book.settings == Settings()


def test_every_data_file_is_hashed(book: Rulebook) -> None:
    names = set(book.files)
    assert {"drugs/drugs.csv", "settings.yaml", "lexicon/cues.yaml"} <= names
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in book.files.values())
    assert not any(name.endswith(".py") for name in names)


def test_the_hash_over_all_changes_with_any_file(book: Rulebook, tmp_path: Path) -> None:
    one = load_rulebook([pack_with(tmp_path, WHOLE)])
    other = load_rulebook([pack_with(tmp_path, WHOLE.replace("An example", "An exampel"))])
    assert len({book.sha256, one.sha256, other.sha256}) == 3
    assert load_rulebook().sha256 == book.sha256


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2009, 7, 17), ()),
        (date(2009, 7, 18), ("hydrocodone-apap", "opioid-ongoing")),
        (IN, ("hydrocodone-apap", "opioid-ongoing")),
        (date(2016, 7, 27), ("hydrocodone-apap", "opioid-ongoing")),
        (date(2016, 7, 28), ()),
    ],
)
def test_the_edition_is_chosen_by_the_day(
    book: Rulebook, day: date, found: tuple[str, ...]
) -> None:
    assert tuple(topic.id for topic in topics_for(book, "hydrocodone-apap", day)) == found


def test_a_topic_that_is_not_encoded(book: Rulebook) -> None:
    assert topics_for(book, "leeches", IN) == ()


def test_a_later_edition_takes_over(book: Rulebook) -> None:
    topic = next(one for one in book.topics if one.id == "temazepam")
    later = replace(topic, edition="2016", effective_from=date(2016, 7, 28), effective_to=None)
    both = replace(book, topics=(topic, later))
    assert both.as_of(TopicId("temazepam"), date(2016, 7, 27)) == topic
    assert both.as_of(TopicId("temazepam"), date(2030, 1, 1)) == later


def test_a_topic_of_a_pack_joins(tmp_path: Path) -> None:
    found = topics_for(load_rulebook([pack_with(tmp_path, WHOLE)]), "example", IN)
    assert [topic.file for topic in found] == [WHERE]
    assert found[0].criteria[0].source.title == "Example 2009"


def place_of(number: int) -> str:
    return f"guidelines/example/{number}/example.yaml"


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """What one load says of all broken files, each a topic and a folder of its own."""
    folder = tmp_path_factory.mktemp("broken")
    for number, broken in enumerate(TABLE["broken"]):
        text = WHOLE.replace(broken["old"], broken["new"], 1)
        pack_with(folder, re.sub(r"\bexample\b", f"example-{number}", text), place_of(number))
    with pytest.raises(RulebookInvalid) as caught:
        load_rulebook([folder])
    return caught.value.problems


@pytest.mark.parametrize(
    ("number", "broken"),
    list(enumerate(TABLE["broken"])),
    ids=[broken["name"] for broken in TABLE["broken"]],
)
def test_a_broken_file_is_named_with_line_and_mend(
    number: int, broken: dict[str, str], problems: tuple[str, ...]
) -> None:
    assert broken["old"] in WHOLE
    assert broken["line"].replace("%", f"packs/example/{place_of(number)}") in problems


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace("role: L", "role: limit").replace("2016-07-27", "2016-13-27")
    with pytest.raises(RulebookInvalid) as caught:
        load_rulebook([pack_with(tmp_path, text.replace("name: evidence", "name: none"))])
    assert len(caught.value.problems) == 4
    assert all(re.match(r"\S+:\d+: .+; .+", line) for line in caught.value.problems)


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(
        RulebookInvalid, match=r"example.yaml:1: not UTF-8 at byte 0; save it as UTF-8"
    ):
        load_rulebook([pack_with(tmp_path, b"\xff\xfe\x00")])


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n"])
def test_a_file_that_holds_no_mapping(text: str, tmp_path: Path) -> None:
    with pytest.raises(
        RulebookInvalid, match="the file holds no mapping; write `key: value` lines"
    ):
        load_rulebook([pack_with(tmp_path, text)])


def test_settings_of_a_pack_take_the_place_of_the_shipped(tmp_path: Path) -> None:
    text = "attribution: regimen\nquantity: modify\nrecency_months: 6\nfactor_set: CDC 2022\n"
    settings = load_rulebook([pack_with(tmp_path, text, "settings.yaml")]).settings
    assert settings.attribution is Attribution.REGIMEN
    assert settings.quantity is Strictness.MODIFY
    assert (settings.recency_months, str(settings.factor_set)) == (6, "CDC 2022")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("quantity: gate", "quantity: `gate` is no option of `quantity`; use one of: flag, modify"),
        ("attribution: both", "`both` is not allowed here; use one of: drug, regimen"),
        ("recency_months: 0", "`recency_months` is no number of months; write 12"),
        ("strictness: high", "unknown key `strictness`"),
        ("strict: very", "`strict` is not true or false; write true or false"),
    ],
)  # fmt: skip
def test_wrong_settings(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(RulebookInvalid, match=re.escape(message)):
        load_rulebook([pack_with(tmp_path, f"{line}\n", "settings.yaml")])


def test_every_value_says_where_it_stands(book: Rulebook) -> None:
    for topic in book.topics:
        for criterion in topic.criteria:
            assert criterion.source.title
            assert criterion.sought or criterion.test.name in {"continuing_reasons", "protocol"}


def test_unverified_pages_stay_marked(book: Rulebook) -> None:
    unverified = {
        criterion.id
        for topic in book.topics
        for criterion in topic.criteria
        if criterion.source.unverified
    }
    assert unverified >= {"OPI-17", "FEN-2", "GBP-2", "MTH-3", "PRE-2"}
