"""Dose arithmetic, each step written out so that it can be checked on paper.

Unknown inputs give a range from the best to the worst case; the range is compared with a limit as
a whole, so that what is not known stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openimr.evaluate.wording import plain
from openimr.model.drug import Drug, FactorSet
from openimr.model.finding import Calculation, Value
from openimr.model.ids import FactId

MONTH = 30
"""Days for which a quantity is assumed to last where nothing says: the usual supply."""
_ROUNDING = 1e-6
_UNIT = re.compile(r"mcg/hr|mcg|mg|g\b")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Range:
    """From the best to the worst case; both the same where nothing is assumed."""

    low: float
    high: float

    def times(self, factor: float) -> Range:
        """Both ends multiplied."""
        return Range(self.low * factor, self.high * factor)

    def plus(self, other: Range) -> Range:
        """Both ends added."""
        return Range(self.low + other.low, self.high + other.high)

    def against(self, at_most: float) -> Value:
        """Within or exceeded if the whole range says so, else unknown."""
        # A third of a tablet does not make a dose exceed its ceiling by a rounding error.
        ceiling = at_most + _ROUNDING
        if self.high <= ceiling:
            return Value.WITHIN
        return Value.EXCEEDED if self.low > ceiling else Value.UNKNOWN

    @property
    def settled(self) -> float | None:
        """The amount where both cases agree, rounded as it is shown; None where they differ."""
        return round(self.high, 2) if abs(self.low - self.high) < _ROUNDING else None

    def __str__(self) -> str:
        """`50`, or `28 to 60` where it is not known."""
        if abs(self.low - self.high) < _ROUNDING:
            return plain(self.high)
        return f"{plain(self.low)} to {plain(self.high)}"


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What is known of a drug's use: strength, directions, quantity, and what had to be assumed."""

    drug: Drug
    strength: str | None = None
    per_day: float | None = None
    """Units a day at most, from the directions."""
    quantity: float | None = None
    refills: int = 0
    days: float | None = None
    """Days' supply, where the record states it."""
    inputs: tuple[FactId, ...] = ()

    def counted(self, count: float | Range) -> str:
        """Units with their number: `1 tablet`, `2.5 patches`."""
        form = self.drug.forms[0] if self.drug.forms else "unit"
        if count == 1:
            return f"1 {form}"
        number = str(count) if isinstance(count, Range) else plain(count)
        return f"{number} {form}{'es' if form.endswith('ch') else 's'}"

    @property
    def total(self) -> float | None:
        """Units with all refills."""
        return None if self.quantity is None else self.quantity * (1 + self.refills)


def strengths(drug: Drug, strength: str | None) -> dict[str, Range]:
    """Amount of each ingredient in a unit, as far as strength and formulary tell.

    >>> from openimr.model.drug import Drug
    >>> norco = Drug(generic="h/a", ingredients=("h", "a"), strengths=("10/300 mg", "10/325 mg"))
    >>> {name: str(amount) for name, amount in strengths(norco, "10").items()}
    {'h': '10', 'a': '300 to 325'}
    """
    names = drug.ingredients or (drug.generic,)
    written = amounts_written(strength)
    known = [
        numbers for known in drug.strengths if len(numbers := amounts_written(known)) == len(names)
    ]
    if len(written) == len(names):
        return {name: Range(value, value) for name, value in zip(names, written, strict=True)}
    fitting = [numbers for numbers in known if numbers[: len(written)] == written]
    if not fitting or (written and len(written) > len(names)):
        return {names[0]: Range(written[0], written[0])} if written else {}
    return {
        name: Range(min(n[place] for n in fitting), max(n[place] for n in fitting))
        for place, name in enumerate(names)
    }


def amounts_written(strength: str | None) -> tuple[float, ...]:
    """The numbers of a strength: (10, 325) of `10/325 mg`."""
    return tuple(float(found.replace(",", "")) for found in _NUMBER.findall(strength or ""))


def units_a_day(supply: Supply) -> tuple[Range, str, tuple[str, ...]] | None:
    """Units a day with the expression and its assumptions; None where nothing tells."""
    if supply.per_day is not None:
        return Range(supply.per_day, supply.per_day), supply.counted(supply.per_day), ()
    if supply.quantity is None:
        return None
    if supply.days:
        daily = supply.quantity / supply.days
        words = f"{supply.counted(supply.quantity)} / {plain(supply.days)} days"
        return Range(daily, daily), words, ()
    daily = supply.quantity / MONTH
    usual = supply.drug.doses_per_day
    ends = [daily] if usual is None else [daily, usual]
    count = supply.counted(supply.quantity)
    assumed = [f"no directions or days' supply written: {MONTH} days assumed for {count}"]
    if usual is not None:
        assumed.append(
            f"the usual highest label frequency, {plain(usual)} a day, as the other case"
        )
    span = Range(min(ends), max(ends))
    return span, supply.counted(span), tuple(assumed)


def daily_dose(supply: Supply, ingredient: str) -> tuple[Range, Calculation] | None:
    """Milligrams (or micrograms an hour of a patch) of an ingredient a day."""
    amount, daily = strengths(supply.drug, supply.strength).get(ingredient), units_a_day(supply)
    if amount is None or daily is None:
        return None
    units, words, assumed = daily
    dose = Range(units.low * amount.low, units.high * amount.high)
    unit = _unit(supply)
    if len(amounts_written(supply.strength)) < len(supply.drug.ingredients or ("",)):
        assumed += (f"strength of {ingredient} taken from the formulary: {amount} {unit}",)
    return dose, Calculation(
        name=f"daily dose of {ingredient}",
        expression=f"{words} x {amount} {unit} = {dose} {unit} a day",
        result=dose.settled,
        unit=f"{unit}/day",
        assumptions=assumed,
        inputs=supply.inputs,
    )


def _unit(supply: Supply) -> str:
    """The unit of a strength as written, else as the formulary has it."""
    for strength in (supply.strength or "", *supply.drug.strengths):
        found = _UNIT.search(strength.casefold())
        if found is not None:
            return found.group()
    return "mg"


def days_supply(supply: Supply) -> tuple[Range, Calculation] | None:
    """Days that the quantity lasts with all refills."""
    if supply.total is None:
        return None
    count = _count_in_words(supply)
    if supply.drug.wear_hours and supply.per_day is None:
        span = supply.total * supply.drug.wear_hours / 24
        words = f"{count} x {plain(supply.drug.wear_hours / 24)} days each"
        return _days(Range(span, span), words, (), supply)
    if supply.days:
        span = supply.days * (1 + supply.refills)
        return _days(
            Range(span, span), f"{plain(supply.days)} days x {1 + supply.refills} fills", (), supply
        )
    if supply.per_day:
        span = supply.total / supply.per_day
        return _days(Range(span, span), f"{count} / {plain(supply.per_day)} a day", (), supply)
    usual = supply.drug.doses_per_day or 1
    span_range = Range(supply.total / max(usual, 1), supply.total)
    frequency = f"{plain(usual)} a day (highest label frequency)"
    assumed = (
        (f"no directions written: from {frequency} to once daily",)
        if usual > 1
        else ("no directions written: once daily, the label frequency, assumed",)
    )
    words = f"{count} / {plain(usual)} a day" + (" to 1 a day" if usual > 1 else "")
    return _days(span_range, words, assumed, supply)


def _days(
    span: Range, words: str, assumed: tuple[str, ...], supply: Supply
) -> tuple[Range, Calculation]:
    return span, Calculation(
        name="days' supply",
        expression=f"{words} = {span} days",
        result=span.settled,
        unit="days",
        assumptions=assumed,
        inputs=supply.inputs,
    )


def _count_in_words(supply: Supply) -> str:
    quantity = supply.counted(supply.quantity or 0)
    if not supply.refills:
        return quantity
    return f"{quantity} x {1 + supply.refills} fills"


def wear_hours(supply: Supply) -> tuple[Range, Calculation] | None:
    """Hours that each patch is worn if the count lasts for the stated or usual time."""
    assumed: tuple[str, ...] = ()
    if supply.per_day:
        hours = 24 / supply.per_day
        words = f"24 hours / {plain(supply.per_day)} patches a day"
    elif supply.quantity:
        days = supply.days or MONTH
        hours = days * 24 / supply.quantity
        words = f"{plain(days)} days x 24 hours / {plain(supply.quantity)} patches"
        if not supply.days:
            assumed = (f"no directions or days' supply written: {MONTH} days assumed",)
    else:
        return None
    return Range(hours, hours), Calculation(
        name="patch wear",
        expression=f"{words} = {plain(hours)} hours a patch",
        result=round(hours, 2),
        unit="hours",
        assumptions=assumed,
        inputs=supply.inputs,
    )


def morphine_equivalent(
    supply: Supply, factor_set: FactorSet
) -> tuple[Range, tuple[Calculation, ...]] | None:
    """Morphine milligram equivalents a day of one opioid; None where dose or factor is unknown."""
    if supply.drug.mme_basis == "mcg/hr":
        return _patch_equivalent(supply, factor_set)
    ingredient = _factored_ingredient(supply.drug)
    dose = daily_dose(supply, ingredient)
    if dose is None:
        return None
    span, _ = dose
    low = supply.drug.mme_factor(factor_set, span.low)
    high = supply.drug.mme_factor(factor_set, span.high)
    if low is None or high is None:
        return None
    total = Range(span.low * low, span.high * high)
    factor = plain(high) if low == high else f"{plain(low)} to {plain(high)}"
    words = f"{span} {_unit(supply)} {ingredient} x {factor} = {total} mg morphine equivalent a day"
    return total, (_equivalent(words, total, dose[1].assumptions, factor_set, supply),)


def _factored_ingredient(drug: Drug) -> str:
    """The opioid of a combination: the ingredient that the factor's basis names."""
    named = [name for name in drug.ingredients if name in drug.mme_basis]
    return named[0] if named else (drug.ingredients or (drug.generic,))[0]


def _patch_equivalent(
    supply: Supply, factor_set: FactorSet
) -> tuple[Range, tuple[Calculation, ...]] | None:
    """By rate, whatever the wear; and by count, since both are in use and may differ."""
    rate = strengths(supply.drug, supply.strength).get(
        (supply.drug.ingredients or (supply.drug.generic,))[0]
    )
    if rate is None or rate.low != rate.high:
        return None
    factor = supply.drug.mme_factor(factor_set, rate.high)
    if factor is None:
        return None
    total = rate.times(factor)
    words = f"{rate} mcg/hr x {plain(factor)} = {total} mg morphine equivalent a day (by rate)"
    steps = [_equivalent(words, total, (), factor_set, supply)]
    if supply.quantity and supply.drug.wear_hours:
        days = supply.days or MONTH
        per_patch = factor * supply.drug.wear_hours / 24
        counted = rate.times(supply.quantity / days * per_patch)
        words = (
            f"{rate} mcg/hr x {plain(supply.quantity)} patches / {plain(days)} days x "
            f"{plain(per_patch)} = {counted} mg morphine equivalent a day (by patches dispensed)"
        )
        assumed = () if supply.days else (f"{MONTH} days assumed for the quantity",)
        steps.append(_equivalent(words, counted, assumed, factor_set, supply))
    return total, tuple(steps)


def _equivalent(
    words: str, total: Range, assumed: tuple[str, ...], factor_set: FactorSet, supply: Supply
) -> Calculation:
    return Calculation(
        name=f"morphine milligram equivalents of {supply.drug.generic}",
        expression=words,
        result=total.settled,
        unit="mg/day",
        assumptions=assumed,
        factor_set=factor_set.value,
        inputs=supply.inputs,
    )


def summed(name: str, parts: Sequence[tuple[str, Range]], unit: str) -> tuple[Range, Calculation]:
    """A sum over several drugs, written out."""
    total = Range(sum(part.low for _, part in parts), sum(part.high for _, part in parts))
    words = " + ".join(f"{amount} ({label})" for label, amount in parts)
    return total, Calculation(
        name=name,
        expression=f"{words} = {total} {unit}",
        result=total.settled,
        unit=unit,
    )


def assumptions_of(steps: Iterable[Calculation]) -> tuple[str, ...]:
    """What all steps had to assume, each once."""
    return tuple(dict.fromkeys(word for step in steps for word in step.assumptions))
