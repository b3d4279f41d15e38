"""The phrase bank: what can be said, in which voice, with what put in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from openimr.synth.draw import Draw

_PHRASES = (
    "opioid_phrases",
    "monitoring_phrases",
    "clinical_phrases",
    "trap_phrases",
    "more_phrases",
    "further_phrases",
)


@lru_cache
def data(name: str) -> dict[str, Any]:
    """A data file of the forge by name, read once."""
    loaded: dict[str, Any] = _load(name)
    return loaded


@lru_cache
def rows(name: str) -> list[dict[str, Any]]:
    """A data file of the forge that is a list, read once."""
    loaded: list[dict[str, Any]] = _load(name)
    return loaded


def _load(name: str) -> Any:  # noqa: ANN401 - YAML: a mapping or a list, as the caller knows
    text = files("openimr.synth").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@lru_cache
def phrases() -> Mapping[str, Mapping[str, list[str]]]:
    """Intent to voice to templates, over all phrase files."""
    merged: dict[str, dict[str, list[str]]] = {}
    for name in _PHRASES:
        for intent, voices in data(name).items():
            for voice, templates in voices.items():
                merged.setdefault(intent, {}).setdefault(voice, []).extend(templates)
    return merged


def say(draw: Draw, intent: str, voice: str, slots: Mapping[str, str]) -> str:
    """One way of saying it. A voice without a template of its own speaks in another."""
    voices = phrases()[intent]
    order = [voice, "full", "lay", "terse"] if voice != "lay" else ["lay", "terse", "full"]
    chosen = next(name for name in order if name in voices)
    template = draw.deal(f"{intent}/{chosen}", voices[chosen])
    text = draw.expand(template).format_map(slots)
    return text[0].upper() + text[1:] if chosen == "full" else text
