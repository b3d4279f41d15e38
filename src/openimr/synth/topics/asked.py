"""Request lines of a topic: written ones, and tablets with doses around the topic's limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openimr.model.drug import Drug, Formulary
from openimr.model.request import Request, RequestKind, Strength
from openimr.model.rule import Criterion
from openimr.synth.bank import data
from openimr.synth.draw import Draw
from openimr.synth.topics.plan import Asked, Scope

SIGS: Mapping[float, tuple[str, str]] = {
    1: ("1 po qd", "one daily"),
    2: ("1 po bid", "one twice a day"),
    3: ("1 po tid", "one three times a day"),
    4: ("1 po qid", "one four times a day"),
    6: ("2 po tid", "two three times a day"),
    8: ("2 po qid", "two four times a day"),
}
"""Units a day to directions, short and spelled out."""
_TUPLES = ("body_parts", "levels")
_TABLETS = frozenset({"tablet", "capsule"})
_USUAL_DAYS = (30, 30, 30, 14, 10)
_MOST_TABLETS = 300


def can_be_asked(scope: Scope, formulary: Formulary) -> bool:
    """Whether the forge knows how to ask for the topic."""
    return scope.name in data("topic_requests") or bool(_tablets(scope, formulary))


def draw_request(scope: Scope, formulary: Formulary, draw: Draw) -> Asked:
    """One of the topic's lines."""
    written: Sequence[Mapping[str, Any]] = data("topic_requests").get(scope.name, ())
    if written:
        return _written(scope, formulary, draw.pick(written))
    return _tablet(scope, draw.pick(_tablets(scope, formulary)), draw)


def _written(scope: Scope, formulary: Formulary, entry: Mapping[str, Any]) -> Asked:
    told = {key: value for key, value in entry.items() if key not in ("line", "kind")}
    told |= {key: tuple(told[key]) for key in _TUPLES if key in told}
    if "strengths" in told:
        told["strengths"] = tuple(Strength(**each) for each in told["strengths"])
    request = Request(
        text=entry["line"], kind=RequestKind(entry["kind"]), topic_id=scope.topic.id, **told
    )
    drug = formulary.find(request.generic or "")
    name = request.brand or (drug.generic if drug else request.procedure or "")
    return Asked(line=request.text, request=request, drug=drug, name=name)


def _tablets(scope: Scope, formulary: Formulary) -> list[Drug]:
    found = [formulary.find(generic) for generic in scope.topic.generics]
    return [
        drug
        for drug in found
        if drug is not None
        and _TABLETS & set(drug.forms[:1])
        and drug.strengths
        and drug.topic == scope.topic.id
        and "Rx" not in drug.generic
    ]


def _tablet(scope: Scope, drug: Drug, draw: Draw) -> Asked:
    strength = draw.pick(drug.strengths)
    per_day = draw.pick(_doses(scope, drug, strength))
    days = draw.pick([*_USUAL_DAYS, *_limits(scope, ("days_supply", "asked_length"))])
    quantity = min(round(per_day * days), _MOST_TABLETS)
    branded = bool(drug.brands) and draw.chance(0.6)
    name = drug.brands[0] if branded else drug.generic
    text = draw.pick(["{n} {s} #{q}", "{n} {t} #{q}", "{n} {s}, quantity {q}"]).format(
        n=name[0].upper() + name[1:], s=strength, t=strength.replace(" ", ""), q=quantity
    )
    request = Request(
        text=text,
        kind=RequestKind.DRUG,
        topic_id=scope.topic.id,
        generic=drug.generic,
        brand=name if branded else None,
        strength=strength,
        strengths=_parts(drug, strength),
        quantity=quantity,
    )
    return Asked(line=text, request=request, drug=drug, per_day=per_day, name=name)


def _parts(drug: Drug, strength: str) -> tuple[Strength, ...]:
    amounts, _, unit = strength.partition(" ")
    return tuple(
        Strength(ingredient=ingredient, value=float(value), unit=unit)
        for ingredient, value in zip(drug.ingredients, amounts.split("/"), strict=False)
    )


def _doses(scope: Scope, drug: Drug, strength: str) -> list[float]:
    """Usual numbers of tablets, and those just under and above a limit of the daily dose."""
    usual = [1.0, 2.0, 3.0] if (drug.doses_per_day or 3) >= 3 else [1.0, 2.0]
    first = _parts(drug, strength)[0].value
    ceilings = [*_limits(scope, ("daily_dose",)), *drug.max_daily_mg.values()]
    near = [most // first + step for most in ceilings for step in (-1, 0, 1)]
    return usual + [units for units in near if units in SIGS]


def _limits(scope: Scope, tests: tuple[str, ...]) -> list[float]:
    """What the topic's limits allow, with one less and one more."""
    ceilings = [
        float(most)
        for criterion in scope.topic.criteria
        if criterion.test.name in tests and (most := _at_most(criterion))
    ]
    return [most + step for most in ceilings for step in (-1, 0, 1)]


def _at_most(criterion: Criterion) -> float | None:
    most = criterion.test.parameters.get("at_most")
    return most if isinstance(most, int | float) else None
