"""Asks a second reader about a case file, or takes what it said before, and keeps what holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from openimr.extract.second_reader.answers import check_answer
from openimr.extract.second_reader.facts import SecondExtractor
from openimr.extract.second_reader.questions import ask_about
from openimr.model.case import CaseHeader
from openimr.model.document import Document
from openimr.model.drug import Formulary
from openimr.model.evidence import Fact
from openimr.model.lexicon import Lexicon
from openimr.model.progress import Progress, Silent
from openimr.model.second_reader import (
    Question,
    Refusal,
    SecondProposal,
    SecondReader,
    SecondReading,
)
from openimr.model.text import Page

_PATIENCE = 3
"""Questions in a row without an answer, after which no more are put."""
GIVEN_UP = f"not asked after {_PATIENCE} questions in a row without an answer"


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """A case file as a second reader meets it.

    Args:
        documents: of the case file.
        header: of the case.
        known: the facts that the rules read, for each document.
        lexicon: of the rules.
        formulary: of the rules.
        loose: what may be proposed.
    """

    documents: Sequence[Document]
    header: CaseHeader
    known: Sequence[Sequence[Fact]]
    lexicon: Lexicon
    formulary: Formulary
    loose: Lexicon

    def ask(
        self, reader: SecondReader, progress: Progress | None = None
    ) -> tuple[list[tuple[Fact, ...]], SecondReading]:
        """Put every question, and read what the answers point at.

        Returns:
            The facts gained for each document, and what is to be kept for a replay.
        """
        told = _ask_all(
            tuple(ask_about(self.documents, self.lexicon, self.loose)),
            reader,
            {(each.id, page.number): page for each in self.documents for page in each.pages},
            self.loose,
            progress or Silent(),
        )
        reading = SecondReading(
            reader=reader.name,
            questions=told.questions,
            proposals=tuple(told.proposals),
            unanswered=tuple(sorted(told.unanswered.items())),
        )
        return self._read(reading, told.refused)

    def replay(self, reading: SecondReading) -> tuple[list[tuple[Fact, ...]], SecondReading]:
        """Read again what was kept; a proposal that holds no longer is missing in the result."""
        facts, again = self._read(reading, Counter())
        return facts, replace(reading, proposals=again.proposals)

    def _read(
        self, reading: SecondReading, refused: Counter[Refusal]
    ) -> tuple[list[tuple[Fact, ...]], SecondReading]:
        extractor = SecondExtractor(self.lexicon, self.formulary, self.loose)
        facts: list[tuple[Fact, ...]] = []
        kept: list[SecondProposal] = []
        agreed = 0
        for document, known in zip(self.documents, self.known, strict=True):
            own = [one for one in reading.proposals if one.document == document.id]
            outcomes = extractor.read(document, self.header, own, known) if own else ()
            refused.update(one.refusal for one in outcomes if one.refusal is not None)
            agreed += sum(one.refusal is None and one.fact is None for one in outcomes)
            kept += [one.proposal for one in outcomes if one.fact is not None]
            facts.append(tuple(one.fact for one in outcomes if one.fact is not None))
        dropped = tuple((reason, refused[reason]) for reason in Refusal if refused[reason])
        return facts, replace(reading, proposals=tuple(kept), agreed=agreed, dropped=dropped)


@dataclass
class _Told:
    """What came back of all questions."""

    questions: int = 0
    proposals: dict[SecondProposal, None] = field(default_factory=dict)
    refused: Counter[Refusal] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)


def _ask_all(
    questions: Sequence[Question],
    reader: SecondReader,
    pages: Mapping[tuple[str, int], Page],
    loose: Lexicon,
    progress: Progress,
) -> _Told:
    told = _Told(questions=len(questions))
    concepts = frozenset(loose.concepts)
    failures = 0
    progress.start(len(questions), "Asking the second reader")
    for question in questions:
        progress.advance()
        if failures >= _PATIENCE:
            told.unanswered[GIVEN_UP] += 1
            continue
        answer = reader.ask(question)
        failure = answer.failure
        if not failure:
            page = pages[question.document, question.page]
            checked = check_answer(answer.text, question, page, concepts)
            failure = checked.failure
            told.refused.update(checked.refused)
            _keep(checked.proposals, told)
        failures = failures + 1 if failure else 0
        if failure:
            told.unanswered[failure] += 1
    progress.done()
    return told


def _keep(proposals: Iterable[SecondProposal], told: _Told) -> None:
    for proposal in proposals:
        if proposal in told.proposals:
            told.refused[Refusal.REPEATED] += 1
        told.proposals[proposal] = None
