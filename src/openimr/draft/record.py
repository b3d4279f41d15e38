"""What a draft looks up while it writes: documents, facts, searches, and how pages are cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openimr.draft.bind import UnboundSentenceError
from openimr.model.case import CaseHeader
from openimr.model.document import Document
from openimr.model.evidence import Certificate, Fact, PageRef, Provenance
from openimr.model.ids import CertificateId, CriterionId, DocumentId, FactId
from openimr.model.labels import cite_pages, document_labels, origin_mark
from openimr.model.names import WorkerName
from openimr.model.prose import listed
from openimr.model.quotation import quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The case as a draft needs it: everything by its id, and one name for each document."""

    header: CaseHeader
    documents: Mapping[DocumentId, Document]
    labels: Mapping[DocumentId, str]
    facts: Mapping[FactId, Fact]
    certificates: Mapping[CertificateId, Certificate]
    worker: WorkerName
    foreign: tuple[tuple[DocumentId, int], ...]
    """Pages that are another patient's."""

    @classmethod
    def of(
        cls,
        header: CaseHeader,
        documents: Iterable[Document],
        facts: Iterable[Fact],
        certificates: Iterable[Certificate],
    ) -> Record:
        """Index the case."""
        by_id = {document.id: document for document in documents}
        return cls(
            header=header,
            documents=by_id,
            labels=document_labels(by_id.values()),
            facts={fact.id: fact for fact in facts},
            certificates={certificate.id: certificate for certificate in certificates},
            worker=WorkerName(header.worker),
            foreign=tuple(
                (document.id, page.number)
                for document in by_id.values()
                for page in document.pages
                if page.is_foreign
            ),
        )

    @property
    def page_count(self) -> int:
        """All pages of the case file that were opened."""
        return sum(len(document.pages) for document in self.documents.values())

    def of_ids(self, identities: Iterable[FactId]) -> tuple[Fact, ...]:
        """The facts of these ids, in the given order.

        Raises:
            UnboundSentenceError: if the case has no such fact.
        """
        try:
            return tuple(self.facts[identity] for identity in identities)
        except KeyError as missing:
            raise UnboundSentenceError(
                f"a finding names the fact {missing.args[0]}, which is not there",
                remedy="report this with the case's determination; the draft must not state it",
            ) from missing

    def cite(self, pages: Iterable[PageRef | Fact | Provenance]) -> str:
        """The pages in brackets, as sentences print them; empty for none."""
        places = tuple(pages)
        cited = cite_pages(page_refs(places), self.labels)
        return f" ({cited}{origin_mark(places)})" if cited else ""

    def quote(self, text: str) -> str:
        """A passage in quotation marks: on one line, not too long, without the worker's name."""
        return f"“{quotation(self.anonymous(text))}”"

    def anonymous(self, text: str) -> str:
        """The text with the worker's name replaced, as published letters do."""
        return self.worker.remove(text)


def page_refs(places: Iterable[PageRef | Fact | Provenance]) -> tuple[PageRef, ...]:
    """The pages of facts and passages, each once, in order."""
    found: dict[PageRef, None] = {}
    for place in places:
        spot = place.provenance if isinstance(place, Fact) else place
        found.setdefault(PageRef(document=spot.document, page=spot.page))
    return tuple(found)


def criteria_names(identities: Iterable[CriterionId]) -> str:
    """Criteria in a row: `OPI-1 and OPI-2`."""
    return listed(str(identity) for identity in identities)
