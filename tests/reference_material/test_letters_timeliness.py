"""The real letters against the clock: nothing is called late that might not be."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from openimr.adapters.letters import letter_text
from openimr.model.published import PublishedLetter
from openimr.model.request import Request
from openimr.published.parse import parse_letter
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.timeliness import Verdict, application_timeliness, decision_timeliness
from reference import reference

pytestmark = pytest.mark.shared
RULES = load_clock_rules()
PAGE = Path(__file__).parents[2] / "docs/explain/the-clock.md"


@pytest.fixture(scope="module")
def letters() -> list[PublishedLetter]:
    files = sorted(reference("published/letters").glob("*.pdf"))
    assert len(files) == 48
    return [
        parse_letter(letter_text(path.read_bytes()), parse=lambda line: Request(text=line))
        for path in files
    ]


def test_applications_came_in_time_but_for_one_that_hangs_on_its_service(
    letters: list[PublishedLetter],
) -> None:
    found = {
        letter.case_number: application_timeliness(
            RULES, letter.header.ur_decision_date, letter.header.application_received
        )
        for letter in letters
    }
    assert Counter(one.verdict for one in found.values()) == {
        Verdict.IN_TIME: 47,
        Verdict.DEPENDS: 1,
    }
    (open_one,) = (number for number, one in found.items() if one.verdict is Verdict.DEPENDS)
    assert open_one == "CM17-0017776"
    assert "received on day 35, 3 day(s) after 2017-01-23" in found[open_one].reason
    assert "how it was served is not known" in found[open_one].reason
    assert f"| {open_one} |" in PAGE.read_text(encoding="utf-8")


def test_no_decision_took_longer_than_the_records_and_thirty_days(
    letters: list[PublishedLetter],
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    depends = 0
    for letter in letters:
        found = decision_timeliness(
            RULES,
            letter.date_assigned,
            letter.decision_date,
            ur_decision=letter.header.ur_decision_date,
        )
        assert letter.decision_date
        assert letter.date_assigned
        slow = letter.decision_date - letter.date_assigned > timedelta(days=30)
        assert found.verdict is (Verdict.DEPENDS if slow else Verdict.IN_TIME)
        depends += slow
        assert not slow or f"| {letter.case_number} |" in page
    assert depends == 10
