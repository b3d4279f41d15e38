"""What somebody tries to do, and the reading of what the act states."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from openimr.model.event import Actor
from openimr.model.moments import local_day, read_moment
from openimr.model.party import ServiceMethod
from openimr.model.process_state import OUTCOMES, ItemState
from openimr.model.transition import DataKind, Transition

_MOST = 10_000
"""Characters of one stated value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An act before it is decided whether it is legal."""

    act: str
    actor: Actor
    at: datetime
    reason: str
    data: Mapping[str, str]
    recorded: bool = False
    """Whether it was done before and is only replayed; what was filed may have changed since."""

    def says_yes(self, key: str) -> bool:
        """Whether it states `yes`; silence is no yes."""
        return self.data.get(key) == "yes"

    def words(self, key: str) -> tuple[str, ...]:
        """A list with commas between; empty where nothing is stated."""
        return _split(self.data.get(key, ""))

    def items(self, key: str = "items") -> tuple[int, ...]:
        """Item numbers."""
        return tuple(int(word) for word in self.words(key))

    def outcomes(self) -> dict[int, ItemState]:
        """The outcome of each item."""
        pairs = (word.split("=") for word in self.words("outcomes"))
        return {int(index): ItemState(outcome) for index, outcome in pairs}

    def day(self, key: str) -> date | None:
        """A date that is stated."""
        told = self.data.get(key)
        return date.fromisoformat(told) if told else None

    def local_day(self, key: str) -> date | None:
        """The day in California of a day or an instant that is stated."""
        told = self.data.get(key)
        return local_day(read_moment(told)) if told else None

    def instant(self, key: str) -> datetime | None:
        """An instant that is stated."""
        told = self.data.get(key)
        return datetime.fromisoformat(told) if told else None

    def is_past(self, key: str) -> bool | None:
        """Whether the stated day or instant lies before the act; None where nothing is stated."""
        told = self.data.get(key)
        if not told:
            return None
        moment = read_moment(told)
        return moment < self.at if isinstance(moment, datetime) else moment < local_day(self.at)


_DAY = len("2015-03-10")


def data_problems(row: Transition, data: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with what an act states: missing, unknown or not of its kind."""
    kinds = {**row.data, **row.may}
    missing = [
        f"`{key}` is missing: {_KINDS[row.data[key]][1]}" for key in row.data if key not in data
    ]
    unknown = [f"`{key}` is not asked for" for key in data if key not in kinds]
    wrong = [
        f"`{key}` is not {_KINDS[kinds[key]][1]}"
        for key, told in data.items()
        if key in kinds and not _fits(kinds[key], told)
    ]
    return tuple(missing + unknown + wrong)


def _fits(kind: DataKind, told: str) -> bool:
    try:
        return len(told) <= _MOST and _KINDS[kind][0](told)
    except ValueError:
        return False


def _split(told: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in told.split(",") if word.strip())


def _is_day(told: str) -> bool:
    return len(told) == _DAY and bool(date.fromisoformat(told))


def _is_instant(told: str) -> bool:
    return len(told) > _DAY and datetime.fromisoformat(told).tzinfo is not None


def _are_words(told: str) -> bool:
    words = _split(told)
    return bool(words) and len(set(words)) == len(words) and all(map(_is_word, words))


def _are_items(told: str) -> bool:
    return _are_words(told) and all(_NUMBER.fullmatch(word) for word in _split(told))


def _are_outcomes(told: str) -> bool:
    pairs = [word.split("=") for word in _split(told)]
    items = [pair[0] for pair in pairs]
    return (
        bool(pairs)
        and len(set(items)) == len(items)
        and all(_NUMBER.fullmatch(item) for item in items)
        and all(len(pair) == len(("item", "outcome")) and pair[1] in OUTCOMES for pair in pairs)
    )


def _is_word(told: str) -> bool:
    return _WORD.fullmatch(told) is not None


_WORD = re.compile(r"[^\s,=]{1,200}")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KINDS: Mapping[DataKind, tuple[Callable[[str], bool], str]] = {
    DataKind.DATE: (_is_day, "a date such as 2015-03-10"),
    DataKind.INSTANT: (_is_instant, "an instant with its zone such as 2015-03-10T09:12:00-07:00"),
    DataKind.WHEN: (
        lambda told: _is_day(told) or _is_instant(told),
        "a date, or an instant with its zone",
    ),
    DataKind.TEXT: (lambda told: bool(told.strip()), "some words"),
    DataKind.ID: (_is_word, "one word without spaces"),
    DataKind.IDS: (_are_words, "different ids with commas between"),
    DataKind.ITEMS: (_are_items, "item numbers with commas between, such as 1,3"),
    DataKind.OUTCOMES: (_are_outcomes, "outcomes such as 1=UPHELD,2=OVERTURNED"),
    DataKind.SHA256: (lambda told: bool(_SHA256.fullmatch(told)), "a SHA-256 of 64 digits"),
    DataKind.SERVICE: (
        lambda told: told in set(ServiceMethod),
        f"one of {', '.join(ServiceMethod)}",
    ),
    DataKind.NUMBER: (lambda told: bool(_NUMBER.fullmatch(told)), "a whole number from 1"),
    DataKind.YES_NO: (lambda told: told in {"yes", "no"}, "yes or no"),
    DataKind.REVIEWERS: (_are_words, "different register ids with commas between"),
}
