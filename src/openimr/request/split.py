"""Several requests in one line: `GABAdone #60, Sentra PM #60`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.model.drug import Formulary
from openimr.model.request import RequestKind, RequestVocabulary
from openimr.request.compound import read_compound
from openimr.request.lexis import Lexis, lexis_of
from openimr.request.line import even
from openimr.request.modified import read_modified

_SEPARATOR = re.compile(
    r"\s*;\s*|\s*\n\s*|,\s+(?:and\s+|plus\s+)?|\s+(?:and|plus|as\s+well\s+as)\s+|\s+[+&]\s+",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FEW_WORDS = 20
"""A drug's name must stand this near (in characters) to the start of its part."""


def split_request(
    text: str, formulary: Formulary, vocabulary: RequestVocabulary
) -> tuple[str, ...]:
    """The requests of a line, each as written; one part if the line asks for one thing.

    >>> split_request("GABAdone #60, Sentra PM #60", ...)  # doctest: +SKIP
    ('GABAdone #60', 'Sentra PM #60')
    """
    line = even(text)
    lexis = lexis_of(formulary, vocabulary)
    if read_modified(line) or read_compound(line, lexis) or re.search(r":\s", line):
        return (line,)
    return tuple(_parts(line, lexis)) or (line,)


def _parts(line: str, lexis: Lexis) -> list[str]:
    """Cut where what follows names something of its own; else it belongs to what went before."""
    masked = _BRACKETS.sub(lambda found: "(" + "_" * (len(found.group()) - 2) + ")", line)
    parts: list[str] = []
    start = 0
    named = [(hit.start, hit.end) for hit in lexis.services.find(masked)]
    named += [(hit.start, hit.end) for hit in lexis.drugs.find(masked)]
    cuts = [
        *(
            cut
            for cut in _SEPARATOR.finditer(masked)
            if not any(_inside(cut, span) for span in named)
        ),
        None,
    ]
    for cut in cuts:
        end = cut.start() if cut else len(line)
        following = masked[cut.end() :] if cut else ""
        if cut is None or _stands_alone(masked[start:end], following, cut.group(), lexis):
            parts.append(line[start:end].strip())
            start = cut.end() if cut else end
    return [part for part in parts if part]


def _inside(cut: re.Match[str], name: tuple[int, int]) -> bool:
    """Whether a separator is part of a name: `EMG and NCV`."""
    return name[0] < cut.start() and cut.end() < name[1]


def _stands_alone(before: str, following: str, separator: str, lexis: Lexis) -> bool:
    """Whether both sides of a separator are requests of their own, for different things."""
    ahead = _SEPARATOR.split(following, maxsplit=1)[0]
    left, right = _asks_for(before, lexis), _asks_for(ahead, lexis)
    if left is None or right is None or left.name == right.name:
        return False
    joined = not re.search(r"[,;\n]", separator)
    one_operation = RequestKind.SURGERY in (left.kind, right.kind) and left.kind == right.kind
    return not ((joined or one_operation) and re.search(r"\bwith\b", before, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class _Asked:
    name: str
    kind: RequestKind


def _asks_for(part: str, lexis: Lexis) -> _Asked | None:
    """What a part asks for, by name; None if it names nothing."""
    drug = next(iter(lexis.drugs.find(part)), None)
    service = next((hit for hit in lexis.services.find(part) if not hit.value.weak), None)
    if service is not None and (drug is None or service.start <= drug.start):
        return _Asked(service.value.name, service.value.kind)
    if drug is not None and drug.start < _FEW_WORDS:
        return _Asked(drug.value.drug.generic, RequestKind.DRUG)
    return None
