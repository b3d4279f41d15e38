"""YAML as nodes that know their line, so that every problem names file, line and path.

Only plain data is read: no tags, no anchors and aliases, no duplicate keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml


@dataclass
class Problems:
    """All problems of a load, each `file:line: path: what is wrong; how to mend it`."""

    lines: list[str] = field(default_factory=list)

    def add(self, at: Node, what: str, mend: str) -> None:
        """Note a problem at a node."""
        self.note(f"{at.file}:{at.line}", at.path, what, mend)

    def note(self, where: str, path: str, what: str, mend: str) -> None:
        """Note a problem at a place that is no node."""
        head = f"{where}: {path}: " if path else f"{where}: "
        line = f"{head}{what}; {mend}"
        if line not in self.lines:
            self.lines.append(line)


@dataclass(frozen=True)
class Node:
    """A place in a YAML file: a scalar, list or mapping with its file, line and path."""

    raw: yaml.Node
    file: str
    path: str

    @property
    def line(self) -> int:
        """1-based."""
        return int(self.raw.start_mark.line) + 1

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.raw, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.raw, yaml.SequenceNode)

    def fields(self) -> Mapping[str, Node]:
        """The values of a mapping by key; empty for anything else."""
        if not isinstance(self.raw, yaml.MappingNode):
            return {}
        return {
            str(key.value): Node(value, self.file, self.join(str(key.value)))
            for key, value in self.raw.value
        }

    def items(self) -> tuple[Node, ...]:
        """The elements of a list; empty for anything else."""
        if not isinstance(self.raw, yaml.SequenceNode):
            return ()
        return tuple(
            Node(value, self.file, f"{self.path}[{place}]")
            for place, value in enumerate(self.raw.value)
        )

    def join(self, key: str) -> str:
        """The path of a child."""
        return f"{self.path}.{key}" if self.path else key

    def at(self, path: str) -> Node:
        """The same place under a name that says more than its position."""
        return Node(self.raw, self.file, path)

    def plain(self) -> object:
        """The value as plain data; a list becomes a tuple, an ISO date a date."""
        if isinstance(self.raw, yaml.MappingNode):
            return {key: value.plain() for key, value in self.fields().items()}
        if isinstance(self.raw, yaml.SequenceNode):
            return tuple(item.plain() for item in self.items())
        return _scalar(self.raw)


def _scalar(raw: yaml.Node) -> object:
    text, tag = str(raw.value), str(raw.tag)
    if tag.endswith(":null"):
        return None
    if tag.endswith(":bool"):
        return text.casefold() in {"true", "yes", "on"}
    if tag.endswith(":int") and text.removeprefix("-").isdigit():
        return int(text)
    if tag.endswith(":float"):
        try:
            return float(text)
        except ValueError:  # `.inf` and `.nan` are no amounts
            return text
    if tag.endswith(":timestamp"):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def read_yaml(text: str, file: str, problems: Problems) -> Node | None:
    """The root node; None, with the problems noted, if the text cannot be used at all."""
    try:
        # Without an asterisk there is no alias, and the text need not be parsed for one.
        aliases = [
            event
            for event in (yaml.parse(text, Loader=yaml.CSafeLoader) if "*" in text else ())
            if isinstance(event, yaml.AliasEvent)
        ]
        raw = None if aliases else yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        what = str(getattr(error, "problem", None) or error).splitlines()[0]
        problems.note(f"{file}:{line}", "", f"not YAML ({what})", "mend the syntax at this line")
        return None
    if aliases:
        mark = aliases[0].start_mark
        line = mark.line + 1 if mark is not None else 1
        problems.note(
            f"{file}:{line}", "", "anchors and aliases are not read", "write the value out"
        )
        return None
    if not isinstance(raw, yaml.MappingNode):
        problems.note(f"{file}:1", "", "the file holds no mapping", "write `key: value` lines")
        return None
    root = Node(raw, file, "")
    _find_duplicates(root, problems)
    return root


def _find_duplicates(node: Node, problems: Problems) -> None:
    for key in _repeated(node.raw):
        at = Node(key, node.file, node.join(str(key.value)))
        problems.add(at, f"the key `{key.value}` stands twice", "keep one of the two")
    if not isinstance(node.raw, yaml.ScalarNode):
        for child in (*node.fields().values(), *node.items()):
            _find_duplicates(child, problems)


def _repeated(raw: yaml.Node) -> Iterator[yaml.Node]:
    if not isinstance(raw, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, _ in raw.value:
        if str(key.value) in seen:
            yield key
        seen.add(str(key.value))
