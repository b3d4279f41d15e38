"""What each rationale shares with the rest of the corpus: measured when asked, kept until it grows.

    runs of each segment (once) -> runs that stand elsewhere, clusters -> one table of items

The table is derived: `boilerplate/measured` holds it with the state of the corpus it was made from.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from openimr.corpus.lock_derived import alone
from openimr.corpus.near_copies import clusters
from openimr.corpus.run_files import RUNS_VERSION, RunFiles, open_runs
from openimr.corpus.shared_runs import shared_runs
from openimr.corpus.store import Corpus, quoted
from openimr.corpus.word_runs import Places
from openimr.model.progress import Progress, Silent

_STATE = "state.json"


def measured(corpus: Corpus, progress: Progress | None = None) -> str:
    """SQL of the items of a corpus with what was measured of them.

    The columns of `items`, and `runs` (distinct runs of eight words of the rationale), `shared`
    (of these, how many stand in another letter), `cluster` (the number that near copies share),
    `cluster_size`.

    Args:
        corpus: which; what its ledger named when it was opened.
        progress: told of the work where the corpus has grown.

    Raises:
        UsageError: it must be measured and the folder cannot be written.
    """
    place = corpus.folder.boilerplate / "measured"
    state = measure_state(corpus)
    if not _holds(place, state):
        with alone(corpus.folder.boilerplate, "the measure of boilerplate"):
            if not _holds(place, state):
                _measure(corpus, place, state, progress or Silent())
    table = f"read_parquet({quoted(str(place / '*.parquet'))})" if corpus.segments else _NOTHING
    return f"(SELECT items.*, found.* EXCLUDE (item) FROM items JOIN {table} AS found USING (item))"  # noqa: S608 the path is quoted


_NOTHING = (
    "(SELECT NULL::VARCHAR AS item, NULL::BIGINT AS runs, NULL::BIGINT AS shared,"
    " NULL::BIGINT AS cluster, NULL::BIGINT AS cluster_size WHERE false)"
)


def measure_state(corpus: Corpus) -> dict[str, object]:
    """What the measure depends on."""
    return {
        "runs": RUNS_VERSION,
        "segments": list(corpus.segments),
        "replaced": sorted(map(list, corpus.replaced)),
    }


def _holds(place: Path, state: dict[str, object]) -> bool:
    try:
        return bool(json.loads((place / _STATE).read_text(encoding="utf-8")) == state)
    except (OSError, ValueError):
        return False


def _measure(corpus: Corpus, place: Path, state: dict[str, object], progress: Progress) -> None:
    progress.start(len(corpus.segments), "Reading rationales")
    segments = []
    for number in corpus.segments:
        segments.append(open_runs(corpus, number))
        progress.advance()
    progress.done()
    shared = shared_runs(segments, corpus.folder.boilerplate, progress)
    cluster = clusters(segments, progress)
    beside = place.with_name("measured.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    _write(corpus, beside, segments, shared, cluster)
    (beside / _STATE).write_text(json.dumps(state), encoding="utf-8")
    shutil.rmtree(place, ignore_errors=True)
    beside.rename(place)


def _write(
    corpus: Corpus, place: Path, segments: Sequence[RunFiles], shared: Places, cluster: Places
) -> None:
    """One file a segment: its items by name, without those that were replaced."""
    counts = np.concatenate([np.zeros(0, bool), *(one.letters >= 0 for one in segments)])
    sizes = np.bincount(cluster[counts], minlength=len(cluster))
    first = 0
    for number, one in zip(corpus.segments, segments, strict=True):
        at = slice(first, first + one.items)
        found = {
            "row": np.arange(one.items),
            "runs": np.diff(one.runs.offsets),
            "shared": shared[at],
            "cluster": cluster[at],
            "cluster_size": sizes[cluster[at]],
            "counts": counts[at],
        }
        cursor = corpus.connection.cursor()
        cursor.register("found", found)
        cursor.execute(
            "COPY (SELECT item, runs, shared, cluster, cluster_size"
            " FROM read_parquet($items, file_row_number = true) AS items"
            " JOIN found ON found.row = items.file_row_number WHERE counts)"
            " TO $out (FORMAT parquet, COMPRESSION zstd)",
            {
                "items": str(corpus.folder.segment(number) / "items.parquet"),
                "out": str(place / f"{number:06d}.parquet"),
            },
        )
        first += one.items
