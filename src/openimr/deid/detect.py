"""All identifiers of the texts of one case: found once, then sought everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openimr.deid.labels import find_labelled
from openimr.deid.names import find_names, parts_of, spellings
from openimr.deid.patterns import find_forms
from openimr.model.identifier import Identifier, IdentifierKind

_LONG = 6
"""Characters of a number: shorter ones are other numbers elsewhere."""
_PEOPLE = frozenset({IdentifierKind.WORKER, IdentifierKind.PHYSICIAN, IdentifierKind.PERSON})
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


def detect(
    texts: Sequence[str], known: Mapping[str, IdentifierKind] | None = None
) -> list[list[Identifier]]:
    """The identifiers of every text, in order and without overlaps.

    Args:
        texts: of one case: what one document names is sought in all.
        known: names from elsewhere (the parties of the case) with their kind.
    """
    people = [*_known(texts, known or {}), *_numbers(texts)]
    return [_apart([*find_forms(text), *_sought(text, people)]) for text in texts]


def _known(texts: Sequence[str], given: Mapping[str, IdentifierKind]) -> list[Known]:
    """Everyone and every house of the case, each once; the first kind that names it counts."""
    kinds: dict[str, tuple[IdentifierKind, str]] = {}
    for name, kind in (*given.items(), *_named(texts)):
        entity = _entity(name, kind)
        if entity and (entity not in kinds or _ORDER.index(kind) < _ORDER.index(kinds[entity][0])):
            fuller = max(name, kinds.get(entity, (kind, ""))[1], key=len)
            kinds[entity] = (kind, fuller)
        elif entity and len(name) > len(kinds[entity][1]):
            kinds[entity] = (kinds[entity][0], name)
    return [one for entity, (kind, name) in kinds.items() if (one := _compiled(entity, kind, name))]


def _numbers(texts: Sequence[str]) -> Iterator[Known]:
    """Claim and account numbers that a label gave away somewhere: they stand bare elsewhere."""
    found = {
        (one.kind, one.entity): text[one.start : one.end]
        for text in texts
        for one in find_forms(text)
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
    parts = [part.lstrip("0") for part in re.findall(r"\d+", written)]
    year = max(parts, key=len)
    others = [rf"0?{part}" for part in parts if part is not year]
    century = rf"(?:\d\d)?{year[-2:]}"
    return re.compile(rf"(?<!\d){'[/.-]'.join([*others, century])}(?!\d)")


def _named(texts: Sequence[str]) -> Iterator[tuple[str, IdentifierKind]]:
    for text in texts:
        for labelled in find_labelled(text):
            yield text[labelled.start : labelled.end], labelled.kind
        for named in find_names(text):
            yield text[named.start : named.end], named.kind


def _entity(name: str, kind: IdentifierKind) -> str:
    """A person goes by the last name, a house by its words."""
    if kind in _PEOPLE:
        return parts_of(name)[1].lower()
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def _compiled(entity: str, kind: IdentifierKind, name: str) -> Known | None:
    ways = list(spellings(name, is_person=kind in _PEOPLE))
    if not ways:
        return None
    return Known(kind, entity, re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w])"))


def _sought(text: str, people: Sequence[Known]) -> Iterator[Identifier]:
    for one in people:
        for found in one.pattern.finditer(text):
            yield Identifier(kind=one.kind, start=found.start(), end=found.end(), entity=one.entity)


def _apart(found: Sequence[Identifier]) -> list[Identifier]:
    """Without overlaps: the longer counts, then the earlier kind."""
    chosen: list[Identifier] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, _ORDER.index(each.kind))):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda each: each.start)
