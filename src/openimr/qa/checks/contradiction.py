"""`No documentation of X` beside X documented: in one rationale, or against the case summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.problem import Place, Problem
from openimr.model.published import Polarity, Said
from openimr.qa.check import Check, Scene
from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.words import around

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


def _itself(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        but = "the same rationale says that it is"
        yield from _first(ITSELF, item, scene, item.rationale, item.said, but)


def _against_summary(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        but = "the case summary says that it is"
        yield from _first(SUMMARY, item, scene, letter.summary, letter.summary_said, but)


def _first(
    code: str, item: Item, scene: Scene, telling: str, said: tuple[Said, ...], but: str
) -> Iterator[Problem]:
    """The first element that an item's rationale denies and another text tells."""
    for element in scene.rules.contradictions:
        missing = _of(item.said, element, Polarity.MISSING)
        pair = _pair(item, missing, telling, _of(said, element, Polarity.PRESENT))
        if pair is not None:
            yield _problem(code, item, element, *pair, but)
            return


def _of(said: tuple[Said, ...], element: str, polarity: Polarity) -> list[Said]:
    return [one for one in said if one.element == element and one.polarity is polarity]


def _pair(
    item: Item, missing: list[Said], telling: str, present: list[Said]
) -> tuple[Said, str, str] | None:
    """A denial without reserve and a statement against it, each with its sentence."""
    denying, heading = item.rationale, item.heading
    for lacking in missing:
        denial = around(denying, lacking.start, lacking.end)
        if _OTHER_TIME.search(denying, max(0, lacking.start - _NEAR), lacking.end):
            continue
        about = denying.find(lacking.element.replace("_", " "), lacking.start)
        if about >= 0 and _ABOUT_IT.match(denying, about + len(lacking.element)):
            continue
        for shown in present:
            statement = around(telling, shown.start, shown.end)
            if statement == denial or _NO.search(statement):
                continue
            if not _is_of_another(lacking.element, statement, denial, heading):
                return lacking, denial, statement
    return None


def _is_of_another(element: str, statement: str, denial: str, heading: str) -> bool:
    """Relief of an injection does not stand against `no relief of the patch`."""
    if element not in _OF_A_TREATMENT:
        return False
    others = {found.group().lower() for found in _OTHER_TREATMENT.finditer(statement)}
    return bool(others) and not any(one in f"{denial} {heading}".lower() for one in others)


def _problem(
    code: str, item: Item, element: str, lacking: Said, denial: str, statement: str, but: str
) -> Problem:
    return Problem(
        code=code,
        item=item.index,
        place=Place.RATIONALE,
        message=f"it says that {element.replace('_', ' ')} is not documented, and {but}",
        quote=denial,
        start=lacking.start,
        against=statement,
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
