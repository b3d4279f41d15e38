"""Function: what a person can do, with the treatment and without it.

A named activity or a measure counts as specific. `Difficulty with ADLs` is a deficit and no change;
`able to walk 20 minutes` with nothing to compare it with has no direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from openimr.extract.checkboxes import Mark
from openimr.extract.contexts import (
    Number,
    masked,
    says_without,
    speaks_of_medicine,
    with_contexts,
)
from openimr.extract.function_patterns import (
    ABLE,
    ABLE_TO_DO,
    ARROW,
    ASKED,
    ASKED_FUNCTION,
    BACK_TO,
    BETTER,
    CHANGE_NONE,
    CLAUSE,
    CREDITED,
    DESPITE,
    DOES_ON,
    EXAMPLE,
    EXAMPLE_LABEL,
    FORMERLY,
    FROM_TO,
    GAINED,
    GOAL,
    LISTED_WITH,
    MEASURE,
    MEDICINE,
    NO_ACTIVITY,
    NO_DIFFICULTY,
    NOTHING_NAMED,
    OF_WORK,
    OF_WORK_LIMITS,
    PAIN_TRIGGER,
    PERCENT,
    SAID_BESIDE,
    SAME,
    SECTIONS_OF_FUNCTION,
    THERAPY,
    TRIGGERS,
    UNABLE,
    UNABLE_TO_DO,
    VERSUS,
    WITH_SLASH,
    WORSE,
    N,
)
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number, tokenize
from openimr.model.evidence import Assertion
from openimr.model.ids import ConceptId

FUNCTION = ConceptId("functional_improvement")


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
    if gained is not None:
        value: dict[str, object] = {
            "direction": "better",
            "activities": (" ".join(gained["what"].split()),),
            "specific": True,
        }
        return [*readings, _reading(passage, *gained.span(), value, "function.gained")]
    example = EXAMPLE.search(passage.text) or _example_after(passage)
    if example is not None and not _is_refused(passage):
        named: dict[str, object] = {
            "direction": "better",
            "activities": (" ".join(example["what"].split()),),
            "specific": True,
        }
        shown = _reading(passage, *example.span(), named, "function.example")
        return [*readings, replace(shown, assertion=Assertion.PRESENT)]
    none = CHANGE_NONE.search(passage.text) or NOTHING_NAMED.search(passage.text)
    if none is not None:
        same: dict[str, object] = {"direction": "same"}
        return [*readings, _reading(passage, *none.span(), same, "function.none")]
    if stems.isdisjoint(passage.stems):
        return [*readings, *_unlisted(passage)]
    text = masked(passage)
    text = NO_ACTIVITY.sub(_blank, text)
    found = list(pattern.finditer(text))
    if not found:
        return [*readings, *_unlisted(passage)]
    if passage.section == "work_status" and not MEDICINE.search(text):
        return readings
    gain = _measured_gain(passage, text, found, activities)
    if gain is not None:
        return [*readings, gain]
    told = list(_by_direction(passage, text, found, activities))
    if not any(one.value.get("direction") in {"better", "worse", "same"} for one in told):
        told += _unlisted(passage)
    return [*readings, *told]


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
        yield _reading(passage, *beside.span(), told, "function.beside")
        return
    if GOAL.search(text) or not (MEDICINE.search(text) or speaks_of_medicine(text)):
        return
    clauses = list(_clauses(text))
    for start, end in clauses:
        clause = text[start:end]
        without, despite = says_without(clause), DESPITE.search(text) is not None
        unable = UNABLE_TO_DO.search(clause)
        able = ABLE_TO_DO.search(clause) or BACK_TO.search(clause) if unable is None else None
        found = unable or able
        if found is None or (able is not None and (without or despite)):
            continue
        if OF_WORK.search(found["what"]):  # Work is read as work.
            continue
        lets = able is not None and able.groupdict().get("lets") is not None
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
        yield _reading(passage, *span, value, f"function.unlisted.{direction}")
        return


def _name(found: re.Match[str], activities: tuple[str, ...]) -> str:
    index = int((found.lastgroup or "i0")[1:])
    return activities[index].split("|")[0].replace("~", " ")


def _percent(passage: Passage, text: str) -> Iterator[Reading]:
    for found in PERCENT.finditer(text):
        value = {
            "direction": "better",
            "specific": True,
            "percent": int(number(found["pct"] or found["pct2"]) or 0),
        }
        yield _reading(passage, *found.span(), value, "function.percent")


def _reading(
    passage: Passage, start: int, end: int, value: dict[str, object], rule: str
) -> Reading:
    return Reading(
        concept=FUNCTION,
        start=passage.start + start,
        end=passage.start + end,
        value=value,
        rule=rule,
        negatable=False,
    )


def _measured_gain(
    passage: Passage, text: str, found: list[re.Match[str]], activities: tuple[str, ...]
) -> Reading | None:
    """`from 10 to 30 minutes`, `30 minutes with medication and 10 without`."""
    change = FROM_TO.search(text) or ARROW.search(text)
    names = list(dict.fromkeys(_name(match, activities) for match in found))
    if change is not None:
        said = change.groupdict()
        before, after = _amount(said["a"]), _amount(said["b"] or said["b2"])
        unit = (said["u"] or said["ua"]).casefold()
        return _gain(
            passage,
            (min(found[0].start(), change.start()), change.end()),
            names,
            (before, after),
            unit,
        )
    slash = WITH_SLASH.search(text)
    if slash is not None:
        both = (_amount(slash["b"]), _amount(slash["a"]))
        ordered = both if slash["on"] else (both[1], both[0])
        span = (min(found[0].start(), slash.start()), slash.end())
        return _gain(passage, span, names, ordered, slash["u"].casefold())
    formerly = _formerly(text)
    if formerly is not None:
        span = (min(found[0].start(), formerly[0]), formerly[1])
        return _gain(passage, span, names, formerly[2], formerly[3])
    versus = VERSUS.search(text)
    if versus is not None and (MEDICINE.search(text) or says_without(text)):
        before, after = _amount(versus["without"]), _amount(versus["with"])
        span = (min(found[0].start(), versus.start()), versus.end())
        return _gain(passage, span, names, (before, after), versus["unit"].casefold())
    numbers = with_contexts(text, _measures(text))
    by_context = {n.context: n for n in numbers}
    with_, without = by_context.get("with_medication"), by_context.get("without_medication")
    if with_ is None or without is None:
        return None
    span = (min(found[0].start(), with_.start, without.start), max(with_.end, without.end))
    unit_found = MEASURE.search(text)
    unit = unit_found["unit"].casefold() if unit_found else ""
    return _gain(passage, span, names, (without.value, with_.value), unit)


_COULD = re.compile(
    rf"\bcould\s+(?:only\s+)?\w+\s+(?:for\s+|about\s+|only\s+)*(?P<a>{N})\s*-?\s*(?P<unit>min\w*|hours?|hrs?|blocks?|feet|miles?|lbs?|pounds?)"
    rf"[^;]{{0,60}}?[;,.]\s*(?:and\s+|but\s+)?(?:with|on|since|now|after)\b[^.;\d]{{0,60}}?\b(?P<b>{N})\b(?!\s*(?:mg|%|/))",
    re.IGNORECASE,
)
"""`He could sit for 10 minutes in January; with Duragesic he sits for 30.`"""


def _formerly(text: str) -> tuple[int, int, tuple[float, float], str] | None:
    found = _COULD.search(text)
    if found is None or "not" in found[0]:
        return None
    change = (_amount(found["a"]), _amount(found["b"]))
    return found.start(), found.end(), change, found["unit"].casefold()


def _gain(
    passage: Passage,
    span: tuple[int, int],
    names: list[str],
    change: tuple[float, float],
    unit: str,
) -> Reading:
    before, after = change
    direction = "better" if after > before else "worse" if after < before else "same"
    value: dict[str, object] = {
        "direction": direction,
        "activities": tuple(names),
        "specific": True,
        "before": f"{before:g} {unit}".strip(),
        "after": f"{after:g} {unit}".strip(),
    }
    return _reading(passage, *span, value, "function.measured")


def _measures(text: str) -> list[Number]:
    found = [Number(m.start(), m.end(), _amount(m["n"])) for m in MEASURE.finditer(text)]
    if len(found) != 1:
        return found
    rest = re.search(
        rf"(?<![\w/.#])(?P<n>{N})(?=\s*(?:without|w/o|before|with|w/|after|off|on|otherwise)\b)"
        rf"|\b(?:without|off|before|with|on|otherwise|then|now)\b[^.;\d]{{0,30}}?\b(?P<m>{N})(?=\s*(?:[.,;)]|$))",
        text,
        re.IGNORECASE,
    )
    if rest is not None and (rest.end() <= found[0].start or rest.start() >= found[0].end):
        said = "n" if rest["n"] else "m"
        found.append(Number(rest.start(said), rest.end(said), _amount(rest[said])))
    return found


def _amount(word: str) -> float:
    if word.casefold().startswith("half"):
        return 0.5
    return number(word) or 0.0


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
        names = tuple(dict.fromkeys(_name(match, activities) for match in matches))
        if set(names) <= {"sleep", "work"} and direction in {"deficit", None}:
            continue
        if set(names) == {"work"}:  # Work is no activity of daily life: it is read as work.
            continue
        value: dict[str, object] = {"activities": names, "specific": True}
        if direction is not None:
            value = {"direction": direction, **value}
        yield _reading(
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
    if LISTED_WITH.match(text) and medicine and not without:
        return True, "better"
    if OF_WORK_LIMITS.search(clause):
        return False, None
    despite = DESPITE.search(text) is not None
    unable = UNABLE.search(NO_DIFFICULTY.sub(_blank, clause))
    if unable is not None:
        return True, "better" if without and medicine and not despite else "deficit"
    if SAME.search(clause):
        return True, "same"
    if ABLE.search(clause):
        return True, _ability(clause, text, medicine=medicine, without=without)
    if DOES_ON.search(clause) and not without and not despite:
        return True, "better"
    if BETTER.search(clause) and _tied(clause):
        return True, "better"
    if WORSE.search(clause) and _tied(clause):
        return True, "worse"
    if GOAL.search(text) or FORMERLY.search(text):
        return True, None
    measured = MEASURE.search(clause) is not None and passage.section in SECTIONS_OF_FUNCTION
    return measured, None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _ability(clause: str, text: str, *, medicine: bool, without: bool) -> str | None:
    if BETTER.search(clause):
        return "better"
    if medicine and not without and not DESPITE.search(text):
        return "better"
    return None


def _tied(clause: str) -> bool:
    """Whether better or worse is said of doing something, not of pain or sleep in passing."""
    return (
        re.search(
            r"\b(?:toleran\w+|endurance|abilit\w+|capacity|distance|able|activit\w+|function\w*|distances?|"
            r"again|walk\w*|sit\w*|stand\w*|driv\w*|chores|housework|resum\w+|returned|back\s+to)\b",
            clause,
            re.IGNORECASE,
        )
        is not None
    )
