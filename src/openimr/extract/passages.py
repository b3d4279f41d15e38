"""A page made ready to be read, and its sentences as passages that readers take one at a time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from openimr.extract import medications_names
from openimr.extract.answers import Marked
from openimr.extract.checkboxes import find_marked
from openimr.extract.dates import DateSpan, find_dates
from openimr.extract.phrases import Slots
from openimr.extract.sections import Sections, find_sections
from openimr.extract.sentences import Sentence, split_sentences
from openimr.extract.tokens import Tokens, tokenize
from openimr.model.dates import PartialDate
from openimr.model.document import Document
from openimr.model.evidence import Assertion
from openimr.model.ids import ConceptId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader took from a passage, before it is judged, dated and attributed."""

    concept: ConceptId
    start: int
    end: int
    value: Mapping[str, object]
    rule: str
    absent: bool = False
    """The words themselves say that the thing is not there."""
    negatable: bool = True
    """Whether a negation beside it denies it; false where the value has taken it in."""
    subject: str | None = None
    """What the effect is tied to, where the reader itself saw it."""
    assertion: Assertion | None = None
    """Fixed by the reader; None: by the cues."""
    day: PartialDate | None = None
    """The day it is of, where the reader itself saw it."""
    now: bool = False
    """Of the visit, whatever date stands beside it."""


@dataclass(frozen=True, eq=False)
class PageText:
    """A page with everything that readers look up, found once."""

    page: Page
    document: Document
    tokens: Tokens
    sections: Sections
    sentences: Sequence[Sentence]
    drugs: Sequence[medications_names.Mention]
    dates: Sequence[DateSpan]
    marked: Sequence[Marked]
    slots: Slots

    @cached_property
    def patch(self) -> str | None:
        """The one opioid patch that the page names; None for none or several."""
        patches = {
            mention.drug.generic
            for mention in self.drugs
            if mention.drug.is_opioid and "patch" in mention.drug.forms
        }
        return patches.pop() if len(patches) == 1 else None

    @cached_property
    def _drug_starts(self) -> list[int]:
        return [drug.start for drug in self.drugs]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [found.start for found in self.dates]

    def drugs_in(self, start: int, end: int) -> Sequence[medications_names.Mention]:
        """Drugs named in a stretch of the page."""
        starts = self._drug_starts
        return self.drugs[bisect_left(starts, start) : bisect_left(starts, end)]

    def dates_in(self, start: int, end: int) -> Sequence[DateSpan]:
        """Dates given in a stretch of the page."""
        starts = self._date_starts
        return self.dates[bisect_left(starts, start) : bisect_left(starts, end)]

    def mark_at(self, start: int, end: int) -> Marked | None:
        """The check box that the words belong to, if one does; of several the last.

        `Sensation: [ ] intact [X] decreased` is read over both, and belongs to the second.
        """
        touched = [m for m in self.marked if m.start < end and start < m.end]
        return touched[-1] if touched else None


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence, item or form line of a page."""

    source: PageText
    start: int
    end: int
    first: int
    last: int
    section: str
    before: Passage | None = field(default=None, repr=False)
    """The sentence before it in the same paragraph."""

    @cached_property
    def text(self) -> str:
        """The words of the passage."""
        return self.source.page.text[self.start : self.end]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems that occur in it."""
        return frozenset(self.source.tokens.stems[self.first : self.last])

    @cached_property
    def drugs(self) -> Sequence[medications_names.Mention]:
        """The drugs named in it."""
        return self.source.drugs_in(self.start, self.end)

    def at(self, found: re.Match[str]) -> tuple[int, int]:
        """The page offsets of a match in `text`."""
        return self.start + found.start(), self.start + found.end()


def read_page(
    page: Page,
    document: Document,
    lexicon: Lexicon,
    drugs: medications_names.DrugMatcher,
    section: str,
) -> PageText:
    """Make a page ready; `section` is the one the page before ended in."""
    tokens = tokenize(page.text)
    mentions = drugs.find(page.text)
    dates = find_dates(page.text)
    slots = {
        "{drug}": dict(tokens.range(m.start, m.end) for m in mentions),
        "{date}": dict(tokens.range(d.start, d.end) for d in dates),
    }
    return PageText(
        page=page,
        document=document,
        tokens=tokens,
        sections=find_sections(page.text, lexicon.section_heads, section),
        sentences=split_sentences(page.text, frozenset(lexicon.abbreviations)),
        drugs=mentions,
        dates=dates,
        marked=find_marked(page.text),
        slots=slots,
    )


def passages(source: PageText) -> list[Passage]:
    """The passages of a page in order, each knowing the one before it in its paragraph."""
    found: list[Passage] = []
    for sentence in source.sentences:
        first, last = source.tokens.range(sentence.start, sentence.end)
        before = found[-1] if found else None
        if before is not None and "\n\n" in _squeezed(
            source.page.text[before.end : sentence.start]
        ):
            before = None
        found.append(
            Passage(
                source,
                sentence.start,
                sentence.end,
                first,
                last,
                source.sections.at(sentence.start),
                before,
            )
        )
    return found


def _squeezed(gap: str) -> str:
    return gap.replace(" ", "").replace("\t", "")
