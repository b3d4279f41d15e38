"""`No documentation of X` beside X documented: in one rationale, or against the case summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from openimr.model.problem import Place, Problem
from openimr.model.published import Polarity, Said
from openimr.qa.check import Check, Scene
from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.words import Sentences

ITSELF, SUMMARY = "SELF-CONTRADICTION", "SUMMARY-CONTRADICTION"
_OTHER_TIME = re.compile(
    r"\b(?:recent|current|updated?|since|subsequent|objective|specific|sufficient|adequate|significant"
    r"|quantif\w+|numerical|clear|further|additional|new|ongoing|continued|latest)\b",
    re.IGNORECASE,
)
"""`No recent X`, `no objective X`: that there was some X does not stand against it."""
_NEAR = 40
"""Characters before the element in which a reserve stands."""
_OTHER_TREATMENT = re.compile(
    r"\b(?:injections?|epidural|blocks?|surger\w+|operation|physical\s+therapy|acupuncture|chiropractic|TENS)\b",
    re.IGNORECASE,
)
_OF_A_TREATMENT = frozenset({"pain_relief", "functional_improvement"})
_ABOUT_IT = re.compile(
    r"\s+(?:treatments?|therapy|management|work-?up|evaluation|assessment|medications?)\b",
    re.IGNORECASE,
)
"""`No documentation of insomnia treatment` does not deny insomnia."""
_NO = re.compile(r"\b(?:no|not|without|lacks?|lacking|fails?|failed)\b", re.IGNORECASE)


_EXAMINED = re.compile(
    r"\b(?:exam\w*|findings?|signs?|deficits?|imaging|electrodiagnostic|EMG|MRI|objective\w*)\b",
    re.IGNORECASE,
)
_DIAGNOSED = re.compile(
    r"\b(?:diagnos\w+|treat(?:ed|ment)\s+for|history\s+of|impression|assessment)\b", re.IGNORECASE
)
"""A diagnosis that is carried does not stand against findings that are missing."""
_MOST = 50
"""Different sentences of each side that are compared: time must grow with the letter only."""


class _Told(NamedTuple):
    """Words about an element and the sentence they stand in."""

    start: int
    words: str
    sentence: str


def _itself(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        but = "the same rationale says that it is"
        yield from _first(ITSELF, item, scene, item.rationale, item.said, but)


def _against_summary(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """What a rationale tells both ways itself is no matter of the summary."""
    for item in letter.items:
        told = {one.element for one in item.said if one.polarity is Polarity.PRESENT}
        said = tuple(one for one in letter.summary_said if one.element not in told)
        but = "the case summary says that it is"
        yield from _first(SUMMARY, item, scene, letter.summary, said, but)


def _first(
    code: str, item: Item, scene: Scene, telling: str, said: tuple[Said, ...], but: str
) -> Iterator[Problem]:
    """The first element that an item's rationale denies and another text tells."""
    own, others = Sentences(item.rationale), Sentences(telling)
    for element in scene.rules.contradictions:
        missing = [
            one
            for one in _of(item.said, element, Polarity.MISSING)
            if not _is_reserved(item.rationale, one)
        ]
        present = _of(said, element, Polarity.PRESENT)
        if not missing or not present:
            continue
        denials = _distinct(item.rationale, missing, own)
        statements = [
            one for one in _distinct(telling, present, others) if not _NO.search(one.sentence)
        ]
        for denial, statement in product(denials, statements):
            if denial.sentence != statement.sentence and not (
                _is_of_another(element, statement.sentence, denial.sentence, item.heading)
                or _is_apart(denial, statement, scene)
            ):
                yield _problem(code, item, element, denial, statement, but)
                return


def _of(said: tuple[Said, ...], element: str, polarity: Polarity) -> list[Said]:
    return [one for one in said if one.element == element and one.polarity is polarity]


def _distinct(text: str, said: Iterable[Said], told: Sentences) -> list[_Told]:
    """The same words in the same sentence once."""
    found = (
        _Told(one.start, text[one.start : one.end].lower(), told.at(one.start)) for one in said
    )
    return list({one[1:]: one for one in found}.values())[:_MOST]


def _is_reserved(text: str, lacking: Said) -> bool:
    """Whether the denial is of a time, a degree or a treatment of it, not of the thing itself."""
    if _OTHER_TIME.search(text, max(0, lacking.start - _NEAR), lacking.end):
        return True
    name = lacking.element.replace("_", " ")
    named = text.find(name, lacking.start, lacking.end)
    end = named + len(name) if named >= 0 else lacking.end
    return _ABOUT_IT.match(text, end) is not None


def _is_apart(denial: _Told, statement: _Told, scene: Scene) -> bool:
    """Whether the two speak of different things: findings and a diagnosis, or two conditions."""
    examined = _EXAMINED.search(denial.sentence) and not _EXAMINED.search(statement.sentence)
    if examined and _DIAGNOSED.search(statement.sentence):
        return True
    return any(
        one in denial.words and other in statement.words
        for pair in scene.rules.apart
        for one, other in (pair, pair[::-1])
    )


def _is_of_another(element: str, statement: str, denial: str, heading: str) -> bool:
    """Relief of an injection does not stand against `no relief of the patch`."""
    if element not in _OF_A_TREATMENT:
        return False
    others = {found.group().lower() for found in _OTHER_TREATMENT.finditer(statement)}
    return bool(others) and not any(one in f"{denial} {heading}".lower() for one in others)


def _problem(
    code: str, item: Item, element: str, denial: _Told, statement: _Told, but: str
) -> Problem:
    return Problem(
        code=code,
        item=item.index,
        place=Place.RATIONALE,
        message=f"it says that {element.replace('_', ' ')} is not documented, and {but}",
        quote=denial.sentence,
        start=denial.start,
        against=statement.sentence,
    )


CHECK_ITSELF = Check(
    ITSELF,
    "a rationale contradicts itself",
    "A finding that is contrary to the record it cites is a plainly erroneous finding of fact"
    " (Labor Code 4610.6(h)(5)).",
    _itself,
)
CHECK_SUMMARY = Check(
    SUMMARY,
    "a rationale contradicts the case summary",
    "What the reviewer summarises as documented cannot be missing in the reasons (Labor Code"
    " 4610.6(h)(5)).",
    _against_summary,
)
