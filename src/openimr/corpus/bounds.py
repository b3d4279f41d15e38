"""How many items a query can match, told from how many have each of its words, without a search.

Items of replaced letters count with the words, so that bounds may choose a way, not an answer.
"""

from __future__ import annotations

from tantivy import Searcher

from openimr.corpus.matching import WORD
from openimr.corpus.query import FIELDS, And, Everything, Node, Not, Or, Term

Bounds = tuple[int, int]
"""At least so many items, at most so many."""


def bounds(node: Node, searcher: Searcher) -> Bounds:
    """Bounds of the hits of a query.

    Example: of a million items 900,000 have `pain` and 300,000 `opioid`: `pain opioid` matches
    200,000 to 300,000, `pain OR opioid` 900,000 to a million.
    """
    everything = int(searcher.num_docs)
    match node:
        case Everything():
            return everything, everything
        case Not(part):
            low, high = bounds(part, searcher)
            return everything - high, everything - low
        case And(parts):
            each = [bounds(part, searcher) for part in parts]
            lacking = sum(everything - low for low, _ in each)
            return max(0, everything - lacking), min(high for _, high in each)
        case Or(parts):
            each = [bounds(part, searcher) for part in parts]
            return max(low for low, _ in each), min(everything, sum(high for _, high in each))
        case Term():
            low, high = _of_term(node, searcher)
            return min(low, everything), min(high, everything)


def _of_term(term: Term, searcher: Searcher) -> Bounds:
    fields = (term.field,) if term.field else FIELDS
    if term.prefix:
        listed = (searcher.terms_with_prefix(field, term.words[0].text) for field in fields)
        return 0, sum(items for field in listed for _, items in field)
    if term.exact:
        texts = [word.text for word in term.words]
        return 0, sum(min(searcher.doc_freq(field, text) for text in texts) for field in fields)
    found = int(searcher.doc_freq(WORD, term.words[0].stem))
    return (0, found) if term.field else (found, found)
