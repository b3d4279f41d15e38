"""The value of every criterion of an item, from the hidden truth of the case.

Semantics follow the guideline digest: a warning-type advisory is `contradicted` when the danger
it names is present; silence is `not_documented` or `unknown`, never the opposite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openimr.synth.bank import data
from openimr.synth.case import OPIOID_TOPICS, CasePlan, Item, Rx


@dataclass(frozen=True, slots=True)
class Settled:
    """A value and the other values that a careful reader may defend."""

    value: str
    also: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Settled:
        """From the axis notation: `met, partial` is met, and partial can be defended."""
        first, *rest = [part.strip() for part in text.split(",")]
        return cls(first, tuple(rest))


def criteria_of(topic: str) -> list[str]:
    """The criterion ids of a topic, inherited ones last; none outside the rulebook."""
    topics = data("topics")
    own = list(topics.get(topic, []))
    return [*own, *topics["shared"]] if topic in OPIOID_TOPICS else own


def settle(plan: CasePlan, item: Item) -> dict[str, Settled]:
    """Every criterion of the item with its value."""
    ids = criteria_of(item.topic)
    found: dict[str, Settled] = {}
    for choice in plan.choices:
        if item.index not in choice.items:
            continue
        for criterion, text in data("axes")[choice.axis][choice.option]["values"].items():
            earlier, settled = found.get(criterion), Settled.read(text)
            if criterion in _ANY and earlier is not None:
                found[criterion] = settled if settled.value == "met" else earlier
            else:
                found[criterion] = _merge(earlier, settled)
    if item.rx is not None:
        found |= _TOPIC[item.topic](plan, item, item.rx)
        if "BUP-2" in found:
            found["BUP-2"] = _first_line(plan, found["BUP-2"])
        if item.topic in OPIOID_TOPICS:
            found |= _shared(plan, item, found)
            found |= _inherited(item.topic, found)
    return {criterion: found.get(criterion, Settled("not_documented")) for criterion in ids}


_ANY = ("DUL-1",)
"""Gates with alternatives that more than one axis can meet: one suffices."""
_STRENGTH = ("contradicted", "met", "present", "partial", "not_documented", "absent", "unknown")


def _merge(first: Settled | None, second: Settled) -> Settled:
    """The graver of two statements stands; where one affirms and one denies, both can be argued."""
    if first is None:
        return second
    chosen = min(first, second, key=lambda settled: _STRENGTH.index(settled.value))
    if {first.value, second.value} == {"met", "contradicted"}:
        return Settled(chosen.value, tuple(dict.fromkeys((*chosen.also, "conflicting", "partial"))))
    return chosen


def _limit(holds: bool, *, known: bool = True) -> Settled:  # noqa: FBT001 - it is the verdict
    value = "within" if holds else "exceeded"
    return Settled(value, () if known else ("unknown",))


def _danger(present: bool, *also: str) -> Settled:  # noqa: FBT001 - it is the verdict
    return Settled("contradicted", also) if present else Settled("met", ("not_documented",))


def morphine_equivalent(drugs: list[Rx]) -> float:
    """Milligrams a day; buprenorphine has no factor and is left out."""
    total = 0.0
    for drug in drugs:
        if "factor" in drug.product:
            total += (
                float(str(drug.product["mg"])) * drug.per_day * float(str(drug.product["factor"]))
            )
        elif drug.product.get("short") == "fentanyl":
            total += float(str(drug.product["mcg"])) * 2.4
    return total


def _shared(plan: CasePlan, item: Item, found: dict[str, Settled]) -> dict[str, Settled]:
    opioids = plan.taken("opioid")
    benefit = [found.get(name, Settled("")).value for name in ("OPI-1", "OPI-2", "OPI-3")]
    improved = benefit[0] == "met" and "met" in benefit[1:]
    total = morphine_equivalent(opioids)
    patch_only = all(drug.product["generic"] == "buprenorphine" for drug in opioids)
    return {
        "OPI-5": found.get("OPI-5", _behaviour(plan)),
        "OPI-7": _agreement(plan, found),
        "OPI-8": _prescriber(plan, found),
        "OPI-9": Settled("within", ("unknown",)) if patch_only else _limit(total <= 120),
        "OPI-11": found.get("OPI-11", _stop(benefit[1])),
        "OPI-12": Settled("present" if improved else "absent"),
        "OPI-13": _weaning(item, improved=improved),
        "OPI-16": _danger(
            _combination(plan),
            *(("met",) if _replaced(plan) and not plan.taken("benzo") else ()),
        ),
        "OPI-17": Settled("absent", ("unknown",)),
        "OPI-18": Settled("not_documented", ("met",)),
    }


def _behaviour(plan: CasePlan) -> Settled:
    taken_as_directed = plan.option("prescriber") == "stated"
    return Settled("not_documented", ("met", "partial") if taken_as_directed else ())


def _stop(function: str) -> Settled:
    also = ("unknown", "present") if function == "contradicted" else ("unknown",)
    return Settled("absent", also)


def _weaning(item: Item, *, improved: bool) -> Settled:
    if item.granted:
        return Settled("absent", ("unknown",))
    return Settled("present", ("absent", "unknown") if improved else ())


def _agreement(plan: CasePlan, found: dict[str, Settled]) -> Settled:
    if "OPI-7" in found:
        return found["OPI-7"]
    checked = plan.option("cures") in ("mention", "report")
    if plan.option("agreement") == "signed":
        return Settled("met", () if checked else ("partial",))
    return Settled("partial", ("met", "not_documented")) if checked else Settled("not_documented")


def _prescriber(plan: CasePlan, found: dict[str, Settled]) -> Settled:
    if "OPI-8" in found:
        return found["OPI-8"]
    if plan.option("cures") in ("mention", "report"):
        return Settled("partial", ("met", "not_documented"))
    return Settled("not_documented", ("partial", "met"))


def _combination(plan: CasePlan) -> bool:
    opioids = plan.taken("opioid")
    sedated = bool(plan.taken("benzo", "soma"))
    long_acting = sum(1 for drug in opioids if drug.product.get("long_acting"))
    patch = any(drug.product["generic"] == "buprenorphine" for drug in opioids)
    return sedated or long_acting > 1 or (patch and len(opioids) > 1)


def _inherited(topic: str, found: dict[str, Settled]) -> dict[str, Settled]:
    name = {"hydrocodone-apap": "HC-1", "buprenorphine-td": "BUP-3", "fentanyl-td": "FEN-4"}[topic]
    relief = found["OPI-1"].value
    function = found.get("OPI-2", Settled("not_documented")).value
    if found.get("OPI-3", Settled("")).value == "met":
        function = "met"
    pair = (relief, function)
    for value in ("contradicted", "not_documented", "partial"):
        if value in pair:
            return {
                name: Settled(
                    value, tuple(v for v in _ORDER if v != value and v in (*pair, "partial"))
                )
            }
    return {name: Settled("met")}


_ORDER = ("contradicted", "not_documented", "partial")


def _hydrocodone(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    del plan, item
    known = bool(rx.sig)
    return {
        "HC-2": _limit(rx.per_day * float(str(rx.product["mg"])) <= 60, known=known),
        "HC-3": _limit(rx.per_day * float(str(rx.product["apap"])) <= 4000, known=known),
    }


def _buprenorphine(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    other = len(plan.taken("opioid")) > 1
    granted = Settled("present") if item.granted else Settled("absent", ("unknown",))
    return {"BUP-4": _limit(rx.quantity * 7 <= 84), "BUP-5": _danger(other), "BUP-6": granted}


def _first_line(plan: CasePlan, settled: Settled) -> Settled:
    """A tricyclic or gabapentin that failed is a first-line drug, whatever item it is told for."""
    told = plan.option("tricyclic") in ("failed", "contra") or plan.option("immediate") == "failed"
    return Settled(settled.value, (*settled.also, "met")) if told else settled


def _fentanyl(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    del item
    opioids = plan.taken("opioid")
    second = sum(1 for drug in opioids if drug.product.get("long_acting")) > 1
    return {
        "FEN-5": _limit(rx.quantity <= 10),
        "FEN-6": _limit(morphine_equivalent(opioids) <= 120),
        "FEN-7": _danger(second),
    }


def _first_use(plan: CasePlan, item: Item, rx: Rx) -> Settled:
    if plan.option("nerve_response", item.index) == "start":
        return Settled("present")
    if rx.since is not None and plan.lists_before:
        return Settled("absent")
    return Settled("unknown", ("absent",))


def _duloxetine(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    daily = float(str(rx.product["mg"])) * rx.per_day
    chronic = plan.region["region"] == "low back"
    return {
        "DUL-3": _limit(daily <= 60) if rx.sig else Settled("within", ("unknown",)),
        "DUL-5": _first_use(plan, item, rx),
        "DUL-7": _limit(rx.days <= 90 and rx.quantity <= 180),
        "DUL-8": Settled(
            "met" if chronic else "not_documented", ("not_documented", "met", "partial")
        ),
    }


def _gabapentin(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    daily = float(str(rx.product["mg"])) * rx.per_day
    return {
        "GBP-4": _limit(daily <= 1800, known=bool(rx.sig)),
        "GBP-6": _first_use(plan, item, rx),
        "GBP-7": Settled("not_documented", ("met",)),
    }


def _cyclobenzaprine(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    del item
    others = [drug for drug in plan.drugs if drug.key != rx.key]
    added = any(drug.kind in ("opioid", "benzo", "soma", "aed", "snri") for drug in others)
    return {
        "CBP-2": _limit(rx.days <= 21, known=bool(rx.sig)),
        "CBP-5": _danger(added),
        "CBP-6": _limit(float(str(rx.product["mg"])) * rx.per_day <= 30, known=bool(rx.sig)),
        "CBP-7": Settled("contradicted")
        if plan.taken("snri")
        else Settled("not_documented", ("met",)),
    }


def _methocarbamol(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    del item
    sedated, opioid = plan.taken("benzo", "soma"), plan.taken("opioid")
    some = ("partial", "not_documented")
    doubt: tuple[str, ...] = () if sedated and opioid else some
    if _replaced(plan) and not opioid and not plan.taken("benzo"):
        doubt = (*some, "met")
    return {
        "MTH-3": _limit(rx.days <= 21, known=bool(rx.sig)),
        "MTH-4": _limit(rx.per_day * 750 <= 4500, known=bool(rx.sig)),
        "MTH-5": _danger(bool(sedated or opioid), *doubt),
    }


def _replaced(plan: CasePlan) -> bool:
    """Whether carisoprodol is stopped at the very visit: taken until today, and no longer."""
    return plan.option("relaxant_use") == "switch"


def _temazepam(plan: CasePlan, item: Item, rx: Rx) -> dict[str, Settled]:
    settled = {
        "TMZ-4": _limit(rx.days <= 28),
        "TMZ-5": _danger(
            bool(plan.taken("opioid", "soma")),
            *(("met",) if _replaced(plan) and not plan.taken("opioid") else ()),
        ),
    }
    if rx.days > 28:
        settled["TMZ-1"] = Settled("present")
    if item.granted:
        settled["TMZ-6"] = Settled("present", ("absent",))
    return settled


_TOPIC: dict[str, Callable[[CasePlan, Item, Rx], dict[str, Settled]]] = {
    "hydrocodone-apap": _hydrocodone,
    "buprenorphine-td": _buprenorphine,
    "fentanyl-td": _fentanyl,
    "duloxetine": _duloxetine,
    "gabapentin-er": _gabapentin,
    "cyclobenzaprine": _cyclobenzaprine,
    "methocarbamol": _methocarbamol,
    "temazepam": _temazepam,
}
