"""A data file that stands by itself: its text, and what is read of it whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TypeVar

from openimr.model.errors import RulebookInvalid
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

_Rules = TypeVar("_Rules")


def data_text(name: str) -> str:
    """The text of a shipped data file, by its path under `data/`."""
    return (files("openimr.rulebook") / "data" / name).read_text(encoding="utf-8")


def read_file(text: str, name: str, read: Callable[[Node, Reader], _Rules | None]) -> _Rules:
    """What a YAML file holds.

    Args:
        text: of the file.
        name: of the file, for messages.
        read: reads its root and notes what is wrong with it.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    problems = Problems()
    root = read_yaml(text, name, problems)
    found = read(root, Reader(problems)) if root is not None else None
    if found is None or problems.lines:
        raise RulebookInvalid(tuple(problems.lines))
    return found
