"""Rationales that stand in another letter of the corpus, among those it knows as near copies.

The items of a cluster (`boilerplate.measured`) are walked in their order, each compared with the
first of its cluster and with the last one before it that are of other letters, and a first one with
the next: never with all. So time grows with the corpus, and every item of a cluster is compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from openimr.corpus.boilerplate import measure_state, measured
from openimr.corpus.linting import PROBLEM_COLUMNS, problem_row
from openimr.corpus.segments import to_parquet
from openimr.corpus.store import Corpus
from openimr.model.progress import Progress
from openimr.qa.checks.copied import Source, copied_from, share
from openimr.qa.letter import is_dependent
from openimr.qa.words import unquoted
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.quality import load_quality_rules
from openimr.rulebook.requests import load_request_vocabulary

_BATCH = 1_000
_COLUMNS = PROBLEM_COLUMNS | {"segment": "INTEGER"}
_ITEMS = (
    "SELECT cluster, letter, item_index, heading, rationale, segment FROM {measured} AS items"
    " JOIN ({places}) AS places USING (letter) WHERE cluster_size > 1"
    " ORDER BY cluster, segment, letter, item_index"
)


@dataclass(frozen=True, slots=True)
class _One:
    """An item of a cluster."""

    cluster: int
    letter: str
    index: int
    heading: str
    rationale: str
    segment: int


def copies_file(folder: Path) -> Path:
    """Where the copies of a folder of problems are kept."""
    return folder / "copies.parquet"


def find_copies(corpus: Corpus, folder: Path, progress: Progress) -> None:
    """Write which items stand in another letter; nothing where the corpus is as it was.

    Args:
        corpus: which.
        folder: of its problems.
        progress: told of the measure of near copies.
    """
    kept, state = folder / "copies.json", measure_state(corpus)
    if copies_file(folder).exists() and _read(kept) == json.dumps(state):
        return
    kept.unlink(missing_ok=True)
    lines, beside = folder / "copies.ndjson", folder / "copies.part"
    with lines.open("wb") as out:
        for row in _rows(corpus, progress):
            out.write(row)
    to_parquet(corpus.connection.cursor(), lines, beside, _COLUMNS)
    lines.unlink()
    beside.rename(copies_file(folder))
    kept.write_text(json.dumps(state), encoding="utf-8")


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _rows(corpus: Corpus, progress: Progress) -> Iterator[bytes]:
    at_least = load_quality_rules().shared_with_letter
    for _, items in groupby(_items(corpus, progress), key=lambda one: one.cluster):
        for one, others in _beside(items):
            if _is_dependent(one.heading, one.rationale):
                continue
            own = unquoted(one.rationale)
            part, source = max(
                ((share(own, unquoted(other.rationale)), other) for other in others),
                key=lambda told: told[0],
            )
            if part >= at_least:
                of = Source(source.letter, source.index, source.rationale)
                problem = copied_from(one.rationale, one.index, part, of)
                yield problem_row(one.letter, problem, segment=one.segment)


def _items(corpus: Corpus, progress: Progress) -> Iterator[_One]:
    """The items that have near copies, cluster by cluster."""
    if not corpus.segments:
        return
    places = " UNION ALL ".join(
        f"SELECT letter, {number} AS segment FROM ({corpus.current_rows('letters', [number])})"  # noqa: S608 our own
        for number in corpus.segments
    )
    sql = _ITEMS.format(measured=measured(corpus, progress), places=places)
    rows = corpus.connection.cursor().execute(sql)
    while told := rows.fetchmany(_BATCH):
        yield from (_One(*row) for row in told)


def _beside(items: Iterator[_One]) -> Iterator[tuple[_One, list[_One]]]:
    """Each item of a cluster with the one or two of other letters that it is compared with."""
    first: _One | None = None
    waiting: list[_One] = []
    before: _One | None = None
    last: _One | None = None
    for one in items:
        first = first or one
        if last is not None and one.letter != last.letter:
            before = last
        last = one
        if one.letter == first.letter:
            waiting.append(one)
            continue
        for early in waiting:
            yield early, [one]
        waiting.clear()
        others = [first] if before is None or before.letter == first.letter else [first, before]
        yield one, others


@lru_cache(maxsize=16_384)
def _is_dependent(heading: str, rationale: str) -> bool:
    request = parse_request(heading, load_formulary(), load_request_vocabulary())
    return is_dependent(request, rationale)
