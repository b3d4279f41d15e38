"""Examples as hashed features, and the regression over them.

One logistic regression for each concept, in plain numpy. Each feature is scaled by how much more
often it stands in sentences that speak of the concept than in others (Wang and Manning 2012,
"Baselines and Bigrams"), which serves where a concept has a few hundred short examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from examples import Example
from numpy.typing import NDArray

from openimr.extract.sentence_features import Features, windows
from openimr.extract.tokens import tokenize
from openimr.model.drug import Formulary

FOLDS = 3
STEPS = 120
RATE = 0.08
RIDGE = 1e-4
SMOOTHING = 1.0
SAMPLED = 8000
"""Plain sentences a concept is told apart from."""
WRITTEN_WEIGHT = 3.0
REFUSED = 0.8
"""Of the near misses written for a concept, which share most of its words."""
PER_PAGE = 0.008
"""False proposals that a page of a record may have, for one concept."""

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


class Table:
    """Distinct runs of words with their labels: 1 speaks of it, 0 does not, -1 cannot be said."""

    def __init__(
        self, examples: list[Example], concepts: list[str], formulary: Formulary, buckets: int
    ) -> None:
        self.concepts = concepts
        self.size = buckets
        by_text: dict[str, Example] = {}
        for example in examples:
            known = by_text.get(example.text)
            by_text[example.text] = example if known is None else known.joined(example)
        seen: dict[tuple[int, ...], Example] = {}
        features = Features(formulary, buckets)
        for example in by_text.values():
            for found, part in _parts(example, features):
                seen[found] = seen[found].joined(part) if found in seen else part
        self.examples = list(seen.values())
        self.flat = np.concatenate([np.array(found) for found in seen])
        self.lengths = np.array([len(found) for found in seen])
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.labels = np.array(
            [[one.label(name) for name in concepts] for one in self.examples], dtype=np.int8
        )
        self.written = np.array([one.written for one in self.examples])
        self.lexicon = np.array([one.group.startswith("lexicon ") for one in self.examples])
        self.counts = np.array([one.count for one in self.examples])
        self.folds = np.array([one.fold(FOLDS) for one in self.examples])
        print(f"{len(self.examples):,} distinct runs of {len(examples):,} sentences", flush=True)

    def rows_for(self, column: int) -> Rows:
        """The rows a concept is trained on: what speaks of it, what was written, and a sample."""
        labels = self.labels[:, column]
        ours = self.written | self.lexicon
        kept = (labels == 1) | ((labels == 0) & ours)
        plain = np.flatnonzero((labels == 0) & ~ours)
        luck = np.random.default_rng(column)
        drawn = luck.choice(plain, size=min(SAMPLED, len(plain)), replace=False)
        return np.sort(np.concatenate([np.flatnonzero(kept), drawn]))

    def fit(self, column: int, rows: Rows) -> Floats:
        """The weights of one concept by full-batch Adam; a threshold takes the bias' place."""
        lengths = self.lengths[rows]
        flat = np.concatenate([self._of(row) for row in rows])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        wanted = (self.labels[rows, column] == 1).astype(float)
        counts = self._importance(rows, wanted)
        ratio = self._ratio(flat, np.repeat(counts * wanted, lengths), np.repeat(counts, lengths))
        values = ratio[flat]
        counts = counts / counts.sum()
        weights = np.zeros(self.size + 1)
        mean, square = np.zeros_like(weights), np.zeros_like(weights)
        for step in range(1, STEPS + 1):
            sums = np.add.reduceat(weights[flat] * values, starts) + weights[-1]
            error = counts * (1 / (1 + np.exp(-np.clip(sums, -30, 30))) - wanted)
            slope = np.bincount(flat, np.repeat(error, lengths) * values, self.size + 1)
            slope += RIDGE * weights
            slope[-1] = error.sum()
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope**2 - square)
            size = np.sqrt(square / (1 - 0.99**step)) + 1e-6
            weights -= RATE / (1 - 0.9**step) * mean / size
        return np.asarray(weights[:-1] * ratio)

    def held_out_scores(self, column: int, rows: Rows) -> Floats:
        """The score of every example by a model that has not seen its fold."""
        scores = np.zeros(len(self.examples))
        for fold in range(FOLDS):
            model = self.fit(column, rows[self.folds[rows] != fold])
            unseen = self.folds == fold
            scores[unseen] = np.add.reduceat(model[self.flat], self.starts)[unseen]
        return scores

    def threshold(self, column: int, scores: Floats, pages: int) -> tuple[float, dict[str, float]]:
        """The lowest cut at which few records' sentences and few near misses are proposed."""
        name, labels = self.concepts[column], self.labels[:, column]
        told = self.written & np.array([name in one.yes for one in self.examples])
        near = self.written & np.array([name in one.no for one in self.examples])
        records = ~self.written & ~self.lexicon
        plain = np.sort(scores[(labels == 0) & records])[::-1]
        by_page = float(plain[min(int(PER_PAGE * pages), len(plain) - 1)]) + 1e-9
        cut = max(by_page, float(np.quantile(scores[near], REFUSED)))
        chosen = scores >= cut
        judged = records & (labels >= 0)
        return cut, {
            "written_found": _share(chosen[told]),
            "near_misses_refused": round(1 - _share(chosen[near]), 3),
            "records_found": _share(chosen[records & (labels == 1)]),
            "records_precision": _share(labels[judged & chosen] == 1),
            "false_per_page": round(float((chosen & (labels == 0) & records).sum()) / pages, 4),
        }

    def raised(self, column: int, weights: NDArray[np.int8], cut: int, pages: int) -> int:
        """The threshold, raised where lines that every record repeats would pass it."""
        plain = (self.labels[:, column] == 0) & ~self.written & ~self.lexicon
        sums = np.add.reduceat(weights[self.flat].astype(np.int64), self.starts)[plain]
        order = np.argsort(-sums, kind="stable")
        met = np.cumsum(self.counts[plain][order])
        beyond = sums[order][np.searchsorted(met, PER_PAGE * pages, side="right") :]
        return max(cut, int(beyond[0]) + 1) if len(beyond) else cut

    def _of(self, row: int) -> NDArray[np.int64]:
        start = self.starts[row]
        return self.flat[start : start + self.lengths[row]]

    def _importance(self, rows: Rows, wanted: Floats) -> Floats:
        """What each row counts: written ones more, the few that speak of it more than the many."""
        counts = np.where(self.written[rows], WRITTEN_WEIGHT, 1.0)
        yes, no = counts[wanted == 1].sum(), counts[wanted == 0].sum()
        counts[wanted == 1] *= np.sqrt(no / max(yes, 1.0))
        return np.asarray(counts)

    def _ratio(self, flat: Rows, speaking: Floats, every: Floats) -> Floats:
        """How much a feature tells of the concept: the logarithm of its odds, at most one."""
        yes = np.bincount(flat, speaking, self.size) + SMOOTHING
        no = np.bincount(flat, every - speaking, self.size) + SMOOTHING
        ratio = np.log(yes / yes.sum() / (no / no.sum()))
        return np.asarray(ratio / np.abs(ratio).max())


def _parts(example: Example, features: Features) -> Iterator[tuple[tuple[int, ...], Example]]:
    """The windows of a sentence; which of several speaks of the concept cannot be said."""
    words = tokenize(example.text).words
    if not words:
        return
    contexts = [
        [bucket for bucket in about if bucket != features.none]
        for about in features.of_contexts(features.rows(words), [0]).T.tolist()
    ]
    spans = list(windows(0, len(words)))
    if len(spans) > 1:
        unclear = example.unclear or bool(example.yes)
        example = replace(example, yes=frozenset(), unclear=unclear)
    for first, last in spans:
        found = [bucket for at in range(first, last) for bucket in contexts[at]]
        for word in words[first:last]:
            found += features.of_word(word)
        yield tuple(found), example


def _share(chosen: NDArray[np.bool_]) -> float:
    """How many of some are true; -1 of none."""
    return round(float(chosen.mean()), 3) if len(chosen) else -1.0
