"""Whether two names may be of one person or organization, however they are written.

    "SEDGWICK CMS, INC."  ~  "Sedgwick Claims Management Services"   POSSIBLE
    "Smith, John A., M.D."  ~  "Dr. John Smith"                       POSSIBLE
    "Acme Steel Co"  ~  "ACME STEEL COMPANY, LLC"                     SAME
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from openimr.model.assignment_rules import NameWords

_SHORT = 4
"""Letters of a word from which on one slip is allowed."""
_LONG = 9
"""Letters from which on two are."""
_ACRONYM = 3
"""Letters from which on a word may stand for the initials of a name."""
_SPLIT = re.compile(r"\s+(?:d/?b/?a|a/?k/?a|f/?k/?a)\.?:?\s+|\s*[;/]\s*", re.IGNORECASE)
_NO_WORD = re.compile(r"[^a-z0-9!|]+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")


class Likeness(IntEnum):
    """How alike two names are; anything but DIFFERENT keeps a reviewer from a case."""

    DIFFERENT = 0
    POSSIBLE = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A name without what writing adds: case, punctuation, titles, legal forms, order."""

    words: tuple[str, ...]
    """In alphabetical order."""
    telling: frozenset[str]
    """The words that tell it apart; all of them where every word is common."""
    written: tuple[str, ...]
    """In the order of the name, common words too: for its initials."""


class NameFolder:
    """Folds names by the words of the rules."""

    def __init__(self, words: NameWords) -> None:
        self._words = words
        self._dropped = words.legal_forms | words.titles
        self._look_alike = words.look_alike

    def fold(self, name: str) -> tuple[FoldedName, ...]:
        """A name, or each of the names that `dba` or a slash joins; none of nothing."""
        folded = (self._fold(part) for part in _SPLIT.split(name))
        return tuple(one for one in folded if one.words)

    def _fold(self, name: str) -> FoldedName:
        even = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        even = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), even)
        even = re.sub(r"['\u2019`]", "", even.casefold()).replace("&", " and ")
        found = [word.strip("!|") for word in _NO_WORD.split(even)]
        found = [self._words.abbreviations.get(word, word) for word in found if word]
        kept = [word for word in found if word not in self._dropped and word != "and"] or found
        telling = [word for word in kept if word not in self._words.common and len(word) > 1]
        return FoldedName(tuple(sorted(kept)), frozenset(telling or kept), tuple(kept))

    def even_letters(self, word: str) -> str:
        """The word with letters that scans confuse read as one.

        `5m1th` and `smith` become the same.
        """
        for seen, meant in self._look_alike:
            word = word.replace(seen, meant)
        return word

    def compare(self, one: FoldedName, other: FoldedName) -> Likeness:
        """How alike two folded names are."""
        if one.words == other.words:
            return Likeness.SAME
        if self._initials_differ(one, other):
            return Likeness.DIFFERENT
        checks = (self._parts, self._initials, self._letters, _acronym)
        return Likeness(any(check(one, other) for check in checks))

    def _parts(self, one: FoldedName, other: FoldedName) -> bool:
        """All telling words of one stand in the other, a slip of the pen apart."""
        fewer, more = sorted((one.telling, other.telling), key=len)
        if all(len(word) == 1 for word in fewer):
            return False
        plain = all(word in self._words.common for word in fewer)
        if plain and len(fewer) != len(more):
            return False
        return all(any(self._near(a, b) for b in more) for a in fewer)

    def _near(self, one: str, other: str) -> bool:
        if one == other:
            return True
        even_one, even_other = self.even_letters(one), self.even_letters(other)
        if even_one == even_other:
            return True
        shorter = min(len(one), len(other))
        if shorter < _SHORT:
            return False
        allowed = 2 if shorter >= _LONG else 1
        return OSA.distance(even_one, even_other, score_cutoff=allowed) <= allowed

    def _initials(self, one: FoldedName, other: FoldedName) -> bool:
        """`J. A. Smith` and `John Smith`: a word the same, the others by their first letters."""
        if not any(len(word) == 1 for word in (*one.words, *other.words)):
            return False
        fewer, more = sorted((one.words, other.words), key=len)
        left, whole = list(more), False
        for word in sorted(fewer, key=len, reverse=True):
            near = [b for b in left if len(word) > 1 and len(b) > 1 and self._near(word, b)]
            found = near or [b for b in left if 1 in (len(word), len(b)) and word[0] == b[0]]
            if not found:
                return False
            whole |= bool(near)
            left.remove(found[0])
        return whole

    def _initials_differ(self, one: FoldedName, other: FoldedName) -> bool:
        """`A. Jones` and `B. Jones`: both have initials, and none of one fits the other."""
        ours = {self.even_letters(word) for word in one.words if len(word) == 1}
        theirs = {self.even_letters(word) for word in other.words if len(word) == 1}
        if not ours or not theirs or ours & theirs:
            return False
        first_of = ({self.even_letters(word)[0] for word in n.words} for n in (one, other))
        our_first, their_first = first_of
        return not (ours & their_first or theirs & our_first)

    def _letters(self, one: FoldedName, other: FoldedName) -> bool:
        """The same letters, with words run together or torn apart."""
        joined, against = (self.even_letters("".join(n.written)) for n in (one, other))
        return joined == against or self._near(
            "".join(sorted(one.words)), "".join(sorted(other.words))
        )


def _acronym(one: FoldedName, other: FoldedName) -> bool:
    """`SCIF` and `State Compensation Insurance Fund`."""
    for short, long in ((one, other), (other, one)):
        initials = "".join(word[0] for word in long.written)
        if len(initials) >= _ACRONYM and initials in short.words:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry of the index that a name is like."""

    entry: int
    likeness: Likeness


class NameIndex:
    """Finds the entries that a name may be, among many, without comparing with all.

    Every pair of names that `NameFolder.compare` calls alike shares a key: a word with one letter
    left out or none, initials, or all letters.
    """

    def __init__(self, folder: NameFolder, names: Sequence[str]) -> None:
        self._folder = folder
        self._names = tuple(folder.fold(name) for name in names)
        self._by_key: dict[str, list[tuple[int, FoldedName]]] = {}
        self._found: dict[str, tuple[Alike, ...]] = {}
        for entry, folded in enumerate(self._names):
            for one in folded:
                for key in self._keys(one):
                    self._by_key.setdefault(key, []).append((entry, one))

    def like(self, name: str) -> tuple[Alike, ...]:
        """The entries that a name may be, by entry."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = tuple(self._search(name))
        return found

    def _search(self, name: str) -> Iterator[Alike]:
        best: dict[int, Likeness] = {}
        for own in self._folder.fold(name):
            seen: set[int] = set()
            for key in self._keys(own):
                for entry, other in self._by_key.get(key, ()):
                    if (id(other)) in seen:
                        continue
                    seen.add(id(other))
                    likeness = self._folder.compare(own, other)
                    best[entry] = max(best.get(entry, Likeness.DIFFERENT), likeness)
        for entry in sorted(best):
            if best[entry]:
                yield Alike(entry, best[entry])

    def _keys(self, name: FoldedName) -> frozenset[str]:
        keys = set(self._slips(word for word in name.telling if len(word) > 1))
        joined = self._folder.even_letters("".join(name.written))
        keys |= {f"={joined}", f"+{self._folder.even_letters(''.join(name.words))}"}
        keys |= set(self._slips(["".join(name.words)]))
        initials = "".join(word[0] for word in name.written)
        if len(initials) >= _ACRONYM:
            keys.add(f"@{initials}")
        keys |= {f"@{word}" for word in name.words if len(word) >= _ACRONYM}
        return frozenset(keys)

    def _slips(self, words: Iterable[str]) -> Iterator[str]:
        """The words, and each with letters left out: two near words share one of these."""
        for word in words:
            even = self._folder.even_letters(word)
            yield even
            if len(even) < _SHORT - 1:
                continue
            once = {even[:at] + even[at + 1 :] for at in range(len(even))}
            yield from once
            if len(word) >= _LONG:
                for less in once:
                    yield from (less[:at] + less[at + 1 :] for at in range(len(less)))
