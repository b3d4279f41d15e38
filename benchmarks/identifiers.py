"""Finds the identifiers of forged case files and compares with where they stand; see README.md."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openimr.deid.detect import detect
from openimr.model.identifier import Identifier, IdentifierKind
from openimr.synth.forge import forge_case
from openimr.synth.identifiers import Stands, places_of

SEEDS = range(94_000, 94_032)
"""Chosen for this page; nobody has looked at these cases to mend the rules."""
PAGE = Path(__file__).parents[1] / "docs/explain/how-well-names-are-found.md"
_EXAMPLES = 4
_AROUND = 24
_INTRODUCTION = """\
# How well names are found

Written by `python benchmarks/identifiers.py --write`; do not edit. {cases} forged case files (seeds
{first} to {last}), {documents} documents. The forge puts down whom and what it names, strangers on
a prescription list and the initials of staff too.

- **stand**: places where an identifier of the kind stands. **recall**: of these, covered whole by
  what was replaced, whatever kind it was taken for: what is not covered can be read afterwards.
- **right kind**: of those covered, taken for the kind they are.
- **replaced**: places replaced as of this kind. **precision**: of these, that touch an identifier
  of any kind.

Recall is what protects people. All text is invented and forms of real records differ, so a person
must approve a text before it is published.
"""
_LIMITS = """\
## What this does not measure

Every name of a forged case is announced somewhere in it: by a label, a title, a degree, an act
that only people do ("Larrabee to follow up"), a remark on a stranger's paper ("wrong chart"), or
the kind of house. The forge has few ways to name strangers, and the rules know them. A name that
nothing announces anywhere in the case ("Larrabee - lab ok") is not found unless it is given with
`--name`; how often real records write one, the forge cannot tell.
"""


@dataclass(slots=True)
class Score:
    """What was found of one kind, and what should have been."""

    stand: int = 0
    covered: int = 0
    right_kind: int = 0
    replaced: int = 0
    right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.stand + other.stand,
            self.covered + other.covered,
            self.right_kind + other.right_kind,
            self.replaced + other.replaced,
            self.right + other.right,
        )


@dataclass(slots=True)
class Result:
    """All kinds, with what is missed and what is replaced for nothing."""

    scores: dict[IdentifierKind, Score] = field(default_factory=dict)
    missed: Counter[str] = field(default_factory=Counter)
    needless: Counter[str] = field(default_factory=Counter)
    cases: int = 0
    documents: int = 0

    def of(self, kind: IdentifierKind) -> Score:
        """The score of a kind."""
        return self.scores.setdefault(kind, Score())


def main() -> None:
    """Measure, then print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs=2, default=[SEEDS.start, SEEDS.stop])
    parser.add_argument("--json", action="store_true", help="the counts as JSON")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    seeds = range(*options.seeds)
    result = measure(seeds)
    if options.json:
        scores = {kind.value: score for kind, score in result.scores.items()}
        print(json.dumps({kind: [*_numbers(score)] for kind, score in scores.items()}, indent=1))
    elif options.write:
        PAGE.write_text(page(result, seeds), encoding="utf-8")
    else:
        print(page(result, seeds))


def measure(seeds: Iterable[int]) -> Result:
    """Find the identifiers of the cases of these seeds."""
    result = Result()
    for seed in seeds:
        case = forge_case(seed)
        texts = ["\f".join(document.pages) for document in case.documents]
        result.cases += 1
        result.documents += len(texts)
        truth = places_of(case.truth, texts)
        for text, places, found in zip(texts, truth, detect(texts), strict=True):
            _compare(text, places, found, result)
    return result


def _compare(
    text: str, places: Sequence[Stands], found: Sequence[Identifier], result: Result
) -> None:
    for place in places:
        over = [one for one in found if one.start < place.end and place.start < one.end]
        covered = set().union(*(range(one.start, one.end) for one in over))
        score = result.of(place.kind)
        score.stand += 1
        if all(at in covered or not text[at].isalnum() for at in range(place.start, place.end)):
            score.covered += 1
            score.right_kind += any(one.kind is place.kind for one in over)
        else:
            result.missed[_shown(place.kind, text, place.start, place.end)] += 1
    for one in found:
        score = result.of(one.kind)
        score.replaced += 1
        if any(one.start < place.end and place.start < one.end for place in places):
            score.right += 1
        else:
            result.needless[_shown(one.kind, text, one.start, one.end)] += 1


def _shown(kind: IdentifierKind, text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return f"{kind.value}: {' '.join(f'{before}[{text[start:end]}]{after}'.split())}"


def page(result: Result, seeds: range) -> str:
    """The whole page."""
    introduction = _INTRODUCTION.format(
        cases=result.cases,
        documents=f"{result.documents:,}",
        first=f"{seeds.start:,}",
        last=f"{seeds.stop - 1:,}",
    )
    parts = [introduction, table(result)]
    for title, examples in (("Missed", result.missed), ("Replaced for nothing", result.needless)):
        parts.append(f"\n## {title}\n\n{sum(examples.values()):,} places.")
        for shown, count in sorted(examples.items(), key=lambda one: (-one[1], one[0]))[:_EXAMPLES]:
            parts.append(f"- {count} times `{shown}`")
    return "\n".join([*parts, "", _LIMITS])


def table(result: Result) -> str:
    """A row for each kind and one for all, in percent."""
    rows = [(kind.value, result.scores[kind]) for kind in IdentifierKind if kind in result.scores]
    rows.append(("all", sum((score for _, score in rows), Score())))
    lines = [
        "| kind | stand | recall | right kind | replaced | precision |",
        "|---|---|---|---|---|---|",
    ]
    for name, score in rows:
        stand, recall, kind, replaced, precision = _numbers(score)
        lines.append(
            f"| {name} | {stand:,} | {_percent(recall)} | {_percent(kind)} | {replaced:,}"
            f" | {_percent(precision)} |"
        )
    return "\n".join(lines)


def _numbers(score: Score) -> tuple[int, float | None, float | None, int, float | None]:
    return (
        score.stand,
        score.covered / score.stand if score.stand else None,
        score.right_kind / score.covered if score.covered else None,
        score.replaced,
        score.right / score.replaced if score.replaced else None,
    )


def _percent(share: float | None) -> str:
    """Rounded down: 100.0 says that nothing is missed."""
    return "-" if share is None else f"{int(share * 1000) / 10:.1f}"


if __name__ == "__main__":
    main()
