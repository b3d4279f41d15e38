"""Forges letters, then reads, keeps, indexes and searches them beside a well-known engine."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Cost, disk_mib, run
from openimr.adapters.workers import processors
from published_stages import INSIDE, Result

_OURS = [sys.executable, "-m", "openimr", "published"]


def main() -> None:
    """Measure one corpus size; results go to stdout as JSON, a line for each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--work", type=Path, help="folder for the corpus; kept if it is given")
    parser.add_argument("--stage", help="one stage alone, in this process")
    parser.add_argument("--stages", nargs="*", default=list(_STAGES))
    options = parser.parse_args()
    if options.stage:
        print(json.dumps(INSIDE[options.stage](options.work)))
        return
    work = options.work or Path(tempfile.mkdtemp(prefix="openimr-published-"))
    work.mkdir(parents=True, exist_ok=True)
    for name in options.stages:
        load = os.getloadavg()[0]
        result = _STAGES[name](work, options.letters)
        line = {"stage": name, "letters": options.letters, "load": round(load, 1), **result}
        print(json.dumps(line), flush=True)
    if options.work is None:
        shutil.rmtree(work)


def _forge(work: Path, letters: int) -> Result:
    """The letters as zips of text, on all processors."""
    out = work / "letters"
    command = [*_OURS, "forge", "--out", str(out), "--letters", str(letters), "--seed", "7"]
    options = ["--format", "zip", "--duplicates", "0.03", "--no-gold", "--quiet"]
    cost = run([*command, *options, "--jobs", str(processors())])
    return {
        "seconds": round(cost.seconds, 1),
        "letters_per_core_second": round(letters / cost.cpu),
        "peak_mib": round(cost.peak_mib),
        "disk_mib": round(disk_mib(out)),
    }


def _ingest(work: Path, letters: int) -> Result:
    shutil.rmtree(work / "corpus", ignore_errors=True)
    cost = run(
        [
            *_OURS,
            "ingest",
            str(work / "letters"),
            "--corpus",
            str(work / "corpus"),
            "--no-index",
            "--quiet",
            "--json",
        ]
    )
    return {
        "seconds": round(cost.seconds, 1),
        "letters_per_second": round(letters / cost.seconds),
        "letters_per_core_second": round(letters / cost.cpu),
        "peak_mib": round(cost.peak_mib),
        "disk_mib": round(disk_mib(work / "corpus")),
        "tally": json.loads(cost.output),
    }


def _boilerplate(work: Path, letters: int) -> Result:
    """Everything measured anew; then the report alone, from what is kept."""
    corpus = work / "corpus"
    shutil.rmtree(corpus / "boilerplate", ignore_errors=True)
    command = [*_OURS, "boilerplate", "--corpus", str(corpus), "--clusters", "10", "--json"]
    cost = run([*command, "--quiet"])
    again = run([*command, "--quiet", "--by", "topic"])
    told = json.loads(cost.output)
    return {
        **_speed(cost, letters),
        "report_seconds": round(again.seconds, 1),
        "disk_mib": round(disk_mib(corpus / "boilerplate")),
        "copied": round(told["rows"][0]["copied"], 3),
        "largest_clusters": [cluster["items"] for cluster in told["clusters"]],
    }


def _lint(work: Path, letters: int) -> Result:
    """Every letter checked anew; then the counts alone."""
    corpus = work / "corpus"
    shutil.rmtree(corpus / "problems", ignore_errors=True)
    cost = run([*_OURS, "lint", "--corpus", str(corpus), "--quiet", "--json"])
    command = [*_OURS, "stats", "--corpus", str(corpus), "--report", "problems", "--json"]
    again = run([*command, "--by", "topic", "--over", "year"])
    return {
        **_speed(cost, letters),
        "report_seconds": round(again.seconds, 1),
        "disk_mib": round(disk_mib(corpus / "problems")),
    }


def _speed(cost: Cost, letters: int) -> Result:
    return {
        "seconds": round(cost.seconds, 1),
        "cpu": round(cost.cpu, 1),
        "letters_per_core_second": round(letters / cost.cpu),
        "peak_mib": round(cost.peak_mib),
    }


def _inside(stage: str) -> Callable[[Path, int], Result]:
    """A stage in a process of its own, so that its memory is its own."""

    def measured(work: Path, letters: int) -> Result:
        del letters
        cost = run([sys.executable, __file__, "--stage", stage, "--work", str(work)])
        return {
            **json.loads(cost.output),
            "process_seconds": round(cost.seconds, 1),
            "cpu": round(cost.cpu, 1),
            "peak_mib": round(cost.peak_mib),
        }

    return measured


_STAGES: dict[str, Callable[[Path, int], Result]] = {
    "forge": _forge,
    "parse_texts": _inside("parse_texts"),
    "parse_pdfs": _inside("parse_pdfs"),
    "ingest": _ingest,
    "boilerplate": _boilerplate,
    "lint": _lint,
    **{name: _inside(name) for name in ("index", "search", "counts", "fts5_build", "fts5_search")},
}


if __name__ == "__main__":
    main()
