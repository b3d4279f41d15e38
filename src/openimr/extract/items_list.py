"""Items as a form or letter lists them: numbered, lettered, ticked, tabled, or one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openimr.extract.header_text import Line, Place, lines_of

MARKER = re.compile(
    r"(?:(?:(?:item|issue|request|treatment|service)\s*(?:no\.?|\#)?\s*)?\(?(?P<number>\d{1,2})[.):]\)?"
    r"|\#\s?(?P<hash>\d{1,2})[.:)]?|\(?(?P<letter>[A-H])[.)]"
    r"|(?P<bullet>[-*\u2022\u25cf\u25aa\u2013>])"
    r"|(?P<box>\[\s*[x\u2713\u2714 ]?\s*\]|[\u2610\u2611\u2612]))\s+(?=\S)",
    re.IGNORECASE,
)
"""What stands before an entry of a list: `1.`, `(2)`, `#3`, `B.`, `Item 4:`, a bullet, a box."""
_TABLE_NUMBER = re.compile(r"^[|\u2502]?\s*(?P<number>\d{1,2})\s*[|\u2502]")
_TICKED = re.compile(r"[xX\u2713\u2714\u2611\u2612]")
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
    r"\b(?:request\s+for\s+review|consent\s+to\s+obtain|employee\s+signature|i\s+(?:hereby\s+)?request\s+(?:an?\s+)?independent"
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
_LEADERS = re.compile(r"\s*(?:\.{3,}|\u2026+|_{2,}|-{3,})\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list, with its place and its number or letter."""

    text: str
    place: Place
    start: int
    end: int
    mark: str = ""
    """`1`, `A`, or empty."""


def application_items(places: Sequence[Place]) -> list[Listed]:
    """What the IMR application lists as denied or modified; empty where it lists nothing."""
    for anchor in (_ANCHOR, _HEADING):
        items = _clean(_after(anchor, places))
        if items:
            return items
    return []


def _after(anchor: re.Pattern[str], places: Sequence[Place]) -> list[Listed]:
    """Entries between the anchor and the consent, over page breaks."""
    block: list[Line] = []
    reading = False
    for place in places:
        for line in lines_of(place):
            if anchor.search(line.text) and not MARKER.match(line.text):
                reading, block = True, []
            elif reading and _END.search(line.text):
                return list(entries(_without_preface(block)))
            elif reading and not _FURNITURE.search(line.text):
                block.append(line)
    return list(entries(_without_preface(block)))


def _without_preface(block: list[Line]) -> list[Line]:
    """The block without what the form itself says before the list."""
    first = next((n for n, line in enumerate(block) if mark_of(line.text) is not None), None)
    if first is not None:
        return block[first:]
    kept = [line for line in block if not _QUESTION.search(line.text)]
    while kept and re.match(r"[a-z(]", kept[0].text):
        kept = kept[1:]
    return kept


def mark_of(text: str) -> str | None:
    """The number or letter that a line starts with; empty for a bullet; None without a marker."""
    table = _TABLE_NUMBER.match(text)
    if table:
        return table["number"]
    found = MARKER.match(text)
    if found is None:
        return None
    return found["number"] or found["hash"] or (found["letter"] or "").upper()


def entries(lines: Sequence[Line]) -> Iterator[Listed]:
    """Entries of a list; a line without a marker continues the entry before it.

    In a list without markers every line is an entry.
    """
    marked = any(mark_of(line.text) is not None for line in lines)
    current: Listed | None = None
    previous: Line | None = None
    for line in lines:
        mark = mark_of(line.text)
        if mark is not None or not marked or current is None:
            if current is not None:
                yield current
            current = _entry(line, mark)
        elif previous is not None and _continues(previous, line):
            joined = f"{current.text} {line.text.strip('| ')}"
            end = line.end if line.place is current.place else current.end
            current = replace(current, text=joined, end=end)
        else:
            yield current
            current = None
            if marked:
                break
        previous = line
    if current is not None:
        yield current


def _entry(line: Line, mark: str | None) -> Listed | None:
    """The entry that a line opens; None for an empty box or an empty row."""
    text = line.text
    start = line.start
    table = _TABLE_NUMBER.match(text)
    found = table or MARKER.match(text)
    if found is not None:
        if not table and found["box"] and not _TICKED.search(found["box"]):
            return None
        start += found.end()
        inner = MARKER.match(text, found.end()) if not table else None
        if inner is not None and inner["box"]:
            # `1. [X] Norco`: a number and a tick box.
            if not _TICKED.search(inner["box"]):
                return None
            start = line.start + inner.end()
    page = line.place.page.text
    while start < line.end and page[start] in " |\t":
        start += 1
    end = line.end
    while end > start and page[end - 1] in " |\t":
        end -= 1
    return Listed(page[start:end], line.place, start, end, mark or "")


def _continues(previous: Line, line: Line) -> bool:
    """Whether a line without a marker belongs to the entry above it: no blank line between."""
    if line.place is not previous.place:
        return bool(re.match(r"[a-z(,;]", line.text))
    between = line.place.page.text[previous.end : line.start]
    return between.count("\n") == 1


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
