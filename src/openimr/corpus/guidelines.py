"""The guideline a decision cites, under one name however it was printed; and the pages of it.

    MTUS Chronic Pain Treatment Guidelines Opioids Page(s): 74-76.
        -> MTUS Chronic Pain; MTUS Chronic Pain p. 74, ... p. 75, ... p. 76
    MTUS Low Back Complaints 2004, Section(s): Special Studies.
        -> MTUS Low Back Complaints 2004; MTUS Low Back Complaints 2004, Special Studies

Until 2015 letters cite pages, later ones sections: both are places that can be counted.
"""

from __future__ import annotations

import re
from functools import lru_cache

from openimr.model.determination import GuidelineLine
from openimr.published.guideline import CHAPTER_AFTER_PAGES, read_guideline

_STATEMENT = re.compile(
    r"(?<=[.;:\d)])\s+"
    r"(?=(?:The )?(?:Decision|Claims Administrator|(?:Expert |Medical )?Reviewer)\b)"
)
_SECTIONS = re.compile(r",?\s*Section\(?s?\)?:\s*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEXT_SECTION = re.compile(r"(?<!NSAIDs)(?<!Opioids)(?<!TENS), (?=[A-Z](?![^()]*\)))")
"""`NSAIDs, GI symptoms` and words in parentheses are one section's name."""
_MOST_PAGES = 60
"""Of one range: more is a slip of the pen."""
_LONGEST = 120

_MTUS_PARTS = (
    (re.compile(r"Chronic Pain", re.IGNORECASE), "Chronic Pain"),
    (re.compile(r"Opioids? (?:Medical )?Treatment", re.IGNORECASE), "Opioids"),
    (re.compile(r"Acupuncture", re.IGNORECASE), "Acupuncture"),
    (re.compile(r"Post[- ]?surgical", re.IGNORECASE), "Postsurgical Treatment"),
    (re.compile(r"Neck and Upper Back", re.IGNORECASE), "Neck and Upper Back Complaints"),
    (re.compile(r"Shoulder", re.IGNORECASE), "Shoulder Complaints"),
    (re.compile(r"Elbow", re.IGNORECASE), "Elbow Complaints"),
    (re.compile(r"Forearm", re.IGNORECASE), "Forearm, Wrist, and Hand Complaints"),
    (re.compile(r"Low Back", re.IGNORECASE), "Low Back Complaints"),
    (re.compile(r"Knee", re.IGNORECASE), "Knee Complaints"),
    (re.compile(r"Ankle", re.IGNORECASE), "Ankle and Foot Complaints"),
    (re.compile(r"Stress[- ]Related", re.IGNORECASE), "Stress-Related Conditions"),
    (re.compile(r"Eye", re.IGNORECASE), "Eye"),
    (re.compile(r"General Approach", re.IGNORECASE), "General Approach"),
    (re.compile(r"Initial Approach", re.IGNORECASE), "Initial Approaches"),
    (re.compile(r"Cornerstones of Disability", re.IGNORECASE), "Cornerstones"),
    (re.compile(r"Initial Assessment", re.IGNORECASE), "General Approach"),
)
"""How a citation of the schedule begins, and the part of the schedule it is."""
_ODG_CHAPTERS = (
    (re.compile(r"Low Back|Lumbar", re.IGNORECASE), "Low Back"),
    (re.compile(r"Neck", re.IGNORECASE), "Neck and Upper Back"),
    (re.compile(r"Knee", re.IGNORECASE), "Knee and Leg"),
    (re.compile(r"Shoulder", re.IGNORECASE), "Shoulder"),
    (re.compile(r"Ankle", re.IGNORECASE), "Ankle and Foot"),
    (re.compile(r"Carpal Tunnel", re.IGNORECASE), "Carpal Tunnel Syndrome"),
    (re.compile(r"Forearm|Wrist", re.IGNORECASE), "Forearm, Wrist, and Hand"),
    (re.compile(r"Elbow", re.IGNORECASE), "Elbow"),
    (re.compile(r"Hip", re.IGNORECASE), "Hip and Pelvis"),
    (re.compile(r"Mental", re.IGNORECASE), "Mental Illness and Stress"),
    (re.compile(r"Head\b", re.IGNORECASE), "Head"),
    (re.compile(r"Hernia", re.IGNORECASE), "Hernia"),
    (re.compile(r"Diabetes", re.IGNORECASE), "Diabetes"),
    (re.compile(r"Pulmonary", re.IGNORECASE), "Pulmonary"),
    (re.compile(r"Infectious", re.IGNORECASE), "Infectious Diseases"),
    (re.compile(r"Burns", re.IGNORECASE), "Burns"),
    (re.compile(r"Eye\b", re.IGNORECASE), "Eye"),
    (re.compile(r"Fitness", re.IGNORECASE), "Fitness for Duty"),
    (re.compile(r"Pain\b", re.IGNORECASE), "Pain"),
)
"""A word of each chapter's name; the first chapter that is named counts, pain last of all."""
_ODG = re.compile(r"Official Disability Guidelines \(ODG\),?\s*")
_ACOEM = re.compile(r"\bACOEM\b|American College of Occupational", re.IGNORECASE)


def guideline_names(line: GuidelineLine) -> tuple[str, ...]:
    """The guidelines a line cites, each once, in its order."""
    return tuple(dict.fromkeys(_name(citation) for citation in line.citations))


def guideline_places(line: GuidelineLine) -> tuple[str, ...]:
    """The pages and sections a line cites.

    Pages after several guidelines in one statement are nobody's: it cannot be said whose they are.
    """
    sections = [place for citation in line.citations for place in _sections(citation)]
    return tuple(dict.fromkeys((*sections, *_pages(line.text))))


def _sections(citation: str) -> list[str]:
    _, *told = _SECTIONS.split(citation)
    sections = (section.strip(" ,") for part in told for section in _NEXT_SECTION.split(part))
    return [f"{_name(citation)}, {section[:_LONGEST]}" for section in sections if section]


@lru_cache(maxsize=16_384)
def _pages(text: str) -> tuple[str, ...]:
    """Pages by statement, since each has a guideline of its own."""
    places: list[str] = []
    told = CHAPTER_AFTER_PAGES.sub(". Decision based on MTUS ", text)
    for line in map(read_guideline, _STATEMENT.split(told)):
        names = guideline_names(line)
        if len(names) == 1:
            places += [f"{names[0]} p. {page}" for page in _spelled_out(line.pages)]
    return tuple(places)


def _spelled_out(ranges: tuple[tuple[int, int], ...]) -> list[int]:
    return [
        page
        for first, last in ranges
        if first <= last <= first + _MOST_PAGES
        for page in range(first, last + 1)
    ]


@lru_cache(maxsize=16_384)
def _name(citation: str) -> str:
    odg = _ODG.match(citation)
    if odg is not None:
        return _named("ODG", citation[odg.end() :], _ODG_CHAPTERS) or "ODG"
    if citation.startswith("MTUS"):
        whole = _SECTIONS.split(citation)[0]
        name = _named("MTUS", whole, _MTUS_PARTS)
        year = _YEAR.search(whole)
        return (f"{name} {year[0]}" if year else name) if name else whole[:_LONGEST]
    return "ACOEM" if _ACOEM.search(citation) else citation[:_LONGEST]


def _named(source: str, text: str, parts: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """The part of the source whose name stands first in the text; empty if none does."""
    found = [(match.start(), name) for word, name in parts if (match := word.search(text))]
    return f"{source} {min(found)[1]}" if found else ""
