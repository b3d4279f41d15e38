"""From the tree of a query to what the index understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from tantivy import Occur, Query, Schema, Searcher

from openimr.corpus.pairs import places
from openimr.corpus.query import FIELDS, And, Everything, Node, Not, Or, Term, terms
from openimr.corpus.words import stems_of

WORD = "word"
"""The index's field of all words of an item, without their endings."""
_NEAR_ENOUGH = 75
_HEADING_BOOST = 2.0
"""A word of the heading is what the item is about: it weighs more than one of the reasons."""


@dataclass(frozen=True, slots=True)
class AbsentWord:
    """A word of a query that no item has, and the nearest that there are."""

    word: str
    nearest: tuple[str, ...]


def pairs_field(field: str) -> str:
    """The index's field of the pairs of words of a field."""
    return f"pairs_{field}"


class Matcher:
    """Makes queries for one state of the index."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def query(self, node: Node, *, ranked: bool = False) -> Query:
        """What matches the tree; `ranked` where the order by relevance is wanted."""
        match node:
            case Everything():
                return Query.all_query()
            case Not(part):
                excluded = self.query(part)
                return Query.boolean_query(
                    [(Occur.Must, Query.all_query()), (Occur.MustNot, excluded)]
                )
            case And(parts):
                return self._all(parts, ranked=ranked)
            case Or(parts):
                return any_of([self.query(part, ranked=ranked) for part in parts])
            case Term():
                return self._term(node, ranked=ranked)

    def absent(self, node: Node) -> tuple[AbsentWord, ...]:
        """The words of a query that stand nowhere in the corpus."""
        return tuple(
            AbsentWord(term.words[0].text, self._nearest(term.words[0].text))
            for term in dict.fromkeys(terms(node))
            if not (term.exact or term.prefix)
            and not self._searcher.doc_freq(WORD, term.words[0].stem)
        )

    def _nearest(self, word: str) -> tuple[str, ...]:
        """Words that begin with the same letter and differ little."""
        listed = {
            known
            for field in ("heading", "rationale")
            for known, _ in self._searcher.terms_with_prefix(field, word[0])
        }
        found = process.extract(
            word, sorted(listed), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=3
        )
        return tuple(known for known, _, _ in found)

    def _all(self, parts: tuple[Node, ...], *, ranked: bool) -> Query:
        wanted = [part for part in parts if not isinstance(part, Not)] or [Everything()]
        unwanted = [part.part for part in parts if isinstance(part, Not)]
        return Query.boolean_query(
            [(Occur.Must, self.query(part, ranked=ranked)) for part in wanted]
            + [(Occur.MustNot, self.query(part)) for part in unwanted]
        )

    def _term(self, term: Term, *, ranked: bool) -> Query:
        fields = (term.field,) if term.field else FIELDS
        if term.prefix:
            return any_of([self._beginning(field, term.words[0].text) for field in fields])
        if term.exact:
            return any_of([self._phrase(field, term) for field in fields])
        if term.field:
            return self._endings(term.field, term.words[0].stem)
        found = Query.term_query(self._schema, WORD, term.words[0].stem, "freq")
        if not ranked:
            return found
        heading = Query.term_query(self._schema, "heading", term.words[0].text, "freq")
        boosted = Query.boost_query(heading, _HEADING_BOOST)
        return Query.boolean_query([(Occur.Must, found), (Occur.Should, boosted)])

    def _phrase(self, field: str, term: Term) -> Query:
        texts = [word.text for word in term.words]
        if len(texts) == 1:
            return Query.term_query(self._schema, field, texts[0], "freq")
        found: list[str | tuple[int, str]] = [*places(texts)]
        if len(texts) == 2:
            return Query.term_query(self._schema, pairs_field(field), places(texts)[0][1], "freq")
        return Query.phrase_query(self._schema, pairs_field(field), found)

    def _beginning(self, field: str, text: str) -> Query:
        return Query.regex_query(self._schema, field, re.sub(r"(\W)", r"\\\1", text) + ".*")

    def _endings(self, field: str, stem: str) -> Query:
        """Any word of this stem: fields keep words as written, so the endings are looked up."""
        # An ending changes the last letters at most; `dying` is `die`, hence the short beginnings.
        beginning = stem[: 2 if len(stem) > 3 else 1]
        listed = [word for word, _ in self._searcher.terms_with_prefix(field, beginning)]
        pairs = zip(listed, stems_of(listed), strict=True)
        same = [word for word, its_stem in pairs if its_stem == stem]
        return any_of([Query.term_query(self._schema, field, word, "freq") for word in same])


def any_of(queries: list[Query]) -> Query:
    """At least one of these; none where there is none."""
    if len(queries) == 1:
        return queries[0]
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def count(searcher: Searcher, query: Query) -> int:
    """How many items match."""
    found = searcher.search(query, limit=1)
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stubs only


def all_of(queries: list[Query]) -> Query:
    """Every one of these; all items where there is none."""
    if len(queries) == 1:
        return queries[0]
    if not queries:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, query) for query in queries])
