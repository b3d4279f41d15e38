"""A forged letter as PDF: one text run a line in Times, written without a library for speed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from openimr.synth.letters.letter import ForgedLetter

_LEFT, _TOP, _LEADING, _SIZE = 72, 720, 13.2, 11.4
_OUTCOMES = (": Upheld", ": Overturned")
_FONTS = b"<</F1 3 0 R/F2 4 0 R>>"


def as_pdf(letter: ForgedLetter) -> bytes:
    """The letter with a text layer; the same letter gives the same bytes.

    An empty line is only a gap, and a hyphen at a line's end is there for the reader to judge,
    as in the published files.
    """
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(letter.pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/MediaBox[0 0 612 792]/Count %d/Kids[%s]>>" % (len(letter.pages), kids),
        _font(b"Times-Roman"),
        _font(b"Times-Bold"),
    ]
    for at, page in enumerate(letter.pages):
        stream = zlib.compress(_content(page), 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/Resources<</Font%s>>/Contents %d 0 R>>"
            % (_FONTS, first + 2 * at + 1)
        )
        objects.append(
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream)
        )
    return _file(objects)


def _font(name: bytes) -> bytes:
    return b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name


def _content(page: Sequence[str]) -> bytes:
    """The drawing operators of a page; headings and what is decided stand in bold."""
    out = ["BT"]
    y = float(_TOP)
    for line in page:
        if line:
            bold = line.isupper() or line.endswith(_OUTCOMES)
            out.append(
                f"/F{2 if bold else 1} {_SIZE} Tf 1 0 0 1 {_LEFT} {y:.1f} Tm ({_escape(line)}) Tj"
            )
        y -= _LEADING
    out.append("ET")
    return "\n".join(out).encode("cp1252", errors="replace")


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects as a file, with the table that says where each one starts."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
