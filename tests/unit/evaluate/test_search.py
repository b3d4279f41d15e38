"""The authorities searched for an item: what each step comes to, by topic and by day."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from openimr.draft.guidelines import reviewer_line
from openimr.evaluate.searched import with_search
from openimr.model.authority import SearchResult, SearchSequence
from openimr.model.errors import InputError
from openimr.model.finding import Evaluation, Suggestion, Weight
from openimr.model.study import Bias, Challenge, Question, Side, Study
from openimr.rulebook.authorities import load_authorities
from openimr.rulebook.load import topics_for
from rule_cases import DECIDED, evaluate, make_item, read_cases, rulebook

SEEDS = read_cases(Path(__file__).with_name("seeds.yaml"))
authorities = cache(load_authorities)
STUDY = Study(
    citation="Doe A, A trial, 2014",
    design="randomized_trial",
    bias=Bias.LOW,
    applicable=True,
    why="patients like this one",
    speaks_for=Side.REQUEST,
)
AGAINST = Study(
    citation="Roe B, A cohort, 2012",
    design="controlled_cohort",
    bias=Bias.LOW,
    applicable=True,
    why="the same setting",
    speaks_for=Side.GUIDELINE,
)


def challenge(*studies: Study) -> Challenge:
    return Challenge(item=1, question=Question.TREATMENT, stated="RFA, p. 1", studies=studies)


def searched(told: dict[str, Any], challenged: Challenge | None = None) -> Evaluation:
    day = told.get("day", DECIDED)
    topic = make_item(1, told["request"]).request.topic_id
    topics = topics_for(rulebook(), topic, day) if topic else ()
    return with_search(evaluate(told), topics, authorities(), day, challenged)


def search(told: dict[str, Any], challenged: Challenge | None = None) -> SearchSequence:
    found = searched(told, challenged).search
    assert found is not None
    return found


def results(line: str, day: date = DECIDED) -> list[str]:
    return [
        f"{step.authority} {step.result}"
        for step in search({"request": {"line": line}, "day": day}).steps
    ]


@pytest.mark.parametrize("case", SEEDS, ids=lambda case: case["case"])
def test_the_schedule_addresses_all_that_was_published_in_2015(case: dict[str, Any]) -> None:
    """Two of these decisions left the MTUS aside, on which it speaks directly."""
    found = searched(case)
    assert found.search is not None
    step = found.search.schedule
    assert (step.authority, step.result) == ("mtus", SearchResult.ADDRESSED)
    assert step.edition == "2009"
    assert "9792.24.2" in step.citation
    line = reviewer_line(found)
    assert line.mtus
    assert line.text.startswith("The MTUS is applicable and relevant to this item. Draft based on ")


def test_a_search_that_the_schedule_settles_stops_there() -> None:
    assert results("Cyclobenzaprine 10mg #90") == [
        "mtus addressed",
        "acoem_odg not_reached",
        "other_guidelines not_reached",
        "studies not_reached",
    ]


def test_where_the_schedule_is_silent_the_search_goes_on() -> None:
    found = search({"request": {"line": "Zolpidem 10mg #30"}})
    assert [step.result for step in found.steps[:2]] == [
        SearchResult.NOT_ADDRESSED,
        SearchResult.ADDRESSED,
    ]
    assert found.steps[0].text.startswith("ACOEM Practice Guidelines of 2004")
    assert not found.steps[0].citation, "no page is cited of a text that is silent"
    assert found.steps[1].text == "Official Disability Guidelines, Pain"
    line = reviewer_line(searched({"request": {"line": "Zolpidem 10mg #30"}}))
    assert line.text.startswith("The MTUS is not applicable: it does not address this item.")
    assert (line.mtus, line.odg) == (False, True)


def test_before_the_search_sequence_studies_come_before_other_guidelines() -> None:
    assert results("Zolpidem 10mg #30", date(2015, 4, 19)) == [
        "mtus not_addressed",
        "studies text_not_available",
        "standards addressed",
        "expert_opinion not_reached",
        "accepted_practice not_reached",
        "likely_benefit not_reached",
    ]
    assert results("Zolpidem 10mg #30", date(2015, 4, 20))[1] == "acoem_odg addressed"


def test_a_text_that_fills_a_gap_of_the_schedule_is_a_step_of_its_own() -> None:
    found = search({"request": {"brand": "Restoril", "strength": "30 mg", "quantity": 30}})
    assert [step.authority for step in found.relied_on] == ["mtus", "acoem_odg"]
    assert "TMZ-2" in found.steps[1].note
    assert "TMZ-1" not in found.steps[1].note, "it cites the schedule as well"


def test_for_a_gap_the_standards_between_are_not_taken_for_read() -> None:
    """In the order of the Labor Code studies stand above the guideline that fills the gap."""
    assert results("Restoril 30mg #30", date(2015, 4, 19))[:4] == [
        "mtus addressed",
        "studies text_not_available",
        "standards addressed",
        "expert_opinion not_reached",
    ]


@pytest.mark.parametrize(
    ("line", "step", "authority"),
    [
        ("MRI thoracic spine", 1, "ACOEM Practice Guidelines of 2004 in the MTUS"),
        ("PRP injection right knee", 2, "Official Disability Guidelines"),
    ],
)
def test_a_shell_names_the_authority_and_that_its_text_is_not_at_hand(
    line: str, step: int, authority: str
) -> None:
    found = search({"request": {"line": line}}).steps[step - 1]
    assert found.result is SearchResult.NOT_AVAILABLE
    assert found.text.startswith(authority)
    assert "not at hand" in found.note


def test_of_an_edition_that_is_not_encoded_the_text_in_force_is_named_and_nothing_claimed() -> None:
    found = search({"request": {"line": "Restoril 30mg #30"}, "day": date(2019, 3, 1)})
    first = found.schedule
    assert first.result is SearchResult.NOT_AVAILABLE
    assert first.text.startswith("ACOEM Practice Guidelines as adopted into the MTUS")
    assert not first.citation
    assert first.unverified
    assert {step.result for step in found.steps[1:]} == {SearchResult.NOT_REACHED}
    told = {"request": {"line": "Restoril 30mg #30"}, "day": date(2019, 3, 1)}
    line = reviewer_line(searched(told))
    assert line.text.startswith("Whether the MTUS is applicable and relevant is open")
    assert not line.mtus


def test_before_there_was_an_order_nothing_is_searched() -> None:
    told = {"request": {"line": "Norco 10/325mg #90"}, "day": date(2012, 12, 31)}
    assert searched(told).search is None


def test_chapters_adopted_into_the_schedule_are_the_schedule() -> None:
    found = searched({"request": {"line": "MRI lumbar spine"}})
    assert found.search is not None
    assert found.search.schedule.result is SearchResult.ADDRESSED
    assert reviewer_line(found).mtus


def test_no_step_is_verified_that_no_topic_says_is() -> None:
    step = search({"request": {"line": "Norco 10/325mg #90"}}).schedule
    assert step.verified_on is None
    assert step.unverified


def test_better_studies_rebut_the_schedule_and_leave_the_item_to_the_reviewer() -> None:
    told = {"request": {"line": "Norco 10/325mg #90"}}
    before, found = searched(told), searched(told, challenge(STUDY, AGAINST))
    assert before.suggestion is Suggestion.NOT_SUPPORT
    assert found.suggestion is Suggestion.REFER
    assert (found.reasons, found.flip) == ((), ())
    assert not {one.weight for one in found.findings} & {Weight.DECIDES, Weight.SUPPORTS}
    assert found.search is not None
    assert [step.result.value for step in found.search.steps] == [
        "rebutted",
        "text_not_available",
        "text_not_available",
        "addressed",
    ]
    assert "level 1b" in reviewer_line(found).text
    assert reviewer_line(found).mtus


def test_a_challenge_that_fails_changes_nothing_but_the_record() -> None:
    told = {"request": {"line": "Norco 10/325mg #90"}}
    before, found = searched(told), searched(told, challenge(STUDY))
    assert found.suggestion is before.suggestion
    assert found.findings == before.findings
    assert found.search is not None
    assert found.search.schedule.result is SearchResult.ADDRESSED
    assert "nothing can be compared" in found.search.schedule.note


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"request": {"line": "Zolpidem 10mg #30"}}, "nothing to rebut"),
        ({"request": {"line": "Norco 10/325mg #90"}, "day": date(2014, 5, 1)}, "cannot be weighed"),
    ],
)
def test_a_challenge_that_nothing_can_weigh_is_refused(told: dict[str, Any], why: str) -> None:
    with pytest.raises(InputError, match=why):
        searched(told, challenge(STUDY, AGAINST))


def test_every_topic_gives_a_search_on_its_first_day() -> None:
    for topic in rulebook().topics:
        day = max(topic.effective_from, date(2013, 1, 1))
        found = with_search(
            evaluate({"request": {"kind": "other", "text": "x", "topic_id": topic.id}, "day": day}),
            topics_for(rulebook(), topic.id, day),
            authorities(),
            day,
        ).search
        assert found is not None
        settled = [step for step in found.steps if step.text == topic.guideline]
        silent = found.schedule.result is SearchResult.NOT_ADDRESSED
        assert silent is not topic.mtus_addresses, topic.file
        assert settled or (silent and topic.open), topic.file
