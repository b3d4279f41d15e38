"""An item's guideline lines: what utilization review named, what the rulebook cites."""

from __future__ import annotations

import re
from collections.abc import Iterable

from openimr.model.determination import GuidelineLine
from openimr.model.edition import Authority
from openimr.model.finding import Evaluation, Finding, Weight
from openimr.model.ranges import page_list, runs, write_runs

_MTUS = re.compile(r"\bMTUS\b|Chronic Pain (?:Medical )?(?:Treatment )?Guideline", re.IGNORECASE)
_ODG = re.compile(r"\bODG\b|Official Disability", re.IGNORECASE)
_NUMBER = r"\d{1,3}\b(?!\s*CCR|\.\d|[./]\d)"
_PAGES = re.compile(
    r"(?:\bpages?\b|\bpp?\b\.?|Page\(s\))\s*:?\s*"
    rf"(?P<pages>{_NUMBER}(?:\s*(?:[-\u2013,;&]|[,;]?\s*(?:and|but))\s*{_NUMBER})*)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(\d{1,3})(?:\s*[-\u2013]\s*(\d{1,3}))?")
_LEAD = re.compile(r"^\s*(?:decision\s+)?based\s+on\s+", re.IGNORECASE)
_UNVERIFIED = re.compile(r"\s*\(unverified\)", re.IGNORECASE)


def claims_administrator_line(ur_guideline: str | None) -> GuidelineLine:
    """What the utilization review decision named for the item, or that it named nothing."""
    if not ur_guideline or not ur_guideline.strip():
        return GuidelineLine(text="Not stated.", mtus=False, odg=False)
    named = _LEAD.sub("", " ".join(ur_guideline.split())).rstrip(".")
    return GuidelineLine(
        text=f"Decision based on {named}.",
        mtus=bool(_MTUS.search(named)),
        odg=bool(_ODG.search(named)),
        pages=pages_in(named),
        citations=(named,),
    )


def reviewer_line(evaluation: Evaluation) -> GuidelineLine:
    """The guideline pages of the criteria that the suggestion stands on, grouped by guideline."""
    citations = _with_schedule(evaluation, _weighty(evaluation))
    choice = evaluation.edition
    if not citations and choice is not None and choice.guideline and not choice.held:
        text = f"{choice.guideline}; no criteria of it are encoded, the reviewer names its pages."
        return GuidelineLine(
            text=text,
            mtus=choice.authority is Authority.SCHEDULE,
            odg=bool(_ODG.search(choice.guideline)),
        )
    if not citations:
        text = "No criteria are encoded for this request; the reviewer names the guideline."
        return GuidelineLine(text=text, mtus=False, odg=False)
    groups: dict[str, list[tuple[int, int]]] = {}
    doubtful: set[str] = set()
    for citation in citations:
        for title, pages in split_citation(citation):
            if title[:1].islower():
                continue  # a remark on the source, such as 'the number of days is ours'
            groups.setdefault(title, []).extend(pages)
            if _UNVERIFIED.search(citation):
                doubtful.add(title)
    lines = [
        _group_text(title, pages, doubtful=title in doubtful) for title, pages in groups.items()
    ]
    if not lines:
        text = "No guideline is known to settle this request; the reviewer names it."
        return GuidelineLine(text=text, mtus=False, odg=False, citations=citations)
    joined = " ".join(citations)
    return GuidelineLine(
        text=f"Draft based on {'; '.join(lines)}.",
        mtus=bool(_MTUS.search(joined)),
        odg=bool(_ODG.search(joined)),
        pages=_merge(
            page for title, spans in groups.items() if _MTUS.search(title) for page in spans
        ),
        citations=citations,
    )


def pages_in(text: str) -> tuple[tuple[int, int], ...]:
    """The page numbers a citation names.

    >>> pages_in("MTUS Chronic Pain, p. 24; ODG; pages 76-80, 88")
    ((24, 24), (76, 80), (88, 88))
    """
    spans: list[tuple[int, int]] = []
    for found in _PAGES.finditer(text):
        for span in _SPAN.finditer(found["pages"]):
            first, last = int(span[1]), int(span[2] or span[1])
            if first <= last:
                spans.append((first, last))
    return _merge(spans)


def split_citation(citation: str) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
    """A citation as guideline titles, each with its pages.

    >>> split_citation("MTUS Chronic Pain 2009, pp. 24, 78; FDA label")
    (('MTUS Chronic Pain 2009', ((24, 24), (78, 78))), ('FDA label', ()))
    """
    plain = _UNVERIFIED.sub("", citation)
    # A semicolon inside a list of pages belongs to the pages.
    held = _PAGES.sub(lambda found: found[0].replace(";", ","), plain)
    parts = []
    for segment in held.split(";"):
        found = _PAGES.search(segment)
        title = (segment[: found.start()] if found else segment).strip(" ,:.")
        title = title.removesuffix("(").strip(" ,")
        if title:
            parts.append((title, pages_in(segment)))
    return tuple(parts)


def short_citation(citation: str) -> str:
    """A citation as running text names it; the guideline line gives it in full.

    >>> short_citation("MTUS Chronic Pain 2009 (8 CCR 9792.24.2), p. 24 (unverified)")
    'MTUS p. 24 (unverified)'
    """
    doubt = " (unverified)" if _UNVERIFIED.search(citation) else ""
    shown = []
    for title, spans in split_citation(citation):
        name = next((short for short in ("MTUS", "ODG") if short in title), title)
        pages = page_list(number for first, last in spans for number in range(first, last + 1))
        shown.append(f"{name} {pages}".strip())
    return f"{'; '.join(shown) or citation}{doubt}"


def _with_schedule(evaluation: Evaluation, citations: tuple[str, ...]) -> tuple[str, ...]:
    """The schedule first, where it addresses the item: other sources stand beside it, not for it.

    8 CCR 9792.21.1 searches the MTUS before any other guideline.
    """
    if not citations or any(_MTUS.search(citation) for citation in citations):
        return citations
    of_schedule = [one.citation for one in evaluation.findings if _MTUS.search(one.citation)]
    return (*dict.fromkeys(of_schedule), *citations)


def _weighty(evaluation: Evaluation) -> tuple[str, ...]:
    """Citations of the findings that bear on the suggestion; of all where none does."""
    telling = {*evaluation.reasons, *evaluation.flags}

    def bears(finding: Finding) -> bool:
        return finding.criterion in telling or finding.weight is not Weight.NEUTRAL

    chosen = [finding.citation for finding in evaluation.findings if bears(finding)]
    chosen = chosen or [finding.citation for finding in evaluation.findings]
    return tuple(dict.fromkeys(citation for citation in chosen if citation))


def _group_text(title: str, pages: list[tuple[int, int]], *, doubtful: bool) -> str:
    where = f", page(s) {write_runs(_merge(pages))}" if pages else ""
    mark = " (some pages unverified)" if doubtful else ""
    return f"{title}{where}{mark}"


def _merge(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return runs(number for first, last in spans for number in range(first, last + 1))
