"""Function: what a person can do, with the treatment and without it.

A named activity or a measure counts as specific. `Difficulty with ADLs` is a deficit and no change;
`able to walk 20 minutes` with nothing to compare it with has no direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from openimr.extract.answers import Mark
from openimr.extract.contexts import (
    masked,
    says_without,
    speaks_of_medicine,
)
from openimr.extract.function_measures import (
    activity_name,
    function_reading,
    measured_gain,
    told_change,
)
from openimr.extract.function_patterns import (
    ABLE,
    ABLE_TO_DO,
    AGAIN,
    ASKED,
    ASKED_FUNCTION,
    BACK_TO,
    BETTER,
    BUT_NONE_WITHOUT,
    CHANGE_NONE,
    CLAUSE,
    COURSE,
    CREDITED,
    DESPITE,
    DOES_AFTER_IT,
    DOES_ON,
    DOING_NEAR,
    EXAMPLE,
    EXAMPLE_LABEL,
    FARTHER,
    FORMERLY,
    GAINED,
    GOAL,
    LISTED_WITH,
    MEASURE,
    MEDICINE,
    NEAR,
    NO_ACTIVITY,
    NO_DIFFICULTY,
    NOTHING_NAMED,
    OF_WORK,
    OF_WORK_LIMITS,
    PAIN_TRIGGER,
    PERCENT,
    PURPOSE,
    SAID_BESIDE,
    SAME,
    SECTIONS_OF_FUNCTION,
    THERAPY,
    TRIGGERS,
    UNABLE,
    UNABLE_TO_DO,
    WENT_FROM,
    WORSE,
)
from openimr.extract.function_times import read_change
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number, tokenize
from openimr.model.evidence import Assertion


@lru_cache(maxsize=4)
def _activity(listed: tuple[str, ...]) -> tuple[re.Pattern[str], frozenset[str]]:
    """One pattern for all activities, group `i3` the third entry, and their first stems."""
    first = frozenset(
        tokenize(way.replace("~", " ")).stems[0] for entry in listed for way in entry.split("|")
    )
    spaced = [entry.replace("~", r"\s+") for entry in listed]
    ways = "|".join(f"(?P<i{index}>{entry})" for index, entry in enumerate(spaced))
    return re.compile(rf"\b(?:{ways})(?:s|es|ed|ing)?\b(?!-)", re.IGNORECASE), first


def read_function(passage: Passage, activities: tuple[str, ...]) -> list[Reading]:
    """What a passage says of activities and their measures.

    Args:
        passage: to be read.
        activities: the lexicon's `activity` list, the name of each entry first.
    """
    pattern, stems = _activity(activities)
    readings = (
        list(_percent(passage, passage.text))
        if "%" in passage.stems or "percent" in passage.stems
        else []
    )
    gained = GAINED.search(passage.text)
    went = WENT_FROM.search(passage.text)
    named = gained or (went if went is not None and not _is_a_loss(went) else None)
    if named is not None:
        return [*readings, _named_gain(passage, named, "function.gained")]
    example = EXAMPLE.search(passage.text) or _example_after(passage)
    if example is not None and not _is_refused(passage):
        shown = _named_gain(passage, example, "function.example")
        return [*readings, replace(shown, assertion=Assertion.PRESENT)]
    none = CHANGE_NONE.search(passage.text) or NOTHING_NAMED.search(passage.text)
    if none is not None:
        same: dict[str, object] = {"direction": "same"}
        return [*readings, function_reading(passage, *none.span(), same, "function.none")]
    change = read_change(passage, masked(passage))
    if change is not None:
        return [*readings, told_change(passage, change)]
    if stems.isdisjoint(passage.stems):
        return [*readings, *_unlisted(passage)]
    text = ASKED.sub(_blank, masked(passage))
    text = NO_ACTIVITY.sub(_blank, text)
    found = list(pattern.finditer(text))
    if not found:
        return [*readings, *_unlisted(passage)]
    if passage.section == "work_status" and not MEDICINE.search(text):
        return readings
    gain = measured_gain(passage, text, found, activities)
    if gain is not None:
        return [*readings, gain]
    told = list(_by_direction(passage, text, found, activities))
    if not any(one.value.get("direction") in {"better", "worse", "same"} for one in told):
        told += _unlisted(passage)
    return [*readings, *told]


_AIDS = ("wheel", "scooter", "walker", "two", "crutch", "cane", "stick", "no ")
"""From most help to least."""


def _is_a_loss(went: re.Match[str]) -> bool:
    """Whether the aid that follows is more than the one before: `from a cane to a walker`."""
    before, after = (
        next((n for n, aid in enumerate(_AIDS) if aid in went[name].casefold()), None)
        for name in ("from", "what")
    )
    return before is not None and after is not None and after <= before


def _named_gain(passage: Passage, found: re.Match[str], rule: str) -> Reading:
    """A gain in the words of the chart, where no list knows the activity."""
    value: dict[str, object] = {
        "direction": "better",
        "activities": (" ".join(found["what"].split()),),
        "specific": True,
    }
    return function_reading(passage, *found.span(), value, rule)


def _example_after(passage: Passage) -> re.Match[str] | None:
    """`Example: ...` after a question about function that was answered with yes."""
    before = passage.before
    if before is None or not ASKED_FUNCTION.search(before.text) or _is_refused(before):
        return None
    return EXAMPLE_LABEL.match(passage.text)


def _is_refused(passage: Passage) -> bool:
    """Whether the boxes of a question stand at `no`, or at nothing."""
    boxes = [m for m in passage.source.marked if passage.start <= m.start < passage.end]
    return bool(boxes) and all(box.mark is not Mark.TICKED for box in boxes)


def _unlisted(passage: Passage) -> Iterator[Reading]:
    """An activity that the list does not name, where the words tie it to the medicine."""
    text = ASKED.sub(_blank, masked(passage))
    beside = SAID_BESIDE.match(text)
    if beside is not None:
        told: dict[str, object] = {
            "direction": "better" if beside["able"] else "deficit",
            "activities": (" ".join(beside["what"].split()),),
            "specific": True,
        }
        yield function_reading(passage, *beside.span(), told, "function.beside")
        return
    farther = FARTHER.search(text)
    if farther is not None and COURSE.search(text) and not GOAL.search(text):
        yield _named_gain(passage, farther, "function.farther")
        return
    if GOAL.search(text) or not (MEDICINE.search(text) or speaks_of_medicine(text)):
        return
    clauses = list(_clauses(text))
    for at, (start, end) in enumerate(clauses):
        clause = text[start:end]
        lacking = at > 0 and _tells_of_a_lack(text[slice(*clauses[at - 1])])
        without = says_without(clause) or (lacking and not speaks_of_medicine(clause))
        despite = DESPITE.search(text) is not None
        unable = UNABLE_TO_DO.search(clause)
        able = (
            ABLE_TO_DO.search(clause) or BACK_TO.search(clause) or AGAIN.search(clause)
            if unable is None
            else None
        )
        found = unable or able
        if found is None or (able is not None and (without or despite)):
            continue
        if OF_WORK.search(found["what"]):  # Work is read as work.
            continue
        lets = able is not None and able.groupdict().get("lets") is not None
        if lets and PURPOSE.search(clause[: found.start()]):
            continue
        tied = despite or without or lets or speaks_of_medicine(text)
        tied = tied or CREDITED.search(text) is not None
        if not tied:
            continue
        direction = "better" if able is not None or (without and not despite) else "deficit"
        value: dict[str, object] = {
            "direction": direction,
            "activities": (" ".join(found["what"].split()),),
            "specific": True,
        }
        span = (start + found.start(), start + found.end())
        yield function_reading(passage, *span, value, f"function.unlisted.{direction}")
        return


_WHEN = re.compile(r"\b(?:when|while|whenever|if|days?\s+that|days?)\b", re.IGNORECASE)


def _tells_of_a_lack(clause: str) -> bool:
    """Whether a clause sets the time of the next: `when he was without it four days, he`."""
    return _WHEN.search(clause) is not None and says_without(clause)


def _percent(passage: Passage, text: str) -> Iterator[Reading]:
    for found in PERCENT.finditer(text):
        value = {
            "direction": "better",
            "specific": True,
            "percent": int(number(found["pct"] or found["pct2"]) or 0),
        }
        yield function_reading(passage, *found.span(), value, "function.percent")


def _by_direction(
    passage: Passage, text: str, found: list[re.Match[str]], activities: tuple[str, ...]
) -> Iterator[Reading]:
    """One reading for each direction that the passage's clauses speak in."""
    groups: dict[str | None, list[re.Match[str]]] = {}
    for start, end in _clauses(text):
        inside = [match for match in found if start <= match.start() < end]
        if not inside:
            continue
        spoken, direction = _direction(passage, text, start, end, inside)
        if spoken:
            groups.setdefault(direction, []).extend(inside)
    for direction, matches in groups.items():
        names = tuple(dict.fromkeys(activity_name(match, activities) for match in matches))
        if set(names) <= {"sleep", "work"} and direction in {"deficit", None}:
            continue
        if set(names) == {"work"}:  # Work is no activity of daily life: it is read as work.
            continue
        value: dict[str, object] = {"activities": names, "specific": True}
        if direction is not None:
            value = {"direction": direction, **value}
        yield function_reading(
            passage,
            matches[0].start(),
            matches[-1].end(),
            value,
            f"function.{direction or 'ability'}",
        )


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for cut in CLAUSE.finditer(text):
        yield at, cut.start()
        at = cut.start() if not cut[0].strip(" ,;") or cut[0].strip(" ,;").isalpha() else cut.end()
    yield at, len(text)


def _direction(
    passage: Passage, text: str, start: int, end: int, inside: list[re.Match[str]]
) -> tuple[bool, str | None]:
    """Whether the clause speaks of function at all, and in which direction."""
    clause = text[start:end]
    head = text[start : inside[0].start()]
    if PAIN_TRIGGER.search(head) or TRIGGERS.search(clause):
        return False, None
    medicine = (
        MEDICINE.search(text) is not None
        or speaks_of_medicine(text)
        or THERAPY.search(text) is not None
    )
    without = says_without(clause)
    listed = LISTED_WITH.match(text) is not None and not without
    if medicine and (listed or BUT_NONE_WITHOUT.search(text)):
        return True, "better"
    if OF_WORK_LIMITS.search(clause):
        return False, None
    despite = DESPITE.search(text) is not None
    if _is_unable(clause, inside[-1].end() - start):
        return True, "better" if without and medicine and not despite else "deficit"
    if SAME.search(clause):
        return True, "same"
    if ABLE.search(clause):
        return True, _ability(clause, text, medicine=medicine, without=without)
    does = DOES_ON.search(clause) or _does_after_it(passage, text)
    if does and not without and not despite:
        return True, "better"
    for direction, change in (("better", BETTER), ("worse", WORSE)):
        if _tied(clause, change):
            return True, direction
    measured = MEASURE.search(clause) is not None and passage.section in SECTIONS_OF_FUNCTION
    told = GOAL.search(text) is not None or FORMERLY.search(text) is not None
    return measured or told, None


def _does_after_it(passage: Passage, text: str) -> bool:
    """Whether the sentence tells what is done after the medicine that the one before names."""
    before = passage.before
    named = before is not None and (bool(before.drugs) or MEDICINE.search(before.text) is not None)
    return named and DOES_AFTER_IT.search(text) is not None


def _is_unable(clause: str, last: int) -> bool:
    """Whether the activity that ends at `last` cannot be done.

    What somebody is unable to do comes after: `sat up in bed as he was unable to recline`.
    """
    unable = UNABLE.search(NO_DIFFICULTY.sub(_blank, clause))
    if unable is None:
        return False
    return not unable[0].casefold().endswith(" to") or unable.end() <= last


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _ability(clause: str, text: str, *, medicine: bool, without: bool) -> str | None:
    if BETTER.search(clause):
        return "better"
    if medicine and not without and not DESPITE.search(text):
        return "better"
    return None


def _tied(clause: str, change: re.Pattern[str]) -> bool:
    """Whether better or worse is said of doing something, not of pain or sleep in passing."""
    return any(
        DOING_NEAR.search(clause[max(0, found.start() - NEAR) : found.end() + NEAR])
        for found in change.finditer(clause)
    )
