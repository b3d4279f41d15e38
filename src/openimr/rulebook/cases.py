"""Cases beside topic files -> what a reader sees of them.

Cases are written for the tests, a file for each topic file at the same path; here they are read to
be shown, not run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import yaml

from openimr.model.errors import RulebookInvalid
from openimr.model.example import RuleCase
from openimr.model.rule import Rulebook
from openimr.rulebook.strict_yaml import parse_yaml

_NAMES = ("line", "brand", "generic", "text", "procedure")
"""What a request is called, the first that is there."""
_INNER = frozenset({"kind", "topic_id", "strength", "quantity", *_NAMES})
_OUTCOMES = ("suggestion", "modification", "taper")
Told = Mapping[str, object]


def load_cases(folder: Path, rulebook: Rulebook) -> Mapping[str, tuple[RuleCase, ...]]:
    """The cases of every topic file that has some below a folder, by the topic's file.

    Raises:
        RulebookInvalid: with one line for every file that cannot be read.
    """
    found: dict[str, tuple[RuleCase, ...]] = {}
    problems = []
    for topic in rulebook.topics:
        path = folder / topic.file
        if not path.is_file():
            continue
        try:
            told = parse_yaml(path.read_text(encoding="utf-8"))
            found[topic.file] = tuple(_case(each) for each in _mappings(told))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError) as error:
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            problems.append(f"{topic.file}: cannot be read as cases ({why}); mend the file")
    if problems:
        raise RulebookInvalid(tuple(problems))
    return MappingProxyType(found)


def _mappings(told: object) -> Iterator[Told]:
    for each in told if isinstance(told, list) else ():
        if isinstance(each, Mapping):
            yield each


def _case(told: Told) -> RuleCase:
    request, expect = told["request"], told["expect"]
    beside = [f"also requested: {_request(each)}" for each in _mappings(told.get("also"))]
    beside += [
        f"{_plain(key)}: {_value(told[key])}"
        for key in ("day", "header", "settings", "decided")
        if key in told
    ]
    return RuleCase(
        title=str(told["case"]),
        request=_request(request) if isinstance(request, Mapping) else "",
        beside=tuple(beside),
        facts=tuple(_fact(each) for each in _mappings(told.get("facts"))),
        expected=tuple(_expected(expect) if isinstance(expect, Mapping) else ()),
    )


def _request(told: Told) -> str:
    name = next((str(told[key]) for key in _NAMES if key in told), "")
    parts = [name, str(told.get("strength", ""))]
    parts += [f"#{told['quantity']}"] if "quantity" in told else []
    line = " ".join(part for part in parts if part)
    more = [f"{_plain(key)} {_value(value)}" for key, value in told.items() if key not in _INNER]
    return "; ".join([line, *more])


def _fact(told: Told) -> str:
    """`pain with without medication: without 8, with 5 (2015-03-05)`."""
    own = {"concept", "date", "assertion", "written", "subject", "author"}
    absent = "no " if told.get("assertion") == "absent" else ""
    values = ", ".join(f"{_plain(key)} {_value(told[key])}" for key in told if key not in own)
    head = f"{absent}{_plain(str(told['concept']))}"
    said = f"{head}: {values}" if values else head
    tied = f", of {told['subject']}" if told.get("subject") else ""
    day = f" ({told['date']})" if told.get("date") else ""
    return f"{said}{tied}{day}"


def _expected(told: Told) -> Iterator[str]:
    for key, value in told.items():
        if key == "says":
            yield f"the finding says {_value(value)}"
        elif key in _OUTCOMES or isinstance(value, list | bool):
            yield f"{_plain(key)}: {_value(value)}"
        else:
            yield f"{key} {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_plain(str(key))} {_value(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


def _plain(key: str) -> str:
    return key.replace("_", " ")
