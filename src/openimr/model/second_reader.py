"""The second reader: a language model of the organization's own that may point, and never says.

It is asked which words of a page speak of which concept. What the words say (value, assertion,
date, subject) is read from the page by the rules that read all facts. It has no field for a value,
a verdict or a sentence of the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from openimr.model.ids import ConceptId, DocumentId


class Refusal(StrEnum):
    """Why a proposal was dropped; a person reads it in the letter's JSON."""

    NO_PROPOSAL = "is no quote with its sentence and its concept"
    SAYS_MORE = "says more than a quote, its sentence and its concept"
    NO_CONCEPT = "names no concept that may be proposed"
    NO_SENTENCE = "names a sentence that the page does not have"
    NOT_VERBATIM = "its words do not stand in the sentence it names"
    TOO_MANY = "is beyond the number of proposals that an answer may have"
    REPEATED = "was proposed before"
    NO_VALUE = "its words hold no value that the rules can read"
    SEVERAL_VALUES = "its words say more than one thing"
    OUT_OF_PLACE = "its words mean something else where they stand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Sentences of one page, numbered from 1 in the order of `sentences`, and what is asked."""

    document: DocumentId
    page: int
    sentences: tuple[tuple[int, int], ...]
    """Offsets into the page's text."""
    instruction: str
    text: str
    schema: str
    """The form of an answer, as a JSON Schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: text that nothing has been checked of, or why there is none."""

    text: str = ""
    failure: str = ""


class SecondReader(Protocol):
    """Whoever answers questions; never raises for a reader that is slow, silent or wrong."""

    @property
    def name(self) -> str:
        """The model, as the letter names it."""

    def ask(self, question: Question) -> Answer:
        """Put one question."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SecondProposal:
    """Words of a page that are said to speak of a concept: `page.text[start:end] == quote`."""

    document: DocumentId
    page: int
    start: int
    end: int
    concept: ConceptId
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """All that a second reader added to a case, kept with the determination so that it replays.

    The facts follow again from the case file and `proposals`. The counts are as they were told
    when the reader was asked: nobody can ask it again and expect the same.
    """

    reader: str
    questions: int
    proposals: tuple[SecondProposal, ...]
    """Those that became facts, in the order of the record."""
    agreed: int = 0
    """Proposals that pointed at what the rules had read already."""
    dropped: tuple[tuple[Refusal, int], ...] = ()
    unanswered: tuple[tuple[str, int], ...] = ()
    """Questions without an answer that could be used, by reason."""
