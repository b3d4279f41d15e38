"""One changed character in a record, a finding, a number or a rule fails, and is named."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from openimr.adapters.casefile import read_files
from openimr.model.determination import Determination
from openimr.model.rule import Rulebook
from openimr.model.source import SourceFile
from openimr.pipeline import Rules, load_rules, review
from openimr.proof import check_files, compare, prove
from openimr.render.json import dump_json, render_json
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_text

CHANGES = 260
RECORD_CHANGES = 40
Path_ = tuple[str | int, ...]


class Proved:
    """A forged case, its determination, and what it was derived from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, data in as_text(forge_case(11)).items():
            (folder / name).write_bytes(data)
        self.rules: Rules = load_rules()
        self.files: tuple[SourceFile, ...] = read_files(folder)
        self.derived: Determination = review(self.files, rules=self.rules)
        self.written: Mapping[str, Any] = render_json(self.derived)
        self.claimed: dict[str, Any] = json.loads(dump_json(self.derived))

    def problems(self, rulebook: Rulebook) -> list[str]:
        return compare(self.claimed, self.derived, self.written, self.files, rulebook)


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Proved:
    return Proved(tmp_path_factory.mktemp("case"))


def leaves(value: object, path: Path_ = ()) -> Iterator[Path_]:
    """The path to every value that is neither a list nor an object."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


def changed(value: object, draw: random.Random) -> object:
    """The value with one character, or one unit, changed."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + draw.choice((-1, 1))
    if isinstance(value, str) and value:
        place = draw.randrange(len(value))
        other = draw.choice([letter for letter in "abcxyz0189 ." if letter != value[place]])
        return value[:place] + other + value[place + 1 :]
    return "x"


def set_at(document: Any, path: Path_, value: object) -> None:
    for step in path[:-1]:
        document = document[step]
    document[path[-1]] = value


def get_at(document: Any, path: Path_) -> object:
    for step in path:
        document = document[step]
    return document


def test_the_unchanged_determination_holds(proved: Proved) -> None:
    derived, problems = prove(proved.claimed, proved.files, rules=proved.rules)
    assert problems == []
    assert derived is not None
    assert dump_json(derived) == dump_json(proved.derived)


def test_every_single_change_of_the_determination_is_caught_and_named(proved: Proved) -> None:
    draw = random.Random(20150422)
    by_part: dict[str, list[Path_]] = {}
    for path in leaves(proved.claimed):
        by_part.setdefault(str(path[0]), []).append(path)
    for number in range(CHANGES):
        paths = by_part[sorted(by_part)[number % len(by_part)]]
        path = draw.choice(paths)
        before = get_at(proved.claimed, path)
        set_at(proved.claimed, path, changed(before, draw))
        try:
            problems = proved.problems(proved.rules.rulebook)
        finally:
            set_at(proved.claimed, path, before)
        assert problems, path
        named = " ".join(problems)
        last_key = next(str(step) for step in reversed(path) if isinstance(step, str))
        assert last_key in named or str(path[0]).rstrip("s") in named, (path, problems)


def test_every_single_change_of_a_record_is_caught_and_names_the_file(proved: Proved) -> None:
    draw = random.Random(42)
    names = sorted(path.name for path in proved.folder.glob("*.txt"))
    for _ in range(RECORD_CHANGES):
        file = proved.folder / draw.choice(names)
        original = file.read_bytes()
        place = draw.randrange(len(original))
        other = b"x" if original[place : place + 1] != b"x" else b"y"
        file.write_bytes(original[:place] + other + original[place + 1 :])
        try:
            problems = list(check_files(proved.claimed, read_files(proved.folder)))
        finally:
            file.write_bytes(original)
        assert problems == [f"{file.name}: is not the file that was read (its sha256 differs)"]


def test_added_and_removed_records_are_named(proved: Proved) -> None:
    extra = SourceFile(file="99-late.txt", sha256="0" * 64)
    missing = proved.files[0].file
    problems = list(check_files(proved.claimed, (*proved.files[1:], extra)))
    assert problems == [
        f"{missing}: the determination read it, the case file does not hold it",
        "99-late.txt: stands in the case file, the determination did not read it",
    ]


def test_every_changed_rule_file_is_named(proved: Proved) -> None:
    rulebook = proved.rules.rulebook
    for name in rulebook.files:
        other = replace(rulebook, files=MappingProxyType({**rulebook.files, name: "0" * 64}))
        problems = proved.problems(other)
        assert problems == [f"rulebook {name}: has changed since the determination was made"]


def test_a_changed_criterion_changes_what_is_derived(proved: Proved) -> None:
    """A rule that decides otherwise is caught even where its hash is forged."""
    topics = tuple(
        replace(topic, support_requires=MappingProxyType({"all": ()}))
        for topic in proved.rules.rulebook.topics
    )
    rules = replace(proved.rules, rulebook=replace(proved.rules.rulebook, topics=topics))
    _, problems = prove(proved.claimed, proved.files, rules=rules)
    assert problems


@pytest.mark.parametrize("engine", [None, [], {}, {"as_of": 1}, {"as_of": "2015-01-01"}])
def test_a_determination_without_its_terms_cannot_hold(proved: Proved, engine: object) -> None:
    _, problems = prove({**proved.claimed, "engine": engine}, proved.files, rules=proved.rules)
    assert problems == [problems[0]]
    assert "engine" in problems[0]
