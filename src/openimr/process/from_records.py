"""Documents -> the case as they state it: every field with its page, what no page says None."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from openimr.extract.decision_reasons import bases, expedited, form_enclosed
from openimr.extract.decision_service import Service, home_state, read_service
from openimr.extract.filing_form import (
    channel,
    fax_arrival,
    liability_box,
    missing_information_box,
    review_type,
    time_beside,
)
from openimr.extract.filing_signature import Signature, read_signature
from openimr.extract.found import Found
from openimr.extract.header import read_header
from openimr.extract.header_text import Place, pages_of
from openimr.extract.items import find_items
from openimr.extract.reviewed_records import read_reviewed_records
from openimr.model.application import (
    Application,
    Channel,
    DecisionBasis,
    FiledItem,
    ImrCase,
    Priority,
    UrDecision,
)
from openimr.model.case import CaseFile, CaseHeader, DisputedItem
from openimr.model.document import Document, DocumentKind
from openimr.model.errors import MissingDocument
from openimr.model.evidence import Provenance
from openimr.model.moments import PACIFIC
from openimr.model.party import Party, PartyRole, ServiceMethod
from openimr.model.records import HeldRecord
from openimr.model.stated import ReadCase, Source
from openimr.model.text import PageState
from openimr.pipeline import Rules
from openimr.process.clashes import without
from openimr.request.grammar import parse_request
from openimr.request.split import split_request
from openimr.workflow.consistency import impossible_pairs
from openimr.workflow.ground_view import in_words, value_at

_Value = TypeVar("_Value")
_PARTIES = {
    "worker": PartyRole.INJURED_EMPLOYEE,
    "requesting_physician": PartyRole.REQUESTING_PHYSICIAN,
    "employer": PartyRole.EMPLOYER,
    "claims_administrator": PartyRole.CLAIMS_ADMINISTRATOR,
    "ur_organization": PartyRole.UR_ORGANIZATION,
}
"""Field of the header to what the party is."""


@dataclass(slots=True)
class _Sources:
    """Places of fields, as they are read."""

    documents: Mapping[str, Document]
    places: dict[str, Source] = field(default_factory=dict)

    def note(self, path: str, source: Provenance) -> None:
        document = self.documents[source.document]
        quote = " ".join(source.quote.split())
        self.places[path] = Source(file=document.file, page=source.page, quote=quote)

    def take(self, path: str, found: Found[_Value] | None) -> _Value | None:
        if found is None:
            return None
        self.note(path, found.source)
        return found.value


def read_case_of(case_file: CaseFile, rules: Rules, number: str = "") -> ReadCase:
    """The case that the documents of a case file state.

    Days that cannot both be true are dropped: one of them was misread or is wrong on paper.

    Args:
        case_file: as intake assembled it.
        rules: request grammar and formulary.
        number: of the case, where it is known; no document of a new case bears one.
    """
    documents = case_file.documents
    header = read_header(documents)
    sources = _Sources({document.id: document for document in documents})
    for name, source in header.sources.items():
        if name in _HEADER:
            sources.note(_HEADER[name], source)
    forms = list(pages_of(documents, DocumentKind.IMR_APPLICATION))
    decisions = list(pages_of(documents, DocumentKind.UR_DECISION))
    case = ImrCase(
        case_number=number,
        date_of_injury=header.date_of_injury,
        date_of_birth=header.date_of_birth,
        claim_number=header.claim_number,
        application=_application(case_file, header, forms, sources),
        ur_decision=_decision(documents, header, (forms, decisions), sources),
        items=tuple(_items(documents, header, rules, sources)),
        parties=tuple(_parties(header, sources)),
        records_named_by_ur=tuple(found.value.text for found in read_reviewed_records(decisions)),
        rfa_date=header.rfa_date,
    )
    return _without_contradictions(case, sources)


_HEADER = {
    "date_of_injury": "date_of_injury",
    "date_of_birth": "date_of_birth",
    "claim_number": "claim_number",
    "ur_decision_date": "ur_decision.issued",
    "rfa_date": "rfa_date",
    "application_received": "application.received",
}
"""Field of the header to its path in the case."""


def held_records(documents: Sequence[Document]) -> tuple[HeldRecord, ...]:
    """The documents as the file holds them; who sent each is not on paper."""
    header = read_header(documents)
    requests = [document for document in documents if document.kind is DocumentKind.RFA]
    return tuple(
        HeldRecord(
            file=document.file,
            kind=document.kind,
            # A request bears many days; the header knows which is the physician's.
            day=header.rfa_date if requests == [document] else document.date,
            author=document.author,
        )
        for document in documents
    )


def _application(
    case_file: CaseFile, header: CaseHeader, forms: Sequence[Place], sources: _Sources
) -> Application:
    signature = read_signature(forms, header.worker, header.requesting_physician)
    stamp = _stamp_place(header, forms)
    received, way = _received(header, stamp), channel(*stamp) if stamp else None
    if received is None:
        fax = fax_arrival(forms)
        received = sources.take("application.received", fax)
        way = Found(Channel.FAX, fax.source) if fax else None
    signed, signed_on, filer = _signature(signature, sources)
    asked = sources.take("application.requested", review_type(forms))
    return Application(
        received=received,
        channel=sources.take("application.channel", way),
        filer=filer,
        signed=signed,
        signed_on=signed_on,
        ur_decision_attached=_attached(case_file, sources),
        requested=asked or Priority.REGULAR,
    )


def _stamp_place(header: CaseHeader, forms: Sequence[Place]) -> tuple[Place, Provenance] | None:
    source = header.sources.get("application_received")
    if source is None:
        return None
    for place in forms:
        if place.document.id == source.document and place.page.number == source.page:
            return place, source
    return None


def _received(header: CaseHeader, stamp: tuple[Place, Provenance] | None) -> datetime | None:
    day = header.application_received
    if day is None:
        return None
    at = time_beside(*stamp) if stamp else None
    return datetime.combine(day, at or time(), PACIFIC)


def _signature(
    found: Signature | None, sources: _Sources
) -> tuple[bool | None, date | None, PartyRole | None]:
    if found is None:
        return None, None, None
    sources.note("application.signed", found.source)
    if found.day is not None:
        sources.note("application.signed_on", found.day_source or found.source)
    if found.who is not None:
        sources.note("application.filer", found.source)
    return found.signed, found.day, found.who


def _attached(case_file: CaseFile, sources: _Sources) -> bool | None:
    """Whether a decision is in the file: no only if every page was read and recognised."""
    for document in case_file.documents:
        if document.kind is DocumentKind.UR_DECISION:
            first = document.pages[0]
            sources.places["application.ur_decision_attached"] = Source(
                file=document.file, page=1, quote=first.text.strip().partition("\n")[0]
            )
            return True
    unread = bool(case_file.unread) or any(
        document.kind is DocumentKind.UNKNOWN
        or any(page.state is PageState.UNREADABLE for page in document.pages)
        for document in case_file.documents
    )
    return None if unread else False


def _decision(
    documents: Sequence[Document],
    header: CaseHeader,
    places: tuple[Sequence[Place], Sequence[Place]],
    sources: _Sources,
) -> UrDecision:
    forms, decisions = places
    proofs = [*decisions, *_proofs(documents)]
    service = read_service(proofs, header.ur_decision_date, header.worker, home_state(forms))
    day, method = _service(service, sources)
    on_form = review_type(forms)
    track = expedited(decisions)
    if track is None and on_form is not None and on_form.value is Priority.REGULAR:
        track = Found(value=False, source=on_form.source)
    return UrDecision(
        issued=header.ur_decision_date,
        served=day,
        service=method,
        bases=tuple(_bases(forms, decisions, sources)),
        expedited=sources.take("ur_decision.expedited", track),
        form_served=sources.take("ur_decision.form_served", form_enclosed(decisions)),
    )


def _proofs(documents: Sequence[Document]) -> Iterator[Place]:
    """Pages of letters and unknown papers that call themselves a proof of service."""
    for place in pages_of(documents, DocumentKind.CORRESPONDENCE, DocumentKind.UNKNOWN):
        if "of service" in place.page.text[:400].casefold():
            yield place


def _service(found: Service | None, sources: _Sources) -> tuple[date | None, ServiceMethod | None]:
    if found is None:
        return None, None
    if found.day is not None:
        sources.note("ur_decision.served", found.source)
    if found.method is not None:
        sources.note("ur_decision.service", found.source)
    return found.day, found.method


def _bases(
    forms: Sequence[Place], decisions: Sequence[Place], sources: _Sources
) -> Iterator[DecisionBasis]:
    """Of the decision's own words, and of the boxes that the administrator ticked on the form."""
    told = list(bases(decisions))
    for box, basis in (
        (liability_box(forms), DecisionBasis.LIABILITY),
        (missing_information_box(forms), DecisionBasis.INFORMATION),
    ):
        if box is not None and box.value and basis not in {found.value for found in told}:
            told.append(Found(basis, box.source))
    for found in told:
        if "ur_decision.bases" not in sources.places or found.value is not told[0].value:
            sources.note("ur_decision.bases", found.source)
        yield found.value


def _items(
    documents: Sequence[Document], header: CaseHeader, rules: Rules, sources: _Sources
) -> Iterator[FiledItem]:
    parse = partial(parse_request, formulary=rules.formulary, vocabulary=rules.vocabulary)
    split = partial(split_request, formulary=rules.formulary, vocabulary=rules.vocabulary)
    try:
        found = find_items(documents, header, parse=parse, split=split, approved=True)
    except MissingDocument:
        return
    for item in found:
        yield _item(item, sources)


def _item(item: DisputedItem, sources: _Sources) -> FiledItem:
    path = f"items[{item.index}]"
    if item.sources:
        sources.note(f"{path}.request_text", item.sources[0])
        decided = [source for source in item.sources if _of_decision(source, sources)]
        for source in decided[:1]:
            sources.note(f"{path}.ur_action", source)
    return FiledItem(
        index=item.index,
        request_text=item.request_text,
        ur_action=item.ur_action,
        retrospective=True if item.request.retrospective else None,
        date_of_service=item.request.date_of_service,
        topic=item.request.topic_id,
    )


def _of_decision(source: Provenance, sources: _Sources) -> bool:
    return sources.documents[source.document].kind is DocumentKind.UR_DECISION


def _parties(header: CaseHeader, sources: _Sources) -> Iterator[Party]:
    number = 0
    for name, role in _PARTIES.items():
        value = getattr(header, name)
        if value:
            number += 1
            if name in header.sources:
                sources.note(f"parties[{number}].name", header.sources[name])
            yield Party(id=f"p{number}", role=role, name=value)


def _without_contradictions(case: ImrCase, sources: _Sources) -> ReadCase:
    """Of two days that cannot both be true, the later in the process is dropped, and told."""
    doubts = []
    for earlier, later in impossible_pairs(case):
        first, second = in_words(value_at(case, earlier)), in_words(value_at(case, later))
        place = sources.places.pop(later, None)
        where = f" ({place})" if place else ""
        doubts.append(f"{later} was read as {second}{where}, before {earlier}, {first}; not used")
        case = without(case, later)
    return ReadCase(case=case, sources=MappingProxyType(dict(sources.places)), doubts=tuple(doubts))
