"""All identifiers of the texts of one case: found once, then sought everywhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from openimr.deid.labels import find_labelled
from openimr.deid.names import find_names, initials_of, parts_of, spellings
from openimr.deid.patterns import find_forms
from openimr.deid.strangers import find_strangers
from openimr.model.identifier import PEOPLE, Announced, Identifier, IdentifierKind

_LONG = 6
"""Characters of a number: shorter ones are other numbers elsewhere."""
_NUMBERED = frozenset(
    {
        IdentifierKind.CLAIM_NUMBER,
        IdentifierKind.ACCOUNT,
        IdentifierKind.LICENCE,
        IdentifierKind.BIRTH_DATE,
    }
)
_ORDER = tuple(IdentifierKind)


@dataclass(frozen=True, slots=True)
class Known:
    """A person or house of the case and the pattern of all its spellings."""

    kind: IdentifierKind
    entity: str
    pattern: re.Pattern[str]
    name: str = ""
    """As it is written most fully."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A text and what it gives away by itself: identifiers by their form, names as announced."""

    text: str
    forms: tuple[Identifier, ...]
    names: tuple[Announced, ...]


def detect(
    texts: Sequence[str], known: Mapping[str, IdentifierKind] | None = None
) -> list[list[Identifier]]:
    """The identifiers of every text, in order and without overlaps.

    Args:
        texts: of one case: what one document names is sought in all.
        known: names from elsewhere (the parties of the case) with their kind.
    """
    read = [
        _Read(
            text,
            tuple(find_forms(text)),
            (*find_labelled(text), *find_names(text), *find_strangers(text)),
        )
        for text in texts
    ]
    known_people = _known(read, known or {})
    people = [*known_people, *_initials(known_people), *_numbers(read)]
    return [_of_text(one, people) for one in read]


def _of_text(read: _Read, people: Sequence[Known]) -> list[Identifier]:
    """What has a form, what is known, and what a label or title gives away and is neither."""
    taken = _apart([*read.forms, *_sought(read.text, people)])
    bare = [one for one in _announced(read) if not _overlaps(one, taken)]
    return _apart([*taken, *bare])


def _announced(read: _Read) -> Iterator[Identifier]:
    """Names where they are announced: one like another word (`Ms. Page`) is not sought."""
    for one in read.names:
        entity = _entity(read.text[one.start : one.end], one.kind)
        if entity:
            yield Identifier(kind=one.kind, start=one.start, end=one.end, entity=entity)


def _overlaps(one: Identifier, others: Sequence[Identifier]) -> bool:
    at = bisect_left(others, one.end, key=_start)
    return at > 0 and others[at - 1].end > one.start


def _known(read: Sequence[_Read], given: Mapping[str, IdentifierKind]) -> list[Known]:
    """Everyone and every house of the case, each once; the first kind that names it counts."""
    kinds: dict[str, tuple[IdentifierKind, str]] = {}
    for name, kind in (*given.items(), *_named(read)):
        entity = _entity(name, kind)
        if entity and (entity not in kinds or _ORDER.index(kind) < _ORDER.index(kinds[entity][0])):
            fuller = max(name, kinds.get(entity, (kind, ""))[1], key=len)
            kinds[entity] = (kind, fuller)
        elif entity and len(name) > len(kinds[entity][1]):
            kinds[entity] = (kinds[entity][0], name)
    return [one for entity, (kind, name) in kinds.items() if (one := _compiled(entity, kind, name))]


def _initials(people: Sequence[Known]) -> Iterator[Known]:
    """Whoever is known by first and last name signs with two letters."""
    for one in people:
        pattern = initials_of(one.name) if one.kind in PEOPLE else None
        if pattern is not None:
            yield Known(one.kind, one.entity, pattern)


def _numbers(read: Sequence[_Read]) -> Iterator[Known]:
    """Claim and account numbers that a label gave away somewhere: they stand bare elsewhere."""
    found = {
        (one.kind, one.entity): each.text[one.start : one.end]
        for each in read
        for one in each.forms
        if one.kind in _NUMBERED and one.end - one.start >= _LONG
    }
    for (kind, entity), written in found.items():
        if kind is IdentifierKind.BIRTH_DATE:
            yield Known(kind, entity, _day(written))
            continue
        loose = r"[\s-]?".join(map(re.escape, re.findall(r"[A-Za-z]+|\d+", written)))
        yield Known(kind, entity, re.compile(rf"(?<![\w-]){loose}(?![\w-])", re.IGNORECASE))


def _day(written: str) -> re.Pattern[str]:
    """A day in figures, however it is separated and whatever the length of its year."""
    parts = re.findall(r"\d+", written)
    if len(parts) != _PARTS_OF_A_DAY:
        return re.compile(rf"(?<!\w){re.escape(written)}(?!\w)")
    year = parts.pop(0 if len(parts[0]) > len(parts[-1]) else -1)
    others = [rf"0?{part.lstrip('0')}" for part in parts]
    century = rf"(?:\d\d)?{year[-2:]}"
    return re.compile(rf"(?<!\d){'[/.-]'.join([*others, century])}(?!\d)")


_PARTS_OF_A_DAY = 3


def _named(read: Sequence[_Read]) -> Iterator[tuple[str, IdentifierKind]]:
    for each in read:
        for one in each.names:
            yield each.text[one.start : one.end], one.kind


def _entity(name: str, kind: IdentifierKind) -> str:
    """A person goes by the last name, a house by its words."""
    if kind in PEOPLE:
        return parts_of(name)[1].lower()
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def _compiled(entity: str, kind: IdentifierKind, name: str) -> Known | None:
    ways = list(spellings(name, is_person=kind in PEOPLE))
    if not ways:
        return None
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?!\w|-[a-z])")
    return Known(kind, entity, pattern, name)


def _sought(text: str, people: Sequence[Known]) -> Iterator[Identifier]:
    for one in people:
        for found in one.pattern.finditer(text):
            start, end = found.span(found.lastgroup or 0)
            yield Identifier(kind=one.kind, start=start, end=end, entity=one.entity)


def _apart(found: Sequence[Identifier]) -> list[Identifier]:
    """Without overlaps: the longer counts, then the earlier kind."""
    chosen: list[Identifier] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, _ORDER.index(each.kind))):
        at = bisect_left(chosen, one.start, key=_start)
        before_ends = chosen[at - 1].end if at else 0
        if before_ends <= one.start and (at == len(chosen) or one.end <= chosen[at].start):
            chosen.insert(at, one)
    return chosen


_start = attrgetter("start")
