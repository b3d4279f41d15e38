"""The page of results, written by the script that measured them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reading_score import CLASSES, Count, Marks, on_common

if TYPE_CHECKING:
    from reading import Result

_SETS = {
    "set_aside": "Set aside: passages written before the rules of assertion were looked at, and "
    "kept from them",
    "notes": "Notes: whole notes, each line labelled with all it says, by one who did not "
    "write the rules",
    "open": "Open: passages the rules were mended with; they measure that nothing is lost",
}
_SHOWN = 3
"""Examples of what is missed, of each concept."""
_LONGEST = 150
_INTRODUCTION = """\
# How well it reads

Written by `python benchmarks/reading.py --write`; do not edit. How to run it:
[benchmarks](../../benchmarks/README.md). OpenIMR and the engines named read the same text in the
same run. Shares are in percent; "P R F1" are precision, recall and their harmonic mean; "n" is how
many statements the labels have.

- All text is invented, written for OpenIMR or forged by it. Real records are harder.
- The engines ship no vocabulary for this field. They were given the word lists of our lexicon, so
  finding the words is not their merit or fault; sentences, negation, history, hypothesis, doubt and
  family are theirs, as they come. They know nothing of check boxes, of tables, of sections.
- negspaCy tells denied from stated and nothing else: its other classes are empty by design.
- Right is only what has the concept, the word of the value that the label names, and the assertion.
- Too much (precision) is what the labels do not allow: another assertion of a labelled statement,
  another value of a concept that the text has labels for. In notes all else counts as well.
"""


def page_of_results(result: Result) -> str:
    """The whole page."""
    versions = ", ".join(result.versions) or "none were run"
    parts = [
        _INTRODUCTION,
        f"Forged records: seeds {result.seeds}, chosen for this page. Engines: {versions}.\n",
        _medications(result),
        _classes(result),
        _common(result),
        _concepts(result),
        _missed(result),
    ]
    return "\n".join(parts)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f}"


def _three(count: Count) -> str:
    if not (count.right or count.extra or count.missed):
        return "- - -"
    return " ".join(map(_percent, (count.precision, count.recall, count.f1)))


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _medications(result: Result) -> str:
    rows = [
        [name, str(next(iter(counts.values())).total), *(_three(one) for one in counts.values())]
        for name, counts in result.medications.items()
    ]
    readers = next(iter(result.medications.values()))
    head = ["set", "n", *(f"{name}: P R F1" for name in readers)]
    return (
        "## Medications: drug, strength and frequency, all three right\n\n"
        "The floor is a list of drug names with the next strength and the next words of\n"
        "frequency. No maintained parser of directions ships without a model from elsewhere, so\n"
        "no other engine stands here. The lines of `unread` were labelled before any was read;\n"
        "those of `open` were used to mend the grammar.\n\n" + _rows(head, rows)
    )


def _classes(result: Result) -> str:
    parts = ["## Assertion: how a statement is meant\n"]
    for name, told in _SETS.items():
        marks = result.marks.get(name)
        if marks is None or name == "forged":
            continue
        first = next(iter(marks.values()))
        rows = [
            [
                assertion,
                str(first.by_class[assertion].total),
                *(_three(one.by_class[assertion]) for one in marks.values()),
            ]
            for assertion in CLASSES
        ]
        rows.append(["all", str(_sum(first).total), *(_three(_sum(one)) for one in marks.values())])
        head = ["assertion", "n", *(f"{reader}: P R F1" for reader in marks)]
        parts.append(f"{told} ({result.pages[name]} texts).\n\n{_rows(head, rows)}")
    return "\n".join(parts)


def _sum(marks: Marks) -> Count:
    total = Count()
    for one in marks.by_class.values():
        total += one
    return total


def _common(result: Result) -> str:
    rows = []
    for name, marks in result.marks.items():
        number, shares = on_common(marks)
        rows.append([name, str(number), *(_percent(share) for share in shares.values())])
    return (
        "## The same statements, found by all\n\n"
        "Where every reader found the words: how many each took as they are meant. Vocabulary\n"
        "plays no part here.\n\n" + _rows(["set", "n", *result.readers], rows)
    )


def _concepts(result: Result) -> str:
    labelled = {name: of for name, of in result.marks.items() if name != "forged"}
    forged = result.marks.get("forged", {})
    names = sorted({concept for of in result.marks.values() for concept in _named(of)})
    rows = []
    for concept in names:
        cells = [concept]
        counts = [_joined(labelled, reader, concept) for reader in result.readers]
        cells += [str(counts[0].total), *(_three(count) for count in counts)]
        counts = [forged[reader].by_concept[concept] for reader in result.readers if forged]
        cells += [str(counts[0].total) if counts else "0"]
        cells += [f"{_percent(count.recall)}" for count in counts]
        rows.append(cells)
    head = ["concept", "n", *(f"{reader}: P R F1" for reader in result.readers)]
    head += ["n forged", *(f"{reader}: R" for reader in result.readers)]
    return (
        "## By concept\n\n"
        "First the labelled passages and notes together; then the clinical pages of forged\n"
        "records, whose truth lists what was planted and so gives recall only. Where n is small a\n"
        "share says little.\n\n" + _rows(head, rows)
    )


def _named(marks: Mapping[str, Marks]) -> set[str]:
    return {
        concept
        for one in marks.values()
        for concept, count in one.by_concept.items()
        if count.total
    }


def _joined(sets: Mapping[str, Mapping[str, Marks]], reader: str, concept: str) -> Count:
    total = Count()
    for marks in sets.values():
        total += marks[reader].by_concept[concept]
    return total


def _missed(result: Result) -> str:
    """What OpenIMR still misses, by concept, each with the reason as far as a program can tell."""
    ours = result.readers[0]
    by_concept: dict[str, list[tuple[str, str]]] = {}
    for marks in result.marks.values():
        for miss in marks[ours].misses:
            by_concept.setdefault(miss.concept, []).append((miss.why, miss.quote))
    parts = [
        "## What is still missed, and why\n",
        "Of the texts that may be shown; the passages set aside are counted above and not told.\n",
    ]
    for concept, misses in sorted(by_concept.items()):
        parts.append(f"- **{concept}** ({len(misses)})")
        chosen = list(dict.fromkeys(misses))[:_SHOWN]
        parts += [f"  - {why}: “{_cut(quote)}”" for why, quote in chosen]
    for name, told in result.medication_misses.items():
        parts.append(f"- **medication**, {name} ({len(told)})")
        parts += [f"  - {_cut(miss)}" for miss in list(dict.fromkeys(told))[: 2 * _SHOWN]]
    return "\n".join(parts) + "\n"


def _cut(text: str) -> str:
    plain = text.replace("|", "/")
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
