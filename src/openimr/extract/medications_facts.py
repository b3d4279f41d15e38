"""Building the facts of a page: provenance, dates and value in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openimr.extract.places import provenance
from openimr.model.dates import PartialDate
from openimr.model.document import Document
from openimr.model.evidence import JSON, Assertion, Fact
from openimr.model.ids import ConceptId, FactId
from openimr.model.text import Page

MEDICATION = ConceptId("medication")
TRIALS = ConceptId("prior_nonopioid_trials")
INITIAL_TRIAL = ConceptId("initial_trial")
DURATION = ConceptId("duration_of_use")
PROVISIONAL = FactId("")
"""Facts are numbered once all of a case file are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactMaker:
    """Makes facts that stand on one page."""

    document: Document
    page: Page

    @property
    def written(self) -> PartialDate | None:
        """The date of the document."""
        return PartialDate.of(self.document.date) if self.document.date else None

    def make(
        self,
        concept: ConceptId,
        value: Mapping[str, JSON],
        span: tuple[int, int],
        *,
        assertion: Assertion,
        rule: str,
        date: PartialDate | None = None,
        subject: str | None = None,
    ) -> Fact:
        """A fact on `page.text[span]`; its date is the document's unless another is given."""
        filled = {key: item for key, item in value.items() if item is not None}
        return Fact(
            id=PROVISIONAL,
            concept=concept,
            value=MappingProxyType(filled),
            assertion=Assertion.OTHER_PERSON if self.page.is_foreign else assertion,
            date=date or self.written,
            written=self.written,
            subject=subject,
            author=self.document.author,
            provenance=provenance(self.document, self.page, *span),
            rule=rule,
        )
