"""A licensee's pack: its manifest, and what it may take the place of.

A pack is a folder with `pack.yaml` and `guidelines/<guideline>/<edition>/<topic>.yaml`; it may hold
a `settings.yaml`. Its topics join the rulebook's, are checked in the same way and are part of the
hash. A shell of ours gives way to a topic of the same days; a topic with criteria gives way only
where the manifest says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable

from openimr.model.edition import overlap
from openimr.model.ids import TopicId
from openimr.model.pack import PREFIX, Pack, pack_name
from openimr.model.rule import Topic
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

MANIFEST = "pack.yaml"
SETTINGS = "settings.yaml"
_KEYS = {
    **dict.fromkeys(("name", "title", "edition", "licence", "source", "dated"), True),
    "effective_from": True,
    "effective_to": False,
    "replaces": False,
}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def walk_pack(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """The files of a pack that are read, by rulebook name; others in the folder are its maker's."""
    found: dict[str, bytes] = {}
    for entry in _sorted(folder):
        if entry.is_dir() and entry.name == "guidelines":
            found |= dict(_walk_topics(entry, "guidelines/"))
        elif entry.is_file() and entry.name in {MANIFEST, SETTINGS}:
            found[entry.name] = entry.read_bytes()
    name = _named(found.get(MANIFEST, b"")) or folder.name
    for path, data in found.items():
        yield f"{PREFIX}{name}/{path}", data
    if MANIFEST not in found:
        yield f"{PREFIX}{name}/{MANIFEST}", b""


def _walk_topics(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in _sorted(folder):
        if entry.is_dir():
            yield from _walk_topics(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".yaml", ".yml")):
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _sorted(folder: Traversable) -> list[Traversable]:
    entries = (entry for entry in folder.iterdir() if not entry.name.startswith("."))
    return sorted(entries, key=lambda entry: entry.name)


def _named(data: bytes) -> str:
    """The name that a manifest gives; empty where it gives none that can be used."""
    root = read_yaml(data.decode("utf-8", "replace"), MANIFEST, Problems())
    node = root.fields().get("name") if root is not None else None
    name = str(node.plain()) if node is not None else ""
    return name if _NAME.fullmatch(name) else ""


def read_manifest(root: Node, sha256: str, problems: Problems) -> Pack:
    """The manifest of a pack; problems are noted.

    Args:
        root: the file.
        sha256: over all files of the pack.
        problems: where to note what is wrong.
    """
    reader = Reader(problems)
    fields = reader.keys(root, _KEYS)
    name = reader.text(fields, "name")
    if name and not _NAME.fullmatch(name):
        mend = "use small letters, digits and hyphens"
        problems.add(fields["name"], f"`{name}` is no name of a pack", mend)
    reader.filled(fields, ("title", "edition", "licence", "source"))
    first, last = reader.days(fields)
    return Pack(
        name=name,
        title=reader.text(fields, "title"),
        edition=reader.text(fields, "edition"),
        licence=reader.text(fields, "licence"),
        source=reader.text(fields, "source"),
        dated=reader.day(fields, "dated") or date.min,
        effective_from=first,
        effective_to=last,
        replaces=tuple(TopicId(word) for word, _ in reader.words(fields, "replaces")),
        sha256=sha256,
    )


def check_pack(
    pack: Pack, topics: tuple[Topic, ...], roots: Mapping[str, Node | None], problems: Problems
) -> None:
    """A pack's topics lie within its days, and what it replaces is there to be replaced."""
    own = [topic for topic in topics if pack_name(topic.file) == pack.name]
    manifest = roots.get(f"{PREFIX}{pack.name}/{MANIFEST}")
    if manifest is None:
        return
    for topic in own:
        ends = topic.effective_to or date.max
        if topic.effective_from == date.min:  # its day cannot be read, which is told already
            continue
        if topic.effective_from < pack.effective_from or ends > (pack.effective_to or date.max):
            at = roots[topic.file] or manifest
            at = at.fields().get("effective_from", at)
            what = f"the days go beyond those of the pack {pack.name}"
            problems.add(at, what, f"mend them here or in {MANIFEST}")
    for name in pack.replaces:
        if not any(replaces(mine, other) for mine in own for other in topics if mine.id == name):
            what = f"nothing of ours is replaced by `{name}`"
            problems.add(manifest.fields()["replaces"], what, "remove it from `replaces:`")


def replaces(topic: Topic, other: Topic) -> bool:
    """Whether a pack's topic takes the place of one of ours on some day."""
    return (
        bool(pack_name(topic.file))
        and not pack_name(other.file)
        and topic.id == other.id
        and overlap(topic, other)
    )
