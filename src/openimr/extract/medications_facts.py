"""Building the facts of a page: provenance, dates and value in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openimr.model.dates import PartialDate
from openimr.model.document import Document
from openimr.model.evidence import JSON, Assertion, Fact, Provenance
from openimr.model.ids import ConceptId, FactId
from openimr.model.text import Page, PageState

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
            provenance=self._provenance(*_trimmed(self.page.text, *span)),
            rule=rule,
        )

    def _provenance(self, start: int, end: int) -> Provenance:
        page = self.page
        confidence = 1.0
        if page.state is PageState.OCR:
            words = page.words.between(start, end)
            confidence = min((word.confidence for word in words), default=page.confidence)
        return Provenance(
            document=self.document.id,
            page=page.number,
            start=start,
            end=end,
            quote=page.text[start:end],
            box=page.box(start, end),
            confidence=confidence,
        )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    quote = text[start:end]
    return start + len(quote) - len(quote.lstrip()), end - (len(quote) - len(quote.rstrip()))
