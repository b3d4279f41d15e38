"""Drawing a case: which drugs are disputed and what is true of each criterion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from openimr.synth.bank import data
from openimr.synth.calendar import draw_dates, long_date, slash
from openimr.synth.case import OPIOID_TOPICS, CasePlan, Choice, Dates, Item, Person
from openimr.synth.draw import Draw
from openimr.synth.identities import draw_person, draw_places
from openimr.synth.numbers import draw_numbers, pronouns
from openimr.synth.prescribing import fixed_drugs, random_drugs, with_other_items

_PRODUCTS = {
    "hydrocodone-apap": ("norco", "norco", "norco5"),
    "buprenorphine-td": ("butrans", "butrans20", "butrans5"),
    "fentanyl-td": ("duragesic25", "duragesic25", "duragesic50", "duragesic100"),
    "duloxetine": ("cymbalta60", "cymbalta30"),
    "gabapentin-er": ("gralise600",),
    "cyclobenzaprine": ("flexeril10", "flexeril10", "amrix15"),
    "methocarbamol": ("robaxin750",),
    "temazepam": ("restoril30", "restoril15"),
}
_ITEM_AXES = {
    "hydrocodone-apap": ("relief", "function"),
    "buprenorphine-td": ("relief", "function"),
    "fentanyl-td": ("relief", "function"),
    "duloxetine": ("nerve_response", "tricyclic", "liver", "mood"),
    "gabapentin-er": ("nerve_response", "immediate", "titration"),
    "cyclobenzaprine": ("flare", "relaxant_use"),
    "methocarbamol": ("flare", "relaxant_use"),
    "temazepam": ("hypnotic_use", "sleep", "safer", "taper"),
}
_DRUG_BY_DRUG = (
    "nerve_response",
    "immediate",
    "titration",
    "relaxant_use",
    "hypnotic_use",
    "safer",
    "taper",
)
_CASE_AXES = ("work", "nerve", "trials")
_OPIOID_AXES = (
    "adverse", "aberrant", "uds", "cures", "agreement", "prescriber", "instrument",
    "consult", "pattern", "tolerance", "stop",
)  # fmt: skip
_NERVE_PAIN = ("radiculopathy", "emg", "consult", "diabetic", "crps", "phn", "radicular_dx")
_NERVES = ("duloxetine", "gabapentin-er", "buprenorphine-td")
# Relief and function go together in charts: (relief options, function options).
_BENEFIT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "good": (
        ("paired", "percent", "elements", "paired_earlier", "nurse", "therapist", "recovered"),
        ("specific", "specific", "measured", "earlier", "phone", "therapist"),
    ),
    "pain_only": (("paired", "percent", "elements"), ("unchanged", "silent", "goal", "preinjury")),
    "function_only": (("single", "silent", "stale"), ("specific", "measured")),
    "regimen": (("regimen",), ("regimen", "regimen_percent", "silent")),
    "silent": (("single", "silent", "stale"), ("goal", "preinjury", "stale", "silent", "silent")),
    "bad": (("severe", "same", "none", "lost"), ("unchanged", "unable", "silent")),
}
_BENEFIT_WEIGHTS = {
    "good": 6,
    "pain_only": 1.5,
    "function_only": 1,
    "regimen": 2,
    "silent": 3,
    "bad": 3,
}


def draw_topics(draw: Draw) -> list[str]:
    """One to three different topics, at most one opioid and one relaxant among them."""
    groups = [
        OPIOID_TOPICS,
        ("duloxetine",),
        ("gabapentin-er",),
        ("cyclobenzaprine", "methocarbamol"),
        ("temazepam",),
    ]
    count = int(draw.weighted({"1": 3, "2": 4, "3": 2}))
    chosen = draw.some(groups, count)
    if OPIOID_TOPICS not in chosen and draw.chance(0.35):
        chosen[0] = OPIOID_TOPICS
    return [draw.pick(group) for group in chosen]


def draw_options(draw: Draw, topics: list[str]) -> dict[str, str]:
    """An option for every axis that the topics need, with plausible company."""
    axes = data("axes")
    names = [*_CASE_AXES, *(axis for topic in topics for axis in _ITEM_AXES[topic])]
    opioid = any(topic in OPIOID_TOPICS for topic in topics)
    if opioid:
        names += _OPIOID_AXES
    chosen = {
        name: draw.weighted({k: v["w"] for k, v in axes[name].items()})
        for name in dict.fromkeys(names)
    }
    if opioid:
        _settle_benefit(draw, chosen, topics)
    _settle_company(draw, chosen, topics)
    return chosen


def _settle_benefit(draw: Draw, chosen: dict[str, str], topics: list[str]) -> None:
    profile = draw.weighted(_BENEFIT_WEIGHTS)
    relief, function = _BENEFIT[profile]
    chosen["relief"], chosen["function"] = draw.pick(relief), draw.pick(function)
    if profile == "pain_only" and draw.chance(0.4):
        chosen["work"] = "with_drug"
    if profile == "good":
        chosen["work"] = draw.weighted({chosen["work"]: 2, "with_drug": 1})
        chosen["instrument"] = draw.weighted({"better": 1, "none": 2})
        chosen["stop"] = "none"
    if chosen["function"] == "unchanged":
        chosen["instrument"] = draw.weighted({"same": 1, "once": 1, "none": 2})
    if profile in ("good", "pain_only"):
        chosen["adverse"] = draw.weighted({chosen["adverse"]: 3, "none_stated": 2})
    if profile == "regimen" and "nerve_response" in chosen:
        chosen["nerve_response"] = "regimen"
    _settle_behaviour(chosen)
    if "buprenorphine-td" in topics and chosen["pattern"] == "intermittent":
        chosen["pattern"] = "constant"
    if "fentanyl-td" in topics:
        _settle_fentanyl(draw, chosen, good=profile == "good")


def _settle_fentanyl(draw: Draw, chosen: dict[str, str], *, good: bool) -> None:
    if good:
        chosen["pattern"], chosen["tolerance"] = "atc", "stated"
    elif draw.chance(0.2):
        chosen["pattern"] = "atc"


def _settle_behaviour(chosen: dict[str, str]) -> None:
    if chosen.get("agreement") == "breached":
        chosen["aberrant"], chosen["prescriber"] = "silent", "silent"
    if chosen.get("aberrant") == "early" or chosen.get("cures") == "multi":
        chosen["prescriber"] = "silent"


def _settle_company(draw: Draw, chosen: dict[str, str], topics: list[str]) -> None:
    _settle_nerve(draw, chosen, topics)
    if "relaxant_use" in chosen:
        _settle_relaxant(draw, chosen, topics)
    if "hypnotic_use" in chosen:
        _settle_sleep(draw, chosen)


def _settle_nerve(draw: Draw, chosen: dict[str, str], topics: list[str]) -> None:
    only_duloxetine = "duloxetine" in topics and "gabapentin-er" not in topics
    if chosen["nerve"] == "radiculopathy" and only_duloxetine and draw.chance(0.2):
        chosen["nerve"] = "radicular_dx"
    if not any(topic in _NERVES for topic in topics):
        chosen["nerve"] = draw.pick(["radiculopathy", "axial", "axial", "denied", "referred"])
    if chosen["nerve"] not in _NERVE_PAIN and chosen.get("nerve_response") in ("percent", "none"):
        chosen["nerve_response"] += "_plain"
    if chosen.get("nerve_response") == "start" and "titration" in chosen:
        chosen["titration"] = "silent"


def _settle_relaxant(draw: Draw, chosen: dict[str, str], topics: list[str]) -> None:
    if chosen["relaxant_use"] == "long":
        chosen["flare"] = draw.pick(["stable", "silent", "if", "past", chosen["flare"]])
    if "methocarbamol" in topics and draw.chance(0.3):
        chosen["relaxant_use"] = "switch"
    if chosen["flare"] == "stable" and chosen["relaxant_use"] == "new":
        chosen["flare"] = "silent"


def _settle_sleep(draw: Draw, chosen: dict[str, str]) -> None:
    if chosen["hypnotic_use"] == "new":
        chosen["sleep"] = draw.pick(["evaluated", "evaluated", "complaint"])
        chosen["taper"] = "none"
    elif draw.chance(0.2):
        chosen["taper"] = "plan"
    if chosen["sleep"].startswith("evaluated") and "mood" in chosen:
        chosen["mood"] = "none"  # a full evaluation screens the mood and finds nothing


def choose(
    draw: Draw,
    options: dict[str, str],
    items: list[Item],
    common: dict[str, str],
    fixed: dict[str, str],
) -> tuple[Choice, ...]:
    """Each option with its numbers, for the items it concerns."""
    choices = []
    for axis, option in options.items():
        wanted = [item for item in items if axis in _ITEM_AXES.get(item.topic, ())]
        if axis in _CASE_AXES or axis in _OPIOID_AXES:
            wanted = items
        groups = [[item] for item in wanted] if axis in _DRUG_BY_DRUG else [wanted]
        for group in groups:
            slots = draw_numbers(draw, common) | fixed
            drugs = [item.rx for item in group if item.rx is not None]
            if drugs and drugs[0].since is not None:
                slots["since"] = f"{drugs[0].since:%B %Y}"
            own = drugs[0].key if drugs and axis in _DRUG_BY_DRUG else _lead(items, axis)
            slots["drug_key"] = own
            indexes = tuple(item.index for item in group)
            choices.append(Choice(axis=axis, option=option, items=indexes, slots=slots))
    return tuple(choices)


def _lead(items: list[Item], axis: str) -> str:
    kind = "relaxant" if axis == "flare" else "opioid"
    drugs = [item.rx for item in items if item.rx is not None]
    return next((drug.key for drug in drugs if drug.kind == kind), drugs[0].key)


def _draw_region(draw: Draw, topics: list[str]) -> str:
    if {"cyclobenzaprine", "methocarbamol"} & set(topics):
        return "low_back"  # the guideline speaks of flare-ups of chronic low back pain
    return draw.weighted({"low_back": 6, "neck": 3, "mid_back": 1})


def plan_case(case_id: str, draw: Draw, spec: dict[str, Any]) -> CasePlan:
    """The whole plan; `spec` is a scenario of seeds.yaml or empty."""
    dates = draw_dates(draw.fork("dates"), spec)
    person = draw_person(draw.fork("person"), dates.decision, spec)
    topics = [] if spec else draw_topics(draw.fork("topics"))
    region = data("people")["regions"][spec.get("region") or _draw_region(draw, topics)]
    common = case_slots(draw.fork("slots"), person, region, dates, spec)
    if spec:
        items, drugs = fixed_drugs(draw.fork("drugs"), spec, dates)
        options = seed_options(items, spec)
    else:
        options = draw_options(draw.fork("options"), topics)
        items, drugs = random_drugs(draw.fork("drugs"), topics, options, dates, _PRODUCTS)
        items = with_other_items(draw.fork("other"), items)
    fixed = {key: str(value) for key, value in spec.get("numbers", {}).items()}
    choices = choose(draw.fork("choices"), options, items, common, fixed)
    return CasePlan(
        id=case_id,
        person=person,
        places=draw_places(draw.fork("places")),
        region=region,
        dates=dates,
        items=tuple(items),
        drugs=tuple(drugs),
        choices=choices,
        slots=common,
        lists_before=bool(spec.get("lists_before", options.get("relaxant_use") != "unknown")),
        notes=spec,
    )


def seed_options(items: list[Item], spec: dict[str, Any]) -> dict[str, str]:
    """The scenario's options; where it says nothing, the record is silent."""
    silent = {
        "adverse": "silent",
        "aberrant": "silent",
        "uds": "none",
        "cures": "none",
        "agreement": "none",
        "prescriber": "silent",
        "instrument": "none",
        "consult": "none",
        "pattern": "silent",
        "tolerance": "years",
        "stop": "none",
        "trials": "none",
        "liver": "silent",
        "mood": "none",
        "immediate": "silent",
        "titration": "silent",
        "safer": "silent",
        "taper": "none",
    }
    topics = {item.topic for item in items}
    names = [*_CASE_AXES, *_OPIOID_AXES, *(axis for topic in topics for axis in _ITEM_AXES[topic])]
    merged = silent | spec["axes"]
    return {name: merged[name] for name in sorted(set(names)) if name in merged}


def case_slots(
    draw: Draw, person: Person, region: dict[str, Any], dates: Dates, spec: dict[str, Any]
) -> dict[str, str]:
    """What stays the same through the case."""
    side = spec.get("side") or draw.pick(["left", "right"])
    since = dates.visits[0] - timedelta(days=draw.between(300, 1300))
    signed = dates.visits[0] - timedelta(days=draw.between(60, 330))
    flare = dates.visits[0] - timedelta(days=draw.between(2, 5))
    old = dates.visits[0] - timedelta(days=draw.between(400, 900))
    other = draw.pick([name for name in data("people")["last"] if name != person.last])
    level = draw.pick(region["level"])
    return pronouns(female=person.female) | {
        "region": region["region"], "Region": region["region"].capitalize(), "limb": region["limb"],
        "level": level, "Level": level, "side": side,
        "Side": side.capitalize(), "sd": side[0].upper(), "joint": region["joint"],
        "thigh": region["thigh"], "seg": region["segment"], "muscle": region["muscle"],
        "derm": draw.pick(region["derm"]), "reflex": region["reflex"], "myotome": region["myotome"],
        "axialdx": spec.get("axial") or draw.pick(region["axial"]), "job": person.job,
        "since": f"{since:%B %Y}", "offsince": f"{old:%B %Y}", "oldmonth": f"{old:%B %Y}",
        "oldyear": str(dates.old.year), "sdate": slash(signed), "mdate": slash(dates.test),
        "flare_date": slash(flare), "doi_long": long_date(person.injured), "ptname": person.titled,
        "otherlast": other, "dose_date": slash(dates.test),
    }  # fmt: skip
