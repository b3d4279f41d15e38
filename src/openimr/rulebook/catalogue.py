"""What rules may name: the tests with their parameters, and the concepts with their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from openimr.rulebook.yaml_nodes import Node, Problems

_CONDITION_KEYS = frozenset(
    {
        *("concept", "assertion", "within_days", "within_months", "ever"),
        *("tied", "of_others", "here", "drugs"),
    }
)


class ParameterKind(StrEnum):
    """What a parameter of a test may hold."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    WORDS = "words"
    AMOUNTS = "amounts"
    """A number for each of several names."""
    CONDITIONS = "conditions"
    """Statements of the record: a concept with the values it must have."""
    LIMITS = "limits"
    """Ceilings, each with the words or conditions under which it holds."""


@dataclass(frozen=True)
class TestSpec:
    """One test: what it asks, and its parameters with their kinds and whether they are needed."""

    __test__ = False
    says: str
    parameters: Mapping[str, tuple[ParameterKind, bool]]

    def check(
        self, test: Node, given: Mapping[str, Node], concepts: Mapping[str, frozenset[str]]
    ) -> Iterator[tuple[str, Node, str]]:
        """What is wrong with the parameters given: what, where, how to mend it."""
        for key, node in given.items():
            if key not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                yield f"unknown parameter `{key}`", node, f"the test takes: {known}"
            else:
                yield from _check_kind(key, node, self.parameters[key][0], concepts)
        for key, (_, needed) in self.parameters.items():
            if needed and key not in given:
                yield f"the parameter `{key}` is missing", test, f"add `{key}:`"


@dataclass(frozen=True)
class Catalogue:
    """Tests by name, and concepts with the keys of their values."""

    tests: Mapping[str, TestSpec]
    concepts: Mapping[str, frozenset[str]]


def _check_kind(
    key: str, node: Node, kind: ParameterKind, concepts: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Node, str]]:
    value = node.plain()
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = {
        ParameterKind.TEXT: isinstance(value, str),
        ParameterKind.NUMBER: number,
        ParameterKind.FLAG: isinstance(value, bool),
        ParameterKind.WORDS: node.is_list,
        ParameterKind.AMOUNTS: node.is_mapping,
        ParameterKind.CONDITIONS: node.is_list,
        ParameterKind.LIMITS: node.is_list,
    }[kind]
    if not fits:
        yield f"`{key}` is not of the kind {kind.value}", node, f"give {_EXAMPLES[kind]}"
    elif kind is ParameterKind.CONDITIONS:
        for item in node.items():
            yield from _check_condition(item, concepts)
    elif kind is ParameterKind.LIMITS:
        for item in node.items():
            yield from _check_limit(item, concepts)


def _check_limit(
    node: Node, concepts: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Node, str]]:
    """A ceiling with the words or conditions under which it holds."""
    kinds = {"at_most": ParameterKind.NUMBER, "words": ParameterKind.WORDS}
    kinds |= {"when": ParameterKind.CONDITIONS, "months": ParameterKind.NUMBER}
    kinds |= {"with_gain": ParameterKind.NUMBER, "name": ParameterKind.TEXT}
    fields = node.fields()
    for key, value in fields.items():
        if key not in kinds:
            yield f"unknown key `{key}`", value, f"use one of: {', '.join(kinds)}"
        else:
            yield from _check_kind(key, value, kinds[key], concepts)
    if "at_most" not in fields or not {"words", "when"} & set(fields):
        yield "the limit is not whole", node, "give `at_most:` and `words:` or `when:`"


_EXAMPLES = {
    ParameterKind.TEXT: "a word",
    ParameterKind.NUMBER: "a number such as 21",
    ParameterKind.FLAG: "true or false",
    ParameterKind.WORDS: "a list such as [opioid]",
    ParameterKind.AMOUNTS: "a mapping such as {gabapentin ER: 1800}",
    ParameterKind.CONDITIONS: "a list of {concept: ...} entries",
    ParameterKind.LIMITS: "a list of {at_most: ..., words: [...]} entries",
}


def _check_condition(
    node: Node, concepts: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Node, str]]:
    fields = node.fields()
    if "concept" not in fields:
        yield "the condition names no concept", node, "add `concept:`"
        return
    concept = str(fields["concept"].plain())
    if concept not in concepts:
        yield f"unknown concept `{concept}`", fields["concept"], "use a concept of concepts.yaml"
        return
    for key, value in fields.items():
        if key not in _CONDITION_KEYS and key not in concepts[concept]:
            known = ", ".join(sorted(concepts[concept]))
            yield f"`{concept}` has no value `{key}`", value, f"use one of: {known}"
    assertion = fields.get("assertion")
    if assertion is not None and assertion.plain() not in {"present", "absent"}:
        yield f"unknown assertion `{assertion.plain()}`", assertion, "write present or absent"


def read_catalogue(tests: Node | None, concepts: Node | None, problems: Problems) -> Catalogue:
    """`tests.yaml` and `concepts.yaml` -> Catalogue."""
    specs: dict[str, TestSpec] = {}
    for name, node in (tests.fields() if tests is not None else {}).items():
        specs[name] = _read_spec(node, problems)
    known = {
        name: frozenset(str(item.plain()) for item in node.items())
        for name, node in (concepts.fields() if concepts is not None else {}).items()
    }
    return Catalogue(tests=MappingProxyType(specs), concepts=MappingProxyType(known))


def _read_spec(node: Node, problems: Problems) -> TestSpec:
    fields = node.fields()
    parameters: dict[str, tuple[ParameterKind, bool]] = {}
    takes = fields.get("takes")
    for name, value in (takes.fields() if takes is not None else {}).items():
        written = str(value.plain())
        needed, kind = written.endswith("!"), written.removesuffix("!")
        if kind not in set(ParameterKind):
            allowed = ", ".join(member.value for member in ParameterKind)
            problems.add(value, f"`{kind}` is no kind of parameter", f"use one of: {allowed}")
            continue
        parameters[name] = (ParameterKind(kind), needed)
    if "says" not in fields:
        problems.add(node, "`says` is missing", "say in a sentence what the test asks")
    return TestSpec(str(fields["says"].plain()) if "says" in fields else "", parameters)
