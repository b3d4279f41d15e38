"""The entry point: lazy command groups, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
import traceback

import click

from openimr import __version__
from openimr.cli.lazy import LazyGroup
from openimr.model.errors import OpenIMRError

_COMMANDS = {
    "review": "openimr.cli.review",
    "eligibility": "openimr.cli.eligibility",
    "verify": "openimr.cli.verify",
    "evaluate": "openimr.cli.evaluate",
    "forge": "openimr.cli.forge",
    "request": "openimr.cli.request",
    "read": "openimr.cli.read",
    "assertion": "openimr.cli.assertion",
    "lint": "openimr.cli.lint",
    "deid": "openimr.cli.deid",
    "deadline": "openimr.cli.deadline",
    "docket": "openimr.cli.docket",
    "rules": "openimr.cli.rules",
    "notice": "openimr.cli.notice",
    "report": "openimr.cli.report",
    "published": "openimr.cli.published",
    "act": "openimr.cli.act",
    "status": "openimr.cli.status",
    "reviewers": "openimr.cli.reviewers",
    "assign": "openimr.cli.assign",
    "sign": "openimr.cli.sign",
    "issue": "openimr.cli.issue",
}
"""Command to module: each module has a click command named `command`, loaded when called."""


@click.group(
    cls=LazyGroup, modules=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="openimr")
def cli() -> None:
    """Independent Medical Review, where every sentence shows the page it stands on."""


def main() -> None:
    """Run the command line and leave with the exit code that the error tree gives."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code and never raises.

    0 done, 1 a check found problems, 2 usage, 3 bad input, 4 internal error.
    """
    try:
        result = cli.main(args=arguments, prog_name="openimr", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("openimr: stopped", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except OpenIMRError as error:
        click.echo(f"openimr: {error.message}", err=True)
        return error.exit_status
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 the last line of defence turns any fault into exit 4
        _report_fault(error)
        return 4
    return result if isinstance(result, int) else 0


def _report_fault(error: Exception) -> None:
    """Say where it broke without its text: an exception's text may hold health data."""
    if os.environ.get("OPENIMR_DEBUG"):
        traceback.print_exception(error)
        return
    frame = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(
        f"openimr: internal error {type(error).__name__} at {frame.name}:{frame.lineno}. "
        "This is a fault of OpenIMR; set OPENIMR_DEBUG=1 and call again to see all of it "
        "(the output may then hold health data).",
        err=True,
    )
