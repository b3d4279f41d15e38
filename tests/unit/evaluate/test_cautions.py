"""Long use in a disease in which it was not studied for long."""

from __future__ import annotations

from typing import Any

from openimr.evaluate.leaves.cautions import long_use_in
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

OSTEOARTHRITIS = {"concept": "pathology_osteoarthritis", "element": "osteoarthritis"}
TOLD = {"longer_than_days": 90, "diseases": [{"concept": "pathology_osteoarthritis"}]}


def used(day: str) -> dict[str, Any]:
    return {"concept": "medication", "generic": "tramadol", "status": "started", "date": day}


def value(*facts: dict[str, Any]) -> Value:
    return long_use_in(scene({"brand": "Ultram"}, facts, role=Role.ADVISORY), TOLD).value


def test_without_the_disease_it_is_silent() -> None:
    assert value(used("2014-01-01")) is Value.NOT_DOCUMENTED


def test_the_disease_alone_warns_of_nothing() -> None:
    assert value(OSTEOARTHRITIS) is Value.NOT_DOCUMENTED


def test_ninety_days_are_no_long_use_and_ninety_one_are() -> None:
    assert value(OSTEOARTHRITIS, used("2015-01-22")) is Value.MET
    assert value(OSTEOARTHRITIS, used("2015-01-21")) is Value.CONTRADICTED
