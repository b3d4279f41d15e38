"""The medication list of a topic's case: the requested drug, and drugs that stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openimr.model.request import RequestKind
from openimr.synth.draw import Draw
from openimr.synth.topics.asked import SIGS
from openimr.synth.topics.plan import Asked, PlannedFact, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the list."""

    name: str
    generic: str
    strength: str
    per_day: float
    quantity: float


BESIDE = (
    Entry(name="Naproxen", generic="naproxen", strength="550 mg", per_day=2, quantity=60),
    Entry(name="Ibuprofen", generic="ibuprofen", strength="800 mg", per_day=3, quantity=90),
    Entry(name="Prilosec", generic="omeprazole", strength="20 mg", per_day=1, quantity=30),
    Entry(name="Lisinopril", generic="lisinopril", strength="10 mg", per_day=1, quantity=30),
    Entry(name="Neurontin", generic="gabapentin", strength="300 mg", per_day=3, quantity=90),
    Entry(
        name="Norco",
        generic="hydrocodone/acetaminophen",
        strength="10/325 mg",
        per_day=3,
        quantity=90,
    ),
    Entry(name="Soma", generic="carisoprodol", strength="350 mg", per_day=3, quantity=90),
    Entry(name="Xanax", generic="alprazolam", strength="0.5 mg", per_day=2, quantity=60),
    Entry(name="Zoloft", generic="sertraline", strength="50 mg", per_day=1, quantity=30),
    Entry(name="Coumadin", generic="warfarin", strength="5 mg", per_day=1, quantity=30),
    Entry(
        name="Percocet",
        generic="oxycodone/acetaminophen",
        strength="10/325 mg",
        per_day=4,
        quantity=120,
    ),
)
"""What a worker's list may hold besides the requested drug."""


def requested(asked: Asked) -> Entry | None:
    """The requested drug as a list shows it; None for what is no drug with a strength."""
    request = asked.request
    if asked.drug is None or request.kind is not RequestKind.DRUG or not request.strength:
        return None
    return Entry(
        name=asked.name,
        generic=asked.drug.generic,
        strength=request.strength,
        per_day=asked.per_day,
        quantity=request.quantity or 0,
    )


def listed(entries: Sequence[Entry], visit: int, day: str, voice: str, draw: Draw) -> list[Told]:
    """The list at a visit."""
    return [
        Told(
            visit=visit,
            section="meds",
            text=_line(entry, voice, draw),
            facts=(_fact(entry, day),),
        )
        for entry in entries
    ]


def _line(entry: Entry, voice: str, draw: Draw) -> str:
    short, spelled = SIGS.get(entry.per_day, ("", ""))
    name = entry.name[0].upper() + entry.name[1:]
    count = f"{entry.quantity:g}"
    if voice == "full":
        return ", ".join(
            part for part in (f"{name} {entry.strength}", spelled, f"#{count}") if part
        )
    if voice == "form":
        return f"{name:<22} {entry.strength:<14} {short:<12} Qty {count}"
    strength = draw.pick([entry.strength, entry.strength.replace(" ", "")])
    return " ".join(part for part in (name, strength, short, f"#{count}") if part)


def _fact(entry: Entry, day: str) -> PlannedFact:
    return PlannedFact(
        concept="medication",
        value={
            "drug": entry.name, "generic": entry.generic, "strength": entry.strength,
            "per_day": entry.per_day or None, "quantity": entry.quantity or None,
            "status": "listed", "source": "list",
        },
        assertion="present",
        dated=day,
    )  # fmt: skip
