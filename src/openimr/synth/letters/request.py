"""What is asked for: a heading as reviewers print it, and the facts that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from openimr.model.prose import capital
from openimr.synth.letters.bank import data, variants
from openimr.synth.letters.dice import Dice, Weighted
from openimr.synth.letters.schedule import Schedule, draw_schedule

FactValue: TypeAlias = "str | int | float | bool | list[str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgedRequest:
    """One request of a letter."""

    line: str
    """As the heading prints it."""
    asked: str
    """As a sentence speaks of it."""
    group: str
    """Which guideline text belongs to it."""
    facts: Mapping[str, FactValue]
    """Named as the fields of a parsed request; only what the line states."""
    part: str = ""


@lru_cache
def _care(kind: str = "") -> Weighted[dict[str, Any]]:
    rows = [row for row in data("care") if kind in ("", row["kind"])]
    return Weighted(rows, [row["weight"] for row in rows])


@lru_cache
def _drugs() -> tuple[dict[str, Any], ...]:
    """The rows of the drug list."""
    rows = []
    for text in data("drugs"):
        generic, brand, strengths, counts, group = (part.strip() for part in text.split("|"))
        rows.append(
            {
                "generic": generic,
                "brand": brand,
                "strengths": [part.strip() for part in strengths.split(";")],
                "counts": [int(part) for part in counts.split(";")],
                "group": group,
            }
        )
    return tuple(rows)


@lru_cache
def _drug_texts() -> tuple[tuple[str, ...], ...]:
    """For each drug, as running text names it."""
    texts = []
    for row in _drugs():
        names = [row["brand"], row["generic"]] if row["brand"] else [row["generic"]]
        ends = [f" {strength}" for strength in row["strengths"] if strength] + [""]
        texts.append(tuple(name + end for name in names for end in ends))
    return tuple(texts)


def name_drug(dice: Dice) -> str:
    """A drug as a sentence of the summary names it."""
    texts = _drug_texts()
    return dice.pick(texts[dice.rank(len(texts))])


def draw_request(dice: Dice, denied: date) -> ForgedRequest:
    """One request: nearly half of them drugs, as in published letters."""
    request = draw_drug(dice, denied) if dice.chance(0.45) else draw_care(dice)
    return _modified(dice, request) if dice.chance(0.06) else request


def draw_drug(dice: Dice, denied: date) -> ForgedRequest:
    """A drug line in one of the many ways of writing it."""
    if dice.chance(0.04):
        return _compound(dice)
    row = _drugs()[dice.rank(len(_drugs()))]
    name, facts = _drug_name(dice, row)
    strength, count = dice.pick(row["strengths"]), dice.pick(row["counts"])
    facts["kind"] = "drug"
    if strength and not dice.chance(0.06):
        name += f" {strength}"
        facts["strength"] = _spaced(strength)
    if not dice.chance(0.1):
        name += dice.pick((" #", " #", " #", ", #", " quantity ")) + str(count)
        facts["quantity"] = count
        if dice.chance(0.15):
            refills = dice.between(1, 5)
            word = "refill" if refills == 1 else "refills"
            name += dice.pick((f" with {refills} {word}", f", {refills} {word}"))
            facts["refills"] = refills
    asked = name
    if dice.chance(0.07):
        name, facts = _for_the_past(dice, name, facts, denied)
    elif dice.chance(0.05):
        name = dice.pick(("1 prescription of ", "One prescription for ", "Prescription of ")) + name
    return ForgedRequest(
        line=name[0].upper() + name[1:], asked=asked, group=row["group"], facts=facts
    )


def _drug_name(dice: Dice, row: dict[str, Any]) -> tuple[str, dict[str, FactValue]]:
    facts: dict[str, FactValue] = {"generic": row["generic"]}
    generic = row["generic"].title() if "/" in row["generic"] else row["generic"].capitalize()
    if not row["brand"] or dice.chance(0.35):
        return generic, facts
    facts["brand"] = row["brand"]
    if dice.chance(0.2):
        return f"{generic} ({row['brand']})", facts
    return row["brand"], facts


def _for_the_past(
    dice: Dice, name: str, facts: dict[str, FactValue], denied: date
) -> tuple[str, dict[str, FactValue]]:
    facts["retrospective"] = True
    name = dice.pick(("Retrospective ", "Retro ", "Retrospective request for ")) + name
    if dice.chance(0.5):
        day = denied - timedelta(days=dice.between(10, 60))
        facts["date_of_service"] = day.isoformat()
        name += dice.pick((f" DOS: {day:%m/%d/%Y}", f" (DOS {day:%m/%d/%y})"))
    return name, facts


def _spaced(strength: str) -> str:
    """`10/325mg` as parsers write it: `10/325 mg`."""
    at = max(index for index, char in enumerate(strength) if char.isdigit()) + 1
    return f"{strength[:at]} {strength[at:]}"


_CREAMS = ("Flurbiprofen", "Baclofen", "Cyclobenzaprine", "Lidocaine", "Gabapentin", "Ketoprofen")


def _compound(dice: Dice) -> ForgedRequest:
    """A compounded cream of two to four ingredients."""
    parts = [f"{name} {dice.between(1, 20)}%" for name in dice.some(_CREAMS, dice.between(2, 4))]
    grams = dice.pick((30, 60, 120, 180, 240))
    line = "/".join(parts) + dice.pick((" cream", "", " compounded cream")) + f" {grams}gm"
    return ForgedRequest(line=line, asked=line, group="topical", facts={"kind": "drug"})


def draw_care(dice: Dice, kind: str = "") -> ForgedRequest:
    """A request for care that is no drug, of a kind where one is named."""
    row = _care(kind).draw(dice)
    part = dice.pick(row["parts"]) if row["parts"] else ""
    side = dice.pick(("left", "right", "right", "left", "bilateral")) if row.get("sided") else ""
    schedule = draw_schedule(dice, row.get("schedule", ""))
    template = dice.pick(variants(dice.pick(row["lines"])))
    words = {"part": part, "side": side, "when": schedule.text, "count": schedule.count}
    words |= {key.capitalize(): capital(value) for key, value in words.items()}
    words["hours"] = str(dice.between(2, 8))
    line = template.format_map(words)
    facts = _care_facts(row, template, schedule, part, side)
    asked = line if line[1:2].isupper() or line[0].isdigit() else line[0].lower() + line[1:]
    return ForgedRequest(line=line, asked=asked, group=row["group"], facts=facts, part=part)


def _care_facts(
    row: dict[str, Any], template: str, schedule: Schedule, part: str, side: str
) -> dict[str, FactValue]:
    """What the line states, and no more: a schedule that the template leaves out is no fact."""
    lowered = template.lower()
    facts: dict[str, FactValue] = {"kind": row["kind"]}
    if "{part}" in lowered:
        facts["body_parts"] = [part]
    if "{side}" in lowered:
        facts["laterality"] = side
    if "{when}" in lowered:
        facts |= schedule.facts
        if row["kind"] == "other":
            facts.pop("visits", None)  # hours of help at home are no visits
    elif "{count}" in lowered and row["kind"] == "therapy":
        facts["visits"] = int(schedule.count)
    return facts


def _modified(dice: Dice, request: ForgedRequest) -> ForgedRequest:
    """UR granted a part: the heading says what was asked, granted and left."""
    whole = int(str(request.facts.get("quantity") or request.facts.get("visits") or 0))
    if whole < 2 or "date_of_service" in request.facts or str(whole) not in request.line:
        return request
    granted = dice.between(1, whole - 1)
    field = "quantity" if "quantity" in request.facts else "visits"
    head, _, tail = request.line.rpartition(str(whole))
    if field == "visits" and "per_week" in request.facts:
        return request
    line = (
        f"{request.line} was the original request. {head}{granted}{tail} was authorized by the "
        "Claims Administrator. The remaining IMR eligible portion of the original request, "
        f"{head}{whole - granted}{tail}{dice.pick((' is', ' is', ''))}"
    )
    split = {"modified": True, "authorized_n": granted, "remaining_n": whole - granted}
    return replace(request, line=line, facts={**request.facts, **split})


def associated(dice: Dice) -> ForgedRequest:
    """A service that goes with an operation."""
    request = draw_care(dice, dice.pick(("dme", "lab", "therapy")))
    if request.line.startswith(("Pre", "Post")):
        return request
    return replace(
        request,
        line=f"Associated surgical service: {request.line}",
        facts={**request.facts, "associated_surgical": True},
    )
