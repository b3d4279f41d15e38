"""What the sentence model finds that extraction does not, and what it points at for nothing.

    python training/measure.py sentences build/held-out.jsonl
    python training/measure.py certificates --seeds 31100-31129 tests/resources/packets/H0[5-8]
    python training/measure.py notes NOTES.jsonl

`sentences`: recall for each concept, of all that the truth quotes and of what was not read.
`certificates`: silences that are now pointed at, and true silences weakened for nothing.
`notes`: proposals a page (3,000 letters) of prose with a `text` on each line.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from records import seeds

from openimr.adapters.casefile import read_files
from openimr.adapters.output import write_folder
from openimr.extract.sentence_model import Proposer
from openimr.extract.sentences import Sentence, split_sentences
from openimr.extract.tokens import tokenize
from openimr.intake.assemble import assemble
from openimr.model.determination import Determination
from openimr.pipeline import Rules, load_rules, review
from openimr.render.json import render_json
from openimr.score import _Places
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_text

_PAGE = 3000
_SILENT = {"not_documented", "unknown", "absent"}
_NEVER = 1 << 30
Json: TypeAlias = dict[str, Any]


def main() -> None:
    """Print one of the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["sentences", "certificates", "notes"])
    parser.add_argument("--seeds", default="")
    parser.add_argument("paths", nargs="*", type=Path)
    given = parser.parse_args()
    rules = load_rules()
    if given.what == "sentences":
        sentences(given.paths, rules)
    elif given.what == "notes":
        notes(given.paths, rules)
    else:
        certificates(given.paths, seeds(given.seeds), rules)


def sentences(paths: list[Path], rules: Rules) -> None:
    """Recall for each concept, and false proposals a page."""
    proposer = Proposer(rules.sentences, rules.formulary)
    told, found, unread, pointed, false = (Counter[str]() for _ in range(5))
    pages = set()
    for row in _rows(paths):
        pages.add((row["case"], row["page"]))
        proposed = _proposed(proposer, row["text"])
        for concept in rules.sentences.concepts:
            hit = concept in proposed
            if concept in row["yes"]:
                told[concept] += 1
                found[concept] += hit
                if concept not in row["read"]:
                    unread[concept] += 1
                    pointed[concept] += hit
            elif hit and concept not in row["read"] and not row["unclear"]:
                false[concept] += 1
    print("| concept | quoted | proposed | not read | of these proposed | false a page |")
    print("|---|---|---|---|---|---|")
    for concept in (*rules.sentences.concepts, "all"):
        n, f, u, p, x = (
            sum(c.values()) if concept == "all" else c[concept]
            for c in (told, found, unread, pointed, false)
        )
        print(f"| {concept} | {n} | {f} | {u} | {p} | {x / len(pages):.4f} |")


def notes(paths: list[Path], rules: Rules) -> None:
    """Proposals a page of prose, and what they cost."""
    proposer = Proposer(rules.sentences, rules.formulary)
    abbreviations = frozenset(rules.lexicon.abbreviations)
    letters, spent, found = 0, 0.0, Counter[str]()
    for row in _rows(paths):
        text = row["text"]
        letters += len(text)
        tokens, cut = tokenize(text), split_sentences(text, abbreviations)
        began = time.perf_counter()
        proposed = proposer.propose(tokens, cut)
        spent += time.perf_counter() - began
        for concept, ones in proposed.items():
            found[concept] += len(ones)
    pages = letters / _PAGE
    for concept, count in found.most_common():
        print(f"{concept:32} {count / pages:.4f}")
    print(f"{'all':32} {sum(found.values()) / pages:.4f}   {1000 * spent / pages:.2f} ms a page")


def certificates(folders: list[Path], chosen: range, rules: Rules) -> None:
    """How many silences point at their page, without and with the model."""
    never = tuple(_NEVER for _ in rules.sentences.thresholds)
    without = replace(rules, sentences=replace(rules.sentences, thresholds=never))
    counts: Counter[str] = Counter()
    for folder in _cases(folders, chosen):
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        files = read_files(folder)
        places = _Places(assemble(files, rules.signs).documents)
        before, after = (_silences(review(files, rules=r), truth, places) for r in (without, rules))
        for key, (kind, was) in before.items():
            now = after.get(key, (kind, was))[1]
            counts[f"{kind}: all"] += 1
            counts[f"{kind}: {was} -> {now}"] += 1
            if kind == "false" and now != "pointed":
                print(folder.name, key, was, "->", now)
    for name, count in sorted(counts.items()):
        print(f"{name:40} {count}")


def _silences(
    determination: Determination, truth: Json, places: _Places
) -> dict[tuple[str, str], tuple[str, str]]:
    """Each silence: whether the truth has something, and whether the certificate says so."""
    told = json.loads(json.dumps(render_json(determination)))
    made = {certificate["id"]: certificate for certificate in told["certificates"]}
    wanted = {
        (item["parse"].get("generic", ""), criterion["id"]): criterion
        for item in truth["items"]
        for criterion in item["criteria"]
    }
    found = {}
    for item in told["items"]:
        for finding in item["findings"]:
            key = (item["request"].get("generic") or "", finding["criterion"])
            criterion = wanted.get(key)
            if criterion is None or not finding.get("certificate"):
                continue
            if finding["value"] not in _SILENT:
                continue
            certificate = made[finding["certificate"]]
            spots = {spot[:2] for spot in places.spots(criterion.get("evidence") or ())}
            accepted = [criterion["value"], *(criterion.get("also_accept") or ())]
            shown = {(n["document"], n["page"]) for n in certificate["nearest"] if n["possible"]}
            if finding["value"] in accepted or not spots:
                found[key] = "true", "claimed" if certificate["claims_absence"] else "weakened"
            else:
                found[key] = "false", "pointed" if shown & spots else "silent"
    return found


def _cases(folders: list[Path], chosen: range) -> Iterator[Path]:
    yield from folders
    for seed in chosen:
        with tempfile.TemporaryDirectory() as scratch:
            case = forge_case(seed)
            folder = Path(scratch) / case.id
            write_folder(folder, as_text(case))
            yield folder


def _rows(paths: list[Path]) -> Iterator[Json]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _proposed(proposer: Proposer, text: str) -> set[str]:
    return set(proposer.propose(tokenize(text), [Sentence(0, len(text))]))


if __name__ == "__main__":
    main()
