"""`data/documents.yaml` -> DocumentSigns: how documents show what they are, and of what day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import yaml

from openimr.model.document import DocumentKind
from openimr.model.document_signs import DateSign, DocumentSigns, KindSign, Place
from openimr.model.errors import RulebookInvalid
from openimr.rulebook.one_file import data_text
from openimr.rulebook.strict_yaml import parse_yaml

FILE = "documents.yaml"
_TOP_KEYS = frozenset({"reviewed", "kinds", "dates"})
_KIND_KEYS = frozenset({"file", *Place})
_DATE_KEYS = frozenset({"label", "weight", "kinds"})


def load_document_signs() -> DocumentSigns:
    """The signs shipped with the package.

    Raises:
        RulebookInvalid: with one line for every problem.
    """
    return parse_document_signs(data_text(FILE))


@lru_cache(maxsize=1)
def parse_document_signs(text: str) -> DocumentSigns:
    """Read the table; all problems are reported at once."""
    try:
        content = parse_yaml(text)
    except yaml.YAMLError as error:
        raise RulebookInvalid((f"{FILE}: is not valid YAML: {error}",)) from error
    reader = _Reader()
    signs = reader.read(content)
    if reader.problems:
        raise RulebookInvalid(tuple(reader.problems))
    return signs


class _Reader:
    """Reads the table and keeps every problem met on the way."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def read(self, content: object) -> DocumentSigns:
        top = self._keys(content, "top", _TOP_KEYS)
        kinds: list[KindSign] = []
        hints: dict[DocumentKind, re.Pattern[str]] = {}
        for name, entry in self._keys(top.get("kinds"), "kinds", None).items():
            kind = self._kind(name, "kinds")
            signs = self._keys(entry, f"kinds.{name}", _KIND_KEYS)
            if kind is not None:
                kinds += self._kind_signs(kind, signs)
                if "file" in signs:
                    hints[kind] = self._pattern(signs["file"], f"kinds.{name}.file")
        dates = top.get("dates")
        if not isinstance(dates, list):
            self.problems.append(f"{FILE}: dates: must be a list of labels")
            dates = []
        return DocumentSigns(
            kinds=tuple(kinds),
            file_hints=MappingProxyType(hints),
            dates=tuple(self._date(entry, f"dates[{at}]") for at, entry in enumerate(dates)),
        )

    def _kind_signs(self, kind: DocumentKind, signs: Mapping[str, object]) -> list[KindSign]:
        found: list[KindSign] = []
        for place in Place:
            where = f"kinds.{kind}.{place}"
            for pattern, weight in self._keys(signs.get(place, {}), where, None).items():
                found.append(
                    KindSign(
                        kind=kind,
                        place=place,
                        pattern=self._pattern(pattern, where),
                        weight=self._number(weight, where),
                    )
                )
        return found

    def _date(self, entry: object, where: str) -> DateSign:
        sign = self._keys(entry, where, _DATE_KEYS)
        named = sign.get("kinds", [])
        kinds = [self._kind(name, where) for name in named] if isinstance(named, list) else [None]
        if not isinstance(named, list):
            self.problems.append(f"{FILE}: {where}.kinds: must be a list")
        return DateSign(
            pattern=self._pattern(sign.get("label"), f"{where}.label"),
            weight=self._number(sign.get("weight"), f"{where}.weight"),
            kinds=frozenset(kind for kind in kinds if kind is not None),
        )

    def _keys(
        self, entry: object, where: str, allowed: frozenset[str] | None
    ) -> Mapping[str, object]:
        if not isinstance(entry, Mapping):
            self.problems.append(f"{FILE}: {where}: must be a mapping")
            return {}
        for key in entry:
            if allowed is not None and key not in allowed:
                known = ", ".join(sorted(allowed))
                self.problems.append(f"{FILE}: {where}.{key}: unknown key; known are {known}")
        return entry

    def _kind(self, name: object, where: str) -> DocumentKind | None:
        try:
            return DocumentKind(str(name))
        except ValueError:
            self.problems.append(f"{FILE}: {where}.{name}: no such kind of document")
            return None

    def _pattern(self, pattern: object, where: str) -> re.Pattern[str]:
        if not isinstance(pattern, str) or not pattern:
            self.problems.append(f"{FILE}: {where}: needs a pattern")
            return re.compile(r"(?!)")
        if pattern != pattern.lower() and "\\" not in pattern:
            self.problems.append(f"{FILE}: {where}: {pattern!r} must be lower case")
        try:
            return re.compile(pattern)
        except re.error as error:
            self.problems.append(f"{FILE}: {where}: {pattern!r} is no pattern: {error}")
            return re.compile(r"(?!)")

    def _number(self, value: object, where: str) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self.problems.append(f"{FILE}: {where}: the weight must be a number, not {value!r}")
        return 0.0
