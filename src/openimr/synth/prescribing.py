"""What is prescribed and what of it is disputed: products, directions, request lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from openimr.synth.bank import data
from openimr.synth.case import OPIOID_TOPICS, Dates, Item, Rx
from openimr.synth.draw import Draw


def fixed_drugs(draw: Draw, spec: Mapping[str, Any], dates: Dates) -> tuple[list[Item], list[Rx]]:
    """The drugs and items of a written scenario."""
    drugs: list[Rx] = []
    items: list[Item] = []
    for entry in spec["drugs"]:
        product = data("products")[entry["key"]]
        plan = next((p for p in product["plans"] if p[0] == entry["quantity"]), product["plans"][0])
        since = entry.get("since", "earlier")
        if since in ("new", "earlier"):
            since = (
                None
                if since == "new"
                else dates.visits[-1] - timedelta(days=draw.between(200, 900))
            )
        per_day = float(entry.get("per_day", 0)) or plan[4]
        rx = Rx(
            key=entry["key"], product=product, quantity=entry["quantity"],
            refills=entry.get("refills", 0), sig="", spelled="", per_day=per_day, since=since,
        )  # fmt: skip
        drugs.append(rx)
        if "item" in entry:
            index = len(items)
            granted = spec.get("granted", {}).get(index, 0)
            items.append(make_item(index, rx, entry["item"], granted))
    return items, drugs


def random_drugs(
    draw: Draw,
    topics: list[str],
    options: dict[str, str],
    dates: Dates,
    products: Mapping[str, tuple[str, ...]],
) -> tuple[list[Item], list[Rx]]:
    """A product and directions for each topic, and the rest of the medication list."""
    items: list[Item] = []
    drugs: list[Rx] = []
    for index, topic in enumerate(topics):
        rx = _prescribe(draw, draw.pick(products[topic]), options, dates)
        drugs.append(rx)
        granted = _grant(draw, rx) if rx.kind in ("opioid", "benzo") and draw.chance(0.18) else 0
        items.append(make_item(index, rx, word_request(draw, rx), granted))
    drugs += _others(draw, topics, options, dates)
    return items, drugs


def _prescribe(draw: Draw, key: str, options: dict[str, str], dates: Dates) -> Rx:
    product = data("products")[key]
    plans = product["plans"]
    if product["class"] == "benzo" and options.get("hypnotic_use") == "new":
        plans = [plan for plan in plans if plan[0] * (1 + plan[1]) <= 28] or data("products")[
            "restoril15"
        ]["plans"][:3]
    quantity, refills, sig, spelled, per_day, *_ = draw.pick(plans)
    return Rx(
        key=key, product=product, quantity=quantity, refills=refills, sig=sig, spelled=spelled,
        per_day=per_day, since=_since(draw, product["class"], options, dates),
    )  # fmt: skip


def _since(draw: Draw, kind: str, options: dict[str, str], dates: Dates) -> date | None:
    started = {
        "relaxant": options.get("relaxant_use") in ("new", "switch"),
        "benzo": options.get("hypnotic_use") == "new",
        "snri": options.get("nerve_response") == "start",
        "aed": options.get("nerve_response") == "start",
    }
    if started.get(kind):
        return None
    return dates.visits[-1] - timedelta(days=draw.between(200, 1100))


def _grant(draw: Draw, rx: Rx) -> int:
    return max(1, round(rx.quantity * draw.pick([0.5, 0.6, 0.75])))


def _others(draw: Draw, topics: list[str], options: dict[str, str], dates: Dates) -> list[Rx]:
    pool = ["naproxen", "ibuprofen", "omeprazole", "lisinopril", "lidoderm", "metformin"]
    keys = draw.some(pool, draw.between(1, 3))
    if {"naproxen", "ibuprofen"} <= set(keys):
        keys.remove("ibuprofen")
    if options.get("relief") == "regimen" or options.get("function", "").startswith("regimen"):
        keys = list(
            dict.fromkeys(["naproxen" if "ibuprofen" not in keys else "ibuprofen", "lyrica", *keys])
        )
        if "gabapentin-er" in topics:
            keys.remove("lyrica")
    if any(topic in OPIOID_TOPICS for topic in topics):
        if options.get("relaxant_use") != "switch" and draw.chance(0.15):
            keys.append(draw.pick(["soma", "xanax"]))
        if options.get("adverse") == "managed" and "docusate" not in keys:
            keys.append("docusate")
    if options.get("relaxant_use") == "switch":
        keys.append("soma")
    return [_fill(draw, key, dates) for key in keys]


def _fill(draw: Draw, key: str, dates: Dates) -> Rx:
    product = data("products")[key]
    quantity, refills, sig, spelled, per_day, *_ = draw.pick(product["plans"])
    since = dates.visits[-1] - timedelta(days=draw.between(200, 1100))
    return Rx(
        key=key, product=product, quantity=quantity, refills=refills, sig=sig, spelled=spelled,
        per_day=per_day, since=since,
    )  # fmt: skip


def word_request(draw: Draw, rx: Rx) -> str:
    """The line as the application has it."""
    lines: list[str] = rx.product["requests"]
    fitting = [line for line in lines if ("{r}" in line) == bool(rx.refills)]
    if fitting:
        line = draw.pick(fitting)
        if line.startswith("Retro") and draw.chance(0.6):
            line = fitting[0]
    else:
        line = draw.pick([line for line in lines if "{r}" not in line]) + " with {r} refills"
    text = line.format(q=rx.quantity, r=rx.refills)
    return text.replace("with 1 refills", "with 1 refill")


def make_item(index: int, rx: Rx, text: str, granted: int) -> Item:
    """The item with its parse, as the truth file holds it."""
    topic = str(rx.product["topic"])
    parse = {
        "kind": "drug", "topic_id": topic, "generic": rx.product["generic"],
        "brand": rx.brand if rx.brand.lower() in text.lower() else None,
        "strength": rx.strength, "form": _form(text), "quantity": rx.quantity,
        "refills": rx.refills or None, "retrospective": text.lower().startswith("retro"),
    }  # fmt: skip
    return Item(index=index, topic=topic, text=text, rx=rx, parse=parse, granted=granted)


def _form(text: str) -> str | None:
    found = re.search(r"\b(tablet|capsule|patch)(es|s)?\b", text, re.IGNORECASE)
    return found.group(1).lower() if found else None


_WITHOUT_CRITERIA: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    (
        "MRI of the brain without contrast",
        "mri-brain",
        {"kind": "imaging", "topic_id": "mri-brain", "contrast": "without"},
    ),
    ("EEG", "eeg", {"kind": "diagnostic", "topic_id": "eeg"}),
    ("ECG", "ecg", {"kind": "diagnostic", "topic_id": "ecg"}),
    (
        "Platelet rich plasma injection, right knee",
        "prp",
        {"kind": "injection", "topic_id": "prp", "body_parts": ["knee"], "laterality": "right"},
    ),
    ("Hearing aids", "hearing-aid", {"kind": "dme", "topic_id": "hearing-aid"}),
)
"""Lines whose topic the rulebook knows by name alone."""


def with_other_items(draw: Draw, items: list[Item]) -> list[Item]:
    """Now and then a study or treatment for which no guideline gives criteria: it is referred."""
    if not draw.chance(0.22):
        return items
    text, topic, parse = draw.pick(_WITHOUT_CRITERIA)
    extra = Item(index=len(items), topic=topic, text=text, rx=None, parse=dict(parse))
    return [*items, extra]
