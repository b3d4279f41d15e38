"""Words beside a reading that give it another meaning, for each concept.

`Acoustic neuroma` is no nerve pain, `burning with urination` none either, a joint that is injected
is no diagnosis, and an index that is named after arthritis diagnoses nothing. Where such words
stand in the reading, right before or after it, or in its sentence, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openimr.extract.passages import Passage, Reading


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NEVER = re.compile(r"(?!)")
_ALWAYS = re.compile("")


@dataclass(frozen=True, slots=True)
class Company:
    """A meaning that a reading does not have: all patterns given must be found.

    Attributes:
        says: what the reading itself says.
        before: what ends right before it, within its sentence.
        after: what begins right after it.
        sentence: what its sentence says.
        page: what its page says.
        unless: what its sentence says that makes it mean it after all.
    """

    says: re.Pattern[str] = _ALWAYS
    before: re.Pattern[str] = _ALWAYS
    after: re.Pattern[str] = _ALWAYS
    sentence: re.Pattern[str] = _ALWAYS
    page: re.Pattern[str] = _ALWAYS
    unless: re.Pattern[str] = _NEVER

    def holds(self, reading: Reading, passage: Passage) -> bool:
        """Whether a reading stands in this company."""
        text = passage.source.page.text
        return (
            self.says.search(text, reading.start, reading.end) is not None
            and self.sentence.search(passage.text) is not None
            and self.before.search(text[passage.start : reading.start]) is not None
            and self.after.match(text, reading.end) is not None
            and self.page.search(text) is not None
            and self.unless.search(passage.text) is None
        )


_OF_ANYBODY = Company(
    sentence=_words(
        r"\b(?:typically|usually|commonly)\s+presents?\b|\bwe\s+(?:tend\s+to|usually|often)\s+see\b"
        r"|\b(?:percent|most|many)\s+of\s+(?:these|such)\s+patients\b"
    ),
    unless=_words(r"\b(?:this|the)\s+(?:patient|claimant)\b"),
)
"""What a textbook says of an illness, or a physician of a drug, is of no patient."""
_OTHER_NERVES = (
    Company(says=_words(r"neuroma"), page=_words(r"\bacoustic\s+neuroma|\bschwannoma")),
    Company(says=_words(r"neuroma"), sentence=_words(r"\b(?:identified|dissected|retracted)\b")),
    Company(
        says=_words(r"burning"),
        sentence=_words(r"\burin\w+|\bvoid\w*|\bGU\b|\besophag\w+|\bheartburn\b|\beyes?\b"),
        unless=_words(r"\b(?:legs?|arms?|feet|foot|hands?|back|thighs?|calf|calves)\b"),
    ),
    Company(
        says=_words(r"numb|tingl|paresthes|burning"),
        sentence=_words(r"\b(?:face|facial|lips?|tongue|perioral|mouth)\b"),
        unless=_words(r"\b(?:legs?|arms?|feet|foot|hands?|back|thighs?|extremit\w+)\b"),
    ),
    Company(before=_words(r"\bnegative\b[^.;]*\bfor\s+(?:any\s+)?$")),
    Company(before=_words(r"\b(?:expected|typical)\s+(?:for|of)\b[^.;]*$")),
    Company(before=_words(r"\bnot\s+(?:a\s+)?complete\s+$")),
    Company(says=_words(r"complete\s+(?:loss|absence)"), before=_words(r"\bnot\s+(?:a\s+)?$")),
)
_OTHER_MOODS = (
    Company(
        says=_words(r"anxious"),
        sentence=_words(
            r"\b(?:appear\w*|seem\w*|look\w*|slightly|somewhat)\s+(?:\w+\s+){0,3}anxious\b"
            r"|\brestless\s+and\s+anxious\b|\banxious\b[^.;]*\b(?:time|paced|distracted)\b"
        ),
    ),
    Company(says=_words(r"anxiety"), after=_words(r"[\s-]+(?:provok|produc)ing\b")),
    Company(before=_words(r"\b(?:post-?\s?partum|post-?natal)\s+$")),
)
"""How a patient looks in an interview is no diagnosis."""
_OTHER_JOINTS = (
    Company(
        says=_words(r"joints?$"),
        after=_words(r"[^.;,]{0,30}\b(?:injections?|blocks?|nerves?|rhizotomy|ablation)\b"),
        unless=_words(r"\b(?:arthropathy|arthrosis|hypertrophy|dysfunction)\b"),
    ),
    Company(before=_words(r"\bto\s+identify\b[^.;]*$")),
    Company(sentence=re.compile(r"^\W*\d{5}\b[\s,.:-]+[A-Z]")),
)
"""A joint that is injected, and the text of a billing code."""

_COMPANIES: Mapping[str, Sequence[Company]] = {
    "neuropathic_pain": (_OF_ANYBODY, *_OTHER_NERVES),
    "radiculopathy_findings": (
        Company(says=_words(r"\bpossibl[ey]\b"), sentence=_words(r"\bweakness\b")),
    ),
    "other_indication": (_OF_ANYBODY, *_OTHER_MOODS),
    "diagnosis_axial_mechanical": (_OF_ANYBODY, *_OTHER_JOINTS),
    "pathology_osteoarthritis": (_OF_ANYBODY, Company(after=_words(r"\s+index\b"))),
    "pain_pattern": (_OF_ANYBODY,),
    "adverse_effects": (
        Company(before=_words(r"\bpost-?(?:event|ictal)\s+$")),
        Company(
            before=_words(r"\b(?:long|chronic|lifelong)(?:-?standing)?\s+history\s+of\b[^.;]*$")
        ),
        Company(before=_words(r"\bnot\s+(?:\w+\s+){0,4}related\s+to\b[^.;]*$")),
        Company(after=_words(r"[^.;]*\bbut\b[^.;]*\bdenie[sd]\b")),
    ),
    "stop_reason": (
        Company(
            says=_words(r"suicide"),
            sentence=_words(
                r"\b(?:prior\s+to\s+that|that\s+time|years?\s+ago|(?:at\s+)?age\s+\d+|(?:19|20)\d\d|history\s+of|previous\w*)\b"
            ),
        ),
    ),
    "return_to_work": (
        Company(sentence=_words(r"\bnot\s+(?:be\s+)?(?:addressed|assessed|evaluated)\b")),
        Company(
            before=_words(r"\bnot\s+(?:a\s+)?(?:not\s+)?(?:a\s+)?$"), after=_words(r"[\s-]*based\b")
        ),
        Company(
            before=_words(
                r"\b(?:intent|intention|desire|wish|hopes?|plans?|goal)\s+(?:is\s+|was\s+)?to\b[^.;]*$"
            )
        ),
    ),
    "compliance": (
        Company(
            says=_words(r"non-?\s?(?:compliant|adherent)"),
            sentence=_words(r"\b(?:catheter\w*|Foley|venipuncture|IV\s+access)\b"),
        ),
    ),
    "consultation": (
        Company(says=_words(r"\basked\s+about\b")),
        Company(
            says=_words(
                r"\bshare\b|\b(?:results?|copy|copies)\b[^.;]*\b(?:with|to)\s+(?:his|her|the)\b"
            )
        ),
    ),
    "functional_improvement": (
        Company(sentence=_words(r"\bmotor\s+function\w*\s+(?:had\s+|has\s+)?improv")),
        Company(
            sentence=_words(
                r"\b(?:it\s+is|was)\s+(?:suggested|recommended)\s+that\b|\bin\s+order\s+to\b"
            ),
            unless=_words(r"\b(?:improv|increas|better|able\b|now\b)\w*"),
        ),
    ),
}
"""Of `stop_reason`: an attempt of years ago ends no prescription of today."""


def is_in_other_company(reading: Reading, passage: Passage) -> bool:
    """Whether the words beside a reading give it another meaning."""
    return any(one.holds(reading, passage) for one in _COMPANIES.get(reading.concept, ()))
