"""Validated instruments: name, score, and what each one measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.extract.passages import Passage, Reading
from openimr.model.ids import ConceptId

INSTRUMENT = ConceptId("validated_instrument")
_KINDS = {
    "function": r"ODI|Oswestry(?:\s+Disability\s+Index)?|RMDQ|Roland(?:[- ]Morris)?|NDI|"
    r"Neck\s+Disability\s+Index|"
    r"(?:Quick)?DASH|PDQ|Pain\s+Disability\s+(?:Questionnaire|Index)|LEFS|SF-?36|SF-?12|WOMAC|KOOS",
    "pain": r"BPI|Brief\s+Pain\s+Inventory|PEG|McGill|PCS|TSK|FABQ(?:-W)?",
    "risk": r"ORT|Opioid\s+Risk\s+Tool|SOAPP(?:-R)?|COMM|DIRE|CAGE(?:-AID)?",
    "mood": r"PHQ-?[29]|BDI(?:-II)?|Beck(?:\s+Depression(?:\s+Inventory)?)?|BAI|GAD-?7|HADS|Zung",
    "sleep": r"Epworth(?:\s+Sleepiness(?:\s+Scale)?)?|ESS|ISI|Insomnia\s+Severity\s+Index|PSQI",
}
_NAME = "|".join(f"(?P<{kind}>{names})" for kind, names in _KINDS.items())
_INSTRUMENT = re.compile(
    rf"(?<![\w-])(?:{_NAME})(?![\w]|-\w)(?:\s*(?:score|scale|index|questionnaire|today|of|is|was|at|:|=|\(\d+/\d+(?:/\d+)?\)|,|-))*"
    r"\s*(?P<score>\d{1,3}(?:\.\d)?)(?:\s*(?:/|of)\s*(?P<of>\d{1,3}))?\s*(?P<unit>%|percent)?"
    r"(?![\d/-]|\s*(?:mg|visits?|days?))"
)
_CHANGE = re.compile(
    rf"(?<![\w-])(?:{_NAME})(?![\w]|-\w)[^.;\n]{{0,40}}?(?<![\d/])(?P<a>\d{{1,3}}(?:\.\d)?)(?:\s*/\s*10\b)?\s*%?\s*"
    r"(?:->|\u2192|down\s+to|to|(?:,?\s*(?:today|now|currently)\s*:?))\s*(?P<b>\d{1,3}(?:\.\d)?)(?:\s*/\s*10\b|\s*%)?(?![\d/])",
)
_OF_FUNCTION = frozenset({"bpi", "brief pain inventory", "peg"})
_HIGHER_IS_BETTER = frozenset({"lefs", "sf-36", "sf36", "sf-12", "sf12", "koos"})
_CAPITALS = re.compile(
    r"[A-Z]{3}|Oswestry|Roland|Epworth|Beck|Zung|Neck Dis|McGill|Brief Pain|Pain Disab"
)


def read_instruments(passage: Passage) -> list[Reading]:
    """Every instrument of a passage with its score.

    `ORT 5`, `Oswestry 52%`, `PDQ 108 / 150`; a name without a score is no result.
    """
    if not _CAPITALS.search(passage.text):
        return []
    readings: list[Reading] = []
    for found in _INSTRUMENT.finditer(passage.text):
        kind = next(name for name in _KINDS if found[name])
        score = float(found["score"])
        value: dict[str, object] = {
            "name": " ".join(found[kind].split()),
            "score": int(score) if score.is_integer() else score,
            "kind": kind,
        }
        if found["unit"] or found["of"]:
            value["unit"] = "%" if found["unit"] else f"of {found['of']}"
        start, end = passage.at(found)
        readings.append(
            Reading(concept=INSTRUMENT, start=start, end=end, value=value, rule="instrument.score")
        )
    return [*readings, *_changes(passage)]


def _changes(passage: Passage) -> Iterator[Reading]:
    """`Oswestry 64 -> 46%`: a fall on a scale of disability is a measured gain of function."""
    for found in _CHANGE.finditer(passage.text):
        before, after = float(found["a"]), float(found["b"])
        kind = next(name for name in _KINDS if found[name])
        start, end = passage.at(found)
        name = " ".join(found[kind].split())
        value = {"name": name, "score": int(after) if after.is_integer() else after, "kind": kind}
        yield Reading(
            concept=INSTRUMENT, start=start, end=end, value=value, rule="instrument.change"
        )
        if kind != "function" and name.casefold() not in _OF_FUNCTION:
            continue
        lower_is_better = name.casefold() not in _HIGHER_IS_BETTER
        better = after < before if lower_is_better else after > before
        direction = "same" if after == before else "better" if better else "worse"
        yield Reading(
            concept=ConceptId("functional_improvement"),
            start=start,
            end=end,
            value={
                "direction": direction,
                "specific": True,
                "activities": (name,),
                "before": f"{before:g}",
                "after": f"{after:g}",
            },
            rule="instrument.change",
            negatable=False,
        )
