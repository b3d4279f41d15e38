"""A second opinion on the suggestion, written from the guideline digest's prose alone.

It knows nothing of the rulebook and its trees: where the two disagree, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What should be suggested, what else can be defended, and what would change it."""

    expected: str
    alternatives: tuple[str, ...] = ()
    flip: tuple[str, ...] = ()
    because: str = ""


def decide(topic: str, values: Values) -> Opinion:
    """The suggestion under the default policy switches."""
    if topic not in _RULES:
        return Opinion(expected="refer", because="no rule covers this topic")
    return _RULES[topic](values)


def _refuse(values: Values, failing: list[str], *alternatives: str) -> Opinion:
    words = ", ".join(f"{name} {values[name].replace('_', ' ')}" for name in failing)
    joint = " (jointly)" if len(failing) > 1 else ""
    return Opinion(
        expected="not_support",
        alternatives=alternatives,
        flip=tuple(failing),
        because=f"{words}; support would need these changed{joint}",
    )


def _support(values: Values, *deciding: str, flags: tuple[str, ...] = ()) -> Opinion:
    del values
    over = f"; flagged: {', '.join(flags)}" if flags else ""
    return Opinion(
        expected="support",
        alternatives=("modify_to",) if flags else (),
        flip=tuple(deciding),
        because=f"{', '.join(deciding)} hold{over}",
    )


def _modify(*limits: str) -> Opinion:
    because = f"the need is shown but exceeded: {', '.join(limits)}"
    return Opinion(expected="modify_to", flip=limits, because=because)


def _exceeded(values: Values, *limits: str) -> tuple[str, ...]:
    return tuple(name for name in limits if values.get(name) == "exceeded")


def _opioid(
    values: Values, more_gates: tuple[str, ...], cuts: tuple[str, ...], soft: tuple[str, ...] = ()
) -> Opinion:
    """`soft` gates are only flagged when silent, though the topic asks for them to support."""
    failing = [name for name in (*more_gates, "OPI-1") if values[name] != "met"]
    hard = [name for name in more_gates if name not in soft]
    if set(failing) - set(soft):
        failing = [name for name in failing if name not in soft or values[name] == "contradicted"]
    elif failing:
        return _refuse(values, failing, "support", "refer", "modify_to")
    if "met" not in (values["OPI-2"], values["OPI-3"]):
        failing.append("OPI-2")
    if values["OPI-11"] == "present":
        failing.append("OPI-11")
    if failing:
        taper = ("modify_to",) if values["OPI-13"] == "present" else ()
        unsure = ("refer",) if "partial" in [values[name] for name in failing] else ()
        return _refuse(values, failing, *taper, *unsure)
    over = _exceeded(values, *cuts, "OPI-9")
    benefit = [name for name in ("OPI-2", "OPI-3") if values[name] == "met"]
    opinion = _modify(*dict.fromkeys(over)) if over else _support(values, "OPI-1", *benefit, *hard)
    broken = [name for name in ("OPI-4", "OPI-5") if values[name] == "contradicted"]
    if broken:
        # The default of P-7 flags side effects and behavior; the strict reading refuses.
        return replace(opinion, alternatives=(*opinion.alternatives, "not_support", "refer"))
    return opinion


def _hydrocodone(values: Values) -> Opinion:
    return _opioid(values, (), ("HC-2", "HC-3"))


def _buprenorphine(values: Values) -> Opinion:
    return _or_support(_opioid(values, ("BUP-1",), ("BUP-4",)), "BUP-4")


def _fentanyl(values: Values) -> Opinion:
    asked = ("FEN-2", "FEN-3")
    return _or_support(_opioid(values, asked, ("FEN-6", "OPI-9", "FEN-5"), asked), "FEN-5")


def _or_support(opinion: Opinion, count: str) -> Opinion:
    """Where only the count is too large, P-6 lets one support and flag it."""
    if opinion.flip != (count,):
        return opinion
    return replace(opinion, alternatives=(*opinion.alternatives, "support"))


def _duloxetine(values: Values) -> Opinion:
    failing = [name for name in ("DUL-1",) if values[name] != "met"]
    if values["DUL-6"] == "present":
        failing.append("DUL-6")
    if values["DUL-4"] == "contradicted" and values["DUL-5"] != "present":
        failing.append("DUL-4")
    if failing:
        return _refuse(values, failing, "modify_to")
    return _support(values, "DUL-1", flags=_exceeded(values, "DUL-3", "DUL-7"))


def _gabapentin(values: Values) -> Opinion:
    failing = [name for name in ("GBP-1",) if values[name] != "met"]
    if values["GBP-3"] == "contradicted" and values["GBP-6"] != "present":
        failing.append("GBP-3")
    if failing:
        return _refuse(values, failing, "modify_to")
    return _support(values, "GBP-1", flags=_exceeded(values, "GBP-4"))


def _cyclobenzaprine(values: Values) -> Opinion:
    failing = [name for name in ("CBP-1",) if values[name] != "met"]
    if values["CBP-3"] == "present":
        failing.append("CBP-3")
    if failing:
        return _refuse(values, failing)
    if values["CBP-2"] == "exceeded":
        return _modify("CBP-2")
    return _support(values, "CBP-1", flags=_exceeded(values, "CBP-6"))


def _methocarbamol(values: Values) -> Opinion:
    flags = _exceeded(values, "MTH-3", "MTH-4")
    if values["MTH-2"] == "present":
        also = ["MTH-1"] if values["MTH-1"] == "met" else []
        return _support(values, *also, "MTH-2", flags=flags)
    failing = [name for name in ("MTH-1",) if values[name] != "met"]
    if values["MTH-6"] == "present":
        failing.append("MTH-6")
    return _refuse(values, failing) if failing else _support(values, "MTH-1", flags=flags)


def _temazepam(values: Values) -> Opinion:
    failing = ["TMZ-1"] if values["TMZ-1"] == "present" else []
    if values["TMZ-2"] != "met":
        failing.append("TMZ-2")
    if failing:
        return _refuse(values, failing, "modify_to")
    return _support(values, "TMZ-1", "TMZ-2")


_RULES: dict[str, Callable[[Values], Opinion]] = {
    "hydrocodone-apap": _hydrocodone,
    "buprenorphine-td": _buprenorphine,
    "fentanyl-td": _fentanyl,
    "duloxetine": _duloxetine,
    "gabapentin-er": _gabapentin,
    "cyclobenzaprine": _cyclobenzaprine,
    "methocarbamol": _methocarbamol,
    "temazepam": _temazepam,
}
