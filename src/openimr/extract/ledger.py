"""Pharmacy profiles and CURES reports: rows of a table as dispensed medication.

FILL       DRUG                 STR      QTY  DS  RF  PRESCRIBER
03/12/15   HYDROCODONE/APAP TAB 10/325   150  30   0  DEOLALI
2011       TEMAZEPAM CAP        15MG     120  (4 fills, first 08/22/11)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openimr.extract.dates import find_dates
from openimr.extract.medications_facts import DURATION, MEDICATION, FactMaker
from openimr.extract.medications_grammar import read_details
from openimr.extract.medications_names import Mention
from openimr.extract.medications_release import resolve
from openimr.model.dates import PartialDate
from openimr.model.document import DocumentKind
from openimr.model.drug import Drug, Formulary
from openimr.model.evidence import JSON, NEVER_BEFORE, Assertion, Fact

_KINDS = frozenset({DocumentKind.PHARMACY_LEDGER, DocumentKind.CURES})
_LINE = re.compile(r"[^\n]+")
_BEFORE_DRUG = re.compile(
    r"\s*(?:\d{1,3}[.)]\s+)?(?P<dates>(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
    r"|\d{4}-\d\d-\d\d)(?:[\s|]+(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{4}-\d\d-\d\d))*"
    r"|(?P<year>(?:19|20)\d\d))"
    r"[\s|]+(?:(?:rx)?\s*#?\s*(?P<rx>[A-Z]?\d{5,}(?:-\d+)?)[\s|]+)?(?:[\d-]{11,13}[\s|]+)?$",
    re.IGNORECASE,
)
_INTEGER = re.compile(
    r"(?<![\d/.,$:#-])(?P<n>\d{1,4}(?:\.0+)?)(?![\d/,:-]|\.\d*[1-9]|\s*(?:mg|mcg|%))", re.IGNORECASE
)
_RX_AFTER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_STRENGTH = re.compile(
    r"(?P<n>\d+(?:\.\d+)?(?:\s*[-/]\s*\d+(?:\.\d+)?)*)\s*(?P<unit>mg|mcg(?:\s*/\s*hr?)?|%|mg/ml)?",
    re.IGNORECASE,
)
_FILLS = re.compile(r"\(\s*(?P<n>\d{1,3})\s+fills?(?P<more>[^)\n]*)\)?", re.IGNORECASE)
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{pattern})(?![a-z])", re.IGNORECASE))
    for name, pattern in (
        ("drug", r"drug(?:\s+name)?|medication|description|product|item"),
        ("quantity", r"qty|quantity|quan|disp(?:\s*qty)?|#\s*disp"),
        ("days", r"ds|days?\s*supply|days|supply|day\s*sup"),
        ("refills", r"rf|refills?|refs?|rfl|ref\s*#|refill\s*#"),
        ("prescriber", r"prescriber(?:\s+name)?|prscr|doctor|physician|provider|md|dr"),
        ("pharmacy", r"pharmacy(?:\s+name)?|store|phcy"),
        (
            "other",
            r"pay(?:o|e)r|note|paid|price|pt\s*id|insurance|plan|pharmacist|rph|status|mme|med",
        ),
    )
)
_NOT_FILLED_HEAD = re.compile(
    r"\b(?:rej(?:ect\w*)?\b|den(?:ied|y)\b|reversed|returned\s+to\s+stock|not\s+(?:filled|paid|covered|picked\s+up)"
    r"|cancel+ed\s+claims?)\b",
    re.IGNORECASE,
)
_FILLED_HEAD = re.compile(
    r"\b(?:fills?\b|filled|dispens\w+|history|paid\s+claims?)\b", re.IGNORECASE
)
_STOPPED = re.compile(
    r"\b(?:d/?c'?d?|discontinued|cancel+ed|stopped|voided)\b(?:[^-\n]*-\s*(?P<reason>[^*\n]+))?",
    re.IGNORECASE,
)
_NO_RECORD = re.compile(
    r"\b(?:no\s+records?|nothing\s+(?:earlier|before|prior|previous|on\s+file)|none\s+(?:earlier|before|on\s+file)"
    r"|no\s+(?:earlier|prior|previous|past)\s+(?:fills?|records?|claims?|history)|never\s+(?:filled|dispensed))\b"
    r"[^:\n]{0,20}:",
    re.IGNORECASE,
)
"""`No record: methocarbamol, duloxetine`."""
_BY_OFFICE = re.compile(r"\s*(?:per|by)\s+(?:md|dr|doctor).*$", re.IGNORECASE)
_ADVERSE_LINE = re.compile(r"\b(?:ADR|allerg\w*|intoleran\w*)\b", re.IGNORECASE)
_LEAST_ROWS = 3
_COLUMNS = ("quantity", "days", "refills")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The dispensing rows of a page, and which of its text they account for."""

    facts: tuple[Fact, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    columns: tuple[str, ...] = ()
    """After the drug, in order."""

    def covers(self, offset: int) -> bool:
        """Whether the text at an offset is read as part of the table."""
        return any(start <= offset < end for start, end in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line with a date, a drug and figures."""

    start: int
    end: int
    mention: Mention
    rest: str
    date: PartialDate
    year_only: bool
    rx: str | None
    filled: bool


def read_ledger(
    maker: FactMaker,
    mentions: tuple[Mention, ...],
    formulary: Formulary,
    columns: tuple[str, ...] = (),
) -> LedgerPage:
    """Read the rows of a page of a ledger; of other documents only a table of several rows.

    `columns` are those of the page before, for a page that does not repeat the table's head.
    """
    kind = maker.document.kind
    text = maker.page.text
    if kind not in _KINDS and not _may_hold_table(text):
        return LedgerPage(columns=columns)
    rows = list(_rows(text, mentions))
    if kind not in _KINDS and len(rows) < _LEAST_ROWS:
        return LedgerPage(columns=columns)
    order = _column_order(text) or columns or (*_COLUMNS, "prescriber", "pharmacy")
    source = "cures" if kind is DocumentKind.CURES else "ledger"
    facts = [fact for row in rows for fact in _facts_of(row, maker, formulary, order, source)]
    facts += _events(text, mentions, rows, maker)
    facts += _never_filled(text, mentions, maker, source)
    spans = _prose_free(text) if kind in _KINDS else [(row.start, row.end) for row in rows]
    return LedgerPage(facts=tuple(facts), spans=tuple(spans), columns=order)


def _may_hold_table(text: str) -> bool:
    dated = re.findall(r"(?m)^[ \t]*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}[\s|]+\S", text)
    return len(dated) >= _LEAST_ROWS


def _prose_free(text: str) -> list[tuple[int, int]]:
    """In a ledger every line but that of adverse reactions is table."""
    return [line.span() for line in _LINE.finditer(text) if not _ADVERSE_LINE.search(line.group())]


def _rows(text: str, mentions: tuple[Mention, ...]) -> Iterator[_Row]:
    filled = True
    by_line: dict[int, Mention] = {}
    for named in mentions:
        by_line.setdefault(text.rfind("\n", 0, named.start) + 1, named)
    for line in _LINE.finditer(text):
        mention = by_line.get(line.start())
        if mention is None:
            if _NOT_FILLED_HEAD.search(line.group()):
                filled = False
            elif _FILLED_HEAD.search(line.group()):
                filled = True
            continue
        row = _row(line, mention, filled=filled)
        if row is not None:
            yield row


def _row(line: re.Match[str], mention: Mention, *, filled: bool) -> _Row | None:
    before = _BEFORE_DRUG.match(line.string[line.start() : mention.start])
    rest = line.string[mention.end : line.end()]
    if before is None or not (_INTEGER.search(rest) or _FILLS.search(rest)):
        return None
    dates = find_dates(before["dates"])
    date = PartialDate(int(before["year"])) if before["year"] else dates[0].value if dates else None
    if date is None:
        return None
    return _Row(
        start=line.start(),
        end=line.end(),
        mention=mention,
        rest=rest,
        date=date,
        year_only=before["year"] is not None,
        rx=before["rx"],
        filled=filled and not _NOT_FILLED_HEAD.search(rest),
    )


def _column_order(text: str) -> tuple[str, ...]:
    """The columns after the drug, as the table's own head names them."""
    for line in _LINE.finditer(text):
        places = {
            name: found.start()
            for name, pattern in _HEADINGS
            if (found := pattern.search(line.group()))
        }
        if "drug" in places and "quantity" in places:
            drug = places.pop("drug")
            return tuple(sorted((n for n in places if places[n] > drug), key=places.__getitem__))
    return ()


def _facts_of(
    row: _Row, maker: FactMaker, formulary: Formulary, order: tuple[str, ...], source: str
) -> Iterator[Fact]:
    drug, value = _value(row, formulary, order)
    value |= {"status": "dispensed" if row.filled else "requested", "source": source}
    if not row.filled:
        value["reason"] = "claim rejected"
    fills = _FILLS.search(row.rest)
    first = find_dates(fills["more"]) if fills else []
    if fills:
        value["fills"] = int(fills["n"])
    yield maker.make(
        MEDICATION,
        value,
        (row.start, row.end),
        assertion=Assertion.HISTORICAL if row.year_only else Assertion.PRESENT,
        date=first[0].value if first else row.date,
        subject=drug.generic,
        rule="ledger.summary" if row.year_only else "ledger.row",
    )
    if first:
        yield maker.make(
            DURATION,
            {"generic": drug.generic, "since": first[0].value.isoformat()},
            (row.start, row.end),
            assertion=Assertion.PRESENT,
            date=first[0].value,
            subject=drug.generic,
            rule="ledger.first_fill",
        )


def _value(row: _Row, formulary: Formulary, order: tuple[str, ...]) -> tuple[Drug, dict[str, JSON]]:
    figures = _FILLS.sub(lambda found: " " * len(found.group()), row.rest)
    details = read_details(
        _first_fields(figures),
        "",
        row.mention.drug,
        formulary.family(row.mention.drug),
        name=row.mention.written,
    )
    drug = resolve(row.mention, details, formulary)
    numbers_from = max(_end_of_strength(figures), _end_of_bare_strength(figures, drug))
    plain = _RX_AFTER.sub(lambda found: " " * len(found.group()), figures[numbers_from:])
    integers = _adjacent(list(_INTEGER.finditer(plain)), plain)
    wanted = [name for name in order if name in _COLUMNS]
    value: dict[str, JSON] = {
        "drug": " ".join(row.mention.written.split()),
        "generic": drug.generic,
        "strength": details.strength,
        "form": details.form,
    }
    numbers = {name: int(float(found["n"])) for name, found in zip(wanted, integers, strict=False)}
    value["quantity"] = float(numbers["quantity"]) if "quantity" in numbers else None
    if not row.year_only:
        value["days_supply"] = numbers.get("days")
        value["refills"] = numbers.get("refills")
    after = integers[min(len(integers), len(wanted)) - 1].end() if integers else len(plain)
    value |= _names(plain[after:], order)
    return drug, value


def _adjacent(found: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """The figures up to the first word between two of them: later ones are no counts."""
    kept: list[re.Match[str]] = []
    for one in found:
        if kept and re.search(r"[A-Za-z]{3,}", text[kept[-1].end() : one.start()]):
            break
        kept.append(one)
    return kept


def _first_fields(figures: str) -> str:
    """Strength and form only: the figures further on are columns."""
    return figures[: _end_of_strength(figures)]


def _end_of_strength(figures: str) -> int:
    """Where the strength ends: the first figure with a unit or a ratio, or the word before one."""
    for found in _STRENGTH.finditer(figures):
        if found["unit"] or re.search(r"[-/]", found["n"]):
            form = re.match(
                r"\s*(?:tab(?:let)?s?|cap(?:sule)?s?|patch|ER|gel|cream|soln)\b",
                figures[found.end() :],
                re.IGNORECASE,
            )
            return found.end() + (form.end() if form else 0)
    first = _INTEGER.search(figures)
    return first.start() if first else len(figures)


_BARE = re.compile(
    r"\s(?P<n>\d{1,4})(?:\s*(?:tab(?:let)?s?|cap(?:sule)?s?|patch(?:es)?|TD|ER|DR|SR)\b|(?=\s{2,}\d))",
    re.IGNORECASE,
)


def _end_of_bare_strength(figures: str, drug: Drug) -> int:
    """Where `METHOCARBAMOL 750      60` ends its strength: close by, and one of the drug's."""
    found = _BARE.match(figures)
    if found is None:
        return 0
    known = {re.split(r"[^\d.]", strength)[0] for strength in drug.strengths}
    return found.end() if found["n"] in known else 0


def _names(rest: str, order: tuple[str, ...]) -> dict[str, JSON]:
    fields = [part.strip(" |") for part in re.split(r"\s{2,}|\|", rest) if part.strip(" |")]
    fields = [part for part in fields if re.search(r"[A-Za-z]{2}", part)]
    wanted = [name for name in order if name in {"prescriber", "pharmacy"}]
    return dict(zip(wanted, fields, strict=False))


def _events(
    text: str, mentions: tuple[Mention, ...], rows: list[_Row], maker: FactMaker
) -> Iterator[Fact]:
    """`** NAPROXEN 7719902 REFILLS CANCELLED - GI BLEED **`; the drug may be told by number."""
    taken = {row.start for row in rows}
    for line in _LINE.finditer(text):
        found = _STOPPED.search(line.group())
        if found is None or line.start() in taken or _ADVERSE_LINE.match(line.group().strip()):
            continue
        drug = _drug_of(line, mentions, rows)
        dates = find_dates(line.group())
        if drug is None or not dates:
            continue
        reason = _BY_OFFICE.sub("", found["reason"] or "").strip(" -*")
        yield maker.make(
            MEDICATION,
            {
                "drug": drug.generic,
                "generic": drug.generic,
                "status": "stopped",
                "source": "ledger",
                "reason": reason or None,
            },
            line.span(),
            assertion=Assertion.HISTORICAL,
            date=dates[0].value,
            subject=drug.generic,
            rule="ledger.stopped",
        )


def _never_filled(
    text: str, mentions: tuple[Mention, ...], maker: FactMaker, source: str
) -> Iterator[Fact]:
    """The drugs that the pharmacy says it never filled before."""
    for line in _NO_RECORD.finditer(text):
        end = text.find("\n", line.end())
        for named in mentions:
            if line.end() <= named.start < (end if end >= 0 else len(text)):
                yield maker.make(
                    MEDICATION,
                    {
                        "drug": " ".join(named.written.split()),
                        "generic": named.drug.generic,
                        "source": source,
                        "reason": NEVER_BEFORE,
                    },
                    (named.start, named.end),
                    assertion=Assertion.ABSENT,
                    subject=named.drug.generic,
                    rule="ledger.never_filled",
                )


def _drug_of(line: re.Match[str], mentions: tuple[Mention, ...], rows: list[_Row]) -> Drug | None:
    for mention in mentions:
        if line.start() <= mention.start < line.end():
            return mention.drug
    return next((row.mention.drug for row in rows if row.rx and row.rx in line.group()), None)
