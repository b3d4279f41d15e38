"""What a file is, by its first bytes: names lie, and a wrong extension is no reason to fail."""

from __future__ import annotations

from enum import StrEnum

SNIFF_BYTES = 4096


class FileKind(StrEnum):
    """The kinds of file that are told apart."""

    PDF = "pdf"
    IMAGE = "image"
    ZIP = "zip"
    """A zip archive, a DOCX among them: `docx.is_docx` tells."""
    TEXT = "text"
    EMPTY = "empty"
    ENCRYPTED_OFFICE = "encrypted office document"
    LEGACY_OFFICE = "legacy office document"
    RTF = "rich text document"
    OTHER = "binary"


_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r\f\x0b\x1b\x1a")
"""Control characters that no text holds."""
_MOST_CONTROLS = 0.02


def sniff(head: bytes) -> FileKind:
    r"""The kind of a file whose first `SNIFF_BYTES` are given.

    >>> sniff(b"%PDF-1.4\n").value, sniff(b"Dear Dr. Roe,").value
    ('pdf', 'text')
    """
    if not head:
        return FileKind.EMPTY
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(_IMAGES):
        return FileKind.IMAGE
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.ZIP
    if head.startswith(_OLE):
        wide = "EncryptedPackage".encode("utf-16-le")
        return FileKind.ENCRYPTED_OFFICE if wide in head else FileKind.LEGACY_OFFICE
    if head.startswith(b"{\\rtf"):
        return FileKind.RTF
    return FileKind.TEXT if _is_text(head) else FileKind.OTHER


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A letter cut by the end of the sample is no sign; else Windows-1252, mostly ASCII.
        return error.start >= len(head) - 3 or _mostly_ascii(head)
    return True


def _mostly_ascii(head: bytes) -> bool:
    return sum(byte < 0x80 for byte in head) > 0.85 * len(head)
