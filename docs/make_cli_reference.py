"""Writes docs/reference/cli.md from the commands' own help; a test fails when it is stale."""

from pathlib import Path

import click

from openimr.cli.main import cli

HEAD = """# Commands

Written from `--help` by `docs/make_cli_reference.py`. Data goes to stdout, talk and progress to stderr; exit codes are in
[errors.md](errors.md).
"""


def main() -> None:
    """Write the page."""
    parts = [HEAD]
    for name in cli.list_commands(click.Context(cli)):
        command = cli.get_command(click.Context(cli), name)
        if command is None:
            continue
        parts.append(_section(f"openimr {name}", command))
        if isinstance(command, click.Group):
            parts += [
                _section(f"openimr {name} {sub}", inner) for sub, inner in command.commands.items()
            ]
    Path(__file__).with_name("reference").joinpath("cli.md").write_text("\n".join(parts))


def _section(name: str, command: click.Command) -> str:
    shown = command.get_help(click.Context(command, info_name=name))
    return f"## {name}\n\n```\n{shown}\n```\n"


if __name__ == "__main__":
    main()
