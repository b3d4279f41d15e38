"""Training sentences: those written for the purpose, and those of records."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

_LINE = re.compile(r"([+-])(?: \[([a-z_, ]+)\])? (.+)")
KIN = (
    {"pain_with_without_medication", "pain_score", "hyperalgesia"},
    {"pain_with_without_medication", "functional_improvement", "return_to_work"},
    {"return_to_work", "work_restrictions"},
    {"neuropathic_pain", "radiculopathy_findings", "diagnosis_axial_mechanical"},
    {"compliance", "aberrant_behaviour", "stop_reason", "opioid_agreement"},
    {"stop_reason", "weaning_attempts", "hyperalgesia"},
    {"initial_trial", "prior_nonopioid_trials", "duration_of_use", "weaning_attempts"},
    {"adverse_effects", "prior_nonopioid_trials", "stop_reason"},
    {"acute_exacerbation", "muscle_spasm"},
    {"multiple_opioids_and_sedatives", "adverse_effects", "duration_of_use"},
    {"psych_status", "other_indication", "validated_instrument"},
    {"addiction_history", "cv_renal_hepatic_risk", "aberrant_behaviour"},
    {"urine_drug_test", "aberrant_behaviour", "pdmp_cures", "compliance"},
    {"pathology_osteoarthritis", "diagnosis_axial_mechanical"},
    {"insomnia_workup", "psych_status", "validated_instrument"},
    {"consultation", "psych_status", "addiction_history"},
    {"pain_pattern", "pain_score", "acute_exacerbation"},
)
"""Concepts that one sentence often says together: of one, it is no example against the other."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, what it speaks of, and what it surely does not."""

    text: str
    yes: frozenset[str]
    no: frozenset[str] = frozenset()
    unclear: bool = False
    written: bool = False
    group: str = ""
    """Examples of one group are never on both sides of a fold."""
    count: int = 1
    """How often the same words were met."""

    def label(self, concept: str) -> int:
        """1 if it speaks of the concept, 0 if not, -1 if that cannot be said."""
        if concept in self.yes:
            return 1
        if concept in self.no:
            return 0
        kin = any(concept in group and group & self.yes for group in KIN)
        return -1 if self.unclear or kin else 0

    def joined(self, other: Example) -> Example:
        """With what the same words were said to mean elsewhere."""
        yes = self.yes | other.yes
        unclear = self.unclear or other.unclear
        no, count = (self.no | other.no) - yes, self.count + other.count
        return replace(self, yes=yes, no=no, unclear=unclear, count=count)

    def fold(self, folds: int) -> int:
        """Which part of a cross-validation it belongs to."""
        return crc32((self.group or self.text).encode()) % folds


def load_written(folder: Path) -> list[Example]:
    """The sentences of `training/sentences/`: `+ text`, `- text`, `+ [also_this] text`."""
    examples = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found = _LINE.fullmatch(line)
            if found is None:
                raise ValueError(f"{path.name}:{number}: begin a line with `+ ` or `- `")
            also = frozenset((found[2] or "").replace(" ", "").split(",")) - {""}
            own = frozenset({path.stem})
            yes, no = (own | also, frozenset[str]()) if found[1] == "+" else (also, own)
            examples.append(Example(found[3], yes, no, written=True))
    return examples


def load_records(paths: Sequence[Path], concepts: frozenset[str]) -> tuple[list[Example], int]:
    """The sentences of records with the words that the truth quotes, and the number of pages."""
    examples, pages = [], set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            pages.add((row["case"], row["page"]))
            yes = (frozenset(row["yes"]) | frozenset(row["read"])) & concepts
            unclear, group = row["unclear"], row["case"]
            examples.append(Example(row["text"], yes, unclear=unclear, group=group))
            for concept in sorted(set(row.get("said", ())) & concepts):
                said = frozenset({concept})
                examples.append(Example(row["said"][concept], said, unclear=True, group=group))
    return examples, len(pages)
