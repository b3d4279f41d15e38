"""Signs of a root or nerve: stretch tests, reflexes, muscles and feeling, by level and side.

    SLR: R neg, L pos at 50         straight leg raise, left
    The left ankle reflex is absent, the right 2+
    Dec pinprick over the right L5 dermatome
    Wrist extensors 4/5 on the right

A weak reflex that is the same on both sides is no loss; a raised leg that hurts the back alone is
no sign; a glove, a whole limb, a palm or what one nerve of the limb supplies follows no dermatome;
who gives way has no weak muscle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openimr.extract.examination_words import (
    FINDINGS,
    LEXER,
    NERVE_OF_A_LIMB,
    OF_A_ROOT,
    PLACES,
    SIGNS_OF_IT,
    SUBJECTS,
)
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number
from openimr.model.ids import ConceptId

SIGNS = ConceptId("radiculopathy_findings")
NEUROPATHIC = ConceptId("neuropathic_pain")
_NORMAL_COUNT = 2
_FULL = 5
_REACH = 4
"""How many words of the grammar a `no` reaches over."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the grammar: its kind and place in the passage."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Group:
    """What was tested, and the words that tell of it."""

    subjects: list[_Word]
    said: list[_Word] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """One finding of one side."""

    sign: str
    level: str
    side: str
    at: tuple[int, int]
    lost: bool = True
    of_a_root: bool = True
    """Whether feeling is lost where one root supplies the skin."""


def read_signs(passage: Passage) -> list[Reading]:
    """The signs that a passage of an examination gives, present or absent."""
    if SIGNS_OF_IT.isdisjoint(passage.stems):
        return []
    words = _words(passage.text)
    if not any(word.kind in SUBJECTS for word in words):
        return []
    if _NOTHING_WEAK.search(passage.before.text if passage.before is not None else ""):
        words = [word for word in words if word.kind != "grade"]
    found = [one for group in _groups(words) for one in _of_group(group, words)]
    return list(_readings(passage, found))


_NOTHING_WEAK = re.compile(
    r"\bno\s+(?:obvious|focal|true|real|definite|frank|gross|clear|demonstrable)\s+(?:motor\s+)?weakness\b",
    re.IGNORECASE,
)
"""What is graded after it is held back by pain: `no obvious weakness. About 4+/5 in the arms.`"""
_ALIKE = re.compile(
    r"\b(?:symmetric\w*|throughout|generali[sz]ed|diffuse\w*|global\w*|all|remaining|rest)\b",
    re.IGNORECASE,
)
"""Reflexes that are low everywhere are of no root: `hypoactive and symmetrical`."""


def _words(text: str) -> list[_Word]:
    words = [
        _Word(found.lastgroup or "", found[0], found.start(), found.end())
        for found in LEXER.finditer(text)
        if not _UNTICKED.search(text, 0, found.start())
    ]
    return _reflexes(words)


_UNTICKED = re.compile(r"(?:\[\s{0,3}\]|\(\s{1,3}\)|[\u2610\u25a1])\s?$")
"""`[ ]pos  [x]neg`: the word of an empty box says nothing."""


def _reflexes(words: list[_Word]) -> list[_Word]:
    """Muscles that are named for their reflex: `biceps and triceps reflexes`, `DTR: quad 2+`."""
    result = [_weak_calf(words, at) for at in range(len(words))]
    reflexes = False
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.kind == "muscle" and reflexes:
            result[at] = _Word("reflex", word.text, word.start, word.end)
        elif word.kind not in {"comma", "side"}:
            reflexes = word.kind == "reflex"
    after = False
    for at, word in enumerate(result):
        if word.kind == "reflex":
            after = True
        elif word.kind in {"stop", "motor", "grade", "sense"}:
            after = False
        elif word.kind == "muscle" and after:
            result[at] = _Word("reflex", word.text, word.start, word.end)
    return result


def _weak_calf(words: Sequence[_Word], at: int) -> _Word:
    """A calf is a muscle where it is weak, and else a place on the skin."""
    word, beside = (
        words[at],
        {one.kind for one in (*words[max(0, at - 1) : at], *words[at + 1 :][:1])},
    )
    if word.kind == "area" and word.text.casefold() == "calf" and beside & {"weak", "grade"}:
        return _Word("muscle", word.text, word.start, word.end)
    return word


def _groups(words: Sequence[_Word]) -> Iterator[_Group]:
    """Each thing tested with what is said of it; a clause without one speaks of the last."""
    last: _Group | None = None
    for clause in _clauses(words):
        groups = list(_of_clause(clause))
        kinds = {word.kind for word in clause}
        if not groups and last is not None and "side" in kinds and kinds & FINDINGS:
            last.said += [_Word("stop", ";", clause[0].start, clause[0].start), *clause]
        if groups:
            if last is not None:
                yield last
            yield from groups[:-1]
            last = groups[-1]
    if last is not None:
        yield last


def _clauses(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    clause: list[_Word] = []
    for word in words:
        if word.kind == "stop":
            if clause:
                yield clause
            clause = []
        else:
            clause.append(word)
    if clause:
        yield clause


def _of_clause(clause: Sequence[_Word]) -> Iterator[_Group]:
    at = [n for n, word in enumerate(clause) if word.kind in SUBJECTS]
    if not at:
        return
    groups = _runs(clause, at)
    findings = [n for n, word in enumerate(clause) if word.kind in FINDINGS]
    leads = bool(findings) and findings[0] < at[0]
    begin = 0
    for index, (first, last) in enumerate(groups):
        following = groups[index + 1][0] if index + 1 < len(groups) else len(clause)
        end = following
        if index + 1 < len(groups):
            end = _cut(clause, last + 1, following, leads=leads)
        subjects = [word for word in clause[first : last + 1] if word.kind in SUBJECTS]
        said = [*clause[begin:first], *(w for w in clause[first:end] if w.kind not in SUBJECTS)]
        yield _Group(subjects, said)
        begin = end


def _runs(clause: Sequence[_Word], at: Sequence[int]) -> list[tuple[int, int]]:
    """Things of one kind in a row, told of together: `dorsiflexion and EHL on the right`."""
    runs: list[tuple[int, int]] = []
    for n in at:
        if runs:
            first, last = runs[-1]
            between = clause[last + 1 : n]
            told = any(word.kind in FINDINGS for word in between)
            if clause[n].kind == "sense":  # `Sensory: dull to pin L C7`
                told = told and any(word.kind in PLACES or word.kind == "comma" for word in between)
            if clause[n].kind == clause[first].kind and not told:
                runs[-1] = (first, n)
                continue
        runs.append((n, n))
    return runs


def _cut(clause: Sequence[_Word], begin: int, end: int, *, leads: bool) -> int:
    """Where what is said of one thing ends before the next."""
    if leads:
        return next((n for n in range(begin, end) if clause[n].kind in FINDINGS), end)
    told = [n for n in range(begin, end) if clause[n].kind in FINDINGS]
    cut = end
    while cut > begin and (
        clause[cut - 1].kind in {"side", "no", "motor"}
        or (
            clause[cut - 1].kind in {"lost", "weak", "positive", "negative"}
            and told[:1] != [cut - 1]
        )
    ):
        cut -= 1
    return cut if any(n < cut for n in told) else end


def _of_group(group: _Group, words: Sequence[_Word]) -> Iterator[_Found]:
    kind = group.subjects[0].kind
    if kind in {"stretch", "spurling"}:
        yield from _tests(group, "Spurling" if kind == "spurling" else "straight leg raise")
    elif kind == "reflex":
        yield from _jerks(group)
    elif kind in {"muscle", "drop"}:
        if not any(word.kind == "giveway" for word in words):
            yield from _muscles(group)
    elif kind != "deep":  # vibration and position are lost in no dermatome
        yield from _feeling(group)


def _pairs(said: Sequence[_Word], kinds: frozenset[str]) -> list[tuple[_Word, str]]:
    """Each finding with its side: `R 2+, L 0`, `absent L, 2+ R`, `4/5 on the right`."""
    row = [word for word in said if word.kind == "side" or word.kind in kinds]
    sides_lead = bool(row) and row[0].kind == "side"
    pairs: list[tuple[_Word, str]] = []
    for at, word in enumerate(row):
        if word.kind == "side":
            continue
        near = row[:at][::-1] if sides_lead else row[at + 1 :]
        beside = near[0] if near and near[0].kind == "side" else None
        if beside is None and sum(one.kind != "side" for one in row) == 1:
            beside = next((one for one in row if one.kind == "side"), None)
        if beside is None and sides_lead:
            beside = next((one for one in near if one.kind == "side"), None)
        pairs.append((word, _side(beside)))
    return pairs


def _side(word: _Word | None) -> str:
    if word is None:
        return ""
    first = word.text[0].upper()
    return {"L": "left", "R": "right"}.get(first, "bilateral")


def _place(group: _Group, said: Sequence[_Word] = ()) -> tuple[int, int]:
    words = [*group.subjects, *said]
    return min(word.start for word in words), max(word.end for word in words)


def _denied(said: Sequence[_Word], at: int) -> bool:
    """Whether a `no` reaches the word: `without leg pain`, `no weakness`."""
    for word in reversed(said[max(0, at - _REACH) : at]):
        if word.kind in {"stop", "comma"} or (word.kind in FINDINGS and word.kind != "brings"):
            return False
        if word.kind == "no":
            return True
    return False


_RESULTS = frozenset({"positive", "negative"})
_IN_A_LIMB = frozenset({"limb", "area", "level"})


def _tests(group: _Group, sign: str) -> Iterator[_Found]:
    said = group.said
    limbs = [n for n, word in enumerate(said) if word.kind in _IN_A_LIMB]
    reaches = [n for n in limbs if not _denied(said, n)]
    local = any(word.kind == "local" for word in said)
    results = _pairs(said, _RESULTS)
    if not results:
        if limbs and (not reaches or not local):
            side = _side(next((word for word in said if word.kind == "side"), None))
            yield _Found(sign, "", side, _place(group, said), bool(reaches))
        return
    for word, side in results:
        positive = word.kind == "positive" and not _denied(said, said.index(word))
        if positive and local and not reaches:
            continue
        if positive and limbs and not reaches:
            positive = False
        yield _Found(sign, "", side, _place(group, [word]), positive)


_OF_REFLEX = frozenset({"count", "lost", "kept", "unobtained", "obtained"})


def _jerks(group: _Group) -> Iterator[_Found]:
    said = group.said
    graded = [
        (word, side, count)
        for word, side in _pairs(said, _OF_REFLEX)
        for side, count in _reflex_counts(word, side, said)
    ]
    told = [c for word, _, c in graded if not re.match(r"(?i)sym|equal|present", word.text)]
    normal = max(told, default=0) >= _NORMAL_COUNT
    for word, side, count in graded:
        weaker = count == 1 and normal and word.kind == "count" and side in {"left", "right"}
        if count == 0 or weaker:
            named = [
                s for s in group.subjects if not re.match(r"(?i)DTR|MSR|deep|muscle|reflex", s.text)
            ]
            level = re.sub(r"\s+", " ", named[0].text) if named else ""
            yield _Found("reflex loss", level, side, _place(group, [word]))


def _reflex_counts(word: _Word, side: str, said: Sequence[_Word]) -> Iterator[tuple[str, int]]:
    if word.kind == "count":
        digits = re.findall(r"\d", word.text)
        if len(digits) == 2 and digits[1] != "4":
            yield from (("right", int(digits[0])), ("left", int(digits[1])))
        else:
            yield side, int(digits[0])
    elif word.kind in {"lost", "unobtained"}:
        yield side, _NORMAL_COUNT if _denied(said, said.index(word)) else 0
    elif word.kind == "obtained":
        yield (
            side,
            0 if any(one.kind == "no" for one in said[: said.index(word)]) else _NORMAL_COUNT,
        )
    else:
        yield side, _NORMAL_COUNT


_OF_MUSCLE = frozenset({"grade", "weak", "lost", "kept"})


def _muscles(group: _Group) -> Iterator[_Found]:
    said, subject = group.said, group.subjects[0]
    if subject.kind == "drop":
        if not any(word.kind == "no" for word in said):
            side = _side(next((word for word in said if word.kind == "side"), None))
            yield _Found("weakness", subject.text, side, _place(group))
        return
    for word, side in _pairs(said, _OF_MUSCLE):
        if not _is_weak(word) or _denied(said, said.index(word)):
            continue
        if word.kind == "lost" and not any(one.kind == "motor" for one in said):
            continue
        level = " ".join(subject.text.split())
        yield _Found("weakness", level, side, _place(group, [word]))


def _is_weak(word: _Word) -> bool:
    if word.kind != "grade":
        return word.kind in {"weak", "lost"}
    figure = re.search(r"(?i)[0-5]|zero|one|two|three|four|five", word.text)
    return figure is not None and (number(figure[0]) or 0) < _FULL


_OF_NO_ROOT = re.compile(r"(?i)\b(?:palm|nerve)\b")


def _feeling(group: _Group) -> Iterator[_Found]:
    said = group.said
    if any(word.kind == "whole" for word in said):
        return
    own = group.subjects[0].kind in {"numb", "felt_not"}
    lost = [w for n, w in enumerate(said) if w.kind == "lost" and not _denied(said, n)]
    places = [w for w in said if w.kind in PLACES - {"side"}]
    if own and not (said and said[0].kind == "no"):
        lost = lost or [group.subjects[0]]
    if not lost or not places:
        return
    side = _side(next((word for word in said if word.kind == "side"), None))
    best = min(places, key=lambda word: ("level", "area", "limb").index(word.kind))
    told = (
        group.subjects[0].text.casefold() == "numbness"
    )  # felt by the patient, where it has a level
    if told and best.kind != "level":
        return
    side = side or next(
        (_side(_Word("side", w, 0, 0)) for w in re.findall(r"(?i)left|right", best.text)), ""
    )
    of_a_root = best.kind != "limb" and _OF_NO_ROOT.search(best.text) is None
    sign = "dermatomal sensory loss" if of_a_root and not told else "sensory loss"
    place = _place(group, [*lost, best])
    yield _Found(sign, " ".join(best.text.split()), side, place, of_a_root=of_a_root)


def _readings(passage: Passage, found: Sequence[_Found]) -> Iterator[Reading]:
    there = {one.sign for one in found if one.lost}
    seen: set[tuple[object, ...]] = set()
    text = passage.text
    of_a_nerve = NERVE_OF_A_LIMB.search(text) is not None and OF_A_ROOT.search(text) is None
    for one in found:
        if one.sign == "reflex loss" and not (one.level or one.side) and _ALIKE.search(text):
            continue
        key = (one.sign, one.level, one.side, one.lost)
        if key in seen or (not one.lost and one.sign in there):
            continue
        seen.add(key)
        if one.sign.endswith("sensory loss"):
            of_a_root = one.of_a_root and not of_a_nerve
            kind = "dermatomal_loss" if of_a_root else "sensory_loss"
            loss: dict[str, object] = {"kind": kind, "strength": "finding"}
            yield _reading(passage, NEUROPATHIC, one, loss | {"site": one.level})
            if one.sign == "sensory loss" or not of_a_root:
                continue
        value: dict[str, object] = {"sign": one.sign}
        value |= {key: said for key, said in (("level", one.level), ("side", one.side)) if said}
        yield _reading(passage, SIGNS, one, value)


def _reading(
    passage: Passage, concept: ConceptId, one: _Found, value: dict[str, object]
) -> Reading:
    start, end = one.at
    return Reading(
        concept=concept,
        start=passage.start + start,
        end=passage.start + end,
        value=value,
        rule=f"examination.{one.sign.replace(' ', '_')}",
        absent=not one.lost,
        negatable=False,
    )
