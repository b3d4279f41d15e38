"""A line that asks for a drug: name, strength, form, quantity, refills, directions."""

from __future__ import annotations

import re
from typing import NamedTuple

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
from openimr.request.guarded import Guarded
from openimr.request.lexis import DrugName, Lexis, Row
from openimr.request.line import Line
from openimr.request.words import Hit, blanked

_EXTENDED = frozenset({"er", "xr", "sr", "cr", "xl", "la", "extended"})
_RELEASE = re.compile(r"\s*(ER|XR|SR|CR|XL)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[\s(-]{0,2}([A-Za-z]+)\b(?:[\s-]release\b)?\)?")
_WEANING = Guarded("wean taper", r"\bwean(?:ing|ed)?\b|\btaper(?:ing|ed)?\b")
_WEANING_TOPIC = TopicId("opioid-weaning")
_TAKEN = Guarded("take", r"\btake\s+\d+\s*mg")
_DELAYED = frozenset({"dr", "ec", "delayed"})
_MANY_UNITS = 180
"""More oral units than this in one fill are, more often than not, a typing error."""
_LARGE_GRAMS = 5
"""`1 g` is a tablet's strength, `100 g` a tube."""


class _Clues(NamedTuple):
    """What stands beside the name and tells the rows of one drug apart."""

    form: str | None
    release: str | None
    strength: Written | None
    written: str | None
    """The strength as the formulary writes it."""


def read_drug(line: Line, hits: list[Hit[DrugName]], lexis: Lexis) -> Request:
    """The request of a line whose drug is named at the first of these places."""
    first, text = hits[0], line.text
    name_end, release = _name_end(text, first.end, lexis.vocabulary.drug_words)
    amounts = strengths_in(text)
    sig = _sig(blanked(text, [hit.span for hit in hits]), amounts)
    strength = _strength(amounts, first, name_end, sig)
    form = _form(line, sig, lexis)
    if release is None and strength is not None and (after := _RELEASE.match(text, strength.end)):
        release = after[1].casefold()
    written = strength.text if strength else None
    drug, topic = _row(first.value, _Clues(form, release, strength, written), lexis)
    if strength is None:
        strength = bare_strength(text, name_end, (drug or first.value.drug).strengths)
    notes: list[str] = []
    if drug is not None and strength is not None:
        strength = _with_the_rate(drug, strength, notes)
    strength = _of_all_ingredients(line, drug, lexis) or strength
    spans = [hit.span for hit in hits if _same(hit, first)]
    spans += [(found.start, found.end) for found in (strength, sig) if found is not None]
    topical = form in lexis.vocabulary.drug_words.topical_forms
    liquid = form in ("suspension", "solution", "syrup", "powder")
    percent = strength is not None and strength.unit == "%"
    supply = read_supply(blanked(text, spans), bulk_allowed=topical or liquid or percent)
    written = strength.text if strength else None
    notes += supply.ambiguities
    notes += _doubts(drug, written, supply, has_sig=sig is not None)
    others = [hit.value.drug.generic for hit in hits if not _same(hit, first)]
    if others:
        notes.append("several drugs in one line: " + ", ".join(others))
    return Request(
        text=line.written,
        kind=RequestKind.DRUG,
        topic_id=_WEANING_TOPIC if topic and _WEANING.search(text) else topic,
        generic=drug.generic if drug else first.value.family,
        brand=_brand(text, hits, lexis),
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


def _row(name: DrugName, clues: _Clues, lexis: Lexis) -> tuple[Drug | None, TopicId | None]:
    """The formulary row that fits best, with its topic; of several only what they share."""
    kin = lexis.families.get(name.family or "", ())
    if len(kin) < 2:
        return name.drug, name.drug.topic
    topical = lexis.vocabulary.drug_words.topical_forms
    fits = [_fit(row, name, clues, topical) for row in kin]
    best = max(fits)
    winners = [row.drug for row, fit in zip(kin, fits, strict=True) if fit == best]
    if name.family_only and len(winners) > 1:
        topics = {drug.topic for drug in winners}
        return None, topics.pop() if len(topics) == 1 else None
    drug = name.drug if name.drug in winners else winners[0]
    return drug, drug.topic


def _fit(row: Row, name: DrugName, clues: _Clues, topical: frozenset[str]) -> int:
    """How well a row fits; the row that was named starts ahead."""
    is_named = row.drug is name.drug and not name.family_only
    score = 3 if is_named else 0
    if clues.form is not None:
        fits = clues.form in row.drug.forms or clues.form in row.words
        score += 4 if fits else 0
        score -= 4 if clues.form in topical and not (row.topical or fits) else 0
    if clues.strength is not None:
        score += 3 if (clues.strength.unit == "%") == row.topical else -3
        score += 2 if clues.written in row.drug.strengths else 0
        score += 1 if clues.strength.unit in row.units else 0
    if clues.release in _EXTENDED:
        score += 4 if "er" in row.words else 0
    elif "er" in row.words and not is_named:
        score -= 4
    if clues.release in _DELAYED:
        score += 2 if "dr" in row.words else 0
    return score


def _with_the_rate(drug: Drug, strength: Written, notes: list[str]) -> Written:
    """Patches that release by the hour are written `75 mcg`: read per hour, and say so."""
    by_the_hour = any(known.endswith("mcg/hr") for known in drug.strengths)
    if not by_the_hour or strength.unit not in ("mcg", "mg"):
        return strength
    if strength.unit == "mcg":
        notes.append("'mcg' without 'per hour' is read as mcg/hr")
        return strength._replace(unit="mcg/hr")
    return strength


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


def _same(hit: Hit[DrugName], first: Hit[DrugName]) -> bool:
    """Whether two names mean one drug: `diazepam (Valium)`."""
    one, other = hit.value, first.value
    return one.drug is other.drug or (one.family is not None and one.family == other.family)


def _brand(line: str, hits: list[Hit[DrugName]], lexis: Lexis) -> str | None:
    """The brand as written; in the formulary's spelling where the line is all of one case."""
    for hit in hits:
        written = line[hit.start : hit.end] if _same(hit, hits[0]) else ""
        name: DrugName | None = hit.value
        while written:
            brand = name is not None and name.brand
            if name and brand and name.drug.generic.casefold() != written.casefold():
                return _spelled(name, written, lexis)
            # `Narcan nasal spray`, `Oxycontin ER`: the brand is the part that is one alone.
            written = written.rpartition(" ")[0]
            name = lexis.drugs.get(written)
    return _brand_without_form(line, hits[0], lexis)


def _brand_without_form(line: str, hit: Hit[DrugName], lexis: Lexis) -> str | None:
    """`Terocin patches` and `Medrol 4 mg dose pack` name `Terocin patch` and `Medrol Dosepak`."""
    written = _bare(line[hit.start : hit.end], lexis)
    for brand in hit.value.drug.brands:
        if _bare(brand, lexis).casefold() == written.casefold():
            plain = written.isupper() or written.islower()
            return _bare(brand, lexis) if plain else written
    return None


def _bare(name: str, lexis: Lexis) -> str:
    """A product's name without the dose form at its end."""
    head, _, last = name.rpartition(" ")
    return head if head and lexis.forms.get(last) else name


def _spelled(name: DrugName, written: str, lexis: Lexis) -> str | None:
    known = next((b for b in name.drug.brands if b.casefold() == written.casefold()), written)
    head, _, last = known.rpartition(" ")
    if head and last in lexis.vocabulary.drug_words.forms:
        # `Terocin patch`: the form is not part of the brand; in `Voltaren Gel` it is.
        known, written = head, written[: len(head)]
    if known.casefold() == name.family:
        return None
    return known if written.isupper() or written.islower() else written


def _doubts(drug: Drug | None, strength: str | None, supply: Supply, *, has_sig: bool) -> list[str]:
    doubts = []
    if strength is None:
        doubts.append("strength absent")
    elif drug and drug.strengths and strength not in drug.strengths:
        doubts.append(f"strength {strength} is not one the formulary lists")
    if supply.quantity is None:
        doubts.append("quantity absent")
    elif supply.quantity > _MANY_UNITS and not supply.bulk:
        doubts.append(f"unusually large quantity: {supply.quantity:g}")
    if not has_sig:
        doubts.append("directions absent")
    return doubts
