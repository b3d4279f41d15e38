"""Sentences of one finding: what was found, the passages for and against it, its pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openimr.draft.bind import bind
from openimr.draft.guidelines import short_citation
from openimr.draft.record import Record, page_refs
from openimr.draft.wording import (
    EVIDENCE_AGAINST,
    EVIDENCE_FOR,
    PREDICATES,
    VALUE_WORDS,
    clause,
    clause_end,
    count,
)
from openimr.model.determination import Sentence
from openimr.model.evidence import Fact
from openimr.model.finding import Finding, Value
from openimr.model.labels import cite_pages, origin_mark
from openimr.model.prose import capital

_INLINE, _SHOWN = 2, 2
"""Passages quoted in a sentence; further ones are cited by their pages."""
_PAGES_SHOWN = 5
"""Pages that a short sentence cites; the criteria's table has them all."""


def finding_sentences(finding: Finding, record: Record, part: str) -> list[Sentence]:
    """In full: what was found, then the passages on both sides.

    One or two passages of one side stand in the sentence itself; more get sentences of their own.
    """
    supporting = record.of_ids(finding.facts_for)
    opposing = record.of_ids(finding.facts_against)
    head = _head(finding)
    only = opposing or supporting
    if only and not (supporting and opposing) and len(_quotes(only, record)) <= _INLINE:
        return [_bound(f"{head}: {passages(only, record)}", finding, only, part)]
    sentences = [_bound(head, finding, (), part)]
    for facts, leads in ((supporting, EVIDENCE_FOR), (opposing, EVIDENCE_AGAINST)):
        if facts:
            text = f"{leads[finding.value]} {passages(facts, record)}"
            sentences.append(_bound(text, finding, facts, part))
    return sentences


def short_sentence(findings: Sequence[Finding], record: Record, part: str) -> Sentence:
    """In one sentence: what was found, with its pages and without quotations.

    `The supply is 60 days, above 28 days (TMZ-4; FDA label; PR-2 of 04/09/2015, p. 2).`

    Args:
        findings: one, or several that say the same.
        record: the case.
        part: of the letter.
    """
    identities = [fact for each in findings for fact in (*each.facts_for, *each.facts_against)]
    facts = sorted(record.of_ids(dict.fromkeys(identities)), key=newest_first)
    pages = page_refs(facts)
    cited = cite_pages(pages[:_PAGES_SHOWN], record.labels)
    if len(pages) > _PAGES_SHOWN:
        cited += f"; {count(len(pages) - _PAGES_SHOWN, 'more page')}"
    cited += origin_mark(facts)
    marks = [f"{each.criterion}; {short_citation(each.citation)}" for each in findings]
    searches = [f"search {each.certificate}" for each in findings if each.certificate]
    told = "; ".join(filter(None, (*marks, cited, *dict.fromkeys(searches))))
    return bind(
        f"{_told(findings[0])} ({told})",
        findings=[each.criterion for each in findings],
        facts=[fact.id for fact in facts],
        pages=pages,
        citations=[each.citation for each in findings],
        part=part,
    )


def subject(finding: Finding) -> str:
    """The criterion as a subject, with its id: `pain relief from the opioid (OPI-1)`."""
    name = finding.name or clause(finding.requirement.split(". ")[0])
    return f"{name} ({finding.criterion})" if name else str(finding.criterion)


def _head(finding: Finding) -> str:
    """The value of the criterion, then what was found; no full stop at the end.

    `Pain relief from the opioid is not documented (OPI-1; MTUS p. 78). No comparison was found`
    """
    mark = f"({finding.criterion}; {short_citation(finding.citation)})"
    told = _told(finding)
    if _stands_alone(finding):
        return f"{told} {mark}"
    if finding.name:
        return f"{capital(finding.name)} {PREDICATES[finding.value]} {mark}. {told}"
    required = clause_end(finding.requirement)
    return f"{required} {mark}: {VALUE_WORDS[finding.value]}. {told}"


def _told(finding: Finding) -> str:
    return capital(clause_end(finding.statement))


def _stands_alone(finding: Finding) -> bool:
    """Whether the statement names the criterion itself, as that of a computed limit does."""
    if finding.value in (Value.WITHIN, Value.EXCEEDED) or not (finding.name or finding.requirement):
        return True
    name = finding.name.casefold()
    return bool(name) and finding.statement.casefold().startswith(name)


def passages(facts: Sequence[Fact], record: Record) -> str:
    """Passages with their pages, the newest first: `“8/10” (RFA of ..., p. 1) and “...” (...)`.

    The same words on several pages are quoted once with all their pages.
    """
    quoted = list(_quotes(facts, record).items())
    shown = [f"{quote}{record.cite(same)}" for quote, same in quoted[:_SHOWN]]
    rest = [fact for _, same in quoted[_SHOWN:] for fact in same]
    if rest:
        number = len(quoted) - _SHOWN
        noun = "passage" if number == 1 else "passages"
        shown.append(f"{number} more {noun}{record.cite(rest)}")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _quotes(facts: Sequence[Fact], record: Record) -> dict[str, list[Fact]]:
    """Facts by the words they quote, the newest first."""
    by_quote: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=newest_first):
        by_quote.setdefault(record.quote(fact.provenance.quote), []).append(fact)
    return by_quote


def _bound(text: str, finding: Finding, facts: Sequence[Fact], part: str) -> Sentence:
    return bind(
        text,
        findings=(finding.criterion,),
        facts=[fact.id for fact in facts],
        pages=page_refs(facts),
        citations=(finding.citation,),
        part=part,
    )


def newest_first(fact: Fact) -> tuple[int, str]:
    """Sorts facts by the day they were written, the newest first."""
    day = fact.written or fact.date
    ordinal = day.last_day().toordinal() if day else date.min.toordinal()
    return (-ordinal, fact.id)
