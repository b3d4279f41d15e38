"""Compounded creams: several ingredients, each with its percentage, in one line."""

from __future__ import annotations

import re
from typing import NamedTuple

from openimr.model.ids import TopicId
from openimr.model.request import Request, RequestKind, Strength
from openimr.request.drug_amounts import plain, read_supply, strengths_in
from openimr.request.guarded import Guarded
from openimr.request.lexis import Lexis
from openimr.request.line import Line
from openimr.request.words import Hit

TOPIC = TopicId("topical-compound")
_PERCENT = re.compile(r"\s*[(:-]?\s*(\d*\.?\d+)\s*%")
_COMPOUNDED = Guarded(
    "compound topical",
    r"\bcompound(?:ed)?\b|\btopical\s+(?:cream|compound|analgesic|medication)s?\b",
)
_UNNAMED = "compounded topical"


class _Ingredient(NamedTuple):
    name: str
    percent: float | None
    start: int
    end: int


def read_compound(line: Line, lexis: Lexis) -> Request | None:
    """The request if the line asks for a compounded cream; None for any other drug line.

    Two ingredients of which one has a percentage make a compound, unless a product's name comes
    first (`Terocin patch (lidocaine 4%/menthol 4%)`).
    """
    compounded = _COMPOUNDED.search(line.text) is not None
    if not compounded and "%" not in line.text:
        return None
    if line.drugs and line.drugs[0].value.brand and not compounded:
        return None
    found = [_ingredient(line.text, hit) for hit in lexis.ingredients.find(line.words)]
    with_percent = [ingredient for ingredient in found if ingredient.percent is not None]
    if len(with_percent) < len(found) and (behind := _percents_behind(line.text, found)):
        # `Flurbiprofen/Menthol cream 20%/4%`: the percentages follow the names.
        found = with_percent = behind
    if len(found) >= 2 and with_percent:
        last = with_percent[-1].end
        return _request(line, [item for item in found if item.start < last], last, lexis)
    if compounded and len(found) != 1:
        return _request(line, found, found[-1].end if found else 0, lexis)
    return None


def ingredient_percents(line: Line, lexis: Lexis) -> list[float]:
    """The percentages of the ingredients that the line names, in its order."""
    if "%" not in line.text:
        return []
    found = [_ingredient(line.text, hit) for hit in lexis.ingredients.find(line.words)]
    return [ingredient.percent for ingredient in found if ingredient.percent is not None]


def _ingredient(line: str, hit: Hit[str]) -> _Ingredient:
    percent = _PERCENT.match(line, hit.end)
    if percent is None:
        return _Ingredient(hit.value, None, hit.start, hit.end)
    return _Ingredient(hit.value, float(percent[1]), hit.start, percent.end())


def _percents_behind(line: str, found: list[_Ingredient]) -> list[_Ingredient]:
    for written in strengths_in(line):
        if written.unit == "%" and len(written.values) == len(found):
            pairs = zip(found, written.values, strict=True)
            return [_Ingredient(one.name, value, one.start, written.end) for one, value in pairs]
    return []


def _request(line: Line, ingredients: list[_Ingredient], after: int, lexis: Lexis) -> Request:
    supply = read_supply(line.text[after:], bulk_allowed=True)
    percents = [item.percent for item in ingredients]
    known = [percent for percent in percents if percent is not None]
    complete = bool(known) and len(known) == len(percents)
    form = lexis.forms.first(line.words)
    notes = [*line.notes, *supply.ambiguities]
    if not ingredients:
        notes.append("ingredients absent")
    elif not complete:
        notes.append("strength of an ingredient absent")
    if supply.quantity is None:
        notes.append("quantity absent")
    return Request(
        text=line.written,
        kind=RequestKind.DRUG,
        topic_id=TOPIC,
        generic="/".join(item.name for item in ingredients) or _UNNAMED,
        strength=f"{'/'.join(plain(percent) for percent in known)} %" if complete else None,
        strengths=tuple(
            Strength(ingredient=item.name, value=item.percent, unit="%")
            for item in ingredients
            if item.percent is not None
        ),
        form=form.value if form else None,
        quantity=supply.quantity,
        refills=supply.refills,
        days_supply=supply.days,
        retrospective=line.retrospective,
        date_of_service=line.date_of_service,
        associated_surgical=line.context is not None,
        ambiguities=tuple(notes),
    )
