"""Strength, quantity, refills and days' supply of a drug line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from openimr.model.numbers import NUMBER, number
from openimr.request.guarded import Guarded
from openimr.request.words import blanked

_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[\dO]*(?:\.\d+)?|\.\d+)"
"""A number; OCR writes `5Omcg` for `50mcg`."""
_MICRO = r"(?:mc[gq]|me[cq]?g|ug)"
"""Micrograms, and what OCR makes of them: `meg`, `mcq`, `meqg`."""
_MASS = rf"{_MICRO}|mg|meq|iu|units?"
_UNIT = (
    rf"(?:{_MICRO}\s*(?:/|per)\s*(?:h(?:ou)?r|h)\b|(?:mg|{_MICRO}|g)\s*/\s*(?:\d+(?:\.\d+)?\s*)?ml"
    rf"|(?:{_MASS})(?![a-z])|%|gm?(?![a-z])|grams?(?![a-z]))"
)
STRENGTH = re.compile(
    rf"(?<![\w#./-])(?P<values>{_FIGURE}(?:\s*(?:{_MASS}|%)?\s*[/-]\s*{_FIGURE})*)"
    rf"\s*-?\s*(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\s*(?P<values>{_FIGURE}(?:\s*[/-]\s*{_FIGURE})*)(?![\w/%.-])")
_FIGURES = re.compile(_FIGURE)


class Written(NamedTuple):
    """An amount and where it stands."""

    start: int
    end: int
    values: tuple[float, ...]
    unit: str

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end

    @property
    def text(self) -> str:
        """`10/325 mg`, `20 mcg/hr`."""
        return f"{'/'.join(map(plain, self.values))} {self.unit}"


def plain(value: float) -> str:
    """A number as a reader writes it: no trailing zeros.

    >>> plain(7.5), plain(325.0), plain(0.0375)
    ('7.5', '325', '0.0375')
    """
    return str(int(value)) if value.is_integer() else f"{value:.6f}".rstrip("0").rstrip(".")


def strengths_in(line: str) -> list[Written]:
    """Every amount with a unit of strength, in order."""
    return [_written(found) for found in STRENGTH.finditer(line)]


def bare_strength(line: str, position: int, known: tuple[str, ...]) -> Written | None:
    """A strength without a unit after the name, if the drug comes in exactly that strength."""
    found = _BARE.match(line, position)
    if found is None:
        return None
    values = tuple(_value(figure) for figure in _FIGURES.findall(found["values"]))
    wanted = "/".join(map(plain, values))
    units = {unit for value, _, unit in (item.partition(" ") for item in known) if value == wanted}
    if len(units) != 1:
        return None
    return Written(found.start("values"), found.end(), values, units.pop())


def _written(found: re.Match[str]) -> Written:
    values = tuple(_value(figure) for figure in _FIGURES.findall(found["values"]))
    return Written(found.start(), found.end(), values, _unit(found["unit"]))


def _value(figure: str) -> float:
    return float(figure.upper().replace("O", "0").replace(",", ""))


@lru_cache(maxsize=256)
def _unit(written: str) -> str:
    unit = re.sub(rf"^{_MICRO}(?=$|/|per)", "mcg", re.sub(r"\s+", "", written.casefold()))
    unit = re.sub(r"/1?ml$", "/ml", unit)
    if re.match(r"mcg(?:/|per)h", unit):
        return "mcg/hr"
    if re.fullmatch(r"gm?|grams?", unit):
        return "g"
    return {"iu": "IU", "unit": "units", "meq": "mEq"}.get(unit, unit)


_COUNTED = (
    r"tab(?:let)?s?|cap(?:sule|let)?s?|pills?|patch(?:es)?|lozenges?|films?|strips?|count|ct|units?"
    r"|tubes?|bottles?|suppositories|vials?|syringes?|boxes|box|packs?"
)
_QUANTITIES = (
    Guarded(
        "qty quantity qnty disp count",
        rf"(?:\bqty|\bquantity|\bqnty|\bdisp(?:ense)?|\bcount)\b\s*(?:of|[:.#=-]|\s)*(?P<n>{NUMBER})(?![\d/])",
    ),
    Guarded("#", r"#\s*(?P<n>\d[\d,]*(?:\.\d+)?)(?!\s*(?:refills?|rf)\b)"),
    Guarded(
        "tab cap pill patch lozenge film strip c unit tube bottle supposit vial syringe box pack",
        rf"(?<![\d/#.-])(?P<n>{NUMBER})\s*(?:count\b\s*)?(?:{_COUNTED})\b(?!\s*(?:a|per|each|every|/)\b)",
    ),
    Guarded("no", r"\bno\.?\s*(?P<n>\d+)(?![\d/])"),
    Guarded(
        "x times",
        r"(?:\d\s*(?:oz|ounces?|gm?s?|grams?|ml)\b[^#]{0,12}?)(?:x|times)\s*(?P<n>\d{1,2})(?![\d/.])",
    ),
    Guarded(
        "x",
        r"(?<![\w/.-])x\s*(?P<n>\d{2,3})(?!\s*(?:refill|days?|weeks?|months?|mg|/|%))",
    ),
    re.compile(r"(?<=[,\s])(?P<n>\d{2,3})\s*$"),
    re.compile(r"^\s*(?P<n>\d{2,3})\s{3,}"),
)
_BULK = Guarded(
    "g ml cc oz ounce",
    rf"(?<![\w.])(?P<n>{_FIGURE})\s*-?\s*(?P<unit>gm?s?|grams?|ml|cc|oz|ounces?)(?![a-z/])",
)
_REFILLS = (
    Guarded(
        "refill rf",
        rf"\b(?P<none>no|zero|0)\s+refills?\b|(?:x\s*)?(?P<n>{NUMBER})\s*(?:additional\s+)?(?:refills?|rf)\b",
    ),
    Guarded(
        "refill rf",
        rf"\b(?:refills?|rf|rfl)\b[:#=x()\s-]{{0,4}}(?P<n>{NUMBER})(?P<none>)(?![\d/]|\s*(?:mg|mcg))",
    ),
)
"""`2 refills`, and `refills: 2`."""
_MOST_REFILLS = 12
"""More than a year's refills are not written; the number is another."""
_REFILL_WORD = Guarded("refill", r"\brefills?\b")
_FILLS = Guarded(
    "x",
    r"(?P<quantity>#\s*\d+)\s*[,(]?\s*x\s*(?P<n>\d{1,2})(?![\d/]|\s*(?:refill|rf|day|week|wk|mg))",
)
_SUPPLY = Guarded(
    "supply",
    rf"\bdays?'?\s*supply\s*[:=-]\s*(?P<after>{NUMBER})|(?<!#)\b(?P<n>{NUMBER})\s*-?\s*days?'?\s*supply"
    r"(?!\s*[:=])",
)
_SERIES = Guarded("then", r"#\s*\d+\b(?:\s*\([^)]*\))?\s*,?\s*then\s*#\s*\d+")


class Supply(NamedTuple):
    """How much of a drug a line asks for."""

    quantity: float | None = None
    refills: int | None = None
    days: float | None = None
    bulk: bool = False
    """The quantity is grams or millilitres, not pieces."""
    ambiguities: tuple[str, ...] = ()


def read_supply(line: str, *, bulk_allowed: bool) -> Supply:
    """Quantity, refills and days' supply of a line from which name, strength and sig are blanked.

    Args:
        line: the rest of the drug line.
        bulk_allowed: whether grams and millilitres are a quantity: creams and liquids.
    """
    notes: list[str] = []
    supply, line = _take(_SUPPLY, line)
    if _SERIES.search(line):
        return Supply(days=supply, ambiguities=("a tapering series of quantities",))
    refills, line = _refills(line, notes)
    quantity = _pieces(line)
    bulk = False
    if quantity is None and bulk_allowed:
        quantity, bulk = _bulk(line, notes), True
    return Supply(quantity, refills, supply, bulk and quantity is not None, tuple(notes))


def _take(pattern: Guarded, line: str) -> tuple[float | None, str]:
    found = pattern.search(line)
    if found is None:
        return None, line
    value = number(found["n"] or found["after"])
    return value, blanked(line, [found.span()])


def _refills(line: str, notes: list[str]) -> tuple[int | None, str]:
    for pattern in _REFILLS:
        found = pattern.search(line)
        value = None if found is None else 0.0 if found["none"] else number(found["n"])
        # `#60 refills 2`: the first number is no number of refills.
        if found is not None and value is not None and value <= _MOST_REFILLS:
            return int(value), blanked(line, [found.span()])
    fills = _FILLS.search(line)
    if fills is not None and int(fills["n"]) > 0:
        notes.append(f"'x {fills['n']}' is read as {fills['n']} fills; it may mean refills")
        return int(fills["n"]) - 1, line[: fills.end("quantity")]
    if _REFILL_WORD.search(line):
        notes.append("refills without a number")
    return None, line


def _pieces(line: str) -> float | None:
    for pattern in _QUANTITIES:
        found = pattern.search(line)
        if found is not None:
            return number(found["n"])
    return None


def _bulk(line: str, notes: list[str]) -> float | None:
    found = [match for match in _BULK.all(line) if not match["unit"].casefold().startswith("o")]
    if not found:
        return None
    values = [_value(match["n"]) for match in found]
    if len(values) > 1:
        notes.append("several quantities: " + ", ".join(match.group().strip() for match in found))
    return max(values)
