"""The flip set: the smallest sets of criteria whose other value would change the suggestion.

An exact search over the decision function: every set of at most three, smallest first, keeping
those that contain no smaller one that flips by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from types import MappingProxyType

from openimr.evaluate.decision import GATES, Rules, Values, suggest, tree_members
from openimr.model.finding import Finding, Suggestion, Value
from openimr.model.ids import CriterionId
from openimr.model.rule import Criterion, Role, Settings, Silence

LARGEST = 3
_FULFILLED = {Role.LIMIT: Value.WITHIN, Role.EXCLUSION: Value.ABSENT}


NONE_LED: Mapping[CriterionId, CriterionId] = MappingProxyType({})


def led_by(findings: Iterable[Finding], rules: Rules) -> Mapping[CriterionId, CriterionId]:
    """Exclusions that stand on nothing but what speaks against another criterion, to that one.

    No gain in function is a reason to stop: were the gain documented, the reason would be gone.
    """
    found = {finding.criterion: finding for finding in findings}
    led: dict[CriterionId, CriterionId] = {}
    for identity, finding in found.items():
        criterion = rules.criteria.get(identity)
        if criterion is None or criterion.role is not Role.EXCLUSION or not finding.facts_for:
            continue
        for named in criterion.test.parameters.values():
            other = found.get(CriterionId(named)) if isinstance(named, str) else None
            if other is not None and set(finding.facts_for) <= set(other.facts_against):
                led[identity] = other.criterion
    return led


def flip_sets(
    rules: Rules, values: Values, led: Mapping[CriterionId, CriterionId] = NONE_LED
) -> tuple[tuple[CriterionId, ...], ...]:
    """Minimal sets that flip, by size and then in the rulebook's order.

    `led`: exclusions that go with another criterion, and need no fact of their own.

    Of an item not supported as asked: criteria that would have to be documented, exclusions that
    would have to be absent, limits that would have to be kept. Of a supported item: gates and
    exceptions that it would lose.
    """
    now = suggest(rules, values)
    changes = _losses(rules, values) if now is Suggestion.SUPPORT else _gains(rules, values)
    found: list[tuple[CriterionId, ...]] = []
    led = {one: by for one, by in led.items() if one in changes and by in changes}
    for size in range(1, LARGEST + 1):
        for candidate in combinations([one for one in changes if one not in led], size):
            if any(set(smaller) <= set(candidate) for smaller in found):
                continue
            going = [*candidate, *(one for one, by in led.items() if by in candidate)]
            if suggest(rules, changed(values, changes, going)) is not now:
                found.append(candidate)
    return tuple(found)


def changed(
    values: Values, changes: Mapping[CriterionId, Value], which: Iterable[CriterionId]
) -> Values:
    """The values after some of the changes."""
    return {**values, **{identity: changes[identity] for identity in which}}


def _gains(rules: Rules, values: Values) -> Mapping[CriterionId, Value]:
    criteria = rules.criteria
    bypassed = rules.bypasses(values)
    wanted = {i: _FULFILLED.get(criteria[i].role, Value.MET) for i in tree_members(rules)}
    return {
        identity: value
        for identity, value in wanted.items()
        if criteria[identity].role is not Role.EXCEPTION
        and values.get(identity) is not value
        and identity not in bypassed
        and rules.applies(criteria[identity])
        and not _is_alternative(criteria[identity], rules.settings)
    }


def _is_alternative(criterion: Criterion, settings: Settings) -> bool:
    """A gate that nobody has to document is no missing fact, though it would help."""
    return criterion.role in GATES and criterion.silence(settings) is Silence.NONE


def _losses(rules: Rules, values: Values) -> Mapping[CriterionId, Value]:
    found: dict[CriterionId, Value] = {}
    exceptions = {by for c in rules.criteria.values() for by in c.bypassed_by}
    for identity, criterion in rules.criteria.items():
        value = values.get(identity)
        if value is Value.MET and identity in tree_members(rules):
            found[identity] = Value.NOT_DOCUMENTED
        elif value is Value.PRESENT and criterion.role is Role.EXCEPTION and identity in exceptions:
            found[identity] = Value.ABSENT
    return found
