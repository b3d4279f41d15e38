"""Names of people and firms as a person would write them."""

from __future__ import annotations

import re

_TITLES = re.compile(r"^(?:mr|mrs|ms|miss|dr|re|attn|attention)\b\.?:?\s*", re.IGNORECASE)
_DEGREES = (
    "MD", "DO", "DC", "DPM", "PhD", "PsyD", "NP", "PA-C", "PA", "LAc", "DDS", "OD", "PT", "DPT",
    "RN", "FNP", "QME", "AME", "FACS", "MPH",
)  # fmt: skip
_DEGREE = re.compile(
    r"[\s,]+("
    + "|".join(r"\.?\s?".join(re.escape(c) for c in d) for d in _DEGREES)
    + r")\.?(?=[\s,.)]|$)",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(r"\s*[,/|]\s*[^\s,/]*\d.*$")
"""A claim number or a date after the name: `Jane Roe, 11-SC-3307`."""
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_WORD = re.compile(r"^[^\W\d_][\w.'\u2019-]*$")
_KEPT = frozenset(
    {"LLC", "LLP", "APC", "PC", "USA", "UR", "LP", "PLC", "PLLC", "TPA", "II", "III", "IV"}
)
_SMALL = frozenset({"of", "and", "the", "for", "in", "at", "on", "a"})
_FIRM = re.compile(
    r"\b(?:inc|llc|llp|corp|company|co|services?|group|review|claims|insurance|fund|hospital|clinic|county|city)\b",
    re.IGNORECASE,
)


def person_name(written: str) -> str | None:
    """First name first, in mixed case; None if it does not read as a person's name.

    >>> person_name("EASTLUND, NORMA J"), person_name("Ms. Norma J. Eastlund")
    ('Norma J. Eastlund', 'Norma J. Eastlund')
    """
    text = _TITLES.sub("", " ".join(written.split())).strip(" .,;:-")
    text = re.sub(r"\s*\([^()]*\)$", "", text)
    text = _NUMBER_AFTER.sub("", text)
    words = _in_order(_DEGREE.sub("", text))
    if not 2 <= len(words) <= 6 or not all(_WORD.match(word) for word in words):
        return None
    if _FIRM.search(" ".join(words)) or not any(word[0].isupper() for word in words):
        return None
    capitals = text.isupper() or words[0].isupper()
    return " ".join(_cased(word, capitals=capitals) for word in words)


def physician_name(written: str) -> str | None:
    """A person's name with the degrees after a comma.

    >>> physician_name("VIKRAM DEOLALI DO"), physician_name("Dr. Ann Lee, M.D.")
    ('Vikram Deolali, DO', 'Ann Lee, MD')
    """
    written = written.partition(" / ")[0]  # two who sign together: the first is asked
    last = next(reversed(list(_DEGREE.finditer(" " + written))), None)
    if last is not None:  # `Ann Lee, MD, Auburn`: what follows the degrees is a place
        written = written[: last.end() - 1]
    name = person_name(written)
    if name is None:
        return None
    degrees = []
    for found in _DEGREE.finditer(" " + written):
        plain = re.sub(r"[.\s]", "", found[1]).casefold()
        degrees.append(next(degree for degree in _DEGREES if degree.casefold() == plain))
    return ", ".join([name, *dict.fromkeys(degrees)])


def firm_name(written: str) -> str:
    """A firm's name; one in capitals is put in mixed case.

    >>> firm_name("RENWICK MEDICAL REVIEW, INC.")
    'Renwick Medical Review, Inc.'
    """
    text = " ".join(written.split()).strip(" .,;:-_") + (
        "." if re.search(r"\b(?:inc|co|corp)\.$", written.strip(), re.IGNORECASE) else ""
    )
    if not text.isupper():
        return text
    return " ".join(_firm_word(word, first=index == 0) for index, word in enumerate(text.split()))


def _firm_word(word: str, *, first: bool) -> str:
    bare = word.strip(".,")
    if bare in _KEPT or (len(bare) <= 3 and "&" in bare):
        return word
    if bare.casefold() in _SMALL and not first:
        return word.casefold()
    return _cased(word, capitals=True)


def _in_order(text: str) -> list[str]:
    """`Last, First M` turned round; suffixes such as Jr. stay last."""
    before, comma, after = text.partition(",")
    if not comma:
        return text.split()
    following = after.replace(",", " ").split()
    if following and all(_SUFFIX.match(word) for word in following):
        return [*before.split(), *following]
    return [*following, *before.split()]


def _cased(word: str, *, capitals: bool) -> str:
    if len(word) == 1 and word.isalpha():
        return word.upper() + "."
    if word.rstrip(".").casefold() in ("jr", "sr"):
        return word.rstrip(".").capitalize() + "."
    if not (capitals and word.isupper()) or re.fullmatch(r"(?:[A-Z]\.)+", word):
        return word
    parts = re.split(r"([-'\u2019])", word)
    cased = "".join(part.capitalize() for part in parts)
    return re.sub(r"^Mc([a-z])", lambda found: "Mc" + found[1].upper(), cased)
