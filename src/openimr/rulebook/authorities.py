"""`data/authorities.yaml` -> Authorities: dated search orders and ways of weighing studies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from openimr.model.authority import Authorities, Authority, AuthorityText, SearchOrder
from openimr.model.study import Bias, Level, Methodology, Question
from openimr.rulebook.one_file import data_text, read_file
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node

FILE = "authorities.yaml"
_ROOT = dict.fromkeys(("source", "verified_on", "authorities", "orders", "methodologies"), True)
_AUTHORITY = {"id": True, "name": True, "cited_as": False, "texts": False, "studies": False}
_TEXT = {"title": True, "effective_from": False, "effective_to": False, "unverified": False}
_DATED = {
    "id": True,
    "name": True,
    "citation": True,
    "effective_from": True,
    "effective_to": False,
    "unverified": True,
}
_ORDER = {**_DATED, "rule": True, "steps": True}
_METHODOLOGY = {**_DATED, "ranks": True, "designs": True, "levels": True}
_LEVEL = {"level": True, "question": True, "design": True, "bias": False, "unverified": False}
_Dated: TypeAlias = SearchOrder | Methodology


def load_authorities() -> Authorities:
    """The orders and methodologies shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_authorities(data_text(FILE))


def parse_authorities(text: str) -> Authorities:
    """Read the file; all problems are reported at once."""
    return read_file(text, FILE, lambda root, reader: _File(reader).read(root))


class _File:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._problems = reader.problems

    def read(self, root: Node) -> Authorities:
        fields = self._reader.keys(root, _ROOT)
        self._reader.day(fields, "verified_on")
        known = {one.id: one for one in map(self._authority, self._entries(fields, "authorities"))}
        orders = self._entries(fields, "orders")
        methodologies = self._entries(fields, "methodologies")
        found = Authorities(
            orders=tuple(self._order(node, known) for node in orders),
            methodologies=tuple(self._methodology(node) for node in methodologies),
        )
        self._without_gap(orders, found.orders)
        self._without_gap(methodologies, found.methodologies)
        return found

    def _entries(self, fields: Mapping[str, Node], key: str) -> tuple[Node, ...]:
        node = fields.get(key)
        if node is None:
            return ()
        if not node.items():
            self._problems.add(node, f"`{key}` lists nothing", "write at least one entry")
        return node.items()

    def _authority(self, node: Node) -> Authority:
        fields = self._reader.keys(node, _AUTHORITY)
        texts = fields["texts"].items() if "texts" in fields else ()
        return Authority(
            id=self._reader.text(fields, "id"),
            name=self._reader.text(fields, "name"),
            cited_as=tuple(self._patterns(fields)),
            texts=tuple(map(self._text, texts)),
            studies=self._reader.flag(fields, "studies"),
        )

    def _patterns(self, fields: Mapping[str, Node]) -> Iterator[str]:
        for pattern, node in self._reader.words(fields, "cited_as"):
            try:
                re.compile(pattern)
            except re.error as error:
                self._problems.add(node, f"`{pattern}` is no pattern: {error}", "mend the pattern")
            yield pattern

    def _text(self, node: Node) -> AuthorityText:
        fields = self._reader.keys(node, _TEXT)
        first, last = self._period(fields)
        return AuthorityText(
            title=self._reader.text(fields, "title"),
            effective_from=first,
            effective_to=last,
            unverified=self._reader.flag(fields, "unverified"),
        )

    def _order(self, node: Node, known: Mapping[str, Authority]) -> SearchOrder:
        fields = self._reader.keys(node, _ORDER)
        first, last = self._period(fields)
        steps = self._reader.words(fields, "steps")
        if "steps" in fields and not steps:
            self._problems.add(fields["steps"], "there are no steps", "list at least one authority")
        for name, at in steps:
            if name not in known:
                self._problems.add(at, f"unknown authority `{name}`", "use an id of `authorities`")
        return SearchOrder(
            id=self._reader.text(fields, "id"),
            name=self._reader.text(fields, "name"),
            citation=self._reader.text(fields, "citation"),
            effective_from=first or date.min,
            effective_to=last,
            unverified=self._reader.flag(fields, "unverified"),
            rule=self._reader.text(fields, "rule"),
            steps=tuple(known[name] for name, _ in steps if name in known),
        )

    def _methodology(self, node: Node) -> Methodology:
        fields = self._reader.keys(node, _METHODOLOGY)
        first, last = self._period(fields)
        ranks = tuple(word for word, _ in self._reader.words(fields, "ranks"))
        designs = tuple(word for word, _ in self._reader.words(fields, "designs"))
        return Methodology(
            id=self._reader.text(fields, "id"),
            name=self._reader.text(fields, "name"),
            citation=self._reader.text(fields, "citation"),
            effective_from=first or date.min,
            effective_to=last,
            unverified=self._reader.flag(fields, "unverified"),
            ranks=ranks,
            designs=designs,
            levels=tuple(
                self._level(each, ranks, designs) for each in self._entries(fields, "levels")
            ),
        )

    def _level(self, node: Node, ranks: Sequence[str], designs: Sequence[str]) -> Level:
        fields = self._reader.keys(node, _LEVEL)
        level, design = self._reader.text(fields, "level"), self._reader.text(fields, "design")
        if level and level not in ranks:
            mend = f"use one of: {', '.join(ranks)}"
            self._problems.add(fields["level"], f"`{level}` is no level of `ranks`", mend)
        if design and design not in designs:
            mend = "use one of `designs`, or add it there"
            self._problems.add(fields["design"], f"unknown design `{design}`", mend)
        return Level(
            level=level,
            question=self._reader.choice(fields, "question", Question) or Question.TREATMENT,
            design=design,
            bias=self._reader.choice(fields, "bias", Bias),
            unverified=self._reader.flag(fields, "unverified"),
        )

    def _period(self, fields: Mapping[str, Node]) -> tuple[date | None, date | None]:
        first = self._reader.day(fields, "effective_from")
        last = self._reader.day(fields, "effective_to")
        if first and last and last < first:
            self._problems.add(fields["effective_to"], "it ends before it begins", "mend a date")
        return first, last

    def _without_gap(self, nodes: Sequence[Node], found: Sequence[_Dated]) -> None:
        """One day has one order, and no day between two of them has none."""
        dated = sorted(zip(found, nodes, strict=True), key=lambda pair: pair[0].effective_from)
        for (earlier, _), (later, node) in pairwise(dated):
            ends = earlier.effective_to or date.max
            if ends == date.max or later.effective_from != ends + timedelta(days=1):
                self._problems.add(
                    node.fields().get("effective_from", node),
                    f"`{later.id}` does not begin the day after `{earlier.id}` ends",
                    "let the earlier one end the day before",
                )
