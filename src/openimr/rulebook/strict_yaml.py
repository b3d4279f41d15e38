"""YAML as data files need it: safe, and a key given twice is an error, not a lost value."""

from __future__ import annotations

from collections.abc import Hashable

import yaml


class _Strict(yaml.CSafeLoader):
    """The safe loader that refuses a repeated key."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Hashable, object]:
    seen: dict[Hashable, object] = {}
    for key_node, value_node in node.value:
        key: Hashable = loader.construct_object(key_node, deep=True)
        if key in seen:
            line = key_node.start_mark.line + 1
            raise yaml.MarkedYAMLError(
                problem=f"line {line}: {key} stands twice in one entry; keep one"
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse_yaml(text: str) -> object:
    """The content of a data file.

    Raises:
        yaml.YAMLError: the text is not YAML, or gives a key twice.
    """
    return yaml.load(text, Loader=_Strict)  # noqa: S506 a safe loader, made strict
