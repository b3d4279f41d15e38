"""Forging the case files of topics: the forge's plans, judged by the rulebook.

The forge writes evidence and the rules say what follows from it; neither knows the other, and
nothing here reads a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from openimr.evaluate.item import evaluate_item
from openimr.extract.timeline import build_timeline
from openimr.model.case import CaseHeader, DisputedItem
from openimr.model.errors import UsageError
from openimr.model.evidence import Certificate, Fact
from openimr.model.finding import Evaluation
from openimr.model.ids import CertificateId, ConceptId
from openimr.model.rule import Topic
from openimr.pipeline import Rules
from openimr.rulebook.asof import topics_for
from openimr.synth.topics.asked import can_be_asked
from openimr.synth.topics.forging import forge_topic
from openimr.synth.topics.plan import Scope
from openimr.synth.types import ForgedCase

EVERY = "all"
"""In the place of names: every topic."""
_DAY = date(2015, 7, 1)
"""A day on which forged cases are decided: it chooses the editions."""


def scopes_of(names: Sequence[str], rules: Rules) -> tuple[Scope, ...]:
    """The topics of these names, or every topic that can be asked for.

    Raises:
        UsageError: a topic of the name has no criteria, or no request line is known for it.
    """
    known = {
        str(topic.id): scope
        for topic in rules.rulebook.topics
        if topic.criteria
        and topic.in_force(_DAY)
        and can_be_asked(scope := _scope(topic, rules), rules.formulary)
    }
    wanted = sorted(known) if EVERY in names else names
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UsageError(
            f"no case can be forged of {', '.join(unknown)}",
            why="the topic has no criteria, or no line is known that asks for it",
            remedy="see `openimr rules list`, or give `all`",
        )
    return tuple(known[name] for name in wanted)


def forge_topics(
    scopes: Sequence[Scope], rules: Rules, *, cases: int, seed: int, wording: str
) -> Iterator[ForgedCase]:
    """So many case files of each topic."""

    def judge(
        item: DisputedItem, facts: Sequence[Fact], header: CaseHeader, topics: tuple[Topic, ...]
    ) -> Evaluation:
        return _judge(item, facts, header, topics, rules)

    for scope in scopes:
        yield from forge_topic(
            scope,
            formulary=rules.formulary,
            judge=judge,
            cases=cases,
            seed=seed,
            wording=wording,
        )


def _scope(topic: Topic, rules: Rules) -> Scope:
    own, *inherited = topics_for(rules.rulebook, topic.id, _DAY)
    return Scope(topic=own, inherited=tuple(inherited))


def _judge(
    item: DisputedItem,
    facts: Sequence[Fact],
    header: CaseHeader,
    topics: tuple[Topic, ...],
    rules: Rules,
) -> Evaluation:
    return evaluate_item(
        item,
        facts=facts,
        header=header,
        topics=topics,
        settings=rules.rulebook.settings,
        formulary=rules.formulary,
        certify=_unsearched,
        as_of=header.ur_decision_date or _DAY,
        items=(item,),
        courses=build_timeline(facts, rules.formulary),
    )


def _unsearched(concepts: tuple[ConceptId, ...], subject: str | None) -> Certificate:
    """The certificate of a plan, which holds no pages to search."""
    return Certificate(
        id=CertificateId("planned"),
        concepts=concepts,
        subject=subject,
        queries=(),
        pages_searched=(),
        pages_unreadable=(),
    )
