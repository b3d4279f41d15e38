"""What is told of an ingredient is told of the product, unless the ingredient is taken as well."""

from __future__ import annotations

import pytest

from scenes import scene

PERCOCET = {"brand": "Percocet", "strength": "10/325 mg"}


@pytest.mark.parametrize(
    ("request_told", "subject", "wanted"),
    [
        (PERCOCET, "oxycodone", True),
        ({"brand": "Tylenol #3"}, "codeine", True),
        ({"brand": "Ultracet"}, "tramadol", True),
        (PERCOCET, "morphine", False),
        ({"brand": "Roxicodone"}, "Percocet", False),  # the whole is not its part
        ({"brand": "Suboxone"}, "naloxone", False),  # another topic
    ],
)
def test_a_part_names_the_product(request_told: dict[str, str], subject: str, wanted: bool) -> None:
    assert scene(request_told).is_this_drug(subject) is wanted


def test_the_ingredient_taken_besides_is_another_drug() -> None:
    taken = {"concept": "medication", "generic": "oxycodone", "strength": "30 mg", "per_day": 4}
    listed = {**taken, "status": "listed", "source": "list"}
    assert not scene(PERCOCET, [listed]).is_this_drug("oxycodone")
