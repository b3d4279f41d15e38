"""The reviewer's line is about another part of the body, or is said to be silent and is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from openimr.model.hyphens import as_read
from openimr.model.problem import Place, Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item, follows_another
from openimr.qa.regions import regions_in
from openimr.qa.words import sentences

CHAPTER, SILENT = "OTHER-CHAPTER", "MTUS-NOT-SILENT"
_SAID_SILENT = re.compile(
    r"\b(?:MTUS|ACOEM)\b[^.;]{0,40}?\b(?:(?:is|are)\s+silent|(?:does|do)\s+not\s+address)"
    r"(?:\s+(?:on\s+)?(?:this|the\s+(?:current\s+)?request))?\s*(?:[.;]|$)",
    re.IGNORECASE,
)
"""Of the whole: `It does not address the cold therapy unit` may be so of a device."""


def _other_chapter(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """Every chapter that the line cites is of parts that the heading does not name."""
    chapters = scene.rules.chapters
    for item in letter.items:
        cited = [_chapter(one, chapters) for one in item.reviewer.citations if _is_schedule(one)]
        asked = regions_in(f"{item.heading} {' '.join(item.request.body_parts)}", scene.rules)
        if not cited or not asked or follows_another(item):
            continue
        of = [set(chapters[name]) for name in cited if name is not None]
        if len(of) == len(cited) and not any(one & asked for one in of):
            message = (
                f"the line cites the chapter on {' and '.join(name for name in cited if name)}; the"
                f" heading is about the {' and the '.join(sorted(asked))}"
            )
            yield of_item(
                CHAPTER,
                item,
                message,
                quote=as_read(item.reviewer.text),
                place=Place.GUIDELINE,
                against=item.heading,
            )


def _is_schedule(citation: str) -> bool:
    return citation.startswith("MTUS")


def _chapter(citation: str, chapters: Mapping[str, tuple[str, ...]]) -> str | None:
    """The chapter on a part of the body that is cited; None where it is another text."""
    cited = citation.lower().replace(",", "")
    return next((name for name in chapters if f"{name} complaints" in cited), None)


def _silent(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """`The MTUS is silent.` where the item's own line, or another item on the same, cites it."""
    for item in letter.items:
        for told in sentences(item.rationale):
            spoken = _speaks(item, letter, scene) if _SAID_SILENT.search(told.text) else None
            if spoken is not None:
                message, line = spoken
                yield of_item(SILENT, item, message, told=told, against=line)
                break


def _speaks(item: Item, letter: CheckedLetter, scene: Scene) -> tuple[str, str] | None:
    """Where the schedule is seen to speak, and the words that show it."""
    if item.reviewer.mtus:
        line = as_read(item.reviewer.text)
        return "it says that the schedule is silent, and the reviewer's line cites it", line
    topic = item.request.topic_id
    for other in letter.items:
        same = other.request.topic_id == topic and other.request.procedure == item.request.procedure
        if topic is not None and same and other.reviewer.mtus:
            line = as_read(other.reviewer.text)
            return f"it says that the schedule is silent, and item {other.index} cites it", line
    if topic in scene.mtus_addresses and item.claims.mtus:
        line = as_read(item.claims.text)
        return "it says that the schedule is silent, and the claims administrator cites it", line
    return None


CHECK_CHAPTER = Check(
    CHAPTER,
    "the guideline cited is about another part of the body",
    "Criteria of another part of the body cannot decide this item (8 CCR 9792.21(d)).",
    _other_chapter,
)
CHECK_SILENT = Check(
    SILENT,
    "the schedule is called silent, and the letter itself cites it",
    "MTUS comes first; another guideline may decide only where it is silent (8 CCR 9792.21.1).",
    _silent,
)
