"""Several requests in one line: `GABAdone #60, Sentra PM #60`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from openimr.model.drug import Formulary
from openimr.model.request import RequestKind, RequestVocabulary
from openimr.request.compound import read_compound
from openimr.request.even import even
from openimr.request.guarded import Guarded
from openimr.request.lexis import Lexis, lexis_of
from openimr.request.line import Line, prepared
from openimr.request.modified import read_modified
from openimr.request.words import Words, cut

_SEPARATOR = Guarded(
    ", ; + & and plus well",
    r"\s*;\s*|,\s+(?:and\s+|plus\s+)?|\s+(?:and|plus|as\s+well\s+as)\s+|\s+[+&]\s+",
)
_LABELLED = re.compile(r":\s")
_WITH = Guarded("with", r"\bwith\b")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FEW_WORDS = 20
"""A drug's name must stand this near (in characters) to the start of its part."""
Span: TypeAlias = tuple[int, int]


def split_request(
    text: str, formulary: Formulary, vocabulary: RequestVocabulary
) -> tuple[str, ...]:
    """The requests of a line, each as written; one part if the line asks for one thing.

    >>> split_request("GABAdone #60, Sentra PM #60", ...)  # doctest: +SKIP
    ('GABAdone #60', 'Sentra PM #60')
    """
    line, lexis = even(text), lexis_of(formulary, vocabulary)
    return (line,) if read_modified(line) else split_line(line, prepared(line, text, lexis), lexis)


def split_line(line: str, ready: Line, lexis: Lexis) -> tuple[str, ...]:
    """The requests of an evened line that is no modified request."""
    if not _SEPARATOR.possible(line) or _LABELLED.search(line) or read_compound(ready, lexis):
        return (line,)
    return tuple(_parts(line, lexis)) or (line,)


def _parts(line: str, lexis: Lexis) -> list[str]:
    """Cut where what follows names something of its own; else it belongs to what went before."""
    words = cut(_BRACKETS.sub(lambda found: "(" + "_" * (len(found.group()) - 2) + ")", line))
    named = [hit.span for hit in lexis.services.find(words)]
    named += [hit.span for hit in lexis.drugs.find(words)]
    if len(named) < 2:
        return [line]
    separators = [found.span() for found in _SEPARATOR.all(words.line)]
    parts: list[str] = []
    begun = 0
    for (start, end), (following, _) in pairwise([*separators, (len(line), 0)]):
        # The `and` of `EMG and NCV` is part of a name.
        inside = any(name[0] < start and end < name[1] for name in named)
        joined = line[start:end].strip()[:1] not in (",", ";")
        if not inside and _stand_alone(
            words, (begun, start), (end, following), lexis, joined=joined
        ):
            parts.append(line[begun:start].strip())
            begun = end
    return [part for part in (*parts, line[begun:].strip()) if part]


def _stand_alone(words: Words, before: Span, ahead: Span, lexis: Lexis, *, joined: bool) -> bool:
    """Whether both sides of a separator are requests of their own, for different things."""
    left = _asks_for(words, before, lexis)
    right = _asks_for(words, ahead, lexis) if left else None
    if left is None or right is None or left.name == right.name:
        return False
    one_operation = left.kind is right.kind is RequestKind.SURGERY
    return not ((joined or one_operation) and _WITH.search(words.line[slice(*before)]))


class _Asked(NamedTuple):
    name: str
    kind: RequestKind


def _asks_for(words: Words, part: Span, lexis: Lexis) -> _Asked | None:
    """What a part of a line asks for, by name; None if it names nothing."""
    begun, end = words.range(*part)
    drug = next(iter(lexis.drugs.find(words, begun, end)), None)
    services = lexis.services.find(words, begun, end)
    service = next((hit for hit in services if not hit.value.weak), None)
    if service is not None and (drug is None or service.start <= drug.start):
        return _Asked(service.value.name, service.value.kind)
    if drug is not None and drug.start - part[0] < _FEW_WORDS:
        return _Asked(drug.value.drug.generic, RequestKind.DRUG)
    return None
