"""Whether two names may be of one person or organization, however they are written.

"SEDGWICK CMS, INC."  ~  "Sedgwick Claims Management Services"   POSSIBLE
"Smith, John A., M.D."  ~  "Dr. John Smith"                       POSSIBLE
"Acme Steel Co"  ~  "ACME STEEL COMPANY, LLC"                     SAME
"Bob Lee"  ~  "Robert Lee"                                       POSSIBLE
"ICW Group"  ~  "Insurance Company of the West"                  POSSIBLE
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from rapidfuzz.distance import OSA

from openimr.model.assignment_rules import NameWords

_SHORT = 3
"""Letters of a word from which on one slip is allowed, if the other has more."""
_LONG = 12
"""Letters from which on two are."""
_COMMON = 6
"""Letters of a common word from which on one slip does not make it telling."""
_ACRONYM = 3
"""Letters from which on a word may stand for the initials of a name."""
_LEFT_OUT = 6
"""Legal forms and small words of a name that its initials may leave out; more are rare."""
_SPLIT = re.compile(r"\s+(?:d/?b/?a|a/?k/?a|f/?k/?a)\.?:?\s+|\s*[;/]\s*", re.IGNORECASE)
_NO_WORD = re.compile(r"[^a-z0-9!|]+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")


class Likeness(IntEnum):
    """How alike two names are; anything but DIFFERENT keeps a reviewer from a case."""

    DIFFERENT = 0
    POSSIBLE = 1
    SAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedName:
    """A name without what writing adds: case, punctuation, titles, legal forms, order."""

    words: tuple[str, ...]
    """In alphabetical order."""
    telling: frozenset[str]
    """The words that tell it apart; all of them where every word is common."""
    initials: frozenset[str]
    """Of its words in the order of the name, with and without legal forms and small words."""
    letters: str
    """All letters in alphabetical order, for words run together or torn apart."""


class NameFolder:
    """Folds names by the words of the rules."""

    def __init__(self, words: NameWords) -> None:
        self._words = words
        self._dropped = words.legal_forms | words.titles
        self._even: dict[str, str] = {}
        self._common: dict[str, bool] = {}
        self._given: dict[str, frozenset[int]] = {}
        for number, row in enumerate(words.given):
            for word in row:
                self._given[word] = self.given_rows(word) | {number}

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
        own = [word for word in found if word not in self._dropped] or found
        kept = [word for word in own if word != "and"] or own
        telling = [word for word in kept if len(word) > 1 and not self._is_common(word)]
        return FoldedName(
            words=tuple(sorted(kept)),
            telling=frozenset(telling or kept),
            initials=frozenset(self._all_initials(found)),
            letters="".join(sorted("".join(map(self.even_letters, own)))),
        )

    def _all_initials(self, found: Sequence[str]) -> Iterator[str]:
        """Initials of the words, in which each legal form and small word may be left out."""
        can_go = self._words.legal_forms | self._words.titles | self._words.small
        free = [place for place, word in enumerate(found) if word in can_go][:_LEFT_OUT]
        for count in range(len(free) + 1):
            for out in map(set, combinations(free, count)):
                initials = "".join(word[0] for at, word in enumerate(found) if at not in out)
                if len(initials) >= _ACRONYM:
                    yield initials

    def given_rows(self, word: str) -> frozenset[int]:
        """The rows of given names in which a word stands, as a name or its short form."""
        return self._given.get(word, frozenset())

    def _is_common(self, word: str) -> bool:
        """Whether a word tells nothing, or is a slip away from one of length that does not."""
        found = self._common.get(word)
        if found is None:
            found = word in self._words.common or any(
                len(other) >= _COMMON and len(word) >= _COMMON - 1 and self.near(word, other)
                for other in self._words.common
            )
            self._common[word] = found
        return found

    def even_letters(self, word: str) -> str:
        """The word with letters that scans confuse read as one.

        `5m1th` and `smith` become the same.
        """
        found = self._even.get(word)
        if found is None:
            found = word
            for seen, meant in self._words.look_alike:
                found = found.replace(seen, meant)
            self._even[word] = found
        return found

    def compare(self, one: FoldedName, other: FoldedName) -> Likeness:
        """How alike two folded names are."""
        if one.words == other.words:
            return Likeness.SAME
        if self._initials_differ(one, other):
            return Likeness.DIFFERENT
        checks = (self._parts, self._initials, _letters, _acronym)
        return Likeness(any(check(one, other) for check in checks))

    def _parts(self, one: FoldedName, other: FoldedName) -> bool:
        """All telling words of one stand in the other, a slip of the pen apart."""
        fewer, more = sorted((one.telling, other.telling), key=len)
        if all(len(word) == 1 for word in fewer):
            return False
        plain = all(map(self._is_common, fewer))
        if plain and len(fewer) != len(more):
            return False
        return all(any(self.near(a, b) for b in more) for a in fewer)

    def near(self, one: str, other: str) -> bool:
        """Whether two words are a slip of the pen or of a scan apart; of long ones, two.

        So are a given name and its short forms and spellings.
        """
        if one == other or not self.given_rows(one).isdisjoint(self.given_rows(other)):
            return True
        even_one, even_other = self.even_letters(one), self.even_letters(other)
        if even_one == even_other:
            return True
        shorter = min(len(one), len(other))
        if shorter < _SHORT or max(len(one), len(other)) == _SHORT:
            return False
        allowed = 2 if shorter >= _LONG else 1
        pairs = ((one, other), (even_one, even_other))
        return any(OSA.distance(a, b, score_cutoff=allowed) <= allowed for a, b in pairs)

    def _initials(self, one: FoldedName, other: FoldedName) -> bool:
        """`J. A. Smith` and `John Smith`: a word the same, the others by their first letters."""
        if not any(len(word) == 1 for word in (*one.words, *other.words)):
            return False
        fewer, more = sorted((one, other), key=lambda name: len(name.words))
        left, whole = list(more.words), False
        for word in sorted(fewer.words, key=len, reverse=True):
            near = [b for b in left if len(word) > 1 and len(b) > 1 and self.near(word, b)]
            found = near or [b for b in left if 1 in (len(word), len(b)) and word[0] == b[0]]
            if not found:
                return False
            whole |= bool(near) and word in fewer.telling and near[0] in more.telling
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


def _letters(one: FoldedName, other: FoldedName) -> bool:
    """The same letters: words run together or torn apart, in any order."""
    return one.letters == other.letters


def _acronym(one: FoldedName, other: FoldedName) -> bool:
    """`SCIF` and `State Compensation Insurance Fund`."""
    pairs = ((one, other), (other, one))
    return any(not long.initials.isdisjoint(short.words) for short, long in pairs)


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry of the index that a name is like."""

    entry: int
    likeness: Likeness


class NameIndex:
    """Finds the entries that a name may be, among many, without comparing with all.

    Two names that `NameFolder.compare` calls alike have near words, or all letters, or a word that
    is the initials of the other. Words are looked up once each, however many names hold them.
    """

    def __init__(self, folder: NameFolder, names: Sequence[str]) -> None:
        self._folder = folder
        self._entries = [
            (entry, folded) for entry, name in enumerate(names) for folded in folder.fold(name)
        ]
        self._by_word: dict[str, list[int]] = {}
        self._by_slip: dict[str, list[str]] = {}
        self._by_whole: dict[str, list[int]] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, tuple[Alike, ...]] = {}
        for number, (_, folded) in enumerate(self._entries):
            for word in _long(folded):
                self._by_word.setdefault(word, []).append(number)
            for key in self._whole_keys(folded, words="w", initials="i"):
                self._by_whole.setdefault(key, []).append(number)
        for word in self._by_word:
            for slip in self._slips(word):
                self._by_slip.setdefault(slip, []).append(word)

    def like(self, name: str) -> tuple[Alike, ...]:
        """The entries that a name may be, in their order."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = tuple(self._search(name))
        return found

    def _search(self, name: str) -> Iterator[Alike]:
        best: dict[int, Likeness] = {}
        for own in self._folder.fold(name):
            for number in self._candidates(own):
                entry, other = self._entries[number]
                likeness = self._folder.compare(own, other)
                best[entry] = max(best.get(entry, Likeness.DIFFERENT), likeness)
        for entry in sorted(best):
            if best[entry]:
                yield Alike(entry, best[entry])

    def _candidates(self, own: FoldedName) -> set[int]:
        """Entries all of whose telling words are near to ours, or ours to theirs, and the like."""
        ours: Counter[int] = Counter()
        theirs: Counter[int] = Counter()
        for word in _long(own):
            hit: set[int] = set()
            for near in self._near_words(word):
                hit.update(self._by_word[near])
                theirs.update(self._by_word[near])
            ours.update(hit)
        all_ours, initials = len(_long(own)), _has_initials(own)
        asked = self._whole_keys(own, words="i", initials="w")
        found = {number for key in asked for number in self._by_whole.get(key, ())}
        for number, count in ours.items():
            other = self._entries[number][1]
            whole = count == all_ours or theirs[number] >= len(_long(other))
            if whole or initials or _has_initials(other):
                found.add(number)
        return found

    def _near_words(self, word: str) -> tuple[str, ...]:
        found = self._near.get(word)
        if found is None:
            maybe = {other for slip in self._slips(word) for other in self._by_slip.get(slip, ())}
            found = tuple(other for other in sorted(maybe) if self._folder.near(word, other))
            self._near[word] = found
        return found

    def _whole_keys(self, name: FoldedName, *, words: str, initials: str) -> set[str]:
        """What two names share that are alike as wholes: all letters; a word that is initials."""
        keys = {f"={name.letters}"}
        keys |= {f"{words}{word}" for word in name.words if len(word) >= _ACRONYM}
        return keys | {f"{initials}{short}" for short in name.initials}

    def _slips(self, word: str) -> Iterator[str]:
        """The word, with letters left out, and its rows of given names: near words share one."""
        for row in self._folder.given_rows(word):
            yield f"@{row}"
        for letters in {word, self._folder.even_letters(word)}:
            yield letters
            if len(letters) < _SHORT:
                continue
            once = {letters[:at] + letters[at + 1 :] for at in range(len(letters))}
            yield from once
            if len(word) >= _LONG:
                for less in once:
                    yield from (less[:at] + less[at + 1 :] for at in range(len(less)))


def _long(name: FoldedName) -> frozenset[str]:
    """The telling words that are no initials."""
    return (
        name.telling
        if not _has_initials(name)
        else frozenset(word for word in name.telling if len(word) > 1)
    )


def _has_initials(name: FoldedName) -> bool:
    return any(len(word) == 1 for word in name.words)
