"""Forged and hand-written case files -> sentences with the concepts that they speak of.

    python training/records.py --out build/forged.jsonl --seeds 30000-30299

A sentence that the truth quotes for a concept is `yes` for it, and `said` holds the quoted words;
one from which extraction read a fact is `read`; what the truth quotes otherwise (a trap, a
criterion, a fact under a name of its own) is `unclear`.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from openimr.adapters.casefile import read_files
from openimr.adapters.output import write_folder
from openimr.extract.facts import extract_facts
from openimr.extract.header import read_header
from openimr.extract.sentences import split_sentences
from openimr.intake.assemble import assemble
from openimr.model.document import Document
from openimr.pipeline import Rules, load_rules
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_text

_LEAST_OVERLAP = 8
"""Characters that a sentence must share with a quote to be of it."""


def main() -> None:
    """Write one line for each sentence of each case file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", default="")
    parser.add_argument("packets", nargs="*", type=Path)
    given = parser.parse_args()
    rules = load_rules()
    with given.out.open("w", encoding="utf-8") as out:
        for folder in given.packets:
            _write(out, folder.name, sentences(folder, rules))
        for seed in seeds(given.seeds):
            with tempfile.TemporaryDirectory() as scratch:
                case = forge_case(seed)
                folder = Path(scratch) / case.id
                write_folder(folder, as_text(case))
                _write(out, case.id, sentences(folder, rules))


def seeds(span: str) -> range:
    """`30000-30299` as a range; empty for an empty text."""
    if not span:
        return range(0)
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


def _write(out: TextIO, case: str, rows: Iterator[dict[str, Any]]) -> None:
    out.writelines(json.dumps({"case": case, **row}) + "\n" for row in rows)


def sentences(folder: Path, rules: Rules) -> Iterator[dict[str, Any]]:
    """Every sentence of the patient's clinical documents, with what is known of it."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    documents = assemble(read_files(folder), rules.signs).documents
    header = read_header(documents)
    facts = extract_facts(
        documents, header=header, lexicon=rules.lexicon, formulary=rules.formulary
    )
    read: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for fact in facts:
        where = fact.provenance
        read.setdefault((where.document, where.page), []).append(
            (where.start, where.end, str(fact.concept))
        )
    known = set(rules.lexicon.concepts)
    told = _told(truth, documents)
    abbreviations = frozenset(rules.lexicon.abbreviations)
    for document in documents:
        if not document.kind.is_clinical:
            continue
        for page in document.pages:
            if page.is_foreign:
                continue
            key = (str(document.id), page.number)
            for sentence in split_sentences(page.text, abbreviations):
                span = (sentence.start, sentence.end)
                quoted = _touching(told.get(key, ()), span)
                yield {
                    "kind": document.kind.value,
                    "page": f"{document.id}:{page.number}",
                    "text": " ".join(page.text[span[0] : span[1]].split()),
                    "yes": sorted(quoted & known),
                    "said": {
                        concept: " ".join(page.text[max(a, span[0]) : min(b, span[1])].split())
                        for a, b, concept in told.get(key, ())
                        if concept in quoted & known and a < span[1] and span[0] < b
                    },
                    "unclear": bool(quoted - known),
                    "read": sorted(_touching(read.get(key, ()), span)),
                }


def _told(
    truth: Mapping[str, Any], documents: Sequence[Document]
) -> dict[tuple[str, int], list[tuple[int, int, str]]]:
    """Where the quotes of a truth file stand, each with its concept (or its own name for it)."""
    entries = [(str(fact["concept"]), fact) for fact in truth.get("facts", ())]
    for item in truth.get("items", ()):
        for criterion in item.get("criteria", ()):
            entries += [("a criterion", quote) for quote in criterion.get("evidence") or ()]
    entries += [("a trap", trap) for trap in truth.get("planted", ())]
    found: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for concept, entry in entries:
        spot = _spot(entry, documents)
        if spot is not None:
            key, start, end = spot
            found.setdefault(key, []).append((start, end, concept))
    return found


def _spot(
    entry: Mapping[str, Any], documents: Sequence[Document]
) -> tuple[tuple[str, int], int, int] | None:
    if not entry.get("file") or not entry.get("quote"):
        return None
    stem = str(entry["file"]).rsplit(".", 1)[0].casefold()
    pattern = re.compile(r"\s+".join(re.escape(word) for word in str(entry["quote"]).split()))
    for document in documents:
        if document.file.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold() != stem:
            continue
        for page in document.pages:
            if page.file_page == entry.get("page") and (hit := pattern.search(page.text)):
                return (str(document.id), page.number), hit.start(), hit.end()
    return None


def _touching(places: Sequence[tuple[int, int, str]], span: tuple[int, int]) -> set[str]:
    least = min(_LEAST_OVERLAP, span[1] - span[0])
    return {
        concept
        for start, end, concept in places
        if min(end, span[1]) - max(start, span[0]) >= min(least, end - start)
    }


if __name__ == "__main__":
    main()
