"""Quantity, refills and days' supply."""

from __future__ import annotations

import re

from openimr.extract.medications_strength import Slate
from openimr.model.numbers import NUMBER, number

_QUANTITY = re.compile(
    rf"(?:(?:\bqty\.?|\bquantity(?:\s+of)?|\bqnty|\bdisp(?:ense)?d?\b\.?(?:\s+quantity)?"
    rf"|\bdispensing|\bno\.|\bnumber|\bct\.?\s*:|\bamount)\s*[:=#]*\s*"
    rf"(?P<labelled>{NUMBER})(?:\s*\(\d+\))?"
    r"|#\s?(?P<hash>\d{2,4}|\d(?!\)))(?![\d/.]\d|\d|\s*/\s*d|\s*(?:a|per)\s+day)"
    rf"|\b(?P<counted>{NUMBER})\s*(?:\(\w+\)\s*)?(?:count\b|ct\b|(?:tab(?:let)?s|cap(?:sule)?s"
    rf"|pills|patches|boxes|box|tubes?|bottles?|lozenges|films|packs?)\b))"
    r"(?:\s*(?:tab(?:let)?s?|cap(?:sule)?s?|pills?|patch(?:es)?|boxes|box|tubes?|bottles?|units?"
    r"|films?|gm|g)\b\.?)?"
    r"(?P<monthly>\s*(?:/|per|a|each)\s*(?:mo(?:nth)?\b|30\s*days?)|\s+monthly\b)?",
    re.IGNORECASE,
)
_MONTHLY_COUNT = re.compile(rf"\b(?P<n>{NUMBER})\s*(?:/|per|a|each)\s*mo(?:nth)?\b", re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:(?<=\s{2})|(?<=[|\t]))\s?(?!(?:19|20)\d\d\b)(?P<n>\d{1,4})(?=\s{2,}|\s?[|\t]|\s*$)"
)
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}(?:/\d{2,4})?[ \t|]*$")
_NOT_A_TOTAL = re.compile(
    rf"^\s*(?:po\b|p\.o|by\s+mouth|orally|q\s?\d|q[dh]|every|each|daily|a\s+day|per\s+day|/\s*d"
    rf"|at\b|bid|tid|qid|b\.i|t\.i|once|twice|{NUMBER}\s+times|total\b|max|in\s+the|as\s+needed"
    rf"|prn|in\s+24|before)",
    re.IGNORECASE,
)
_REFILLS = re.compile(
    rf"(?:(?P<before>(?<![#\d]){NUMBER}|\bno\b|\bzero\b)\s*(?:additional\s+|more\s+)?(?:refills?"
    rf"|r\.?f\.?s?)\b(?!\s*[:x]?\s*\d)"
    rf"|\b(?:refills?|r\.?f\.?s?|rfl)\b\s*[:=x#*-]*\s*(?P<after>\d{{1,2}}(?![\d/])|none\b|zero\b"
    rf"|no\b)"
    r"|\bx\s*(?P<times>\d{1,2})\s*(?:refills?|rf)\b)",
    re.IGNORECASE,
)
_SUPPLY = re.compile(
    rf"(?:(?P<days>{NUMBER})[\s-]*days?['\u2019]?s?\s*(?:supply|ds\b)"
    rf"|\b(?P<months>{NUMBER})[\s-]*months?['\u2019]?\s*supply"
    r"|\bds\s*[:=]?\s*(?P<ds>\d{1,3})\b|(?P<ds_before>\d{1,3})\s*ds\b|\bfor\s+(?P<for>30|60"
    r"|90)\s*days\b)",
    re.IGNORECASE,
)
_QUANTITY_BEFORE = re.compile(r"#\s?(?P<n>\d{1,4})\s*(?:of\s+|x\s*)?$")
_PACKAGE = re.compile(r"box|tube|bottle|patch|pack|lozenge|film", re.IGNORECASE)
_LEAST_SUPPLY = 10
"""A smaller count of tablets is what is taken (`after three tablets`), not what is supplied."""
_DAYS_A_MONTH = 30


def read_refills(slate: Slate) -> int | None:
    """Refills, 0 where the text says that there are none."""
    found = slate.search(_REFILLS)
    if found is None:
        return None
    text = (found["before"] or found["after"] or found["times"]).lower()
    if text in {"no", "none", "zero"}:
        return 0
    value = number(text)
    return None if value is None else int(value)


def read_quantity(slate: Slate, head: str) -> tuple[float | None, bool]:
    """How many units are given, and whether that is for a month."""
    for found in _QUANTITY.finditer(slate.text):
        value = number(found["labelled"] or found["hash"] or found["counted"])
        if value is not None and _is_supply(found, value, slate.text[found.end() :]):
            slate.take(found)
            return value, found["monthly"] is not None
    if before := _QUANTITY_BEFORE.search(head):
        return float(before["n"]), False
    if monthly := slate.search(_MONTHLY_COUNT):
        return number(monthly["n"]), True
    return None, False


def read_column(slate: Slate, tail: str) -> float | None:
    """A figure alone in its column of a table, unless it was read as something else."""
    for found in _COLUMN.finditer(tail):
        start, end = found.span("n")
        if _DAY_BEFORE.search(tail[:start]):  # `02/11   1515   8   4`: a dose given, no supply
            return None
        if slate.text[start:end] == found["n"]:
            slate.blank(start, end)
            return float(found["n"])
    return None


def _is_supply(found: re.Match[str], value: float, after: str) -> bool:
    """Whether `60 tablets` are given, not `2 tablets` taken."""
    if not found["counted"] or found["monthly"]:
        return True
    few = value < _LEAST_SUPPLY and not _PACKAGE.search(found.group())
    return not few and not _NOT_A_TOTAL.match(after)


def read_days(slate: Slate) -> int | None:
    """Days' supply, where the text states it."""
    found = slate.search(_SUPPLY)
    if found is None:
        return None
    days = found["days"] or found["ds"] or found["ds_before"] or found["for"]
    value = number(days) if days else (number(found["months"]) or 0) * _DAYS_A_MONTH
    return int(value) if value else None
