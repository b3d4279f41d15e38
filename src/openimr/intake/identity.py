"""Whose page it is: names, dates of birth and claim numbers that stand in a patient's field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein

from openimr.intake.dates_in_text import find_dates

_STRONG = (
    r"patient(?:'s)?(?: name)?|claimant(?:'s)?(?: name)?|injured worker(?:'s)?(?: name)?"
    r"|employee(?:'s)?(?: name)?|applicant(?:'s)?(?: name)?|pt(?:\.)? name"
    r"|name of (?:patient|employee)|donor(?: name)?|examinee|evaluee|client(?: name)?|member name"
)
_WEAK = r"name|re|regarding|pt"
_FORMAT = r"(?:\s*\([^)\n]{0,40}\))?"
_WORD = r"[A-Za-z][A-Za-z'.\u2019\-]*"
_FIELD = re.compile(
    rf"(?:^|(?<=\s\s)|(?<=\t))[ \t]*(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK})){_FORMAT}"
    rf"[ \t]*(?:[:#]|\.{{3,}}|[ ]{{3,}})[ \t]*(?:(?:mr|mrs|ms|miss)\.?[ ])?"
    rf"(?P<name>{_WORD}(?:,?[ ]{{1,2}}{_WORD}){{1,4}})(?P<rest>,?[^\n]{{0,12}})",
    re.IGNORECASE | re.MULTILINE,
)
_LAST_FIRST = re.compile(
    rf"patient[^\n]{{0,12}}\blast(?: name)?\b:?[ ]+(?P<last>{_WORD})[ ]+first(?: name)?\b:?[ ]+"
    rf"(?P<first>{_WORD})",
    re.IGNORECASE,
)
_BEFORE_BIRTH = re.compile(
    rf"(?:^|(?<=\s\s)|(?<=:\s))[ \t]*(?P<name>{_WORD}(?:,?[ ]{_WORD}){{1,3}})[ ]{{2,}}"
    r"(?:[MFmf]\b[ ]*)?(?:DOB\b|D\.O\.B|[Dd]ate of birth|[Bb]irth ?date|[Bb]orn\b"
    r"|(?P<birth>\d{1,2}[/-]\d{1,2}[/-](?:19[2-8]\d|[3-8]\d)\b))",
    re.MULTILINE,
)
"""A name beside a birth date. One without a label is told by its year: no record is so old."""
_HEADER_NAME = re.compile(
    r"^[ \t]*(?P<name>[A-Z][A-Za-z'\u2019-]+,[ ][A-Z][A-Za-z'\u2019-]+(?:[ ][A-Z]\.?)?)"
    r"(?:[ ]{3,}|[ ]*$)",
    re.MULTILINE,
)
"""`Roe, Jane` at the head of a line, as clinics file their sheets."""
_WITH_YEAR = re.compile(
    r"(?:^|(?<=\s\s))[ \t]*(?P<name>[A-Z][A-Za-z'\u2019-]+,"
    r"[ ][A-Z][A-Za-z'\u2019-]+(?:[ ][A-Z]\.?)?)[ ]{2,}(?P<strong>19[2-8]\d)[ ]*$",
    re.MULTILINE,
)
"""`ROE, JANE   1948` at the end of a line, as imaging centers head their films."""
_PROFILE = re.compile(
    r"(?i:\b(?:customer|patient|pharmacy)\s+profile|\brx\s+history|\bledger)[ ]{2,}"
    r"(?P<name>[A-Z][A-Z'-]+,?[ ][A-Z][A-Z'-]+(?:[ ][A-Z]\.?)?)(?P<strong>)(?=[ ]{2,}|[ ]*$)",
    re.MULTILINE,
)
"""`customer profile   ROE JANE   p1`, as pharmacies head their sheets: in capitals, set apart."""
_AT_TOP = re.compile(
    r"(?<=\s\s)(?P<name>[A-Z][A-Za-z'\u2019-]+,[ ][A-Z][A-Za-z'\u2019-]+(?:[ ][A-Z]\.?)?)"
    r"[ ]{3,}(?=\d{1,2}/\d{1,2}/\d{2,4}[ ]*$)",
    re.MULTILINE,
)
"""`CLINIC    Roe, Jane    1/2/15`: the line that heads a short note."""
_BEFORE_AGE = re.compile(
    r"(?:^|(?<=\s\s))(?P<name>[A-Z][A-Za-z'\u2019-]{2,},?[ ][A-Z][A-Za-z'\u2019-]*\.?)"
    r"(?:[ ]{2,}|[ ]?\()(?=\d\d ?-?[MF]\b)",
    re.MULTILINE,
)
"""`Roe J (44 F)`."""
_CANDIDATE = re.compile(
    r"^[ \t]*Candidate:[ ]*(?P<name>[A-Z][a-z'\u2019-]+(?:[ ][A-Z]\.?)?[ ][A-Z][A-Za-z'\u2019-]+)"
    r"(?=[ ]{3,}|[ ]*$)",
    re.MULTILINE,
)
"""As programs head their evaluations; a treatment may stand there too."""
_AGE = re.compile(
    r"(?<![\d./-])(?P<age>[1-9]\d)(?:\s?-?(?P<sex>[MF])\b|\s?y\.?/?o\.?\b|[ -]years?[ -]old\b)"
)
_INJURY = re.compile(r"\b(?:d\.?o\.?i\b\.?|d/i\b|date of injury|injured(?: on)?)", re.IGNORECASE)
_HEADER_LINES = 8
_LAST_BIRTH_YEAR = 2020
_VERSUS = re.compile(r"\s+v(?:s?\.?|ersus)\s+", re.IGNORECASE)
_BIRTH = re.compile(r"(?:\bd\.?o\.?b\b\.?|date of birth|birth ?date|\bborn)", re.IGNORECASE)
_CLAIM = re.compile(
    r"\bclaim(?:[ ]?(?:number|no\.?|num\.?|id|#))?[ \t]*(?:[:#]|\.{3,})?[ \t]*"
    r"(?P<claim>[A-Z0-9][A-Z0-9\-/ ]{0,3}[A-Z0-9\-/]{2,22})",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(
    r"^,?[ ]{0,2}(?:m\.?d|d\.?o|d\.?c|ph\.?d|psy\.?d|p\.?a(?:-c)?|n\.?p|r\.?n|p\.?t"
    r"|d\.?p\.?t|l\.?ac|esq|inc|llc|apc|corp)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    (
        "the",
        "a",
        "an",
        "is",
        "was",
        "has",
        "had",
        "on",
        "of",
        "in",
        "for",
        "and",
        "or",
        "not",
        "to",
        "with",
        "as",
        "at",
        "by",
        "no",
        "file",
        "see",
        "first",
        "last",
        "middle",
        "mi",
        "date",
        "born",
        "birth",
        "dob",
        "doi",
        "sex",
        "age",
        "claim",
        "number",
        "phone",
        "address",
        "employer",
        "information",
        "denies",
        "reports",
        "states",
        "presents",
        "seen",
        "here",
        "today",
        "history",
        "complains",
        "instructions",
        "signature",
        "utilization",
        "review",
        "request",
        "report",
        "medical",
        "evaluation",
        "independent",
        "your",
        "our",
        "follow",
        "up",
        "visit",
        "profile",
        "activity",
        "education",
        "treatment",
        "authorization",
        "physical",
        "therapy",
        "known",
        "drug",
        "allergies",
        "medications",
    )
)
"""Words of labels and sentences: a name ends before them."""
_CLOSE = 0.78


@dataclass(frozen=True, slots=True)
class Person:
    """What a page says of its patient."""

    names: tuple[str, ...] = ()
    """As written, from fields that are a patient's without doubt."""
    weak_names: tuple[str, ...] = ()
    """From fields such as `Re:`, which may name something else."""
    births: tuple[date, ...] = ()
    claims: tuple[str, ...] = ()
    injuries: tuple[date, ...] = ()
    """A patient may have several, so that another date alone says nothing."""
    ages: tuple[int, ...] = ()
    """Years; the first that the head of the page gives."""
    sexes: tuple[str, ...] = ()
    """`M`, `F`, as that age has it."""
    candidates: tuple[str, ...] = ()
    """Names of those whom a program evaluates."""

    def __bool__(self) -> bool:
        return bool(self.names or self.weak_names or self.births or self.claims)


def person(text: str) -> Person:
    """The marks of the patient on a page.

    >>> person("PATIENT NAME: ROE, JANE Q     DOB 01/02/1970").births
    (datetime.date(1970, 1, 2),)
    """
    strong: list[str] = []
    weak: list[str] = []
    for name, is_strong in _names(text):
        (strong if is_strong else weak).append(name)
    age = _AGE.search(_top(text))
    return Person(
        injuries=tuple(dict.fromkeys(_dates(_INJURY, text))),
        ages=(int(age["age"]),) if age else (),
        sexes=(age["sex"],) if age and age["sex"] else (),
        candidates=tuple(found["name"] for found in _CANDIDATE.finditer(_top(text))),
        names=tuple(dict.fromkeys(strong)),
        weak_names=tuple(dict.fromkeys(weak)),
        births=tuple(dict.fromkeys(_births(text))),
        claims=tuple(dict.fromkeys(_claims(text))),
    )


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's: a surname or given name in common, slips allowed.

    >>> same_name("ROE-SMITH, J.", "Jane Q. Roe"), same_name("Jan Doe", "Jane Q. Roe")
    (True, False)
    """
    mine, theirs = _tokens(one), _tokens(other)
    return _share_a_long_token(mine, theirs) and _rest_agrees(mine, theirs)


def same_birth(one: date, other: date) -> bool:
    """Whether two dates of birth can be one, a slip of one digit allowed."""
    return Levenshtein.distance(one.isoformat(), other.isoformat()) <= 1


def same_claim(one: str, other: str) -> bool:
    """Whether two claim numbers can be one: punctuation and suffixes aside, two slips allowed."""
    short, long = sorted((_compact(one), _compact(other)), key=len)
    return short in long or Levenshtein.distance(short, long) <= 2


def _names(text: str) -> Iterator[tuple[str, bool]]:
    for found in _LAST_FIRST.finditer(text):
        yield f"{found['first']} {found['last']}", True
    heads = (_CANDIDATE, _HEADER_NAME, _AT_TOP, _BEFORE_AGE, _WITH_YEAR, _PROFILE)
    at_top = [(pattern, _top(text)) for pattern in heads]
    fields = ((_FIELD, text), (_BEFORE_BIRTH, text), *at_top)
    for pattern, place in fields:
        for found in pattern.finditer(place):
            parts = found.groupdict()
            name = _name(parts["name"], parts.get("rest") or "")
            if name:
                yield name, parts.get("strong") is not None


def _top(text: str) -> str:
    return "\n".join(text.split("\n", _HEADER_LINES)[:_HEADER_LINES])


def _name(words: str, rest: str) -> str:
    """The name at the start of a field; empty where credentials or a sentence follow."""
    kept: list[str] = []
    for token in _VERSUS.split(words)[0].split():
        plain = token.strip(".,").lower()
        if plain in _NO_NAME:
            break
        if _CREDENTIAL.fullmatch(plain):
            return ""
        kept.append(token)
    whole = len(kept) == len(words.split())
    if len(kept) < 2 or (whole and _CREDENTIAL.match(rest)):
        return ""
    return " ".join(kept).strip(" ,.") if any(len(token) > 2 for token in kept) else ""


def _births(text: str) -> Iterator[date]:
    yield from map(_past, _dates(_BIRTH, text))
    for beside in _BEFORE_BIRTH.finditer(text):
        found = next(find_dates(beside["birth"] or ""), None)
        if found is not None:
            yield _past(found.day)


def _dates(label: re.Pattern[str], text: str) -> Iterator[date]:
    """Dates that stand right behind a label."""
    for found in label.finditer(text):
        nearby = text[found.end() : found.end() + 40].partition("\n")[0]
        day = next(find_dates(nearby), None)
        if day is not None and not nearby[: day.start].strip(" :()./MDYmdy"):
            yield day.day


def _past(day: date) -> date:
    """A birth date's two-figure year is never one to come: `1/30/50` is 1950."""
    return day.replace(year=day.year - 100) if day.year > _LAST_BIRTH_YEAR else day


def _claims(text: str) -> Iterator[str]:
    for found in _CLAIM.finditer(text):
        claim = found["claim"].strip()
        if sum(letter.isdigit() for letter in claim) >= 4:
            yield claim


def _tokens(name: str) -> list[str]:
    parts = re.split(r"[^a-z]+", name.lower().replace("'", "").replace("\u2019", ""))
    return [part for part in parts if part]


def _share_a_long_token(mine: list[str], theirs: list[str]) -> bool:
    return any(
        _alike(one, other) for one in mine for other in theirs if len(one) > 2 and len(other) > 2
    )


def _rest_agrees(mine: list[str], theirs: list[str]) -> bool:
    """One shared token is enough unless both have others, and none of these fits any."""
    my_rest = [one for one in mine if not any(_alike(one, other) for other in theirs)]
    their_rest = [other for other in theirs if not any(_alike(one, other) for one in mine)]
    if not my_rest or not their_rest:
        return True
    shared = len(mine) - len(my_rest)
    fits = any(one[0] == other[0] for one in my_rest for other in their_rest)
    return shared >= 2 or fits or max(map(len, my_rest)) <= 1 or max(map(len, their_rest)) <= 1


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) <= 2 or len(other) <= 2:
        return False
    return Levenshtein.normalized_similarity(one, other) >= _CLOSE


def _compact(claim: str) -> str:
    return re.sub(r"[^a-z0-9]", "", claim.lower())
