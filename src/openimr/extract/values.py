"""The last touch to a reading's value: what only its passage or its check box can add."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.extract.answers import Mark
from openimr.extract.contexts import masked
from openimr.extract.mentions import Matcher
from openimr.extract.passages import Passage, Reading
from openimr.extract.side_effects import is_only_exception

_TICKED: Mapping[str, Mapping[str, str]] = {
    "opioid_agreement": {"discussed": "on_file"},
    "urine_drug_test": {"None": "done"},
    "pdmp_cures": {"None": "reviewed"},
}
_LETS_WORK = re.compile(
    r"\b(?:(?:the\s+)?reason\s+(?:that\s+|why\s+)?(?:she|he)\s+(?:can|works?|is\s+able|stays?|keeps?)|"
    r"(?:could|can|would|was|is|did)\s*n.?t\s+(?:be\s+able\s+to\s+)?(?:hold|do|finish|get\s+through|make|manage|work|stand|keep|complete|last)[^.;]{0,50}\bwithout|"
    r"(?:could|can|would)\s?n[o'\u2019]?t\s+w/o\b|(?:were\s+it\s+not|if\s+(?:it\s+were\s+)?not|but)\s+for\b|without\s+(?:it|the\s+\w+|her\s+\w+|his\s+\w+|med\w*)[^.;]{0,50}\b(?:goes\s+home|leaves?|left|miss\w*|call\w*\s+(?:in|off|out)|could\s+not|couldn.t|cannot|can.t)|"
    r"keeps?\s+(?:him|her)|what\s+(?:lets|gets|keeps)|makes?\s+(?:it|this|that|work)\s+possible|owes?\s+(?:it|this|that)\s+to|only\s+(?:with|because)|credit\w*|"
    r"in\s+order\s+to\s+work|allow\w*|enabl\w*|able|lets?|helps?|permits?|with|because\s+of|b/c\s+of|thanks\s+to|so\s+(?:that\s+)?(?:he|she)\s+can|"
    r"(?:after|since)\b[^.;]{0,40}\b(?:start\w*|began|begun|prescri\w+))\b",
    re.IGNORECASE,
)
_WORKS_ON = re.compile(
    r"\b(?:on|since|with|when|after|by|thanks\s+to|needs?)\s+(?:(?:the|his|her|a|an|starting|beginning|taking|use\s+of|resuming)\s+)*"
    r"(?:med_*|medic\w+|patch\w*|pills?|tablets?|regimen)\b(?![^.;]*\bstill\s+off\b)"
    r"|\bmed_*\s+(?:was|were)\s+(?:restored|resumed|restarted|begun|started)\b",
    re.IGNORECASE,
)
"""`On Norco he works eight hours`, over a text in which drugs are masked."""
_NOT_WITHOUT = re.compile(
    r"\b(?:without|(?:were\s+it\s+not|if\s+(?:it\s+were\s+)?not|but)\s+for)\b[^.;]{0,40}\b(?:could|can|would)\s*(?:not|n.t)\b|\b(?:could|can|would)\s*(?:not|n.t)\b[^.;]{0,60}(?:\bw/o\b|\b(?:without|if\s+not\s+for|but\s+for)\b)"
    r"|\bwould\s+have\s+to\s+(?:quit|stop|leave|give\s+up)\b[^.;]{0,50}\b(?:without|if\s+not\s+for|but\s+for|were\s+it\s+not)\b",
    re.IGNORECASE,
)
"""`Without it she could not do her job`: she does it."""
_MEDICINE = re.compile(r"\b(?:medication|medicine|patch|pill|tablet)(?:e?s)?\b", re.IGNORECASE)
_FAR = 220
_BESIDE = 40
_A_ROW = 240
"""The longest line that is a row or an item; a longer one is a paragraph."""
_OTHER_MEANS = re.compile(
    r"\b(?:tablets?|pills|short-acting|immediate[- ]release|"
    r"oral\s+(?:agents?|opioids?|medic\w+)|NSAIDs?|anti-inflammator\w+)\b",
    re.IGNORECASE,
)
_NOT_ENOUGH = re.compile(
    r"\b(?:inadequate|insufficient|ineffective|fail\w*|unsuccessful|not\s+enough|fell\s+short|found\s+wanting|exhausted|of\s+no\s+avail|did\s+nothing|"
    r"(?:did|do|does|could|can|would|was|were|is|has|have|had)\s*(?:not|n.t)\s+(?:been\s+|be\s+)?(?:hold|held|control\w*|manag\w+|help\w*|suffic\w*|cover\w*|"
    r"touch\w*|give|given|relie\w+|last\w*|work\w*|tolerat\w+|adequate|sufficient|effective|enough|met|reach\w*|bring|brought))\b",
    re.IGNORECASE,
)
"""Constant pain told beside the drugs that could not meet it."""
_MANAGED = re.compile(
    r"\b(?:in\s+(?:hand|check|bounds)|under\s+control|taken\s+care\s+of|prune\s+juice|rotat\w+\s+(?:(?:the|among|between|his|her|\w+)\s+){0,3}sites?|rotation\s+(?:of\s+sites\s+)?advised|hydrocortisone|steroid\s+(?:spray|cream)|ceased|controlled|ctrl|managed|treated|docusate|colace|senna|miralax|laxative|softener|better\s+w(?:/|ith)|relieved\s+(?:by|with)|claritin|benadryl|resolved|tolerable|zofran|ondansetron|phenergan|promethazine|settled|subsided|abated|went\s+away|wore\s+off|cleared\s+up|disappeared|passed\s+off|tak(?:es|en|ing)\s+(?:it|them|the\s+\w+|med_*)\s+with\s+(?:(?:a|an|some|her|his)\s+)?(?:food|meals?|milk|crackers?|bread|toast|tortillas?|breakfast|supper|dinner|lunch|snacks?|yogurt)|eats?\s+(?:first|beforehand|something\s+with)|prilosec|omeprazole|amitiza|movantik|prunes|fiber|improved\s+with|"
    r"dose\s+(?:was\s+)?(?:reduced|lowered|decreased)|switched|changed\s+to|discontinued|stopped|d/c(?:.?d)?)\b",
    re.IGNORECASE,
)


def _works_on(reading: Reading, passage: Passage) -> bool:
    """Whether the medicine leads the sentence or follows the work: `on Norco he works`.

    `He is on Norco and works` tells two things side by side.
    """
    end = reading.end - passage.start
    return any(
        not passage.text[: found.start()].strip(" -*,\n") or end <= found.start() <= end + _BESIDE
        for found in _WORKS_ON.finditer(masked(passage))
    )


def is_not_without(passage: Passage) -> bool:
    """Whether a passage denies only what would be without the medicine."""
    return _NOT_WITHOUT.search(passage.text) is not None


def _line(passage: Passage) -> str:
    """The passage and the rest of its line: what is done often stands in the next cell."""
    text = passage.source.page.text
    end = text.find("\n", passage.end)
    return text[passage.start : end if end >= 0 else len(text)]


def _next_sentence(passage: Passage) -> str:
    """What follows in the same paragraph, up to the end of its sentence."""
    text = passage.source.page.text
    rest = text[passage.end : passage.end + _FAR]
    rest = rest.split("\n\n")[0]
    stop = re.search(r"\.(?:\s|$)", rest[1:])
    return rest[: stop.end() + 1] if stop else rest


def drug_after(passage: Passage) -> str | None:
    """The one drug that the next sentence names; None for none or several."""
    generics = _drugs_after(passage)
    return generics.pop() if len(generics) == 1 else None


def _drugs_after(passage: Passage) -> set[str]:
    end = passage.end + len(_next_sentence(passage))
    return {drug.drug.generic for drug in passage.source.drugs_in(passage.end, end)}


def finished(reading: Reading, passage: Passage, matcher: Matcher) -> Mapping[str, object]:
    """The value with what the passage adds.

    Work: whether the medicine is what allows it. Adverse effects: whether something is done about
    it. A ticked box `pain contract` means that there is one.
    """
    value = dict(reading.value)
    if reading.concept == "return_to_work" and value.get("status") in {
        "full_duty",
        "modified_duty",
    }:
        line = f"{_line(passage)} {_next_sentence(passage)}"
        spoken = matcher.speaks_of(passage, "medicine") or _MEDICINE.search(line)
        lets = _LETS_WORK.search(line) is not None or _works_on(reading, passage)
        if (spoken or drug_after(passage)) and lets:
            value["with_medication"] = True
    elif reading.concept == "adverse_effects" and value.get("effect") != "any":
        line = _line(passage)
        told = line if len(line) <= _A_ROW else f"{passage.text} {_next_sentence(passage)}"
        if _MANAGED.search(told):
            value["managed"] = True
        if is_only_exception(reading, passage):
            value["minor"] = True
    elif reading.concept == "pain_pattern" and value.get("pattern") == "constant":
        before = passage.before.text if passage.before else ""
        around = f"{before} {passage.text} {_next_sentence(passage)}"
        named = passage.drugs or _drugs_after(passage) or _OTHER_MEANS.search(around)
        if named and _NOT_ENOUGH.search(around):
            value["others_failed"] = True
    elif reading.concept in _TICKED:
        marked = passage.source.mark_at(reading.start, reading.end)
        if marked is not None and marked.mark is Mark.TICKED:
            key = "status" if reading.concept == "opioid_agreement" else "result"
            said = str(value.get(key))
            value[key] = _TICKED[reading.concept].get(said, said)
    return value
