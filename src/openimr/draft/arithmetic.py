"""Computations written out, each once, unless a finding's own sentence writes it out."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.draft.bind import bind
from openimr.draft.record import Record
from openimr.draft.wording import clause, clause_end
from openimr.model.determination import Sentence
from openimr.model.finding import Calculation, Finding
from openimr.model.ids import CriterionId
from openimr.model.prose import capital


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
            _text(calculation, record),
            findings=criteria,
            facts=calculation.inputs,
            part="arithmetic",
        )
        for calculation, criteria in users.items()
    ]


def _text(calculation: Calculation, record: Record) -> str:
    """The computation in words, with its factor set, its assumptions and its pages."""
    factors = f", factors of {calculation.factor_set}" if calculation.factor_set else ""
    assumed = "; ".join(clause(assumption) for assumption in calculation.assumptions)
    assumption = f"; assumed: {assumed}" if assumed else ""
    pages = record.cite(record.of_ids(calculation.inputs))
    name = capital(calculation.name)
    return f"{name}{factors}: {clause_end(calculation.expression)}{assumption}{pages}"
