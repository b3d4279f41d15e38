"""The medication list of a visit, each entry quoted for what can be computed from it."""

from __future__ import annotations

from openimr.synth.case import CasePlan, Rx
from openimr.synth.record import Note, Sheet

_LIMITS = {
    "hydrocodone-apap": ("HC-2", "HC-3", "OPI-9"),
    "buprenorphine-td": ("BUP-4",),
    "fentanyl-td": ("FEN-5", "FEN-6", "OPI-9"),
    "duloxetine": ("DUL-3", "DUL-7"),
    "gabapentin-er": ("GBP-4",),
    "cyclobenzaprine": ("CBP-2", "CBP-6"),
    "methocarbamol": ("MTH-3", "MTH-4"),
    "temazepam": ("TMZ-4",),
}
_DANGERS = {
    "opioid": ("OPI-16", "OPI-9", "BUP-5", "FEN-6", "FEN-7", "CBP-5", "MTH-5", "TMZ-5"),
    "benzo": ("OPI-16", "CBP-5", "MTH-5"),
    "soma": ("OPI-16", "CBP-5", "MTH-5", "TMZ-5", "MTH-6"),
    "snri": ("CBP-5", "CBP-7"),
    "aed": ("CBP-5",),
}
_EARLIER = {
    "opioid": ("OPI-13",), "benzo": ("TMZ-1",), "relaxant": ("CBP-3", "MTH-6"),
    "snri": ("DUL-5",), "aed": ("GBP-6",), "soma": ("MTH-6",),
}  # fmt: skip


def computed_from(plan: CasePlan, rx: Rx) -> tuple[tuple[int, str], ...]:
    """What the present entry of a drug proves: its own limits, and dangers for other items."""
    pairs = []
    for item in plan.items:
        if item.rx is not None and item.rx.key == rx.key:
            pairs += [(item.index, name) for name in _LIMITS[item.topic]]
        elif item.rx is not None:
            pairs += [(item.index, name) for name in _DANGERS.get(rx.kind, ())]
    return tuple(pairs)


def used_before(plan: CasePlan, rx: Rx) -> tuple[tuple[int, str], ...]:
    """What an entry of an earlier visit proves: that use was ongoing."""
    return tuple(
        (item.index, name)
        for item in plan.items
        if item.rx is not None and (item.rx.key == rx.key or rx.kind == "soma")
        for name in _EARLIER.get(rx.kind, ())
    )


def medications(sheet: Sheet, voice: str, index: int) -> list[str]:
    """The list at a visit; drugs that start with the request are not on earlier ones."""
    plan = sheet.plan
    entries = []
    for rx in plan.drugs:
        unlisted = not plan.lists_before and rx.kind not in ("opioid", "benzo")
        if index and (rx.since is None or unlisted):
            continue
        proves = used_before(plan, rx) if index else computed_from(plan, rx)
        note = Note(
            proves=proves, concept="medication", value=describe(rx),
            status="present", kind="medication list",
        )  # fmt: skip
        entries.append(sheet.note(entry(sheet, rx, voice), note))
    if index and not plan.lists_before:
        entries.append(_REST.get(voice, "Others: see chart"))
    return entries


_REST = {"full": "the other medicines per the chart", "terse": "rest per chart"}


def describe(rx: Rx) -> str:
    """For the truth file: drug, strength, count and directions."""
    return " ".join(part for part in (rx.brand, rx.strength, f"#{rx.quantity}", rx.sig) if part)


def entry(sheet: Sheet, rx: Rx, voice: str) -> str:
    """One line of the list in a voice.

    Example: `Norco 10/325 #120 1 po q6h prn`, or `Norco 10/325 mg, one tablet every six hours`.
    """
    draw = sheet.draw
    if voice == "full":
        name = draw.pick([rx.brand, f"{rx.brand} ({rx.product['short']})"])
        tail = f", {rx.spelled}" if rx.spelled else ""
        count = draw.pick([f", #{rx.quantity}", f", quantity {rx.quantity}"])
        return f"{name} {rx.strength}{tail}{count}"
    strength = rx.strength.replace(" mg", draw.pick(["", " mg", "mg"])).replace(
        "mcg/hr", draw.pick(["mcg", "mcg/hr", "mcg/h"])
    )
    refills = f" RF {rx.refills}" if rx.refills else ""
    if voice == "form":
        return f"{rx.brand:<13} {strength:<12} {rx.sig or '-':<24} Qty {rx.quantity}{refills}"
    order = [f"#{rx.quantity}", rx.sig] if draw.chance(0.5) else [rx.sig, f"#{rx.quantity}"]
    return " ".join(part for part in [rx.brand, strength, *order] if part) + refills


def sentence_of(entries: list[str]) -> str:
    """Entries as one sentence."""
    bare = [line.replace(".\ue001", "\ue001").rstrip(".") for line in entries]
    return "; ".join(bare) + "."
