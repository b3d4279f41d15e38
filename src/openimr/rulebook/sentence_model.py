"""`data/model/` -> SentenceModel: the weights that training wrote, checked against their hash.

`sentences.json` names the concepts with their thresholds, `sentences.bin` holds the weights. How
they are made, and from what, is told in `training/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import lru_cache
from importlib.resources import files

from openimr.model.errors import RulebookInvalid
from openimr.model.ids import ConceptId
from openimr.model.sentence_model import SentenceModel

_FOLDER = "model"
_HEAD, _WEIGHTS = "sentences.json", "sentences.bin"


def load_sentence_model() -> SentenceModel:
    """The sentence model shipped with the package.

    Raises:
        RulebookInvalid: the files do not belong together, or one was changed.
    """
    folder = files("openimr.rulebook") / "data" / _FOLDER
    return parse_sentence_model(
        (folder / _HEAD).read_text(encoding="utf-8"), (folder / _WEIGHTS).read_bytes()
    )


@lru_cache(maxsize=1)
def parse_sentence_model(head: str, packed: bytes) -> SentenceModel:
    """A model from its two files; every problem is reported at once."""
    try:
        told = json.loads(head)
        thresholds = {ConceptId(name): int(value) for name, value in told["thresholds"].items()}
        buckets, expected = int(told["buckets"]), str(told["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"does not name buckets, thresholds and sha256 ({error}); train again"
        raise RulebookInvalid((f"{_FOLDER}/{_HEAD}: {what}",)) from error
    problems = []
    found = hashlib.sha256(packed).hexdigest()
    if found != expected:
        what = f"its hash is {found[:12]}, not {expected[:12]} as {_HEAD} says; train again"
        problems.append(f"{_FOLDER}/{_WEIGHTS}: {what}")
    size = buckets * len(thresholds)
    weights = b"" if problems else _unpacked(packed, size)
    if not problems and (len(weights) != size or not size):
        what = f"holds no {size} weights, as {_HEAD} says; train again"
        problems.append(f"{_FOLDER}/{_WEIGHTS}: {what}")
    if problems:
        raise RulebookInvalid(tuple(problems))
    return SentenceModel(
        concepts=tuple(thresholds),
        thresholds=tuple(thresholds.values()),
        buckets=buckets,
        weights=weights,
    )


def _unpacked(packed: bytes, size: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error:
        return b""
