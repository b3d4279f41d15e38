"""An item's guideline lines: what utilization review named, what the rulebook cites."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from openimr.model.authority import SearchResult, SearchSequence, SearchStep
from openimr.model.determination import GuidelineLine
from openimr.model.edition import Standing
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
DRAFT_LEAD, DECISION_LEAD = "Draft based on", "Decision based on"
_UNVERIFIED = re.compile(r"\s*\(unverified\)", re.IGNORECASE)


def claims_administrator_line(ur_guideline: str | None) -> GuidelineLine:
    """What the utilization review decision named for the item, or that it named nothing."""
    if not ur_guideline or not ur_guideline.strip():
        return GuidelineLine(text="Not stated.", mtus=False, odg=False)
    named = _LEAD.sub("", " ".join(ur_guideline.split())).rstrip(".")
    mtus, odg = bool(_MTUS.search(named)), bool(_ODG.search(named))
    part = {(True, False): ", part of the MTUS", (False, True): ", not part of the MTUS"}
    return GuidelineLine(
        text=f"The Claims Administrator based its decision on {named}{part.get((mtus, odg), '')}.",
        mtus=mtus,
        odg=odg,
        pages=pages_in(named),
        citations=(named,),
    )


def reviewer_line(evaluation: Evaluation) -> GuidelineLine:
    """Whether the MTUS applies, as searched, and the pages the suggestion stands on."""
    line = _cited_line(evaluation)
    search = evaluation.search
    if search is None:
        return line
    schedule = search.schedule
    if schedule.result is SearchResult.REBUTTED:
        return _rebutted_line(search, line)
    return replace(
        line,
        text=f"{_applicable(schedule, named=line.mtus)} {line.text}",
        mtus=line.mtus or bool(schedule.citation),
    )


def _rebutted_line(search: SearchSequence, line: GuidelineLine) -> GuidelineLine:
    """The line where studies rebut the schedule: they stand in its place, and it is named."""
    better = "; ".join(step.citation for step in search.relied_on)
    return replace(
        line,
        text=f"{_applicable(search.schedule, named=True)} {DRAFT_LEAD} {better}, against "
        f"{search.schedule.citation}.",
        mtus=True,
        citations=(*line.citations, *(step.citation for step in search.relied_on)),
    )


def _applicable(schedule: SearchStep, *, named: bool) -> str:
    """The sentence on the schedule, as its step of the search came out."""
    if schedule.result is SearchResult.ADDRESSED:
        return "The MTUS is applicable and relevant to this item."
    if schedule.result is SearchResult.NOT_ADDRESSED and named:
        return "The MTUS names this treatment and has no criteria for it."
    if schedule.result is SearchResult.NOT_ADDRESSED:
        return "The MTUS is not applicable: it does not address this item."
    if schedule.result is SearchResult.REBUTTED:
        return "The MTUS is applicable and relevant to this item, and its presumption is rebutted."
    if schedule.citation:
        return "The MTUS is applicable; its text on this item is not at hand."
    return "Whether the MTUS is applicable and relevant is open: its text is not at hand."


def _cited_line(evaluation: Evaluation) -> GuidelineLine:
    """The guideline pages of the criteria that the suggestion stands on, grouped by guideline."""
    citations = _with_schedule(evaluation, _weighty(evaluation))
    choice = evaluation.edition
    if not citations and choice is not None and choice.guideline and not choice.held:
        text = f"{choice.guideline}; no criteria of it are encoded, the reviewer names its pages."
        return GuidelineLine(
            text=text,
            mtus=choice.standing is Standing.SCHEDULE,
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
        text=f"{DRAFT_LEAD} {'; '.join(lines)}.",
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
