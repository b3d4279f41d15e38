"""How well OpenIMR reads, against other engines on the same text in the same run; see README.md.

    python benchmarks/reading.py --engine-python ENGINES/bin/python --write

prints the tables as Markdown, and with `--write` puts them into docs/explain/how-well-it-reads.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.lexicon import load_lexicon
from reading_readers import Floor, OpenIMR, Pointer, Said, ask_engine
from reading_score import NOT_READ, Count, Marks, mark, mark_medications
from reading_sets import (
    NOTES,
    PASSAGES,
    ROOT,
    SIGS,
    UNREAD,
    Labelled,
    Prescribed,
    forged,
    forged_prescriptions,
    notes,
    passages,
    written_prescriptions,
)
from reading_table import page_of_results

ENGINES = ("medspacy", "negspacy")
PAGE = ROOT / "docs" / "explain" / "how-well-it-reads.md"
SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that was measured."""

    seeds: str
    pages: Mapping[str, int]
    """Labelled texts of each set."""
    readers: tuple[str, ...]
    versions: tuple[str, ...]
    """Of the engines."""
    marks: Mapping[str, Mapping[str, Marks]]
    """By set, then by reader."""
    medications: Mapping[str, Mapping[str, Count]]
    medication_misses: Mapping[str, Sequence[str]]


def labelled_sets(seeds: Sequence[int]) -> dict[str, list[Labelled]]:
    """The sets by name, empty ones left out."""
    sets = {
        "open": list(passages(PASSAGES / "open.yaml")),
        SET_ASIDE: list(passages(PASSAGES / f"{SET_ASIDE}.yaml")),
        "notes": list(notes(NOTES)),
        "forged": list(forged(seeds)),
    }
    return {name: pages for name, pages in sets.items() if pages}


def prescribed_sets(seeds: Sequence[int]) -> dict[str, list[Prescribed]]:
    """Labelled medications by name."""
    formulary = load_formulary()
    return {
        "forged": list(forged_prescriptions(seeds, formulary)),
        UNREAD.stem: list(written_prescriptions(UNREAD)),
        "open": list(written_prescriptions(SIGS)),
    }


def measure(seeds: Sequence[int], python: Path | None) -> Result:
    """Let every reader read every set."""
    lexicon, formulary = load_lexicon(), load_formulary()
    ours, floor = OpenIMR(lexicon, formulary), Floor(formulary)
    model = Pointer(lexicon, formulary)
    sets = labelled_sets(seeds)
    texts = [page.text for pages in sets.values() for page in pages]
    read: dict[str, list[list[Said]]] = {
        ours.name: [ours.read(page.document) for pages in sets.values() for page in pages]
    }
    versions = []
    for engine in ENGINES if python is not None else ():
        version, read[engine] = ask_engine(engine, python or Path(), texts, lexicon)
        versions.append(version)
    marks: dict[str, dict[str, Marks]] = {}
    at = 0
    for name, pages in sets.items():
        marks[name] = {
            reader: mark(pages, answers[at : at + len(pages)], shown=name != SET_ASIDE)
            for reader, answers in read.items()
        }
        _explain(marks[name][ours.name], pages, model)
        at += len(pages)
    medications: dict[str, dict[str, Count]] = {}
    misses: dict[str, Sequence[str]] = {}
    for name, prescribed in prescribed_sets(seeds).items():
        counts = {}
        for reader in (ours, floor):
            found = [reader.medications(page.document) for page in prescribed]
            shown = name != UNREAD.stem
            counts[reader.name], told = mark_medications(prescribed, found, shown=shown)
            if reader is ours:
                misses[name] = told
        medications[name] = counts
    return Result(
        seeds=f"{seeds[0]}-{seeds[-1]}",
        pages={name: len(pages) for name, pages in sets.items()},
        readers=tuple(read),
        versions=tuple(versions),
        marks=marks,
        medications=medications,
        medication_misses=misses,
    )


def _explain(marks: Marks, pages: Sequence[Labelled], model: Pointer) -> None:
    """Say of what no rule reads whether the sentence model shows it to the reviewer."""
    marks.misses = [
        replace(miss, why=f"{miss.why}; the sentence model points at it")
        if miss.why.endswith(NOT_READ)
        and model.points(pages[miss.page].text, miss.span, miss.concept)
        else miss
        for miss in marks.misses
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="52000-52011", help="Forged records, first-last.")
    parser.add_argument("--engine-python", type=Path, help="An interpreter with the engines.")
    parser.add_argument("--write", action="store_true", help="Write the page in docs/.")
    parser.add_argument("--misses", action="store_true", help="List every miss instead.")
    parser.add_argument("--json", action="store_true", help="The counts as JSON.")
    given = parser.parse_args()
    first, _, last = given.seeds.partition("-")
    result = measure(range(int(first), int(last or first) + 1), given.engine_python)
    if given.misses:
        for name, by_reader in result.marks.items():
            for miss in by_reader[result.readers[0]].misses:
                print(f"{name}: {miss.concept}: {miss.why}: {miss.quote}")
        for name, told in result.medication_misses.items():
            for miss in told:
                print(f"{name}: {miss}")
        return
    if given.json:
        json.dump(_plain(result), sys.stdout, indent=1)
        return
    text = page_of_results(result)
    if given.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)


def _plain(result: Result) -> dict[str, object]:
    def counts(of: Mapping[str, Count]) -> dict[str, list[int]]:
        return {name: [one.right, one.extra, one.missed] for name, one in sorted(of.items())}

    return {
        "seeds": result.seeds,
        "readers": list(result.readers),
        "sets": {
            name: {
                reader: {"class": counts(one.by_class), "concept": counts(one.by_concept)}
                for reader, one in by_reader.items()
            }
            for name, by_reader in result.marks.items()
        },
        "medications": {name: counts(of) for name, of in result.medications.items()},
    }


if __name__ == "__main__":
    main()
