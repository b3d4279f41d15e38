"""Trains the sentence model and writes it into the package.

    python training/train.py build/*.jsonl

Everything is drawn with fixed luck: the same input gives the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from pathlib import Path

import numpy as np
from examples import load_records, load_written
from numpy.typing import NDArray
from phrases import from_lexicon
from table import Table

from openimr.pipeline import load_rules

BUCKETS = 1 << 16
PHRASES = 400
"""Ways of saying a concept that are drawn from its phrases in the lexicon."""
TOP = 127
CLIPPED = 99.9
"""Percentile of a concept's weights that becomes the largest byte."""
HERE = Path(__file__).parent
OUT = HERE.parent / "src/openimr/rulebook/data/model"


def main() -> None:
    """Read the examples, train, set thresholds, write the model and its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    rules = load_rules()
    written = load_written(HERE / "sentences")
    concepts = sorted({name for example in written for name in (*example.yes, *example.no)})
    records, pages = load_records(given.records, frozenset(concepts))
    phrases = from_lexicon(rules.lexicon, concepts, PHRASES)
    table = Table([*written, *records, *phrases], concepts, rules.formulary, BUCKETS)
    weights = np.zeros((BUCKETS, len(concepts)), dtype=np.int8)
    thresholds: dict[str, int] = {}
    figures: dict[str, dict[str, float]] = {}
    for column, name in enumerate(concepts):
        rows = table.rows_for(column)
        cut, figures[name] = table.threshold(column, table.held_out_scores(column, rows), pages)
        model = table.fit(column, rows)
        scale = max(float(np.percentile(np.abs(model[model != 0]), CLIPPED)), 1e-9) / TOP
        weights[:, column] = np.clip(np.rint(model / scale), -TOP, TOP).astype(np.int8)
        least = int(np.ceil(cut / scale))
        thresholds[name] = table.raised(column, weights[:, column], least, pages)
        print(name, thresholds[name], figures[name], flush=True)
    write(given.out, weights, thresholds)
    (HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def write(out: Path, weights: NDArray[np.int8], thresholds: dict[str, int]) -> None:
    """The two files that the package loads."""
    packed = zlib.compress(weights.tobytes(), 9)
    out.mkdir(parents=True, exist_ok=True)
    (out / "sentences.bin").write_bytes(packed)
    head = {
        "buckets": BUCKETS,
        "sha256": hashlib.sha256(packed).hexdigest(),
        "thresholds": thresholds,
    }
    (out / "sentences.json").write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
    print(f"{len(packed):,} bytes")


if __name__ == "__main__":
    main()
