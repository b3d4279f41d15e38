"""How reviewers say what a record shows or lacks, as data; `Said` is what was read with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CueRole(StrEnum):
    """What a phrase does to the elements around it."""

    MISSING = "missing"
    """What follows is lacking, to the end of the clause, and it is of this case: `no documentation
    of`."""
    MISSING_NEAR = "missing_near"
    """What follows is lacking, to the next comma: `no`, `has not`."""
    MISSING_AFTER = "missing_after"
    """What stands before in the clause is lacking, or else what follows: `was not provided`."""
    PRESENT = "present"
    """What follows is shown: `the records document`."""
    PRESENT_AFTER = "present_after"
    """What stands before in the clause is shown, or else what follows: `was noted`."""
    REQUIREMENT = "requirement"
    """A guideline asks for it, and nobody says that it is there or lacking."""
    TURN = "turn"
    """Back from the guideline to this case: `however`."""
    STOP = "stop"
    """A clause ends."""
    ASIDE = "aside"
    """What follows is about something else: `from the prior`."""
    CASE = "case"
    """The reviewer speaks of this case: `the records`."""
    NEUTRAL = "neutral"
    """Looks like a cue or an element and is none: `without contrast`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidElement:
    """Something a guideline asks for and reviewers look for in a record."""

    code: str
    label: str
    """As a reader sees it: `functional improvement`."""
    phrases: tuple[str, ...] = ()
    """Name it; a cue says whether it is there."""
    present: tuple[str, ...] = ()
    """Say by themselves that it is there."""
    missing: tuple[str, ...] = ()
    """Say by themselves that it is not."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SaidVocabulary:
    """Elements and cues; every phrase is plain text in lower case, alternatives spelled out.

    Compared by identity, so that what is built from it once can be kept.
    """

    elements: tuple[SaidElement, ...]
    cues: Mapping[CueRole, tuple[str, ...]]

    @property
    def labels(self) -> dict[str, str]:
        """Element code to label."""
        return {element.code: element.label for element in self.elements}
