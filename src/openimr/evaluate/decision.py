"""From the values of all criteria to a suggestion: data in, Kleene's logic, no record in sight.

1. an exception that is present sets aside the criteria that name it
2. the topic's tree must hold; what silence means is each criterion's own `if_silent`
3. a tree that hangs on conflicting or partial evidence goes to the reviewer
4. a tree that holds with a limit exceeded suggests the smaller form, where the topic has one
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openimr.model.finding import Suggestion, Value, Weight
from openimr.model.ids import CriterionId, TopicId
from openimr.model.rule import Applies, Criterion, Role, Settings, Silence, Strictness, Topic
from openimr.model.truth import Truth, all_of, any_of

GATES = frozenset({Role.GATE, Role.GATE_ANY, Role.GATE_BENEFIT})
"""Roles of what a request must show."""
Values = Mapping[CriterionId, Value]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What decides one item: its topic, the topics it inherits, and the settings."""

    topics: tuple[Topic, ...]
    """The item's own topic first."""
    settings: Settings
    first_use: bool = False
    """Whether the record shows the request to be a first trial."""
    used_up: frozenset[CriterionId] = frozenset()
    """Limits of which nothing is left: exceeded, they leave no smaller form to suggest."""

    @property
    def criteria(self) -> Mapping[CriterionId, Criterion]:
        """All criteria, the own topic's first."""
        found: dict[CriterionId, Criterion] = {}
        for topic in self.topics:
            for criterion in topic.criteria:
                found.setdefault(criterion.id, criterion)
        return MappingProxyType(found)

    def applies(self, criterion: Criterion) -> bool:
        """Whether a criterion speaks to this stage of treatment (P-5 for the first trial)."""
        exempt = self.first_use and self.settings.initial_trial is Strictness.EXEMPT
        if criterion.applies is Applies.CONTINUING_USE:
            return not exempt
        return criterion.applies is Applies.ALWAYS or self.first_use

    def bypasses(self, values: Values) -> frozenset[CriterionId]:
        """Criteria that a present exception sets aside."""
        present = {
            identity
            for identity, criterion in self.criteria.items()
            if criterion.role is Role.EXCEPTION
            and values.get(identity) is Value.PRESENT
            and (not criterion.active_when or self.settings.has(criterion.active_when))
        }
        return frozenset(c.id for c in self.criteria.values() if present & set(c.bypassed_by))


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The suggestion, what decided it and what is only shown."""

    suggestion: Suggestion
    reasons: tuple[CriterionId, ...]
    flags: tuple[CriterionId, ...]
    weights: Mapping[CriterionId, Weight]
    exceeded: tuple[CriterionId, ...] = ()
    """Limits that lead to the smaller form."""


def suggest(rules: Rules, values: Values) -> Suggestion:
    """The suggestion alone."""
    return _Judge(rules, values).suggestion()


def decide(rules: Rules, values: Values) -> Decision:
    """The suggestion with its reasons and flags."""
    judge = _Judge(rules, values)
    suggestion = judge.suggestion()
    reasons = judge.reasons(suggestion)
    flags = tuple(
        identity
        for identity, criterion in rules.criteria.items()
        if identity not in reasons and judge.is_flagged(criterion)
    )
    weights = {i: judge.weight(i, reasons, flags) for i in rules.criteria}
    return Decision(
        suggestion=suggestion,
        reasons=reasons,
        flags=flags,
        weights=MappingProxyType(weights),
        exceeded=judge.exceeded() if suggestion is Suggestion.MODIFY_TO else (),
    )


def tree_members(rules: Rules) -> tuple[CriterionId, ...]:
    """Criteria that can decide under these settings: the tree's, and the modifying limits."""
    found = dict.fromkeys(_members(rules, rules.topics[0].support_requires))
    found |= dict.fromkeys(rules.topics[0].modify_when)
    return tuple(identity for identity in rules.criteria if identity in found)


def _members(rules: Rules, node: object) -> Iterable[CriterionId]:
    if isinstance(node, str):
        topic = _topic(rules, node)
        if topic is None:
            yield CriterionId(node)
        else:
            yield from _members(rules, topic.support_requires)
    elif isinstance(node, Mapping) and "when" in node:
        if rules.settings.has(str(node["when"])):
            yield from _members(rules, node["then"])
    elif isinstance(node, Mapping):
        for child in node.values():
            yield from _members(rules, child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _members(rules, child)


def _topic(rules: Rules, name: str) -> Topic | None:
    return next((topic for topic in rules.topics if topic.id == TopicId(name)), None)


class _Judge:
    """One set of values laid against the tree."""

    def __init__(self, rules: Rules, values: Values) -> None:
        self._rules = rules
        self._values = values
        self._criteria = rules.criteria
        self._bypassed = rules.bypasses(values)
        self._tree = rules.topics[0].support_requires

    def suggestion(self) -> Suggestion:
        if self._rules.topics[0].open:
            return Suggestion.REFER
        outcome = self._holds(self._tree)
        if outcome is Truth.FALSE:
            return Suggestion.NOT_SUPPORT
        if outcome is Truth.UNKNOWN:
            return Suggestion.REFER
        if self._used_up():
            return Suggestion.NOT_SUPPORT
        return Suggestion.MODIFY_TO if self.exceeded() else Suggestion.SUPPORT

    def _used_up(self) -> tuple[CriterionId, ...]:
        """Limits above their ceiling that leave nothing to suggest in the place of the request."""
        return tuple(i for i in self.exceeded() if i in self._rules.used_up)

    def exceeded(self) -> tuple[CriterionId, ...]:
        """What leads to a smaller form: limits above their ceiling, needs of the larger form."""
        return tuple(
            identity
            for identity, criterion in self._criteria.items()
            if identity not in self._bypassed and self._asks_for_less(criterion)
        )

    def _asks_for_less(self, criterion: Criterion) -> bool:
        """A limit above its ceiling, or what only the larger form needs and the record lacks."""
        modifying = criterion.id in self._rules.topics[0].modify_when
        silence, value = criterion.silence(self._rules.settings), self._value(criterion.id)
        if criterion.role is Role.LIMIT:
            return value is Value.EXCEEDED and (modifying or silence is Silence.MODIFY)
        if criterion.role is Role.EXCLUSION:
            return modifying and value is Value.PRESENT
        silent = value.truth is Truth.UNKNOWN and silence in {Silence.DENY, Silence.MODIFY}
        return modifying and (silent or value.truth is Truth.FALSE)

    def standing(self, criterion: Criterion) -> Truth:
        """Whether a criterion holds for the decision; UNKNOWN only where a person must look."""
        value = self._value(criterion.id)
        excludes = criterion.role in {Role.EXCLUSION, Role.EXCEPTION}
        if criterion.id in self._bypassed or not self._rules.applies(criterion):
            return Truth.FALSE if excludes else Truth.TRUE
        if value is Value.CONFLICTING or (value is Value.PARTIAL and criterion.partial_refers):
            return Truth.UNKNOWN
        silence = criterion.silence(self._rules.settings)
        if silence is Silence.REFER and not excludes and value.truth is not Truth.TRUE:
            return Truth.UNKNOWN
        if value.truth is Truth.UNKNOWN:
            return _read_silence(criterion.role, silence)
        if criterion.role is Role.ADVISORY and silence is not Silence.DENY:
            return Truth.TRUE
        return value.truth

    def reasons(self, suggestion: Suggestion) -> tuple[CriterionId, ...]:
        """The criteria that decided, in the rulebook's order."""
        if suggestion is Suggestion.MODIFY_TO:
            return self.exceeded()
        if suggestion is Suggestion.SUPPORT:
            tree = tree_members(self._rules)
            met = tuple(i for i in tree if self._supports(i))
            return met or tuple(i for i in self._criteria if self._excuses(i, tree))
        if self._holds(self._tree) is Truth.TRUE:
            return self._used_up()
        wanted = Truth.FALSE if suggestion is Suggestion.NOT_SUPPORT else Truth.UNKNOWN
        culprits = set(self._culprits(self._tree, wanted))
        found = tuple(i for i in self._criteria if i in culprits)
        # An alternative that nobody had to document is no reason while another one is.
        asked = tuple(i for i in found if not self._is_alternative(i))
        return asked or found

    def _excuses(self, identity: CriterionId, tree: tuple[CriterionId, ...]) -> bool:
        """Whether a present exception sets aside something that the tree would ask for."""
        if self._value(identity) is not Value.PRESENT:
            return False
        bypasses = {c.id for c in self._criteria.values() if identity in c.bypassed_by}
        return not bypasses.isdisjoint(set(tree) & self._bypassed)

    def _supports(self, identity: CriterionId) -> bool:
        if identity in self._bypassed:
            return False
        criterion = self._criteria[identity]
        asked = criterion.silence(self._rules.settings) is Silence.DENY
        needed = criterion.role in GATES or (criterion.role is Role.ADVISORY and asked)
        met = self._value(identity) is Value.MET
        return needed and met and self._rules.applies(criterion)

    def _is_alternative(self, identity: CriterionId) -> bool:
        """A gate on which the record may be silent without harm."""
        criterion = self._criteria[identity]
        return criterion.role in GATES and self._silence(identity) is Silence.NONE

    def _silence(self, identity: CriterionId) -> Silence:
        return self._criteria[identity].silence(self._rules.settings)

    def is_flagged(self, criterion: Criterion) -> bool:
        """Whether the reviewer should see it although it decides nothing."""
        value = self._value(criterion.id)
        if criterion.role is Role.EXCEPTION or not self._rules.applies(criterion):
            return False
        if criterion.role is Role.EXCLUSION:
            unknown = value is Value.UNKNOWN
            flagged = criterion.silence(self._rules.settings) is Silence.FLAG
            return value is Value.PRESENT or (unknown and flagged)
        if value.truth is Truth.TRUE:
            return False
        silent = value in {Value.NOT_DOCUMENTED, Value.UNKNOWN}
        return not (silent and self._silence(criterion.id) is Silence.NONE)

    def weight(
        self,
        identity: CriterionId,
        reasons: tuple[CriterionId, ...],
        flags: tuple[CriterionId, ...],
    ) -> Weight:
        """What the finding does."""
        if identity in self._bypassed:
            return Weight.BYPASSED
        if self._supports(identity) and identity in tree_members(self._rules):
            return Weight.SUPPORTS
        if identity in reasons:
            return Weight.DECIDES
        return Weight.FLAGS if identity in flags else Weight.NEUTRAL

    def _value(self, identity: CriterionId) -> Value:
        return self._values.get(identity, Value.UNKNOWN)

    def _holds(self, node: object) -> Truth:
        """The tree's truth; a branch under a switch that is off counts for nothing."""
        if isinstance(node, str):
            topic = _topic(self._rules, node)
            if topic is not None:
                return self._holds(topic.support_requires)
            return self.standing(self._criteria[CriterionId(node)])
        operator, children = _branch(node)
        active = [self._holds(child) for child in self._active(children)]
        if operator == "not":
            return ~active[0] if active else Truth.TRUE
        return all_of(active) if operator == "all" else any_of(active)

    def _active(self, children: Iterable[object]) -> Iterable[object]:
        for child in children:
            if isinstance(child, Mapping) and "when" in child:
                if self._rules.settings.has(str(child["when"])):
                    yield child["then"]
            else:
                yield child

    def _culprits(self, node: object, wanted: Truth) -> Iterable[CriterionId]:
        """Leaves that give a node the truth it has."""
        if self._holds(node) is not wanted:
            return
        if isinstance(node, str):
            topic = _topic(self._rules, node)
            if topic is None:
                yield CriterionId(node)
            else:
                yield from self._culprits(topic.support_requires, wanted)
            return
        operator, children = _branch(node)
        for child in self._active(children):
            yield from self._culprits(child, ~wanted if operator == "not" else wanted)


def _branch(node: object) -> tuple[str, tuple[object, ...]]:
    if not isinstance(node, Mapping) or len(node) != 1:
        raise ValueError(f"not a branch of a criteria tree: {node!r}")
    operator, children = next(iter(node.items()))
    many = tuple(children) if isinstance(children, list | tuple) else (children,)
    return str(operator), many


def _read_silence(role: Role, silence: Silence) -> Truth:
    """What a criterion counts for when the record does not answer it."""
    if role in {Role.EXCLUSION, Role.EXCEPTION}:
        return Truth.FALSE
    if role is Role.LIMIT:
        return Truth.FALSE if silence is Silence.DENY else Truth.TRUE
    if role is Role.ADVISORY:
        return Truth.FALSE if silence is Silence.DENY else Truth.TRUE
    return Truth.FALSE if silence in {Silence.DENY, Silence.NONE} else Truth.TRUE
