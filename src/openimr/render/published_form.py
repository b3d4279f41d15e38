"""The issued letter in the form in which determinations are published, without a name.

Header block, how it was made, the reviewer's state and specialty, the case summary, and for each
item its heading with the outcome, both guideline lines and the rationale. Page references are kept:
they are what lets a reader check a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from importlib.resources import files

from openimr.model.determination import Determination, ItemDetermination, Sentence
from openimr.model.errors import OpenIMRError
from openimr.model.labels import us_date
from openimr.model.ruling import Issuance
from openimr.render.pdf import midnight, showable
from openimr.render.spans import printable

Clean = Callable[[list[str]], list[str]]
"""Takes every text of a letter and gives each without identifiers, in the same order."""


class NotIssued(OpenIMRError):
    """A determination was to be published that is not issued: a fault of the program."""

    code = "not-issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedItem:
    """One item as published."""

    heading: str
    outcome: str
    administrator_guideline: str
    reviewer_guideline: str
    rationale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedForm:
    """Everything a published letter says."""

    case_number: str
    date_assigned: str
    date_of_injury: str
    decision_date: str
    ur_denial_date: str
    priority: str
    application_received: str
    licensure: str
    specialty: str
    issued: date
    how_made: tuple[str, ...]
    summary: str
    items: tuple[PublishedItem, ...]

    def cleaned(self, clean: Clean) -> PublishedForm:
        """The same without identifiers; the header block holds none to begin with."""
        names = [field.name for field in fields(PublishedItem)]
        texts = [*self.how_made, self.summary]
        for item in self.items:
            texts += [getattr(item, name) for name in names]
        found = iter(clean(texts))
        how_made = tuple(next(found) for _ in self.how_made)
        summary = next(found)
        items = tuple(PublishedItem(**{name: next(found) for name in names}) for _ in self.items)
        return replace(self, how_made=how_made, summary=summary, items=items)


def published_form(determination: Determination) -> PublishedForm:
    """The form of an issued determination, as yet with whatever names its sentences quote.

    Raises:
        NotIssued: it has no number and date.
    """
    header, issuance = determination.header, determination.issuance
    if issuance is None:
        raise NotIssued("only an issued determination has a published form")
    return PublishedForm(
        case_number=issuance.case_number,
        date_assigned=_day(issuance.assigned),
        date_of_injury=_day(header.date_of_injury),
        decision_date=_day(issuance.issued),
        ur_denial_date=_day(header.ur_decision_date),
        priority=issuance.priority,
        application_received=_day(header.application_received),
        licensure=determination.reviewer_licensure or "",
        specialty=determination.reviewer_specialty or "",
        issued=issuance.issued,
        # The list of documents names providers; the parties' letter has it, this form does not.
        how_made=(
            *_correction(issuance),
            *(_line(one).replace(" listed below", "") for one in determination.how_made),
        ),
        summary=_sentences(determination.summary),
        items=tuple(map(_item, determination.items)),
    )


def published_text(form: PublishedForm) -> str:
    """The letter as text, a paragraph a line."""
    items = [line for item in form.items for line in (*_item_lines(item), "")]
    lines = [
        f"Case Number: {form.case_number}",
        f"Date Assigned: {form.date_assigned} Date of Injury: {form.date_of_injury}",
        f"Decision Date: {form.decision_date} UR Denial Date: {form.ur_denial_date}",
        f"Priority: {form.priority} Application Received: {form.application_received}",
        "",
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        *form.how_made,
        "",
        "The Expert Reviewer has the following credentials:",
        f"State(s) of Licensure: {form.licensure}",
        f"Certification(s)/Specialty: {form.specialty}",
        "",
        "CLINICAL CASE SUMMARY",
        "The expert reviewer developed the following clinical case summary based on a review of "
        "the case file, including all medical records:",
        form.summary,
        "",
        "IMR ISSUES, DECISIONS AND RATIONALES",
        "The Final Determination was based on decisions for the disputed items/services set forth "
        "below:",
        "",
        *items,
    ]
    return "\n".join(lines).rstrip() + "\n"


def published_pdf(form: PublishedForm) -> bytes:
    """The letter as an accessible, archival PDF without metadata on people."""
    import typst

    data = asdict(form) | {"issued": form.issued.isoformat()}
    return bytes(
        typst.compile(
            files("openimr.render").joinpath("templates", "published.typ").read_bytes(),
            format="pdf",
            sys_inputs={"letter": json.dumps(showable(data), ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
            timestamp=midnight(form.issued),
        )
    )


def _correction(issuance: Issuance) -> tuple[str, ...]:
    """What a later version says of itself; nothing in the first."""
    if not issuance.corrects:
        return ()
    return (
        _line(
            f"This is version {issuance.version} of the determination. It corrects the version "
            f"before: {issuance.reason}"
        ),
    )


def _item(item: ItemDetermination) -> PublishedItem:
    return PublishedItem(
        heading=_line(item.item.request_text).rstrip(" :"),
        outcome=item.outcome.value if item.outcome else "",
        administrator_guideline=_line(item.claims_administrator_guideline.text),
        reviewer_guideline=_line(item.reviewer_guideline.text),
        rationale=_sentences(item.rationale),
    )


def _item_lines(item: PublishedItem) -> Iterable[str]:
    yield f"{item.heading}: {item.outcome}"
    yield ""
    yield f"Claims Administrator guideline: {item.administrator_guideline}"
    yield ""
    yield f"Expert Reviewer guideline: {item.reviewer_guideline}"
    yield ""
    yield f"Decision rationale: {item.rationale}"


def _sentences(sentences: Iterable[Sentence]) -> str:
    return " ".join(_line(sentence.text) for sentence in sentences)


def _line(text: str) -> str:
    return " ".join(printable(text).replace("\u00a0", " ").split())


def _day(day: date | None) -> str:
    return us_date(day) if day else ""
