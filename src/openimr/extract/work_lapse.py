"""Work lost while the medicine was missing: it is the medicine that lets the patient work.

The two weeks when the carrier sat on the refill he used five sick days.
On the one Monday when the pharmacy was out of stock he went home at nine thirty.
"""

from __future__ import annotations

import re

from openimr.extract.contexts import masked, says_without
from openimr.extract.passages import Passage, Reading
from openimr.model.ids import ConceptId

_LOST = re.compile(
    r"\b(?:(?:used|took|burned|spent)\s+(?:up\s+)?(?:\w+\s+)?sick\s+(?:days?|time|leave)|miss(?:ed|es)\s+(?:\w+\s+){0,2}?(?:work|shifts?|days?\s+(?:of|at)\s+work)"
    r"|call(?:ed|s)\s+(?:in|out|off)\s*(?:sick)?|(?:was|been|be)\s+sent\s+home|went\s+home\s+(?:early|at|from)|left\s+(?:work|the\s+job|early)"
    r"|(?:could|did)\s*(?:not|n't)\s+(?:work|(?:finish|last|complete|get\s+through|work)\s+(?:a|the|his|her|out\s+the)\s+(?:\w+\s+)?(?:shift|day|board|hours)|open\s+(?:the|his|her)\s+(?:shop|store|doors))"
    r"|(?:could\s*(?:not|n't)|can(?:not|['\u2019]t|\s+not))\s+(?:hold(?:\s+down)?|keep(?:\s+up)?|do|manage|make|stand|get\s+through|last|finish|put\s+in)\s+(?:the|a|his|her|this|that)\s+"
    r"(?:\w+\s+){0,2}?(?:(?:half|full|whole|work(?:ing)?|four|six|eight)[-\s](?:day|hours?)|shift|job|workday)"
    r"|(?:was|is)\s+(?:off|out\s+of)\s+work)\b",
    re.IGNORECASE,
)
_SUPPLY_FAILED = re.compile(
    r"\b(?:refill|prescription|rx|script|pharmacy|carrier|insur\w+|adjuster|supply|bottle|med_*|patch(?:es)?|pills?|tablets?)\b[^.;]{0,40}?"
    r"\b(?:sat\s+on|held(?:\s+up)?|late|delayed|denied|out\s+of\s+stock|out|lapsed|not\s+(?:re)?filled|ran\s+out)\b"
    r"|\b(?:sat\s+on|held\s+up|delayed|denied)\s+(?:the|his|her)\s+(?:refill|prescription|rx|script|med_*|patch(?:es)?|pills?)\b"
    r"|\b(?:ran|run|was|were)\s+out\s+of\s+(?:the\s+|his\s+|her\s+)?(?:med_*|medic\w+|patch(?:es)?|pills?|tablets?)\b",
    re.IGNORECASE,
)
_NOT_LOST = re.compile(r"\b(?:never|not|n't|no|without)\s+(?:once\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|would|might|may|could\s+have|fears?|afraid)\b", re.IGNORECASE)
_EARLIER = re.compile(r"\W+(?:even\s+)?(?:before|prior\s+to)\b", re.IGNORECASE)
"""`Could not hold the job before Norco was prescribed` tells nothing of a time that lacked it."""


_FARTHEST = 5
"""How many sentences before the loss may name the drug."""


def _missing(passage: Passage) -> str | None:
    """The one drug that the sentence, or the nearest before it, names; None leaves it open."""
    earlier: Passage | None = passage
    for _ in range(_FARTHEST):
        if earlier is None:
            return None
        generics = {drug.drug.generic for drug in earlier.drugs}
        if generics:
            return generics.pop() if len(generics) == 1 else None
        earlier = earlier.before
    return None


def read_lost_work(passage: Passage) -> list[Reading]:
    """Work missed in a sentence, or the one after it, that tells of a time without the medicine."""
    text = masked(passage)
    lost = _LOST.search(text)
    if lost is None or _NOT_LOST.search(text[: lost.start()]) or _IF.search(text):
        return []
    if _EARLIER.match(text, lost.end()):
        return []
    before = masked(passage.before) if passage.before is not None else ""
    if not any(_SUPPLY_FAILED.search(said) or says_without(said) for said in (text, before)):
        return []
    start, end = passage.at(lost)
    return [
        Reading(
            concept=ConceptId("return_to_work"),
            start=start,
            end=end,
            value={"status": "modified_duty", "with_medication": True},
            subject=_missing(passage),
            rule="work.lost_without",
            negatable=False,
            now=True,
        )
    ]
