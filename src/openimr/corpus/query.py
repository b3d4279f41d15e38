"""The query language, read into a small tree.

    query     = either
    either    = all ( OR all )*
    all       = no ( [AND] no )*                 words side by side must all be there
    no        = ( NOT | - ) no  |  one
    one       = ( either )  |  FIELD: one  |  "a phrase"  |  word  |  begin*  |  *

Operators are capital letters, so that `and`, `or`, `not` can be searched as words. A word finds
its other endings too (`documented`, `documentation`); in quotes it is taken as written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from openimr.corpus.words import Word, words
from openimr.model.errors import UsageError

TEXTS: Mapping[str, tuple[str, ...]] = {
    "heading": ("heading",),
    "rationale": ("rationale",),
    "guideline": ("reviewer_guideline", "claims_guideline"),
    "summary": ("summary",),
}
"""The parts of a letter that a query may name, and the columns of each."""
FIELDS = tuple(TEXTS)

MAX_LENGTH = 4_000
MAX_TERMS = 100
MAX_DEPTH = 20
SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, a phrase or the beginning of a word."""

    words: tuple[Word, ...]
    field: str | None = None
    """Where it must stand; anywhere if None."""
    exact: bool = False
    """Taken as written: quoted, or of several words."""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition on the text."""


Node = Term | And | Or | Not | Everything

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<quoted>["“”][^"“”]*["“”]?)
      | (?P<operator>(?:AND|OR|NOT)(?=[\s()"“”]|$))
      | (?P<minus>-(?=[^\s\-)]))
      | (?P<field>[A-Za-z_]+:(?=[^\s/]))
      | (?P<word>[^\s()"“”]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int


def parse(text: str) -> Node:
    """Read a query.

    Raises:
        UsageError: it cannot be read; says at which character and what to write instead.

    Example:
        >>> parse("tramadol NOT heading:norco")  # doctest: +ELLIPSIS
        And(parts=(Term(...), Not(part=Term(...))))
    """
    if len(text) > MAX_LENGTH:
        raise UsageError(
            f"the query has {len(text)} characters, and {MAX_LENGTH} are the most",
            remedy="search for a few words or a phrase of it",
        )
    return _Parser(text).whole()


def any_words(text: str) -> Node:
    """A query as plain words, whatever its signs: all of them must be there."""
    found = words(text[:MAX_LENGTH])[:MAX_TERMS]
    return _joined(And, [Term(words=(word,)) for word in found])


def terms(node: Node) -> tuple[Term, ...]:
    """The terms that a match can show, in order: those that are not negated."""
    match node:
        case Term():
            return (node,)
        case And(parts) | Or(parts):
            return tuple(term for part in parts for term in terms(part))
        case _:
            return ()


class _Parser:
    """Recursive descent over the tokens; as deep as `MAX_DEPTH`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [
            _Token(str(match.lastgroup), match.group(), match.start())
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "space"
        ]
        self._next = 0
        self._depth = 0
        self._terms = 0

    def whole(self) -> Node:
        if not self._tokens:
            return Everything()
        node = self._either(None)
        if token := self._peek():
            raise self._error(token.start, "this ) closes nothing", "leave it out")
        return node

    def _either(self, field: str | None) -> Node:
        parts = [self._all(field)]
        while self._take("operator", "OR"):
            parts.append(self._all(field))
        return _joined(Or, parts)

    def _all(self, field: str | None) -> Node:
        parts = [self._no(field)]
        while token := self._peek():
            if token.kind == "close" or (token.kind, token.text) == ("operator", "OR"):
                break
            self._take("operator", "AND")
            parts.append(self._no(field))
        return _joined(And, [part for part in parts if part != Everything()])

    def _no(self, field: str | None) -> Node:
        negated = False
        while self._take("operator", "NOT") or self._take("minus"):
            negated = not negated
        node = self._one(field)
        return Not(node) if negated else node

    def _one(self, field: str | None) -> Node:
        token = self._peek()
        if token is None:
            raise self._error(len(self._text), "something is missing at the end", "add a word")
        self._next += 1
        match token.kind:
            case "open":
                return self._group(token, field)
            case "field":
                return self._one(self._field(token, field))
            case "quoted":
                return self._quoted(token, field)
            case "word":
                return self._word(token, field)
        remedy = f'put it in quotes to search for it: "{token.text}"'
        raise self._error(token.start, f"a word is missing before {token.text}", remedy)

    def _group(self, opened: _Token, field: str | None) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(opened.start, f"more than {MAX_DEPTH} ( nested", "use fewer")
        node = self._either(field)
        if not self._take("close"):
            raise self._error(opened.start, "this ( is not closed", "close it with )")
        self._depth -= 1
        return node

    def _field(self, token: _Token, outer: str | None) -> str:
        name = token.text[:-1].lower()
        if name not in FIELDS:
            fields = ", ".join(f"{field}:" for field in FIELDS)
            remedy = f"fields are {fields}; put it in quotes to search for the words"
            raise self._error(token.start, f"there is no field {name}:", remedy)
        if outer not in (None, name):
            raise self._error(token.start, f"{name}: stands inside {outer}:", "name one field")
        return name

    def _quoted(self, token: _Token, field: str | None) -> Node:
        if len(token.text) < 2 or token.text[-1] not in '"“”':
            raise self._error(token.start, "these quotes are not closed", 'close them with "')
        return self._term(token, token.text[1:-1], field, exact=True)

    def _word(self, token: _Token, field: str | None) -> Node:
        if token.text == "*":
            return Everything()
        begins = token.text.endswith("*")
        node = self._term(token, token.text, field, exact=False)
        if not begins or not isinstance(node, Term):
            return node
        if len(node.words) > 1:
            remedy = "end a single word with it, as in documen*"
            raise self._error(token.start, "a * cannot end several words", remedy)
        if len(node.words[0].text) < SHORTEST_PREFIX:
            remedy = f"write at least {SHORTEST_PREFIX} letters before the *"
            raise self._error(token.start, "too many words begin like this", remedy)
        return replace(node, prefix=True)

    def _term(self, token: _Token, text: str, field: str | None, *, exact: bool) -> Node:
        found = words(text)
        self._terms += max(len(found), 1)
        if self._terms > MAX_TERMS:
            raise self._error(token.start, f"there are more than {MAX_TERMS} words", "use fewer")
        if not found:
            return Everything()
        return Term(words=found, field=field, exact=exact or len(found) > 1)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: str, text: str | None = None) -> bool:
        token = self._peek()
        if token is None or token.kind != kind or text not in (None, token.text):
            return False
        self._next += 1
        return True

    def _error(self, place: int, what: str, remedy: str) -> UsageError:
        near = self._text[place : place + 20].split("\n")[0]
        shown = f": {''.join(c if c.isprintable() else ' ' for c in near)}" if near else ""
        return UsageError(what, where=f"query, character {place + 1}{shown}", remedy=remedy)


def _joined(kind: type[And | Or], parts: list[Node]) -> Node:
    """The parts under one node; none at all asks for nothing."""
    if not parts:
        return Everything()
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
