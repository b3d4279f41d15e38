"""`data/requests/*.yaml` -> RequestVocabulary: how requests name care, devices, studies and parts.

Drug names come from the formulary; everything else that a request line may ask for stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

import yaml

from openimr.model.errors import RulebookInvalid
from openimr.model.ids import TopicId
from openimr.model.request import (
    BodyPart,
    DrugWords,
    RequestKind,
    RequestVocabulary,
    Service,
    Specialty,
)
from openimr.rulebook.strict_yaml import parse_yaml

FOLDER = "requests"
FILES = (
    "body_parts.yaml",
    "therapies.yaml",
    "procedures.yaml",
    "studies.yaml",
    "equipment.yaml",
    "services.yaml",
    "drug_lines.yaml",
)
_CONTEXTS = frozenset({"postoperative", "preoperative"})
_SECTIONS = {
    "body_parts": frozenset({"name", "phrases", "spine"}),
    "specialties": frozenset({"name", "phrases", "topic"}),
    "services": frozenset(
        {
            "name",
            "kind",
            "phrases",
            "topic",
            "body_part",
            "names_by_part",
            "topics_by_part",
            "topics_by_context",
            "contrast",
            "weak",
        }
    ),
}
_DRUG_WORDS = frozenset({"forms", "topical_forms", "releases", "salts", "topical_ingredients"})
_HEAD = frozenset({"source", "verified_on", "abbreviations"}) | _DRUG_WORDS


def load_request_vocabulary() -> RequestVocabulary:
    """The vocabulary shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    folder = files("openimr.rulebook") / "data" / FOLDER
    return _read(tuple((name, (folder / name).read_text(encoding="utf-8")) for name in FILES))


@lru_cache(maxsize=1)
def _read(texts: tuple[tuple[str, str], ...]) -> RequestVocabulary:
    return parse_request_vocabulary(dict(texts))


def parse_request_vocabulary(texts: Mapping[str, str]) -> RequestVocabulary:
    """Read the files, by name; all problems are reported at once."""
    reader = _Reader()
    for name, text in texts.items():
        reader.read(f"{FOLDER}/{name}", text)
    reader.check_references()
    if reader.problems:
        raise RulebookInvalid(tuple(reader.problems))
    return RequestVocabulary(
        body_parts=tuple(reader.body_parts),
        services=tuple(reader.services),
        specialties=tuple(reader.specialties),
        abbreviations=MappingProxyType(reader.abbreviations),
        drug_words=reader.drug_words,
    )


@dataclass(slots=True)
class _Reader:
    """Collects entries and problems over all files."""

    body_parts: list[BodyPart] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    specialties: list[Specialty] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)
    drug_words: DrugWords = field(default_factory=DrugWords)
    problems: list[str] = field(default_factory=list)
    _owners: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, file: str, text: str) -> None:
        """Read one file; what cannot be used becomes a problem."""
        try:
            data = parse_yaml(text)
        except yaml.YAMLError as error:
            self.problems.append(f"{file}: cannot be read as YAML: {error}")
            return
        if not isinstance(data, dict):
            self.problems.append(f"{file}: holds no mapping; start with `source:`")
            return
        self._head(file, data)
        try:
            self.abbreviations.update(_texts(data.get("abbreviations") or {}))
            if _DRUG_WORDS & data.keys():
                self.drug_words = _drug_words(data)
        except TypeError as error:
            self.problems.append(f"{file}: {error}")
        for section, keys in _SECTIONS.items():
            for number, entry in enumerate(data.get(section) or (), start=1):
                self._entry(file, section, number, entry, keys)

    def _head(self, file: str, data: Mapping[str, object]) -> None:
        for key in ("source", "verified_on"):
            if not data.get(key):
                self.problems.append(f"{file}: has no `{key}`; say where the words come from")
        for key in data:
            if key not in _HEAD and key not in _SECTIONS:
                self.problems.append(f"{file}: unknown key `{key}`; remove or rename it")

    def _entry(
        self, file: str, section: str, number: int, entry: object, keys: frozenset[str]
    ) -> None:
        where = f"{file}: {section}[{number}]"
        if not isinstance(entry, dict) or not entry.get("name") or not entry.get("phrases"):
            self.problems.append(f"{where}: needs `name` and `phrases`")
            return
        where = f"{where} {entry['name']}"
        unknown = sorted(str(key) for key in entry if key not in keys)
        self.problems += [f"{where}: unknown key `{key}`; remove or rename it" for key in unknown]
        self._claim(where, section, [str(phrase) for phrase in entry["phrases"]])
        try:
            self._build(section, entry)
        except (ValueError, TypeError, AttributeError) as error:
            self.problems.append(f"{where}: {error}")

    def _claim(self, where: str, section: str, phrases: Iterable[str]) -> None:
        """No phrase may mean two things of one section."""
        for phrase in phrases:
            owner = self._owners.setdefault((section, phrase.casefold()), where)
            if owner != where:
                self.problems.append(f"{where}: `{phrase}` also stands at {owner}; keep one")

    def _build(self, section: str, entry: dict[str, object]) -> None:
        name = str(entry["name"])
        phrases = tuple(str(phrase) for phrase in cast("list[object]", entry["phrases"]))
        topic = TopicId(str(entry["topic"])) if entry.get("topic") else None
        if section == "body_parts":
            spine = str(entry["spine"]) if entry.get("spine") else None
            self.body_parts.append(BodyPart(name=name, phrases=phrases, spine=spine))
        elif section == "specialties":
            if topic is None:
                raise ValueError("needs a `topic`")
            self.specialties.append(Specialty(name=name, phrases=phrases, topic=topic))
        else:
            self.services.append(_service(entry, name, phrases, topic))

    def check_references(self) -> None:
        """Every body part that a service names must be one of the body parts."""
        known = {part.name for part in self.body_parts}
        for service in self.services:
            named = {*service.topics_by_part, *service.names_by_part}
            named |= {*filter(None, [service.body_part])}
            for part in sorted(named - known):
                self.problems.append(
                    f"{FOLDER}: {service.name}: no body part is called `{part}`; "
                    "use a name of body_parts.yaml"
                )


def _service(
    entry: Mapping[str, object], name: str, phrases: tuple[str, ...], topic: TopicId | None
) -> Service:
    by_context = _topics(entry.get("topics_by_context"))
    unknown = sorted(set(by_context) - _CONTEXTS)
    if unknown:
        raise ValueError(f"unknown context {unknown}; use one of {sorted(_CONTEXTS)}")
    return Service(
        name=name,
        kind=RequestKind(str(entry.get("kind"))),
        phrases=phrases,
        topic=topic,
        body_part=str(entry["body_part"]) if entry.get("body_part") else None,
        names_by_part=MappingProxyType(_texts(entry.get("names_by_part") or {})),
        topics_by_part=MappingProxyType(_topics(entry.get("topics_by_part"))),
        topics_by_context=MappingProxyType(by_context),
        contrast=str(entry["contrast"]) if entry.get("contrast") else None,
        weak=bool(entry.get("weak")),
    )


def _drug_words(data: Mapping[str, object]) -> DrugWords:
    forms = data.get("forms") or {}
    if not isinstance(forms, dict):
        raise TypeError(f"`forms` must map a form to its spellings, found {forms!r}")
    return DrugWords(
        forms=MappingProxyType({str(form): _list(words) for form, words in forms.items()}),
        topical_forms=frozenset(_list(data.get("topical_forms"))),
        releases=_list(data.get("releases")),
        salts=frozenset(_list(data.get("salts"))),
        topical_ingredients=_list(data.get("topical_ingredients")),
    )


def _list(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise TypeError(f"expected a list, found {value!r}")
    return tuple(str(item) for item in value)


def _topics(value: object) -> dict[str, TopicId]:
    return {key: TopicId(topic) for key, topic in _texts(value or {}).items()}


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError(f"expected a mapping, found {value!r}")
    return {str(key): str(text) for key, text in value.items()}
