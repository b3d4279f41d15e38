"""Where a medication statement begins and ends, and in which section of the report it stands.

Lists, tables and wrapped prose differ: a line break ends a statement only where the layout says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Section(StrEnum):
    """What a section means for the drugs named in it."""

    CURRENT = "current"
    PAST = "past"
    ALLERGY = "allergy"
    FAMILY = "family"
    PLAN = "plan"
    DISPENSED = "dispensed"
    TEMPLATE = "template"
    OTHER = "other"


LISTS = frozenset({Section.CURRENT, Section.PAST, Section.DISPENSED, Section.ALLERGY})
"""Sections in which a name stands for the drug even if nothing else does."""
_HEADS: tuple[tuple[Section, str], ...] = (
    (
        Section.ALLERGY,
        r"(?:known\s+|drug\s+|medication\s+|medicine\s+|food\s+)*(?:allerg(?:y|ies)|intolerances?|"
        r"sensitivit(?:y|ies))(?:\s*(?:/|and|&|to|or)\s*[\w ]{0,24})?"
        r"|adr\s*/?\s*allergy(?:\s+field)?|"
        r"adverse\s+(?:drug\s+)?reactions?(?:\s+to\s+\w+)?|nkda",
    ),
    (
        Section.FAMILY,
        r"family\s+(?:medical\s+|psychiatric\s+)?(?:history|hx|hist)|f(?:am)?\s*hx|fh",
    ),
    (
        Section.PAST,
        r"(?:past|previous|prior|former|discontinued|failed|inactive|old|earlier)\s+(?:pain\s+)?"
        r"(?:medications?|meds|drugs?|medicines?|rx)(?:\s+(?:tried|trials?|history"
        r"|tried\s+and\s+failed))?|"
        r"medications?\s+(?:tried(?:\s+(?:and|/|&)\s+failed)?|failed|trials?|discontinued)|"
        r"medication\s+(?:trial\s+)?history|tried\s+(?:and|/|&)\s+failed|meds\s+tried"
        r"|past\s+treatments?|"
        r"(?:prior|previous)\s+treatments?(?:\s+\w+)?|what\s+has\s+been\s+tried"
        r"|previously(?:\s+(?:tried|taken))?|"
        r"discontinued|stopped|failed|d/c'?d|tried",
    ),
    (
        Section.DISPENSED,
        r"(?:medications?|meds)\s+dispensed(?:\s+[\w ]{1,20})?|dispensed(?:\s+(?:today"
        r"|in\s+office))?",
    ),
    (
        Section.CURRENT,
        r"(?:the\s+)?(?:(?:current|present|active|home|outpatient|regular|daily|pain|industrial|"
        r"non-?industrial|other|ongoing|routine|preoperative|preadmission|admission|his|her"
        r"|patient'?s|psych(?:iatric)?)\s+)*"
        r"(?:medications?|meds|medicines?|drugs|rx\s+list|medication\s+list|med\s+list"
        r"|pharmacotherapy|prescriptions?)"
        r"(?:\s+(?:list|per\s+pt|per\s+patient|at\s+home|on\s+admission|include|includes"
        r"|including|prescribed|"
        r"currently|reconciliation|regimen|use|profile|today|reviewed|at\s+this\s+time"
        r"|and\s+dosages?))*(?:\s*\([^)\n]{1,40}\))?|"
        r"current\s+regimen|prescribed\s+per\s+requisition|(?:reported|listed"
        r"|declared)\s+medications?|currently\s+taking|taking",
    ),
    (
        Section.PLAN,
        r"(?:discussion\s*(?:/|and|&)\s*)?(?:(?:treatment|medical|assessment|impression"
        r"|medication)\s*(?:/|and|&)?\s*)?"
        r"(?:plan|recommendations?|disposition|orders?)(?:\s+(?:of\s+care|of\s+treatment))?|p"
        r"|rx(?:\s+today)?|"
        r"requested\s+treatment|treatment\s+(?:requested|recommendations?)"
        r"|discharge\s+medications?|discharge\s+instructions",
    ),
)
_KNOWN_HEADS = tuple(
    (section, re.compile(rf"(?:\d{{1,2}}[.)]\s*)?(?:{pattern})", re.IGNORECASE))
    for section, pattern in _HEADS
)
_HEAD = re.compile(
    r"(?:(?P<line>^|\n)[ \t]*|(?P<inline>(?<=[.;)\]])[ \t]+|(?<![ \t])[ \t]{2,}+))"
    r"(?P<name>(?:\d{1,2}[.)][ \t]+)?[A-Za-z][A-Za-z0-9 /&'().,-]{0,52}?)[ \t]*(?P<mark>:|(?=\n)"
    r"|$|\.[ \t](?=[A-Z]))",
)
_ALL_CAPS = re.compile(r"[A-Z][A-Z /&'()-]{2,}")
_LIST_MARK = re.compile(
    r"\s*(?:\(?\d{1,2}[.):]|\(?[a-zA-Z][.)]|#\s?\d{1,2}[.):\s]|[-*•·▪>+\u2013]|\[[ xX✓]?\])\s+\S"
)
_NEW_ITEM = re.compile(rf"(?:{_LIST_MARK.pattern})|\s*\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}\b")
_PASSING = frozenset({Section.FAMILY, Section.ALLERGY})
"""Sections that end with their sentence or paragraph where text follows the heading at once."""
_CONTINUES = re.compile(
    r"(?:[,;&/(\-+]|\b(?:and|or|of|with|to|on|takes?|taking|the|for|from|was|is|by|including|in"
    r"|at|a|an|her|his|"
    r"continue|refill|start|stop|uses?|both|per|every|max|up))\s*$",
    re.IGNORECASE,
)
_DETAIL_LINE = re.compile(
    r"\s*(?:sig\b|take\b|apply\b|use\b|tk\b|one\b|two\b|1\s|2\s|1-2\s|[½1]/2|#\s*\d|qty\b"
    r"|quantity\b|disp|refills?\b|rf\b|"
    r"by\s+mouth|p\.?o\b|q\s?\d|\d+\s*(?:mg|tab|cap|patch)|[(]|daily|every|as\s+needed|prn)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"[.!?][\"')\]]?\s+(?=[A-Z\"(\[]|\d{1,2}[.)]\s)"
    # Terse notes part their sentences by two spaces and begin them small.
    r"|(?<!\.\w)\. {2,}(?=[a-z]{3})"
)
_LAST_WORD = re.compile(r"\w[\w.]*$")
_LONGEST_ABBREVIATION = 12
_GOES_ON = re.compile(
    r"(?:sig|take|apply|use|qty|quantity|disp|refills?|max|pain|one\s+tab(?:let)?)\b|#"
    r"|q\.?\s?[\dhd]|q\."
    r"|p\.?r\.?n|p\.?o\b|[btq]\.?i\.?d\b|h\.s",
    re.IGNORECASE,
)
"""Words that belong to the directions before the full stop: `TABLET. Sig: ...`, `P.O. Q.6H.`."""
_ENUMERATOR = re.compile(r"(?<=\s)\(?\d{1,2}\)\s+(?=\S)|(?<=\s{2})\d{1,2}\.\s+(?=[A-Z])")
_NOT_AN_END = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "st",
        "vs",
        "no",
        "approx",
        "prev",
        "cont",
        "e.g",
        "i.e",
        "fig",
        "ref",
        "drs",
        "jr",
        "sr",
        "inc",
    ]
)
_COLUMNS = re.compile(r"\S(?:\s{3,}|\s*\|\s*)\S")
_SHORT_LINE = 0.62
_LEAST_WIDTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A statement: a sentence, a list item or a row of a table."""

    start: int
    end: int
    section: Section
    is_item: bool
    """Whether it stands in a list or table rather than in prose."""


class Layout:
    """The segments and sections of one page."""

    def __init__(
        self,
        text: str,
        mention_starts: Sequence[int] = (),
        *,
        carried: Section = Section.OTHER,
    ) -> None:
        self.text = text
        self._heads = _sections(text, carried)
        self._cuts = _cuts(text, sorted(mention_starts), [start for start, *_ in self._heads])

    @property
    def last_section(self) -> Section:
        """The section in force at the foot of the page."""
        last = self._heads[-1]
        return last[2] if last[1] is None else Section.OTHER

    def section(self, offset: int) -> Section:
        """The section that an offset lies in."""
        index = bisect_right(self._heads, offset, key=lambda head: head[0]) - 1
        while index >= 0:
            _, end, section = self._heads[index]
            if end is None or offset < end:
                return section
            index -= 1
        return Section.OTHER

    def segment(self, offset: int) -> Segment:
        """The statement around an offset."""
        index = bisect_right(self._cuts, offset)
        start = self._cuts[index - 1] if index else 0
        end = self._cuts[index] if index < len(self._cuts) else len(self.text)
        line_start = self.text.rfind("\n", 0, start + 1) + 1
        mark = _LIST_MARK.match(self.text, line_start if start - line_start < 4 else start)
        return Segment(start=start, end=end, section=self.section(offset), is_item=mark is not None)


def _sections(text: str, carried: Section) -> list[tuple[int, int | None, Section]]:
    """Start, end (None: until the next head) and section, in order."""
    heads: list[tuple[int, int | None, Section]] = [(0, None, carried)]
    position = 0
    while found := _HEAD.search(text, position):
        position = max(found.end() - 1, found.start() + 1)
        section = _section_of(found)
        if section is None:
            continue
        name_start = found.start("name")
        end: int | None = None
        rest = text[found.end() : text.find("\n", found.end()) + 1 or len(text)]
        if section is Section.PAST and rest.strip():
            run_in = found["mark"].startswith(".")
            end = (
                _end_of_paragraph(text, found.end())
                if run_in
                else _end_of_sentence(text, found.end())
            )
        elif section in _PASSING and rest.strip():
            inline = found["inline"] is not None
            end = (_end_of_sentence if inline else _end_of_paragraph)(text, found.end())
        heads.append((name_start, end, section))
        position = found.end()
    return heads


def _section_of(found: re.Match[str]) -> Section | None:
    name = " ".join(found["name"].split()).strip(" .")
    colon = found["mark"] == ":"
    alone = not colon and found["mark"] != "" and found["mark"].startswith(".")
    caps = _ALL_CAPS.fullmatch(name) is not None
    if not colon and not caps and found["inline"]:
        return None
    for section, pattern in _KNOWN_HEADS:
        if pattern.fullmatch(name):
            if alone and not caps and " " not in name:
                return None
            single_letter = len(name) == 1
            return None if single_letter and (not colon or found["inline"]) else section
    if found["inline"] and not caps:
        return None
    if alone and not caps:
        return None
    words = len(name.split())
    if colon and (caps or (words <= 5 and name[0].isupper() and not found["inline"])):
        return Section.OTHER
    return Section.OTHER if caps and not found["inline"] and words <= 6 and len(name) > 3 else None


def _end_of_paragraph(text: str, start: int) -> int:
    blank = text.find("\n\n", start)
    return blank if blank >= 0 else len(text)


def _end_of_sentence(text: str, start: int) -> int:
    """Where an inline list of past drugs ends: at its full stop or a blank line."""
    limit = _end_of_paragraph(text, start)
    for found in _SENTENCE_END.finditer(text, start, limit):
        if _is_end(text, found):
            return found.end()
    return limit


def _is_end(text: str, found: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence and no abbreviation."""
    stop = found.start()
    word = _LAST_WORD.search(text, max(0, stop - _LONGEST_ABBREVIATION), stop)
    return word is None or word.group().lower() not in _NOT_AN_END


def _cuts(text: str, mentions: list[int], heads: list[int]) -> list[int]:
    cuts = set(heads)
    for found in _SENTENCE_END.finditer(text):
        if _is_end(text, found) and not _GOES_ON.match(text, found.end()):
            cuts.add(found.end())
    for found in _ENUMERATOR.finditer(text):
        cuts.add(found.start())
    cuts.update(_line_cuts(text, mentions))
    cuts.discard(0)
    return sorted(cuts)


def _line_cuts(text: str, mentions: list[int]) -> list[int]:
    lines = text.split("\n")
    widths = sorted(len(line) for line in lines if line.strip())
    width = max(widths[int(len(widths) * 0.9)] if widths else 0, _LEAST_WIDTH)
    cuts: list[int] = []
    offset = 0
    for line, following in pairwise(lines):
        offset += len(line) + 1
        if _ends_statement(line, following, offset, mentions, width):
            cuts.append(offset)
    return cuts


def _ends_statement(
    line: str, following: str, offset: int, mentions: list[int], width: int
) -> bool:
    if not line.strip() or not following.strip() or _NEW_ITEM.match(following):
        return True
    start = offset - len(line) - 1
    if _COLUMNS.search(line) and _COLUMNS.search(following) and _holds(mentions, offset, following):
        return True
    if _CONTINUES.search(line):
        return False
    content = offset + len(following) - len(following.lstrip())
    short = len(line.rstrip()) < width * _SHORT_LINE
    first = len(line) - len(line.lstrip())
    in_list = (
        short or _LIST_MARK.match(line) or _holds(mentions, start + first, line[first : first + 1])
    )
    if in_list and _holds(mentions, content, "x"):
        return True
    if _DETAIL_LINE.match(following) and (
        _holds(mentions, start, line) or _DETAIL_LINE.match(line)
    ):
        return False
    return short and not following.lstrip()[:1].islower()


def _holds(mentions: list[int], start: int, line: str) -> bool:
    """Whether a drug is named on the line that begins at `start`."""
    index = bisect_left(mentions, start)
    return index < len(mentions) and mentions[index] < start + len(line)
