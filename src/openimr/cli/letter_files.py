"""Published letters that the user named, each read or refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from openimr.adapters.letters import read_letter_texts
from openimr.model.errors import OpenIMRError
from openimr.model.published import PublishedLetter
from openimr.published.parse import Parse, parse_letter


def read_letters(
    files: Sequence[Path], parse: Parse
) -> Iterator[tuple[str, PublishedLetter | OpenIMRError]]:
    """Each file's name with its letter, or with the error, which then says where."""
    for source in read_letter_texts(files):
        try:
            if source.error is not None:
                raise source.error
            yield source.name, parse_letter(source.text, parse=parse)
        except OpenIMRError as error:
            yield source.name, error.at(error.where or source.name)
