"""The sections that the reviewer cites are about another class of drug than the heading's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openimr.model.drug import Drug
from openimr.model.hyphens import as_read
from openimr.model.problem import Place, Problem, QualityRules
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.drugs import same_substance
from openimr.qa.letter import CheckedLetter, Item

CODE = "OTHER-CLASS"
_SECTION = re.compile(r"^MTUS\b.*?\bSection\(?s?\)?:\s*(?P<named>.+)", re.IGNORECASE)
_TOPICAL = re.compile(r"\btopical\s+(?:analgesics?|NSAIDs?|creams?)\b", re.IGNORECASE)
_SKIN = re.compile(
    r"\b(?:topical\w*|cream|gel|ointment|patch\w*|lotion|spray|solution|compound\w*|transdermal)\b|%",
    re.IGNORECASE,
)
_PROTECTS = re.compile(r"\bGI\s+symptoms\b", re.IGNORECASE)
_PROTECTING = frozenset({"ppi", "h2_blocker", "nsaid"})


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        drug = scene.drugs.of(item.request)
        sections = [
            _SECTION.match(one) for one in item.reviewer.citations if one.startswith("MTUS")
        ]
        if drug is None or not sections or "topical" in drug.groups or "/" in drug.generic:
            continue
        named = [_groups(one["named"], drug, scene) for one in sections if one is not None]
        if len(named) < len(sections) or not all(named) or any(None in one for one in named):
            continue
        about = sorted({group for one in named for group in one if group is not None})
        if _is_of(drug, item, about, scene.rules):
            continue
        message = (
            f"the sections cited are about {', '.join(about).replace('_', ' ')}; {drug.generic} is"
            f" {drug.drug_class or 'of another class'}"
        )
        yield of_item(
            CODE,
            item,
            message,
            quote=as_read(item.reviewer.text),
            place=Place.GUIDELINE,
            against=item.heading,
        )


def _groups(section: str, drug: Drug, scene: Scene) -> set[str | None]:
    """The classes that a section names; None stands for the heading's own drug."""
    if any(same_substance(one.drug, drug) for one in scene.drugs.find(section)):
        return {None}
    if _PROTECTS.search(section) and _PROTECTING & drug.groups:
        return {None}
    found: set[str | None] = {
        group for group, words in scene.rules.classes.items() if _any(words).search(section)
    }
    return found | ({"topical"} if _TOPICAL.search(section) else set())


def _is_of(drug: Drug, item: Item, about: list[str], rules: QualityRules) -> bool:
    """Whether the drug is of one of the classes, or the heading's form is put on the skin."""
    if "topical" in about and (_SKIN.search(item.heading) or len(about) > 1):
        return True
    also = {one for group in about for one in rules.class_words_of.get(group, ())}
    return bool(drug.groups & ({*about} | also))


@lru_cache(maxsize=32)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})(?!\w|-\s?induced)", re.IGNORECASE)


CHECK = Check(
    CODE,
    "the sections cited are about another class of drug",
    "Criteria of another drug cannot decide this one (8 CCR 9792.21(d)).",
    _find,
)
