"""The flip set: the smallest sets of criteria whose other value would change the suggestion.

An exact search over the decision function: every set of at most three, smallest first, keeping
those that contain no smaller one that flips by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from openimr.evaluate.decision import GATES, Rules, Values, suggest, tree_members
from openimr.model.finding import Suggestion, Value
from openimr.model.ids import CriterionId
from openimr.model.rule import Criterion, Role, Settings, Silence

LARGEST = 3
_FULFILLED = {Role.LIMIT: Value.WITHIN, Role.EXCLUSION: Value.ABSENT}


def flip_sets(rules: Rules, values: Values) -> tuple[tuple[CriterionId, ...], ...]:
    """Minimal sets that flip, by size and then in the rulebook's order.

    Of an item not supported as asked: criteria that would have to be documented, exclusions that
    would have to be absent, limits that would have to be kept. Of a supported item: gates and
    exceptions that it would lose.
    """
    now = suggest(rules, values)
    changes = _losses(rules, values) if now is Suggestion.SUPPORT else _gains(rules, values)
    found: list[tuple[CriterionId, ...]] = []
    for size in range(1, LARGEST + 1):
        for candidate in combinations(changes, size):
            if any(set(smaller) <= set(candidate) for smaller in found):
                continue
            if suggest(rules, changed(values, changes, candidate)) is not now:
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
