"""A command group that imports a command when it is called, so that the CLI starts fast."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of commands, each a module with a click command named `command`."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 click's signature
        super().__init__(*args, **kwargs)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        """The names, in the order in which a person would meet them."""
        return list(self._modules)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """The command of this name; None if there is none."""
        if cmd_name not in self._modules:
            return None
        module: Any = importlib.import_module(self._modules[cmd_name])
        command: click.Command = module.command
        return command
