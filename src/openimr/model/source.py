"""What was found at the place the case file was read from, before anyone asks what it is."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.model.text import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the case file: its pages as read, or the reason why it has none.

    The pages are numbered as in the file (`number == file_page`); `intake.assemble` renumbers
    them within the documents it finds.
    """

    file: str
    """Name inside the case file, with `/` between folders; never a path outside it."""
    sha256: str
    """Of the file's bytes; empty where not even these could be read."""
    pages: tuple[Page, ...] = ()
    ocr: str = ""
    """The engine that read its page images; empty where no page needed one."""
    reason: str = ""
    """Why the file could not be read; empty if it was."""
