"""A draft that is none is refused without a word of what stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from openimr.cli.main import cli
from openimr.model.errors import InputError, UsageError
from openimr.quality import from_json, load_checker


def test_a_value_of_the_record_is_not_in_the_error() -> None:
    document = {"case": {"date_of_injury": "Ann Doerr"}, "summary": [], "items": []}
    with pytest.raises(InputError) as raised:
        from_json(document, load_checker(), name="some.json")
    assert "Doerr" not in raised.value.message
    assert "ValueError" in raised.value.message


def test_a_missing_key_is_named() -> None:
    with pytest.raises(InputError, match="KeyError: summary"):
        from_json({"case": {}}, load_checker(), name="some.json")


def test_a_deep_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "deep.json"
    file.write_text("[" * 100_000, encoding="utf-8")
    result = CliRunner().invoke(cli, ["lint", str(file)], standalone_mode=False)
    assert result.return_value == 3
    assert "nested too deep" in result.output


def test_a_name_given_wrongly_is_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({}), encoding="utf-8")
    result = CliRunner().invoke(cli, ["deid", "--name", "Ann Doerr", str(file)])
    assert isinstance(result.exception, UsageError)
    assert "Doerr" not in result.exception.message
