"""`groups.yaml` -> the groups in which a reader looks for topics."""

from __future__ import annotations

from collections.abc import Iterable

from openimr.model.ids import TopicId
from openimr.model.rule import Group, Topic
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

_KEYS = {"title": True, "topics": True}


def read_groups(
    root: Node | None, topics: Iterable[Topic], problems: Problems
) -> tuple[Group, ...]:
    """The groups; a topic in two of them, or one that is nowhere, is noted."""
    if root is None:
        return ()
    reader = Reader(problems)
    known = {topic.id for topic in topics}
    seen: set[TopicId] = set()
    groups = []
    for name, node in root.fields().items():
        fields = reader.keys(node, _KEYS)
        members = []
        for word, at in reader.words(fields, "topics"):
            topic = TopicId(word)
            if topic not in known:
                problems.add(at, f"unknown topic `{word}`", "write the id of a topic file")
            if topic in seen:
                problems.add(at, f"the topic `{word}` stands in two groups", "keep one of them")
            seen.add(topic)
            members.append(topic)
        groups.append(Group(id=name, title=reader.text(fields, "title"), topics=tuple(members)))
    return tuple(groups)
