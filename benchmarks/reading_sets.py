"""Labelled text for the evaluation of reading, in one form: what it says and how it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.ids import DocumentId
from openimr.model.text import Page, PageState
from openimr.synth.forge import forge_case
from openimr.synth.types import ForgedDocument

ROOT = Path(__file__).parents[1]
PASSAGES = ROOT / "tests" / "resources" / "assertions"
NOTES = ROOT / "tests" / "resources" / "notes"
UNREAD = ROOT / "tests" / "resources" / "medications" / "unread.yaml"
SIGS = ROOT / "tests" / "unit" / "extract" / "cases" / "medications.yaml"
_DAY = date(2015, 4, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a text says of a concept."""

    concept: str
    word: str = ""
    """A word of the value; empty where the concept alone is asked for."""
    meant: tuple[str, ...]
    """Assertions that are right; the first is the one it is counted under."""
    span: tuple[int, int] | None = None
    """Where it stands; None: anywhere in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A page with what it says."""

    source: str
    document: Document
    statements: tuple[Statement, ...]
    refused: tuple[tuple[str, str], ...] = ()
    """(concept, word) that must not be read as present or absent."""
    exhaustive: frozenset[str] = frozenset()
    """Concepts of which it says nothing else."""

    @property
    def text(self) -> str:
        return self.document.pages[0].text


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """A medication as a list or plan gives it."""

    generic: str
    strength: str | None
    per_day: float | None
    span: tuple[int, int] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether strength and frequency are both labelled; else it is not counted."""
        return self.strength is not None and self.per_day is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """A page with its medications."""

    source: str
    document: Document
    medications: tuple[Prescription, ...]


def page_of(text: str, kind: str = "progress_report", day: date = _DAY) -> Document:
    """A document of one page."""
    return Document(
        id=DocumentId("D01"),
        file="report.txt",
        sha256="",
        kind=DocumentKind(kind),
        date=day,
        author=None,
        pages=(Page(number=1, text=text, state=PageState.TEXT, file_page=1),),
    )


def passages(file: Path) -> Iterator[Labelled]:
    """Short passages with what they mean, `concept/word: assertion`."""
    for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["passages"]:
        yield Labelled(
            source=file.stem,
            document=page_of(entry["say"], entry.get("kind", "progress_report")),
            statements=tuple(_meant(entry.get("means") or {})),
            refused=tuple(_pair(name) for name in entry.get("not") or ()),
        )


def notes(folder: Path = NOTES) -> Iterator[Labelled]:
    """Whole notes, line by line, with all they say of the concepts that any of them labels."""
    told = [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yaml"))
    ]
    read = [_note(each["lines"]) for each in told]
    concepts = frozenset(one.concept for _, statements in read for one in statements)
    for each, (text, statements) in zip(told, read, strict=True):
        yield Labelled(
            source="notes",
            document=page_of(text, each.get("kind", "progress_report")),
            statements=tuple(statements),
            exhaustive=concepts,
        )


def _note(lines: Sequence[Any]) -> tuple[str, list[Statement]]:
    text, statements = "", list[Statement]()
    for line in lines:
        said = line if isinstance(line, str) else line["say"]
        span = (len(text), len(text) + len(said))
        if not isinstance(line, str):
            statements += _meant(line.get("means") or {}, span)
        text += f"{said}\n"
    return text, statements


def forged(seeds: Sequence[int]) -> Iterator[Labelled]:
    """The clinical pages of forged records, with what their truth quotes of each."""
    for seed in seeds:
        case = forge_case(seed)
        for document, entries in _forged_pages(case.documents, case.truth):
            text = document.pages[0].text
            found = [entry for entry in entries if entry["concept"] != "medication"]
            yield Labelled(
                source="forged",
                document=document,
                statements=tuple(
                    Statement(
                        concept=entry["concept"], meant=_meant_of(entry), span=_span(entry, text)
                    )
                    for entry in found
                ),
            )


def forged_prescriptions(seeds: Sequence[int], formulary: Formulary) -> Iterator[Prescribed]:
    """Pages of forged records that list medications."""
    for seed in seeds:
        case = forge_case(seed)
        for document, entries in _forged_pages(case.documents, case.truth):
            given = [
                made
                for entry in entries
                if entry["concept"] == "medication"
                and (made := _prescription(entry, document.pages[0].text, formulary)) is not None
            ]
            if given:
                yield Prescribed(source="forged", document=document, medications=tuple(given))


def written_prescriptions(file: Path) -> Iterator[Prescribed]:
    """Lines of lists and plans with every medication that they name."""
    for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
        given = [
            Prescription(generic=one["g"], strength=one.get("strength"), per_day=one.get("per_day"))
            for one in entry.get("x") or ()
            if one.get("a", "present") == "present"
        ]
        yield Prescribed(
            source=file.stem,
            document=page_of(entry["t"], entry.get("k", "progress_report")),
            medications=tuple(given),
        )


def _meant(means: Mapping[str, Any], span: tuple[int, int] | None = None) -> Iterator[Statement]:
    for name, meant in means.items():
        concept, word = _pair(name)
        right = (meant,) if isinstance(meant, str) else tuple(meant)
        yield Statement(concept=concept, word=word, meant=right, span=span)


def _pair(name: str) -> tuple[str, str]:
    concept, _, word = name.partition("/")
    return concept, word


def _forged_pages(
    documents: Sequence[ForgedDocument], truth: Mapping[str, Any]
) -> Iterator[tuple[Document, list[Mapping[str, Any]]]]:
    """Each clinical page as a document of its own, with the truth's entries on it."""
    for forged_document in documents:
        if not forged_document.kind.is_clinical or forged_document.kind is DocumentKind.RFA:
            continue
        day = date.fromisoformat(str(forged_document.date))
        for number, text in enumerate(forged_document.pages, start=1):
            entries = [
                entry
                for entry in truth["facts"]
                if entry["file"].startswith(forged_document.file)
                and entry["page"] == number
                and entry["quote"] in text
            ]
            yield page_of(text, forged_document.kind.value, day), entries


def _meant_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """An earlier trial is of the past, whether it is called present or historical."""
    status = str(entry["status"])
    past = entry["concept"] == "prior_nonopioid_trials" and status == "present"
    return (status, "historical") if past else (status,)


def _span(entry: Mapping[str, Any], text: str) -> tuple[int, int]:
    start = text.index(entry["quote"])
    return start, start + len(entry["quote"])


_GIVEN = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z /-]*?) (?P<strength>[\d./,-]+ ?(?:mg|mcg/hr|mcg|%)) #\d+ (?P<sig>.+)"
)
_SIGS = (
    (r"2 po qid", 8), (r"1-2 q6h prn, max 6/d", 6), (r"\b(?:1 )?(?:po )?qid", 4), (r"q6h", 4),
    (r"tid", 3), (r"q8h", 3), (r"bid", 2), (r"q12h", 2), (r"on 12 h/off 12 h", 1),
    (r"q 72 ?h|q72h", 1 / 3), (r"q 48 ?h|q48h", 1 / 2), (r"q w(?:ee)?k", 1 / 7),
    (r"^3 .*q p", 3), (r"^2 .*q (?:p|e)", 2), (r"qhs|q pm|qd|daily|q evening", 1),
)  # fmt: skip
"""How the forge words its directions, in units a day; read here without OpenIMR's own grammar."""


def _prescription(entry: Mapping[str, Any], text: str, formulary: Formulary) -> Prescription | None:
    given = _GIVEN.fullmatch(entry["value"])
    if given is None or entry["status"] != "present":
        return None
    drug = formulary.find(given["name"])
    rates = (rate for sig, rate in _SIGS if re.search(sig, given["sig"]))
    per_day = next(rates, None)
    if drug is None or per_day is None:
        return None
    return Prescription(
        generic=drug.generic,
        strength=given["strength"],
        per_day=float(per_day),
        span=_span(entry, text),
    )
