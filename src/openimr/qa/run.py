"""All checks over one letter."""

from __future__ import annotations

from openimr.model.problem import Problem
from openimr.qa.check import Scene
from openimr.qa.checks import CHECKS
from openimr.qa.letter import CheckedLetter

_ORDER = {check.code: place for place, check in enumerate(CHECKS)}


def problems(letter: CheckedLetter, scene: Scene) -> tuple[Problem, ...]:
    """What the checks find, the letter's own problems first, then item by item."""
    found = [problem for check in CHECKS for problem in check.run(letter, scene)]
    return tuple(sorted(found, key=lambda one: (one.item or 0, _ORDER[one.code])))
