"""What fills the slots of a wording, and the dates that some of the slots give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from openimr.synth.calendar import slash
from openimr.synth.case import Person
from openimr.synth.draw import Draw
from openimr.synth.numbers import pronouns
from openimr.synth.topics.plan import Asked

_ROOTS: Mapping[str, tuple[str, str, str, str, str]] = {
    "L3-4": ("L4", "quadriceps", "knee", "medial shin", "lumbar"),
    "L4-5": ("L5", "EHL", "hamstring", "top of the foot", "lumbar"),
    "L5-S1": ("S1", "gastrocnemius", "ankle", "outer border of the foot", "lumbar"),
    "C5-6": ("C6", "biceps", "brachioradialis", "thumb", "cervical"),
    "C6-7": ("C7", "triceps", "triceps", "middle finger", "cervical"),
    "C7-T1": ("C8", "grip", "finger flexor", "little finger", "cervical"),
}
"""A disc and the root it touches: root, muscle, reflex, area of skin, part of the spine."""
_LUMBAR, _CERVICAL = ("L4-5", "L5-S1"), ("C5-6", "C6-7")
_ARMS = frozenset({"shoulder", "elbow", "wrist", "finger", "cervical spine", "upper extremity"})
_UPPER = frozenset({"cervical spine", "upper extremity", "trapezius"})
_REGIONS = {"lumbar spine": "low back", "cervical spine": "neck", "thoracic spine": "mid back"}
_REGIONS |= {"sacroiliac joint": "low back", "trapezius": "neck", "finger": "hand"}
DATED = ("opdate", "mridate", "testdate", "oldmonth", "oldmonth_recent", "oldyear")
"""Slots that tell when something was; a wording with one of them dates its facts."""


def part_of(asked: Asked) -> str:
    """The part of the body that the request names; empty where it names none."""
    return asked.request.body_parts[0] if asked.request.body_parts else ""


def region_of(asked: Asked) -> str:
    """As patients call it: `low back`, `right`-less `shoulder`."""
    part = part_of(asked)
    return _REGIONS.get(part, part) or "low back"


def case_slots(asked: Asked, person: Person, draw: Draw) -> dict[str, str]:
    """What stays the same through a case."""
    part = part_of(asked)
    side = asked.request.laterality
    side = side if side in ("left", "right") else draw.pick(["left", "right"])
    disc = _disc(asked, part, draw)
    root, muscle, reflex, skin, spine = _ROOTS[disc]
    limb = "arm" if part in _ARMS or spine == "cervical" else "leg"
    name, therapy = asked.name or "it", asked.request.procedure or "therapy"
    return pronouns(female=person.female) | {
        "side": side, "Side": side.capitalize(), "sd": side[0].upper(), "part": part or "knee",
        "region": region_of(asked), "spine": spine, "Spine": spine.capitalize(), "limb": limb,
        "disc": disc, "root": root, "muscle": muscle, "reflex": reflex, "derm": skin,
        "icd_root": "723.4" if spine == "cervical" else "724.4",
        "muscles": "trapezius" if part in _UPPER else "lumbar paraspinals",
        "drug": name, "Drug": name[0].upper() + name[1:], "generic": _generic(asked),
        "therapy": therapy, "Therapy": therapy[0].upper() + therapy[1:],
    }  # fmt: skip


def _generic(asked: Asked) -> str:
    return asked.drug.generic if asked.drug else ""


def _disc(asked: Asked, part: str, draw: Draw) -> str:
    """A disc of the requested levels, else one of the part."""
    named = [_short(level) for level in asked.request.levels]
    known = [level for level in named if level in _ROOTS]
    known += [disc for disc, row in _ROOTS.items() if row[0] in asked.request.levels]
    if known:
        return draw.pick(known)
    return draw.pick(_CERVICAL if part in _UPPER else _LUMBAR)


def _short(level: str) -> str:
    upper, _, lower = level.partition("-")
    return f"{upper}-{lower[1:]}" if lower[:1] == upper[:1] else level


def visit_slots(day: date, person: Person, draw: Draw) -> tuple[dict[str, str], dict[str, str]]:
    """Dates told at a visit, as written and in ISO."""
    flare = day - timedelta(days=draw.between(2, 5))
    operation = day - timedelta(days=draw.between(10, 70))
    study = day - timedelta(days=draw.between(30, 150))
    test = day - timedelta(days=draw.between(15, 80))
    month = day - timedelta(days=draw.between(200, 500))
    recent = day - timedelta(days=draw.between(40, 200))
    year = str(max(person.injured.year, day.year - draw.between(2, 6)))
    since = day - timedelta(days=draw.between(8, 500))
    written = {
        "flaredate": slash(flare), "opdate": slash(operation), "mridate": slash(study),
        "testdate": slash(test), "oldmonth": f"{month:%B %Y}", "oldyear": year,
        "oldmonth_recent": f"{recent:%B %Y}", "since": f"{since:%B %Y}",
    }  # fmt: skip
    iso = {
        "flaredate": flare.isoformat(), "opdate": operation.isoformat(),
        "mridate": study.isoformat(), "testdate": test.isoformat(),
        "oldmonth": f"{month:%Y-%m}", "oldyear": year, "oldmonth_recent": f"{recent:%Y-%m}",
        "since_iso": f"{since:%Y-%m}",
    }  # fmt: skip
    return written, iso
