"""`process/specialties.yaml` -> Specialties: how they are written, and what each treats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openimr.model.assignment_rules import (
    Degree,
    ReviewSpecialty,
    Specialties,
    Treats,
    fold_specialty,
)
from openimr.model.ids import TopicId
from openimr.model.request import RequestKind
from openimr.model.reviewer import Profession
from openimr.model.rule import Group
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "process/specialties.yaml"
_ROOT = dict.fromkeys(("source", "verified_on", "unverified", "specialties", "treats"), True)
_SPECIALTY = {"name": True} | dict.fromkeys(("synonyms", "boards", "professions", "akin"), False)
_TREATS = {"specialty": True, "degree": True, "why": True} | dict.fromkeys(
    ("topics", "groups", "except", "kinds", "body_parts"), False
)


@dataclass(frozen=True, slots=True)
class KnownCare:
    """What the other data files name, for checking."""

    groups: tuple[Group, ...]
    body_parts: frozenset[str]

    @property
    def topics(self) -> frozenset[TopicId]:
        """Every topic."""
        return frozenset(topic for group in self.groups for topic in group.topics)


def read_specialties(root: Node, known: KnownCare, problems: Problems) -> Specialties:
    """The vocabulary; a topic that no specialty treats the same is noted."""
    reader = Reader(problems)
    fields = reader.keys(root, _ROOT)
    reader.day(fields, "verified_on")
    nodes = fields["specialties"].items() if "specialties" in fields else ()
    found: dict[str, ReviewSpecialty] = {}
    names: dict[str, str] = {}
    for node in nodes:
        one = _specialty(reader, node)
        for written in (one.name, *one.synonyms):
            if fold_specialty(written) in names:
                what = f"`{written}` names `{names[fold_specialty(written)]}` already"
                problems.add(node, what, "keep it at one specialty")
            names[fold_specialty(written)] = one.name
        found[one.name] = one
    for node, each in zip(nodes, found.values(), strict=False):
        for other in each.akin:
            if other not in found:
                mend = "write the name of a specialty of this file"
                problems.add(node, f"unknown specialty `{other}`", mend)
    rows = fields["treats"].items() if "treats" in fields else ()
    treats = tuple(_Row(reader, known, found).read(row) for row in rows)
    _check_covered(reader, fields.get("treats", root), treats, known)
    return Specialties(
        all=MappingProxyType(found),
        treats=treats,
        names=MappingProxyType(names),
        unverified=reader.flag(fields, "unverified"),
    )


def _specialty(reader: Reader, node: Node) -> ReviewSpecialty:
    fields = reader.keys(node, _SPECIALTY)
    reader.filled(fields, ("name",))
    akin = fields["akin"].fields() if "akin" in fields else {}
    professions = fields["professions"].items() if "professions" in fields else ()
    chosen = tuple(filter(None, (reader.one_of(one, Profession) for one in professions)))
    boards = tuple(word for word, _ in reader.words(fields, "boards"))
    physicians = chosen or (Profession.MEDICINE, Profession.OSTEOPATHY)
    if not boards and {Profession.MEDICINE, Profession.OSTEOPATHY} & set(physicians):
        reader.problems.add(node, "no board certifies it", "add `boards:`, or `professions:`")
    return ReviewSpecialty(
        name=reader.text(fields, "name"),
        synonyms=tuple(word for word, _ in reader.words(fields, "synonyms")),
        boards=boards,
        professions=physicians,
        akin=MappingProxyType({key: reader.text(akin, key) for key in akin}),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    reader: Reader
    known: KnownCare
    specialties: Mapping[str, ReviewSpecialty]

    def read(self, node: Node) -> Treats:
        fields = self.reader.keys(node, _TREATS)
        self.reader.filled(fields, ("why",))
        name = self.reader.text(fields, "specialty")
        if name not in self.specialties:
            mend = "write the name of a specialty of this file"
            self.reader.problems.add(node, f"unknown specialty `{name}`", mend)
        kinds = fields["kinds"].items() if "kinds" in fields else ()
        topics = self._topics(fields)
        if bool(topics) == bool(kinds):
            what = "the row names neither topics nor kinds, or both"
            self.reader.problems.add(node, what, "give `topics:` or `groups:`, or else `kinds:`")
        return Treats(
            specialty=name,
            degree=self.reader.choice(fields, "degree", Degree) or Degree.SIMILAR,
            why=self.reader.text(fields, "why"),
            topics=topics,
            kinds=frozenset(filter(None, (self.reader.one_of(k, RequestKind) for k in kinds))),
            body_parts=self._members(fields, "body_parts", self.known.body_parts),
        )

    def _topics(self, fields: Mapping[str, Node]) -> frozenset[TopicId]:
        groups = {group.id: group.topics for group in self.known.groups}
        named = self._members(fields, "groups", frozenset(groups))
        grouped = {topic for name in named for topic in groups.get(name, ())}
        listed = self._members(fields, "topics", frozenset(map(str, self.known.topics)))
        left_out = self._members(fields, "except", frozenset(map(str, self.known.topics)))
        return frozenset({*grouped, *map(TopicId, listed)} - set(map(TopicId, left_out)))

    def _members(
        self, fields: Mapping[str, Node], key: str, allowed: frozenset[str]
    ) -> frozenset[str]:
        words = self.reader.words(fields, key)
        for word, at in words:
            if word not in allowed:
                mend = "write it as the rulebook and its vocabulary do"
                self.reader.problems.add(at, f"unknown word `{word}` in `{key}`", mend)
        return frozenset(word for word, _ in words)


def _check_covered(reader: Reader, at: Node, treats: tuple[Treats, ...], known: KnownCare) -> None:
    """Each topic, and each kind where no topic is known, has a specialty that treats it."""
    same = {t for row in treats if row.degree is Degree.SAME for t in row.topics}
    for topic in sorted(known.topics - same):
        what = f"no specialty treats the topic `{topic}` as its own"
        reader.problems.add(at, what, "add it to a row of degree same")
    kinds = {kind for row in treats for kind in row.kinds}
    for kind in RequestKind:
        if kind not in kinds:
            what = f"no specialty treats requests of the kind `{kind}`"
            reader.problems.add(at, what, "add it to the `kinds:` of a row")
