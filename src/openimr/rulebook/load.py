"""Every rulebook file -> Rulebook, with a hash of each file and over all.

Problems are collected, not raised one by one: a person mends a file once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from openimr.model.errors import RulebookInvalid
from openimr.model.ids import CriterionId, TopicId
from openimr.model.rule import Criterion, Role, Rulebook, Settings, Topic
from openimr.rulebook.asof import topics_for
from openimr.rulebook.catalogue import read_catalogue
from openimr.rulebook.likeness import models_of
from openimr.rulebook.schema import read_topic, tree_names
from openimr.rulebook.settings import read_settings
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

__all__ = ["load_rulebook", "topics_for"]
_GUIDELINES = "guidelines/"
_DERIVED = ("relief", "function", "work", "gain", "refreshed", "unless")
"""Parameters of tests that, as text, name a criterion whose value they derive from."""


def load_rulebook(extra: Path | None = None) -> Rulebook:
    """The rulebook shipped with the package, and a folder of further files laid out like it.

    Args:
        extra: a folder with `guidelines/<source>/<edition>/<topic>.yaml` and, if it likes, a
            `settings.yaml` that takes the place of the shipped one.

    Raises:
        RulebookInvalid: with one line for every problem of every file.
    """
    found = dict(_walk(files("openimr.rulebook") / "data", ""))
    if extra is not None:
        found |= {f"extra/{name}": data for name, data in _walk(extra, "")}
    return _read(tuple(found.items()))


@lru_cache(maxsize=2)
def _read(files_found: tuple[tuple[str, bytes], ...]) -> Rulebook:
    """The rulebook of these files, read once for those in use."""
    found = dict(files_found)
    problems = Problems()
    nodes = {name: _parse(name, data, problems) for name, data in found.items() if _is_ours(name)}
    catalogue = read_catalogue(nodes.get("tests.yaml"), nodes.get("concepts.yaml"), problems)
    files_of_topics = [
        node for name, node in sorted(nodes.items()) if node is not None and _GUIDELINES in name
    ]
    models = models_of(files_of_topics)
    topics = tuple(read_topic(node, catalogue, problems, models) for node in files_of_topics)
    _check_across(topics, nodes, problems)
    _check_coverage(topics, nodes.get("coverage.yaml"), problems)
    settings = _settings(nodes, problems)
    if problems.lines:
        raise RulebookInvalid(tuple(problems.lines))
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(found.items())}
    return Rulebook(
        topics=topics,
        settings=settings,
        files=MappingProxyType(hashes),
        sha256=_over_all(hashes),
    )


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Every data file below a folder by its path with `/`; code and hidden files left out."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _is_ours(name: str) -> bool:
    """Lexicon, drugs and others have loaders of their own; here they are hashed only."""
    bare = name.removeprefix("extra/")
    single = {"tests.yaml", "concepts.yaml", "settings.yaml", "coverage.yaml"}
    return bare in single or (bare.startswith(_GUIDELINES) and bare.endswith((".yaml", ".yml")))


def _parse(name: str, data: bytes, problems: Problems) -> Node | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.note(f"{name}:1", "", f"not UTF-8 at byte {error.start}", "save it as UTF-8")
        return None
    return read_yaml(text, name, problems)


def _over_all(hashes: Mapping[str, str]) -> str:
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _settings(nodes: Mapping[str, Node | None], problems: Problems) -> Settings:
    node = nodes.get("extra/settings.yaml") or nodes.get("settings.yaml")
    return read_settings(node, problems) if node is not None else Settings()


def _check_across(
    topics: tuple[Topic, ...], nodes: Mapping[str, Node | None], problems: Problems
) -> None:
    """What a file alone cannot show: inherited topics, names in trees, overlapping editions."""
    for topic in topics:
        root = nodes[topic.file]
        if root is None:
            continue
        for name in topic.inherits:
            if not any(other.id == name for other in topics):
                at = root.fields()["inherits"]
                problems.add(at, f"unknown topic `{name}`", "write the id of a topic file")
        if topic.id in _ancestors(topic, topics):
            problems.add(root.fields()["inherits"], "the topic inherits itself", "break the circle")
            continue
        _check_names(topic, root, topics, problems)
    _check_editions(topics, nodes, problems)


def _ancestors(topic: Topic, topics: tuple[Topic, ...]) -> set[TopicId]:
    found: set[TopicId] = set()
    waiting = list(topic.inherits)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [parent for other in topics if other.id == name for parent in other.inherits]
    return found


def _check_names(topic: Topic, root: Node, topics: tuple[Topic, ...], problems: Problems) -> None:
    """Criteria that trees, limits, bypasses and tests name must exist."""
    ancestors = _ancestors(topic, topics)
    family = [other for other in topics if other.id == topic.id or other.id in ancestors]
    known = {criterion.id: criterion.role for other in family for criterion in other.criteria}
    told = {criterion.id for other in family for criterion in other.criteria if criterion.smaller}
    fields = root.fields()
    mend = "write the id of a criterion of this topic or one it inherits"
    for name in tree_names(dict(topic.support_requires)):
        if CriterionId(name) not in known and TopicId(name) not in ancestors:
            problems.add(fields["support_requires"], f"unknown criterion `{name}`", mend)
    for limit in topic.modify_when:
        if limit not in known:
            problems.add(fields["modify_when"], f"unknown criterion `{limit}`", mend)
        elif known[limit] is not Role.LIMIT and limit not in told:
            what = f"`{limit}` is no limit and names no smaller form"
            problems.add(fields["modify_when"], what, "give it `smaller:`, or name a limit")
    for criterion, node in zip(topic.criteria, fields["criteria"].items(), strict=True):
        _check_bypass(criterion, node.at(f"criteria.{criterion.id}"), known, problems)


def _check_bypass(
    criterion: Criterion, at: Node, known: Mapping[CriterionId, Role], problems: Problems
) -> None:
    for name in [*criterion.bypassed_by, *_derived_from(criterion)]:
        if name not in known:
            mend = "write the id of a criterion of this topic or one it inherits"
            problems.add(at, f"unknown criterion `{name}`", mend)
    for name in criterion.bypassed_by:
        if known.get(name, Role.EXCEPTION) is not Role.EXCEPTION:
            problems.add(at, f"`{name}` is no exception", "only a criterion of role E bypasses")


def _derived_from(criterion: Criterion) -> Iterator[CriterionId]:
    """The criteria whose findings a test reads."""
    given = criterion.test.parameters
    others = given.get("or_all")
    for one in (*(others if isinstance(others, tuple) else ()), *map(given.get, _DERIVED)):
        if one and isinstance(one, str):
            yield CriterionId(one)


def _check_editions(
    topics: tuple[Topic, ...], nodes: Mapping[str, Node | None], problems: Problems
) -> None:
    """Two editions of a topic must not be in force on one day."""
    ordered = sorted(topics, key=lambda topic: (topic.id, topic.effective_from, topic.file))
    for earlier, later in pairwise(ordered):
        root = nodes[later.file]
        if earlier.id != later.id or root is None:
            continue
        if later.effective_from <= (earlier.effective_to or date.max):
            problems.add(
                root.fields().get("effective_from", root),
                f"the edition overlaps the one of {earlier.file}",
                "let the earlier edition end the day before",
            )


def _check_coverage(topics: tuple[Topic, ...], root: Node | None, problems: Problems) -> None:
    """The register of coverage names exactly the topic files shipped."""
    if root is None:
        return
    listed = {
        (name, str(node.fields()["edition"].plain()), str(node.fields()["file"].plain())): node
        for name, node in root.fields().items()
        if {"edition", "file"} <= set(node.fields())
    }
    shipped = {(t.id, t.edition, t.file) for t in topics if not t.file.startswith("extra/")}
    for key, node in listed.items():
        if key not in shipped:
            problems.add(node, f"no such topic file: {key[2]}", "remove the line or add the file")
    for name, edition, file in sorted(shipped - set(listed)):
        what = f"the topic `{name}` of edition {edition} is not registered"
        problems.note("coverage.yaml:1", "", what, f"add a line with the file {file}")
