"""The heading decides one way, the rationale ends the other way."""

from __future__ import annotations

from collections.abc import Iterator

from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter
from openimr.qa.words import sentences

CODE = "OUTCOME"
_WORDS = {True: "medically necessary", False: "not medically necessary"}


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    del scene
    for item in letter.items:
        if None in {item.is_necessary, item.concludes} or item.is_necessary is item.concludes:
            continue
        last = sentences(item.rationale)[-1]
        message = (
            f"the heading decides {_WORDS[bool(item.is_necessary)]}, the rationale"
            f" concludes {_WORDS[bool(item.concludes)]}"
        )
        yield of_item(CODE, item, message, told=last, against=item.heading)


CHECK = Check(
    CODE,
    "heading and conclusion disagree",
    "The parties act on the heading; a rationale that ends the other way is a plain error of fact"
    " (Labor Code 4610.6(h)(5)).",
    _find,
)
