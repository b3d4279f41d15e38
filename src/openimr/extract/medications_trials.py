"""What medication statements say of trials: classes tried, exchanges of drugs, how long used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from openimr.extract.dates import find_dates
from openimr.model.dates import PartialDate
from openimr.model.numbers import NUMBER, number
from openimr.model.timeline import DAYS_IN_MONTH

_CLASS = re.compile(
    r"\b(?=[nmtsagobhpr])(?:"
    + "|".join(
        rf"(?P<{group}>{pattern})"
        for group, pattern in (
        ("nsaid",
            r"nsaids?|n\.s\.a\.i\.d\.s?|(?:non-?steroidal\s+)?anti-?inflammator(?:y"
            r"|ies)(?:\s+(?:drugs?|medications?|meds|agents?))?"),
        ("muscle_relaxant",
            r"muscle\s+relax(?:ants?|ers?)|relaxants?|mrs?(?=\s*:\s*(?:none|never|no\b))"),
        ("tricyclic", r"tricyclics?(?:\s+antidepressants?)?|tcas?"),
        ("snri", r"snris?"),
        ("ssri", r"ssris?"),
        ("antidepressant", r"anti-?depressants?"),
        ("antiepileptic",
            r"anti-?convulsants?|anti-?epileptics?(?:\s+drugs?)?|aeds?|membrane\s+stabilizers?"
            r"|gabapentinoids?"),
        (
            "hypnotic",
            r"sleep(?:ing)?\s+(?:pills?|medicines?|medications?|meds|aids?)|hypnotics?",
        ),
        ("analgesic_class", r"pain\s+(?:medications?|medicines?|meds|pills?)"),
        ("opioid", r"opioids?|opiates?|narcotics?"),
        ("benzodiazepine", r"benzodiazepines?|benzos?"),
        ("topical", r"topicals?(?:\s+(?:creams?|analgesics?|medications?|agents?))?"),
        )
    )
    + r")\b"
)  # fmt: skip
"""Read in lower case, which is faster than to ignore the case."""
_EXCHANGE = re.compile(
    r"\b(?:chang(?:e[sd]?|ing)|switch(?:e[sd]|ing)?|convert(?:s|ed|ing)?|rotat(?:e[sd]?|ing)"
    r"|transition(?:s|ed|ing)?)\b(?:\s+(?:her|him|his|the\s+patient|pt|from|over|out|the|current|present))*\s*$",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:replac(?:e[sd]?|ing)|substitut(?:e[sd]?|ing))\b(?:\s+(?:the|her|his))*\s*$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^[^A-Za-z]*(?:(?:over|back)\s+)?to(?:\s+(?:a\s+trial\s+of|generic))?\W*$", re.IGNORECASE
)
_WITH = re.compile(
    r"^[^A-Za-z]*(?:(?:was|is|has\s+been|to\s+be|will\s+be)\s+)?(?:(?:replaced|substituted"
    r"|switched|changed)\s+)?(?:with|by|to)\W*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:replaced|substituted|switched|changed)\s+(?:with|by|to|for)\W*$", re.IGNORECASE
)
_IN_PLACE = re.compile(
    r"\b(?:in\s+place\s+of|instead\s+of|in\s+lieu\s+of|to\s+replace|replacing|substitut\w+\s+for"
    r"|rather\s+than)\W*(?:the\s+|her\s+|his\s+)?$",
    re.IGNORECASE,
)
_REPLACES = re.compile(
    r"\W*(?:(?:now|will|today)\s+)?(?:replac(?:e[sd]?|ing)|supplants?|takes?\s+the\s+place\s+of|(?:is|to\s+be)"
    r"\s+(?:given|used|substituted|prescribed)\s+(?:instead\s+of|in\s+place\s+of|for))\W*"
    r"(?:the\s+|her\s+|his\s+)?",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:\u2192|\u2794|-+>|=+>)\s*")
_FOR = re.compile(r"^[^A-Za-z]*for\W*$", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:since|beginning|starting|first\s+(?:prescribed|filled|dispensed)(?:\s+(?:on|in))?"
    r"|started(?:\s+(?:in|on|back\s+in))?)\s+(?:at\s+least\s+|about\s+|approximately\s+|around\s+"
    r"|~\s*)?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"(?P<lead>\bfor|\bover|\bx|\bduring|\btimes|\btook|\blast(?:ed|ing)|\btitrated)\s*(?:(?:the|at|a|more|about|over|approximately"
    rf"|nearly|almost|least|past|last|than|some|well|around|~)\s+|~)*"
    rf"(?P<n>{NUMBER}|\ba(?:n)?\b|several|many)(?:\s*(?:to"
    rf"|-)\s*{NUMBER})?\+?\s*-?\s*(?P<unit>years?|yrs?|months?|mos?|weeks?|wks?)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:titrat\w+|been|takes?|taking|taken|used?|uses|using|on|prescribed|continu\w+|maintained|past"
    r"|last|has|have|raised|built|kept|held|increas\w+|escalat\w+)\b",
    re.IGNORECASE,
)
_STEADY = re.compile(
    r"\bbeen\b|titrat|\bstepwise\b|\braised\b|\bbuilt\s+up\b|\bkept\b|\bheld\b|\bescalat\w+|\bincreas\w+",
    re.IGNORECASE,
)
"""What lets weeks tell of a course: `has been on it for six weeks`, `titrated over 4 weeks`."""
_AT_DOSE = re.compile(
    rf"\b(?P<n>{NUMBER})\s*-?\s*(?P<unit>weeks?|wks?|months?|mos?)\b", re.IGNORECASE
)
_OF_TITRATION = re.compile(
    r"\btitrat(?:ion|ed|ing)\b|\b(?:target|max\w*|full|goal)\s+(?:tolerated\s+)?dose\b",
    re.IGNORECASE,
)
"""`titration 4 weeks, then 8 weeks at maximum tolerated dose`: the parts of a trial add up."""
_TITRATION_REACH = 120
_MONTHS = {"y": 12.0, "m": 1.0, "w": 7 / DAYS_IN_MONTH}
_LONGEST_SINCE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMention:
    """A class of drugs named where a drug might stand."""

    start: int
    end: int
    written: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Since when or how long a drug has been used, and where that is said."""

    start: int
    end: int
    since: PartialDate | None = None
    months: float | None = None

    def shifted(self, offset: int) -> Duration:
        """The same in a text that begins `offset` characters earlier."""
        return replace(self, start=self.start + offset, end=self.end + offset)


def classes(text: str) -> Iterator[ClassMention]:
    """Every drug class named."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    for found in _CLASS.finditer(lowered):
        yield ClassMention(
            start=found.start(),
            end=found.end(),
            written=text[found.start() : found.end()],
            group=found.lastgroup or "",
        )


def duration(text: str, context: str = "") -> Duration | None:
    """How long a drug has been used, read from the words around it.

    >>> duration(" since at least 03/24/14").since.isoformat()
    '2014-03-24'
    >>> duration(" for the past 3 years", "has been on").months
    36.0
    """
    for found in _SINCE.finditer(text):
        dates = find_dates(text[found.start() : found.end() + _LONGEST_SINCE])
        if dates and dates[0].start <= found.end() - found.start() + 1:
            return Duration(
                start=found.start(), end=found.start() + dates[0].end, since=dates[0].value
            )
    for found in _SPAN.finditer(text):
        lasting = _LASTING.search(context) or _LASTING.search(text[: found.end()])
        value = 1.0 if found["n"].lower() in {"a", "an"} else number(found["n"])
        around = (context + text[: found.end()]).lower()
        brief = found["unit"][0].lower() == "w" and not _STEADY.search(around)
        if lasting and value is not None and not brief:
            months = round(value * _MONTHS[found["unit"][0].lower()], 2)
            return Duration(start=found.start(), end=found.end(), months=months)
    return _titrated(text, context)


def _titrated(text: str, context: str) -> Duration | None:
    """The length of a trial told in its parts, up to the end of the sentence."""
    told = re.split(r"\.\s|\n\s*\n|;", text[:_TITRATION_REACH])[0]
    said_before = re.split(r"\.\s|\n", context)[-1]
    parts = list(_AT_DOSE.finditer(told))
    if not parts or not (_OF_TITRATION.search(told) or _OF_TITRATION.search(said_before)):
        return None
    months = sum((number(one["n"]) or 0) * _MONTHS[one["unit"][0].lower()] for one in parts)
    return Duration(start=parts[0].start(), end=parts[-1].end(), months=round(months, 2))


def exchange(head: str, link: str) -> str | None:
    """Whether two drugs next to each other are exchanged: which is new, `second` or `first`.

    >>> exchange("change ", " to ")
    'second'
    >>> exchange("Start ", " in place of ")
    'first'
    >>> exchange("From today ", " replaces ")
    'first'
    """
    if _IN_PLACE.search(link) or _REPLACES.fullmatch(link):
        return "first"
    if _IN_PLACE.search(head) or _ARROW.fullmatch(link):
        return "second"
    if _EXCHANGE.search(head) and _TO.match(link):
        return "second"
    if _REPLACED.search(head):
        return "second" if _WITH.match(link) else "first" if _FOR.match(link) else None
    return "second" if _PASSIVE.search(link) else None
