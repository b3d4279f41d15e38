"""A guideline topic as data: criteria, what silence means, and how a suggestion follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from openimr.model.drug import FactorSet
from openimr.model.edition import AuthorisationRule, GuidelineText, overlap, period
from openimr.model.ids import ConceptId, CriterionId, TopicId
from openimr.model.pack import Pack, pack_name


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
    REFER = "refer"
    """Neither silence nor a breach decides: the item goes to the reviewer."""
    NONE = "n-a"


class Applies(StrEnum):
    """To which stage of a treatment a criterion speaks."""

    ALWAYS = "always"
    FIRST_USE = "first_use"
    """Only a first prescription: what had to be tried before it."""
    CONTINUING_USE = "continuing_use"
    """Only continuation: no effect can be on record before the first dose."""


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
    sought: str = ""
    """What a search for it looks for, as it follows `No`: `urine drug test`, `gain from {drug}`.

    `{drug}` is the requested treatment by its short name, a drug or a service.
    """
    name: str = ""
    """What a letter calls it, as a subject: `pain relief from the opioid` (is not documented)."""
    applies: Applies = Applies.ALWAYS
    if_silent_when: Mapping[str, Silence] = field(default_factory=lambda: MappingProxyType({}))
    """What silence means under a policy switch: {`tricyclic_first=gate`: deny}."""
    partial_refers: bool = False
    """Partial evidence goes to the reviewer instead of counting as silence."""
    smaller: str = ""
    """The smaller form it leads to where it alone fails: `one injection`, `a trial first`."""
    drugs: tuple[str, ...] = ()
    """The generics it speaks to, where its topic covers others as well; all if empty."""
    asked: tuple[str, ...] = ()
    """Words of request lines it speaks to, one of which the line must hold; all lines if empty."""
    not_asked: tuple[str, ...] = ()
    """Words of request lines to which it does not speak."""
    active_when: str = ""
    """The policy switch without which an exception has no effect: `initial_trial=exempt`."""

    def silence(self, settings: Settings) -> Silence:
        """What silence means under these settings; the first switch that applies wins."""
        for switch, meaning in self.if_silent_when.items():
            if settings.has(switch):
                return meaning
        if settings.strict and self.if_silent_strict is not None:
            return self.if_silent_strict
        return self.if_silent


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
    """The drugs it covers; none for a service, which its request line names."""
    criteria: tuple[Criterion, ...]
    support_requires: Mapping[str, object]
    """The tree of criteria that must hold: {all: [OPI-1, {any: [OPI-2, OPI-3]}, {not: OPI-11}]}.

    A branch `{when: quantity=modify, then: ...}` counts only under that policy switch.
    """
    dependence_forming: bool = False
    modify_when: tuple[CriterionId, ...] = ()
    """What leads to `modify_to` while the rest holds: limits exceeded, gates with a `smaller`."""
    verified_on: date | None = None
    file: str = ""
    """The rulebook file it was read from."""
    taper: str = ""
    """What the reviewer should know about stopping the drug."""
    open: str = ""
    """Of a shell, what is not known: its criteria are shown, and the reviewer decides."""

    def in_force(self, day: date) -> bool:
        """Whether this edition holds on a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)

    @property
    def period(self) -> str:
        """`from 07/18/2009 to 07/27/2016`."""
        return period(self.effective_from, self.effective_to)

    @property
    def folder(self) -> str:
        """The guideline and edition it is filed under: `mtus-chronic-pain/2009`."""
        return "/".join(self.file.split("/")[-3:-1])

    @property
    def line(self) -> str:
        """The guideline it is filed under, whatever the edition: `mtus-chronic-pain`."""
        return self.folder.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Topics that a reader looks for together: muscle relaxants, injections."""

    id: str
    title: str
    topics: tuple[TopicId, ...]


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
    recency_months: int = 12
    """How old a statement may be, counted from the UR decision, to speak of the present."""
    factor_set: FactorSet | None = None
    """Morphine-equivalent factors; None: the set in force on the day of the decision."""

    def has(self, switch: str) -> bool:
        """Whether a switch stands as written: `quantity=modify`, `strict=true`."""
        name, _, wanted = switch.partition("=")
        return str(getattr(self, name)).casefold() == wanted.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All topics of all editions, with the hash of every file they were read from."""

    topics: tuple[Topic, ...]
    settings: Settings
    files: Mapping[str, str]
    """Rulebook file to the sha256 of its bytes."""
    sha256: str
    """Over all files: what a determination names as its rulebook."""
    texts: tuple[GuidelineText, ...] = ()
    """The register of editions, those included of which no criteria are held."""
    authorisation: tuple[AuthorisationRule, ...] = ()
    packs: tuple[Pack, ...] = ()
    groups: tuple[Group, ...] = ()
    tests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Test to what it asks, in words."""

    def pack_of(self, topic: Topic) -> Pack | None:
        """The pack that a topic comes from; None for our own."""
        name = pack_name(topic.file)
        return next((pack for pack in self.packs if pack.name == name), None)

    def replaced_by(self, topic: Topic) -> Topic | None:
        """The pack's topic that takes the place of one of ours on some day; None if none does."""
        if pack_name(topic.file):
            return None
        others = (one for one in self.topics if one.id == topic.id and pack_name(one.file))
        return next((one for one in others if overlap(one, topic)), None)

    def editions(self, topic: TopicId) -> tuple[Topic, ...]:
        """All editions of a topic, the earliest first."""
        found = [one for one in self.topics if one.id == topic]
        return tuple(sorted(found, key=lambda one: one.effective_from))

    def as_of(self, topic: TopicId, day: date) -> Topic | None:
        """The edition of a topic in force on a day, a pack's first; None if there is none."""
        for candidate in self.topics:
            if candidate.id == topic and candidate.in_force(day):
                return candidate
        return None
