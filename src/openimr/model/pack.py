"""A licensee's own topics, laid beside the rulebook's: who vouches for them, and which they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.model.ids import TopicId

PREFIX = "packs/"
"""Before the name of a pack and its file, where rulebook files are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The manifest of a pack; what it says of licence and source is the licensee's word."""

    name: str
    """Short and unique: `acme-odg`."""
    title: str
    edition: str
    licence: str
    source: str
    dated: date
    """When it was written or last changed, as its maker says."""
    effective_from: date
    effective_to: date | None
    replaces: tuple[TopicId, ...]
    """Topics of ours, not shells, whose place it openly takes."""
    sha256: str
    """Over all its files."""

    @property
    def label(self) -> str:
        """As sentences name it: `acme-odg (ODG as licensed, edition 2024)`."""
        return f"{self.name} ({self.title}, edition {self.edition})"


def pack_name(file: str) -> str:
    """The pack that a rulebook file belongs to; empty for our own.

    >>> pack_name("packs/acme-odg/guidelines/odg/2024/esi.yaml"), pack_name("settings.yaml")
    ('acme-odg', '')
    """
    return file.removeprefix(PREFIX).partition("/")[0] if file.startswith(PREFIX) else ""
