"""Drug facts that dose arithmetic and request lines need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from openimr.model.ids import TopicId


class FactorSet(StrEnum):
    """Which table a morphine-milligram-equivalent factor comes from; results name it."""

    CDC_2016 = "CDC 2016"
    CDC_2022 = "CDC 2022"


class OpioidAction(StrEnum):
    """How an opioid acts; NONE for every other drug."""

    FULL_AGONIST = "full_agonist"
    PARTIAL_OR_MIXED = "partial_or_mixed"
    ANTAGONIST = "antagonist"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One generic (or fixed combination) in one release form, with its brand names."""

    generic: str
    """`hydrocodone/acetaminophen`, `gabapentin ER`, `fentanyl transdermal`."""
    brands: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Other spellings charts use: `hydrocodone-apap`, `HCD/APAP`."""
    ingredients: tuple[str, ...] = ()
    """In the order in which strengths are written: `10/325`."""
    drug_class: str = ""
    groups: frozenset[str] = frozenset()
    """What rules ask of: opioid, er_opioid, benzodiazepine, muscle_relaxant, snri, nsaid ..."""
    forms: tuple[str, ...] = ()
    """Dose forms it comes in, the usual one first: tablet, capsule, patch."""
    strengths: tuple[str, ...] = ()
    topic: TopicId | None = None
    schedule: str = ""
    opioid_action: OpioidAction = OpioidAction.NONE
    mme_factors: Mapping[FactorSet, tuple[tuple[float, float], ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Per set, steps of (above this many mg a day, factor): methadone's factor grows with dose.

    The factor gives morphine milligram equivalents for one mg a day, or one mcg/hr of a patch.
    """
    mme_basis: str = ""
    """What the factor multiplies: `mg hydrocodone/day`, `mcg/hr`."""
    max_daily_mg: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Ceiling in mg a day by ingredient, where a source gives one."""
    max_daily_source: str = ""
    wear_hours: int | None = None
    """Hours one patch is worn, for patches."""
    doses_per_day: float | None = None
    """The usual highest label frequency, used only when no sig is written, and then said."""
    unverified: bool = False

    def mme_factor(self, factor_set: FactorSet, daily: float) -> float | None:
        """The factor for a daily amount (mg, or mcg/hr of a patch); None if the set has none."""
        steps = self.mme_factors.get(factor_set, ())
        steps = tuple(step for step in steps if daily > step[0] or step[0] == 0)
        return steps[-1][1] if steps else None

    @property
    def is_opioid(self) -> bool:
        """Whether it counts as an opioid analgesic."""
        return "opioid" in self.groups


class Formulary:
    """All drugs, found by any name a chart may use; names are matched without case."""

    __slots__ = ("_by_name", "_families", "ambiguous", "drugs", "guard")

    def __init__(
        self,
        drugs: tuple[Drug, ...],
        *,
        guard: frozenset[str] = frozenset(),
        ambiguous: frozenset[str] = frozenset(),
    ) -> None:
        self.drugs = drugs
        self.guard = guard
        """Case-folded words that look like a misspelled drug and are none."""
        self.ambiguous = ambiguous
        """Case-folded names that mean something else unless a dose or a list stands beside."""
        by_name: dict[str, Drug] = {}
        families: dict[tuple[str, ...], tuple[Drug, ...]] = {}
        for drug in drugs:
            for name in (drug.generic, *drug.brands, *drug.names):
                by_name.setdefault(name.casefold(), drug)
            families[drug.ingredients] = (*families.get(drug.ingredients, ()), drug)
        self._by_name: Mapping[str, Drug] = MappingProxyType(by_name)
        self._families: Mapping[tuple[str, ...], tuple[Drug, ...]] = MappingProxyType(families)

    def find(self, name: str) -> Drug | None:
        """The drug of exactly this name, without regard to case; None if there is none."""
        return self._by_name.get(name.casefold())

    def family(self, drug: Drug) -> tuple[Drug, ...]:
        """All release and dose forms of the same ingredients, in the formulary's order."""
        return self._families.get(drug.ingredients, (drug,))

    def names(self) -> tuple[str, ...]:
        """Every name, case-folded, for building a matcher."""
        return tuple(self._by_name)
