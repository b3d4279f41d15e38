"""Identifiers of people and organisations in text, and what stands in their place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class IdentifierKind(StrEnum):
    """What kind of identifier it is; its value opens the surrogate: `[physician 2]`."""

    WORKER = "worker"
    PHYSICIAN = "physician"
    PERSON = "person"
    EMPLOYER = "employer"
    INSURER = "insurer"
    FACILITY = "facility"
    FIRM = "firm"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "e-mail"
    URL = "web address"
    BIRTH_DATE = "date of birth"
    CLAIM_NUMBER = "claim number"
    CASE_NUMBER = "case number"
    LICENCE = "licence"
    SOCIAL_SECURITY = "social security number"
    ACCOUNT = "account number"


PEOPLE = frozenset({IdentifierKind.WORKER, IdentifierKind.PHYSICIAN, IdentifierKind.PERSON})
"""Kinds that go by a person's name; the others are houses and numbers."""


class Announced(NamedTuple):
    """A name that a label, a title, a degree or the kind of house gives away."""

    kind: IdentifierKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One identifier at one place of a text."""

    kind: IdentifierKind
    start: int
    end: int
    entity: str
    """Who or what it is, in one spelling: all places of one person share it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """One place of a text and what was put there."""

    kind: IdentifierKind
    start: int
    end: int
    surrogate: str
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deidentified:
    """A text without its identifiers; the replacements map offsets between the two."""

    text: str
    replacements: tuple[Replacement, ...]

    def original_offset(self, offset: int) -> int:
        """Where a place of the new text stood in the old one; within a surrogate, its start."""
        shift = 0
        for one in self.replacements:
            if offset < one.new_start:
                break
            if offset < one.new_end:
                return one.start
            shift = one.end - one.new_end
        return offset + shift
