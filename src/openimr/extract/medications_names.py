"""Drug names in text: one Aho-Corasick pass, then misspellings where a dose stands beside the word.

A mention is a place where a drug is named; what is said about it is read elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

import ahocorasick
from rapidfuzz import process
from rapidfuzz.distance import OSA

from openimr.model.drug import Drug, Formulary

_SHORTENED = {
    "acetaminophen": ("acetaminophen", "apap", "acetamin", "acetaminoph", "acet", "ac", "tylenol"),
    "hydrocodone": (
        "hydrocodone",
        "hydrocodone bitartrate",
        "hydrocodone bit",
        "hydroco",
        "hydrocod",
    ),
    "oxycodone": ("oxycodone", "oxycodone hcl"),
    "aspirin": ("aspirin", "asa"),
    "ibuprofen": ("ibuprofen", "ibu"),
    "hydrochlorothiazide": ("hydrochlorothiazide", "hctz"),
    "codeine": ("codeine", "codeine phosphate"),
}
"""How pharmacies and charts shorten the parts of a combination."""
_JOINTS = ("/", "-", " / ", " - ")
_SPOKEN_JOINTS = (" and ", " & ", " + ", " with ", " w/ ", "+", "&", " ")
_SPOKEN = frozenset({"hydrocodone", "oxycodone", "codeine", "butalbital", "pentazocine"})
"""Of other pairs `tramadol and acetaminophen` more likely means two prescriptions."""
_SALT = re.compile(
    r"\s+(?:hcl|h\.c\.l\.|hydrochloride|hydrobromide|hbr|sulfate|sulphate|sulf|bitartrate|tartrate|"
    r"citrate|maleate|besylate|mesylate|calcium|magnesium|sodium|potassium|er|succinate|fumarate|"
    r"phosphate|acetate|pamoate)\b(?!\s*(?:supplement|level))",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\s*-?\s*\b(?:(?P<long>ER|XR|SR|CR|XL|LA|XT|extended[\s-]+release|sustained[\s-]+release|"
    r"controlled[\s-]+release|long[\s-]+acting|time[\s-]+release)|(?P<short>IR"
    r"|immediate[\s-]+release|short[\s-]+acting)"
    r"|(?:DR|EC|ODT|delayed[\s-]+release))\b",
    re.IGNORECASE,
)
_RELEASE_AFTER_STRENGTH = re.compile(rf"\s*[\d./]+\s*(?:mg|mcg)?{_RELEASE.pattern}", re.IGNORECASE)
_MIXED = re.compile(r"\b(?=[a-z0-9|]*[a-z])(?=[a-z0-9|]*[0-9|])[a-z0-9|]{4,}", re.IGNORECASE)
_DIGIT_AS_LETTER = (
    str.maketrans("01|58", "ollsb"),
    str.maketrans("01|58", "oiisb"),
)
_WORD = re.compile(r"[A-Za-z]{6,}")
_LOOK_ALIKE = (
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("d", "cl"),
    ("vv", "w"),
    ("ii", "u"),
    ("li", "h"),
)
_DOSE_BESIDE = re.compile(
    r"^\W{0,3}(?:(?:ER|XR|SR|CR|HCl|tabs?|caps?|patch|gel|cream)\b\W*)?"
    r"(?:\d+(?:\.\d+)?(?:\s*/\s*\d+(?:\.\d+)?)*\s*-?\s*(?:mg|mcg|m[ce]g|%|tab|cap|patch|po\b|q"
    r"|bid|tid)"
    r"|\d+(?:\.\d+)?\s*/\s*\d{3}\b|#\s*\d+|(?:po\s+)?(?:[qbt]\.?[id]\.?d|qhs|prn)\b)",
    re.IGNORECASE,
)
_NAME_WITH_FIGURE = re.compile(
    r"(?<!no)(?<!number)[\s-]+(?:\d{2,}|\d+(?:\.\d+)?\s*%).*", re.IGNORECASE | re.DOTALL
)
"""The strength inside a name (`Robaxin-750`, `lidocaine 5% patch`): read as a strength."""
_MINIMUM_FUZZY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where a drug is named: `text[start:end] == written`."""

    start: int
    end: int
    written: str
    drug: Drug
    name: str
    """The formulary's name that was met, case-folded."""
    long_acting: bool | None = None
    """Whether a release form is written beside the name; None if none is."""
    misspelled: bool = False


class DrugMatcher:
    """Finds the drugs of a formulary in text; pages that were met are remembered.

    >>> from openimr.model.drug import Drug, Formulary
    >>> soma = Drug(generic="carisoprodol", brands=("Soma",), ingredients=("carisoprodol",))
    >>> [m.written for m in DrugMatcher(Formulary((soma,))).find("D/C Soma today")]
    ['Soma']
    """

    def __init__(self, formulary: Formulary) -> None:
        self.formulary = formulary
        names = dict.fromkeys(formulary.names())
        self._names: dict[str, Drug] = {}
        for name in names:
            drug = formulary.find(name)
            if drug is not None:
                self._names[" ".join(name.split())] = drug
        for drug in formulary.drugs:
            for name in _combinations(drug.ingredients):
                self._names.setdefault(name, drug)
        self._automaton = ahocorasick.Automaton()
        for name, drug in self._names.items():
            self._automaton.add_word(name, (name, drug))
        self._automaton.make_automaton()
        proper = {
            name.casefold() for drug in formulary.drugs for name in (drug.generic, *drug.brands)
        }
        proper |= {
            name for drug in formulary.drugs for name in drug.ingredients if name in self._names
        }
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for name in sorted(proper):
            if name.isalpha() and name.isascii() and len(name) >= _MINIMUM_FUZZY:
                self._by_initial[name[0]].append(name)
        self._known: dict[str, str | None] = {}
        self.find = lru_cache(maxsize=1024)(self._find)
        """Every drug named in a text, in order; where names overlap the longest counts."""

    def _find(self, text: str) -> tuple[Mention, ...]:
        found = list(self._exact(text))
        taken = _Taken([(mention.start, mention.end) for mention in found])
        found += [m for m in self._digits_for_letters(text) if taken.free(m.start, m.end)]
        found += [m for m in self._misspelled(text) if taken.free(m.start, m.end)]
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _exact(self, text: str) -> Iterator[Mention]:
        folded, place = _fold(text)
        for start, end, name, drug in _longest(self._automaton.iter(folded), folded):
            yield self._mention(text, place(start), place(end - 1) + 1, name, drug)

    def _mention(
        self, text: str, start: int, end: int, name: str, drug: Drug, *, misspelled: bool = False
    ) -> Mention:
        if figure := _NAME_WITH_FIGURE.search(text, start, end):
            end = figure.start()
        window = text[end : end + 40]
        salt = _SALT.match(window)
        reach = salt.end() if salt and salt.group().strip().lower() != "er" else 0
        release = _RELEASE.match(window, reach)
        reach = release.end() if release else reach
        release = release or _RELEASE_AFTER_STRENGTH.match(window, reach)
        long_acting: bool | None = None
        if release is not None:
            long_acting = True if release["long"] else False if release["short"] else None
        end += reach
        return Mention(
            start=start,
            end=end,
            written=text[start:end],
            drug=drug,
            name=name,
            long_acting=long_acting,
            misspelled=misspelled,
        )

    def _digits_for_letters(self, text: str) -> Iterator[Mention]:
        """`N0rco`, `S0ma`: digits that OCR put for letters."""
        for word in _MIXED.finditer(text):
            for table in _DIGIT_AS_LETTER:
                name = word.group().casefold().translate(table)
                if drug := self._names.get(name):
                    yield self._mention(text, *word.span(), name, drug, misspelled=True)
                    break

    def _misspelled(self, text: str) -> Iterator[Mention]:
        for word in _WORD.finditer(text):
            name = self._correct(word.group().casefold())
            if name is not None:
                yield self._mention(text, *word.span(), name, self._names[name], misspelled=True)

    def _correct(self, word: str) -> str | None:
        """The one name this word can only be a slip of; None for any ordinary word."""
        if word in self._known:
            return self._known[word]
        found = None if word in self._names or word in self.formulary.guard else self._nearest(word)
        self._known[word] = found
        return found

    def _nearest(self, word: str) -> str | None:
        for wrong, right in _LOOK_ALIKE:
            if wrong in word and word.replace(wrong, right) in self._names:
                return word.replace(wrong, right)
        allowed = 1 if len(word) < 9 else 2
        same_initial = self._by_initial.get(word[0], [])
        close = process.extract(
            word, same_initial, scorer=OSA.distance, score_cutoff=allowed, limit=3
        )
        best = [name for name, distance, _ in close if distance == close[0][1]]
        drugs = {self._names[name].ingredients for name in best}
        return best[0] if len(drugs) == 1 else None


def has_dose_beside(text: str, end: int) -> bool:
    """Whether a strength, quantity or frequency follows: what a misspelling must have to count.

    >>> has_dose_beside("Robaxn 750 mg TID", 6)
    True
    """
    return _DOSE_BESIDE.match(text[end : end + 48]) is not None


@lru_cache(maxsize=8)
def drug_matcher(formulary: Formulary) -> DrugMatcher:
    """The matcher of a formulary, built once."""
    return DrugMatcher(formulary)


def _combinations(ingredients: tuple[str, ...]) -> Iterator[str]:
    """Ways to write a combination of two, in either order and shortened."""
    if len(ingredients) != 2:
        return
    spoken = _SPOKEN_JOINTS if not _SPOKEN.isdisjoint(ingredients) else ()
    for first, second in permutations(ingredients):
        for one in _SHORTENED.get(first, (first,)):
            for two in _SHORTENED.get(second, (second,)):
                for joint in (*_JOINTS, *spoken):
                    yield f"{one}{joint}{two}".casefold()


def _fold(text: str) -> tuple[str, _Places]:
    """Lower case with runs of white space as one space, and the way back to offsets."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    pieces: list[str] = []
    starts = [0]
    shifts = [0]
    length = last = 0
    for run in re.finditer(r"\s{2,}|[\n\t\r\f\v\xa0]", lowered):
        pieces.append(lowered[last : run.start()])
        pieces.append(" ")
        length += run.start() - last + 1
        last = run.end()
        starts.append(length)
        shifts.append(last - length)
    pieces.append(lowered[last:])
    return "".join(pieces), _Places(starts, shifts)


class _Places:
    """Offsets in folded text to offsets in the text."""

    __slots__ = ("_shifts", "_starts")

    def __init__(self, starts: list[int], shifts: list[int]) -> None:
        self._starts = starts
        self._shifts = shifts

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]


class _Taken:
    """Which stretches of text are already read."""

    __slots__ = ("_spans",)

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def free(self, start: int, end: int) -> bool:
        index = bisect_right(self._spans, (start, end))
        before = self._spans[index - 1] if index else (0, 0)
        after = self._spans[index] if index < len(self._spans) else (end, end)
        return before[1] <= start and end <= after[0]


def _longest(
    hits: Iterator[tuple[int, tuple[str, Drug]]], text: str
) -> Iterator[tuple[int, int, str, Drug]]:
    whole = (
        (last - len(name) + 1, last + 1, name, drug)
        for last, (name, drug) in hits
        if _bounded(text, last - len(name) + 1, last + 1)
    )
    end = -1
    for start, stop, name, drug in sorted(whole, key=lambda hit: (hit[0], -hit[1])):
        if start >= end:
            yield start, stop, name, drug
            end = stop


def _bounded(text: str, start: int, end: int) -> bool:
    """Whole words only; a plural or a strength may follow directly (`Norcos`, `Norco10/325`)."""
    before = text[start - 1] if start else " "
    if before.isalnum() or before in "_@":
        return False
    after = text[end : end + 2]
    if not after or not after[0].isalpha():
        return True
    return after[0] == "s" and not after[1:].isalnum()
