"""Function: what a person can do, with the treatment and without it.

A named activity or a measure counts as specific. `Difficulty with ADLs` is a deficit and no change;
`able to walk 20 minutes` with nothing to compare it with has no direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openimr.extract.contexts import (
    Number,
    masked,
    says_without,
    speaks_of_medicine,
    with_contexts,
)
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number, tokenize
from openimr.model.ids import ConceptId

FUNCTION = ConceptId("functional_improvement")
_N = r"(?:\d{1,3}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|half\s+an?)"
_UNIT = r"(?:min(?:ute)?s?\b|hours?\b|hrs?\b|blocks?\b|feet\b|ft\b|miles?\b|lbs?\b|pounds?\b)"
_MEASURE = re.compile(
    rf"(?<![\w/.#])(?P<n>{_N})(?:\s*(?:-|to)\s*{_N})?\s*-?\s*(?P<unit>{_UNIT})", re.IGNORECASE
)
_FROM_TO = re.compile(
    rf"\b(?:from|of)\s+(?:only\s+|about\s+)?(?P<a>{_N})\s*-?\s*(?P<ua>{_UNIT})?\s*(?:up\s+)?to\s+(?:about\s+)?(?P<b>{_N})\s*-?\s*(?P<u>{_UNIT})",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    rf"(?<![\w/.#])(?P<with>{_N})\s*-?\s*(?P<unit>{_UNIT})[^.;\d]{{0,30}}?\b(?:vs\.?|versus|instead\s+of|rather\s+than|"
    rf"compared\s+(?:to|with)|as\s+opposed\s+to|against)\s*(?:only\s+|about\s+|just\s+)?(?P<without>{_N})\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?P<pct>\b\d{1,3}|\b(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))\s*(?:%|percent)\s*(?:\w+\s+){0,2}?(?:improve\w*|increase|better|gain)?\s*(?:in|of)?\s*"
    r"(?:overall\s+|his\s+|her\s+|the\s+)?(?:function\w*|activit\w+|ADLs?|mobility)"
    r"|\b(?:function\w*|activit\w+|ADLs?|mobility)\b[^.;%]{0,40}?(?:\b(?:by|of|about|is|are|at)\s+)(?P<pct2>\d{1,3}|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\s*(?:%|percent)",
    re.IGNORECASE,
)
_UNABLE = re.compile(
    r"\b(?:unable\s+to|cannot|can(?:'|\u2019)?t|could\s+not|couldn.t|not\s+able\s+to|not\s+be\s+able\s+to|difficulty|difficult|trouble|limited|"
    r"needs?\s+(?:\S+\s+){0,3}?(?:help|assist\w*)|requires?\s+(?:\S+\s+){0,2}?(?:help|assist\w*)|barely|no\s+longer|"
    r"avoids?|hard\s+(?:for\s+(?:him|her)\s+)?to|struggles?|does\s+not|doesn.t|has\s+stopped|stopped|problems?\s+with|"
    r"done\s+by|would\s+be\s+(?:bedridden|unable|in\s+bed)|bedridden|bedbound|under\s+\d+\s+min|only)\b",
    re.IGNORECASE,
)
_ABLE = re.compile(
    r"\b(?:able\s+to|can(?!\s*not|'t|\u2019t)|allow(?:s|ed|ing)?|enabl(?:e|es|ed|ing)|lets?|helps?|helped|permits?|manages?\s+to|capable\s+of|"
    r"tolerates?|continues?\s+to|does\b(?!\s+not)|do\s+(?:his|her|some|the|light)|perform(?:s|ing)?|makes?\s+it\s+possible|keeps?|does\s+(?:her|his))\b",
    re.IGNORECASE,
)
_NOT_ABLE = re.compile(r"\b(?:not|un)\s*$|\bnot\s+(?:been\s+)?$", re.IGNORECASE)
_BETTER = re.compile(
    r"\b(?:improv\w+|increas\w+|better|longer|farther|further|(?:walk\w*|do|does|able\s+to\s+do)\s+more|(?:blocks?|minutes|hours|miles?|feet)\s+(?:more|longer|farther|further)|more\s+(?:walking|easily|housework|chores|active\w*)|resum\w+|returned\s+to|back\s+to|again|gain\w*|"
    r"now\s+(?:able|walks?|sits?|stands?|does|can))\b",
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(?:worse\w*|declin\w+|decreas\w+|deteriorat\w+|less|shorter|lost)\b", re.IGNORECASE
)
_SAME = re.compile(
    r"\b(?:unchanged|no\s+change|same|not\s+changed|no\s+better|no\s+gain)\b", re.IGNORECASE
)
_MEDICINE = re.compile(
    r"\b(?:med\w*|pills?|opioids?|narcotics?|analgesics?|patch|regimen|prescriptions?|drugs?|had\s+one|tablets?)\b",
    re.IGNORECASE,
)
_THERAPY = re.compile(
    r"\b(?:after|with|since|following|because\s+of|thanks\s+to)\s+(?:the\s+|her\s+|his\s+)?(?:physical\s+therapy|PT|therapy|acupuncture|"
    r"injections?|epidurals?|ESI|surgery|chiropractic|TENS|massage|program)\b",
    re.IGNORECASE,
)
_LISTED_WITH = re.compile(
    r"\W*(?:ADLs?|activities|function\w*|functional\s+status)[^:]{0,14}\b(?:with|on|w/)[^:]{0,24}:", re.IGNORECASE
)
"""`ADLs with medication: laundry, cooking`."""
_NO_DIFFICULTY = re.compile(
    r"\b(?:no|without|denies|not\s+have)\s+(?:\w+\s+)?(?:difficult\w*|trouble|problems?\s+with|limitations?)", re.IGNORECASE
)
_NO_ACTIVITY = re.compile(
    r"\bstraight\s+leg\s+lift|\b(?:toe|heel)\b[^.;]{0,14}\bwalk\w*|\bdressing\s+(?:was|were|is|changes?|placed|applied|clean|dry|over)"
    r"|\bsitting\s+(?:quietly|comfortably|position|up\s+in)|\bsame\s+sitting|\bscotty\s+dog|\b(?:does|did|do|don.t|doesn.t|didn.t)"
    r"\s+(?:not\s+)?work\b|\bwork\w*\s+(?:with|through|injur\w+|related|up|status|comp\w*|restrict\w*)|\blast\s+seen\s+standing|\bstanding\s+(?:position|films?|x-?rays?)"
    r"|\b(?:lost|long)[- ]standing|\bhair\s+(?:loss|growth|distribution)|\bcarry(?:ing)?\s+(?:a\s+)?diagnos\w+|\bgrip\s+(?:strength|function)|\boverhead\s+(?:light|page)",
    re.IGNORECASE,
)
"""Words of activities that are none: examination, surgery, work as a word of the claim."""
_FORMERLY = re.compile(
    r"\b(?:formerly|used\s+to|before\s+(?:the|his|her)\s+(?:injury|accident)|prior\s+to\s+(?:the|his|her)\s+(?:injury|accident)|"
    r"until\s+(?:he|she)\s+was\s+(?:hurt|injured))\b",
    re.IGNORECASE,
)
_GAINED = re.compile(
    r"\b(?:activit(?:y|ies)|function|ADLs?)\s+(?:re)?(?:gained|sumed|stored|improved|added)\b[^:\n]{0,30}:\s*(?P<what>[^\n]+)",
    re.IGNORECASE,
)
_GOAL = re.compile(r"^\W*(?:goals?|targets?|wants?)\b", re.IGNORECASE)
_DESPITE = re.compile(r"\b(?:despite|even\s+with|even\s+on|even\s+though)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r";|\bbut\b|\bwhile\b|\bwhereas\b|\bversus\b|\bvs\b\.?|\bcompared\s+(?:to|with)\b|\bas\s+opposed\s+to\b|\binstead\s+of\b"
    r"|,?\s+and\s+(?=(?:is|are|he|she|cannot|unable|not|has|needs|would)\b)|,\s+(?=(?:he|she|without|w/o|with|otherwise|now)\b)"
    r"|\.\s+(?=[A-Z])|\s+/\s+(?=\w+\s+\d)",
    re.IGNORECASE,
)
_PAIN_TRIGGER = re.compile(
    r"\b(?:worse|worsen\w*|aggravat\w+|increas\w+|provok\w+|exacerbat\w+|better|improv\w+|eas\w+|reliev\w+|due|pain)\s+"
    r"(?:\S+\s+){0,3}?(?:with|by|on|when|after|from|to|during)\s*(?:\S+\s*){0,6}$",
    re.IGNORECASE,
)
_TRIGGERS = re.compile(
    r"\b(?:makes?|made|aggravat\w+|worsens?|increases?|provok\w+|exacerbat\w+|relieves?|eases?|causes?)\s+"
    r"(?:it|(?:the|his|her|their)\s+(?:\w+\s+)?(?:pain|symptoms)|pain|symptoms|numbness)\b",
    re.IGNORECASE,
)
_SECTIONS_OF_FUNCTION = frozenset(
    {"adl", "work_status", "subjective", "interim_history", "opioid_monitoring", "history"}
)


@lru_cache(maxsize=4)
def _activity(listed: tuple[str, ...]) -> tuple[re.Pattern[str], frozenset[str]]:
    """One pattern for all activities, where group `i3` is the third entry, and their first stems."""
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
    gained = _GAINED.search(passage.text)
    if gained is not None:
        value: dict[str, object] = {
            "direction": "better",
            "activities": (" ".join(gained["what"].split()),),
            "specific": True,
        }
        return [*readings, _reading(passage, *gained.span(), value, "function.gained")]
    if stems.isdisjoint(passage.stems):
        return readings
    text = masked(passage)
    text = _NO_ACTIVITY.sub(_blank, text)
    found = list(pattern.finditer(text))
    if not found:
        return readings
    if passage.section == "work_status" and not _MEDICINE.search(text):
        return readings
    gain = _measured_gain(passage, text, found, activities)
    if gain is not None:
        return [*readings, gain]
    return [*readings, *_by_direction(passage, text, found, activities)]


def _name(found: re.Match[str], activities: tuple[str, ...]) -> str:
    index = int((found.lastgroup or "i0")[1:])
    return activities[index].split("|")[0].replace("~", " ")


def _percent(passage: Passage, text: str) -> Iterator[Reading]:
    for found in _PERCENT.finditer(text):
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
    change = _FROM_TO.search(text)
    names = list(dict.fromkeys(_name(match, activities) for match in found))
    if change is not None:
        before, after = _amount(change["a"]), _amount(change["b"])
        unit = change["u"].casefold()
        return _gain(
            passage,
            (min(found[0].start(), change.start()), change.end()),
            names,
            (before, after),
            unit,
        )
    versus = _VERSUS.search(text)
    if versus is not None and (_MEDICINE.search(text) or says_without(text)):
        before, after = _amount(versus["without"]), _amount(versus["with"])
        span = (min(found[0].start(), versus.start()), versus.end())
        return _gain(passage, span, names, (before, after), versus["unit"].casefold())
    numbers = with_contexts(text, _measures(text))
    by_context = {n.context: n for n in numbers}
    with_, without = by_context.get("with_medication"), by_context.get("without_medication")
    if with_ is None or without is None:
        return None
    span = (min(found[0].start(), with_.start, without.start), max(with_.end, without.end))
    unit_found = _MEASURE.search(text)
    unit = unit_found["unit"].casefold() if unit_found else ""
    return _gain(passage, span, names, (without.value, with_.value), unit)


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
    found = [Number(m.start(), m.end(), _amount(m["n"])) for m in _MEASURE.finditer(text)]
    if len(found) != 1:
        return found
    rest = re.search(
        rf"(?<![\w/.#])(?P<n>{_N})(?=\s*(?:without|w/o|before|with|w/|after|off|on|otherwise)\b)",
        text,
        re.IGNORECASE,
    )
    if rest is not None and (rest.end() <= found[0].start or rest.start() >= found[0].end):
        found.append(Number(rest.start(), rest.end(), _amount(rest["n"])))
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
    for cut in _CLAUSE.finditer(text):
        yield at, cut.start()
        at = cut.start() if not cut[0].strip(" ,;") or cut[0].strip(" ,;").isalpha() else cut.end()
    yield at, len(text)


def _direction(
    passage: Passage, text: str, start: int, end: int, inside: list[re.Match[str]]
) -> tuple[bool, str | None]:
    """Whether the clause speaks of function at all, and in which direction."""
    clause = text[start:end]
    head = text[start : inside[0].start()]
    if _PAIN_TRIGGER.search(head) or _TRIGGERS.search(clause):
        return False, None
    medicine = (
        _MEDICINE.search(text) is not None
        or speaks_of_medicine(text)
        or _THERAPY.search(text) is not None
    )
    without = says_without(clause)
    if _LISTED_WITH.match(text) and medicine and not without:
        return True, "better"
    unable = _UNABLE.search(_NO_DIFFICULTY.sub(_blank, clause))
    if unable is not None:
        return True, "better" if without and medicine else "deficit"
    if _SAME.search(clause):
        return True, "same"
    if _ABLE.search(clause):
        return True, _ability(clause, text, medicine=medicine, without=without)
    if _BETTER.search(clause) and _tied(clause, passage):
        return True, "better"
    if _WORSE.search(clause) and _tied(clause, passage):
        return True, "worse"
    if _GOAL.search(text) or _FORMERLY.search(text):
        return True, None
    measured = _MEASURE.search(clause) is not None and passage.section in _SECTIONS_OF_FUNCTION
    return measured, None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _ability(clause: str, text: str, *, medicine: bool, without: bool) -> str | None:
    if _BETTER.search(clause):
        return "better"
    if medicine and not without and not _DESPITE.search(text):
        return "better"
    return None


def _tied(clause: str, passage: Passage) -> bool:
    """Whether better or worse is said of doing something, not of pain or sleep in passing."""
    return (
        re.search(
            r"\b(?:toleran\w+|endurance|abilit\w+|capacity|distance|able|activit\w+|function\w*|distances?|"
            r"walk\w*|sit\w*|stand\w*|driv\w*|chores|housework|resum\w+|returned|back\s+to)\b",
            clause,
            re.IGNORECASE,
        )
        is not None
    )
