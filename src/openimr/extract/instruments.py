"""Validated instruments: name, score, and what each one measures."""

from __future__ import annotations

import re

from openimr.extract.passages import Passage, Reading
from openimr.model.ids import ConceptId

INSTRUMENT = ConceptId("validated_instrument")
_KINDS = {
    "function": r"ODI|Oswestry(?:\s+Disability\s+Index)?|RMDQ|Roland(?:[- ]Morris)?|NDI|Neck\s+Disability\s+Index|"
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
_CAPITALS = re.compile(r"[A-Z]{3}|Oswestry|Roland|Epworth|Beck|Zung|Neck Dis|McGill")


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
    return readings
