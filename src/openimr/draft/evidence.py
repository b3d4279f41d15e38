"""Sentences of one finding: what was found, the passages for and against it, the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openimr.draft.bind import bind
from openimr.draft.guidelines import short_citation
from openimr.draft.record import Record, page_refs
from openimr.draft.wording import EVIDENCE_AGAINST, EVIDENCE_FOR, VALUE_WORDS, clause
from openimr.model.determination import Sentence
from openimr.model.evidence import Fact, PageRef
from openimr.model.finding import Calculation, Finding
from openimr.model.ids import CriterionId

_INLINE, _SHOWN = 2, 3
"""Passages quoted in a sentence; further ones are cited by their pages."""


def finding_sentences(finding: Finding, record: Record, part: str) -> list[Sentence]:
    """What was found, then the passages on both sides.

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


def _head(finding: Finding) -> str:
    """What was asked for, with its value, then what was found; no full stop at the end.

    `Adverse effects are addressed (OPI-4; MTUS p. 78): met. The record states it: no side effects`
    """
    name = f"({finding.criterion}; {short_citation(finding.citation)})"
    statement = clause_end(finding.statement)
    if not finding.requirement:
        return f"{statement} {name}"
    statement = statement[:1].upper() + statement[1:]
    value = VALUE_WORDS[finding.value]
    return f"{clause_end(finding.requirement)} {name}: {value}. {statement}"


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


def calculation_sentences(findings: Sequence[Finding], record: Record) -> list[Sentence]:
    """Each computation once, with the criteria that use it; none that a statement writes out."""
    users: dict[Calculation, list[CriterionId]] = {}
    statements = " ".join(finding.statement for finding in findings)
    for finding in findings:
        for calculation in finding.calculations:
            told = (calculation.expression, *calculation.assumptions)
            if not all(words in statements for words in told):
                users.setdefault(calculation, []).append(finding.criterion)
    return [
        bind(
            calculation_text(calculation, record),
            findings=criteria,
            facts=calculation.inputs,
            part="arithmetic",
        )
        for calculation, criteria in users.items()
    ]


def calculation_text(calculation: Calculation, record: Record) -> str:
    """The computation in words, with its factor set, its assumptions and its pages."""
    name = calculation.name[:1].upper() + calculation.name[1:]
    factors = f", factors of {calculation.factor_set}" if calculation.factor_set else ""
    assumed = "; ".join(clause(assumption) for assumption in calculation.assumptions)
    assumption = f"; assumed: {assumed}" if assumed else ""
    pages = record.cite(record.of_ids(calculation.inputs))
    return f"{name}{factors}: {clause_end(calculation.expression)}{assumption}{pages}"


def clause_end(text: str) -> str:
    """The sentence without its full stop, so that its citation can follow."""
    return " ".join(text.split()).rstrip(".")


def _bound(text: str, finding: Finding, facts: Sequence[Fact], part: str) -> Sentence:
    pages: tuple[PageRef, ...] = page_refs(facts)
    return bind(
        text,
        findings=(finding.criterion,),
        facts=[fact.id for fact in facts],
        pages=pages,
        citations=(finding.citation,),
        part=part,
    )


def newest_first(fact: Fact) -> tuple[int, str]:
    """Sorts facts by the day they were written, the newest first."""
    day = fact.written or fact.date
    ordinal = day.last_day().toordinal() if day else date.min.toordinal()
    return (-ordinal, fact.id)
