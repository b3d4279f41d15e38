"""What is asked of a corpus of forged letters, by kind: for OpenIMR and for SQLite FTS5 alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Question:
    """A question in both query languages; filters are facet to value."""

    ours: str
    fts5: str
    filters: Mapping[str, str] = field(default_factory=dict)


def _words(text: str) -> list[Question]:
    """The same word in both."""
    return [Question(word, word) for word in text.split()]


def _phrases(*texts: str) -> list[Question]:
    return [Question(f'"{text}"', f'"{text}"') for text in texts]


def _prefixes(text: str) -> list[Question]:
    return [Question(f"{word}*", f"{word}*") for word in text.split()]


KINDS: Mapping[str, list[Question]] = {
    "term": _words(
        "neurotomy cryotherapy tapering barbiturate polysomnogram shockwave wheelchair stenosis"
        " fibromyalgia epicondylitis bursitis sacroiliitis hyperalgesia naloxone methadone"
        " viscosupplementation spondylosis plantar tendinitis gastritis"
    ),
    "common term": _words(
        "pain medically necessary request guidelines documented records treatment function"
        " improvement"
    ),
    "phrase": _phrases(
        "urine drug screen",
        "signed opioid agreement",
        "functional improvement",
        "home exercise program",
        "failed conservative care",
        "red flags",
        "first-line antidepressant",
        "pain scores",
        "not medically necessary",
        "is not medically necessary and appropriate",
    ),
    "boolean": [
        Question("weaning CURES", "weaning AND CURES"),
        Question("opioid AND (agreement OR contract)", "opioid AND (agreement OR contract)"),
        Question("radiculopathy NOT imaging", "radiculopathy NOT imaging"),
        Question("(ulcer OR bleeding) AND age", "(ulcer OR bleeding) AND age"),
        Question("spasm relaxant NOT dependence", "(spasm AND relaxant) NOT dependence"),
        Question("brace OR support OR walker", "brace OR support OR walker"),
        Question('"drug screen" AND aberrant', '"drug screen" AND aberrant'),
        Question("knee arthroscopy debridement", "knee AND arthroscopy AND debridement"),
        Question("pain function NOT opioid", "(pain AND function) NOT opioid"),
        Question("acupuncture OR chiropractic", "acupuncture OR chiropractic"),
    ],
    "prefix": _prefixes("neuro spondyl hydro cyclo radicul arthro antidep electro osteo gab"),
    "filtered": [
        Question("weaning", "weaning", {"outcome": "Overturned"}),
        Question("improvement", "improvement", {"drug": "gabapentin"}),
        Question("documented", "documented", {"category": "therapy", "year": "2016"}),
        Question("pain", "pain", {"licence_state": "Texas"}),
        Question("trial", "trial", {"specialty": "Pain Management", "outcome": "Upheld"}),
        Question("exercise", "exercise", {"body_part": "shoulder"}),
        Question("necessary", "necessary", {"category": "imaging"}),
        Question("flare", "flare", {"year": "2015"}),
        Question("risk", "risk", {"drug": "omeprazole"}),
        Question("radiculopathy", "radiculopathy", {"category": "injection"}),
    ],
}
"""Kind of question to its questions."""
