"""Everyone in the case file: the worker, and all the others around the claim. All invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openimr.synth.bank import data
from openimr.synth.case import Person
from openimr.synth.draw import Draw

_DOCTORS = (
    "doctor", "ur_doctor", "qme", "radiologist", "consultant", "old_doctor", "therapist_name",
    "nurse", "lawyer",
)  # fmt: skip
_PLACES = (
    "employer", "administrator", "ur_firm", "law_firm", "pharmacy", "laboratory", "imaging",
    "therapy", "clinic", "specialty", "town",
)  # fmt: skip
_AREAS = ("209", "310", "408", "530", "559", "619", "661", "714", "805", "909")


def draw_person(draw: Draw, decision: date, spec: dict[str, Any]) -> Person:
    """An invented worker; a spec may fix sex and dates."""
    people = data("people")
    female = spec["sex"] == "f" if "sex" in spec else draw.chance(0.5)
    injured = decision - timedelta(days=draw.between(500, 4800))
    born = decision - timedelta(days=draw.between(29 * 365, 63 * 365))
    return Person(
        first=draw.pick(people["first_f" if female else "first_m"]),
        middle=draw.pick("ABCDEFGHJKLMNPRSTW"),
        last=draw.pick(people["last"]),
        female=female,
        born=spec.get("born", born),
        injured=spec.get("injured", injured),
        job=draw.pick(people["job"]),
        mechanism=draw.pick(people["mechanism"]),
    )


def draw_places(draw: Draw) -> dict[str, str]:
    """Physicians, firms, addresses and numbers by the name that documents use for them."""
    people = data("people")
    count = len(_DOCTORS)
    firsts = draw.some(people["doctor_first"], count)
    lasts = draw.some(people["doctor_last"], count)
    drawn = {key: str(draw.pick(people[key])) for key in _PLACES}
    names = [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]
    drawn |= dict(zip(_DOCTORS, names, strict=True))
    drawn["degree"] = draw.pick(["MD", "MD", "DO", "M.D."])
    drawn["address"] = _address(draw, drawn["town"], ("St", "Ave", "Blvd", "Road"))
    drawn["home"] = _address(draw, draw.pick(people["town"]), ("Way", "Lane", "Ct", "Drive"))
    drawn["phone"] = f"{draw.pick(_AREAS)}-555-01{draw.between(10, 99)}"
    number = f"{draw.between(10, 99)}-{draw.between(100000, 999999)}"
    drawn["claim"] = draw.expand(f"<WC|CLM|0|A>{number}<|-001|W>")
    return drawn


def _address(draw: Draw, town: str, kinds: tuple[str, ...]) -> str:
    street = f"{draw.between(10, 9900)} {draw.pick(data('people')['street'])} {draw.pick(kinds)}"
    return f"{street}, {town}, CA 9{draw.between(1000, 6199)}"
