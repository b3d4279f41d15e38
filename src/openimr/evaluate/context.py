"""What a test sees of a case, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from openimr.evaluate.regimen import Regimen, day_of, ordered, text
from openimr.model.case import CaseHeader, DisputedItem
from openimr.model.drug import Drug, FactorSet, Formulary
from openimr.model.evidence import PAIN_PILL, PATCH, REGIMEN, Assertion, Fact
from openimr.model.finding import Calculation, Finding, Suggestion, Value
from openimr.model.ids import ConceptId, CriterionId
from openimr.model.request import RequestKind
from openimr.model.rule import Attribution, Criterion, Role, Settings
from openimr.model.timeline import Course, CourseFlag

CDC_2022_FROM = date(2022, 11, 4)
"""Publication of the CDC guideline of 2022; older decisions are computed with the set of 2016."""
RULE_MONTH = 30.5
"""Days of a month where a rule states a limit or a window in months."""
THE_REQUEST = "the request"
"""What sentences call a service whose line gives it no short name."""
_FORMS = {PATCH: frozenset({"patch"}), PAIN_PILL: frozenset({"tablet", "capsule"})}
_SAID = frozenset({Assertion.PRESENT, Assertion.ABSENT, Assertion.CONFLICTING})


@dataclass(frozen=True, kw_only=True)
class LeafResult:
    """What a test found about one criterion.

    `statement` is a whole sentence. A silence leaves it empty: the evaluation writes the sentence
    from what was sought and the certificate's pages; `remark` is what came nearest.
    """

    value: Value
    statement: str = ""
    remark: str = ""
    supporting: tuple[Fact, ...] = ()
    opposing: tuple[Fact, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    searched: bool = False
    """Rests on a silence although its value says more, so that it needs a certificate."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """One disputed item with everything the record says; findings of inherited topics first."""

    item: DisputedItem
    items: tuple[DisputedItem, ...]
    header: CaseHeader
    drug: Drug | None
    formulary: Formulary
    settings: Settings
    day: date
    """Of the UR decision, else of the request; of the service, where care was given already: what
    'now' means in this case."""
    facts: Mapping[ConceptId, tuple[Fact, ...]]
    """Statements about the patient, oldest first."""
    regimen: Regimen
    criterion: Criterion
    findings: Mapping[CriterionId, Finding] = field(default_factory=dict)
    courses: tuple[Course, ...] = ()
    served: date | None = None
    """The day on which care in dispute was given; None for a request."""
    decided: Mapping[int, Suggestion] = field(default_factory=dict)
    """What is suggested for other items of the case, by their index, as far as it is known."""

    @property
    def drug_name(self) -> str:
        """The requested treatment as sentences name it: a drug, or a service by its short name."""
        request = self.item.request
        if request.kind is not RequestKind.DRUG and request.procedure:
            return request.procedure
        drug = request.brand or (self.drug.generic if self.drug else request.generic)
        if drug or request.kind is RequestKind.DRUG:
            return drug or request.text
        return THE_REQUEST

    def fill_flags(self) -> tuple[CourseFlag, ...]:
        """What the dispensing of the requested drug shows within the recency window."""
        earliest = self.day - timedelta(days=round(self.settings.recency_months * RULE_MONTH))
        return tuple(
            flag
            for course in self.courses
            for flag in course.flags
            if self.is_this_drug(course.generic) and earliest <= flag.date <= self.day
        )

    @property
    def factor_set(self) -> FactorSet:
        """The morphine-equivalent factors used, by setting or by date."""
        by_date = FactorSet.CDC_2022 if self.day >= CDC_2022_FROM else FactorSet.CDC_2016
        return self.settings.factor_set or by_date

    def said(self, concept: str, *, months: float | None = None) -> tuple[Fact, ...]:
        """Statements about the patient now: present or absent, within the recency window."""
        window = months or self.settings.recency_months
        earliest = self.day - timedelta(days=round(window * RULE_MONTH))
        return tuple(
            fact
            for fact in self.facts.get(ConceptId(concept), ())
            if fact.assertion in _SAID and (day_of(fact) or self.day) >= earliest
        )

    def ever(self, concept: str) -> tuple[Fact, ...]:
        """Statements about the patient at any time, historical ones among them."""
        return self.facts.get(ConceptId(concept), ())

    def is_this_drug(self, subject: str | None) -> bool:
        """Whether an effect's subject is the requested drug."""
        if not subject or subject == REGIMEN or self.drug is None:
            return False
        if subject in _FORMS:
            return self._is_named_by(_FORMS[subject])
        named = self.formulary.find(subject)
        if named is None:
            return subject.casefold() in self.drug.ingredients
        return (
            named.generic == self.drug.generic
            or (
                bool(named.ingredients)
                and (named.ingredients, named.topic) == (self.drug.ingredients, self.drug.topic)
            )
            or self._is_part_of_it(named)
        )

    def _is_part_of_it(self, named: Drug) -> bool:
        """`Oxycodone` told of one who takes Percocet and no oxycodone besides it."""
        if self.drug is None or named.topic != self.drug.topic:
            return False
        part = bool(named.ingredients) and set(named.ingredients) < set(self.drug.ingredients)
        return part and not any(
            use.generic == named.generic and use.is_current(self.day) for use in self.regimen.uses
        )

    def _is_named_by(self, forms: frozenset[str]) -> bool:
        """Whether it is the one opioid of such a form: `the patch`, `his pain pill`."""
        if self.drug is None or not self.drug.is_opioid or forms.isdisjoint(self.drug.forms[:1]):
            return False
        return not any(
            drug.is_opioid and not forms.isdisjoint(drug.forms[:1])
            for drug, _ in self.other_drugs()
        )

    def concerns(self, fact: Fact) -> bool:
        """Whether an effect can be the requested drug's: tied to it, or to no other drug."""
        return fact.subject in {None, REGIMEN} or self.is_this_drug(fact.subject)

    def is_of_another_drug(self, fact: Fact) -> bool:
        """Whether the record ties a statement to a drug that is not the requested one."""
        named = self.formulary.find(fact.subject) if fact.subject else None
        return named is not None and not self.is_this_drug(fact.subject)

    def other_drugs(self) -> tuple[tuple[Drug, tuple[Fact, ...]], ...]:
        """Other drugs taken now or asked for beside this one, each with its facts, by name."""
        found: dict[str, tuple[Drug, tuple[Fact, ...]]] = {}
        for use in self.regimen.current:
            if use.drug is not None and not self.is_this_drug(use.generic):
                found[use.generic] = (use.drug, use.shown)
        for item in self.items:
            drug = self.formulary.find(item.request.generic or "")
            other = drug is not None and item.index != self.item.index
            if drug is not None and other and not self.is_this_drug(drug.generic):
                found.setdefault(drug.generic, (drug, ()))
        return tuple(found[name] for name in sorted(found))

    def several_analgesics(self) -> bool:
        """Whether analgesics of more than one class are taken with the requested drug."""
        classes = {
            drug.drug_class for drug, _ in self.other_drugs() if "analgesic_class" in drug.groups
        }
        own = self.drug.drug_class if self.drug else ""
        return bool(classes - {own})

    def is_creditable(self) -> bool:
        """P-1: whether an effect of all medicines together may be credited to this drug."""
        by_setting = self.settings.attribution is Attribution.REGIMEN
        return by_setting or not self.several_analgesics()

    @property
    def silent(self) -> Value:
        """The value of a criterion of this role on which the record is silent."""
        asks = self.criterion.role in {Role.LIMIT, Role.EXCLUSION, Role.EXCEPTION}
        return Value.UNKNOWN if asks else Value.NOT_DOCUMENTED


Leaf = Callable[[Context, Mapping[str, object]], LeafResult]


def newest(facts: Iterable[Fact]) -> date:
    """The day of the newest statement; the first day there is for none or undated ones."""
    return max((day_of(fact) or date.min for fact in facts), default=date.min)


def weigh(supporting: Iterable[Fact], opposing: Iterable[Fact]) -> Value:
    """The newest statements win; opposite statements of the same day conflict."""
    pro, contra = tuple(supporting), tuple(opposing)
    if any(fact.assertion is Assertion.CONFLICTING for fact in (*pro, *contra)):
        return Value.CONFLICTING
    if not pro and not contra:
        return Value.NOT_DOCUMENTED
    if pro and contra and newest(pro) == newest(contra):
        return Value.CONFLICTING
    return Value.MET if (pro and newest(pro) > newest(contra)) or not contra else Value.CONTRADICTED


def about_the_patient(facts: Iterable[Fact]) -> Mapping[ConceptId, tuple[Fact, ...]]:
    """By concept, oldest first; possible, hypothetical and other people's statements left out."""
    counted = {*_SAID, Assertion.HISTORICAL}
    by_concept: dict[ConceptId, list[Fact]] = {}
    for fact in ordered(facts):
        if fact.assertion in counted:
            by_concept.setdefault(fact.concept, []).append(fact)
    return {concept: tuple(group) for concept, group in by_concept.items()}


def words_of(parameters: Mapping[str, object], name: str) -> tuple[str, ...]:
    """A parameter that is a list of words."""
    raw = parameters.get(name, ())
    return tuple(text(word) for word in raw) if isinstance(raw, tuple | list) else (text(raw),)


def amount_of(parameters: Mapping[str, object], name: str, default: float) -> float:
    """A parameter that is a number."""
    raw = parameters.get(name, default)
    return float(raw) if isinstance(raw, int | float) else default
