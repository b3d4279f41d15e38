"""`data/quality.yaml` -> QualityRules: what the checks of a letter compare with."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from openimr.model.problem import ApprovedUse, Denial, GuidelineEdition, QualityRules
from openimr.rulebook.one_file import data_text, read_file
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "quality.yaml"
_AMOUNTS = (
    "units_at_most",
    "days_at_most",
    "morphine_equivalent_at_most",
    "received_within_days",
    "shared_with_item",
    "shared_with_letter",
    "wide_range",
)
_LISTS = ("contradictions", "apart", "weaned", "dangerous", "editions", "uses", "denials")
_TABLES = ("classes", "also", "regions", "chapters", "findings")
_KEYS = frozenset({"source", "verified_on", *_AMOUNTS, *_LISTS, *_TABLES})
_SHARES = frozenset({"shared_with_item", "shared_with_letter"})
_EDITION = frozenset({"name", "names", "year", "pages", "effective_from", "effective_to"})
_DENIAL = frozenset({"of", "denied", "told", "of_treatment"})
_USE = frozenset({"drug", "not_for", "source"})


def load_quality_rules() -> QualityRules:
    """The rules shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_quality_rules(data_text(FILE))


@lru_cache(maxsize=1)
def parse_quality_rules(text: str) -> QualityRules:
    """Read the file; all problems are reported at once."""
    return read_file(text, FILE, lambda root, reader: _Reader(reader.problems).read(root))


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def read(self, root: Node) -> QualityRules | None:
        fields = root.fields()
        self._only(root, _KEYS, needed=True)
        if self._problems.lines:
            return None
        amounts = {
            name: self._amount(fields[name], most=1.0 if name in _SHARES else math.inf)
            for name in _AMOUNTS
        }
        return QualityRules(
            source=str(fields["source"].plain()),
            editions=tuple(self._edition(node) for node in self._list(fields["editions"])),
            classes=self._table(fields["classes"], patterns=True),
            class_words_of=self._table(fields["also"]),
            uses=tuple(self._use(node) for node in self._list(fields["uses"])),
            contradictions=self._words(fields["contradictions"]),
            apart=tuple(self._pair(node) for node in self._list(fields["apart"])),
            regions=self._table(fields["regions"], patterns=True),
            chapters=self._chapters(fields["chapters"], fields["regions"].fields()),
            findings=self._table(fields["findings"], patterns=True),
            denials=tuple(self._denial(node) for node in self._list(fields["denials"])),
            units_at_most=amounts["units_at_most"],
            days_at_most=int(amounts["days_at_most"]),
            morphine_equivalent_at_most=amounts["morphine_equivalent_at_most"],
            received_within_days=int(amounts["received_within_days"]),
            shared_with_item=amounts["shared_with_item"],
            shared_with_letter=amounts["shared_with_letter"],
            wide_range=int(amounts["wide_range"]),
            dangerous=tuple(self._pair(node) for node in self._list(fields["dangerous"])),
            weaned=self._words(fields["weaned"]),
        )

    def _only(self, node: Node, known: frozenset[str], *, needed: bool = False) -> None:
        fields = node.fields()
        for key in fields.keys() - known:
            self._problems.add(
                fields[key], f"unknown key `{key}`", f"use one of: {', '.join(sorted(known))}"
            )
        for key in sorted(known - fields.keys()) if needed else ():
            self._problems.add(node, f"`{key}` is missing", f"add `{key}:`")

    def _amount(self, node: Node, *, most: float) -> float:
        value = node.plain()
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and 0 < float(str(value)) <= most:
            return float(str(value))
        mend = "write a number above 0" if most == math.inf else "write a share above 0, at most 1"
        self._problems.add(node, f"`{value}` is no amount", mend)
        return 1.0

    def _list(self, node: Node) -> tuple[Node, ...]:
        if not node.is_list:
            self._problems.add(node, "this is not a list", "write it as [a, b]")
        return node.items()

    def _words(self, node: Node) -> tuple[str, ...]:
        return tuple(str(one.plain()) for one in self._list(node))

    def _table(self, node: Node, *, patterns: bool = False) -> Mapping[str, tuple[str, ...]]:
        if not node.is_mapping:
            self._problems.add(node, "this is not a table", "write `group: [word, word]` lines")
        table = {key: self._words(value) for key, value in node.fields().items()}
        for key, phrases in table.items() if patterns else ():
            self._patterns(node.fields()[key], phrases)
        return MappingProxyType(table)

    def _patterns(self, node: Node, phrases: tuple[str, ...]) -> None:
        for phrase in phrases:
            try:
                re.compile(phrase)
            except re.error as error:
                self._problems.add(node, f"`{phrase}` is no pattern: {error}", "mend the pattern")

    def _chapters(self, node: Node, regions: Mapping[str, Node]) -> Mapping[str, tuple[str, ...]]:
        table = self._table(node)
        for key, named in table.items():
            for unknown in sorted(set(named) - regions.keys()):
                self._problems.add(
                    node.fields()[key],
                    f"`{unknown}` is no region",
                    f"use one of: {', '.join(sorted(regions))}",
                )
        return table

    def _denial(self, node: Node) -> Denial:
        self._only(node, _DENIAL)
        fields = node.fields()
        for key in sorted({"of", "denied", "told"} - fields.keys()):
            self._problems.add(node, f"`{key}` is missing", f"add `{key}:`")
        of_treatment = fields["of_treatment"].plain() if "of_treatment" in fields else False
        if not isinstance(of_treatment, bool):
            self._problems.add(node, f"`{of_treatment}` is neither", "write true or false")
        denied, told = (
            self._words(fields[key]) if key in fields else () for key in ("denied", "told")
        )
        self._patterns(node, (*denied, *told))
        return Denial(
            of=str(fields["of"].plain()) if "of" in fields else "",
            denied=denied,
            told=told,
            of_treatment=of_treatment is True,
        )

    def _pair(self, node: Node) -> tuple[str, str]:
        words = self._words(node)
        if len(words) == 2:
            return words[0], words[1]
        self._problems.add(node, "these are not two of a pair", "write [one, other]")
        return "", ""

    def _edition(self, node: Node) -> GuidelineEdition:
        self._only(node, _EDITION)
        fields = node.fields()
        for key in sorted({"name", "names"} - fields.keys()):
            self._problems.add(node, f"`{key}` is missing", f"add `{key}:`")
        pages = fields.get("pages")
        return GuidelineEdition(
            name=str(fields["name"].plain()) if "name" in fields else "",
            names=self._words(fields["names"]) if "names" in fields else (),
            year=self._year(fields.get("year")),
            pages=tuple(self._range(one) for one in self._list(pages)) if pages else (),
            effective_from=self._day(fields.get("effective_from")),
            effective_to=self._day(fields.get("effective_to")),
        )

    def _year(self, node: Node | None) -> int | None:
        value = node.plain() if node else None
        if node is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value if isinstance(value, int) else None
        self._problems.add(node, f"`{value}` is no year", "write it in four figures")
        return None

    def _range(self, node: Node) -> tuple[int, int]:
        values = [one.plain() for one in node.items()]
        first, last = values if len(values) == 2 else (None, None)
        if isinstance(first, int) and isinstance(last, int) and first <= last:
            return first, last
        self._problems.add(node, "this is no range of pages", "write [first, last], in order")
        return 0, 0

    def _day(self, node: Node | None) -> date | None:
        if node is None:
            return None
        value = node.plain()
        if isinstance(value, date):
            return value
        self._problems.add(node, f"`{value}` is not a date", "write a real day as YYYY-MM-DD")
        return None

    def _use(self, node: Node) -> ApprovedUse:
        self._only(node, _USE, needed=True)
        fields = node.fields()
        return ApprovedUse(
            drug=str(fields["drug"].plain()) if "drug" in fields else "",
            not_for=self._words(fields["not_for"]) if "not_for" in fields else (),
            source=str(fields["source"].plain()) if "source" in fields else "",
        )
