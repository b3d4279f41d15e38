"""A service laid against its topic: what sentences call it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from openimr.evaluate.context import LeafResult
from openimr.evaluate.item import silence_sentence
from openimr.model.finding import Value
from rule_cases import certify, rulebook
from scenes import scene

LINES = [
    ({"line": "Physical therapy 2 x 6 weeks, lumbar spine"}, "physical therapy"),
    ({"line": "H-wave unit purchase"}, "H-wave"),
    ({"kind": "dme", "text": "a thing nobody named"}, "the request"),
    ({"brand": "Norco"}, "Norco"),
    ({"text": "Unheardofine 5 mg"}, "Unheardofine 5 mg"),
]


@pytest.mark.parametrize(("request_", "name"), LINES)
def test_a_request_is_called_by_its_short_name(request_: dict[str, Any], name: str) -> None:
    assert scene(request_).drug_name == name


def test_a_silence_names_the_service() -> None:
    criterion = replace(rulebook().topics[0].criteria[0], sought="gain from {drug}")
    context = replace(scene({"line": "Acupuncture x 6"}), criterion=criterion)
    silent = LeafResult(value=Value.NOT_DOCUMENTED)
    said = silence_sentence(context, silent, certify((), None))
    assert said == "No gain from acupuncture was found in the 26 pages searched."
    then = replace(context, served=date(2015, 3, 2))
    assert silence_sentence(then, silent, certify((), None)) == (
        "No gain from acupuncture, of 03/02/2015 or before, was found in the 26 pages searched."
    )
