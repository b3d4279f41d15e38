"""The last touch to a reading's value: what only its passage or its check box can add."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.extract.checkboxes import Mark
from openimr.extract.mentions import Matcher
from openimr.extract.passages import Passage, Reading

_TICKED: Mapping[str, Mapping[str, str]] = {
    "opioid_agreement": {"discussed": "on_file"},
    "urine_drug_test": {"None": "done"},
    "pdmp_cures": {"None": "reviewed"},
}
_LETS_WORK = re.compile(
    r"\b(?:allow\w*|enabl\w*|able|lets?|helps?|permits?|with|because\s+of|b/c\s+of|thanks\s+to|so\s+(?:that\s+)?(?:he|she)\s+can|"
    r"(?:after|since)\b[^.;]{0,40}\b(?:start\w*|began|begun|prescri\w+))\b",
    re.IGNORECASE,
)
_MEDICINE = re.compile(r"\b(?:medication|medicine)s?\b", re.IGNORECASE)
_MANAGED = re.compile(
    r"\b(?:controlled|ctrl|managed|treated|docusate|colace|senna|miralax|laxative|softener|better\s+w(?:/|ith)|relieved\s+(?:by|with)|claritin|benadryl|resolved|tolerable|zofran|ondansetron|phenergan|promethazine|prilosec|omeprazole|amitiza|movantik|prunes|fiber|improved\s+with|"
    r"dose\s+(?:was\s+)?(?:reduced|lowered|decreased)|switched|changed\s+to|discontinued|stopped|d/c(?:.?d)?)\b",
    re.IGNORECASE,
)


def _line(passage: Passage) -> str:
    """The passage and the rest of its line: what is done often stands in the next cell."""
    text = passage.source.page.text
    end = text.find("\n", passage.end)
    return text[passage.start : end if end >= 0 else len(text)]


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
        line = _line(passage)
        if (matcher.speaks_of(passage, "medicine") or _MEDICINE.search(line)) and _LETS_WORK.search(
            line
        ):
            value["with_medication"] = True
    elif reading.concept == "adverse_effects" and value.get("effect") != "any":
        if _MANAGED.search(_line(passage)):
            value["managed"] = True
    elif reading.concept in _TICKED:
        marked = passage.source.mark_at(reading.start, reading.end)
        if marked is not None and marked.mark is Mark.TICKED:
            key = "status" if reading.concept == "opioid_agreement" else "result"
            said = str(value.get(key))
            value[key] = _TICKED[reading.concept].get(said, said)
    return value
