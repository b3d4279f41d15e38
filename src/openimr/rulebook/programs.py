"""`process/regimes.yaml` and `process/programs.yaml` -> rules by day, and programs as data."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from openimr.model.clock_rules import DeadlineRule, Program, Regime
from openimr.rulebook.deadlines import Deadlines
from openimr.rulebook.yaml_nodes import Node, Problems

REGIMES, PROGRAMS = "regimes.yaml", "programs.yaml"
_REGIME = {
    **dict.fromkeys(("id", "effective_from", "changes"), True),
    **dict.fromkeys(("not_read", "unverified"), False),
}
_CHANGE = {"says": True, "citation": True, "unverified": False}
_PROGRAM = {
    **dict.fromkeys(("id", "name", "citation", "calendar", "case_number", "regimes"), True),
    **dict.fromkeys(("parameters", "unverified"), True),
    "deadlines": False,
}


def read_regimes(
    root: Node | None, deadlines: Collection[str], problems: Problems
) -> tuple[Regime, ...]:
    """The regimes in the order of their days; problems are noted."""
    if root is None:
        return ()
    reader = Deadlines(problems)
    fields = reader.keys(root, {"checked_on": True, "regimes": True})
    nodes = fields["regimes"].items() if "regimes" in fields else ()
    regimes = tuple(_regime(reader, node, deadlines) for node in nodes)
    for (earlier, later), node in zip(pairwise(regimes), nodes[1:], strict=True):
        if later.effective_from <= earlier.effective_from:
            what = f"`{later.id}` does not begin after `{earlier.id}`"
            problems.add(node, what, "list regimes by their first day")
    return regimes


def _regime(reader: Deadlines, node: Node, deadlines: Collection[str]) -> Regime:
    fields = reader.keys(node, _REGIME)
    changes = []
    for one in fields["changes"].items() if "changes" in fields else ():
        inner = reader.keys(one, _CHANGE)
        doubt = " (unverified)" if reader.flag(inner, "unverified") else ""
        says, citation = reader.text(inner, "says"), reader.text(inner, "citation")
        changes.append(f"{says} {citation}{doubt}")
    not_read = reader.words(fields, "not_read")
    for word, at in not_read:
        if word not in deadlines:
            mend = f"use one of: {', '.join(deadlines)}"
            reader.problems.add(at, f"unknown deadline `{word}`", mend)
    return Regime(
        id=reader.text(fields, "id"),
        effective_from=reader.day(fields, "effective_from") or date.min,
        changes=tuple(changes),
        not_read=tuple(word for word, _ in not_read),
        unverified=reader.flag(fields, "unverified"),
    )


def read_programs(
    root: Node | None,
    deadlines: Sequence[DeadlineRule],
    extensions: Collection[str],
    calendars: Collection[str],
    problems: Problems,
) -> Mapping[str, Program]:
    """Programs by id; one without deadlines of its own has those of `deadlines.yaml`."""
    if root is None:
        return {}
    reader = _Programs(problems)
    fields = reader.keys(root, {"checked_on": True, "programs": True})
    nodes = fields["programs"].items() if "programs" in fields else ()
    programs = (reader.program(node, deadlines, extensions, calendars) for node in nodes)
    return MappingProxyType({one.id: one for one in programs})


class _Programs(Deadlines):
    def program(
        self,
        node: Node,
        deadlines: Sequence[DeadlineRule],
        extensions: Collection[str],
        calendars: Collection[str],
    ) -> Program:
        fields = self.keys(node, _PROGRAM)
        calendar, pattern = self.text(fields, "calendar"), self.text(fields, "case_number")
        if calendar not in calendars and "calendar" in fields:
            mend = f"use one of: {', '.join(calendars)}"
            self.problems.add(fields["calendar"], f"unknown calendar `{calendar}`", mend)
        try:
            re.compile(pattern)
        except re.error as error:
            what = f"`{pattern}` is no pattern: {error}"
            self.problems.add(fields["case_number"], what, "mend the pattern")
        inner = fields["parameters"].fields() if "parameters" in fields else {}
        doubtful = self.words(fields, "unverified")
        for word, at in doubtful:
            if word not in inner and word not in fields:
                self.problems.add(at, f"no parameter `{word}`", f"use one of: {', '.join(inner)}")
        own = fields["deadlines"].items() if "deadlines" in fields else ()
        return Program(
            id=self.text(fields, "id"),
            name=self.text(fields, "name"),
            citation=self.text(fields, "citation"),
            calendar=calendar,
            case_number=pattern,
            parameters=MappingProxyType({key: self.text(inner, key) for key in inner}),
            deadlines=tuple(self.deadline(one, extensions) for one in own) or tuple(deadlines),
            regimes=self.flag(fields, "regimes"),
            unverified=tuple(word for word, _ in doubtful),
        )
