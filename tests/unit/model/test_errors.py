"""Messages are public API; errors survive the way from a child process."""

import pickle

import pytest

from openimr.model import errors


def test_a_message_says_where_what_why_and_what_to_do() -> None:
    error = errors.UnreadableFile(
        "the file is encrypted",
        where="records.pdf",
        why="it asks for a password",
        remedy="save it without a password and try again",
    )
    assert error.message == (
        "records.pdf: the file is encrypted. it asks for a password. "
        "save it without a password and try again."
    )


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_has_an_exit_status_and_survives_pickling(name: str) -> None:
    kind = getattr(errors, name)
    error = kind(("a.yaml:1: x",)) if name == "RulebookInvalid" else kind("what", where="here")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 our own bytes
    assert type(again) is kind
    assert again.message == error.message
    assert again.exit_status in {1, 2, 3, 4}


def test_codes_are_distinct() -> None:
    codes = [getattr(errors, name).code for name in errors.__all__]
    assert len(codes) == len(set(codes))
