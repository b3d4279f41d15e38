"""What a layout is: a form in which letters were issued, told by marks of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openimr.published.parts import LetterParts


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One form of the letter; it reads a letter whole or refuses it."""

    name: str
    once: str
    """The heading of its decisions; every letter of this form has it once."""
    recognises: Callable[[str], bool]
    """Whether a prepared text bears the marks of this form."""
    read: Callable[[str], LetterParts]
    """Raises `NotADetermination` where a part is missing without which it is no letter."""
