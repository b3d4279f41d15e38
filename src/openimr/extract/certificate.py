"""Certificates: proof of search for every 'not documented'.

All pages are indexed by stem once. A search then names every phrase and pattern it looked for,
every page it covers, and the passages that came nearest: facts that do not suffice, then clinical
passages that hold words of the concept, misspelled ones included, with the reason beside each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA

from openimr.extract.reasons import why_not
from openimr.extract.sentence_model import Proposal, Proposer
from openimr.extract.sentences import Sentence, split_sentences
from openimr.extract.tokens import Tokens, stem, tokenize
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.evidence import (
    Assertion,
    Certificate,
    Fact,
    NearMiss,
    PageRef,
    UnreadPage,
)
from openimr.model.ids import CertificateId, ConceptId
from openimr.model.labels import us_date
from openimr.model.lexicon import Concept, Lexicon
from openimr.model.text import NoticeKind, Page, PageState

_MOST = 10
_WEAK = 0.8
_LONGEST_QUOTE = 240
_SHORTEST_FUZZY = 6
_SHORTEST_NEAR = 2
_WITHIN_ONE_SLIP = 1
_ORDER = {
    Assertion.PRESENT: 0,
    Assertion.CONFLICTING: 0,
    Assertion.ABSENT: 1,
    Assertion.POSSIBLE: 1,
    Assertion.HISTORICAL: 2,
    Assertion.HYPOTHETICAL: 3,
    Assertion.OTHER_PERSON: 4,
}
_OF_THE_PATIENT = frozenset(
    {Assertion.PRESENT, Assertion.ABSENT, Assertion.POSSIBLE, Assertion.CONFLICTING}
)
_RECENT_DAYS = 366
"""A passage older than this speaks of another time; it is shown, and is no possible evidence."""
_AT_ANY_TIME = frozenset(
    {"prior_nonopioid_trials", "initial_trial", "duration_of_use", "addiction_history"}
)
"""Concepts that tell of the past: an old passage is possible evidence of them as well."""
_LEAST_CLINICAL = frozenset(
    {DocumentKind.RFA, DocumentKind.PHARMACY_LEDGER, DocumentKind.CURES, DocumentKind.UNKNOWN}
)


@dataclass(frozen=True, slots=True)
class _Searched:
    document: Document
    page: Page


class Searcher:
    """Searches a case file for concepts, and certifies what was not found.

    Args:
        documents: of the case file.
        facts: all that were read from them.
        lexicon: the concepts and their expressions.
        formulary: to name a drug's brands among the queries.
        proposer: points at sentences that speak of a concept in words nobody foresaw, if given.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        facts: Sequence[Fact],
        lexicon: Lexicon,
        formulary: Formulary,
        proposer: Proposer | None = None,
    ) -> None:
        self._documents = {document.id: document for document in documents}
        self._lexicon = lexicon
        self._formulary = formulary
        self._pages: list[_Searched] = []
        self._unread: list[UnreadPage] = []
        self._weak: list[UnreadPage] = []
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)
        self._facts: defaultdict[ConceptId, list[Fact]] = defaultdict(list)
        self._abbreviations = frozenset(lexicon.abbreviations)
        self._ordinary = frozenset(stem(word) for word in lexicon.lists.get("ordinary", ()))
        self._latest = max((d.date for d in documents if d.date is not None), default=None)
        self._made = 0
        for document in documents:
            for page in document.pages:
                self._index(document, page)
        self._vocabulary = [
            word
            for word in self._by_stem
            if len(word) >= _SHORTEST_FUZZY and word.isalpha() and word not in self._ordinary
        ]
        self._slips: dict[str, tuple[str, ...]] = {}
        self._reads: dict[int, tuple[Tokens, list[Sentence]]] = {}
        self._proposer = proposer
        self._proposed: dict[int, Mapping[ConceptId, tuple[Proposal, ...]]] = {}
        self._refs = tuple(
            PageRef(document=searched.document.id, page=searched.page.number)
            for searched in self._pages
        )
        for fact in facts:
            self._facts[fact.concept].append(fact)

    def certify(
        self,
        concepts: tuple[ConceptId, ...],
        subject: str | None = None,
        until: date | None = None,
    ) -> Certificate:
        """The certificate of a search for concepts.

        Args:
            concepts: what is sought.
            subject: the drug or treatment that the evidence has to speak of, if one.
            until: the last day that counts, of care already given; None: all days count.
        """
        self._made += 1
        known = [self._lexicon.concepts[c] for c in concepts if c in self._lexicon.concepts]
        return Certificate(
            id=CertificateId(f"c{self._made:02d}"),
            concepts=concepts,
            subject=subject,
            queries=tuple(dict.fromkeys(self._queries(known, subject))),
            pages_searched=self._refs,
            pages_unreadable=tuple(self._unread),
            pages_weak=tuple(self._weak),
            nearest=tuple(
                self._dated(near, until) for near in self._nearest(known, concepts, subject)
            ),
        )

    def _index(self, document: Document, page: Page) -> None:
        if page.state is PageState.UNREADABLE:
            reason = page.reason or "could not be read"
            self._unread.append(UnreadPage(document=document.id, page=page.number, reason=reason))
            return
        weak = any(notice.kind is NoticeKind.LOW_CONFIDENCE for notice in page.notices)
        if page.state is PageState.OCR and (weak or page.confidence < _WEAK):
            reason = f"read by OCR with confidence {page.confidence:.2f}"
            self._weak.append(UnreadPage(document=document.id, page=page.number, reason=reason))
        number = len(self._pages)
        self._pages.append(_Searched(document, page))
        for token in set(tokenize(page.text).stems):
            self._by_stem[token].append(number)

    def _queries(self, concepts: Iterable[Concept], subject: str | None) -> Iterator[str]:
        for concept in concepts:
            yield from (e.phrase or f"/{e.pattern}/" for e in concept.expressions)
            yield from concept.near
        drug = self._formulary.find(subject) if subject else None
        if subject:
            yield subject
        if drug is not None:
            yield from (*drug.brands, *drug.names)

    def _nearest(
        self, known: Sequence[Concept], concepts: tuple[ConceptId, ...], subject: str | None
    ) -> tuple[NearMiss, ...]:
        ranked = [*self._from_facts(concepts, subject), *self._from_words(known, subject)]
        ranked += self._from_model(known)
        ranked.sort(key=lambda pair: pair[0])
        chosen: list[NearMiss] = []
        pages: set[tuple[str, int]] = set()
        for _, near in ranked:
            if (near.document, near.page) not in pages:
                pages.add((near.document, near.page))
                chosen.append(near)
            if len(chosen) == _MOST:
                break
        return tuple(chosen)

    def _dated(self, near: NearMiss, until: date | None) -> NearMiss:
        """A passage written after the days that count says so, whatever else it says."""
        written = self._documents[near.document].date
        if until is None or written is None or written <= until:
            return near
        why = f"written on {us_date(written)}, after the care was given on {us_date(until)}"
        return replace(near, why=why)

    def _from_facts(
        self, concepts: tuple[ConceptId, ...], subject: str | None
    ) -> Iterator[tuple[tuple[object, ...], NearMiss]]:
        for order, concept in enumerate(concepts):
            for fact in self._facts.get(concept, ()):
                where = fact.provenance
                document = self._documents[where.document]
                miss = NearMiss(
                    document=where.document,
                    page=where.page,
                    start=where.start,
                    end=where.end,
                    quote=where.quote,
                    why=why_not(fact, document, subject, self._latest),
                )
                other = subject is not None and fact.subject not in {None, subject}
                clinical = document.kind.is_clinical
                age = self._age(fact.date.last_day() if fact.date else document.date)
                if clinical and age <= _RECENT_DAYS and fact.assertion in _OF_THE_PATIENT:
                    miss = replace(miss, possible=True)
                rank = (
                    0 if clinical else 2,
                    _ORDER[fact.assertion] + other,
                    age,
                    order,
                    where.document,
                    where.page,
                    where.start,
                )
                yield rank, miss

    def _from_words(
        self, concepts: Sequence[Concept], subject: str | None
    ) -> Iterator[tuple[tuple[object, ...], NearMiss]]:
        for order, concept in enumerate(concepts):
            wanted = self._near_stems(concept) | self._named(subject)
            counts: defaultdict[int, int] = defaultdict(int)
            for word in wanted:
                for number in self._by_stem.get(word, ()):
                    counts[number] += 1
            found = [(number, count) for number, count in counts.items() if self._counts(number)]
            found.sort(
                key=lambda pair: (self._age(self._pages[pair[0]].document.date), -pair[1], pair[0])
            )
            for number, _ in found[: 2 * _MOST]:
                searched = self._pages[number]
                miss, hits = self._passage(number, concept, wanted)
                least = searched.document.kind in _LEAST_CLINICAL
                rank = (
                    1,
                    least,
                    -min(hits, 3),
                    self._age(searched.document.date),
                    order,
                    searched.document.id,
                    searched.page.number,
                    0,
                )
                yield rank, miss

    def _from_model(
        self, concepts: Sequence[Concept]
    ) -> Iterator[tuple[tuple[object, ...], NearMiss]]:
        """Sentences that seem to speak of a concept, and from which no fact of it was read."""
        for number, searched in enumerate(self._pages):
            if self._proposer is None or not self._counts(number):
                continue
            proposed = self._proposals(number, self._proposer)
            age = self._age(searched.document.date)
            for order, concept in enumerate(concepts):
                for one in proposed.get(concept.id, ()):
                    if self._is_read(concepts, searched, one):
                        continue
                    end = min(one.end, one.start + _LONGEST_QUOTE)
                    miss = NearMiss(
                        document=searched.document.id,
                        page=searched.page.number,
                        start=one.start,
                        end=end,
                        quote=searched.page.text[one.start : end],
                        why=f"seems to speak of {concept.label}, as the sentence model found, "
                        "but nothing could be read from it",
                        possible=age <= _RECENT_DAYS or concept.id in _AT_ANY_TIME,
                    )
                    place = (searched.document.id, searched.page.number, one.start)
                    yield (0, _ORDER[Assertion.POSSIBLE], age, order, *place), miss

    def _proposals(
        self, number: int, proposer: Proposer
    ) -> Mapping[ConceptId, tuple[Proposal, ...]]:
        """What the sentence model proposes on a page, kept for the next search."""
        known = self._proposed.get(number)
        if known is None:
            known = self._proposed[number] = proposer.propose(*self._read(number))
        return known

    def _is_read(self, concepts: Sequence[Concept], searched: _Searched, one: Proposal) -> bool:
        """Whether a fact that the search asks for was read from a proposed sentence."""
        place = (searched.document.id, searched.page.number)
        return any(
            (fact.provenance.document, fact.provenance.page) == place
            and fact.provenance.start < one.end
            and one.start < fact.provenance.end
            for concept in concepts
            for fact in self._facts.get(concept.id, ())
        )

    def _counts(self, number: int) -> bool:
        searched = self._pages[number]
        return searched.document.kind.is_clinical and not searched.page.is_foreign

    def _named(self, subject: str | None) -> dict[str, str]:
        """The first words of the subject's names: what is said of it may be said without others."""
        drug = self._formulary.find(subject) if subject else None
        names = (subject or "", *(drug.brands if drug else ()), *(drug.names if drug else ()))
        return {tokenize(name).stems[0]: name for name in names if name}

    def _near_stems(self, concept: Concept) -> dict[str, str]:
        """Near words and their misspellings: stems, each with the word it stands for."""
        wanted = {
            longest: word
            for word in concept.near
            if len(longest := max(tokenize(word).stems, key=len)) >= _SHORTEST_NEAR
        }
        for token, word in list(wanted.items()):
            if len(token) < _SHORTEST_FUZZY:
                continue
            for other in self._misspellings(token):
                wanted.setdefault(other, word)
        return wanted

    def _misspellings(self, token: str) -> tuple[str, ...]:
        """Words of the case file that are one slip from a word."""
        known = self._slips.get(token)
        if known is None:
            close = process.extract(
                token, self._vocabulary, scorer=OSA.distance, score_cutoff=_WITHIN_ONE_SLIP, limit=4
            )
            known = self._slips[token] = tuple(other for other, _, _ in close)
        return known

    def _read(self, number: int) -> tuple[Tokens, list[Sentence]]:
        """A page's tokens and sentences, kept for the next search."""
        known = self._reads.get(number)
        if known is None:
            text = self._pages[number].page.text
            known = self._reads[number] = (
                tokenize(text),
                split_sentences(text, self._abbreviations),
            )
        return known

    def _passage(
        self, number: int, concept: Concept, wanted: dict[str, str]
    ) -> tuple[NearMiss, int]:
        """The sentence of a page that holds most of the words."""
        searched = self._pages[number]
        tokens, sentences = self._read(number)
        best_span, best_words = (0, 0), list[str]()
        for sentence in sentences:
            words = _held(tokens, sentence.start, sentence.end, wanted)
            if len(words) > len(best_words):
                best_span, best_words = (sentence.start, sentence.end), words
        start, end = best_span[0], min(best_span[1], best_span[0] + _LONGEST_QUOTE)
        named = ", ".join(repr(word) for word in best_words[:3])
        miss = NearMiss(
            document=searched.document.id,
            page=searched.page.number,
            start=start,
            end=end,
            quote=searched.page.text[start:end],
            why=f"holds {named}, but nothing that was searched for as {concept.label}",
            words_only=True,
            possible=len(best_words) > 1 and self._age(searched.document.date) <= _RECENT_DAYS,
        )
        return miss, len(best_words)

    def _age(self, day: date | None) -> int:
        """Days before the latest document; undated ones last."""
        if day is None or self._latest is None:
            return 100_000
        return max(0, (self._latest - day).days)


def _held(tokens: Tokens, start: int, end: int, wanted: dict[str, str]) -> list[str]:
    first, last = tokens.range(start, end)
    return list(
        dict.fromkeys(tokens.words[i] for i in range(first, last) if tokens.stems[i] in wanted)
    )
