"""What the record shows about a criterion, and the suggestion that follows from all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from openimr.model.authority import SearchSequence
from openimr.model.edition import EditionChoice
from openimr.model.ids import CertificateId, CriterionId, FactId, TopicId
from openimr.model.rule import Role
from openimr.model.truth import Truth


class Value(StrEnum):
    """The value of a criterion; which ones can occur depends on its role."""

    MET = "met"
    PARTIAL = "partial"
    NOT_DOCUMENTED = "not_documented"
    CONTRADICTED = "contradicted"
    CONFLICTING = "conflicting"
    WITHIN = "within"
    EXCEEDED = "exceeded"
    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"

    @property
    def truth(self) -> Truth:
        """As the decision logic reads it: partial, conflicting and silent are UNKNOWN."""
        return _TRUTH.get(self, Truth.UNKNOWN)


_TRUTH = {
    Value.MET: Truth.TRUE,
    Value.WITHIN: Truth.TRUE,
    Value.PRESENT: Truth.TRUE,
    Value.CONTRADICTED: Truth.FALSE,
    Value.EXCEEDED: Truth.FALSE,
    Value.ABSENT: Truth.FALSE,
}


class Suggestion(StrEnum):
    """What the criteria suggest; only a physician's signed act decides."""

    SUPPORT = "support"
    NOT_SUPPORT = "not_support"
    MODIFY_TO = "modify_to"
    REFER = "refer"


class Weight(StrEnum):
    """What a finding does to the suggestion."""

    DECIDES = "decides"
    FLAGS = "flags"
    BYPASSED = "bypassed"
    SUPPORTS = "supports"
    """A needed element that holds."""
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """A computation, written out so that a reader can check it on paper."""

    name: str
    """`daily dose`, `days' supply`, `morphine milligram equivalents`, `patch wear`."""
    expression: str
    """`5 tablets x 10 mg = 50 mg a day`."""
    result: float | None
    unit: str
    assumptions: tuple[str, ...] = ()
    """What had to be assumed, in words; empty if nothing was."""
    factor_set: str = ""
    inputs: tuple[FactId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One criterion laid against the record."""

    criterion: CriterionId
    topic: TopicId
    role: Role
    value: Value
    statement: str
    """One sentence: what was found, or that nothing was."""
    citation: str
    """Guideline and page; '(unverified)' where the page is."""
    facts_for: tuple[FactId, ...] = ()
    facts_against: tuple[FactId, ...] = ()
    certificate: CertificateId | None = None
    calculations: tuple[Calculation, ...] = ()
    weight: Weight = Weight.NEUTRAL
    requirement: str = ""
    """The criterion in the rulebook's words (`Criterion.statement`), for a reader."""
    satisfied_by: str = ""
    """What in a record would satisfy it (`Criterion.satisfied_by`)."""
    name: str = ""
    """What a letter calls the criterion (`Criterion.name`)."""
    overruled: Value | None = None
    """What the record was read to show, where the value is the reviewer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All findings of one item, the suggestion, and what would change it."""

    topics: tuple[tuple[TopicId, str], ...]
    """Topic and edition."""
    findings: tuple[Finding, ...]
    suggestion: Suggestion
    reasons: tuple[CriterionId, ...]
    """The criteria that decided."""
    flags: tuple[CriterionId, ...]
    flip: tuple[tuple[CriterionId, ...], ...]
    """The smallest sets of criteria whose documentation would change the suggestion."""
    modification: str | None = None
    """The smaller form that would be supported, in words."""
    taper_note: str | None = None
    notes: tuple[str, ...] = ()
    """Anything else the reviewer should know; why no rule applies, among others."""
    edition: EditionChoice | None = None
    """The edition that governs, and why; None where the request is of no known topic."""
    overruled: Suggestion | None = None
    """What the criteria suggest, where the suggestion is the reviewer's."""
    search: SearchSequence | None = None
    """The authorities searched, in the order of the day; None before the law had an order."""
