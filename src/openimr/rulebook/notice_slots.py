"""What is between braces in a template, and whether everything that it must say is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from openimr.model.notice import ListSlot, NoticeTemplate, Slot, TemplatePart
from openimr.rulebook.yaml_nodes import Node, Problems

_SLOT = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


def check_slots(problems: Problems, node: Node, texts: Iterable[str]) -> None:
    """Note names that nobody knows, and braces without a partner."""
    for text in texts:
        for name in _SLOT.findall(text):
            if name in set(ListSlot):
                problems.add(node, f"`{{{name}}}` is a list", f"write it as `each: {name}`")
            elif name not in set(Slot):
                problems.add(node, f"unknown slot `{{{name}}}`", f"use one of: {', '.join(Slot)}")
        if _BRACE.search(_SLOT.sub("", text)):
            problems.add(node, "a brace has no partner", "write slots as {name}")


def check_required(
    problems: Problems, fields: Mapping[str, Node], template: NoticeTemplate
) -> None:
    """Note what the template says that it must say and does not."""
    said = {name for part in template.parts for name in _named(part)}
    places = fields["requires"].fields() if "requires" in fields else {}
    for slot, citation in template.requires.items():
        if slot not in said:
            what = f"required content `{slot}` ({citation}) is in no part"
            how = f"each: {slot}" if slot in set(ListSlot) else f"{{{slot}}}"
            problems.add(places[slot], what, f"say it with `{how}`, or drop the requirement")


def _named(part: TemplatePart) -> Iterable[str]:
    yield from ([part.each] if part.each is not None else ())
    for text in part.texts:
        yield from _SLOT.findall(text)
