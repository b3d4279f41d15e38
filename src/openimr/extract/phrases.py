"""Phrases with alternatives, options, gaps and slots, matched over tokens in one pass.

The language of a phrase: words are matched by stem, in any case and over line breaks.

    opioid|narcotic|pain agreement|contract     one of several words
    opioid treatment? agreement                 may be left out
    random~urine|urine drug screen              `~` joins words of one alternative
    no ... effects                              up to four words between
    =working                                    this very form, not its stem
    {n}  {drug}  {date}                         a number, a drug of the formulary, a date

A colon, the rule of a table or a ticked box between two words is passed over (`AB: none`,
`AB | none`, `AB [X] none`), and so are the answers of a choice that are not ticked.

A trie of stems finds every phrase at a token with a dictionary look-up for each word, so that a
long vocabulary costs no more than a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Generic, TypeVar

from openimr.extract.tokens import Tokens, number, stem, tokenize

T = TypeVar("T")
GAP = "..."
_LONGEST_GAP = 4
_LONGEST_CHOICE = 12
"""Words of the answers that are not ticked, before the one that is."""
_STOPS = frozenset(".;:!?[]")
_TICKS = frozenset({"[x]", "[ x ]", "[x ]", "[ x]", "[\u2713]", "[\u2714]"})
_PASSED_OVER = frozenset(":|-=\u2611\u2612\u2714") | _TICKS
Slots = Mapping[str, Mapping[int, int]]
"""By slot name, the token a slot's value starts at to the token after it."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: tokens `first` up to `last`, and what was filed under it."""

    first: int
    last: int
    what: T


_Way = tuple[str, ...]
_Elements = tuple[tuple[_Way, ...], ...]


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    ends: list[T] = field(default_factory=list)
    rests: list[tuple[_Way, _Elements, T]] = field(default_factory=list)
    """What is left of the phrases that lead here, until a text does and the node grows."""


class PhraseTrie(Generic[T]):
    """Phrases to find, each with something filed under it.

    Phrases with many ways to say them stand for half a million word sequences. A text meets few of
    them, so a node grows its branches when a text first comes to it.
    """

    def __init__(self, key: Callable[[str], str] = stem) -> None:
        self._root: _Node[T] = _Node()
        self.vocabulary: set[str] = set()
        """The words of all phrases, in the form in which they are matched."""
        self._exact_first: set[str] = set()
        self._slots_first: set[str] = set()
        self._key = key
        self._by_stem = key is stem

    def add(self, phrase: str, what: T) -> None:
        """File something under a phrase."""
        elements = tuple(
            tuple(tuple(map(self._step, way)) for way in element) for element in _elements(phrase)
        )
        self.vocabulary.update(
            step.removeprefix("=") for element in elements for way in element for step in way
        )
        self._root.rests.append(((), elements, what))

    def _step(self, word: str) -> str:
        return word if word[0] in "{=" or word == GAP else self._key(word)

    def _begin(self) -> dict[str, _Node[T]]:
        """The branches of the root."""
        if self._root.rests:
            _grow(self._root)
            self._exact_first = {step[1:] for step in self._root.next if step[0] == "="}
            self._slots_first = {step for step in self._root.next if step[0] == "{"}
        return self._root.next

    def find(self, tokens: Tokens, first: int, last: int, slots: Slots) -> Iterator[Hit[T]]:
        """Every hit that starts in tokens `first` up to `last` and stays within them."""
        words = tokens.stems if self._by_stem else tokens.words
        run = _Run(words, tokens.words, last, slots)
        begin = self._begin()
        for index in range(first, last):
            node = begin.get(words[index])
            if node is not None:
                yield from self._walk(node, run, index, index + 1)
            if tokens.words[index] in self._exact_first:
                yield from self._walk(begin["=" + tokens.words[index]], run, index, index + 1)
        for slot in self._slots_first & slots.keys():
            for index, end in slots[slot].items():
                if first <= index and end <= last:
                    yield from self._walk(begin[slot], run, index, end)

    def _walk(self, node: _Node[T], run: _Run, first: int, at: int) -> Iterator[Hit[T]]:
        _grow(node)
        for what in node.ends:
            yield Hit(first, at, what)
        if at >= run.last or not node.next:
            return
        for step in (run.words[at], "=" + run.exact[at]):
            following = node.next.get(step)
            if following is not None:
                yield from self._walk(following, run, first, at + 1)
        over = _passed_over(run, at) if run.words[at] not in node.next else None
        if over is not None:
            yield from (hit for hit in self._walk(node, run, first, over) if hit.last > over)
        for step, following in node.next.items():
            if step == GAP:
                yield from self._gap(following, run, first, at)
            elif step[0] == "{":
                end = _slot(step, run.words, at, run.slots)
                if end is not None and end <= run.last:
                    yield from self._walk(following, run, first, end)

    def _gap(self, node: _Node[T], run: _Run, first: int, at: int) -> Iterator[Hit[T]]:
        for skipped in range(min(_LONGEST_GAP, run.last - at) + 1):
            if skipped and run.words[at + skipped - 1][0] in _STOPS:
                return
            yield from self._walk(node, run, first, at + skipped)


def _grow(node: _Node[T]) -> None:
    """Give a node its branches and ends, one word further, in the order of the phrases."""
    if not node.rests:
        return
    rests, node.rests = node.rests, []
    for words, elements, what in rests:
        _open(node, words, elements, what)


def _open(node: _Node[T], words: _Way, elements: _Elements, what: T) -> None:
    if words:
        following = node.next.setdefault(words[0], _Node())
        following.rests.append((words[1:], elements, what))
    elif elements:
        for way in elements[0]:
            _open(node, way, elements[1:], what)
    else:
        node.ends.append(what)


@dataclass(frozen=True, slots=True)
class _Run:
    """What a walk looks at: words by stem (or as they are), exact words, where to stop, slots."""

    words: tuple[str, ...]
    exact: tuple[str, ...]
    last: int
    slots: Slots


def _passed_over(run: _Run, at: int) -> int | None:
    """The token to go on at after a colon, a tick, or the answers of a choice without a tick.

    `Care: [ ] ongoing [X] failed` goes on at `failed`.
    """
    if run.words[at] in _PASSED_OVER:
        return at + 1
    if run.exact[at : at + 2] != ("[", "]"):
        return None
    upto = min(run.last, at + _LONGEST_CHOICE)
    return next((n + 1 for n in range(at + 2, upto) if run.exact[n] in _TICKS), None)


def _slot(step: str, words: tuple[str, ...], at: int, slots: Slots) -> int | None:
    if step == "{n}":
        return at + 1 if number(words[at]) is not None else None
    return slots.get(step, {}).get(at)


def expand(phrase: str) -> list[tuple[str, ...]]:
    """All word sequences that a phrase stands for.

    >>> expand("no|denies side? effects")[:2]
    [('no', 'side', 'effects'), ('no', 'effects')]
    """
    return [tuple(chain(*ways)) for ways in product(*_elements(phrase))]


def _elements(phrase: str) -> Iterator[tuple[_Way, ...]]:
    """The parts of a phrase in their order, each with the ways to say it."""
    for element in phrase.split():
        if element == GAP or element.startswith("{"):
            yield ((element,),)
            continue
        optional = element.endswith("?") and len(element) > 1
        named = element.removesuffix("?") if optional else element
        ways = tuple(map(_words, named.split("|")))
        yield (*ways, ()) if optional else ways


def _words(way: str) -> _Way:
    exact = way.startswith("=")
    words = tokenize(way.removeprefix("=").replace("~", " ")).words
    return tuple("=" + word for word in words) if exact else words
