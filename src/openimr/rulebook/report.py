"""`data/process/report.yaml` -> the category of a request in the annual report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from openimr.model.request import Request, RequestKind
from openimr.rulebook.one_file import data_text, read_file
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node

FILE = "process/report.yaml"
OTHER = "other"
_ROOT = {"source": True, "checked_on": True, "unverified": False, "categories": True}
_CATEGORY = {"name": True, "kinds": True, "topics": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """Category by kind of request and by topic."""

    by_kind: Mapping[RequestKind, str]
    by_topic: Mapping[str, str]
    unverified: bool

    def of(self, request: Request, topic: str | None = None) -> str:
        """The category of a request line; its topic goes before its kind."""
        named = topic or request.topic_id or ""
        return self.by_topic.get(named) or self.by_kind.get(request.kind, OTHER)


@lru_cache(maxsize=1)
def load_categories() -> Categories:
    """The categories shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_categories(data_text(FILE))


def parse_categories(text: str) -> Categories:
    """Read the file; all problems are reported at once."""
    return read_file(text, FILE, _read)


def _read(root: Node, reader: Reader) -> Categories:
    fields = reader.keys(root, _ROOT)
    reader.day(fields, "checked_on")
    kinds: dict[RequestKind, str] = {}
    topics: dict[str, str] = {}
    for node in fields["categories"].items() if "categories" in fields else ():
        inner = reader.keys(node, _CATEGORY)
        reader.filled(inner, ("name",))
        name = reader.text(inner, "name")
        for _, place in reader.words(inner, "kinds"):
            kind = reader.one_of(place, RequestKind)
            if kind in kinds:
                mend = "leave it in one category"
                reader.problems.add(place, f"`{kind}` is of {kinds[kind]} already", mend)
            elif kind is not None:
                kinds[kind] = name
        topics |= {topic: name for topic, _ in reader.words(inner, "topics")}
    return Categories(by_kind=kinds, by_topic=topics, unverified=reader.flag(fields, "unverified"))
