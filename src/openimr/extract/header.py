"""Who and when: the case header, each field from the page that says it.

The IMR application is asked first, then the UR decision, the request for authorization, and the
reports, newest first. What no page says stays None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from openimr.extract.header_dates import (
    days_in,
    fax_days,
    received_stamps,
    signature_days,
    whole_day,
)
from openimr.extract.header_labels import Labelled, labelled_values
from openimr.extract.header_names import firm_name, person_name, physician_name
from openimr.extract.header_text import lines_of, pages_of, readable
from openimr.model.case import CaseHeader
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import Provenance

_FORMS = (DocumentKind.IMR_APPLICATION, DocumentKind.UR_DECISION, DocumentKind.RFA)
_UR_FIRST = (DocumentKind.UR_DECISION, DocumentKind.IMR_APPLICATION)
_CLAIM = re.compile(r"[A-Z0-9][A-Z0-9 ./-]*\d[A-Z0-9-]*", re.IGNORECASE)
_RFA_DATED = re.compile(
    r"\b(?:RFA|requests?\s+for\s+authorization)\b(?:\s+form)?,?\s*(?:dated|signed|of|date)?\s*:?\s*",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"\bon\s+behalf\s+of:?\s+(?P<firm>[^\n]{3,60}?)(?=\s{2,}|\s*$)", re.IGNORECASE | re.MULTILINE
)
_REVIEW_FIRM = re.compile(
    r"\b(?:utilization|medical\s+review|managed\s+care|review\s+(?:partners|services|group|associates)|peer\s+review"
    r"|UR\s+(?:services|solutions)|medical\s+management|review,?\s+(?:inc|llc)|(?:physician|peer|clinical)\s+review)\b"
    r"|\b(?:review|UR)$",
    re.IGNORECASE,
)
_NO_FIRM = re.compile(
    r"\b(?:decision|determination|denial|notice|letter|department|form|notification|re:|reply|independent)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"^dated?\s+(?=\S*\d)", re.IGNORECASE)
_LETTERHEAD_LINES, _ADDRESS_LINES = 8, 16
_HEAD_PAGES = 2
"""Reports say whom they are about on their first pages."""
_PERSON = re.compile(
    r"\b(?P<age>\d{2})[\s-]*(?:years?|yrs?|y)[\s./-]*(?:old|o\.?)?[\s,-]*(?:\w+[\s-]+){0,3}?"
    r"(?P<sex>female|woman|lady|male|man|gentleman|f|m)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:mother|father|wife|husband|son|daughter|brother|sister|spouse|parent)\b[^.]*$",
    re.IGNORECASE,
)
_SEXES = {"f": "female", "w": "female", "l": "female", "m": "male", "g": "male"}
_SEX_BOX = re.compile(r"\[\s*[xX]\s*\]\s*(?P<sex>male|female)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Header:
    """Fields as they are found; the first finding of a field stays."""

    values: dict[str, object] = field(default_factory=dict)
    sources: dict[str, Provenance] = field(default_factory=dict)

    def put(self, name: str, value: object, source: Provenance) -> None:
        if value is not None and name not in self.values:
            self.values[name] = value
            self.sources[name] = source

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        return value if isinstance(value, date) else None


def read_header(documents: Sequence[Document]) -> CaseHeader:
    """The header of the case, with the place of each field.

    Args:
        documents: of the case file, in its order.
    """
    found = _Header()
    labels = _Labels(documents)
    _read_ur_date(found, labels, documents)
    for name, reader in _TEXT_FIELDS.items():
        for value in labels.of(name, _ASKED_OF.get(name)):
            found.put(name, reader(value.text), _source(value))
    _read_addressee(found, documents)
    _read_firms(found, documents)
    _read_worker(found, labels)
    for name in ("date_of_birth", "date_of_injury"):
        _read_day(found, name, labels.of(name))
    _read_rfa_date(found, labels, documents)
    _read_received(found, labels, documents)
    _read_sex_and_age(found, labels, documents)
    return CaseHeader(**found.values, sources=MappingProxyType(found.sources))  # type: ignore[arg-type]


class _Labels:
    """All labelled values, in the order in which documents are asked."""

    def __init__(self, documents: Sequence[Document]) -> None:
        reports = sorted(
            (document for document in documents if document.kind not in _FORMS),
            key=lambda document: document.date or date.min,
            reverse=True,
        )
        places = [*pages_of(documents, *_FORMS)]
        places += [
            place
            for report in reports
            for place in readable(report)
            if place.page.number <= _HEAD_PAGES
        ]
        self._values = [value for place in places for value in labelled_values(place)]

    def of(self, key: str, kinds: Iterable[DocumentKind] | None = None) -> list[Labelled]:
        """Values under a label, of these kinds of document in this order, or of all."""
        if kinds is None:
            return [value for value in self._values if value.key == key]
        return [
            value
            for kind in kinds
            for value in self._values
            if value.key == key and value.place.document.kind is kind
        ]


def _source(value: Labelled) -> Provenance:
    return value.place.provenance(value.start, value.end)


def _claim_number(text: str) -> str | None:
    found = _CLAIM.match(text.strip("# :"))
    return found.group().strip(" .-") if found and re.search(r"\d{2}", found.group()) else None


def _firm(text: str) -> str | None:
    plain = re.sub(r"\s*\([^()]*\)$", "", text).partition(" / ")[0]
    words = plain.split()
    proper = words and any(word[0].isupper() for word in words) and not plain.endswith(":")
    if "[" in plain:  # a box to tick, not a name
        return None
    return firm_name(plain) if proper and len(words) <= 8 else None


_TEXT_FIELDS: dict[str, Callable[[str], str | None]] = {
    "claim_number": _claim_number,
    "employer": _firm,
    "claims_administrator": _firm,
    "ur_organization": _firm,
    "requesting_physician": physician_name,
}

_ASKED_OF = {"requesting_physician": _FORMS}
"""A report may name many physicians; only the forms and the decision say who asked."""


def _read_addressee(found: _Header, documents: Sequence[Document]) -> None:
    """The physician to whom the decision is addressed is the one who asked."""
    for place in pages_of(documents, DocumentKind.UR_DECISION):
        if place.page.number == 1:
            for line in lines_of(place)[:_ADDRESS_LINES]:
                for start, end in line.cells()[:1]:
                    name = physician_name(place.page.text[start:end])
                    if name is not None and ", " in name:
                        found.put("requesting_physician", name, place.provenance(start, end))


def _read_worker(found: _Header, labels: _Labels) -> None:
    for value in labels.of("worker"):
        if value.marked:
            found.put("worker", person_name(value.text), _source(value))
    for value in labels.of("re"):
        if "," in value.text:
            found.put("worker", person_name(value.text), _source(value))
    for value in labels.of("date_of_birth", _FORMS):
        _put_beside_birth(found, value)


def _put_beside_birth(found: _Header, value: Labelled) -> None:
    """The worker of a form without a label for him: `Jane Q. Roe        Date of birth 1/2/1970`."""
    text = value.place.page.text
    for start, end in value.line.cells()[:1]:
        if end < value.start and text[start:end].istitle():
            found.put("worker", person_name(text[start:end]), value.place.provenance(start, end))


def _read_day(found: _Header, name: str, values: Iterable[Labelled]) -> None:
    limit = found.day("ur_decision_date")
    for value in values:
        for span in days_in(value.text)[:1]:
            start = value.start + span.start
            source = value.place.provenance(start, value.start + span.end)
            found.put(name, whole_day(span, not_after=limit), source)


def _read_ur_date(found: _Header, labels: _Labels, documents: Sequence[Document]) -> None:
    """The decision's own date first, then the one the application gives, then the letter's."""
    own = (DocumentKind.UR_DECISION,)
    _read_day(found, "ur_decision_date", labels.of("ur_decision_date", own))
    _read_day(found, "ur_decision_date", labels.of("decision", own))
    _read_day(found, "ur_decision_date", labels.of("ur_decision_date", _UR_FIRST[1:]))
    _read_day(found, "ur_decision_date", labels.of("date", own))
    for place in pages_of(documents, DocumentKind.UR_DECISION):
        for line in lines_of(place):
            spans = days_in(line.text)
            alone = _DATED.sub("", line.text)
            if len(spans) == 1 and spans[0].end - spans[0].start >= len(alone) - 2:
                source = place.provenance(line.start + spans[0].start, line.start + spans[0].end)
                found.put("ur_decision_date", whole_day(spans[0]), source)
    _put_own_day(found, "ur_decision_date", documents, DocumentKind.UR_DECISION)


def _put_own_day(
    found: _Header, name: str, documents: Sequence[Document], kind: DocumentKind
) -> None:
    """The day that the paper bears without a label, as a letterhead or a signature has it."""
    for place in pages_of(documents, kind):
        for span in days_in(place.page.text):
            if place.document.date is not None and whole_day(span) == place.document.date:
                found.put(name, whole_day(span), place.provenance(span.start, span.end))


def _read_rfa_date(found: _Header, labels: _Labels, documents: Sequence[Document]) -> None:
    """The day the physician signed the request; else as the request or the decision dates it."""
    for place in pages_of(documents, DocumentKind.RFA):
        for day, start, end in signature_days(place):
            found.put("rfa_date", day, place.provenance(start, end))
    _read_day(found, "rfa_date", labels.of("rfa_date"))
    _read_day(found, "rfa_date", labels.of("date", (DocumentKind.RFA,)))
    for place in pages_of(documents, DocumentKind.UR_DECISION):
        for mention in _RFA_DATED.finditer(place.page.text):
            span = next(iter(days_in(place.page.text[mention.end() : mention.end() + 24])), None)
            if span is not None and span.start == 0:
                source = place.provenance(mention.end(), mention.end() + span.end)
                found.put("rfa_date", whole_day(span), source)
    _put_own_day(found, "rfa_date", documents, DocumentKind.RFA)


def _read_received(found: _Header, labels: _Labels, documents: Sequence[Document]) -> None:
    """The stamp on the application; else the day its fax came in."""
    places = list(pages_of(documents, DocumentKind.IMR_APPLICATION))
    stamps = [(place, stamp) for place in places for stamp in received_stamps(place)]
    for place, (day, start, end, _) in sorted(stamps, key=lambda item: not item[1][3]):
        found.put("application_received", day, place.provenance(start, end))
    _read_day(found, "application_received", labels.of("application_received"))
    for place in places:
        for day, start, end in fax_days(place):
            found.put("application_received", day, place.provenance(start, end))


def _read_firms(found: _Header, documents: Sequence[Document]) -> None:
    """The UR organization from its letterhead; the administrator it acts for."""
    for place in pages_of(documents, DocumentKind.UR_DECISION):
        behalf = _BEHALF.search(place.page.text)
        if behalf is not None:
            source = place.provenance(*behalf.span("firm"))
            found.put("claims_administrator", _firm(behalf["firm"]), source)
        for line in lines_of(place)[:_LETTERHEAD_LINES]:
            for start, end in line.cells():
                cell = place.page.text[start:end]
                if _is_review_firm(cell):
                    found.put("ur_organization", _firm(cell), place.provenance(start, end))


def _is_review_firm(cell: str) -> bool:
    """`Renwick Medical Review, Inc.`; not `A Utilization Review Organization`, not `UR Denial`."""
    described = re.match(r"an?\s", cell, re.IGNORECASE) or ":" in cell
    return bool(_REVIEW_FIRM.search(cell)) and not _NO_FIRM.search(cell) and not described


def _read_sex_and_age(found: _Header, labels: _Labels, documents: Sequence[Document]) -> None:
    for value in labels.of("sex"):
        letter = value.text.strip().casefold()[:1]
        if re.fullmatch(r"(?:female|male|f|m)\b.*", value.text, re.IGNORECASE):
            found.put("sex", _SEXES[letter], _source(value))
        elif box := _SEX_BOX.search(value.line.text):
            found.put("sex", box["sex"].casefold(), _source(value))
    persons = list(_persons(documents))
    counted = Counter(sex for sex, _, _, _ in persons)
    for sex, _ in counted.most_common(1):
        source = next(source for said, _, _, source in persons if said == sex)
        found.put("sex", sex, source)
    _read_age(found, persons)


def _read_age(found: _Header, persons: list[tuple[str, int, Document, Provenance]]) -> None:
    """From the date of birth on the day of the decision; else as the decision gives it."""
    born, decided = found.day("date_of_birth"), found.day("ur_decision_date")
    if born is not None and decided is not None and born < decided:
        before_birthday = (decided.month, decided.day) < (born.month, born.day)
        age = decided.year - born.year - before_birthday
        found.put("age", age, found.sources["date_of_birth"])
    for _, age, document, source in persons:
        if document.kind is DocumentKind.UR_DECISION:
            found.put("age", age, source)


def _persons(
    documents: Sequence[Document],
) -> Iterator[tuple[str, int, Document, Provenance]]:
    """`58 y/o female`: sex and age as the documents give them; relatives are left out."""
    for document in documents:
        for place in readable(document):
            text = place.page.text
            for said in _PERSON.finditer(text):
                if not _RELATIVE.search(text[max(0, said.start() - 50) : said.end()]):
                    sex = _SEXES[said["sex"][0].casefold()]
                    yield sex, int(said["age"]), document, place.provenance(*said.span())
