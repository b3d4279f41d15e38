"""`process/deadlines.yaml` -> time limits, what service adds, and what acts do to clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from types import MappingProxyType

from openimr.model.application import Priority
from openimr.model.clock_rules import (
    EVERY,
    ActClocks,
    ClockStart,
    DeadlineRule,
    Extension,
    Roll,
    TimeLimit,
)
from openimr.model.deadline import DeadlineUnit
from openimr.model.party import PartyRole, ServiceMethod
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "deadlines.yaml"
_ROOT = dict.fromkeys(("checked_on", "extensions", "deadlines", "acts"), True)
_NEEDED = ("trigger", "act", "who", "if_missed", "citation", "length", "unit")
_LIMIT = {
    **dict.fromkeys(_NEEDED, True),
    **dict.fromkeys(("variant", "hours", "extension", "extension_unverified", "services"), False),
    **dict.fromkeys(("receipt", "evening_fax", "up_to", "roll", "actor", "note"), False),
    **dict.fromkeys(("effective_from", "effective_to", "unverified"), False),
}
_EXTENSION = {
    **dict.fromkeys(("service", "length", "unit", "citation"), True),
    **dict.fromkeys(("effective_from", "effective_to", "unverified"), False),
}
_ACT = dict.fromkeys(("starts", "meets", "ends", "suspends", "resumes"), False)
_START = {
    "deadline": True,
    **dict.fromkeys(("variant", "dated", "sent", "priorities", "services", "replaces"), False),
    **dict.fromkeys(("from_due", "retrospective", "given"), False),
}


class Deadlines(Reader):
    """Reads deadlines, of this file or of a program."""

    def deadline(self, node: Node, extensions: Collection[str]) -> DeadlineRule:
        """A deadline; its own keys hold for each of its limits that does not say otherwise."""
        shared = dict(node.fields())
        if not node.is_mapping:
            self.keys(node, {})
        named = [shared.pop(key, None) for key in ("id", "title", "limits")]
        for key, value in zip(("id", "title", "limits"), named, strict=True):
            if value is None and node.is_mapping:
                self.problems.add(node, f"`{key}` is missing", f"add `{key}:`")
        identity, title, listed = named
        name = str(identity.plain()) if identity is not None else node.path
        limits = listed.items() if listed is not None else ()
        if listed is not None and not limits:
            self.problems.add(listed, f"{name} has no limits", "write at least one")
        found = tuple(
            self._limit(one.at(f"deadlines.{name}.limits[{place}]"), shared, extensions)
            for place, one in enumerate(limits)
        )
        self._check_one_each_day(node, name, found)
        return DeadlineRule(
            id=name, title=str(title.plain()) if title is not None else "", limits=found
        )

    def _limit(
        self, node: Node, shared: Mapping[str, Node], extensions: Collection[str]
    ) -> TimeLimit:
        fields = self.known(node, {**shared, **node.fields()}, _LIMIT)
        extension = self.text(fields, "extension")
        if extension and extension not in extensions:
            mend = f"use one of: {', '.join(extensions)}"
            self.problems.add(fields["extension"], f"unknown extension `{extension}`", mend)
        unit = self.choice(fields, "unit", DeadlineUnit) or DeadlineUnit.CALENDAR_DAYS
        length, first, last = self.number(fields, "length", 0), *self.days(fields)
        if length <= 0 and unit is not DeadlineUnit.IMMEDIATELY and "length" in fields:
            self.problems.add(fields["length"], f"`{length}` is no length", "write a number from 1")
        return TimeLimit(
            variant=self.text(fields, "variant"),
            trigger=self.text(fields, "trigger"),
            act=self.text(fields, "act"),
            length=length,
            unit=unit,
            hours=self.number(fields, "hours", 0),
            extension=extension,
            extension_unverified=self.flag(fields, "extension_unverified"),
            services=self.members(fields, "services", ServiceMethod),
            from_receipt=self.flag(fields, "receipt"),
            evening_fax=self.flag(fields, "evening_fax"),
            up_to=self.flag(fields, "up_to"),
            roll=self.choice(fields, "roll", Roll) or Roll.NEVER,
            actor=self.choice(fields, "actor", PartyRole),
            who=self.text(fields, "who"),
            if_missed=self.text(fields, "if_missed"),
            note=self.text(fields, "note"),
            citation=self.text(fields, "citation"),
            effective_from=first,
            effective_to=last,
            unverified=self.flag(fields, "unverified"),
        )

    def _check_one_each_day(self, node: Node, name: str, limits: Iterable[TimeLimit]) -> None:
        """On one day a variant has one text."""
        for one, other in combinations(limits, 2):
            if one.variant == other.variant and (
                one.in_force(other.effective_from) or other.in_force(one.effective_from)
            ):
                which = f" ({one.variant})" if one.variant else ""
                what = f"two texts of {name}{which} are in force on one day"
                self.problems.add(node, what, "give dates, or a `variant` each")

    def extensions(self, node: Node | None) -> tuple[Extension, ...]:
        """What each way of service adds under each rule."""
        found: list[Extension] = []
        for rule in node.items() if node is not None else ():
            fields = self.keys(rule, {"id": True, "rules": True})
            name = self.text(fields, "id")
            listed = fields["rules"].items() if "rules" in fields else ()
            found.extend(self._extension(one, name) for one in listed)
        return tuple(found)

    def _extension(self, node: Node, rule: str) -> Extension:
        fields = self.keys(node, _EXTENSION)
        first, last = self.days(fields)
        length = self.number(fields, "length", 0)
        if length < 0:
            self.problems.add(fields["length"], "an extension takes time away", "write 0 or more")
        return Extension(
            rule=rule,
            service=self.choice(fields, "service", ServiceMethod) or ServiceMethod.PERSONAL,
            length=length,
            unit=self.choice(fields, "unit", DeadlineUnit) or DeadlineUnit.CALENDAR_DAYS,
            citation=self.text(fields, "citation"),
            effective_from=first,
            effective_to=last,
            unverified=self.flag(fields, "unverified"),
        )

    def acts(self, node: Node | None, known: Mapping[str, DeadlineRule]) -> dict[str, ActClocks]:
        """What each act does to clocks."""
        return {
            name: self._act(name, one, known)
            for name, one in (node.fields() if node is not None else {}).items()
        }

    def _act(self, name: str, node: Node, known: Mapping[str, DeadlineRule]) -> ActClocks:
        fields = self.keys(node, _ACT)
        starts = fields["starts"].items() if "starts" in fields else ()
        lists = {
            key: self._ids(fields, key, known) for key in ("meets", "ends", "suspends", "resumes")
        }
        return ActClocks(act=name, starts=tuple(self._start(one, known) for one in starts), **lists)

    def _start(self, node: Node, known: Mapping[str, DeadlineRule]) -> ClockStart:
        fields = self.keys(node, _START)
        deadline, variant = self.text(fields, "deadline"), self.text(fields, "variant")
        rule = known.get(deadline)
        if "deadline" in fields and rule is None:
            self._unknown(fields["deadline"], deadline, known)
        if variant and rule is not None and variant not in {one.variant for one in rule.limits}:
            what = f"{deadline} has no variant `{variant}`"
            self.problems.add(fields["variant"], what, "use a variant of its limits")
        return ClockStart(
            deadline=deadline,
            variant=variant,
            dated=tuple(word for word, _ in self.words(fields, "dated")),
            sent=tuple(word for word, _ in self.words(fields, "sent")),
            priorities=self.members(fields, "priorities", Priority),
            services=self.members(fields, "services", ServiceMethod),
            replaces=self._ids(fields, "replaces", known),
            from_due=self.flag(fields, "from_due"),
            retrospective=(
                self.flag(fields, "retrospective") if "retrospective" in fields else None
            ),
            given=tuple(word for word, _ in self.words(fields, "given")),
        )

    def _ids(
        self, fields: Mapping[str, Node], key: str, known: Mapping[str, DeadlineRule]
    ) -> tuple[str, ...]:
        found = self.words(fields, key)
        for word, at in found:
            if word not in known and word != EVERY:
                self._unknown(at, word, known)
        return tuple(word for word, _ in found)

    def _unknown(self, at: Node, word: str, known: Iterable[str]) -> None:
        self.problems.add(at, f"unknown deadline `{word}`", f"use one of: {', '.join(known)}")


def read_deadlines(
    root: Node | None, problems: Problems
) -> tuple[tuple[DeadlineRule, ...], tuple[Extension, ...], Mapping[str, ActClocks]]:
    """Deadlines, extensions and acts; problems are noted."""
    if root is None:
        return (), (), {}
    reader = Deadlines(problems)
    fields = reader.keys(root, _ROOT)
    extensions = reader.extensions(fields.get("extensions"))
    rules = tuple(dict.fromkeys(one.rule for one in extensions))
    nodes = fields["deadlines"].items() if "deadlines" in fields else ()
    deadlines: dict[str, DeadlineRule] = {}
    for node in nodes:
        found = reader.deadline(node, rules)
        if found.id in deadlines:
            problems.add(node, f"the deadline {found.id} stands twice", "keep one of the two")
        deadlines[found.id] = found
    acts = reader.acts(fields.get("acts"), deadlines)
    return tuple(deadlines.values()), extensions, MappingProxyType(acts)
