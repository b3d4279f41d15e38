"""How documents show what they are and when they were written, as data (`documents.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openimr.model.document import DocumentKind


class Place(StrEnum):
    """Where a sign counts."""

    TITLE = "title"
    """A heading near the top of a page, standing more or less alone on its line."""
    FIRST_PAGE = "first_page"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSign:
    """A pattern that speaks for a kind, with the strength it speaks with."""

    kind: DocumentKind
    place: Place
    pattern: re.Pattern[str]
    """Matched against lower-case text with single spaces."""
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSign:
    """A label before a date, and how well such a date serves as the document's own."""

    pattern: re.Pattern[str]
    weight: float
    """Negative: never the document's date (birth, injury, fax)."""
    kinds: frozenset[DocumentKind] = frozenset()
    """The kinds it holds for; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DocumentSigns:
    """Everything that `intake.assemble` knows about documents before it has seen one.

    Compared by identity, so that what was found with it can be remembered.
    """

    kinds: tuple[KindSign, ...]
    file_hints: Mapping[DocumentKind, re.Pattern[str]]
    """What a file's name may say; content overrides it."""
    dates: tuple[DateSign, ...]
