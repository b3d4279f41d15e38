from __future__ import annotations

from openimr.extract.items_actions import action_in
from openimr.model.case import UrAction


def test_an_action_as_ocr_writes_it() -> None:
    assert action_in("Modity to #8, to let the prescriber wean") is UrAction.MODIFY
    assert action_in("Moditied") is UrAction.MODIFY
