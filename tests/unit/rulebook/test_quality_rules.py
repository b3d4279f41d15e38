"""What the checks of letters compare with: what the loader takes and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.rulebook.quality import load_quality_rules, parse_quality_rules

GOOD = """\
source: our own words
verified_on: 2026-01-01
editions:
  - {name: Guide, names: [guide], year: 2009, pages: [[1, 127]], effective_from: 2009-07-18}
classes: {ssri: ["ssris?"]}
also: {nsaid: [cox2]}
uses: [{drug: gralise, not_for: [restless leg], source: label}]
contradictions: [insomnia]
units_at_most: 270
days_at_most: 180
morphine_equivalent_at_most: 120
received_within_days: 30
shared_with_item: 0.5
shared_with_letter: 0.6
wide_range: 15
dangerous: [[opioid, benzodiazepine]]
weaned: [opioid]
apart: [[radiculopath, radiculitis]]
regions: {knee: ["knees?"]}
chapters: {knee: [knee]}
findings: {swelling: [swelling]}
denials: [{of: a pain score, denied: ["no score"], told: ["rated"], of_treatment: true}]
"""


def problems(text: str) -> list[str]:
    with pytest.raises(RulebookInvalid) as raised:
        parse_quality_rules(text)
    return list(raised.value.problems)


def changed(*pairs: tuple[str, str]) -> str:
    text = GOOD
    for one, other in pairs:
        assert one in text
        text = text.replace(one, other)
    return text


def test_what_is_shipped_loads() -> None:
    rules = load_quality_rules()
    assert rules.editions
    assert rules.classes


def test_values_are_read() -> None:
    rules = parse_quality_rules(GOOD)
    assert rules.editions[0].pages == ((1, 127),)
    assert rules.editions[0].effective_from == date(2009, 7, 18)
    assert rules.dangerous == (("opioid", "benzodiazepine"),)
    assert rules.units_at_most == 270
    assert rules.chapters["knee"] == ("knee",)
    assert rules.denials[0].of_treatment


BROKEN = [
    (("pages: [[1, 127]]", "pages: [[127, 1]]"), "quality.yaml:4: editions[0].pages[0]: "),
    (("pages: [[1, 127]]", "pages: [1, 127]"), "quality.yaml:4: editions[0].pages[0]: "),
    (("name: Guide, ", ""), "quality.yaml:4: editions[0]: `name` is missing"),
    (("year: 2009", "year: soon"), "quality.yaml:4: editions[0].year: `soon` is no year"),
    (("2009-07-18", "2009-07-38"), "quality.yaml:4: editions[0].effective_from: "),
    (('"ssris?"', '"ssri("'), "quality.yaml:5: classes.ssri: `ssri(` is no pattern"),
    (("[cox2]", "cox2"), "quality.yaml:6: also.nsaid: this is not a list"),
    (("drug: gralise, ", ""), "quality.yaml:7: uses[0]: `drug` is missing"),
    (("not_for", "notfor"), "quality.yaml:7: uses[0].notfor: unknown key `notfor`"),
    (("uses: [", "uses: 7 #"), "quality.yaml:7: uses: this is not a list"),
    (("units_at_most: 270", "units_at_most: many"), "quality.yaml:9: units_at_most: `many`"),
    (("wide_range: 15", "wide_range: -1"), "quality.yaml:15: wide_range: `-1` is no amount"),
    (("wide_range: 15", "wide_range: .inf"), "quality.yaml:15: wide_range: `.inf` is no amount"),
    (("shared_with_item: 0.5", "shared_with_item: 50"), "quality.yaml:13: shared_with_item: `50`"),
    (("[[opioid, benzodiazepine]]", "[[opioid]]"), "quality.yaml:16: dangerous[0]: "),
    (("weaned: [opioid]", "weaned: opioid"), "quality.yaml:17: weaned: this is not a list"),
    (('["knees?"]', '["knee("]'), "quality.yaml:19: regions.knee: `knee(` is no pattern"),
    (("{knee: [knee]}", "{knee: [hip]}"), "quality.yaml:20: chapters.knee: `hip` is no region"),
    (('"rated"', '"("'), "quality.yaml:22: denials[0]: `(` is no pattern"),
    (("of: a pain score, ", ""), "quality.yaml:22: denials[0]: `of` is missing"),
    (("of_treatment: true", "of_treatment: so"), "quality.yaml:22: denials[0]: `so` is neither"),
    (("of_treatment", "of_drug"), "quality.yaml:22: denials[0].of_drug: unknown key `of_drug`"),
    (('{ssri: ["ssris?"]}', "[ssris]"), "quality.yaml:5: classes: this is not a table"),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "expected"), BROKEN)
def test_each_problem_has_its_line_and_its_mend(pair: tuple[str, str], expected: str) -> None:
    told = problems(changed(pair))
    assert any(line.startswith(expected) and "; " in line for line in told), told


def test_all_problems_are_reported_at_once() -> None:
    told = problems(
        changed(("270", "many"), ("weaned: [opioid]", "weaned: opioid"), ('"ssris?"', '"("'))
    )
    assert [line.split(":")[1] for line in sorted(told)] == ["17", "5", "9"]


@pytest.mark.parametrize("key", ["editions", "uses", "dangerous", "classes", "weaned", "denials"])
def test_a_missing_key_and_a_wrong_shape_are_named(key: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith("  -")]
    without = "\n".join(line for line in lines if not line.startswith(f"{key}:"))
    assert any(f"`{key}` is missing; add `{key}:`" in line for line in problems(without))
    assert any(f"{key}: " in line for line in problems(f"{without}\n{key}: 7\n"))


@pytest.mark.parametrize("text", ["", "[]", "a: [", "a: &x 1\nb: *x", "source: 1\nsource: 2"])
def test_what_is_no_such_file_is_refused(text: str) -> None:
    assert all(line.startswith("quality.yaml:") for line in problems(text))
