"""Strength: what one unit of a drug holds, with its unit, before or after the name.

Reading works on a slate: a copy of the text, of the same length, in which what is read is blanked,
so that `10/325` is not read as a dose nor `#120` as a frequency, and all offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openimr.model.drug import Drug

AMOUNT = r"\d+(?:,\d{3})+|\d*\.?\d+"
INTO_VEIN_OR_MUSCLE = r"(?:(?P<iv>i\.?v\.?p?|intraven\w+)|(?P<im>i\.?m\.?|intramusc\w+))(?!\w)"
INTO_BEFORE = re.compile(
    rf"(?<!\w){INTO_VEIN_OR_MUSCLE}[\s,-]*(?:push|bolus|dose\s+of)?\s*$"
    r"|\b(?:sedat\w+|an[a]?esthe\w+)\s+(?:(?:was|were)\s+\w+\s+)?(?:with|using|by)\s+$",
    re.IGNORECASE,
)
"""`IV fentanyl`, `conscious sedation with fentanyl`: how it is given stands before the name."""
_INTO = re.compile(rf"\W{{0,3}}{INTO_VEIN_OR_MUSCLE}", re.IGNORECASE)
_UNIT = r"mg|mgs|milligrams?|mcg|[µu]g|micrograms?|gms?|grams?|g|%|percent|units?|iu|meq|meqs"
_PER = r"(?:\s*(?:/|per)\s*(?:(?P<per>hr|h|hour|24\s*h(?:ou)?rs?)\b|\d*\.?\d*\s*ml\b))?"
_STRENGTH = re.compile(
    rf"(?<![\d#/.$])(?P<n>(?:{AMOUNT})(?:\s*(?:{_UNIT})?\s*[/-]\s*(?:{AMOUNT})){{0,3}})"
    rf"\s*-?\s*(?P<unit>{_UNIT})(?![a-z]){_PER}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\d#/.$])(?P<n>(?:{AMOUNT})(?:\s*[/-]\s*(?:{AMOUNT})){{0,3}})(?![\d/])(?!\s*%)(?!\.\d)"
)
_RATIO = re.compile(rf"(?<![\d/#])(?:{AMOUNT})(?:\s*[/-]\s*(?:{AMOUNT})){{1,3}}(?![\d/])")
_RATIO_REACH = 60
_STRENGTH_BEFORE = re.compile(
    rf"(?<![\d/])(?P<n>(?:{AMOUNT})(?:/{AMOUNT}){{0,3}})\s*(?P<unit>mg|mcg|%)\s*(?:of\s+)?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:po\b|p\.o|tab|cap|pill|patch|by\s+mouth|a\s+day|per\s+day|/\s*d|x\b|times|or\b"
    r"|to\b|-\s*\d|refill|rf\b)",
    re.IGNORECASE,
)
_MOST_AT_ONCE = 10
"""Nobody takes more than ten units at once: a larger figure is a strength."""
_LEAST_SECOND = 200
"""A combination that the table lacks is believed if its second figure is no pain score."""
_SHARE_BEFORE = re.compile(
    r"\b(?:by|relief(?:\s+(?:is|was|of|at))?|relieves?|reduces?|reduced|decreases?|decreased|improved?|better)\s*:?\s*"
    r"(?:(?:about|approximately|approx\.?|around|some|nearly|almost|over|only|at\s+least|up\s+to|as\s+much\s+as)\s+)?$",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(
    r"\s*(?:(?:or\s+(?:more|better)|overall|pain|symptom\w*|functional|good)\s+)?"
    r"(?:relief|relieved|reduction|reduced|decreased?|improve\w*|better|less|benefit|gain|effective|of\s+(?:the|his|her)\s+(?:pain|time|symptoms?))\b",
    re.IGNORECASE,
)
"""`Reduces pain by 40%`, `40% relief`: a share of the pain, and no strength of a cream."""
_SPELLINGS = {
    "mgs": "mg", "milligram": "mg", "milligrams": "mg", "ug": "mcg", "\u00b5g": "mcg",
    "\u03bcg": "mcg", "microgram": "mcg", "micrograms": "mcg", "gm": "g", "gms": "g", "gram": "g",
    "grams": "g", "percent": "%", "meqs": "meq", "unit": "units",
}  # fmt: skip
Figures = tuple[float, ...]
"""One figure an ingredient: `10/325` is (10, 325)."""


class Slate:
    """A copy of the text in which what is read is blanked."""

    def __init__(self, text: str) -> None:
        self.text = re.sub(r"[|\n\t\r\xa0]", " ", text)
        self.end = 0
        """Where the last thing read ends."""

    def take(self, found: re.Match[str]) -> re.Match[str]:
        """Blank what a pattern found."""
        self.blank(found.start(), found.start() + len(found.group().rstrip()))
        return found

    def blank(self, start: int, end: int) -> None:
        """Blank a stretch."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]
        self.end = max(self.end, end)

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find a pattern and blank it."""
        found = pattern.search(self.text)
        return self.take(found) if found else None


def read_strength(slate: Slate, head: str, family: tuple[Drug, ...]) -> tuple[Figures, str | None]:
    """Figures and unit of a strength; no figures if none is written.

    `family` is the drug named and the other forms of its ingredients: a number without a unit is
    a strength only if one of them has it.
    """
    known = known_strengths(family)
    found = next((f for f in _STRENGTH.finditer(slate.text) if _can_be(f, family)), None)
    for bare, beside in _bare(slate.text, found.start() if found else len(slate.text)):
        if _is_known(figures(bare.group()), known, slate.text[bare.end() :], beside=beside):
            slate.take(bare)
            return figures(bare.group()), _usual_unit(family)
    if found is not None:
        slate.take(found)
        written = unit(found["unit"], per=found["per"])
        injected = _INTO.match(slate.text, found.end()) or INTO_BEFORE.search(head)
        is_of_a_patch = _usual_unit(family) == "mcg/hr" and not injected
        by_the_hour = written == "mcg" and is_of_a_patch
        return figures(found["n"]), "mcg/hr" if by_the_hour else written
    if before := _STRENGTH_BEFORE.search(head):
        return figures(before["n"]), unit(before["unit"])
    return (), None


def _can_be(found: re.Match[str], family: tuple[Drug, ...]) -> bool:
    """Whether a figure is a strength: a share of relief (`70 %`) is none of a tablet."""
    in_percent = found["unit"] in {"%", "percent"}
    before, after = found.string[: found.start()], found.string[found.end() :]
    if in_percent and (_SHARE_BEFORE.search(before[-40:]) or _SHARE_AFTER.match(after)):
        return False
    known = [strength for drug in family for strength in drug.strengths]
    return not in_percent or not known or any("%" in strength for strength in known)


def _bare(text: str, limit: int) -> Iterator[tuple[re.Match[str], bool]]:
    """Figures without a unit, and whether they stand right after the name."""
    first = _BARE.match(text, len(text) - len(text.lstrip(" -,(")))
    if first and first.start() < limit:
        yield first, True
    for ratio in _RATIO.finditer(text, 0, min(limit, _RATIO_REACH)):
        yield ratio, False


def _is_known(written: Figures, known: frozenset[Figures], after: str, *, beside: bool) -> bool:
    """Whether figures without a unit are a strength of this drug, no count and no pain score."""
    if len(written) > 1:
        of_combination = len(written) == max(map(len, known), default=0)
        return written in known or (beside and of_combination and written[-1] >= _LEAST_SECOND)
    value = written[0]
    if not any(parts[0] == value for parts in known):
        return False
    return value > _MOST_AT_ONCE or _COUNTED.match(after) is None


def known_strengths(family: tuple[Drug, ...]) -> frozenset[Figures]:
    """The strengths that any form of a drug comes in."""
    return frozenset().union(*(_figures_of(drug.strengths) for drug in family))


@lru_cache(maxsize=4096)
def _figures_of(strengths: tuple[str, ...]) -> frozenset[Figures]:
    return frozenset(figures(strength.partition(" ")[0]) for strength in strengths)


def figures(text: str) -> Figures:
    """The figures of a strength.

    >>> figures("10/325"), figures("1,200")
    ((10.0, 325.0), (1200.0,))
    """
    return tuple(float(part.replace(",", "")) for part in re.findall(AMOUNT, text))


def unit(text: str, *, per: str | None = None) -> str:
    """A unit in its usual spelling, per hour where the text says so.

    >>> unit("micrograms", per="hr")
    'mcg/hr'
    """
    usual = _SPELLINGS.get(text.lower(), text.lower())
    return f"{usual}/hr" if per and per.lower().startswith("h") else usual


def _usual_unit(family: tuple[Drug, ...]) -> str | None:
    """The unit of the drug named, if all its strengths have one."""
    units = {strength.partition(" ")[2] for strength in family[0].strengths}
    return units.pop() if len(units) == 1 else None


def in_words(written: Figures, of_unit: str | None) -> str | None:
    """As facts give it: `10/325 mg`; None if there are no figures."""
    if not written:
        return None
    text = "/".join(plain(figure) for figure in written)
    return f"{text} {of_unit}" if of_unit else text


def plain(value: float) -> str:
    """A figure as people write it: `10`, not `10.0`."""
    return f"{value:.10g}"
