"""A topic file -> Topic: every key known, every value of its kind, all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from openimr.model.ids import ConceptId, CriterionId, TopicId
from openimr.model.rule import Applies, Criterion, Role, Settings, Silence, Source, Test, Topic
from openimr.rulebook.catalogue import Catalogue
from openimr.rulebook.likeness import Models
from openimr.rulebook.yaml_nodes import Node, Problems

_TOPIC_KEYS = {
    "id": True,
    "title": True,
    "guideline": True,
    "cites": True,
    "edition": True,
    "effective_from": True,
    "effective_to": False,
    "verified_on": False,
    "pages": True,
    "status": True,
    "mtus_addresses": True,
    "inherits": False,
    "dependence_forming": False,
    "taper": False,
    "generics": False,
    "criteria": True,
    "support_requires": True,
    "modify_when": False,
    "open": False,
}
"""Key of a topic, and whether it must be there."""
_CRITERION_KEYS = {
    "id": True,
    "name": False,
    "role": True,
    "statement": True,
    "satisfied_by": True,
    "contradicted_by": True,
    "sought": False,
    "if_silent": True,
    "if_silent_strict": False,
    "if_silent_when": False,
    "partial_refers": False,
    "applies": False,
    "drugs": False,
    "asked": False,
    "not_asked": False,
    "active_when": False,
    "smaller": False,
    "bypassed_by": False,
    "source": True,
    "concepts": True,
    "test": True,
}
_SOURCE_KEYS = {"title": False, "pages": True, "unverified": False}
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True)
class Reader:
    """Reads typed values from nodes and notes what is wrong with them."""

    problems: Problems

    def keys(self, node: Node, known: Mapping[str, bool]) -> Mapping[str, Node]:
        """The fields of a mapping; unknown and missing ones are noted."""
        if not node.is_mapping:
            self.problems.add(node, "this is not a mapping", "write `key: value` lines under it")
            return {}
        return self.known(node, node.fields(), known)

    def known(
        self, node: Node, fields: Mapping[str, Node], known: Mapping[str, bool]
    ) -> Mapping[str, Node]:
        """The fields, where unknown and missing ones are noted."""
        for key, value in fields.items():
            if key not in known:
                self.problems.add(value, f"unknown key `{key}`", f"use one of: {', '.join(known)}")
        for key, needed in known.items():
            if needed and key not in fields:
                self.problems.add(node, f"`{key}` is missing", f"add `{key}:`")
        return fields

    def text(self, fields: Mapping[str, Node], key: str) -> str:
        """A text; empty where the key is not there."""
        node = fields.get(key)
        if node is None:
            return ""
        value = node.plain()
        if isinstance(value, str):
            return value
        self.problems.add(node, f"`{key}` is not text", "put the value in quotes")
        return ""

    def filled(self, fields: Mapping[str, Node], keys: Iterable[str]) -> None:
        """Note texts that are there but say nothing."""
        for key in keys:
            node = fields.get(key)
            if node is not None and node.plain() is not None and not str(node.plain()).strip():
                self.problems.add(node, f"`{key}` is empty", "say it in a few words")

    def flag(self, fields: Mapping[str, Node], key: str) -> bool:
        """True or false; false where the key is not there."""
        node = fields.get(key)
        if node is None:
            return False
        value = node.plain()
        if not isinstance(value, bool):
            self.problems.add(node, f"`{key}` is not true or false", "write true or false")
        return value is True

    def day(self, fields: Mapping[str, Node], key: str) -> date | None:
        """An ISO date; None where the key is not there."""
        node = fields.get(key)
        if node is None or node.plain() is None:
            return None
        value = node.plain()
        if isinstance(value, date):
            return value
        self.problems.add(node, f"`{value}` is not a date", "write a real day as YYYY-MM-DD")
        return None

    def days(self, fields: Mapping[str, Node]) -> tuple[date, date | None]:
        """`effective_from` and `effective_to`; an edition cannot end before it begins."""
        first, last = self.day(fields, "effective_from"), self.day(fields, "effective_to")
        if first and last and last < first:
            at = fields["effective_to"]
            self.problems.add(at, "the edition ends before it begins", "mend a date")
        return first or date.min, last

    def words(self, fields: Mapping[str, Node], key: str) -> tuple[tuple[str, Node], ...]:
        """A list of words, each with its place."""
        node = fields.get(key)
        if node is None:
            return ()
        if not node.is_list:
            self.problems.add(node, f"`{key}` is not a list", "write it as [a, b]")
            return ()
        return tuple((str(item.plain()), item) for item in node.items())

    def number(self, fields: Mapping[str, Node], key: str, default: int) -> int:
        """A whole number; the default where the key is not there."""
        node = fields.get(key)
        if node is None:
            return default
        value = node.plain()
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.problems.add(node, f"`{value}` is no whole number", "write digits without quotes")
        return default

    def members(self, fields: Mapping[str, Node], key: str, kind: type[_Kind]) -> tuple[_Kind, ...]:
        """A list of an enumeration's values; empty where the key is not there."""
        found = (self.one_of(node, kind) for _, node in self.words(fields, key))
        return tuple(member for member in found if member is not None)

    def choice(self, fields: Mapping[str, Node], key: str, kind: type[_Kind]) -> _Kind | None:
        """One of an enumeration's values; None where the key is not there."""
        node = fields.get(key)
        if node is None:
            return None
        return self.one_of(node, kind)

    def one_of(self, node: Node, kind: type[_Kind]) -> _Kind | None:
        """The node's value as a member of an enumeration."""
        value = str(node.plain())
        if value in set(kind):
            return kind(value)
        allowed = ", ".join(member.value for member in kind)
        self.problems.add(node, f"`{value}` is not allowed here", f"use one of: {allowed}")
        return None

    def switch(self, node: Node, text: str) -> str:
        """A policy switch `name=option`."""
        problem = switch_problem(text)
        if problem:
            self.problems.add(node, problem, "write `name=option` as settings.yaml names them")
        return text


def switch_problem(text: str) -> str:
    """What is wrong with a switch; empty if nothing is."""
    name, _, option = text.partition("=")
    known = getattr(Settings(), name, None)
    if not isinstance(known, bool | StrEnum) or not option:
        return f"`{text}` names no policy switch"
    if isinstance(known, bool):
        return "" if option in {"true", "false"} else f"`{option}` is no option of `{name}`"
    options = {str(member) for member in type(known)}
    return "" if option in options else f"`{option}` is no option of `{name}`"


def read_topic(
    root: Node, catalogue: Catalogue, problems: Problems, models: Models | None = None
) -> Topic:
    """The topic of a file; with problems it is a topic that must not be used.

    Args:
        root: the file.
        catalogue: the tests and concepts that it may name.
        problems: where to note what is wrong.
        models: the criteria that its own may be `like`.
    """
    reader = Reader(problems)
    fields = reader.keys(root, _TOPIC_KEYS)
    reader.filled(fields, ("id", "title", "guideline", "cites", "edition"))
    cites = reader.text(fields, "cites")
    criteria = tuple(
        _read_criterion(reader, node, cites, catalogue, models or Models())
        for node in (fields["criteria"].items() if "criteria" in fields else ())
    )
    if "criteria" in fields and not criteria:
        problems.add(fields["criteria"], "there are no criteria", "list at least one")
    _check_twice(reader, fields)
    tree = fields.get("support_requires")
    if tree is not None:
        _check_tree(reader, tree)
    first, last = reader.days(fields)
    return Topic(
        id=TopicId(reader.text(fields, "id")),
        title=reader.text(fields, "title"),
        guideline=reader.text(fields, "guideline"),
        edition=reader.text(fields, "edition"),
        effective_from=first,
        effective_to=last,
        pages=reader.text(fields, "pages"),
        status=reader.text(fields, "status"),
        mtus_addresses=reader.flag(fields, "mtus_addresses"),
        inherits=tuple(TopicId(word) for word, _ in reader.words(fields, "inherits")),
        generics=tuple(word for word, _ in reader.words(fields, "generics")),
        criteria=criteria,
        support_requires=_frozen(tree.plain()) if tree is not None else MappingProxyType({}),
        dependence_forming=reader.flag(fields, "dependence_forming"),
        modify_when=tuple(CriterionId(word) for word, _ in reader.words(fields, "modify_when")),
        verified_on=reader.day(fields, "verified_on"),
        file=root.file,
        taper=reader.text(fields, "taper"),
        open=reader.text(fields, "open"),
    )


def _frozen(value: object) -> Mapping[str, object]:
    return MappingProxyType(dict(value)) if isinstance(value, Mapping) else MappingProxyType({})


def _read_criterion(
    reader: Reader, node: Node, cites: str, catalogue: Catalogue, models: Models
) -> Criterion:
    name = str(node.fields()["id"].plain()) if "id" in node.fields() else node.path
    named = node.at(f"criteria.{name}")
    whole = models.completed(named, reader.problems)
    fields = reader.known(named, whole, _CRITERION_KEYS)
    _check_concepts(reader, fields, catalogue)
    return Criterion(
        id=CriterionId(reader.text(fields, "id")),
        role=reader.choice(fields, "role", Role) or Role.ADVISORY,
        name=reader.text(fields, "name"),
        statement=reader.text(fields, "statement"),
        satisfied_by=reader.text(fields, "satisfied_by"),
        contradicted_by=reader.text(fields, "contradicted_by"),
        if_silent=reader.choice(fields, "if_silent", Silence) or Silence.FLAG,
        if_silent_strict=reader.choice(fields, "if_silent_strict", Silence),
        source=_read_source(reader, fields, cites),
        concepts=tuple(ConceptId(word) for word, _ in reader.words(fields, "concepts")),
        test=_read_test(reader, fields, catalogue),
        bypassed_by=tuple(CriterionId(word) for word, _ in reader.words(fields, "bypassed_by")),
        sought=reader.text(fields, "sought"),
        applies=reader.choice(fields, "applies", Applies) or Applies.ALWAYS,
        if_silent_when=_read_switched(reader, fields),
        partial_refers=reader.flag(fields, "partial_refers"),
        active_when=_read_switch(reader, fields),
        drugs=tuple(word for word, _ in reader.words(fields, "drugs")),
        asked=tuple(word for word, _ in reader.words(fields, "asked")),
        not_asked=tuple(word for word, _ in reader.words(fields, "not_asked")),
        smaller=reader.text(fields, "smaller"),
    )


def _read_switch(reader: Reader, fields: Mapping[str, Node]) -> str:
    text = reader.text(fields, "active_when")
    return reader.switch(fields["active_when"], text) if text else ""


def _read_switched(reader: Reader, fields: Mapping[str, Node]) -> Mapping[str, Silence]:
    node = fields.get("if_silent_when")
    found: dict[str, Silence] = {}
    for switch, value in (node.fields() if node is not None else {}).items():
        meaning = reader.one_of(value, Silence)
        if meaning is not None:
            found[reader.switch(value, switch)] = meaning
    return MappingProxyType(found)


def _read_source(reader: Reader, fields: Mapping[str, Node], cites: str) -> Source:
    node = fields.get("source")
    if node is None:
        return Source(title=cites, pages="")
    inner = reader.keys(node, _SOURCE_KEYS)
    title = reader.text(inner, "title") or cites
    if not title:
        reader.problems.add(node, "the source has no title", "add `title:` or the topic's `cites:`")
    pages = reader.text(inner, "pages")
    if not pages and "title" not in inner:
        reader.problems.add(node, "the source has no pages", "give the page, or a title of its own")
    return Source(title=title, pages=pages, unverified=reader.flag(inner, "unverified"))


def _check_concepts(reader: Reader, fields: Mapping[str, Node], catalogue: Catalogue) -> None:
    for word, node in reader.words(fields, "concepts"):
        if word not in catalogue.concepts:
            reader.problems.add(node, f"unknown concept `{word}`", "use a concept of concepts.yaml")


def _read_test(reader: Reader, fields: Mapping[str, Node], catalogue: Catalogue) -> Test:
    node = fields.get("test")
    inner = dict(node.fields()) if node is not None else {}
    name_node = inner.pop("name", None)
    if node is None or name_node is None:
        if node is not None:
            reader.problems.add(
                node, "the test has no name", "add `name:` with a test of tests.yaml"
            )
        return Test(name="")
    name = str(name_node.plain())
    known = catalogue.tests.get(name)
    if known is None:
        reader.problems.add(name_node, f"unknown test `{name}`", "use a test of tests.yaml")
        return Test(name=name)
    for what, at, mend in known.check(node, inner, catalogue.concepts):
        reader.problems.add(at, what, mend)
    values = {key: value.plain() for key, value in inner.items()}
    return Test(name=name, parameters=MappingProxyType(values))


def _check_twice(reader: Reader, fields: Mapping[str, Node]) -> None:
    seen: set[str] = set()
    for node in fields["criteria"].items() if "criteria" in fields else ():
        identity = node.fields().get("id")
        if identity is None:
            continue
        name = str(identity.plain())
        if name in seen:
            reader.problems.add(identity, f"the criterion `{name}` stands twice", "rename one")
        seen.add(name)


def _check_tree(reader: Reader, node: Node) -> None:
    """The shape of a tree: a name, or one of all, any, not, or a branch under a switch."""
    if node.is_list:
        reader.problems.add(node, "a list stands where a branch is needed", "put `all:` before it")
    elif node.is_mapping:
        fields = node.fields()
        if set(fields) == {"when", "then"}:
            reader.switch(fields["when"], str(fields["when"].plain()))
            _check_tree(reader, fields["then"])
        elif len(fields) == 1 and set(fields) <= {"all", "any", "not"}:
            ((operator, inner),) = fields.items()
            _check_children(reader, operator, inner)
        else:
            reader.problems.add(
                node,
                f"`{', '.join(fields)}` is no branch",
                "use one of all, any, not, or when with then",
            )


def _check_children(reader: Reader, operator: str, node: Node) -> None:
    if operator != "not" and not node.is_list:
        reader.problems.add(node, f"`{operator}` takes a list", "write it as [A-1, A-2]")
        return
    for child in node.items() or (node,):
        _check_tree(reader, child)


def tree_names(node: object) -> Iterable[str]:
    """Criteria and topics that a tree names."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for key, child in node.items():
            if key != "when":
                yield from tree_names(child)
    elif isinstance(node, tuple | list):
        for child in node:
            yield from tree_names(child)
