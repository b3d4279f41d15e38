"""Counts what a reader has right, too much and too little; no number is made up from another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reading_readers import Drugged, Said
from reading_sets import Labelled, Prescribed, Prescription, Statement

CLASSES = ("present", "absent", "historical", "hypothetical", "possible", "other_person")
_SALT = " sodium"
_ANY = "any"
"""Of side effects: a denial of all of them denies each."""
_OF_THE_PATIENT_NOW = frozenset({"present", "absent"})


@dataclass
class Count:
    """Right, too much, too little."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __iadd__(self, other: Count) -> Count:
        self.right += other.right
        self.extra += other.extra
        self.missed += other.missed
        return self

    @property
    def total(self) -> int:
        """How many there are in the labels."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        return _share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float | None:
        return _share(self.right, self.total)

    @property
    def f1(self) -> float | None:
        return _share(2 * self.right, 2 * self.right + self.extra + self.missed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass
class Marks:
    """The counts of one reader on one set."""

    by_class: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    by_concept: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Statements of a concept at which anything of it was read, however it was meant."""
    hit: set[tuple[int, int]] = field(default_factory=set)
    """Which statements were found: text and statement by number."""
    meant_right: set[tuple[int, int]] = field(default_factory=set)
    misses: list[Miss] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Miss:
    """A statement that was not read as it is meant."""

    concept: str
    why: str
    quote: str
    page: int
    """Which of the texts it stands in."""
    span: tuple[int, int]


def mark(pages: Sequence[Labelled], read: Sequence[Sequence[Said]], *, shown: bool = True) -> Marks:
    """Lay what was read of each page against its labels.

    A statement is right if one of the readings of its concept and word, where it stands, is meant
    as labelled. Too much is each reading meant in a way the labels do not allow: of a labelled
    statement, of a concept the page has labels for, and on exhaustive pages of any concept.

    Args:
        pages: labelled.
        read: what was read of each.
        shown: whether misses may be told in words; false for what is set aside.
    """
    marks = Marks()
    for number, (page, said) in enumerate(zip(pages, read, strict=True)):
        used: set[int] = set()
        for index, statement in enumerate(page.statements):
            touching = [at for at, one in enumerate(said) if _fits(one, statement)]
            used.update(touching)
            _mark_statement(marks, statement, [said[at] for at in touching], (number, index))
            missed = (number, index) not in marks.meant_right
            if shown and missed:
                marks.misses.append(_miss(page, statement, [said[at] for at in touching], number))
        if page.source != "forged":
            _mark_extra(marks, page, [one for at, one in enumerate(said) if at not in used])
    return marks


def _fits(one: Said, statement: Statement) -> bool:
    if one.concept != statement.concept:
        return False
    denies_all = _ANY in one.words and one.assertion == "absent" and "absent" in statement.meant
    if statement.word and statement.word not in one.words and not denies_all:
        return False
    span = statement.span
    return span is None or (one.start < span[1] and span[0] < one.end)


def _mark_statement(
    marks: Marks, statement: Statement, said: Sequence[Said], place: tuple[int, int]
) -> None:
    meant = {one.assertion for one in said}
    right = not meant.isdisjoint(statement.meant)
    concept = marks.by_concept[statement.concept]
    if said:
        marks.found[statement.concept] += 1
        marks.hit.add(place)
    if right:
        marks.by_class[statement.meant[0]].right += 1
        concept.right += 1
        marks.meant_right.add(place)
    else:
        marks.by_class[statement.meant[0]].missed += 1
        concept.missed += 1
    for wrong in sorted(meant.difference(statement.meant)):
        marks.by_class[wrong].extra += 1
        concept.extra += 1


def _mark_extra(marks: Marks, page: Labelled, left: Sequence[Said]) -> None:
    """Readings that no label asks for."""
    labelled = {statement.concept for statement in page.statements}
    for concept, word, assertion in sorted(
        {(one.concept, one.words, one.assertion) for one in left}
    ):
        refused = assertion in _OF_THE_PATIENT_NOW and any(
            concept == other and (not wanted or wanted in word) for other, wanted in page.refused
        )
        if refused or concept in page.exhaustive or concept in labelled:
            marks.by_class[assertion].extra += 1
            marks.by_concept[concept].extra += 1


NOT_READ = "no rule reads these words"


def _miss(page: Labelled, statement: Statement, said: Sequence[Said], number: int) -> Miss:
    """What was missed, and what can be said of the reason."""
    start, end = statement.span or (0, len(page.text))
    meant = "/".join(sorted({one.assertion for one in said}))
    why = f"read, but as {meant} and not as {statement.meant[0]}" if said else NOT_READ
    return Miss(
        concept=statement.concept,
        why=f"{statement.word}: {why}" if statement.word else why,
        quote=" ".join(page.text[start:end].split()),
        page=number,
        span=(start, end),
    )


def on_common(marks: Mapping[str, Marks]) -> tuple[int, dict[str, float | None]]:
    """Of the statements that all readers found, the share that each took as it was meant."""
    common = set.intersection(*(each.hit for each in marks.values()))
    return len(common), {
        name: _share(len(each.meant_right & common), len(common)) for name, each in marks.items()
    }


def mark_medications(
    pages: Sequence[Prescribed], read: Sequence[Sequence[Drugged]], *, shown: bool = True
) -> tuple[Count, list[str]]:
    """Drug, strength and frequency together: all three right, or not.

    Labels that leave strength or frequency out are not counted.

    A name alone, or a mention that repeats a labelled medication in part, is neither right nor too
    much; any other reading with a strength or a frequency is too much.
    """
    count, misses = Count(), list[str]()
    for page, found in zip(pages, read, strict=True):
        used: set[int] = set()
        for given in page.medications:
            if not given.is_whole:
                continue
            at = next(
                (n for n, one in enumerate(found) if n not in used and _same(one, given)), None
            )
            if at is None:
                count.missed += 1
                if shown:
                    misses.append(_told_drug(page, given, found))
            else:
                used.add(at)
                count.right += 1
        extra = {
            (one.generic, _plain(one.strength), one.per_day)
            for at, one in enumerate(found)
            if at not in used
            and (one.strength or one.per_day)
            and not any(_repeats(one, given) for given in page.medications)
        }
        count.extra += len(extra)
    return count, misses


def _plain(strength: str | None) -> str:
    return (strength or "").casefold().replace(" ", "").replace("mg/", "/").replace(",", "")


def _same_rate(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.02 * max(one, other)


def _same(one: Drugged, given: Prescription) -> bool:
    span = given.span
    in_place = span is None or (one.start < span[1] and span[0] < one.end)
    return (
        in_place
        and _same_drug(one, given)
        and _plain(one.strength) == _plain(given.strength)
        and _same_rate(one.per_day, given.per_day)
    )


def _repeats(one: Drugged, given: Prescription) -> bool:
    strength = None in {one.strength, given.strength} or _plain(one.strength) == _plain(
        given.strength
    )
    rate = None in {one.per_day, given.per_day} or _same_rate(one.per_day, given.per_day)
    return _same_drug(one, given) and strength and rate


def _same_drug(one: Drugged, given: Prescription) -> bool:
    """The same drug; of naproxen, lists do not tell its salt apart."""
    return one.generic.removesuffix(_SALT) == given.generic.removesuffix(_SALT)


def _told_drug(page: Prescribed, given: Prescription, found: Iterable[Drugged]) -> str:
    start, end = given.span or (0, 160)
    quote = " ".join(page.document.pages[0].text[start:end].split())
    ours = [(one.strength, one.per_day) for one in found if one.generic == given.generic]
    read = f"read as {ours}" if ours else "drug not read"
    return f"{given.generic} {given.strength} {given.per_day}: {read}: {quote}"
