"""The letter as an accessible PDF: tagged (PDF/UA-1), archival (PDF/A-2a), fonts embedded.

The case goes to the template as data, so a record cannot inject markup. The document's date is the
rulebook's date and the clock is never asked: the same determination gives the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from importlib.resources import files

from openimr.model.determination import Determination
from openimr.render.letter import ItemPart, build_letter
from openimr.render.spans import REPLACEMENT

_NO_GLYPH = re.compile(
    "[^\\x20-\\x7e\u00a0-\u024f\u02b0-\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"
    "\u2010-\u2027\u2030-\u2040\u2044\u2070-\u2071\u2074-\u208e\u20a0-\u20bf\u2190-\u23ff"
    "\u2500-\u25ff\u2610-\u2612\u2713\u2714\u2717\u2718\ufb00-\ufb06\ufffd]"
)
"""What the embedded fonts cannot show; the writer refuses a page with an unreadable character."""


_LONG_WORD, _STRETCH = re.compile(r"\S{28,}"), re.compile(r"\S{8}(?=\S)")
"""Words that no column holds may break, after every eighth character."""


def render_pdf(determination: Determination) -> bytes:
    """The PDF's bytes.

    Args:
        determination: a draft says so on every page; a signed one does not.
    """
    import typst

    letter = build_letter(determination)
    data = asdict(replace(letter, searches=(), items=tuple(map(_without_searches, letter.items))))
    as_of = determination.engine.as_of
    return bytes(
        typst.compile(
            files("openimr.render").joinpath("templates", "letter.typ").read_bytes(),
            format="pdf",
            sys_inputs={"letter": json.dumps(showable(data), ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
            timestamp=midnight(as_of),
        )
    )


def _without_searches(item: ItemPart) -> ItemPart:
    """Paper has a table of searches at its end."""
    return replace(item, searches=())


def midnight(day: date) -> datetime:
    """The instant a document of a day is stamped with, so that its bytes do not hang on a clock."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def showable(value: object) -> object:
    """The data as pages can show it: characters the fonts lack replaced, long words breakable."""
    if isinstance(value, str):
        shown = _NO_GLYPH.sub(REPLACEMENT, value)
        return _LONG_WORD.sub(lambda word: _STRETCH.sub("\\g<0>\u200b", word[0]), shown)
    if isinstance(value, dict):
        return {key: showable(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [showable(each) for each in value]
    return value
