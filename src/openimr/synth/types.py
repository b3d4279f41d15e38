"""What the forge makes: a case file of invented documents, and the truth about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from openimr.model.document import DocumentKind

Tree: TypeAlias = "bool | int | float | str | list[Tree] | dict[str, Tree] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedDocument:
    """One document as text; `file` has no ending, the writers add theirs."""

    file: str
    kind: DocumentKind
    date: str
    """ISO 8601: of the visit, report or decision."""
    author: str
    pages: tuple[str, ...]
    face: str = "mono"
    """How it is set in type: mono, sans or serif."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedCase:
    """A case file: the same seed gives the same bytes."""

    id: str
    documents: tuple[ForgedDocument, ...]
    truth: Mapping[str, Tree]
    """As `truth.json` holds it; its `file` names end in `.txt`."""
