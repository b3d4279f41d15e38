"""The pages name every command, error and concept, and their links lead somewhere."""

import re
from pathlib import Path

import click
import pytest

from openimr.cli.main import cli
from openimr.cli.reference import reference_page
from openimr.model import errors
from openimr.rulebook.lexicon import load_lexicon

ROOT = Path(__file__).parents[2]
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks/README.md"])


def test_the_reference_of_commands_is_what_they_say_of_themselves() -> None:
    page = (ROOT / "docs/reference/cli.md").read_text()
    assert page == reference_page(), "run: python docs/make_cli_reference.py"


def test_every_command_and_option_has_help() -> None:
    root = click.Context(cli)
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        assert command is not None
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_code_is_explained(name: str) -> None:
    code = getattr(errors, name).code
    assert f"`{code}`" in (ROOT / "docs/reference/errors.md").read_text()


def test_every_concept_has_its_value_described() -> None:
    described = (ROOT / "docs/reference/facts.md").read_text()
    missing = [c for c in load_lexicon().concepts if f"`{c}`" not in described]
    assert "all others" in described or not missing


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_no_page_names_a_path_of_a_machine(page: Path) -> None:
    assert not re.search(r"(/work|/root|/home|/tmp)/", page.read_text())
