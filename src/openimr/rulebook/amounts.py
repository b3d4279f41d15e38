"""Numbers in data files of the process: whole or not, in bounds, noted where they are not."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node


def whole(reader: Reader, fields: Mapping[str, Node], key: str, *, least: int = 0) -> int:
    """A whole number, not below `least`; `least` where the key is not there."""
    node = fields.get(key)
    if node is None:
        return least
    value = node.plain()
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        reader.problems.add(node, f"`{key}` is no whole number", f"write {least} or more")
        return least
    return value


def amount(reader: Reader, fields: Mapping[str, Node], key: str) -> float | None:
    """A number of zero or more; None where the key is not there."""
    node = fields.get(key)
    if node is None:
        return None
    value = node.plain()
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        reader.problems.add(node, f"`{key}` is no number", "write a number such as 24 or 0.05")
        return None
    return float(value)
