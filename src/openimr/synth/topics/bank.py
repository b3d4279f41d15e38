"""The bank of evidence: what a chart can say, in several wordings, and the facts it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from openimr.synth.bank import rows

_FILES = ("nerve", "joints", "care", "benefit", "drugs", "other")
OPEN, HELD = "open", "held"
"""Wordings that the reader may be tuned on, and those kept for measuring it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One fact that a wording states; numbers are options, text may hold slots."""

    concept: str
    value: Mapping[str, Any]
    assertion: str = "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a chart can say, with its wordings by voice."""

    id: str
    stated: tuple[Stated, ...]
    section: str
    subject: str = ""
    """What the words tie it to: `drug`, `therapy`, `regimen`, or nothing."""
    parts: tuple[str, ...] = ()
    """Body parts of the requests it fits; all if empty, and `any ...` for those that name none."""
    only: tuple[str, ...] = ()
    """Topics, or `drugs`, `opioids`, `therapies`, for which it is written; all if empty."""
    never: tuple[str, ...] = ()
    numbers: Mapping[str, tuple[float, ...]]
    """Numbers that stand in the words alone."""
    names_trial: bool = False
    """Speaks of another drug, drawn by what a criterion asks for."""
    starts: bool = False
    """Says that the requested drug begins, so that no earlier visit lists it."""
    wordings: Mapping[str, tuple[str, ...]]
    """By voice: `full`, `terse`, `form`, and `held` for all."""

    @property
    def concept(self) -> str:
        """Of the first fact."""
        return self.stated[0].concept

    @property
    def assertion(self) -> str:
        """Of the first fact."""
        return self.stated[0].assertion

    def in_voice(self, voice: str, wording: str) -> tuple[str, ...]:
        """The wordings for an author; an author without any speaks in full sentences."""
        if wording == HELD:
            return self.wordings[HELD]
        return self.wordings.get(voice) or self.wordings["full"]


@lru_cache
def statements() -> tuple[Statement, ...]:
    """The whole bank."""
    return tuple(
        _statement(f"{name}-{number:03d}", entry)
        for name in _FILES
        for number, entry in enumerate(rows(f"evidence/{name}"), start=1)
    )


def _statement(name: str, entry: Mapping[str, Any]) -> Statement:
    also = [_stated(each) for each in entry.get("also", ())]
    numbers = {key: tuple(options) for key, options in entry.get("numbers", {}).items()}
    return Statement(
        id=f"{entry['concept']}/{name}",
        stated=(_stated(entry), *also),
        section=entry["in"],
        subject=entry.get("subject", ""),
        parts=tuple(entry.get("parts", ())),
        only=tuple(entry.get("only", ())),
        never=tuple(entry.get("not", ())),
        numbers=numbers,
        names_trial=bool(entry.get("trial")),
        starts=entry.get("stage") == "start",
        wordings={v: tuple(entry[v]) for v in ("full", "terse", "form", HELD) if v in entry},
    )


def _stated(entry: Mapping[str, Any]) -> Stated:
    assertion = entry.get("assertion", "present")
    return Stated(concept=entry["concept"], value=entry["value"], assertion=assertion)
