"""A licensee's pack joins the rulebook, is checked like it, and never replaces ours unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from openimr.model.errors import RulebookInvalid
from openimr.model.ids import TopicId
from openimr.rulebook.load import load_rulebook, topics_for
from packs import WHERE, write_pack

TABLE = yaml.safe_load(Path(__file__).with_name("broken_topics.yaml").read_text(encoding="utf-8"))
WHOLE = str(TABLE["whole"])
FILE = "guidelines/example/2009/example.yaml"
LATER = WHOLE.replace("2009-07-18", "2016-07-28").replace("effective_to: 2016-07-27\n", "")


def problems(*folders: Path) -> tuple[str, ...]:
    with pytest.raises(RulebookInvalid) as caught:
        load_rulebook(folders)
    return caught.value.problems


def test_a_pack_is_part_of_the_rulebook_and_its_hash(tmp_path: Path) -> None:
    one = load_rulebook([write_pack(tmp_path / "one", {FILE: WHOLE})])
    other = load_rulebook([write_pack(tmp_path / "two", {FILE: WHOLE.replace("21", "22")})])
    assert {WHERE, "packs/example/pack.yaml"} <= set(one.files)
    assert one.sha256 != other.sha256 != load_rulebook().sha256
    assert one.packs[0].sha256 != other.packs[0].sha256
    assert one.packs[0].label == "example (Example Guidelines, edition 2009)"


def test_the_hash_does_not_know_where_the_folder_lies(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", {FILE: WHOLE})
    two = write_pack(tmp_path / "two", {FILE: WHOLE, "README.md": "notes", "licence.pdf": b"%PDF"})
    assert load_rulebook([one]).sha256 == load_rulebook([two]).sha256


@pytest.mark.parametrize(
    ("manifest", "line"),
    [
        ({"name": "Acme ODG"}, "`Acme ODG` is no name of a pack; use small letters, digits"),
        ({"licence": '" "'}, "pack.yaml:4: licence: `licence` is empty; say it in a few words"),
        ({"dated": "yesterday"}, "`yesterday` is not a date; write a real day as YYYY-MM-DD"),
        ({"effective_to": "1980-01-01"}, "the edition ends before it begins; mend a date"),
        ({"replaces": "[esi]"}, "nothing of ours is replaced by `esi`; remove it from"),
        ({"price": "1"}, "unknown key `price`; use one of: name, title, edition, licence"),
    ],
)
def test_what_is_wrong_with_a_manifest_is_named(
    manifest: dict[str, str], line: str, tmp_path: Path
) -> None:
    found = problems(write_pack(tmp_path / "pack", {FILE: WHOLE}, **manifest))
    assert any(line in problem and "/pack.yaml:" in problem for problem in found), found


def test_a_pack_without_a_manifest(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "bare", {FILE: WHOLE})
    (folder / "pack.yaml").unlink()
    found = problems(folder)
    assert found == (
        "packs/bare/pack.yaml: the pack has no manifest; write name, title, edition, licence, "
        "source, dated and effective_from into it",
    )


def test_two_packs_of_one_name(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", {FILE: WHOLE})
    two = write_pack(tmp_path / "two", {})
    assert any("two packs are called example; give each" in line for line in problems(one, two))


def test_two_packs_with_settings(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", {"settings.yaml": "quantity: modify\n"}, name="one")
    two = write_pack(tmp_path / "two", {"settings.yaml": "quantity: flag\n"}, name="two")
    assert problems(one, two) == (
        "packs/two/settings.yaml:1: packs/one/settings.yaml sets the policy switches already; "
        "keep the settings of one pack",
    )


def test_two_editions_of_a_pack_overlap(tmp_path: Path) -> None:
    second = "guidelines/example/2010/example.yaml"
    found = problems(write_pack(tmp_path, {FILE: WHOLE, second: WHOLE.replace("EX-", "EY-")}))
    assert found == (
        f"packs/example/{second}:6: effective_from: the edition overlaps the one of {WHERE}; let "
        "the earlier edition end the day before",
    )


def test_days_beyond_those_of_the_pack(tmp_path: Path) -> None:
    found = problems(write_pack(tmp_path, {FILE: WHOLE}, effective_from="2010-01-01"))
    assert found == (
        f"{WHERE}:6: effective_from: the days go beyond those of the pack example; mend them here "
        "or in pack.yaml",
    )


def test_another_edition_of_a_topic_of_ours(tmp_path: Path) -> None:
    text = LATER.replace("id: example", "id: temazepam")
    book = load_rulebook([write_pack(tmp_path, {FILE: text})])
    last, first = date(2016, 7, 27), date(2016, 7, 28)
    assert topics_for(book, "temazepam", last)[0].edition == "2009"
    later = topics_for(book, "temazepam", first)[0]
    assert later.file == WHERE
    assert book.pack_of(later) == book.packs[0]


def test_a_shell_gives_way_on_the_days_of_the_pack(tmp_path: Path) -> None:
    text = WHOLE.replace("id: example", "id: adhesiolysis").replace("2009-07-18", "2014-01-01")
    text = text.replace("2016-07-27", "2014-12-31")
    book = load_rulebook([write_pack(tmp_path, {FILE: text})])
    name = TopicId("adhesiolysis")
    before, within = book.as_of(name, date(2013, 12, 31)), book.as_of(name, date(2014, 1, 1))
    assert before is not None
    assert before.open
    assert within is not None
    assert within.file == WHERE
    assert not within.open
    assert book.replaced_by(before) == within


def test_a_topic_with_criteria_is_replaced_openly_only(tmp_path: Path) -> None:
    text = WHOLE.replace("id: example", "id: temazepam")
    (line,) = problems(write_pack(tmp_path / "one", {FILE: text}))
    assert "would replace the criteria of guidelines/mtus-chronic-pain/2009/temazepam.yaml" in line
    assert "unseen; choose other days, or add temazepam to `replaces:` in pack.yaml" in line
    book = load_rulebook([write_pack(tmp_path / "two", {FILE: text}, replaces="[temazepam]")])
    found = book.as_of(TopicId("temazepam"), date(2015, 4, 22))
    assert found is not None
    assert found.file == WHERE


def test_a_parent_that_is_not_in_force_on_every_day(tmp_path: Path) -> None:
    text = LATER.replace("generics: []", "generics: []\ninherits: [opioid-ongoing]")
    assert problems(write_pack(tmp_path, {FILE: text})) == (
        f"{WHERE}:11: inherits: `opioid-ongoing` has no edition in force on 2016-07-28; inherit a "
        "topic that is in force on all days of this edition",
    )


def test_a_topic_may_not_name_a_criterion_of_another_edition(tmp_path: Path) -> None:
    text = LATER.replace("id: example", "id: temazepam").replace("[EX-1]", "[EX-1, TMZ-1]")
    found = problems(write_pack(tmp_path, {FILE: text}))
    assert any("unknown criterion `TMZ-1`" in line for line in found)
