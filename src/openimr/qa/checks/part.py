"""The rationale concludes on another part of the body than the heading names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, follows_another
from openimr.qa.regions import regions_in
from openimr.qa.words import sentences

CODE = "OTHER-PART"
_REQUEST_FOR = re.compile(r"\brequest\s+(?:for|of)\b(?P<rest>[^.;]{3,160})", re.IGNORECASE)
_OTHER_REQUEST = re.compile(
    r"\b(?:prior|previous|earlier|separate|past)\s+request\b", re.IGNORECASE
)


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        asked = regions_in(f"{item.heading} {' '.join(item.request.body_parts)}", scene.rules)
        if not asked or follows_another(item):
            continue
        for told in sentences(item.rationale):
            found = _REQUEST_FOR.search(told.text)
            parts = regions_in(found["rest"], scene.rules) if found is not None else frozenset()
            if parts and not parts & asked and not _OTHER_REQUEST.search(told.text):
                message = (
                    f"it concludes on the {' and the '.join(sorted(parts))}, the heading asks for"
                    f" the {' and the '.join(sorted(asked))}"
                )
                yield of_item(CODE, item, message, told=told, against=item.heading)
                break


CHECK = Check(
    CODE,
    "the rationale concludes on another part of the body",
    "The item in dispute is the one requested; a decision on another one leaves it open.",
    _find,
)
