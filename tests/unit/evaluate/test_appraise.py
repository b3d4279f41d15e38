"""Studies graded and weighed: every level, what is put aside, and who prevails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.evaluate.appraise import appraise
from openimr.model.study import Bias, Challenge, Methodology, Question, Side, Study
from openimr.rulebook.authorities import load_authorities


def _methodology() -> Methodology:
    found = load_authorities().methodology(date(2015, 7, 1))
    assert found is not None
    return found


METHODOLOGY = _methodology()
TRIAL = Study(
    citation="Doe A, 2014",
    design="randomized_trial",
    bias=Bias.LOW,
    applicable=True,
    why="fits",
    speaks_for=Side.REQUEST,
)
SERIES = replace(TRIAL, citation="Roe B, 2010", design="case_series", speaks_for=Side.GUIDELINE)


def challenge(*studies: Study, question: Question = Question.TREATMENT) -> Challenge:
    return Challenge(item=1, question=question, stated="RFA", studies=studies)


@pytest.mark.parametrize(
    ("question", "design", "bias", "level"),
    [
        (Question.TREATMENT, "review_of_randomized_trials", Bias.LOW, "1a"),
        (Question.TREATMENT, "randomized_trial", Bias.LOW, "1b"),
        (Question.TREATMENT, "randomized_trial", Bias.HIGH, "1c"),
        (Question.TREATMENT, "controlled_cohort", Bias.HIGH, "2"),
        (Question.TREATMENT, "historical_controls", Bias.LOW, "3"),
        (Question.TREATMENT, "uncontrolled", Bias.LOW, "4"),
        (Question.TREATMENT, "expert_opinion", Bias.LOW, "5"),
        (Question.DIAGNOSIS, "cross_sectional", Bias.HIGH, "1c"),
        (Question.PROGNOSIS, "inception_cohort", Bias.LOW, "1b"),
        (Question.HARM, "randomized_trial", Bias.HIGH, "2"),
        (Question.HARM, "controlled_cohort", Bias.HIGH, "3"),
    ],
)
def test_a_design_has_its_level_for_the_question(
    question: Question, design: str, bias: Bias, level: str
) -> None:
    study = replace(TRIAL, design=design, bias=bias)
    (graded,) = appraise(challenge(study, question=question), METHODOLOGY).studies
    assert graded.level == level
    assert graded.unverified is (level in {"3", "4", "5"})


def test_the_better_level_prevails_for_either_side() -> None:
    for_request = appraise(challenge(TRIAL, SERIES), METHODOLOGY)
    assert (for_request.prevails, for_request.best, for_request.rebuts) == (
        Side.REQUEST,
        "1b",
        True,
    )
    turned = [
        replace(TRIAL, speaks_for=Side.GUIDELINE),
        replace(SERIES, speaks_for=Side.REQUEST),
    ]
    against = appraise(challenge(*turned), METHODOLOGY)
    assert (against.prevails, against.rebuts) == (Side.GUIDELINE, False)


def test_a_tie_leaves_the_schedule_standing() -> None:
    both = appraise(challenge(TRIAL, replace(TRIAL, speaks_for=Side.GUIDELINE)), METHODOLOGY)
    assert both.prevails is None
    assert "stands" in both.note


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"applicable": False, "why": "children"}, "not applicable: children"),
        ({"bias": Bias.UNRELIABLE, "why": "data made up"}, "unreliable: data made up"),
        ({"design": "cross_sectional"}, "no level is known"),
    ],
)
def test_a_study_that_does_not_count_says_why(change: dict[str, object], why: str) -> None:
    found = appraise(challenge(replace(TRIAL, **change), SERIES), METHODOLOGY)  # type: ignore[arg-type]
    assert found.studies[0].put_aside.startswith(why)
    assert found.prevails is Side.GUIDELINE


def test_studies_of_one_side_alone_rebut_nothing() -> None:
    assert not appraise(challenge(TRIAL), METHODOLOGY).rebuts


STUDIES = st.builds(
    Study,
    citation=st.just("x"),
    design=st.sampled_from(METHODOLOGY.designs),
    bias=st.sampled_from(Bias),
    applicable=st.booleans(),
    why=st.just("y"),
    speaks_for=st.sampled_from(Side),
)


@given(st.lists(STUDIES, max_size=6), st.sampled_from(Question), st.randoms())
def test_the_outcome_does_not_hang_on_the_order_of_studies(
    studies: list[Study], question: Question, random: Random
) -> None:
    shuffled = list(studies)
    random.shuffle(shuffled)
    one = appraise(challenge(*studies, question=question), METHODOLOGY)
    other = appraise(challenge(*shuffled, question=question), METHODOLOGY)
    assert (one.best, one.prevails, one.note) == (other.best, other.prevails, other.note)


@given(st.lists(STUDIES, max_size=6), st.sampled_from(Question))
def test_a_study_more_for_the_guideline_never_helps_to_rebut_it(
    studies: list[Study], question: Question
) -> None:
    more = replace(TRIAL, speaks_for=Side.GUIDELINE, design="review_of_randomized_trials")
    assert not appraise(challenge(*studies, more, question=question), METHODOLOGY).rebuts
