"""What stands behind a 'not documented': what was searched, where, and what came nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openimr.draft.bind import bind
from openimr.draft.record import Record, criteria_names, listed
from openimr.draft.wording import clause, count
from openimr.model.concepts import concept_name
from openimr.model.determination import Sentence
from openimr.model.evidence import Certificate, NearMiss, PageRef, UnreadPage
from openimr.model.finding import Finding
from openimr.model.ids import DocumentId
from openimr.model.ranges import page_list

_NEAREST_SHOWN = 2
"""Near misses of a criterion that decides; one of any other."""
_REASONS_SHOWN = 6


def search_sentences(
    certificate: Certificate,
    findings: Sequence[Finding],
    record: Record,
    part: str,
    told: set[str],
) -> list[Sentence]:
    """The search behind the silence of these findings: its extent, then what it could not see.

    `told` holds what was already said of unseen pages in this item; it is added to.
    """
    criteria = [finding.criterion for finding in findings]
    nearest = certificate.nearest[: _NEAREST_SHOWN if part == "decides" else 1]
    unseen = _unseen(certificate, record)
    searched = bind(
        _extent(certificate, findings, record)
        + (", less the pages already named" if unseen and unseen in told else "")
        + _nearest(nearest, record),
        findings=criteria,
        pages=[PageRef(document=near.document, page=near.page) for near in nearest],
        part=part,
    )
    if not unseen or unseen in told:
        return [searched]
    told.add(unseen)
    pages = [
        PageRef(document=page.document, page=page.page)
        for page in (
            *certificate.pages_unreadable,
            *_foreign(certificate, record),
            *certificate.pages_weak,
        )
    ]
    return [searched, bind(unseen, findings=criteria, pages=pages, part=part)]


def same_search(finding: Finding, first: Finding, part: str) -> Sentence:
    """A second criterion that the same search covers."""
    text = f"The search described under {first.criterion} covers {finding.criterion} as well"
    return bind(text, findings=(finding.criterion, first.criterion), part=part)


def neutral_searches(
    searches: Mapping[Certificate, Sequence[Finding]], record: Record
) -> list[Sentence]:
    """Silence that neither decides nor flags, said briefly: a sentence for each extent."""
    by_extent: dict[str, list[tuple[Certificate, Sequence[Finding]]]] = {}
    for certificate, findings in searches.items():
        by_extent.setdefault(_pages(certificate, record), []).append((certificate, findings))
    sentences = []
    for extent, group in by_extent.items():
        sought = [
            f"{_sought(certificate)} ({criteria_names(each.criterion for each in findings)})"
            for certificate, findings in group
        ]
        text = (
            f"The search of {extent} found nothing that counts on {'; '.join(sought)}; this bears "
            "no weight in the suggestion"
        )
        criteria = [each.criterion for _, findings in group for each in findings]
        sentences.append(bind(text, findings=criteria, part="search"))
    return sentences


def _extent(certificate: Certificate, findings: Sequence[Finding], record: Record) -> str:
    """`The search for pain scores tied to Norco covered 26 of the file's 28 pages`.

    The pages are left out where the findings' own sentences give them and none was left unread.
    """
    told = all("pages searched" in finding.statement for finding in findings)
    if told and len(certificate.pages_searched) == record.page_count:
        return f"The search was for {_sought(certificate)}"
    return f"The search for {_sought(certificate)} covered {_pages(certificate, record)}"


def _sought(certificate: Certificate) -> str:
    """`pain scores or side effects tied to Norco`."""
    what = listed((concept_name(concept) for concept in certificate.concepts), "or")
    return f"{what} tied to {certificate.subject}" if certificate.subject else what


def _pages(certificate: Certificate, record: Record) -> str:
    """`26 of the file's 28 pages`."""
    number, total = len(certificate.pages_searched), record.page_count
    if number == total:
        return "the file's only page" if total == 1 else f"all {total:,} pages of the file"
    return f"{number:,} of the file's {count(total, 'page')}"


def _nearest(nearest: Sequence[NearMiss], record: Record) -> str:
    """The nearest passages, each with the reason why it does not count."""
    told = [
        f"{record.quote(near.quote)}"
        f"{record.cite([PageRef(document=near.document, page=near.page)])}, "
        f"which does not count: {clause(near.why)}"
        for near in nearest
    ]
    if not told:
        return "; nothing came near"
    lead = "the nearest passage is" if len(told) == 1 else "the nearest passages are"
    return f"; {lead} {', and '.join(told)}"


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
    return text[:1].upper() + text[1:]


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
