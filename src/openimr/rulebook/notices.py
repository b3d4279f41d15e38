"""`data/process/notices/*.yaml` -> NoticeTemplates: what each notice says, to whom, and since when.

An unknown slot, role or condition, and content that the law wants and no paragraph has, are named
with file, line and mend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

from openimr.model.errors import RulebookInvalid
from openimr.model.notice import (
    Addressee,
    Condition,
    ListSlot,
    NoticeRole,
    NoticeTemplate,
    PartKind,
    Represented,
    Sender,
    Slot,
    TemplatePart,
)
from openimr.model.transition import TransitionTable
from openimr.rulebook.notice_slots import check_required, check_slots
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

FOLDER, TABLE = "process/notices", "process/transitions.yaml"
_ROOT = {
    **dict.fromkeys(("id", "title", "sender", "acts", "to", "requires", "parts"), True),
    **dict.fromkeys(("citation", "checked_on", "effective_from"), True),
    **dict.fromkeys(("effective_to", "unverified", "note"), False),
}
_TO = {"role": True, "needed": False, "represented": False}
_PART = dict.fromkeys(("heading", "say", "bullets", "each", "for", "when", "unless"), False)
_KINDS = {
    "heading": PartKind.HEADING,
    "say": PartKind.SAY,
    "bullets": PartKind.BULLETS,
    "each": PartKind.BULLETS,
}
_Word = TypeVar("_Word", NoticeRole, Condition)


@lru_cache(maxsize=1)
def load_notices() -> Mapping[str, NoticeTemplate]:
    """The templates shipped with the package, by id.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    folder = files("openimr.rulebook") / "data" / FOLDER
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".yaml"))
    return parse_notices({name: (folder / name).read_text(encoding="utf-8") for name in found})


def parse_notices(texts: Mapping[str, str]) -> Mapping[str, NoticeTemplate]:
    """Read the files, by name; all problems are reported at once."""
    problems = Problems()
    reader = _Templates(problems)
    found: dict[str, NoticeTemplate] = {}
    for name, text in texts.items():
        root = read_yaml(text, f"{FOLDER}/{name}", problems)
        if root is None:
            continue
        template = reader.template(root)
        if name != f"{template.kind}.yaml":
            problems.add(
                root, f"the id is `{template.kind}`", f"call the file {template.kind}.yaml"
            )
        found[template.kind] = template
    if problems.lines:
        raise RulebookInvalid(tuple(problems.lines))
    return MappingProxyType(found)


def check_called(notices: Mapping[str, NoticeTemplate], table: TransitionTable) -> None:
    """Lay templates and table against each other.

    Raises:
        RulebookInvalid: an act calls for a notice without a template, or a template names an act
            that the table has not.
    """
    problems = Problems()
    acts = {row.act for row in table.rows}
    for row in table.rows:
        if row.notice and row.notice not in notices:
            what = f"`{row.act}` calls for the notice `{row.notice}`, which has no template"
            problems.note(TABLE, row.act, what, f"write {FOLDER}/{row.notice}.yaml")
        elif row.notice and row.act not in notices[row.notice].acts:
            what = f"the notice `{row.notice}` does not name the act `{row.act}` that calls for it"
            problems.note(f"{FOLDER}/{row.notice}.yaml", "acts", what, f"add `{row.act}: []`")
    for template in notices.values():
        for act in template.acts:
            if act not in acts:
                place = f"{FOLDER}/{template.kind}.yaml"
                problems.note(
                    place, f"acts.{act}", f"there is no act `{act}`", f"use an act of {TABLE}"
                )
    if problems.lines:
        raise RulebookInvalid(tuple(problems.lines))


class _Templates(Reader):
    def template(self, root: Node) -> NoticeTemplate:
        fields = self.keys(root, _ROOT)
        self.filled(fields, ("id", "title", "citation"))
        first, last = self.days(fields)
        template = NoticeTemplate(
            kind=self.text(fields, "id"),
            title=self.text(fields, "title"),
            sender=self.choice(fields, "sender", Sender) or Sender.REVIEW_ORGANIZATION,
            acts=self._acts(fields),
            addressees=tuple(map(self._addressee, _items(fields, "to"))),
            parts=tuple(map(self._part, _items(fields, "parts"))),
            requires=self._requires(fields),
            citation=self.text(fields, "citation"),
            checked_on=self.day(fields, "checked_on"),
            effective_from=first,
            effective_to=last,
            unverified=self.flag(fields, "unverified"),
            note=self.text(fields, "note"),
        )
        for key, found in (("to", template.addressees), ("parts", template.parts)):
            if key in fields and not found:
                self.problems.add(fields[key], f"`{key}` is empty", "list at least one entry")
        check_required(self.problems, fields, template)
        return template

    def _acts(self, fields: Mapping[str, Node]) -> Mapping[str, tuple[str, ...]]:
        inner = fields["acts"].fields() if "acts" in fields else {}
        if "acts" in fields and not inner:
            self.problems.add(fields["acts"], "no act calls for it", "write `act: []` under it")
        return MappingProxyType(
            {act: tuple(word for word, _ in self.words(inner, act)) for act in inner}
        )

    def _addressee(self, node: Node) -> Addressee:
        fields = self.keys(node, _TO)
        represented = self.choice(fields, "represented", Represented)
        role = self.choice(fields, "role", NoticeRole)
        if represented is Represented.INSTEAD and role is not NoticeRole.INJURED_EMPLOYEE:
            self.problems.add(node, "only the employee is represented", "take `represented` out")
        return Addressee(
            role=role or NoticeRole.INJURED_EMPLOYEE,
            needed=self.flag(fields, "needed"),
            represented=represented or Represented.BESIDE,
        )

    def _requires(self, fields: Mapping[str, Node]) -> Mapping[Slot | ListSlot, str]:
        inner = fields["requires"].fields() if "requires" in fields else {}
        found: dict[Slot | ListSlot, str] = {}
        for name, node in inner.items():
            if name in set(Slot):
                found[Slot(name)] = self.text(inner, name)
            elif name in set(ListSlot):
                found[ListSlot(name)] = self.text(inner, name)
            else:
                known = ", ".join((*Slot, *ListSlot))
                self.problems.add(node, f"unknown slot `{name}`", f"use one of: {known}")
        return MappingProxyType(found)

    def _part(self, node: Node) -> TemplatePart:
        fields = self.keys(node, _PART)
        kinds = [key for key in _KINDS if key in fields]
        if len(kinds) != 1:
            mend = f"write one of {', '.join(_KINDS)} in each entry"
            self.problems.add(node, "an entry says one thing", mend)
            return TemplatePart(kind=PartKind.SAY)
        kind = kinds[0]
        texts = _texts(self, fields, kind) if kind != "each" else ()
        check_slots(self.problems, fields[kind], texts)
        return TemplatePart(
            kind=_KINDS[kind],
            texts=texts,
            each=self.choice(fields, "each", ListSlot),
            readers=self._each_of(fields, "for", NoticeRole),
            when=self._each_of(fields, "when", Condition),
            unless=self._each_of(fields, "unless", Condition),
        )

    def _each_of(
        self, fields: Mapping[str, Node], key: str, kind: type[_Word]
    ) -> tuple[_Word, ...]:
        found: Iterable[_Word | None] = (
            self.one_of(node, kind) for _, node in self.words(fields, key)
        )
        return tuple(one for one in found if one is not None)


def _items(fields: Mapping[str, Node], key: str) -> tuple[Node, ...]:
    return fields[key].items() if key in fields else ()


def _texts(reader: Reader, fields: Mapping[str, Node], kind: str) -> tuple[str, ...]:
    """Of a list, each entry; else the one text. Line ends of the file are spaces of the letter."""
    if kind == "bullets":
        texts = tuple(word for word, _ in reader.words(fields, kind))
    else:
        texts = (reader.text(fields, kind),)
    for text in texts or ("",):
        if not text.strip():
            reader.problems.add(fields[kind], f"`{kind}` is empty", "say it in a few words")
    return tuple(" ".join(text.split()) for text in texts)
