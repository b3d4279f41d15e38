"""A line that asks for a drug: name, strength, form, quantity, refills, directions."""

from __future__ import annotations

import re

from openimr.model.drug import Drug
from openimr.model.ids import TopicId
from openimr.model.request import DrugWords, Request, RequestKind, Strength
from openimr.model.sig import Sig, parse_sig
from openimr.request.compound import ingredient_percents
from openimr.request.drug_amounts import (
    Supply,
    Written,
    bare_strength,
    read_supply,
    strengths_in,
)
from openimr.request.drug_brand import read_brand, same_drug
from openimr.request.drug_row import Clues, best_row
from openimr.request.guarded import Guarded
from openimr.request.lexis import DrugName, Lexis
from openimr.request.line import Line
from openimr.request.words import Hit, blanked

_RELEASE = re.compile(r"\s*(ER|XR|SR|CR|XL)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[\s(-]{0,2}([A-Za-z]+)\b(?:[\s-]release\b)?\)?")
_WEANING = Guarded("wean taper", r"\bwean(?:ing|ed)?\b|\btaper(?:ing|ed)?\b")
_WEANING_TOPIC = TopicId("opioid-weaning")
_TAKEN = Guarded("take", r"\btake\s+\d+\s*mg")
_MANY_UNITS = 180
"""More oral units than this in one fill are, more often than not, a typing error."""
_LIQUIDS = frozenset({"suspension", "solution", "syrup", "powder"})
_LARGE_GRAMS = 5
"""`1 g` is a tablet's strength, `100 g` a tube."""


def read_drug(line: Line, hits: list[Hit[DrugName]], lexis: Lexis) -> Request:
    """The request of a line whose drug is named at the first of these places."""
    first, text = hits[0], line.text
    name_end, release = _name_end(text, first.end, lexis.vocabulary.drug_words)
    amounts = strengths_in(text)
    sig = _sig(blanked(text, [hit.span for hit in hits]), amounts)
    form = _form(line, sig, lexis)
    strength = _strength(amounts, first, name_end, sig)
    clues = Clues(form, release or _release_behind(text, strength), strength)
    drug, topic = best_row(first.value, clues, lexis)
    if strength is None:
        strength = bare_strength(text, name_end, (drug or first.value.drug).strengths)
    notes: list[str] = []
    strength = _of_all_ingredients(line, drug, lexis) or _with_the_rate(drug, strength, notes)
    supply = _supply(text, hits, (strength, sig), bulk=_is_bulk(form, strength, lexis))
    written = strength.text if strength else None
    notes += [*supply.ambiguities, *_doubts(drug, written, supply, sig), *_others(hits)]
    return Request(
        text=line.written,
        kind=RequestKind.DRUG,
        topic_id=_WEANING_TOPIC if topic and _WEANING.search(text) else topic,
        generic=drug.generic if drug else first.value.family,
        brand=read_brand(text, hits, lexis),
        strength=written,
        strengths=_by_ingredient(drug, strength),
        form=form,
        quantity=supply.quantity,
        refills=supply.refills,
        days_supply=supply.days,
        sig=text[sig.start : sig.end] if sig else None,
        units_per_dose=sig.units_per_dose if sig else None,
        doses_per_day=sig.doses_per_day if sig else None,
        retrospective=line.retrospective,
        date_of_service=line.date_of_service,
        associated_surgical=line.context is not None,
        ambiguities=(*line.notes, *notes),
    )


def _release_behind(line: str, strength: Written | None) -> str | None:
    found = _RELEASE.match(line, strength.end) if strength else None
    return found[1].casefold() if found else None


def _is_bulk(form: str | None, strength: Written | None, lexis: Lexis) -> bool:
    """Whether grams and millilitres can be the quantity: creams and liquids."""
    percent = strength is not None and strength.unit == "%"
    return percent or form in _LIQUIDS or form in lexis.vocabulary.drug_words.topical_forms


def _supply(
    line: str, hits: list[Hit[DrugName]], read: tuple[Written | Sig | None, ...], *, bulk: bool
) -> Supply:
    """Quantity, refills and days, in what is left of the line when all else was read."""
    spans = [hit.span for hit in hits if same_drug(hit, hits[0])]
    spans += [(found.start, found.end) for found in read if found is not None]
    return read_supply(blanked(line, spans), bulk_allowed=bulk)


def _others(hits: list[Hit[DrugName]]) -> list[str]:
    others = [hit.value.drug.generic for hit in hits if not same_drug(hit, hits[0])]
    return ["several drugs in one line: " + ", ".join(others)] if others else []


def _name_end(line: str, end: int, words: DrugWords) -> tuple[int, str | None]:
    """Where salts and release marks after the name end, and the release mark."""
    release: str | None = None
    while found := _NAME_WORD.match(line, end):
        written = found[1].casefold()
        if written in words.releases or written in ("extended", "delayed", "immediate"):
            release = written
        elif written not in words.salts:
            break
        end = found.end()
    return end, release


def _sig(line: str, amounts: list[Written]) -> Sig | None:
    """The directions, with amounts of strength not taken for doses."""
    doses = [found.span() for found in _TAKEN.all(line)]
    strengths = [
        found.span
        for found in amounts
        if found.unit != "units" and not any(a <= found.start < b for a, b in doses)
    ]
    return parse_sig(blanked(line, strengths))


def _strength(
    amounts: list[Written], name: Hit[DrugName], name_end: int, sig: Sig | None
) -> Written | None:
    """The amount after the name, else the one before it; never one of the directions."""
    found = [
        written
        for written in amounts
        if sig is None or not sig.start <= written.start < sig.end
        if not (written.unit == "g" and written.values[0] > _LARGE_GRAMS)
        if written.start >= name.start or written.end <= name.start
    ]
    after = [written for written in found if written.start >= name_end]
    return next(iter(after or found), None)


def _form(line: Line, sig: Sig | None, lexis: Lexis) -> str | None:
    """The dose form, if the line writes it; directions count last."""
    hits = lexis.forms.find(line.words)
    outside = [hit for hit in hits if sig is None or not sig.start <= hit.start < sig.end]
    return next((hit.value for hit in outside or hits), None)


def _with_the_rate(drug: Drug | None, strength: Written | None, notes: list[str]) -> Written | None:
    """Patches that release by the hour are written `75 mcg`: read per hour, and say so."""
    if drug is None or strength is None or strength.unit != "mcg":
        return strength
    if not any(known.endswith("mcg/hr") for known in drug.strengths):
        return strength
    notes.append("'mcg' without 'per hour' is read as mcg/hr")
    return strength._replace(unit="mcg/hr")


def _of_all_ingredients(line: Line, drug: Drug | None, lexis: Lexis) -> Written | None:
    """The strength of a product whose ingredients are spelled out: `(lidocaine 4%/menthol 4%)`."""
    percents = ingredient_percents(line, lexis)
    if drug is None or len(percents) < 2 or len(percents) != len(drug.ingredients):
        return None
    return Written(0, 0, tuple(percents), "%")


def _by_ingredient(drug: Drug | None, strength: Written | None) -> tuple[Strength, ...]:
    if drug is None or strength is None or len(drug.ingredients) != len(strength.values):
        return ()
    return tuple(
        Strength(ingredient=ingredient, value=value, unit=strength.unit)
        for ingredient, value in zip(drug.ingredients, strength.values, strict=True)
    )


def _doubts(drug: Drug | None, strength: str | None, supply: Supply, sig: Sig | None) -> list[str]:
    doubts = []
    if strength is None:
        doubts.append("strength absent")
    elif drug and drug.strengths and strength not in drug.strengths:
        doubts.append(f"strength {strength} is not one the formulary lists")
    if supply.quantity is None:
        doubts.append("quantity absent")
    elif supply.quantity > _MANY_UNITS and not supply.bulk:
        doubts.append(f"unusually large quantity: {supply.quantity:g}")
    if sig is None:
        doubts.append("directions absent")
    return doubts
