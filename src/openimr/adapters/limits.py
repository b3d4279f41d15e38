"""How much of the machine a case file may ask for."""

from __future__ import annotations

from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on input and on the child processes that parse it."""

    max_pages: int = 5_000
    """Of a case file, and of any file in it."""
    max_files: int = 2_000
    max_file_bytes: int = 512 * _MEBIBYTE
    max_text_bytes: int = 64 * _MEBIBYTE
    """Of a plain text or a DOCX unpacked: text is held in memory as a whole."""
    max_total_bytes: int = 2_048 * _MEBIBYTE
    """Of an archive unpacked, and of a folder."""
    max_ratio: int = 200
    """Unpacked to packed size of an archive member."""
    max_pixels: int = 60_000_000
    """Of a page image: a tabloid sheet at 600 dpi."""
    parser_memory: int = 1_536 * _MEBIBYTE
    """Address space of a child process that parses."""
    ocr_memory: int = 4_096 * _MEBIBYTE
    """Address space of a child process with an OCR engine, whose models are mapped in."""
    page_seconds: float = 20.0
    """Processor time for a page's text layer, and for opening a file."""
    ocr_seconds: float = 180.0
    """Processor time to read a page image."""
    max_crashes: int = 12
    """How often a file may kill its reader before the rest of it is given up."""


DEFAULT_LIMITS = Limits()
