"""`data/lexicon/*.yaml` -> Lexicon: how charts say things, and the cues that change what is meant.

`concepts-*.yaml` hold concepts with their expressions, `cues.yaml` the cues, `sections.yaml` the
headings and `words.yaml` word lists and abbreviations. The phrase language is described in
`docs/reference/lexicon.md`. Every problem of every file is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from openimr.model.errors import RulebookInvalid
from openimr.model.ids import ConceptId
from openimr.model.lexicon import Concept, Cue, CueKind, Expression, Lexicon, Reach
from openimr.rulebook.strict_yaml import parse_yaml

_FOLDER = "lexicon"
_SLOTS = frozenset({"{n}", "{drug}", "{date}"})
_SAYING_KEYS = frozenset({"value", "absent", "needs", "phrases", "patterns"})
_CONCEPT_KEYS = frozenset({"label", "event", "near", "sections", "says"})
_CHECK_BOX = "check_box"
"""`needs: check_box`: the expression counts only as the label of a check box."""
_RESULT = "result"
"""`needs: result`: the expression names a test, and counts only with the result beside it."""
_CUE_KEYS = frozenset({"kind", "reach", "words", "phrases"})


def load_lexicon() -> Lexicon:
    """The lexicon shipped with the package.

    Raises:
        RulebookInvalid: with one line for every problem of every file.
    """
    folder = files("openimr.rulebook") / "data" / _FOLDER
    return _read(
        tuple(
            (entry.name, entry.read_text(encoding="utf-8"))
            for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
            if entry.name.endswith(".yaml")
        )
    )


@lru_cache(maxsize=1)
def _read(texts: tuple[tuple[str, str], ...]) -> Lexicon:
    return parse_lexicon(dict(texts))


def parse_lexicon(
    texts: Mapping[str, str],
    *,
    folder: str = _FOLDER,
    lists: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Lexicon:
    """Read lexicon files by name; all problems are reported at once.

    Args:
        texts: the files.
        folder: what messages call the place they lie in.
        lists: word lists of another lexicon that these files lean on.
    """
    build = _Builder(folder, lists)
    for name, text in texts.items():
        try:
            content = parse_yaml(text)
        except yaml.YAMLError as error:
            build.problem(name, "", f"is not valid YAML: {error}")
            continue
        if not isinstance(content, Mapping):
            build.problem(name, "", "must be a mapping of names to entries")
            continue
        build.file(name, content)
    return build.finish()


class _Builder:
    """Collects what the files hold, and every problem met on the way."""

    def __init__(self, folder: str, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._folder = folder
        self.problems: list[str] = []
        self.concepts: dict[ConceptId, Concept] = {}
        self.cues: list[Cue] = []
        self.heads: dict[str, str] = {}
        self.lists = dict(lists)
        self.abbreviations: tuple[str, ...] = ()
        self._needs: list[tuple[str, str, str]] = []

    def problem(self, file: str, place: str, what: str) -> None:
        where = f"{self._folder}/{file}" + (f": {place}" if place else "")
        self.problems.append(f"{where}: {what}")

    def file(self, name: str, content: Mapping[str, Any]) -> None:
        readers: Mapping[str, Callable[[str, Mapping[str, Any]], None]] = {
            "cues.yaml": self._cues,
            "sections.yaml": self._sections,
            "words.yaml": self._words,
        }
        reader = readers.get(name)
        if reader is None and not name.startswith("concepts-"):
            self.problem(name, "", "is not a known lexicon file; name it concepts-*.yaml")
            return
        (reader or self._concepts)(name, content)

    def finish(self) -> Lexicon:
        for file, place, wanted in self._needs:
            if wanted not in self.lists:
                self.problem(file, place, f"needs {wanted!r}, which words.yaml does not list")
        if self.problems:
            raise RulebookInvalid(tuple(self.problems))
        return Lexicon(
            concepts=MappingProxyType(self.concepts),
            cues=tuple(self.cues),
            section_heads=MappingProxyType(self.heads),
            abbreviations=self.abbreviations,
            lists=MappingProxyType(self.lists),
        )

    def _cues(self, file: str, content: Mapping[str, Any]) -> None:
        for name, entry in content.items():
            if not self._keys(file, name, entry, _CUE_KEYS):
                continue
            kind = self._choice(file, f"{name}.kind", entry.get("kind"), CueKind)
            reach = self._choice(file, f"{name}.reach", entry.get("reach", "forward"), Reach)
            if kind is None or reach is None:
                continue
            for index, phrase in enumerate(self._strings(file, f"{name}.phrases", entry), start=1):
                self._check_phrase(file, f"{name}.phrases", phrase)
                cue = Cue(
                    id=f"{name}.{index}",
                    phrase=phrase,
                    kind=CueKind(kind),
                    reach=Reach(reach),
                    words=entry.get("words"),
                )
                self.cues.append(cue)

    def _sections(self, file: str, content: Mapping[str, Any]) -> None:
        for name in content:
            for head in self._strings(file, name, content, key=name):
                if head.casefold() in self.heads:
                    self.problem(file, name, f"{head!r} stands twice; keep one")
                self.heads[head.casefold()] = name

    def _words(self, file: str, content: Mapping[str, Any]) -> None:
        for name in content:
            words = self._strings(file, name, content, key=name)
            if name == "abbreviations":
                self.abbreviations = words
            else:
                self.lists[name] = words

    def _concepts(self, file: str, content: Mapping[str, Any]) -> None:
        for name, entry in content.items():
            if not self._keys(file, name, entry, _CONCEPT_KEYS):
                continue
            if name in self.concepts:
                self.problem(file, name, "is defined in two files; join them")
            says = entry.get("says", {})
            if not isinstance(says, Mapping):
                self.problem(file, f"{name}.says", "must map a name to value and phrases")
                continue
            expressions = tuple(
                expression
                for saying, body in says.items()
                for expression in self._saying(file, f"{name}.{saying}", body)
            )
            self.concepts[ConceptId(name)] = Concept(
                id=ConceptId(name),
                label=str(entry.get("label", name)),
                expressions=expressions,
                near=self._strings(file, f"{name}.near", entry, key="near"),
                sections=self._strings(file, f"{name}.sections", entry, key="sections"),
                event=bool(entry.get("event", False)),
            )

    def _saying(self, file: str, place: str, body: object) -> list[Expression]:
        if not self._keys(file, place, body, _SAYING_KEYS):
            return []
        assert isinstance(body, Mapping)  # noqa: S101 - _keys has seen to it
        needs = str(body.get("needs", ""))
        if needs and needs not in {_CHECK_BOX, _RESULT}:
            self._needs.append((file, place, needs))
        common: dict[str, Any] = {
            "value": MappingProxyType(dict(body.get("value") or {})),
            "absent": bool(body.get("absent", False)),
            "needs": needs,
        }
        found: list[Expression] = []
        for phrase in self._strings(file, f"{place}.phrases", body):
            self._check_phrase(file, place, phrase)
            found.append(Expression(id=f"{place}.{len(found) + 1}", phrase=phrase, **common))
        for pattern in self._strings(file, f"{place}.patterns", body, key="patterns"):
            self._check_pattern(file, place, pattern)
            found.append(Expression(id=f"{place}.{len(found) + 1}", pattern=pattern, **common))
        if not found:
            self.problem(file, place, "has no phrases and no patterns; give at least one")
        return found

    def _check_phrase(self, file: str, place: str, phrase: str) -> None:
        words = phrase.split()
        optional = bool(words) and len(words[0]) > 1 and words[0].endswith("?")
        if not words or words[0] in {"...", "{n}"} or optional:
            self.problem(file, place, f"{phrase!r} must begin with a word that must be there")
        for word in words:
            if word.startswith("{") and word not in _SLOTS:
                self.problem(file, place, f"{phrase!r} has an unknown slot {word}")

    def _check_pattern(self, file: str, place: str, pattern: str) -> None:
        try:
            re.compile(pattern)
        except re.error as error:
            self.problem(file, place, f"{pattern!r} is no regular expression: {error}")

    def _keys(self, file: str, place: str, entry: object, allowed: frozenset[str]) -> bool:
        if not isinstance(entry, Mapping):
            self.problem(file, place, "must be a mapping")
            return False
        for key in entry:
            if key not in allowed:
                known = ", ".join(sorted(allowed))
                self.problem(file, f"{place}.{key}", f"is not a known key; use one of {known}")
        return True

    def _choice(
        self, file: str, place: str, value: object, kind: type[CueKind] | type[Reach]
    ) -> str | None:
        choices = [str(choice) for choice in kind]
        if value in choices:
            return str(value)
        self.problem(file, place, f"{value!r} is not one of {', '.join(choices)}")
        return None

    def _strings(
        self, file: str, place: str, entry: Mapping[str, Any], key: str = "phrases"
    ) -> tuple[str, ...]:
        value = entry.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
        self.problem(file, place, "must be a list of texts; put numbers and yes/no in quotes")
        return ()
