"""Trains the sentence model and writes it into the package.

    python training/train.py build/*.jsonl

One logistic regression for each concept over hashed features, with L2 and full-batch steps, in
plain numpy: the same input gives the same weights. Thresholds come from scores of sentences that a
fold's model has not seen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from pathlib import Path

import numpy as np
from examples import Example, load_records, load_written
from numpy.typing import NDArray

from openimr.extract.sentence_features import Features
from openimr.extract.tokens import tokenize
from openimr.pipeline import load_rules

BUCKETS = 1 << 16
FOLDS = 3
STEPS = 120
RATE = 0.08
RIDGE = 2e-3
SAMPLED = 8000
"""Plain sentences a concept is told apart from, drawn anew for each."""
WRITTEN_WEIGHT = 3.0
PRECISION = 0.95
PER_PAGE = 0.008
"""False proposals a page of a hand-written or forged record may have, for one concept."""
TOP = 127
HERE = Path(__file__).parent
OUT = HERE.parent / "src/openimr/rulebook/data/model"


def main() -> None:
    """Read the examples, train, set thresholds, write the model and its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    written = load_written(HERE / "sentences")
    concepts = sorted({name for example in written for name in (*example.yes, *example.no)})
    records, pages = load_records(given.records, frozenset(concepts))
    table = Table([*written, *records], concepts)
    rng = np.random.default_rng(20260)
    weights = np.zeros((BUCKETS, len(concepts)), dtype=np.int8)
    thresholds: dict[str, int] = {}
    figures: dict[str, dict[str, float]] = {}
    for column, name in enumerate(concepts):
        rows = table.rows_for(column, rng)
        scores = table.held_out_scores(column, rows)
        cut, figures[name] = table.threshold(column, rows, scores, pages)
        model = table.fit(column, rows)
        scale = max(float(np.abs(model).max()), 1e-9) / TOP
        weights[:, column] = np.rint(model / scale).astype(np.int8)
        thresholds[name] = int(np.ceil(cut / scale))
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


class Table:
    """Examples as features, and the regression over them."""

    def __init__(self, examples: list[Example], concepts: list[str]) -> None:
        features = Features(load_rules().formulary, BUCKETS)
        self.concepts = concepts
        self.examples: list[Example] = []
        self.buckets: list[NDArray[np.int64]] = []
        seen: dict[tuple[int, ...], int] = {}
        for example in examples:
            found = tuple(features.of(tokenize(example.text).words))
            if not found:
                continue
            if found in seen:
                self.examples[seen[found]] = self.examples[seen[found]].joined(example)
                continue
            seen[found] = len(self.examples)
            self.examples.append(example)
            self.buckets.append(np.array(found))
        self.labels = np.array(
            [[example.label(name) for name in concepts] for example in self.examples], dtype=np.int8
        )
        self.written = np.array([example.written for example in self.examples])
        self.folds = np.array([example.fold(FOLDS) for example in self.examples])
        print(f"{len(self.examples):,} distinct sentences of {len(examples):,}", flush=True)

    def rows_for(self, column: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """The rows a concept is trained on: what speaks of it, what was written, and a sample."""
        labels = self.labels[:, column]
        kept = (labels == 1) | ((labels == 0) & self.written)
        plain = np.flatnonzero((labels == 0) & ~self.written)
        drawn = rng.choice(plain, size=min(SAMPLED, len(plain)), replace=False)
        return np.sort(np.concatenate([np.flatnonzero(kept), drawn]))

    def fit(self, column: int, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The weights of one concept by full-batch Adam; the last bucket is no bias."""
        flat = np.concatenate([self.buckets[row] for row in rows])
        lengths = np.array([len(self.buckets[row]) for row in rows])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        wanted = self.labels[rows, column].astype(float)
        scale = self._importance(rows, wanted)
        weights, mean, square = (np.zeros(BUCKETS) for _ in range(3))
        bias = bias_mean = bias_square = 0.0
        for step in range(1, STEPS + 1):
            sums = np.add.reduceat(weights[flat], starts) + bias
            error = scale * (1 / (1 + np.exp(-np.clip(sums, -30, 30))) - wanted)
            slope = np.bincount(flat, np.repeat(error, lengths), BUCKETS) + RIDGE * weights
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope**2 - square)
            lift = RATE / (1 - 0.9**step)
            weights -= lift * mean / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
            tilt = float(error.sum())
            bias_mean += 0.1 * (tilt - bias_mean)
            bias_square += 0.01 * (tilt**2 - bias_square)
            bias -= lift * bias_mean / (np.sqrt(bias_square / (1 - 0.99**step)) + 1e-6)
        self.bias = bias
        return weights

    def _importance(
        self, rows: NDArray[np.int64], wanted: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """What each row counts: written ones more, the two sides nearly alike in all."""
        scale = np.where(self.written[rows], WRITTEN_WEIGHT, 1.0)
        yes, no = scale[wanted == 1].sum(), scale[wanted == 0].sum()
        scale[wanted == 1] *= np.sqrt(no / max(yes, 1.0))
        return np.asarray(scale / scale.sum())

    def scores(self, weights: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The sums of some rows."""
        return np.array([weights[self.buckets[row]].sum() for row in rows])

    def held_out_scores(self, column: int, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The score of every example by a model that has not seen its fold."""
        scores = np.zeros(len(self.examples))
        for fold in range(FOLDS):
            model = self.fit(column, rows[self.folds[rows] != fold])
            unseen = np.flatnonzero(self.folds == fold)
            scores[unseen] = self.scores(model, unseen)
        return scores

    def threshold(
        self, column: int, rows: NDArray[np.int64], scores: NDArray[np.float64], pages: int
    ) -> tuple[float, dict[str, float]]:
        """The lowest cut that keeps precision among the written and few false ones a page."""
        labels = self.labels[:, column]
        plain = np.sort(scores[(labels == 0) & ~self.written])[::-1]
        allowed = int(PER_PAGE * pages)
        by_page = plain[allowed] if allowed < len(plain) else -np.inf
        name = self.concepts[column]
        own = np.array([name in one.yes or name in one.no for one in self.examples]) & self.written
        order = np.argsort(-scores[own], kind="stable")
        ranked, right = scores[own][order], labels[own][order] == 1
        precision = np.cumsum(right) / np.arange(1, len(right) + 1)
        good = np.flatnonzero(precision >= PRECISION)
        by_precision = ranked[good[-1]] if len(good) else ranked[0]
        cut = float(max(by_page + 1e-9, by_precision))
        chosen = scores >= cut
        told = self.written & (labels == 1)
        forged = ~self.written & (labels == 1)
        return cut, {
            "cut": round(cut, 3),
            "by_page": round(float(by_page), 3),
            "by_precision": round(float(by_precision), 3),
            "recall_written": _share(chosen[told]),
            "recall_records": _share(chosen[forged]),
            "precision_written": _share(labels[own & chosen] == 1),
            "per_page": round(float((chosen & (labels == 0) & ~self.written).sum()) / pages, 4),
        }


def _share(chosen: NDArray[np.bool_]) -> float:
    """How many of some are true; -1 of none."""
    return round(float(chosen.mean()), 3) if len(chosen) else -1.0


if __name__ == "__main__":
    main()
