"""What the IMR application lists as denied or modified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.items_bare import bare_items
from openimr.extract.items_list import MARKER, Listed, entries, is_bare, mark_of
from openimr.extract.items_rows import Parse, is_known

_ANCHOR = re.compile(
    r"\blist\s+each\s+(?:specific|requested|disputed|medical|denied)", re.IGNORECASE
)
_HEADING = re.compile(
    r"\b(?:disputed\s+(?:medical\s+)?(?:treatments?|services?|items?)|(?:treatments?|services?|items?)\s+(?:in\s+dispute|disputed|denied)"
    r"|denied\s+(?:or\s+modified\s+)?(?:treatments?|services?|items?)|requested\s+medical\s+services?"
    r"|medical\s+treatment\s+in\s+dispute)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"^signed\b|\bsincerely\b|\b(?:request\s+for\s+review|consent\s+to\s+obtain|employee\s+signature|i\s+(?:hereby\s+)?request\s+(?:an?\s+)?independent"
    r"|parent,?\s+guardian|applicant\s+signature|signature\s+of|signature\s*:|authorization\s+to\s+release|i\s+certify|proof\s+of\s+service)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\bDWC\b.*\bform\b|\bform\s+(?:DWC\s+)?IMR\b|\bpage\s+\d+|\bpg\.?\s*\d+|\bfax\b.*\d|\brec'?d\b|\breceived\b|\bstamp\b|^-{2,}\s*\d+\s*-{2,}$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?|\[\s*[xX ]?\s*\]\s*(?:yes|no)\b|^\s*reason\s*:|\bdiagnos[ie]s\b|\bICD\b"
    r"|\bdate\s+of\b|\bdisputing\s+liability"
    r"|\bmedical\s+necessity\b|\badditional\s+pages?\b|\battach(?:ed)?\s+(?:a\s+)?(?:separate|additional)|\bservice\b.*\bdate\b.*\bdecision\b"
    r"|^(?:item|no\.?|#)?\s*(?:treatment|service|good|description)s?\b[^0-9]*$",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"^(?:please\s+)?see\s+(?:the\s+)?(?:attached|enclosed|UR|page|above|below)|^n/?a$|^none$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\b(?:den(?:y|ied)|modified|refused)\b[^.]*:$", re.IGNORECASE)
_COLUMN = re.compile(r"\s{3,}(?=(?:\(?\d{1,2}[.)]|#\d{1,2})(?:\s|$))")
"""Where a second column of numbered entries begins."""
_LEADERS = re.compile(r"\s*(?:\.{3,}|\u2026+|_{2,}|-{3,})\s*")


def application_items(places: Sequence[Place], parse: Parse) -> list[Listed]:
    """The entries that the form, or a letter in its place, lists; empty where it lists nothing.

    An entry without a number, box or bullet counts only if it names something to ask for.
    """
    bare = _clean(bare_items(places, parse))
    for anchor in (_ANCHOR, _HEADING, _LETTER):
        items = _clean(_after(anchor, places))
        marked = [item for item in items if item.listed]
        named = [item for item in items if is_known(parse(item.text))]
        if marked or named:
            found = marked or named
            return bare if _takes_in(bare, found) else found
    return bare


def _takes_in(bare: Sequence[Listed], found: Sequence[Listed]) -> bool:
    """Whether a run of lines holds all that was found under a heading, and more."""
    inside = all(any(one.text in other.text for other in bare) for one in found)
    return inside and len(bare) > len(found)


def _after(anchor: re.Pattern[str], places: Sequence[Place]) -> list[Listed]:
    """Entries between the anchor and the consent, over page breaks."""
    block: list[Line] = []
    reading = False
    for place in places:
        for line in lines_of(place):
            found = anchor.search(line.text)
            if found and _is_heading(line):
                reading, block = True, [*_beside(line, found.end())]
            elif reading and (_END.search(line.text) or _next_field(block, line)):
                return list(entries(_without_preface(block)))
            elif reading and not _FURNITURE.search(line.text):
                block += _columns(line)
    return list(entries(_without_preface(block)))


def _is_heading(line: Line) -> bool:
    """Whether a line stands over the list, and is no entry of it.

    A form that numbers its fields numbers this one: `9. Treatment denied or modified:`.
    """
    return not MARKER.match(line.text) or line.text.endswith(":")


def _next_field(block: Sequence[Line], line: Line) -> bool:
    """Whether a number follows a list that is lettered: the form's next field, `10. Consent`."""
    first = next((mark for one in block if (mark := mark_of(one.text))), "")
    return first.isalpha() and (mark_of(line.text) or "").isdigit()


def _beside(line: Line, anchor_end: int) -> Iterator[Line]:
    """What follows the anchor in its own line: `Items in dispute: Norco 10/325mg #120`."""
    colon = line.text.find(":", anchor_end)
    rest = re.compile(r"\S").search(line.text, colon + 1) if colon >= 0 else None
    if rest is not None:
        yield replace(line, start=line.start + rest.start())


def _columns(line: Line) -> Iterator[Line]:
    """A line as one, or as its columns where each has a number of its own."""
    start = line.start
    text = line.place.page.text
    if mark_of(line.text) is not None or is_bare(line.text):
        for cut in _COLUMN.finditer(text, line.start, line.end):
            yield replace(line, start=start, end=cut.start())
            start = cut.end()
    yield replace(line, start=start)


def _without_preface(block: list[Line]) -> list[Line]:
    """The block without what the form itself says before the list."""
    first = next((n for n, line in enumerate(block) if mark_of(line.text) is not None), None)
    if first is not None:
        return block[first:]
    kept = [line for line in block if not _QUESTION.search(line.text)]
    while kept and re.match(r"[a-z(]", kept[0].text) and len(kept) > 1:
        kept = kept[1:]
    return kept


def _clean(items: Sequence[Listed]) -> list[Listed]:
    """Entries that say something, without leaders, dates and decisions in further columns."""
    cleaned = []
    for item in items:
        text = _LEADERS.sub("  ", item.text)
        cells = [cell.strip() for cell in re.split(r"\s{2,}|\t|[|\u2502]", text) if cell.strip()]
        kept = [cell for n, cell in enumerate(cells) if n == 0 or not _is_column(cell)]
        joined = " ".join(" ".join(kept).split()).strip(" ;,")
        if len(re.findall(r"[A-Za-z]", joined)) < 3 or _REFERS.match(joined):
            continue
        cleaned.append(replace(item, text=joined))
    return cleaned


def _is_column(cell: str) -> bool:
    """A further column of the row that is no part of the request: a date, a decision, a code."""
    return bool(
        re.fullmatch(
            r"\d{1,2}/\d{1,2}/\d{2,4}|(?:non-?certified|not\s+certified|denied|modified|denial|modification|deny|modify)\.?"
            r"|\[\s*[xX ]?\s*\].*|\d{3}\.\d{1,2}|[A-Z]\d{2}\.\d{1,4}",
            cell,
            re.IGNORECASE,
        )
    )
