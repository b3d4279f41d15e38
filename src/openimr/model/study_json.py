"""A reviewer's challenge as `determination.json` keeps it, read back for a replay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openimr.model.study import Bias, Challenge, Question, Side, Study


def read_challenge(item: object, appraisal: Mapping[str, Any]) -> Challenge:
    """What a reviewer entered for an item, without what was derived from it.

    Raises:
        KeyError, TypeError, ValueError: where the appraisal is not one of ours.
    """
    if not isinstance(item, int):
        raise TypeError
    return Challenge(
        item=item,
        question=Question(appraisal["question"]),
        stated=str(appraisal["stated"]),
        studies=tuple(_study(one) for one in appraisal["studies"]),
    )


def _study(told: Mapping[str, Any]) -> Study:
    return Study(
        citation=str(told["citation"]),
        design=str(told["design"]),
        bias=Bias(told["bias"]),
        applicable=told["applicable"] is True,
        why=str(told["why"]),
        speaks_for=Side(told["for"]),
    )
