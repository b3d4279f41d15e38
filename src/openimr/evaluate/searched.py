"""An evaluation with its search of authorities, and with a reviewer's challenge of the schedule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from openimr.evaluate.appraise import appraise
from openimr.evaluate.search import search_authorities
from openimr.model.authority import Authorities, SearchResult
from openimr.model.errors import InputError
from openimr.model.finding import Evaluation, Suggestion, Weight
from openimr.model.rule import Topic
from openimr.model.study import Challenge, Methodology


def with_search(
    evaluation: Evaluation,
    topics: tuple[Topic, ...],
    authorities: Authorities,
    day: date,
    challenge: Challenge | None = None,
) -> Evaluation:
    """The evaluation with the authorities searched for it, in the order of the day.

    Criteria of a schedule that is rebutted are shown and decide nothing.

    Args:
        evaluation: of the item.
        topics: its topics, the own one first.
        authorities: all orders and methodologies.
        day: which of them holds, and which editions.
        challenge: what a reviewer lays against the schedule's recommendation, if anything.

    Raises:
        InputError: a challenge of what the schedule does not address, or that nothing can weigh.
    """
    used = topics if evaluation.topics else ()
    appraisal = None
    if challenge is not None:
        appraisal = appraise(challenge, _methodology(challenge, used, authorities, day))
    order = authorities.order(day)
    if order is None:
        return evaluation
    search = search_authorities(
        order, topics=used, findings=evaluation.findings, day=day, appraisal=appraisal
    )
    told = replace(evaluation, search=search)
    return _undecided(told) if search.schedule.result is SearchResult.REBUTTED else told


def _methodology(
    challenge: Challenge, topics: tuple[Topic, ...], authorities: Authorities, day: date
) -> Methodology:
    """What weighs a challenge on a day."""
    if not topics or not topics[0].mtus_addresses:
        raise InputError(
            f"the challenge of item {challenge.item} has nothing to rebut",
            why="no recommendation of the MTUS on it is encoded for the day of the decision",
            remedy="leave the challenge out; the reviewer cites what the search goes on to",
        )
    found = authorities.methodology(day)
    if found is None:
        raise InputError(
            f"the studies on item {challenge.item} cannot be weighed",
            why=f"no hierarchy of evidence is encoded for a decision of {day.isoformat()}",
            remedy="leave the challenge out; the reviewer weighs the studies in the rationale",
        )
    return found


def _undecided(evaluation: Evaluation) -> Evaluation:
    """An item whose criteria are rebutted: the reviewer decides on the better evidence."""
    deciding = (Weight.DECIDES, Weight.SUPPORTS)
    return replace(
        evaluation,
        suggestion=Suggestion.REFER,
        reasons=(),
        flip=(),
        modification=None,
        findings=tuple(
            replace(one, weight=Weight.NEUTRAL) if one.weight in deciding else one
            for one in evaluation.findings
        ),
        notes=(
            *evaluation.notes,
            "The presumption of the MTUS is rebutted by the studies that the reviewer entered; its "
            "criteria are shown and decide nothing.",
        ),
    )
