"""From many candidates those that, together, show the most values of the most criteria."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openimr.model.case import CaseHeader, DisputedItem, UrAction
from openimr.model.evidence import Fact
from openimr.model.finding import Evaluation, Value
from openimr.model.rule import Topic
from openimr.synth.topics.facts import facts_of
from openimr.synth.topics.plan import Asked, Scope, TopicPlan

Judge = Callable[[DisputedItem, Sequence[Fact], CaseHeader, tuple[Topic, ...]], Evaluation]
"""What the rules say of an item, given facts; handed in, since the forge knows no rules."""
_SILENT = frozenset({Value.NOT_DOCUMENTED, Value.UNKNOWN})
_CANDIDATES = 14
"""For each case that is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A candidate with what the rules make of what it says."""

    plan: TopicPlan
    evaluation: Evaluation

    @property
    def shows(self) -> frozenset[tuple[str, str]]:
        """Values of criteria, silence among them, the suggestion, and the statements told."""
        found = {(str(f.criterion), str(f.value)) for f in self.evaluation.findings}
        return frozenset(found | {("suggestion", str(self.evaluation.suggestion))})

    @property
    def speaks(self) -> frozenset[str]:
        """The statements of the bank that it tells."""
        return frozenset(told.statement for told in self.plan.told if told.statement)


def item_of(asked: Asked) -> DisputedItem:
    """The disputed item of a request."""
    return DisputedItem(
        index=1, request_text=asked.line, request=asked.request, ur_action=UrAction.DENY
    )


def judged(scope: Scope, plan: TopicPlan, header: CaseHeader, judge: Judge) -> Judged:
    """A plan laid before the rules."""
    topics = (scope.topic, *scope.inherited)
    evaluation = judge(item_of(plan.asked), facts_of(plan), header, topics)
    return Judged(plan=plan, evaluation=evaluation)


def choose(draw_one: Callable[[int], Judged], count: int) -> list[Judged]:
    """So many cases: each is the candidate that adds most to what the others show."""
    pool = [draw_one(number) for number in range(count * _CANDIDATES)]
    chosen: list[Judged] = []
    shown: set[tuple[str, str]] = set()
    spoken: set[str] = set()
    for _ in range(count):
        best = max(pool, key=lambda one: _gain(one, shown, spoken))
        pool.remove(best)
        chosen.append(best)
        shown |= best.shows
        spoken |= best.speaks
    return chosen


def _gain(one: Judged, shown: set[tuple[str, str]], spoken: set[str]) -> float:
    told = sum(finding.value not in _SILENT for finding in one.evaluation.findings)
    fresh = one.shows - shown
    decides = 3 * sum(name == "suggestion" for name, _ in fresh)
    return len(fresh) + decides + 0.4 * len(one.speaks - spoken) + 0.01 * told
