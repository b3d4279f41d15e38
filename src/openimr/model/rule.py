"""A guideline topic as data: criteria, what silence means, and how a suggestion follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from openimr.model.ids import ConceptId, CriterionId, TopicId


class Role(StrEnum):
    """What a criterion does in the decision."""

    GATE = "G"
    GATE_ANY = "G:any"
    """A gate with alternatives listed in its statement; one suffices."""
    GATE_BENEFIT = "G:benefit"
    """A member of the group `benefit`: at least one member must be met."""
    EXCLUSION = "X"
    LIMIT = "L"
    EXCEPTION = "E"
    ADVISORY = "A"


class Silence(StrEnum):
    """What it means that the record is silent."""

    DENY = "deny"
    """The missing element defeats the request."""
    FLAG = "flag"
    COMPUTE = "compute"
    """Derive it from the request; flag if that cannot be done."""
    MODIFY = "modify"
    NONE = "n-a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule stands in the guideline."""

    title: str
    pages: str
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """The leaf test of a criterion: the name of a test and its parameters, all data.

    Example: `Test(name="daily_dose", parameters={"ingredient": "hydrocodone", "at_most": 60})`.
    """

    name: str
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a topic, in our words."""

    id: CriterionId
    role: Role
    statement: str
    satisfied_by: str
    contradicted_by: str
    if_silent: Silence
    if_silent_strict: Silence | None = None
    """In the strict profile, where it differs."""
    source: Source
    concepts: tuple[ConceptId, ...]
    test: Test
    bypassed_by: tuple[CriterionId, ...] = ()
    """Exceptions that, when present, set this criterion aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A guideline topic in one edition."""

    id: TopicId
    title: str
    guideline: str
    edition: str
    effective_from: date
    effective_to: date | None
    """Last day in force; None while it is."""
    pages: str
    status: str
    mtus_addresses: bool
    inherits: tuple[TopicId, ...]
    """Topics whose criteria apply as well."""
    generics: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    support_requires: Mapping[str, object]
    """The tree of criteria that must hold: {all: [OPI-1, {any: [OPI-2, OPI-3]}, {not: OPI-11}]}."""
    dependence_forming: bool = False
    modify_when: tuple[CriterionId, ...] = ()
    """Limits that, exceeded while the rest holds, lead to `modify_to`."""
    verified_on: date | None = None
    file: str = ""
    """The rulebook file it was read from."""


class Attribution(StrEnum):
    """P-1: must benefit be tied to the drug when several analgesic classes are taken?"""

    DRUG = "drug"
    REGIMEN = "regimen"


class Strictness(StrEnum):
    """How a switch treats what it governs."""

    ADVISORY = "advisory"
    GATE = "gate"
    FLAG = "flag"
    ACCEPT = "accept"
    MODIFY = "modify"
    EXEMPT = "exempt"
    DEMAND = "demand"
    LENIENT = "lenient"
    ALL_FOUR = "all_four"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The policy switches P-1 to P-8: where guidelines or reviewers disagree, said openly."""

    attribution: Attribution = Attribution.DRUG
    tricyclic_first: Strictness = Strictness.ADVISORY
    musculoskeletal_duloxetine: Strictness = Strictness.FLAG
    immediate_release_first: Strictness = Strictness.ADVISORY
    initial_trial: Strictness = Strictness.EXEMPT
    quantity: Strictness = Strictness.FLAG
    four_domains: Strictness = Strictness.LENIENT
    monitoring: Strictness = Strictness.ADVISORY
    strict: bool = False
    """The strict profile of `if_silent_strict`."""
    can_modify: bool = False
    """Whether the program lets the reviewer modify a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All topics of all editions, with the hash of every file they were read from."""

    topics: tuple[Topic, ...]
    settings: Settings
    files: Mapping[str, str]
    """Rulebook file to the sha256 of its bytes."""
    sha256: str
    """Over all files: what a determination names as its rulebook."""

    def as_of(self, topic: TopicId, day: date) -> Topic | None:
        """The edition of a topic in force on a day; None if there is none."""
        for candidate in self.topics:
            last = candidate.effective_to
            if candidate.id == topic and candidate.effective_from <= day:
                if last is None or day <= last:
                    return candidate
        return None
