"""Pages of another patient, filed by mistake: said only where the page itself says so clearly.

A page is foreign when a patient's field names somebody else and neither the date of birth nor the
claim number is the case's; a different name alone, with the same birth date, is a maiden name or a
slip of the pen. A name in a looser place (`Re:`, the head of a note) needs a date of birth, claim,
date of injury, age or sex beside it that is not the case's either. Physicians, attorneys and people
copied in never stand in a patient's field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from openimr.intake.identity import Person, person, same_birth, same_claim, same_name
from openimr.model.document import Document, DocumentKind
from openimr.model.text import Notice, NoticeKind

_WEIGHTS = {
    DocumentKind.IMR_APPLICATION: 5.0,
    DocumentKind.RFA: 3.0,
    DocumentKind.UR_DECISION: 3.0,
}
_CLEAR_LEAD = 2.0
"""How far the case's name must lead before any page may be called another's."""
_YEARS = 8
"""How far an age may lie from those of the case's pages, which are written over years."""


class _Match(Enum):
    SAME = "same"
    OTHER = "other"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class _Case:
    """The patient of the case, as most of its pages have it."""

    name: str
    marks: tuple[Person, ...]
    """Of the pages that bear this name."""
    birth: date | None = None
    """The date of birth that most of its pages give, two at least."""
    words: frozenset[str] = frozenset()
    """All words of the names that stand beside that date."""
    namings: tuple[Person, ...] = ()
    """Of the pages that bear this name in whatever place."""

    @property
    def ages(self) -> list[int]:
        """Years, as its pages say or as they follow for the days of injury."""
        injuries = [day for own in self.namings for day in own.injuries]
        births = [day for own in self.marks for day in own.births]
        said = [age for own in self.namings for age in own.ages]
        return said + [injury.year - birth.year for injury in injuries for birth in births]


def foreign_pages(documents: Sequence[Document]) -> dict[tuple[str, int], Notice]:
    """By document and page: the notice that it is another patient's."""
    marks: dict[tuple[str, int], Person] = {
        (document.id, page.number): person(page.text)
        for document in documents
        for page in document.pages
    }
    case = _case(documents, marks)
    if case is None:
        return {}
    notices: dict[tuple[str, int], Notice] = {}
    for document in documents:
        foreign = False
        for page in document.pages:
            mark = marks[document.id, page.number]
            differs = _differences(mark, case)
            foreign = bool(differs) or (foreign and not _is_own(mark, case))
            if foreign:
                notices[document.id, page.number] = _notice(differs)
    return notices


def _notice(differs: Sequence[str]) -> Notice:
    """The other patient's name is nobody's business: it is not repeated."""
    why = " and ".join(differs) if differs else "the page before, which it goes on from,"
    verb = "are" if len(differs) > 1 else "is"
    return Notice(
        kind=NoticeKind.FOREIGN,
        message=f"another patient's page: {why} {verb} not this case's; nothing is read from it",
    )


def _case(documents: Sequence[Document], marks: Mapping[tuple[str, int], Person]) -> _Case | None:
    weights: list[tuple[str, float]] = []
    for document in documents:
        pages = [marks[document.id, page.number] for page in document.pages]
        names = [name for mark in pages for name in (*mark.names, *_beside_birth(mark))]
        weight = _WEIGHTS.get(document.kind, 1.0)
        weights.extend((name, weight) for name in dict.fromkeys(names))
    totals = {name: _support(name, weights) for name, _ in weights}
    if not totals:
        return None
    best = max(totals, key=lambda name: (totals[name], len(name)))
    others = [weight for name, weight in totals.items() if not same_name(name, best)]
    if others and totals[best] < _CLEAR_LEAD * max(others):
        return None
    own = tuple(
        mark
        for mark in marks.values()
        if any(same_name(name, best) for name in (*mark.names, *_beside_birth(mark)))
    )
    birth, words = _usual(best, marks)
    namings = tuple(
        mark
        for mark in marks.values()
        if any(same_name(name, best) for name in (*mark.names, *mark.weak_names))
    )
    return _Case(best, own, birth, words, namings)


def _beside_birth(mark: Person) -> tuple[str, ...]:
    """Names without a patient's label count as the case's where a date of birth is with them."""
    return mark.weak_names if mark.births and not mark.names else ()


def _usual(
    best: str, marks: Mapping[tuple[str, int], Person]
) -> tuple[date | None, frozenset[str]]:
    """The date of birth beside most namings of the patient, and the words of those names."""
    counted = Counter(birth for mark in marks.values() for birth in dict.fromkeys(mark.births))
    if not counted or counted.most_common(1)[0][1] < 2:
        return None, frozenset()
    birth = counted.most_common(1)[0][0]
    names = [
        _words(name)
        for mark in marks.values()
        if birth in mark.births
        for name in (*mark.names, *mark.weak_names)
    ]
    names.append(_words(best))
    return birth, frozenset().union(*names)


def _support(name: str, weights: Iterable[tuple[str, float]]) -> float:
    return sum(weight for other, weight in weights if same_name(name, other))


def _differences(mark: Person, case: _Case) -> list[str]:
    """What on a page is clearly not the case's; nothing unless it makes the page another's."""
    name, weak = _match_names(mark.names, case), _match_names(mark.weak_names, case)
    birth = _match_births(mark, case)
    claim = _match_claims(mark, case)
    if claim is not _Match.SAME and _is_namesake(mark, case):
        return ["the given name", "the date of birth"]
    if _Match.SAME in (name, weak, birth, claim):
        return []
    differs = [
        what
        for what, match in (("the date of birth", birth), ("the claim number", claim))
        if match is _Match.OTHER
    ]
    if name is _Match.OTHER:
        return ["the patient's name", *differs]
    lesser = _lesser_differences(mark, case)
    if weak is _Match.OTHER and (differs or lesser):
        return ["the name", *differs, *lesser]
    return differs if len(differs) > 1 else []


def _lesser_differences(mark: Person, case: _Case) -> list[str]:
    """Marks that differ but that the same patient's pages may differ in: they only support."""
    injuries = {day for own in case.namings for day in own.injuries}
    sexes = {sex for own in case.namings for sex in own.sexes}
    ages = case.ages
    candidates = [name for own in case.namings for name in own.candidates]
    differs = {
        "the date of injury": mark.injuries and injuries and injuries.isdisjoint(mark.injuries),
        "the age": ages
        and any(not min(ages) - _YEARS < age < max(ages) + _YEARS for age in mark.ages),
        # Where a program writes the patient's name on other pages, none but a patient's stands.
        "the candidate": mark.candidates and any(same_name(one, case.name) for one in candidates),
        "the sex": mark.sexes and sexes and sexes.isdisjoint(mark.sexes),
    }
    return [what for what, other in differs.items() if other]


def _is_namesake(mark: Person, case: _Case) -> bool:
    """Whether names that are nearly the case's stand beside a wholly different date of birth.

    `Gabriela` for `Graciela` is a slip of the pen only where the birth date agrees.
    """
    own = case.birth
    wholly = bool(mark.births) and all(
        own is not None and one.year != own.year and (one.month, one.day) != (own.month, own.day)
        for one in mark.births
    )
    names = [_words(name) for name in (*mark.names, *mark.weak_names)]
    return wholly and bool(names) and not any(one <= case.words for one in names)


def _words(name: str) -> frozenset[str]:
    """The words of a name, initials left out."""
    return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", name.casefold()))


def _is_own(mark: Person, case: _Case) -> bool:
    matches = (
        _match_names((*mark.names, *mark.weak_names), case),
        _match_births(mark, case),
        _match_claims(mark, case),
    )
    return _Match.SAME in matches


def _match_names(names: Sequence[str], case: _Case) -> _Match:
    if not names:
        return _Match.UNSAID
    same = any(same_name(name, case.name) for name in names)
    return _Match.SAME if same else _Match.OTHER


def _match_births(mark: Person, case: _Case) -> _Match:
    known = {birth for own in case.marks for birth in own.births}
    if not known or not mark.births:
        return _Match.UNSAID
    same = any(same_birth(one, other) for one in mark.births for other in known)
    return _Match.SAME if same else _Match.OTHER


def _match_claims(mark: Person, case: _Case) -> _Match:
    known = {claim for own in case.marks for claim in own.claims}
    if not known or not mark.claims:
        return _Match.UNSAID
    same = any(same_claim(one, other) for one in mark.claims for other in known)
    return _Match.SAME if same else _Match.OTHER
