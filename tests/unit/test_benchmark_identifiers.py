"""The page of how well names are found is what the script measures, and good enough."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import identifiers
from openimr.model.identifier import IdentifierKind
from openimr.synth.forge import forge_case
from openimr.synth.identifiers import places_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def result() -> identifiers.Result:
    return identifiers.measure(identifiers.SEEDS)


def test_the_page_is_what_is_measured(result: identifiers.Result) -> None:
    written = identifiers.PAGE.read_text(encoding="utf-8")
    expected = identifiers.page(result, identifiers.SEEDS)
    assert written == expected, "run: python benchmarks/identifiers.py --write"


def test_nearly_every_identifier_is_found_and_little_else(result: identifiers.Result) -> None:
    scores = result.scores.values()
    assert sum(score.stand for score in scores) > 3_000
    assert sum(score.covered for score in scores) >= 0.99 * sum(score.stand for score in scores)
    assert sum(score.right for score in scores) >= 0.99 * sum(score.replaced for score in scores)
    for kind in (IdentifierKind.WORKER, IdentifierKind.BIRTH_DATE, IdentifierKind.CLAIM_NUMBER):
        assert result.scores[kind].covered == result.scores[kind].stand
    for score in scores:
        assert score.covered >= 0.99 * score.stand
        assert score.right >= 0.95 * score.replaced


def test_what_is_put_down_stands_in_the_documents() -> None:
    """Names beside the parties are there, and no place lies within another."""
    found: set[str] = set()
    for seed in range(40):
        case = forge_case(seed)
        texts = ["\f".join(document.pages) for document in case.documents]
        for text, places in zip(texts, places_of(case.truth, texts), strict=True):
            found |= {text[one.start : one.end] for one in places}
            assert all(a.start < b.start and a.end < b.end for a, b in pairwise(places))
    assert {"FAMILY HEALTH CENTER OF ALDER FLATS", "T. Osgood", "P.O. Box 4410"} <= found
