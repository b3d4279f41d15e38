"""The statements of a page: each drug or class named, with its dosing and how it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from openimr.extract.medications_borders import stretches, without_synonyms
from openimr.extract.medications_context import (
    Reading,
    Surroundings,
    is_list,
    read_context,
)
from openimr.extract.medications_cues import Outcome, Status
from openimr.extract.medications_grammar import Details, read_details
from openimr.extract.medications_names import Mention, has_dose_beside
from openimr.extract.medications_reasons import outcome_of
from openimr.extract.medications_release import PARENTERAL, resolve
from openimr.extract.medications_segments import LISTS, Layout, Section, Segment
from openimr.extract.medications_speaker import in_argument, is_request_line
from openimr.extract.medications_table import since_in_table
from openimr.extract.medications_trials import ClassMention, Duration, duration, exchange
from openimr.model.document import DocumentKind
from openimr.model.drug import Drug, Formulary
from openimr.model.evidence import Assertion

_LAB_LIST = re.compile(
    r"\b(?:prescribed|reported|declared|medications?|meds)\b[^\n]{0,40}$", re.IGNORECASE
)
_PROCEDURE = re.compile(
    r"inject|infiltrat|an[ae]+sthe|epidural|needle|\bcc\b|block\b|aspirat|procedure|\bi\.?v\b"
    r"|intraven|subcutaneous\s+(?:area|tissue)|sutur|vicryl",
    re.IGNORECASE,
)
_OF_IT = re.compile(
    r"[;.,\u2013-]\s+(?:but\s+|and\s+)?(?:it|they|this|both|neither)\s+(?P<what>[^.;]{3,90})",
    re.IGNORECASE,
)
_OF_THE_LAST = re.compile(r"\s+(?:that|which)\b", re.IGNORECASE)
"""`Soma and the Vicodin that he was given last night`: a clause that defines the last of a list."""
_CLASS = Drug(generic="")
_EARLIER = 300
_LONGEST = 400
"""Characters of a statement that are looked at on either side: a page may be one long line."""
_FOLLOWING = 110
_SURE_WITH_A_SLIP = 10
"""Letters from which a name with a slip can be no other word: `amitriptylnie`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One drug or class in one statement."""

    written: str
    start: int
    end: int
    drug: Drug | None
    group: str | None
    """The class, where a class is named and no drug."""
    details: Details
    reading: Reading
    segment: Segment
    lasting: Duration | None = None
    replaces: str | None = None
    is_new: bool = False
    """Whether it takes the place of another drug here."""


class StatementReader:
    """Reads the statements of one page."""

    def __init__(self, text: str, kind: DocumentKind, layout: Layout, formulary: Formulary) -> None:
        self._text = text
        self._kind = kind
        self._layout = layout
        self._formulary = formulary

    def read(self, mentions: Sequence[Mention | ClassMention]) -> Iterator[Statement]:
        """Every statement about the drugs and classes named, in order."""
        by_segment = groupby(mentions, key=lambda one: self._layout.segment(one.start).start)
        for _, group in by_segment:
            yield from self._of_segment(list(group))

    def _of_segment(self, mentions: list[Mention | ClassMention]) -> list[Statement]:
        segment = self._layout.segment(mentions[0].start)
        named = without_synonyms(self._text, mentions)
        made: list[Statement] = []
        previous: Statement | None = None
        for mention, stretch in zip(named, stretches(self._text, named, segment), strict=True):
            previous = self._statement(mention, segment, stretch, previous)
            if previous is not None:
                made.append(previous)
        made = self._told_of_it(_shared_duration(self._shared_outcome(made)))
        return self._exchanged(made)

    def _statement(
        self,
        mention: Mention | ClassMention,
        segment: Segment,
        stretch: tuple[int, int],
        previous: Statement | None,
    ) -> Statement | None:
        head = self._text[stretch[0] : mention.start]
        tail = self._text[mention.end : stretch[1]]
        drug = mention.drug if isinstance(mention, Mention) else _CLASS
        details = self._details(tail, head, drug, mention.written)
        if isinstance(mention, Mention):
            if not self._counts(mention, segment, details):
                return None
            drug = resolve(mention, details, self._formulary)
            if drug is not mention.drug:
                details = self._details(tail, head, drug, mention.written)
        reading = self._reading(mention, segment, head, details, previous)
        if reading is None:
            return None
        lasting = self._lasting(tail, segment, mention)
        return Statement(
            written=mention.written,
            start=mention.start,
            end=mention.end,
            drug=drug if isinstance(mention, Mention) else None,
            group=mention.group if isinstance(mention, ClassMention) else None,
            details=details,
            reading=reading,
            segment=segment,
            lasting=lasting,
        )

    def _lasting(
        self, tail: str, segment: Segment, mention: Mention | ClassMention
    ) -> Duration | None:
        """How long it has been used: in words, or in a table's column."""
        before = self._text[max(segment.start, mention.start - _LONGEST) : mention.start]
        told = duration(tail, before)
        return told.shifted(mention.end) if told else since_in_table(self._text, mention.start)

    def _details(self, tail: str, head: str, drug: Drug, name: str) -> Details:
        return read_details(tail, head, drug, self._formulary.family(drug), name=name)

    def _counts(self, mention: Mention, segment: Segment, details: Details) -> bool:
        """Whether a doubtful name (misspelled, or a word of its own) is the drug here."""
        if self._is_administered(mention, segment):
            return False
        if not mention.misspelled and mention.name not in self._formulary.ambiguous:
            return True
        long_name = mention.misspelled and len(mention.written) >= _SURE_WITH_A_SLIP
        if segment.section in LISTS or details.is_dosed or long_name:
            return True
        return has_dose_beside(self._text, mention.end)

    def _is_administered(self, mention: Mention, segment: Segment) -> bool:
        """Whether it is what a procedure injects, and no medication the patient is on."""
        if segment.section in LISTS:
            return False
        if self._kind is DocumentKind.OPERATIVE:
            return segment.section is not Section.PLAN
        around = self._text[
            max(segment.start, mention.start - _LONGEST) : min(segment.end, mention.end + _LONGEST)
        ]
        return "injectable" in mention.drug.drug_class and _PROCEDURE.search(around) is not None

    def _reading(
        self,
        mention: Mention | ClassMention,
        segment: Segment,
        head: str,
        details: Details,
        previous: Statement | None,
    ) -> Reading | None:
        text, start = self._text, mention.start
        if self._kind is DocumentKind.LAB and not _LAB_LIST.search(self._line_before(start)):
            return None
        if in_argument(self._kind):
            return self._argued(segment, details)
        reading = read_context(
            Surroundings(
                head=head,
                rest=details.rest,
                tail=details.tail,
                statement=text[max(segment.start, start - _LONGEST) : start],
                following=text[mention.end : mention.end + _FOLLOWING],
                earlier=text[max(0, segment.start - _EARLIER) : segment.start],
                section=segment.section,
                has_dosing=details.is_dosed,
                previous=previous.reading if previous else None,
                link=_link(previous, text, start) if previous else "",
            )
        )
        is_present = reading is not None and reading.assertion is Assertion.PRESENT
        if self._kind is DocumentKind.RFA and reading is not None and is_present:
            return replace(reading, status=Status.REQUESTED)
        if reading is not None and is_present and _was_given(details, segment):
            return replace(reading, assertion=Assertion.HISTORICAL)
        return reading

    def _argued(self, segment: Segment, details: Details) -> Reading:
        """In an application or UR decision only the list of requests says something."""
        line = self._text[segment.start : min(segment.end, segment.start + _LONGEST)]
        if is_request_line(line, self._kind, has_dosing=details.is_dosed):
            return Reading(status=Status.REQUESTED, cue="request line")
        return Reading(assertion=Assertion.HYPOTHETICAL, cue="argument")

    def _line_before(self, offset: int) -> str:
        return self._text[self._text.rfind("\n", 0, offset) + 1 : offset]

    def _shared_outcome(self, made: list[Statement]) -> list[Statement]:
        """`Tylenol, Motrin and Soma had all been inadequate` tells of all three."""
        for index in range(len(made) - 2, -1, -1):
            one, two = made[index], made[index + 1]
            denied = two.reading.assertion is Assertion.ABSENT and two.reading.cue != ""
            told = two.reading.outcome is not None or denied
            told_after = told and two.reading.cue in two.details.rest
            alone = f"({two.reading.cue}" in two.details.rest or _OF_THE_LAST.match(
                two.details.rest
            )
            silent = one.reading.outcome is None and one.reading.cue not in one.details.rest
            link = _link(one, self._text, two.start)
            if told_after and not alone and (silent or not one.reading.cue) and is_list(link):
                made[index] = replace(
                    one, reading=two.reading, details=replace(one.details, rest=two.details.rest)
                )
        return made

    def _told_of_it(self, made: list[Statement]) -> list[Statement]:
        """`Neurontin was given before Lyrica; it made her dizzy` tells of the first."""
        past = [n for n, one in enumerate(made) if one.reading.assertion is Assertion.HISTORICAL]
        if not past or made[past[0]].reading.outcome not in {None, Outcome.TRIED}:
            return made
        one = made[past[0]]
        end = min(one.segment.end + _FOLLOWING, one.end + _LONGEST)
        found = _OF_IT.search(self._text, one.end, end)
        outcome = outcome_of(found["what"]) if found else None
        if outcome is not None:
            made[past[0]] = replace(one, reading=replace(one.reading, outcome=outcome))
        return made

    def _exchanged(self, made: list[Statement]) -> list[Statement]:
        """Mark pairs of which one takes the other's place."""
        for index, (one, two) in enumerate(pairwise(list(made))):
            one = made[index]  # noqa: PLW2901 - the pair before may have changed it
            head = self._text[max(one.segment.start, one.start - _FOLLOWING) : one.start]
            new = exchange(head, _link(one, self._text, two.start))
            if new is None or not one.drug or not two.drug or one.drug == two.drug:
                continue
            if new == "second":
                made[index], made[index + 1] = _pair(one, two)
            else:
                made[index + 1], made[index] = _pair(two, one)
        return made


def _was_given(details: Details, segment: Segment) -> bool:
    """Whether a dose was given by others, once, outside a list: `Toradol 60 mg IM`."""
    return details.route in PARENTERAL and segment.section not in LISTS


def _shared_duration(made: list[Statement]) -> list[Statement]:
    """`on Norco and Soma since 2011` tells of both."""
    for index in range(len(made) - 2, -1, -1):
        one, two = made[index], made[index + 1]
        same = one.reading.cue != "" and one.reading.cue == two.reading.cue
        if same and one.lasting is None and two.lasting is not None:
            made[index] = replace(one, lasting=two.lasting)
    return made


def _link(one: Statement, text: str, start: int) -> str:
    """What stands between a drug and the next one, without the dosing of the first."""
    gap = text[one.end : start]
    known = one.details.rest[: len(gap)]
    return known + gap[len(known) :]


def _pair(old: Statement, fresh: Statement) -> tuple[Statement, Statement]:
    """The two as stopped and started, or as only considered."""
    is_idea = Assertion.HYPOTHETICAL in {old.reading.assertion, fresh.reading.assertion}
    ended = Assertion.HYPOTHETICAL if is_idea else Assertion.HISTORICAL
    begun = Assertion.HYPOTHETICAL if is_idea else Assertion.PRESENT
    stop = replace(old.reading, status=Status.STOPPED, assertion=ended)
    start = replace(fresh.reading, status=Status.STARTED, assertion=begun)
    name = old.drug.generic if old.drug else None
    return replace(old, reading=stop), replace(fresh, reading=start, replaces=name, is_new=True)
