"""How many times a day a drug of extended release is taken."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.leaves.dosing import dosing_interval
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

LABEL = {"at_most_by_drug": {"oxycodone ER": 2, "morphine ER": 3}}
LISTED = {"concept": "medication", "generic": "oxycodone ER", "status": "listed", "source": "list"}


def value(request: dict[str, Any], *facts: dict[str, Any]) -> tuple[Value, str]:
    found = dosing_interval(scene(request, facts, role=Role.ADVISORY), LABEL)
    return found.value, found.statement + found.remark


@pytest.mark.parametrize(
    ("amounts", "wanted"),
    [
        ({"quantity": 60}, Value.MET),
        ({"quantity": 61}, Value.CONTRADICTED),
        ({"quantity": 90}, Value.CONTRADICTED),
        ({"quantity": 120}, Value.NOT_DOCUMENTED),  # perhaps two at each dose
        ({"quantity": 90, "units_per_dose": 1, "doses_per_day": 3}, Value.CONTRADICTED),
        ({"quantity": 90, "units_per_dose": 1, "doses_per_day": 2}, Value.MET),
        ({"quantity": 120, "units_per_dose": 2, "doses_per_day": 2}, Value.MET),
        ({}, Value.NOT_DOCUMENTED),
    ],
)
def test_oxycodone_of_extended_release_is_taken_twice_a_day(
    amounts: dict[str, Any], wanted: Value
) -> None:
    assert value({"brand": "OxyContin", "strength": "20 mg", **amounts})[0] is wanted


def test_another_release_form_has_its_own_interval() -> None:
    assert value({"brand": "MS Contin", "quantity": 90})[0] is Value.MET
    assert value({"brand": "MS Contin", "quantity": 100})[0] is Value.CONTRADICTED


def test_a_drug_without_a_fixed_interval_meets_it() -> None:
    found, words = value({"brand": "Roxicodone", "quantity": 180})
    assert (found, words) == (Value.MET, "No fixed interval is set for Roxicodone.")


def test_as_needed_is_no_fixed_interval() -> None:
    request = {"brand": "OxyContin", "quantity": 60}
    assert value(request, {**LISTED, "prn": True})[0] is Value.CONTRADICTED
    assert value({**request, "sig": "q12h prn pain"})[0] is Value.CONTRADICTED
    newer = {**LISTED, "prn": False, "date": "2015-04-20"}
    assert value(request, {**LISTED, "prn": True}, newer)[0] is Value.MET


def test_the_directions_of_the_record_count_where_the_line_has_none() -> None:
    found, words = value({"brand": "OxyContin", "quantity": 60}, {**LISTED, "per_day": 3})
    assert found is Value.CONTRADICTED
    assert "3 tablets a day, which is more often than twice a day" in words


def test_the_assumed_month_is_said() -> None:
    assert "if the count is for 30 days" in value({"brand": "OxyContin", "quantity": 90})[1]
