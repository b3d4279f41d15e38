"""What stands behind a 'not documented': what was searched, where, and what came nearest."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.draft.bind import bind
from openimr.draft.evidence import subject
from openimr.draft.guidelines import short_citation
from openimr.draft.record import Record
from openimr.draft.wording import clause, count
from openimr.model.concepts import concept_name
from openimr.model.determination import Sentence
from openimr.model.evidence import Certificate, NearMiss, PageRef, UnreadPage
from openimr.model.finding import Finding
from openimr.model.ids import DocumentId
from openimr.model.labels import cite_pages, us_dates
from openimr.model.prose import capital, listed
from openimr.model.ranges import page_list

_NEAREST_SHOWN = 2
_PAGES_SHOWN = 3
_REASONS_SHOWN = 6


def search_sentences(
    certificate: Certificate,
    finding: Finding,
    record: Record,
    part: str,
    told: set[str],
) -> list[Sentence]:
    """The search behind the silence of a finding: its extent, then what it could not see.

    `told` holds what was already said in this item of unseen pages and nearest passages; it is
    added to.
    """
    unseen = _unseen(certificate, record)
    nearest = _telling(certificate)[:_NEAREST_SHOWN]
    less = ", less the pages already named" if unseen and unseen in told else ""
    extent = _extent(certificate, finding, record)
    text = (
        f"Search {certificate.id} looked for {_sought(certificate)}{extent}{less}"
        f"{_nearest(nearest, certificate, record, told)}"
    )
    pages = [PageRef(document=near.document, page=near.page) for near in nearest]
    searched = bind(text, findings=(finding.criterion,), pages=pages, part=part)
    return [searched, *unseen_sentences(certificate, [finding], record, part, told)]


def unseen_sentences(
    certificate: Certificate,
    findings: Sequence[Finding],
    record: Record,
    part: str,
    told: set[str],
) -> list[Sentence]:
    """What a search could not see, unless this item has said it."""
    unseen = _unseen(certificate, record)
    if not unseen or unseen in told:
        return []
    told.add(unseen)
    pages = [
        PageRef(document=page.document, page=page.page)
        for page in (
            *certificate.pages_unreadable,
            *_foreign(certificate, record),
            *certificate.pages_weak,
        )
    ]
    criteria = [finding.criterion for finding in findings]
    return [bind(unseen, findings=criteria, pages=pages, part=part)]


def same_search(finding: Finding, first: Finding, part: str) -> Sentence:
    """A second criterion that the same search covers."""
    text = f"The search described under {first.criterion} covers {finding.criterion} as well"
    return bind(text, findings=(finding.criterion, first.criterion), part=part)


def silent_sentences(
    findings: Sequence[Finding], record: Record, part: str, *, weightless: bool = False
) -> list[Sentence]:
    """Silences in one sentence for each extent, every criterion with its search.

    `Not found on any of the 22 pages: a urine drug test (OPI-6, MTUS p. 43, search c06), ...`
    """
    by_lead: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.certificate is not None:
            certificate = record.certificates[finding.certificate]
            lead = f"Not found on {_any_page(certificate, record)}"
            if not certificate.claims_absence:
                lead = "No passage answers as asked, and those named are for the reviewer to read"
            by_lead.setdefault(lead, []).append(finding)
    rest = "; this bears no weight in the suggestion" if weightless else ""
    return [
        bind(
            f"{lead}: {listed(_silent(finding, record) for finding in group)}{rest}",
            findings=[finding.criterion for finding in group],
            pages=[page for finding in group for page in _possible_pages(finding, record)],
            citations=[finding.citation for finding in group],
            part=part,
        )
        for lead, group in by_lead.items()
    ]


def _possible_pages(finding: Finding, record: Record) -> list[PageRef]:
    """Where possible evidence for a silent criterion stands, the nearest three."""
    if finding.certificate is None:
        return []
    nearest = record.certificates[finding.certificate].nearest
    pages = [PageRef(document=n.document, page=n.page) for n in nearest if n.possible]
    return list(dict.fromkeys(pages))[:_PAGES_SHOWN]


def _silent(finding: Finding, record: Record) -> str:
    """`a urine drug test (OPI-6, MTUS p. 43, search c06; PR-2 of 04/09/2015, p. 1)`."""
    pages = cite_pages(_possible_pages(finding, record), record.labels)
    search = f"search {finding.certificate}" + (f": {pages}" if pages else "")
    where = filter(None, (short_citation(finding.citation), search))
    name, bracket = subject(finding), " ("
    if name.endswith(")"):
        name, bracket = name[:-1], ", "
    return f"{name}{bracket}{', '.join(where)})"


def _extent(certificate: Certificate, finding: Finding, record: Record) -> str:
    """` on 26 of the file's 28 pages`; empty where the finding's own sentence says it of all."""
    whole = len(certificate.pages_searched) == record.page_count
    if whole and "pages searched" in finding.statement:
        return ""
    return f" on {_pages(certificate, record)}"


def _sought(certificate: Certificate) -> str:
    """`pain scores or side effects`."""
    return listed((concept_name(concept) for concept in certificate.concepts), "or")


def _pages(certificate: Certificate, record: Record) -> str:
    """`26 of the file's 28 pages`."""
    number, total = len(certificate.pages_searched), record.page_count
    if number == total:
        return "the file's only page" if total == 1 else f"all {total:,} pages of the file"
    return f"{number:,} of the file's {count(total, 'page')}"


def _telling(certificate: Certificate) -> list[NearMiss]:
    """Near misses worth a reader's time: each passage once, and none that only shares a word."""
    first: dict[str, NearMiss] = {}
    for near in certificate.nearest:
        if not near.words_only:
            first.setdefault(near.quote, near)
    return [*first.values()]


def _any_page(certificate: Certificate, record: Record) -> str:
    """`any of the file's 28 pages`."""
    number, total = len(certificate.pages_searched), record.page_count
    if number == total:
        return "the file's only page" if total == 1 else f"any of the {total:,} pages of the file"
    return f"any of the {count(number, 'page')} searched of {total:,}"


def _nearest(
    nearest: Sequence[NearMiss], certificate: Certificate, record: Record, told: set[str]
) -> str:
    """The nearest passages, each with the reason why it does not count; a passage quoted once."""
    shown = []
    for near in nearest:
        quote = record.quote(near.quote)
        name = "the passage quoted above" if quote in told else quote
        told.add(quote)
        place = record.cite([PageRef(document=near.document, page=near.page)])
        weight = "is for the reviewer to read" if near.possible else "does not count"
        shown.append(f"{name}{place}, which {weight}: {clause(us_dates(near.why))}")
    if not shown:
        return "; only single words came near" if certificate.nearest else "; nothing came near"
    lead = "the nearest passage is" if len(shown) == 1 else "the nearest passages are"
    return f"; {lead} {', and '.join(shown)}"


def _unseen(certificate: Certificate, record: Record) -> str:
    """Pages that the search could not see, or saw badly."""
    parts = []
    if certificate.pages_unreadable:
        named = unread_pages(certificate.pages_unreadable, record)
        parts.append(f"the search cannot speak for {named}, which could not be read")
    if foreign := _foreign(certificate, record):
        parts.append(f"it leaves out {unread_pages(foreign, record)}")
    if certificate.pages_weak:
        named = unread_pages(certificate.pages_weak, record)
        parts.append(f"it is weaker for {named}, which was read from a poor image")
    text = "; ".join(parts)
    return capital(text)


def _foreign(certificate: Certificate, record: Record) -> list[UnreadPage]:
    """Pages of another patient that the search left out."""
    searched = {(page.document, page.page) for page in certificate.pages_searched}
    return [
        UnreadPage(document=document, page=number, reason="another patient's")
        for document, number in record.foreign
        if (document, number) not in searched
    ]


def unread_pages(pages: Sequence[UnreadPage], record: Record) -> str:
    """Pages by document, each group with its reason: `p. 2 of the RFA of ... (too dark)`."""
    groups: dict[tuple[DocumentId, str], list[int]] = {}
    for page in pages:
        groups.setdefault((page.document, page.reason), []).append(page.page)
    named = [
        f"{page_list(numbers)} of the {record.labels[document]} ({clause(reason)})"
        for (document, reason), numbers in groups.items()
    ]
    if len(named) > _REASONS_SHOWN:
        hidden = len(named) - _REASONS_SHOWN
        named = [*named[:_REASONS_SHOWN], f"pages of {count(hidden, 'other document')}"]
    return listed(named)
