"""Parts of a letter -> the model's letter: what is printed becomes what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from openimr.model.case import CaseHeader, DisputedItem, UrAction
from openimr.model.determination import Sentence
from openimr.model.hyphens import SOFT_HYPHEN, as_printed, as_read
from openimr.model.printed_dates import DATE, read_date
from openimr.model.published import PublishedItem, PublishedLetter, ReviewedDocument
from openimr.model.request import Request
from openimr.published.conclusion import read_conclusion
from openimr.published.guideline import read_guideline, read_reviewer_guideline
from openimr.published.parts import ItemParts, LetterParts
from openimr.published.person import read_person

Parse = Callable[[str], Request]
"""The request grammar, handed in: a step imports no other step."""

_DATE = re.compile(DATE)
_ITEM_NUMBER = re.compile(r"^\(?\d{1,2}[.)]\s+(?=\D)")
_ADDRESS = ("http://", "https://", "www.")


def compose(parts: LetterParts, parse: Parse) -> PublishedLetter:
    """The letter as the model holds it."""
    summary = as_read(parts.summary)
    age, sex = read_person(summary)
    header = parts.header
    return PublishedLetter(
        layout=parts.layout,
        header=CaseHeader(
            age=age,
            sex=sex,
            date_of_injury=header.date_of_injury,
            ur_decision_date=header.ur_denial_date,
            application_received=header.application_received,
        ),
        items=tuple(_item(item, number, parse) for number, item in enumerate(parts.items, 1)),
        summary=_passage(parts.summary),
        case_number=header.case_number,
        date_assigned=header.date_assigned,
        decision_date=header.decision_date,
        priority=header.priority,
        licensure=parts.licensure,
        specialties=parts.specialties,
        documents_reviewed=tuple(_document(text) for text in parts.documents),
        warnings=(*parts.warnings, *_hyphen_warnings(parts), *_end_warning(parts)),
    )


def _item(parts: ItemParts, number: int, parse: Parse) -> PublishedItem:
    asked = as_read(parts.asked or parts.heading)
    if asked[0] in "(0123456789":
        asked = _ITEM_NUMBER.sub("", asked)
    request = parse(asked)
    claims = read_guideline(parts.claims_administrator)
    return PublishedItem(
        item=DisputedItem(
            index=number,
            request_text=asked,
            request=request,
            ur_action=UrAction.MODIFY if request.modified else UrAction.UNKNOWN,
        ),
        heading=parts.heading,
        outcome=parts.outcome,
        claims_administrator_guideline=claims,
        reviewer_guideline=read_reviewer_guideline(parts.reviewer, claims),
        rationale=_passage(parts.rationale),
        conclusion=read_conclusion(as_read(parts.rationale)),
    )


def _passage(text: str) -> tuple[Sentence, ...]:
    """A published text is one passage: nothing in it is bound, and few ask for its sentences."""
    return (Sentence(text=text),) if text else ()


def _document(text: str) -> ReviewedDocument:
    found = _DATE.search(as_read(text))
    return ReviewedDocument(text=text, date=read_date(found[0]) if found else None)


def _hyphen_warnings(parts: LetterParts) -> Iterator[str]:
    """Places where a hyphen at a line's end may have been real: digits meet, or a web address."""
    texts = [("the summary", parts.summary)]
    for number, item in enumerate(parts.items, 1):
        texts.append((f"the heading of item {number}", item.heading))
        texts.append((f"a guideline line of item {number}", item.claims_administrator))
        texts.append((f"a guideline line of item {number}", item.reviewer))
        texts.append((f"the rationale of item {number}", item.rationale))
    for place, text in texts:
        if SOFT_HYPHEN not in text:
            continue
        for at in _soft_hyphens(text):
            whole = _word_around(text, at)
            met = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
            if met or whole.lstrip("(\"'").startswith(_ADDRESS):
                whole = whole.strip("(),;\"'")
                yield (
                    f"{place}: '{as_printed(whole)}' reads '{whole.replace(SOFT_HYPHEN, '-')}' "
                    "(a hyphen at the line's end)"
                )


def _end_warning(parts: LetterParts) -> Iterator[str]:
    """A letter cut within its last paragraph, or in the heading after it, looks whole else."""
    rationale = parts.items[-1].rationale
    if not rationale.rstrip("\"')]\u201d\u2019").endswith((".", "?", "!")):
        yield f"the letter ends without a full stop ('... {rationale[-30:]}'); it may be cut short"


def _soft_hyphens(text: str) -> Iterator[int]:
    at = text.find(SOFT_HYPHEN)
    while at >= 0:
        yield at
        at = text.find(SOFT_HYPHEN, at + 1)


def _word_around(text: str, at: int) -> str:
    """The word that a place stands in; the text is flat, so that a space ends it."""
    end = text.find(" ", at)
    return text[text.rfind(" ", 0, at) + 1 : end if end >= 0 else len(text)]
