"""The reference of all commands, written from their own help."""

from __future__ import annotations

from collections.abc import Iterator

import click

from openimr.cli.main import cli

_HEAD = """# Commands

Written from `--help` by `docs/make_cli_reference.py`. Data goes to stdout, talk and progress to
stderr; exit codes are in [errors.md](errors.md).
"""


def reference_page() -> str:
    """`docs/reference/cli.md`."""
    root = click.Context(cli, info_name="openimr", **cli.context_settings)
    sections = (_section(context) for context in _commands(root))
    return "\n".join([_HEAD, *sections])


def _commands(parent: click.Context) -> Iterator[click.Context]:
    """A context for every command below a group, in the group's order."""
    group = parent.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        if command is not None:
            context = click.Context(command, info_name=name, parent=parent, terminal_width=80)
            yield context
            yield from _commands(context)


def _section(context: click.Context) -> str:
    return f"## {context.command_path}\n\n```\n{context.command.get_help(context)}\n```\n"
