"""Whether a complaint can be laid to a medicine: the flu makes sick as morphine does.

Sickness, dizziness, itching, an upset stomach and falls are symptoms of much else. They are read as
adverse effects beside a drug or words of medication, in a section about medication or in a check
box; elsewhere only on a page that names a drug, and not beside an illness that explains them.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from openimr.extract.passages import Passage, Reading

ADVERSE_EFFECTS = "adverse_effects"
_OF_MUCH_ELSE = frozenset({"nausea", "dizziness", "itching", "stomach upset", "falls", "rash"})
_ABOUT_MEDICATION = frozenset(
    {"opioid_monitoring", "medications", "past_medications", "instructions"}
)
_ABOUT_ILLNESS = frozenset(
    {"review_of_systems", "past_history", "family_history", "history", "diagnoses", "causation"}
)
_ILLNESS = re.compile(
    r"\b(?:viral|virus|flu|influenza|gastroenteritis|food\s+poisoning|migraines?|concussi\w+"
    r"|BPPV|labyrinthitis|Meniere\w*|infections?|pneumonia|fevers?|febrile|chills|pregnan\w+"
    r"|chemotherapy|appendicitis|cholecyst\w+|gallstones?|kidney\s+stones?|head\s+injury"
    r"|loss\s+of\s+consciousness|HEENT)\b",
    re.IGNORECASE,
)


def may_be_side_effect(reading: Reading, passage: Passage, medicine: AbstractSet[str]) -> bool:
    """Whether the passage lets what it complains of be the work of a medicine.

    Args:
        reading: of any concept; all but the ambiguous adverse effects pass.
        passage: where it stands.
        medicine: stems of the words that speak of medication in general.
    """
    if reading.concept != ADVERSE_EFFECTS or reading.value.get("effect") not in _OF_MUCH_ELSE:
        return True
    near = [one for one in (passage, passage.before) if one is not None]
    if any(one.drugs or not one.stems.isdisjoint(medicine) for one in near):
        return True
    if passage.section in _ABOUT_MEDICATION or passage.source.mark_at(reading.start, reading.end):
        return True
    return (
        bool(passage.source.drugs)
        and passage.section not in _ABOUT_ILLNESS
        and _ILLNESS.search(passage.text) is None
    )
