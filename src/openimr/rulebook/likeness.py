"""A criterion `like` another of the same edition: what it does not say itself, the other says.

`{id: GAB-1, like: GBP-1}` asks of gabapentin what GBP-1 asks of its extended release, with the
same source and test; every key of its own takes the place of the other's. A `test` without a name
adds to the other's test: lists grow, other values are replaced, and what is null is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openimr.model.pack import PREFIX, pack_name
from openimr.rulebook.yaml_nodes import Node, Problems

LIKE = "like"
_OWN = frozenset({"id", LIKE, "bypassed_by"})
"""Never taken over: the name, and the exceptions, which belong to a topic."""


@dataclass(frozen=True)
class Models:
    """The criteria of all files by edition and name, each with the files that hold it."""

    found: Mapping[tuple[str, str], tuple[Node, ...]] = field(default_factory=dict)

    def completed(self, node: Node, problems: Problems) -> Mapping[str, Node]:
        """The fields of a criterion, completed from those it is like; problems are noted."""
        fields = dict(node.fields())
        seen = {_name(node)}
        while LIKE in fields:
            at = fields.pop(LIKE)
            name = str(at.plain())
            models = self.found.get((_edition(at.file), name), ())
            if name in seen:
                problems.add(at, "the criterion is like itself", "break the circle")
            elif not models:
                mend = "write the id of a criterion in the same folder"
                problems.add(at, f"unknown criterion `{name}`", mend)
            elif len(models) > 1:
                files = ", ".join(model.file for model in models)
                problems.add(at, f"`{name}` stands in {files}", "rename all but one")
            else:
                seen.add(name)
                fields = _over(models[0].fields(), fields)
        return fields


@dataclass(frozen=True)
class _Longer(Node):
    """A list with the items of another before its own."""

    before: Node

    def items(self) -> tuple[Node, ...]:
        """Both lists in a row; each item knows its own file."""
        return (*self.before.items(), *super().items())


@dataclass(frozen=True)
class _Fuller(Node):
    """A test with the parameters of another beside its own."""

    other: Node

    def fields(self) -> Mapping[str, Node]:
        """Both tests' parameters; lists joined, of others the own one, none that is null."""
        own, other = super().fields(), self.other.fields()
        both = {
            key: _Longer(node.raw, node.file, node.path, other[key])
            for key, node in own.items()
            if key in other and node.is_list
        }
        whole = {**other, **own, **both}
        return {key: node for key, node in whole.items() if node.plain() is not None}


def _over(model: Mapping[str, Node], own: Mapping[str, Node]) -> dict[str, Node]:
    """The own fields over those of the model."""
    taken = {key: node for key, node in model.items() if key not in _OWN or key == LIKE}
    fields: dict[str, Node] = {**taken, **own}
    test = own.get("test")
    if test is not None and "test" in model and "name" not in test.fields():
        fields["test"] = _Fuller(test.raw, test.file, test.path, model["test"])
    return fields


def models_of(roots: Iterable[Node]) -> Models:
    """The criteria of topic files, to be like."""
    found: dict[tuple[str, str], tuple[Node, ...]] = {}
    for root in roots:
        for node in root.fields()["criteria"].items() if "criteria" in root.fields() else ():
            name = _name(node)
            key = (_edition(root.file), name)
            found[key] = (*found.get(key, ()), node.at(f"criteria.{name}"))
    return Models(found)


def _name(node: Node) -> str:
    identity = node.fields().get("id")
    return str(identity.plain()) if identity is not None else node.path


def _edition(file: str) -> str:
    """The folder of a file: a guideline in one edition, of the package or of a pack beside it."""
    return file.removeprefix(f"{PREFIX}{pack_name(file)}/").rpartition("/")[0]
