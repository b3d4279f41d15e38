"""Where the reviewer is licensed and in what certified: two labelled lines, or a sentence."""

from __future__ import annotations

import re

from openimr.published.letter_text import flat

_LICENSURE = re.compile(r"State\(?s?\)?\s+of\s+[Ll]icensure\s*:")
_SPECIALTY = re.compile(r"Certification\(?s?\)?\s*/\s*[Ss]pecialt(?:y|ies)\s*:")
_CERTIFIED = re.compile(
    r"[Bb]oard[\s-]+[Cc]ertified\s+in\s+(?P<value>[^.;]+?)"
    r"(?=,?\s+(?:and\s+)?(?:is|has|who|with)\b|[.;])"
)
_SUBSPECIALTY = re.compile(
    r"\bsub-?specialt(?:y|ies)\s+(?:certification\s+)?in\s+(?P<value>[^.;]+?)"
    r"(?=,?\s+(?:and\s+)?(?:is|has|who|with)\b|[.;])",
    re.IGNORECASE,
)
_LICENSED = re.compile(
    r"\b[Ll]icensed\s+(?P<practice>to\s+practice\s+)?in\s+(?P<value>[^.;]+?)"
    r"(?=,?\s+(?:and\s+)?(?:is|has|who)\b|[.;])"
)
_LICENSED_AS = re.compile(
    r"\bis\s+an?\s+[Ll]icensed\s+(?P<value>[A-Z][^.;]*?)"
    r"(?=,?\s+(?:and\s+)?(?:is|has|who|with)\b|[.;])"
)
_LIST = re.compile(r"\s*[,;]\s*(?:and\s+)?")
_PLACES = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+")
_SPECIALTIES = re.compile(
    r"\s*[,;]\s*(?:and\s+)?"
    r"|\s+and\s+(?!Rehabilitation|Gyn|Immunology|Neurology|General|Neck|Critical|Public)(?=[A-Z])"
)
"""Some specialties hold an `and` of their own."""


def read_labelled_credentials(block: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""States and specialties of the two labelled lines, in the order of the letter.

    >>> read_labelled_credentials("State(s) of Licensure: Texas,Ohio\n"
    ...                           "Certification(s)/Specialty: Pain Management")
    (('Texas', 'Ohio'), ('Pain Management',))
    """
    states, specialty = _LICENSURE.search(block), _SPECIALTY.search(block)
    licensed = ""
    if states is not None:
        end = specialty.start() if specialty and specialty.start() > states.end() else len(block)
        licensed = block[states.end() : end]
    certified = block[specialty.end() :] if specialty else ""
    if states is not None and specialty is not None and states.start() > specialty.start():
        certified = block[specialty.end() : states.start()]
    return _split(licensed, _LIST), _split(certified, _LIST)


def read_told_credentials(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """States and specialties from a sentence about the reviewer.

    >>> read_told_credentials("is Board Certified in Family Practice, has a subspecialty in Pain "
    ...                       "Medicine and is licensed to practice in Texas and Ohio.")
    (('Texas', 'Ohio'), ('Family Practice', 'Pain Medicine'))
    """
    states, discipline = _licences(text)
    told = [
        found["value"]
        for pattern in (_CERTIFIED, _LICENSED_AS, _SUBSPECIALTY)
        if (found := pattern.search(text))
    ]
    names = [*([discipline] if discipline else []), *told]
    specialties = tuple(name for value in names for name in _split(value, _SPECIALTIES))
    return _split(states, _PLACES), specialties


def _licences(text: str) -> tuple[str, str]:
    """The states; and, where a licence is of a discipline and not of a place, that.

    >>> _licences("is Licensed in Chiropractic and is licensed to practice in Nevada.")
    ('Nevada', 'Chiropractic')
    """
    found = list(_LICENSED.finditer(text))
    practice = next((one["value"] for one in found if one["practice"]), "")
    other = next((one["value"] for one in found if not one["practice"]), "")
    return (practice, other) if practice else (other, "")


def _split(printed: str, separator: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(part for part in separator.split(flat(printed)) if part)


def read_credentials(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """From the labelled lines where there are any, else from the sentence."""
    labelled = read_labelled_credentials(text)
    return labelled if any(labelled) else read_told_credentials(flat(text))
