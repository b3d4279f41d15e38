"""Proves a determination: derives it again and names everything that does not hold.

The proof needs the determination, the case file and the rulebook, and nothing else. It checks that
each record is the one that was read, that each quote stands where it is said to stand, and that the
same rules give the same findings, numbers, suggestions and sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from openimr import __version__
from openimr.adapters.casefile import read_files
from openimr.adapters.ocr_choice import OcrChoice
from openimr.adapters.packs import VARIABLE
from openimr.decided import claimed_decision
from openimr.model.determination import Determination
from openimr.model.document import Document
from openimr.model.drug import FactorSet
from openimr.model.errors import InputError
from openimr.model.ids import ConceptId, DocumentId
from openimr.model.pack import pack_name
from openimr.model.progress import Progress
from openimr.model.rule import Rulebook, Settings
from openimr.model.second_reader import Refusal, SecondProposal, SecondReading
from openimr.model.source import SourceFile
from openimr.model.study import Challenge
from openimr.model.study_json import read_challenge
from openimr.pipeline import Rules, review
from openimr.render.binding import signature_problems
from openimr.render.json import render_json

Json = Mapping[str, Any]
_SHOWN = 120
"""Characters of a value that a message shows."""
_NAMES = {
    "documents": ("document", "id"),
    "facts": ("fact", "id"),
    "certificates": ("certificate", "id"),
    "items": ("item", "index"),
    "findings": ("finding", "criterion"),
    "rationale": ("rationale sentence", None),
    "would_change": ("sentence of what would change", None),
    "summary": ("summary sentence", None),
    "calculations": ("calculation", "name"),
    "packs": ("pack", "name"),
    "proposals": ("proposal", None),
    "steps": ("step", "step"),
    "studies": ("study", None),
}
"""What the entries of a list are called in messages, and the key that names one."""


def verify(
    claimed: Json, case: Path, *, rules: Rules, progress: Progress | None = None
) -> tuple[Determination | None, list[str]]:
    """Prove a determination (as JSON) against the case file at a path.

    Returns:
        The determination as derived now (None if it could not be derived), and every problem.
    """
    files = read_files(case, ocr=engine_of(claimed), progress=progress)
    return prove(claimed, files, rules=rules, progress=progress)


def engine_of(claimed: Json) -> OcrChoice:
    """The OCR engine the determination was read with: another one would read other words."""
    stated = _mapping(claimed.get("engine")).get("ocr")
    return OcrChoice(stated) if stated in set(OcrChoice) else OcrChoice.AUTO


def prove(
    claimed: Json,
    files: tuple[SourceFile, ...],
    *,
    rules: Rules,
    progress: Progress | None = None,
) -> tuple[Determination | None, list[str]]:
    """Prove a determination against files that were read already.

    Causes come first: a changed record or rule is named before the many findings it changes.
    """
    try:
        as_of, settings = terms(claimed)
    except (KeyError, TypeError, ValueError) as error:
        return None, [f"engine: as_of or settings cannot be read ({type(error).__name__})"]
    try:
        second_reading = parse_second_reading(claimed.get("second_reading"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return None, [f"second_reading: cannot be read ({type(error).__name__})"]
    try:
        challenges = claimed_challenges(claimed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return None, [f"search_sequence: an appraisal cannot be read ({type(error).__name__})"]
    try:
        decided = claimed_decision(claimed)
        derived = review(
            files,
            rules=rules,
            as_of=as_of,
            settings=settings,
            second_reader=second_reading,
            challenges=challenges,
            ruling=decided.ruling,
            progress=progress,
        )
        derived = decided.laid_on(derived)
    except InputError as error:
        causes = [*check_engine(claimed, rules.rulebook), *check_files(claimed, files)]
        return None, [*causes, f"the case file cannot be reviewed: {error.message}"]
    return derived, compare(claimed, derived, render_json(derived), files, rules.rulebook)


def compare(
    claimed: Json,
    derived: Determination,
    written: Json,
    files: Sequence[SourceFile],
    rulebook: Rulebook,
) -> list[str]:
    """Every problem of a determination, next to the one derived from the same files and rules.

    Args:
        claimed: the determination, as JSON.
        derived: what the files and rules give now.
        written: the same as JSON.
        files: the case file.
        rulebook: the rules.
    """
    problems = [
        *signature_problems(derived),
        *check_engine(claimed, rulebook),
        *check_files(claimed, files),
        *check_quotes(claimed, derived.documents),
        *check_references(claimed),
        *differences(dict(claimed), dict(written)),
    ]
    return list(dict.fromkeys(problems))


def terms(claimed: Json) -> tuple[date, Settings]:
    """The day and the switches that the determination says it was made with."""
    engine = claimed["engine"]
    stated = engine["settings"]
    defaults = Settings()
    values: dict[str, Any] = {}
    for field in fields(Settings):
        default = getattr(defaults, field.name)
        kind = FactorSet if field.name == "factor_set" else type(default)
        given = stated[field.name]
        values[field.name] = None if given is None and default is None else kind(given)
    return date.fromisoformat(engine["as_of"]), Settings(**values)


def parse_second_reading(stated: object) -> SecondReading | None:
    """What a second reader added, as `determination.json` keeps it; None where none was asked.

    Nobody is asked again: its proposals are laid against the pages, as when they were made.
    """
    if stated is None:
        return None
    if not isinstance(stated, Mapping):
        raise TypeError
    return SecondReading(
        reader=str(stated["reader"]),
        questions=int(stated["questions"]),
        unanswered=tuple((str(why), int(count)) for why, count in stated["unanswered"].items()),
        agreed=int(stated["agreed"]),
        dropped=tuple((Refusal(why), int(count)) for why, count in stated["dropped"].items()),
        proposals=tuple(
            SecondProposal(
                document=DocumentId(str(one["document"])),
                page=int(one["page"]),
                start=int(one["start"]),
                end=int(one["end"]),
                concept=ConceptId(str(one["concept"])),
                quote=str(one["quote"]),
            )
            for one in stated["proposals"]
        ),
    )


def claimed_challenges(claimed: Json) -> tuple[Challenge, ...]:
    """The studies a reviewer entered, as `determination.json` keeps them; they are weighed anew."""
    return tuple(
        read_challenge(item["index"], sequence["appraisal"])
        for item in _entries(claimed.get("items"))
        if (sequence := item.get("search_sequence")) and sequence.get("appraisal")
    )


def check_engine(claimed: Json, rulebook: Rulebook) -> Iterator[str]:
    """Check that the same version and the same rule files made the determination."""
    engine = claimed.get("engine")
    if not isinstance(engine, Mapping):
        yield "engine: is missing"
        return
    if engine.get("version") != __version__:
        yield f"engine: made by version {engine.get('version')}, this is {__version__}"
    stated = _mapping(_mapping(engine.get("rulebook")).get("files"))
    told = {str(pack.get("name")): pack for pack in _packs(engine)}
    absent = set(told) - {pack.name for pack in rulebook.packs}
    added = {pack.name for pack in rulebook.packs} - set(told)
    for name in sorted(absent):
        yield (
            f"rulebook pack {name} ({told[name].get('title')}, edition {told[name].get('edition')})"
            f": is absent; name its folder in {VARIABLE}"
        )
    for name in sorted(added):
        yield (
            f"rulebook pack {name}: was not there when the determination was made; take its folder "
            f"out of {VARIABLE}"
        )
    for name in sorted({*stated, *rulebook.files}):
        if pack_name(name) in absent | added:
            continue
        if name not in stated:
            yield f"rulebook {name}: was not there when the determination was made"
        elif name not in rulebook.files:
            yield f"rulebook {name}: is not there any more"
        elif stated[name] != rulebook.files[name]:
            yield f"rulebook {name}: has changed since the determination was made"


def _packs(engine: Json) -> list[Json]:
    return _entries(_mapping(engine.get("rulebook")).get("packs"))


def check_files(claimed: Json, files: Sequence[SourceFile]) -> Iterator[str]:
    """Check that the case file holds the records that were read, and no others."""
    stated = {str(entry.get("file")): entry.get("sha256") for entry in _records(claimed)}
    found = {source.file: source.sha256 for source in files}
    for name in sorted({*stated, *found}):
        if name not in found:
            yield f"{name}: the determination read it, the case file does not hold it"
        elif name not in stated:
            yield f"{name}: stands in the case file, the determination did not read it"
        elif stated[name] != found[name]:
            yield f"{name}: is not the file that was read (its sha256 differs)"


def _records(claimed: Json) -> list[Json]:
    return [*_entries(claimed.get("documents")), *_entries(claimed.get("unread"))]


def check_quotes(claimed: Json, documents: Sequence[Document]) -> Iterator[str]:
    """Check each fact's quote against the page it names."""
    by_id = {str(document.id): document for document in documents}
    for fact in _entries(claimed.get("facts")):
        where = f"fact {fact.get('id')}"
        document = by_id.get(str(fact.get("document")))
        number = fact.get("page")
        if document is None:
            yield f"{where}: there is no document {fact.get('document')} in the case file"
        elif not isinstance(number, int) or not 1 <= number <= len(document.pages):
            yield f"{where}: {document.file} has no page {number}"
        else:
            text = document.page(number).text[_offset(fact, "start") : _offset(fact, "end")]
            if text != fact.get("quote"):
                yield (
                    f"{where}: the quote does not stand at its place in {document.file}, "
                    f"page {number}: the page says {_short(text)}, the determination "
                    f"{_short(fact.get('quote'))}"
                )


def check_references(claimed: Json) -> Iterator[str]:
    """Check that every sentence resolves: to findings of its item, to facts, or to pages."""
    facts = {fact.get("id") for fact in _entries(claimed.get("facts"))}
    yield from _unresolved("summary", claimed.get("summary"), set(), facts)
    for item in _entries(claimed.get("items")):
        findings = {finding.get("criterion") for finding in _entries(item.get("findings"))}
        for part in ("rationale", "would_change"):
            where = f"item {item.get('index')} {part}"
            yield from _unresolved(where, item.get(part), findings, facts)


def _unresolved(
    where: str, sentences: object, findings: set[object], facts: set[object]
) -> Iterator[str]:
    for number, sentence in enumerate(_entries(sentences), start=1):
        named = f"{where} sentence {number}"
        if not any(sentence.get(key) for key in ("findings", "facts", "pages")):
            yield f"{named}: stands on no finding, fact or page"
        for kind, known in (("findings", findings), ("facts", facts)):
            for name in sentence.get(kind) or ():
                if name not in known:
                    yield f"{named}: names {name}, which the determination does not hold"


def differences(claimed: object, derived: object, where: str = "") -> Iterator[str]:
    """Walk both, in the determination's own terms, and name each place where they differ."""
    if isinstance(claimed, Mapping) and isinstance(derived, Mapping):
        for key in [*derived, *(key for key in claimed if key not in derived)]:
            place = f"{where} {key}".strip()
            if key not in claimed:
                yield f"{place}: is missing"
            elif key not in derived:
                yield f"{place}: {_short(claimed[key])} is not derived from the case file"
            elif key in _NAMES and _holds_entries(derived[key]):
                yield from _entry_differences(key, claimed[key], derived[key], where)
            else:
                yield from differences(claimed[key], derived[key], place)
    elif claimed != derived or type(claimed) is not type(derived):
        yield f"{where}: says {_short(claimed)}, the case file gives {_short(derived)}"


def _entry_differences(key: str, claimed: object, derived: object, where: str) -> Iterator[str]:
    """Compare two lists entry by entry, each called by its name."""
    kind, identity = _NAMES[key]
    ours, theirs = _entries(claimed), _entries(derived)
    if not isinstance(claimed, list) or len(ours) != len(claimed):
        yield f"{where} {key}: is not a list of entries".strip()
        return
    for number in range(max(len(ours), len(theirs))):
        entry = (theirs if number < len(theirs) else ours)[number]
        name = entry.get(identity) if identity else number + 1
        place = f"{where} {kind} {name}".strip()
        if number >= len(ours):
            yield f"{place}: is missing"
        elif number >= len(theirs):
            yield f"{place}: is not derived from the case file"
        else:
            yield from differences(ours[number], theirs[number], place)


def _holds_entries(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


def _entries(value: object) -> list[Json]:
    if not isinstance(value, list):
        return []
    return [entry for entry in value if isinstance(entry, Mapping)]


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _offset(fact: Json, key: str) -> int:
    value = fact.get(key)
    return value if isinstance(value, int) and value >= 0 else 0


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
