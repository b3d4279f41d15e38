"""The lexicon found in a passage: phrases by trie, patterns where a near word stands.

A pattern runs only over passages that hold one of its concept's near words, so that a long lexicon
costs little on the pages that do not speak of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from openimr.extract.answers import Mark
from openimr.extract.named_tests import result_of
from openimr.extract.passages import Passage, Reading
from openimr.extract.phrases import PhraseTrie
from openimr.extract.spelling import Spelling
from openimr.extract.tokens import Tokens, stem, tokenize
from openimr.model.ids import ConceptId
from openimr.model.lexicon import Concept, Expression, Lexicon

CHECK_BOX = "check_box"
RESULT = "result"
"""`needs: result`: the expression names a test, and counts only with the result beside it."""
"""What an expression needs that counts only as the label of a check box."""
_NUMBERS = frozenset({"percent", "visits", "of", "score", "weeks", "millimeters", "index"})
_DECIMAL = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: ConceptId
    expression: Expression


class Matcher:
    """The lexicon's expressions, ready to be found."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._trie: PhraseTrie[_Entry | None] = PhraseTrie()
        self._patterns: dict[ConceptId, list[Expression]] = {}
        self._near: defaultdict[str, list[ConceptId]] = defaultdict(list)
        for concept in lexicon.concepts.values():
            self._add(concept)
        for decoy in lexicon.lists.get("decoys", ()):
            self._trie.add(decoy, None)
        self.remedies = frozenset(lexicon.lists.get("remedies", ()))
        self.lists = {name: words(listed) for name, listed in lexicon.lists.items()}
        self._spelling = Spelling(
            self._trie.vocabulary | self._words_of_patterns(), self.lists.get("ordinary", ())
        )
        self._mended: tuple[Tokens, Tokens] | None = None

    def _add(self, concept: Concept) -> None:
        for expression in concept.expressions:
            if expression.phrase:
                self._trie.add(expression.phrase, _Entry(concept.id, expression))
            else:
                self._patterns.setdefault(concept.id, []).append(expression)
        if concept.id in self._patterns:
            for near in concept.near:
                for token in _telling(near):
                    self._near[token].append(concept.id)

    def _words_of_patterns(self) -> set[str]:
        """The stems of the whole words that patterns spell out."""
        return {
            stem(word)
            for expressions in self._patterns.values()
            for expression in expressions
            for word in _SPELT_OUT.findall(expression.pattern)
        }

    def find(self, passage: Passage) -> list[Reading]:
        """What the lexicon reads; of one concept's overlapping readings the longest."""
        decoys: list[tuple[int, int]] = []
        read = [*self._phrases(passage, decoys), *self._matches(passage)]
        found = [
            reading
            for reading in read
            if not _inside(reading, decoys) and not _ends_in_empty_box(reading, passage)
        ]
        found.sort(key=lambda reading: (reading.start - reading.end, reading.start))
        kept: list[Reading] = []
        for reading in found:
            if not any(
                reading.concept == other.concept
                and reading.start < other.end
                and other.start < reading.end
                for other in kept
            ):
                kept.append(reading)
        return sorted(kept, key=lambda reading: (reading.start, reading.concept))

    def _phrases(self, passage: Passage, decoys: list[tuple[int, int]]) -> Iterator[Reading]:
        source = passage.source
        tokens = self._spelled(source.tokens)
        for hit in self._trie.find(tokens, passage.first, passage.last, source.slots):
            start, end = source.tokens.starts[hit.first], source.tokens.ends[hit.last - 1]
            if hit.what is None:
                decoys.append((start, end))
                continue
            expression = hit.what.expression
            if expression.needs == CHECK_BOX and source.mark_at(start, end) is None:
                continue
            if expression.needs not in {"", CHECK_BOX} and not self.speaks_of(
                passage, expression.needs
            ):
                continue
            yield Reading(
                concept=hit.what.concept,
                start=start,
                end=end,
                value=expression.value,
                absent=expression.absent,
                rule=expression.id,
            )

    def _spelled(self, tokens: Tokens) -> Tokens:
        """The tokens of a page as they are meant, mended once for all its passages."""
        if self._mended is None or self._mended[0] is not tokens:
            self._mended = (tokens, self._spelling.mended(tokens))
        return self._mended[1]

    def _matches(self, passage: Passage) -> Iterator[Reading]:
        meant = self._meant(passage)
        concepts = dict.fromkeys(
            concept
            for token in sorted(meant.stems & self._near.keys())
            for concept in self._near[token]
        )
        for concept in concepts:
            for expression in self._patterns[concept]:
                pattern = _compiled(expression.pattern)
                if expression.needs == RESULT:
                    yield from _results(meant, concept, pattern, expression)
                    continue
                if expression.needs and not self.speaks_of(passage, expression.needs):
                    continue
                found = pattern.search(meant.text)
                if found is None or not found[0].strip():
                    continue
                yield _reading(meant, concept, found, expression)

    def _meant(self, passage: Passage) -> _Meant:
        """The passage with the words that are meant in the place of slips."""
        tokens = passage.source.tokens
        spelled = self._spelled(tokens)
        first, last = passage.first, passage.last
        if spelled is tokens or spelled.stems[first:last] == tokens.stems[first:last]:
            return _Meant(passage.text, passage.stems, passage.start)
        mends = [
            (tokens.starts[n] - passage.start, tokens.ends[n] - passage.start, word)
            for n in range(first, last)
            if (word := _mended_word(tokens.words[n], tokens.stems[n], spelled.stems[n]))
        ]
        return _mend(passage, frozenset(spelled.stems[first:last]), mends)

    def speaks_of(self, passage: Passage, name: str) -> bool:
        """Whether a passage holds a word of a word list; a drug counts as a medicine."""
        if name == "medicine" and passage.drugs:
            return True
        return not passage.stems.isdisjoint(self.lists[name])


_SPELT_OUT = re.compile(r"(?<![\\\[?A-Za-z])[a-z]{6,}(?![a-z\[?\\*+{])")
"""Whole words of a pattern: `prescri\\w+` is the beginning of some."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a passage means to say, and where each letter of it stands on the page."""

    text: str
    stems: frozenset[str]
    start: int
    shifts: tuple[tuple[int, int], ...] = ()
    """From which letter on, how many letters more than the page has."""

    def on_page(self, at: int) -> int:
        """The place on the page of a place in `text`."""
        shift = next((by for since, by in reversed(self.shifts) if since <= at), 0)
        return self.start + at - shift


def _mended_word(written: str, own: str, meant: str) -> str:
    """The word for a slip with the ending that was written; empty where nothing was mended."""
    return meant + written[len(own) :] if own != meant and written.startswith(own) else ""


def _mend(passage: Passage, stems: frozenset[str], mends: list[tuple[int, int, str]]) -> _Meant:
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    at = grown = 0
    for start, end, word in mends:
        parts += [passage.text[at:start], word]
        grown += len(word) - (end - start)
        shifts.append((end + grown, grown))
        at = end
    return _Meant("".join([*parts, passage.text[at:]]), stems, passage.start, tuple(shifts))


def _telling(near: str) -> Iterator[str]:
    """The stems of a near word that tell it: of `x-ray` the `ray`, and not every hyphen."""
    stems = tokenize(near).stems
    return iter([one for one in stems if len(one) > 1 and one.isalnum()] or stems)


_SPACE = re.compile(r"\(\?<[!=][^)]*\)|\[[^\]]*\]|(?<!\\) (?![{*+?])")


def _results(
    meant: _Meant, concept: ConceptId, pattern: re.Pattern[str], expression: Expression
) -> Iterator[Reading]:
    """Each place that names the test with its result."""
    for found in pattern.finditer(meant.text):
        positive = result_of(meant.text, *found.span())
        if positive is not None:
            reading = _reading(meant, concept, found, expression)
            yield replace(reading, absent=not positive, negatable=False)


def _reading(
    meant: _Meant, concept: ConceptId, found: re.Match[str], expression: Expression
) -> Reading:
    return Reading(
        concept=concept,
        start=meant.on_page(found.start()),
        end=meant.on_page(found.end()),
        value={**expression.value, **_groups(found)},
        absent=expression.absent,
        rule=expression.id,
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the lexicon, compiled when a page first holds a near word of its concept."""
    return re.compile(_over_lines(pattern))


def _over_lines(pattern: str) -> str:
    r"""A pattern whose blanks also match a line break; as they are in brackets of characters.

    >>> _over_lines("(?<!no )pain (?:clinic|center)")
    '(?<!no\\\\s)pain\\\\s+(?:clinic|center)'
    """

    def spaced(found: re.Match[str]) -> str:
        if found[0] == " ":
            return r"\s+"
        return found[0].replace(" ", r"\s") if found[0].startswith("(") else found[0]

    return _SPACE.sub(spaced, pattern)


def _ends_in_empty_box(reading: Reading, passage: Passage) -> bool:
    """Whether a reading runs on into the label of another box, which is empty."""
    if not passage.source.marked:
        return False
    first = passage.source.mark_at(reading.start, reading.start + 1)
    last = passage.source.mark_at(reading.end - 1, reading.end)
    return last is not None and last is not first and last.mark is Mark.EMPTY


def _inside(reading: Reading, decoys: list[tuple[int, int]]) -> bool:
    """Whether it stands inside words that mean something else."""
    return any(
        start <= reading.start and reading.end <= end and end - start > reading.end - reading.start
        for start, end in decoys
    )


def words(listed: tuple[str, ...]) -> frozenset[str]:
    """The stems of a word list's single words; the first word of longer entries."""
    return frozenset(
        stem(way.replace("~", " ").split()[0]) if "~" in way else stem(way)
        for entry in listed
        for way in entry.split("|")
    )


def _groups(found: re.Match[str]) -> Mapping[str, object]:
    return {
        name: _number(text) if name in _NUMBERS else " ".join(text.split())
        for name, text in found.groupdict().items()
        if text
    }


def _number(text: str) -> int | float | str:
    """A number as it is written; other words as text."""
    if text.isdigit():
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else " ".join(text.split())
