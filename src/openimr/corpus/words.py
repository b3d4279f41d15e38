"""What a word is to the search: the same for the index, the query and the highlighting.

A word is a run of letters and digits, cut where a digit meets a letter, lower case and without
accents: `10/325mg` is `10 325 mg`, `L4-5` is `l4 5`, `M54.5` is `m54 5`, `non-steroidal` is
`non steroidal`. A query that holds several words in one piece is a phrase of them, so each of
these is found as written, with or without the space before a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_UNIT = "A-Za-zµμ"
_WORD = re.compile(rf"[^\W_]+?(?:(?<=[0-9])(?=[{_UNIT}])|(?![^\W_]))")
_DIGIT_THEN_UNIT = f"([0-9])([{_UNIT}])"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands."""

    text: str
    """Lower case, without accents."""
    stem: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order.

    Example:
        >>> [word.text for word in words("Norco 10/325mg at L4-5")]
        ['norco', '10', '325', 'mg', 'at', 'l4', '5']
    """
    found = list(_WORD.finditer(text))
    pieces = [match.group() for match in found]
    plain = _analyzed(exact(), pieces)
    stems = stems_of(pieces)
    return tuple(
        Word(word, stem, match.start(), match.end())
        for word, stem, match in zip(plain, stems, found, strict=True)
    )


def stems_of(pieces: list[str]) -> list[str]:
    """The stem of each of these words.

    Example:
        >>> stems_of(["documented", "documentation"])
        ['document', 'document']
    """
    return _analyzed(stemmed(), pieces)


def cut_in_sql(column: str) -> str:
    """SQL for a text column with a space wherever a digit meets a letter.

    The index's own analyzer cuts at spaces and signs only; DuckDB does the rest as it reads.
    """
    return rf"regexp_replace({column}, '{_DIGIT_THEN_UNIT}', '\1 \2', 'g')"


def cut(text: str) -> str:
    """The same as `cut_in_sql`, for a single text.

    Example:
        >>> cut("10/325mg")
        '10/325 mg'
    """
    return re.sub(_DIGIT_THEN_UNIT, r"\1 \2", text)


@cache
def exact() -> TextAnalyzer:
    """Words as written: lower case, without accents."""
    return _plain().build()


@cache
def stemmed() -> TextAnalyzer:
    """Words without their English endings: `documented` and `documentation` are `document`."""
    return _plain().filter(Filter.stemmer("english")).build()


def _plain() -> TextAnalyzerBuilder:
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )


def _analyzed(analyzer: TextAnalyzer, pieces: list[str]) -> list[str]:
    """One word for each piece; all at once where the analyzer sees the same pieces, as it will."""
    together = analyzer.analyze(" ".join(pieces))
    if len(together) == len(pieces):
        return together
    return [" ".join(analyzer.analyze(piece)) for piece in pieces]
