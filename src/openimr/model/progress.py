"""How long work tells a person that it moves."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of the work by whoever does it; shown, or not, by whoever called."""

    def start(self, total: int, label: str) -> None:
        """A stretch of work begins; it will advance to `total`."""

    def advance(self, count: int = 1) -> None:
        """So much more of it is done."""

    def done(self) -> None:
        """The stretch that was started last is over."""


class Silent:
    """Tells nobody."""

    def start(self, total: int, label: str) -> None:
        """Ignored."""

    def advance(self, count: int = 1) -> None:
        """Ignored."""

    def done(self) -> None:
        """Ignored."""
