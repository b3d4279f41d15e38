"""Whether a complaint can be laid to a medicine: the flu makes sick as morphine does.

Sickness, sleepiness, itching, hard stools and falls are symptoms of much else. They are read as
adverse effects beside words that lay them to a medicine, in a section about medication or in a
check box; elsewhere only where a medicine that can do so is named near them or on the page, and
not beside an illness that explains them or a drug that is given against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from openimr.extract.medications_names import Mention
from openimr.extract.passages import Passage, Reading
from openimr.model.ids import ConceptId

ADVERSE_EFFECTS = "adverse_effects"
_OF_MEDICINE_ALONE = frozenset({"any", "intolerable", "edema", "weight gain"})
"""Effects whose words name the medicine, or say `side effects`."""
_SUSPECTS = frozenset(
    {"analgesic_class", "sedative", "hypnotic", "antidepressant", "antiepileptic"}
)
"""Groups of medicine that pain is treated with, and that do these things."""
_OF_PAIN = frozenset({"analgesic_class"})
_OF_THE_SKIN = frozenset({"itching", "rash", "skin irritation"})
_PAIN_MEDICINE = re.compile(
    r"\b(?:patch(?:es)?|opioids?|narcotics?|pain\s+(?:pills?|med\w*))\b", re.IGNORECASE
)
_ABOUT_MEDICATION = frozenset(
    {"opioid_monitoring", "medications", "past_medications", "instructions", "allergies"}
)
_ABOUT_ILLNESS = frozenset(
    {"review_of_systems", "past_history", "family_history", "history", "diagnoses", "causation"}
)
_LAID_TO = re.compile(
    r"\b(?:side|adverse|untoward|unwanted)\s+(?:effects?|reactions?)\b"
    r"|\b(?:resulting\s+in|from|due\s+to|because\s+of|caused\s+by|secondary\s+to|related\s+to|attribut\w+\s+to|blam\w+|since\s+starting|when\s+(?:he|she)\s+takes"
    r"|after\s+(?:taking|each|the|a|his|her)|on\s+(?:the|his|her|this)|with\s+(?:the|his|her|this))\b"
    r"|\b(?:makes?|made|causes?|caused|causing|gives?|gave|leaves?)\s+(?:him|her|me|the\s+patient)?",
    re.IGNORECASE,
)
_AGAINST_IT = re.compile(
    r"\b(?:recommend\w*|start\w*|prescri\w+|given|giv(?:e|ing)|gave|us(?:e|ed|ing)|try|trial|doing|add\w*|may\s+(?:use|take)|took|tak(?:e|es|ing)"
    r"|reliev\w+\s+(?:with|by)|treated\s+with|better\s+with|helped\s+by)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
"""`Itching, may use Zyrtec`: between what is complained of and what is given against it."""
_ILLNESS = re.compile(
    r"\b(?:viral|virus|flu|influenza|gastroenteritis|food\s+poisoning|migraines?|concussi\w+|contusions?"
    r"|BPPV|positional|labyrinthitis|Meniere\w*|infections?|pneumonia|fevers?|febrile|chills|pregnan\w+"
    r"|chemotherapy|appendicitis|cholecyst\w+|gallstones?|kidney\s+stones?|head\s+injury|hallucinat\w+"
    r"|loss\s+of\s+consciousness|chief\s+complaint|reason\s+for|abdominal|syncop\w+|passed\s+out|sweating|torso|hives|HEENT|(?:fifth|Lyme)\s+disease|dermatitis|headaches?|HA|photophobia|neuroma|diarrhea|EMS|shortness\s+of\s+breath|seizures?|strokes?|TIA|dementia|episodes?)\b",
    re.IGNORECASE,
)

_NO_EFFECT_BUT = re.compile(
    r"\b(?:no|without|denie[sd]|denying)\s+(?:any\s+)?(?:\w+\s+)?(?:SEs?|s/e|AEs?|side|adverse|untoward|ill)\b[^.;]{0,30}?"
    r"\b(?:x|except(?:ing)?(?:\s+for)?|other\s+than|save(?:\s+for)?|apart\s+from|aside\s+from|but(?:\s+for)?|beyond|besides)\s+"
    r"(?P<how>(?:(?:a|an|some|the|her|his|mild|slight|occasional|minor|minimal|little|bit\s+of)\s+)*)$",
    re.IGNORECASE,
)
"""`No side effects except dry mouth`: asked for, and only this was named."""
_GRAVE = frozenset({"sedation", "falls", "intolerable", "respiratory depression"})
_IS_SLIGHT = re.compile(r"\b(?:mild|slight|minor|minimal|occasional|little)\b", re.IGNORECASE)
_NOT_SLEEPY = re.compile(
    r"\b(?:not|no|denies|never|without|nor|n.t)\b[^.;]{0,24}?\b(?:drows\w+|sedat\w+|sleepy|sleepiness|grogg\w+|fogg\w+|somnol\w+|muzzy)\b"
    r"|\b(?:clear|level)[- ]headed\b",
    re.IGNORECASE,
)
_NOT_BOUND = re.compile(
    r"\b(?:not|no|denies|never|without|nor)\b[^.;]{0,24}?\bconstipat\w+"
    r"|\b(?:bowels?|BMs?)\b[^.;]{0,16}?\b(?:regular|normal|ok|okay|fine|daily|moved?|move|moving)\b",
    re.IGNORECASE,
)


def is_only_exception(reading: Reading, passage: Passage) -> bool:
    """Whether an effect is the slight exception of `no side effects except`."""
    if reading.concept != ADVERSE_EFFECTS:
        return False
    before = passage.text[: max(0, reading.start - passage.start)]
    found = _NO_EFFECT_BUT.search(before)
    if found is None:
        return False
    return reading.value.get("effect") not in _GRAVE or bool(_IS_SLIGHT.search(found["how"]))


def read_both_denied(passage: Passage) -> list[Reading]:
    """Drowsiness and constipation, the two effects of every opioid, denied one after the other.

    Each alone may be of a review of systems; both together are what is asked of the medicine.
    """
    if passage.before is None or passage.section in _ABOUT_ILLNESS | {"instructions"}:
        return []
    first, second = passage.before.text, passage.text
    for one, other in ((_NOT_SLEEPY, _NOT_BOUND), (_NOT_BOUND, _NOT_SLEEPY)):
        found = other.search(second)
        if found is not None and one.search(first):
            start, end = passage.at(found)
            return [
                Reading(
                    concept=ConceptId(ADVERSE_EFFECTS),
                    start=start,
                    end=end,
                    value={"effect": "any"},
                    absent=True,
                    rule="side_effects.both_denied",
                    negatable=False,
                )
            ]
    return []


def may_be_side_effect(reading: Reading, passage: Passage, medicine: AbstractSet[str]) -> bool:
    """Whether the passage lets what it complains of be the work of a medicine.

    Args:
        reading: of any concept; all but the ambiguous adverse effects pass.
        passage: where it stands.
        medicine: stems of the words that speak of medication in general.
    """
    effect = reading.value.get("effect")
    if reading.concept != ADVERSE_EFFECTS or effect in _OF_MEDICINE_ALONE:
        return True
    if passage.source.mark_at(reading.start, reading.end):
        return True
    if passage.section in _ABOUT_MEDICATION:
        return True
    if reading.value.get("managed") and not _is_of_illness(passage):
        return True
    spoken = not passage.stems.isdisjoint(medicine)
    named = [drug for drug in passage.drugs if not _is_given_against(reading, passage, drug)]
    if (spoken or named) and _LAID_TO.search(passage.text):
        return True
    if _ILLNESS.search(passage.text) or (passage.drugs and not named and not spoken):
        return False
    before = passage.before.drugs if passage.before is not None else ()
    on_the_skin = effect in _OF_THE_SKIN
    if spoken or _suspect(named) or _suspect(before, _OF_PAIN if on_the_skin else _SUSPECTS):
        return True
    if _is_of_illness(passage):
        return False
    page = passage.source
    if on_the_skin:
        return False
    suspected = _suspect(page.drugs, _OF_PAIN) or _PAIN_MEDICINE.search(page.page.text) is not None
    return suspected and passage.section not in _ABOUT_ILLNESS


def is_only_seen(reading: Reading, passage: Passage) -> bool:
    """Whether an examiner saw the effect and no word lays it to a medicine: `appears sedated`."""
    return (
        reading.concept == ADVERSE_EFFECTS
        and passage.section == "objective"
        and not passage.drugs
        and _LAID_TO.search(passage.text) is None
        and _PAIN_MEDICINE.search(passage.text) is None
    )


def _is_of_illness(passage: Passage) -> bool:
    """Whether the sentence, or the one before it, tells of an illness that explains much."""
    before = passage.before.text if passage.before is not None else ""
    return _ILLNESS.search(passage.text) is not None or _ILLNESS.search(before) is not None


def _suspect(drugs: Iterable[Mention], groups: frozenset[str] = _SUSPECTS) -> bool:
    return any(not groups.isdisjoint(mention.drug.groups) for mention in drugs)


def _is_given_against(reading: Reading, passage: Passage, drug: Mention) -> bool:
    between = passage.source.page.text[reading.end : drug.start]
    return reading.end <= drug.start and _AGAINST_IT.search(between) is not None
