"""`data/process/grounds.yaml` -> Grounds: every ground of eligibility with the days it holds on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from openimr.model.case import UrAction
from openimr.model.ground import (
    GroundCode,
    GroundOutcome,
    GroundRule,
    Grounds,
    GroundScope,
    Silence,
)
from openimr.rulebook.one_file import data_text, read_file
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "process/grounds.yaml"
_ROOT = {"checked_on": True, "grounds": True}
_GROUND = {
    **dict.fromkeys(("code", "title", "test", "outcome", "scope", "if_silent", "cure"), True),
    **dict.fromkeys(
        ("asks_first", "cure_days", "actions", "redirects", "limits", "before", "within_months"),
        False,
    ),
    **dict.fromkeys(("citation", "effective_from"), True),
    **dict.fromkeys(("effective_to", "unverified", "from_memory"), False),
}
_OWN = {
    "actions": GroundCode.NO_DISPUTE,
    "redirects": GroundCode.WRONG_FORUM,
    "limits": GroundCode.LATE,
    "before": GroundCode.OLD_REGIME,
    "within_months": GroundCode.PRIOR_IMR,
}
"""Keys that one ground needs and no other may have."""
_RUNS_FROM = ("decision", "formulary", "liability")


def load_grounds() -> Grounds:
    """The grounds shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_grounds(data_text(FILE))


def parse_grounds(text: str) -> Grounds:
    """Read the file; all problems are reported at once."""
    return read_file(text, FILE, _read)


def _read(root: Node, reader: Reader) -> Grounds:
    fields = reader.keys(root, _ROOT)
    reader.day(fields, "checked_on")
    nodes = fields["grounds"].items() if "grounds" in fields else ()
    read = [(_ground(reader, node), node) for node in nodes]
    found = [(rule, node) for rule, node in read if rule is not None]
    _check_days(found, root, reader.problems)
    return Grounds(tuple(rule for rule, _ in found))


def _ground(reader: Reader, node: Node) -> GroundRule | None:
    fields = reader.keys(node, _GROUND)
    reader.filled(fields, ("title", "test", "citation"))
    code = reader.choice(fields, "code", GroundCode)
    if code is None:
        return None
    _check_own(reader, node, fields, code)
    first, last = reader.days(fields)
    return GroundRule(
        code=code,
        title=reader.text(fields, "title"),
        test=reader.text(fields, "test"),
        outcome=reader.choice(fields, "outcome", GroundOutcome) or GroundOutcome.PROCEED,
        scope=reader.choice(fields, "scope", GroundScope) or GroundScope.CASE,
        if_silent=reader.choice(fields, "if_silent", Silence) or Silence.ASK,
        cure=reader.text(fields, "cure"),
        asks_first=reader.flag(fields, "asks_first"),
        cure_days=_number(reader, fields, "cure_days"),
        citation=reader.text(fields, "citation"),
        effective_from=first,
        effective_to=last,
        actions=_actions(reader, fields),
        redirects=_table(reader, fields, "redirects"),
        limits=_limits(reader, fields),
        before=_before(reader, fields),
        within_months=_number(reader, fields, "within_months"),
        unverified=reader.flag(fields, "unverified"),
        from_memory=reader.flag(fields, "from_memory"),
    )


def _check_own(reader: Reader, node: Node, fields: Mapping[str, Node], code: GroundCode) -> None:
    for key, owner in _OWN.items():
        if code is owner and key not in fields:
            reader.problems.add(node, f"{code} has no `{key}`", f"add `{key}:`")
        if code is not owner and key in fields:
            reader.problems.add(fields[key], f"`{key}` is of {owner} only", "take it out")


def _number(reader: Reader, fields: Mapping[str, Node], key: str) -> int | None:
    node = fields.get(key)
    if node is None:
        return None
    value = node.plain()
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        reader.problems.add(node, f"`{value}` is no whole number above 0", "write one, such as 12")
        return None
    return value


def _actions(reader: Reader, fields: Mapping[str, Node]) -> tuple[UrAction, ...]:
    found = (reader.one_of(node, UrAction) for _, node in reader.words(fields, "actions"))
    return tuple(action for action in found if action is not None)


def _limits(reader: Reader, fields: Mapping[str, Node]) -> Mapping[str, str]:
    table = _table(reader, fields, "limits")
    for key in _RUNS_FROM[:1] if "limits" in fields else ():
        if key not in table:
            reader.problems.add(fields["limits"], f"`{key}` is missing", f"add `{key}: D8`")
    for key in set(table) - set(_RUNS_FROM):
        mend = f"use one of: {', '.join(_RUNS_FROM)}"
        reader.problems.add(fields["limits"].fields()[key], f"unknown key `{key}`", mend)
    return table


def _before(reader: Reader, fields: Mapping[str, Node]) -> Mapping[str, date]:
    if "before" not in fields:
        return MappingProxyType({})
    inner = reader.keys(fields["before"], dict.fromkeys(("injury", "decision"), True))
    days = {key: reader.day(inner, key) for key in inner}
    return MappingProxyType({key: day for key, day in days.items() if day is not None})


def _table(reader: Reader, fields: Mapping[str, Node], key: str) -> Mapping[str, str]:
    node = fields.get(key)
    inner = node.fields() if node is not None else {}
    return MappingProxyType({name: reader.text(inner, name) for name in inner})


def _check_days(found: Sequence[tuple[GroundRule, Node]], root: Node, problems: Problems) -> None:
    """Every ground is there, and no day has two texts of one or falls between two."""
    for code in GroundCode:
        dated = sorted(
            ((rule, node) for rule, node in found if rule.code is code),
            key=lambda pair: pair[0].effective_from,
        )
        if not dated:
            problems.add(root, f"the ground {code} is missing", "write its entry")
        for (earlier, _), (later, node) in pairwise(dated):
            ends = earlier.effective_to
            if ends is None or later.effective_from != ends + timedelta(days=1):
                problems.add(
                    node.fields().get("effective_from", node),
                    f"{code} does not begin the day after its earlier text ends",
                    "let the earlier one end the day before",
                )
