"""From the tree of a query to what the index understands."""

from __future__ import annotations

import re

from tantivy import Occur, Query, Schema, Searcher

from openimr.corpus.query import FIELDS, And, Everything, Node, Not, Or, Term
from openimr.corpus.words import stems_of

WORD = "word"
"""The index's field of all words of an item, without their endings."""
_HEADING_BOOST = 2.0
"""A word of the heading is what the item is about: it weighs more than one of the reasons."""


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
        heading = Query.term_query(self._schema, "heading", term.words[0].text)
        boosted = Query.boost_query(heading, _HEADING_BOOST)
        return Query.boolean_query([(Occur.Must, found), (Occur.Should, boosted)])

    def _phrase(self, field: str, term: Term) -> Query:
        texts: list[str | tuple[int, str]] = [word.text for word in term.words]
        if len(texts) == 1:
            return Query.term_query(self._schema, field, texts[0])
        return Query.phrase_query(self._schema, field, texts)

    def _beginning(self, field: str, text: str) -> Query:
        return Query.regex_query(self._schema, field, re.sub(r"(\W)", r"\\\1", text) + ".*")

    def _endings(self, field: str, stem: str) -> Query:
        """Any word of this stem: fields keep words as written, so the endings are looked up."""
        # An ending changes the last letters at most; `dying` is `die`, hence the short beginnings.
        beginning = stem[: 2 if len(stem) > 3 else 1]
        listed = [word for word, _ in self._searcher.terms_with_prefix(field, beginning)]
        pairs = zip(listed, stems_of(listed), strict=True)
        same = [word for word, its_stem in pairs if its_stem == stem]
        return any_of([Query.term_query(self._schema, field, word) for word in same])


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
