"""Every rulebook file -> Rulebook, with a hash of each file and over all.

Problems are collected, not raised one by one: a person mends a file once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from openimr.model.errors import RulebookInvalid
from openimr.model.pack import PREFIX, Pack, pack_name
from openimr.model.rule import Rulebook, Settings, Topic
from openimr.rulebook.across import check_across
from openimr.rulebook.asof import topics_for
from openimr.rulebook.catalogue import read_catalogue
from openimr.rulebook.editions import check_registered, read_register
from openimr.rulebook.groups import read_groups
from openimr.rulebook.likeness import models_of
from openimr.rulebook.packs import MANIFEST, SETTINGS, check_pack, read_manifest, walk_pack
from openimr.rulebook.schema import read_topic
from openimr.rulebook.settings import read_settings
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

__all__ = ["load_rulebook", "topics_for"]
_GUIDELINES = "guidelines/"
_SINGLE = frozenset(
    {"tests.yaml", "concepts.yaml", SETTINGS, "coverage.yaml", "editions.yaml", "groups.yaml"}
)


def load_rulebook(packs: Sequence[Path] = ()) -> Rulebook:
    """The rulebook shipped with the package, and licensees' packs beside it.

    Args:
        packs: folders with a `pack.yaml` and `guidelines/<guideline>/<edition>/<topic>.yaml`; a
            `settings.yaml` of a pack takes the place of the shipped one.

    Raises:
        RulebookInvalid: with one line for every problem of every file.
    """
    found = dict(_walk(files("openimr.rulebook") / "data", ""))
    twice: list[str] = []
    for folder in packs:
        walked = dict(walk_pack(folder))
        twice += [name for name in walked if name in found][:1]
        found |= walked
    return _read(tuple(found.items()), tuple(twice))


@lru_cache(maxsize=2)
def _read(files_found: tuple[tuple[str, bytes], ...], twice: tuple[str, ...]) -> Rulebook:
    """The rulebook of these files, read once for those in use; files of one name are refused."""
    found = dict(files_found)
    problems = Problems()
    for name in twice:
        what = f"two packs are called {pack_name(name)}"
        problems.note(f"{name}:1", "name", what, "give each pack a name of its own")
    nodes = {name: _parse(name, data, problems) for name, data in found.items() if _is_ours(name)}
    hashes = _hashes(found)
    manifests = _manifests(nodes, hashes, problems)
    catalogue = read_catalogue(nodes.get("tests.yaml"), nodes.get("concepts.yaml"), problems)
    roots = [node for name, node in sorted(nodes.items()) if node and _is_topic(name)]
    models = models_of(roots)
    topics = tuple(read_topic(node, catalogue, problems, models) for node in roots)
    topics = tuple(sorted(topics, key=lambda topic: not pack_name(topic.file)))
    check_across(topics, manifests, nodes, problems)
    for pack in manifests:
        check_pack(pack, topics, nodes, problems)
    register = read_register(nodes.get("editions.yaml"), topics, problems)
    check_registered(topics, nodes, register, problems)
    _check_coverage(topics, nodes.get("coverage.yaml"), problems)
    groups = read_groups(nodes.get("groups.yaml"), topics, problems)
    settings = _settings(nodes, problems)
    if problems.lines:
        raise RulebookInvalid(tuple(problems.lines))
    return Rulebook(
        topics=topics,
        settings=settings,
        files=MappingProxyType(hashes),
        sha256=_over_all(hashes),
        texts=register.texts,
        authorisation=register.authorisation,
        packs=manifests,
        groups=groups,
        tests=MappingProxyType({name: test.says for name, test in catalogue.tests.items()}),
    )


def data_sha256(packs: Sequence[Path] = ()) -> str:
    """The hash over every data file, rules or vocabulary, that `load_rulebook` would see."""
    found = dict(_walk(files("openimr.rulebook") / "data", ""))
    for folder in packs:
        found |= dict(walk_pack(folder))
    return _over_all(_hashes(found))


def _hashes(found: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(found.items())}


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Every data file below a folder by its path with `/`; code and hidden files left out."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _is_topic(name: str) -> bool:
    """Whether a file is a topic, of ours or of a pack."""
    bare = name.removeprefix(f"{PREFIX}{pack_name(name)}/")
    return bare.startswith(_GUIDELINES) and bare.endswith((".yaml", ".yml"))


def _is_ours(name: str) -> bool:
    """Lexicon, drugs and others have loaders of their own; here they are hashed only."""
    return name in _SINGLE or bool(pack_name(name)) or _is_topic(name)


def _parse(name: str, data: bytes, problems: Problems) -> Node | None:
    if not data and name.endswith(f"/{MANIFEST}"):
        mend = "write name, title, edition, licence, source, dated and effective_from into it"
        problems.note(name, "", "the pack has no manifest", mend)
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.note(f"{name}:1", "", f"not UTF-8 at byte {error.start}", "save it as UTF-8")
        return None
    return read_yaml(text, name, problems)


def _over_all(hashes: Mapping[str, str]) -> str:
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _manifests(
    nodes: Mapping[str, Node | None], hashes: Mapping[str, str], problems: Problems
) -> tuple[Pack, ...]:
    """The manifest of each pack, in the order of their names."""
    found = []
    for name in sorted({pack_name(file) for file in nodes} - {""}):
        root = nodes.get(f"{PREFIX}{name}/{MANIFEST}")
        own = {file: digest for file, digest in hashes.items() if pack_name(file) == name}
        if root is not None:
            found.append(read_manifest(root, _over_all(own), problems))
    return tuple(found)


def _settings(nodes: Mapping[str, Node | None], problems: Problems) -> Settings:
    """The settings of a pack where one brings some, else the shipped ones."""
    of_packs = [name for name in nodes if pack_name(name) and name.endswith(f"/{SETTINGS}")]
    for name in of_packs[1:]:
        what = f"{of_packs[0]} sets the policy switches already"
        problems.note(f"{name}:1", "", what, "keep the settings of one pack")
    node = nodes.get(of_packs[0] if of_packs else SETTINGS)
    return read_settings(node, problems) if node is not None else Settings()


def _check_coverage(topics: tuple[Topic, ...], root: Node | None, problems: Problems) -> None:
    """The register of coverage names exactly the topic files shipped."""
    if root is None:
        return
    listed = {
        (name, str(node.fields()["edition"].plain()), str(node.fields()["file"].plain())): node
        for name, node in root.fields().items()
        if {"edition", "file"} <= set(node.fields())
    }
    shipped = {(t.id, t.edition, t.file) for t in topics if not pack_name(t.file)}
    for key, node in listed.items():
        if key not in shipped:
            problems.add(node, f"no such topic file: {key[2]}", "remove the line or add the file")
    for name, edition, file in sorted(shipped - set(listed)):
        what = f"the topic `{name}` of edition {edition} is not registered"
        problems.note("coverage.yaml:1", "", what, f"add a line with the file {file}")
