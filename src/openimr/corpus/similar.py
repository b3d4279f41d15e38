"""The nearest decided items, both outcomes evenly, with what was said to be present or missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tantivy import DocAddress, Query

from openimr.corpus.asked import Asked, Identity, of_outcome
from openimr.corpus.index import update
from openimr.corpus.indexed import LETTER_ROW, PLACE, SHOWN, column, place, segment_and_row
from openimr.corpus.matching import count
from openimr.corpus.places import row_at
from openimr.corpus.shown import unpack
from openimr.corpus.store import Corpus
from openimr.corpus.words import words
from openimr.model.precedent import Precedent, Precedents, Statement
from openimr.model.progress import Progress
from openimr.model.published import Polarity
from openimr.model.ruling import Outcome
from openimr.model.said import SaidVocabulary
from openimr.published.said import read_said

_FACETS = ("drug", "topic", "dose", "body_part", "drug_class", "category")
_COLUMNS = (
    "item", "heading", "decision_date", "specialty", "reviewer_guideline", "rationale",
    *map(column, _FACETS),
)  # fmt: skip
_MOST = 24
"""Candidates read for each outcome: many rationales are copies of each other."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"(])")


class Precedence:
    """Finds precedents in one corpus; open it once for many items.

    Args:
        corpus: whose index is brought up to date first, if it is not.
        vocabulary: how reviewers say what a record shows or lacks.
        progress: told of the work on the index.
    """

    def __init__(
        self, corpus: Corpus, vocabulary: SaidVocabulary, progress: Progress | None = None
    ) -> None:
        opened = update(corpus, progress)
        self._corpus = corpus
        self._dictionary = opened.dictionary
        self._schema = opened.index.schema
        self._searcher = opened.index.searcher()
        self._vocabulary = vocabulary

    def find(self, asked: Asked, *, each: int = 3) -> Precedents:
        """The nearest items of each outcome, `each` of both or fewer where there are not so many.

        An item whose rationale is a copy of one already shown is passed over.
        """
        same, counts = self._same_treatment(asked, each)
        telling = asked.telling(self._searcher)
        ranked = asked.ranked(same, telling, self._schema)
        found = {
            outcome: [*islice(self._nearest(ranked, outcome, asked, telling), each)]
            for outcome in Outcome
        }
        shown = min(each, *(len(of) for of in found.values())) or each
        return Precedents(
            same=same.words,
            upheld_count=counts[Outcome.UPHELD],
            overturned_count=counts[Outcome.OVERTURNED],
            upheld=tuple(found[Outcome.UPHELD][:shown]),
            overturned=tuple(found[Outcome.OVERTURNED][:shown]),
        )

    def _same_treatment(self, asked: Asked, each: int) -> tuple[Identity, dict[Outcome, int]]:
        """The most definite identity that enough items of each outcome have, else that any have."""
        counted = [(identity, self._counts(identity)) for identity in asked.identities]
        for wanted in (each, 1):
            for identity, counts in counted:
                if min(counts.values()) >= wanted:
                    return identity, counts
        return next((pair for pair in counted if any(pair[1].values())), counted[0])

    def _counts(self, identity: Identity) -> dict[Outcome, int]:
        query = identity.query(self._schema)
        return {
            outcome: count(self._searcher, of_outcome(query, self._schema, outcome))
            for outcome in Outcome
        }

    def _nearest(
        self, ranked: Query, outcome: Outcome, asked: Asked, telling: dict[str, str]
    ) -> Iterator[Precedent]:
        """Items of an outcome, the most alike first; equals by their permalink."""
        query = of_outcome(ranked, self._schema, outcome)
        hits = self._searcher.search(query, limit=_MOST, count=False).hits
        found = [
            (-round(score, 3), unpack(self._searcher.doc(at)[SHOWN][0], self._dictionary), at)
            for score, at in hits
        ]
        told: set[str] = set()
        for _, shown, address in sorted(found, key=lambda each: (each[0], each[1]["item"])):
            if shown["rationale"] not in told:
                told.add(shown["rationale"])
                yield self._precedent(address, outcome, asked, telling)

    def _precedent(
        self, address: DocAddress, outcome: Outcome, asked: Asked, telling: dict[str, str]
    ) -> Precedent:
        at, letter_row = (self._number(name, address) for name in (PLACE, LETTER_ROW))
        row = row_at(self._corpus, "items", at, _COLUMNS)
        of_letter = place(segment_and_row(at)[0], letter_row)
        letter = row_at(self._corpus, "letters", of_letter, ("summary",))
        rationale = row["rationale"] or ""
        stems = {word.stem for word in words(f"{letter['summary'] or ''} {rationale}")}
        return Precedent(
            item=row["item"],
            heading=row["heading"] or "",
            outcome=outcome,
            decision_date=row["decision_date"],
            specialties=tuple(row["specialty"] or ()),
            reviewer_guideline=row["reviewer_guideline"] or "",
            alike=asked.alike({facet: row[column(facet)] for facet in _FACETS}),
            shared=tuple(word for stem, word in telling.items() if stem in stems),
            said=self._said(rationale),
        )

    def _number(self, name: str, address: DocAddress) -> int:
        return int(self._searcher.fast_field_values(name, [address])[0] or 0)

    def _said(self, rationale: str) -> tuple[Statement, ...]:
        """Each element once a polarity, with the sentence that says it."""
        labels = self._vocabulary.labels
        found: dict[tuple[str, Polarity], Statement] = {}
        for said in read_said(rationale, self._vocabulary):
            quote = _sentence(rationale, said.start, said.end)
            statement = Statement(element=labels[said.element], polarity=said.polarity, quote=quote)
            found.setdefault((said.element, said.polarity), statement)
        return tuple(found.values())


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place, verbatim."""
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    return text[begin : stop.start() if stop else len(text)].strip()
