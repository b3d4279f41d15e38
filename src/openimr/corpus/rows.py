"""A published letter -> its row and its items' rows, by the columns of `schema`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from openimr.corpus.guidelines import guideline_names, guideline_places
from openimr.model.determination import Sentence
from openimr.model.drug import Formulary
from openimr.model.hyphens import as_printed, as_read
from openimr.model.published import Polarity, PublishedItem, PublishedLetter, Said

ReadSaid = Callable[[str], tuple[Said, ...]]
"""What a rationale says is missing or present: `published.said.read_said` with its vocabulary."""
Row = dict[str, object]


def permalink(case_number: str | None, text_sha256: bytes) -> str:
    """How a letter is known for good: by its case number, or by its text where it has none.

    >>> permalink("CM16-0224814", b""), permalink(None, bytes(range(32)))
    ('CM16-0224814', 'x0001020304050607')
    """
    return case_number or f"x{text_sha256.hex()[:16]}"


def letter_row(
    letter: PublishedLetter, *, link: str, sha256: bytes, source: str, letter_json: str
) -> Row:
    """The row of a letter.

    Args:
        letter: as parsed.
        link: its permalink.
        sha256: of the source.
        source: its name.
        letter_json: the whole letter as `published parse --json` prints it.
    """
    header = letter.header
    return {
        "letter": link,
        "sha256": sha256.hex(),
        "source": source,
        "layout": letter.layout,
        "case_number": letter.case_number,
        "date_assigned": _day(letter.date_assigned),
        "decision_date": _day(letter.decision_date),
        "date_of_injury": _day(header.date_of_injury),
        "ur_denial_date": _day(header.ur_decision_date),
        "application_received": _day(header.application_received),
        "priority": letter.priority,
        "licensure": letter.licensure,
        "specialties": letter.specialties,
        "age": header.age,
        "sex": header.sex,
        "summary": _text(letter.summary),
        "warnings": letter.warnings,
        "item_count": len(letter.items),
        "letter_json": letter_json,
    }


def item_rows(
    letter: PublishedLetter, *, link: str, formulary: Formulary, said: ReadSaid
) -> list[Row]:
    """The rows of a letter's items, the letter's facets repeated in each."""
    decided = letter.decision_date
    facets: Row = {
        "decision_date": _day(decided),
        "year": decided.year if decided else None,
        "specialty": letter.specialties,
        "licence_state": letter.licensure,
        "days_from_assigned": _days(letter.date_assigned, decided),
        "days_from_application": _days(letter.header.application_received, decided),
    }
    return [
        {**_decision(item, link), **_request(item, formulary), **_grounds(item, said), **facets}
        for item in letter.items
    ]


def _decision(item: PublishedItem, link: str) -> Row:
    return {
        "item": f"{link}/{item.item.index}",
        "letter": link,
        "item_index": item.item.index,
        "heading": as_printed(item.heading),
        "outcome": item.outcome.value if item.outcome else None,
        "conclusion": item.conclusion.value if item.conclusion else None,
    }


def _request(item: PublishedItem, formulary: Formulary) -> Row:
    request = item.item.request
    drug = formulary.find(request.generic) if request.generic else None
    return {
        "kind": request.kind.value,
        "topic": request.topic_id,
        "drug": request.generic,
        "brand": request.brand,
        "drug_class": (drug.drug_class or None) if drug else None,
        "dose": request.strength,
        "quantity": request.quantity,
        "body_parts": request.body_parts,
    }


def _grounds(item: PublishedItem, said: ReadSaid) -> Row:
    line = item.reviewer_guideline
    rationale = as_read(" ".join(sentence.text for sentence in item.rationale))
    found = said(rationale)
    return {
        "claims_guideline": as_printed(item.claims_administrator_guideline.text),
        "reviewer_guideline": as_printed(line.text),
        "guidelines": guideline_names(line),
        "guideline_pages": guideline_places(line),
        "mtus": line.mtus,
        "rationale": rationale,
        "missing": _elements(found, Polarity.MISSING),
        "present": _elements(found, Polarity.PRESENT),
    }


def _elements(found: tuple[Said, ...], polarity: Polarity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said.element for said in found if said.polarity is polarity))


def _text(sentences: tuple[Sentence, ...]) -> str:
    return as_read(" ".join(sentence.text for sentence in sentences))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _days(start: date | None, end: date | None) -> int | None:
    """Days between; null where a date is missing or the order is impossible."""
    return (end - start).days if start and end and start <= end else None
