"""Plain JSON files <-> frozen types of the model: every key known, every value of its kind.

    {"application": {"received": "2015-03-10T09:12:00-07:00"}}  ->  ImrCase(application=...)

Days are ISO dates, instants ISO with a zone. All problems of a file are told at once, each with its
path in the file; nothing is guessed and no key is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_unstructure_fn

from openimr.adapters.output import write_folder
from openimr.model.errors import InputError, UnreadableFile

_Record = TypeVar("_Record")
LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read; a register of 10,000 reviewers has about 20 MB."""


def read_plain(path: Path, kind: type[_Record], *, what: str) -> _Record:
    """The record that a JSON file holds.

    Args:
        path: the file.
        kind: the frozen type that it must fit.
        what: what the file is, for messages, such as "a case".

    Raises:
        UnreadableFile: it cannot be opened, is too large or is no JSON.
        InputError: a key or value is wrong; all such places are named.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(
                f"the file is larger than {LARGEST // 1024**2} MiB",
                where=str(path),
                remedy=f"see whether it is {what} at all",
            )
        told = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except OSError as error:
        raise UnreadableFile(
            f"{what} cannot be opened", where=str(path), why=error.strerror or ""
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            f"this is not {what} in JSON",
            where=str(path),
            why="it cannot be parsed, or a key stands twice in one object",
        ) from error
    return from_plain(told, kind, where=str(path), what=what)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object each of whose keys stands once: of two, JSON would silently keep the last."""
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError
    return told


def from_plain(told: object, kind: type[_Record], *, where: str, what: str) -> _Record:
    """The record that parsed JSON holds; see `read_plain`."""
    try:
        return _CONVERTER.structure(told, kind)
    except (BaseValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
        problems = _problems(error)
        raise InputError(
            f"this is not {what}: {'; '.join(problems)}",
            where=where,
            remedy="mend these places; docs/reference/process.md names every field",
        ) from error


def to_plain(record: object) -> Any:  # noqa: ANN401 whatever JSON the record becomes
    """The record as JSON; fields that say nothing are left out."""
    return _CONVERTER.unstructure(record)


def write_plain(path: Path, record: object) -> None:
    """Write a record as JSON, whole or not at all."""
    text = json.dumps(to_plain(record), ensure_ascii=False, indent=1)
    write_folder(path.parent, {path.name: f"{text}\n".encode()})


def _problems(error: BaseException) -> list[str]:
    if isinstance(error, BaseValidationError):
        return [_in_words(line) for line in transform_error(error, format_exception=_reason)]
    return [_reason(error, None)]


def _in_words(line: str) -> str:
    """`why @ $.items[0].index` -> `items[0].index: why`."""
    why, _, place = line.rpartition(" @ ")
    place = place.removeprefix("$").removeprefix(".")
    return f"{place}: {why}" if place else why


def _reason(error: BaseException, kind: type | None) -> str:
    """Why a value does not fit, without the value where it could be somebody's."""
    match error:
        case AttributeError():
            return "is not a mapping of fields"
        case KeyError():
            return f"required field {error.args[0]} is missing"
        case _Misfit():
            return str(error)
        case _ if type(error).__name__ == "ForbiddenExtraKeysError":
            return f"unknown field(s) {', '.join(sorted(getattr(error, 'extra_fields', ())))}"
    return f"is no {getattr(kind, '__name__', 'such value')}"


class _Misfit(ValueError):
    """A value that does not fit, told in a sentence."""


def _day(told: object, _: type[date]) -> date:
    try:
        if isinstance(told, str):
            return date.fromisoformat(told)
    except ValueError:
        pass
    raise _Misfit("is no date; write it as YYYY-MM-DD")


def _instant(told: object, _: type[datetime]) -> datetime:
    try:
        if isinstance(told, str) and (found := datetime.fromisoformat(told)).tzinfo is not None:
            return found
    except ValueError:
        pass
    raise _Misfit("is no instant; write it with its zone, such as 2015-03-10T09:12:00-07:00")


def _choice(told: Any, kind: type[StrEnum]) -> StrEnum:  # noqa: ANN401 parsed JSON
    try:
        return kind(told)
    except ValueError:
        raise _Misfit(f"is none of {', '.join(kind)}") from None


def _exactly(told: object, kind: type) -> object:
    """Text, numbers and flags are taken as they are, never turned into one another."""
    if kind is float and isinstance(told, int) and not isinstance(told, bool):
        return float(told)
    if type(told) is not kind:
        names = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
        raise _Misfit(f"is not {names[kind]}")
    return told


def _make_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook(StrEnum, _choice)
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook(datetime, _instant)
    converter.register_structure_hook_func(
        lambda kind: getattr(kind, "__origin__", None) is Mapping, _flat
    )
    converter.register_unstructure_hook(StrEnum, str)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook_factory(
        lambda kind: hasattr(kind, "__dataclass_fields__"),
        lambda kind: make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True),
    )
    return converter


def _flat(told: object, _: object) -> Mapping[str, str]:
    if not isinstance(told, Mapping) or not all(isinstance(v, str) for v in told.values()):
        raise _Misfit("is no mapping of words to words")
    return MappingProxyType(dict(told))


_CONVERTER = _make_converter()
