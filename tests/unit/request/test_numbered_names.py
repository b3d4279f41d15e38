"""The number of codeine's tablets is a part of their name, and no quantity."""

from __future__ import annotations

import pytest

from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary


@pytest.mark.parametrize(
    ("line", "quantity"),
    [
        ("Tylenol #3 #60", 60),
        ("Tylenol with codeine #4, #30", 30),
        ("Acetaminophen/codeine #3 #60", 60),
        ("Acetaminophen-Codeine No. 3, 60 tablets", 60),
        ("APAP/codeine #4 #90 with 1 refill", 90),
        ("Acetaminophen with codeine 300/30 mg #45", 45),
    ],
)
def test_the_number_of_the_name_is_no_quantity(line: str, quantity: int) -> None:
    request = parse_request(line, load_formulary(), load_request_vocabulary())
    assert (request.topic_id, request.quantity) == ("codeine", quantity)
