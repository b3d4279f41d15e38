"""Proposals to facts: the same judgement, dates and subjects as for all that the rules find.

What a proposal may say is settled by its words alone, so the same case file and proposals give the
same facts again, without the second reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openimr.extract.dating import Calendar
from openimr.extract.facts import Reader, reader_of
from openimr.extract.in_place import is_in_place
from openimr.extract.judgement import Quotation
from openimr.extract.passages import Passage, Reading, passages, read_page
from openimr.extract.second_reader.values import LooseReader
from openimr.model.case import CaseHeader
from openimr.model.document import Document
from openimr.model.drug import Formulary
from openimr.model.evidence import Fact, Origin
from openimr.model.lexicon import Lexicon
from openimr.model.second_reader import Refusal, SecondProposal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a proposal: a fact, a refusal, or neither where the rules had read it."""

    proposal: SecondProposal
    fact: Fact | None = None
    refusal: Refusal | None = None


class SecondExtractor:
    """Makes facts of proposals.

    Args:
        lexicon: of the rules.
        formulary: of the rules.
        loose: what may be proposed, and the words that confirm it.
    """

    def __init__(self, lexicon: Lexicon, formulary: Formulary, loose: Lexicon) -> None:
        self._reader: Reader = reader_of(lexicon, formulary)
        self._loose = LooseReader(loose, lexicon.lists.get("activity", ()))

    def read(
        self,
        document: Document,
        header: CaseHeader | None,
        proposals: Sequence[SecondProposal],
        known: Sequence[Fact],
    ) -> tuple[Outcome, ...]:
        """What becomes of the proposals of a document, in the order of its pages.

        Args:
            document: the document they are of.
            header: of the case.
            proposals: that stand verbatim where they say.
            known: the facts that the rules read in the document.
        """
        calendar = Calendar(document, header)
        outcomes: list[Outcome] = []
        for proposal, passage, quotation in self._placed(document, sorted(proposals)):
            if passage is None:
                outcomes.append(Outcome(proposal, refusal=Refusal.NO_SENTENCE))
            elif any(_is_same(fact, proposal, passage) for fact in known):
                outcomes.append(Outcome(proposal))
            else:
                made = [one.fact for one in outcomes if one.fact is not None]
                found = self._fact(proposal, passage, calendar, quoting=quotation.open)
                if isinstance(found, Refusal):
                    outcomes.append(Outcome(proposal, refusal=found))
                elif any(_is_same(fact, proposal, passage) for fact in made):
                    outcomes.append(Outcome(proposal, refusal=Refusal.REPEATED))
                else:
                    outcomes.append(Outcome(proposal, fact=found))
        return tuple(outcomes)

    def _placed(
        self, document: Document, proposals: Sequence[SecondProposal]
    ) -> Iterator[tuple[SecondProposal, Passage | None, Quotation]]:
        """Each proposal with the sentence it stands in, if one holds it whole."""
        section = ""
        quotation = Quotation()
        last = max((proposal.page for proposal in proposals), default=0)
        for page in document.pages[:last]:
            waiting = [proposal for proposal in proposals if proposal.page == page.number]
            if not page.text.strip():
                continue
            reader = self._reader
            source = read_page(page, document, reader.lexicon, reader.drugs, section)
            section = source.sections.names[-1]
            for passage in passages(source):
                held = [one for one in waiting if _holds(passage, one)]
                waiting = [one for one in waiting if one not in held]
                yield from ((one, passage, quotation) for one in held)
                cues = reader.asserter.cues(
                    source.tokens, passage.first, passage.last, source.slots
                )
                quotation = quotation.after(passage, cues)
            yield from ((one, None, quotation) for one in waiting)

    def _fact(
        self, proposal: SecondProposal, passage: Passage, calendar: Calendar, *, quoting: bool
    ) -> Fact | Refusal:
        reading = self._loose.read(proposal, passage)
        if isinstance(reading, Refusal):
            return reading
        fact = self._judged(reading, passage, calendar, quoting=quoting)
        if fact is None:
            return Refusal.OUT_OF_PLACE
        return replace(fact, origin=Origin.SECOND_READER)

    def _judged(
        self, reading: Reading, passage: Passage, calendar: Calendar, *, quoting: bool
    ) -> Fact | None:
        if not is_in_place(reading, passage):
            return None
        source = passage.source
        cues = self._reader.asserter.cues(source.tokens, passage.first, passage.last, source.slots)
        return self._reader.judged(reading, passage, cues, calendar, quoting=quoting)


def _holds(passage: Passage, proposal: SecondProposal) -> bool:
    """Whether the proposal stands in the sentence, letter for letter."""
    words = passage.source.page.text[proposal.start : proposal.end]
    inside = passage.start <= proposal.start < proposal.end <= passage.end
    return inside and words == proposal.quote


def _is_same(fact: Fact, proposal: SecondProposal, passage: Passage) -> bool:
    """Whether a fact tells the concept of the sentence that a proposal points at."""
    where = fact.provenance
    return (
        fact.concept == proposal.concept
        and where.page == proposal.page
        and where.start < passage.end
        and passage.start < where.end
    )
