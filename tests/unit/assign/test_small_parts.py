"""Panels, attestations and pseudonyms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from openimr.assign.attestation import attestation_reasons
from openimr.assign.panel import panel_outcome
from openimr.assign.pseudonym import pseudonym
from openimr.model.determination import Outcome
from openimr.model.errors import InputError, UsageError
from openimr.model.party import PartyRole, parties_sha256
from openimr.model.reviewer import Attestation
from reviewing import DAY, EMPLOYER

U, O = Outcome.UPHELD, Outcome.OVERTURNED  # noqa: E741
WORKER = replace(EMPLOYER, id="p2", role=PartyRole.INJURED_EMPLOYEE, name="Adela Balderas")
WORD = Attestation(
    reviewer="R1",
    case_number="CM15-0000001",
    signed_on=DAY,
    no_conflict=True,
    knowledgeable=True,
    parties_sha256=parties_sha256((EMPLOYER, WORKER)),
)
KEY = b"0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [([U], U), ([O], O), ([U, O], O), ([U, U, O], U), ([U, O, O], O), ([U, U, O, O], O)],
)
def test_the_majority_prevails_and_an_even_split_grants(
    votes: list[Outcome], outcome: Outcome
) -> None:
    assert panel_outcome(votes, citation="Labor Code 4610.6(e)") is outcome


def test_a_panel_that_did_not_vote_decides_nothing() -> None:
    with pytest.raises(InputError, match=r"4610\.6\(e\)"):
        panel_outcome([], citation="Labor Code 4610.6(e)")


def faults(word: Attestation | None, *parties: Any) -> tuple[str, ...]:
    found = attestation_reasons(
        word,
        reviewer="R1",
        case_number="CM15-0000001",
        parties=parties or (WORKER, EMPLOYER),
        day=DAY,
    )
    return tuple(reason.says for reason in found)


def test_a_whole_attestation_lacks_nothing_whatever_the_order_of_parties() -> None:
    assert faults(WORD) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reviewer": "R2"}, "another reviewer's"),
        ({"case_number": "CM15-0000002"}, "for case CM15-0000002"),
        ({"signed_on": DAY + timedelta(1)}, "dated after"),
        ({"no_conflict": False}, "free of conflicts"),
        ({"knowledgeable": False}, "knowledgeable"),
        ({"parties_sha256": "0" * 64}, "attest again"),
    ],
)
def test_an_attestation_that_lacks_something_says_what(changes: dict[str, Any], words: str) -> None:
    (found,) = faults(replace(WORD, **changes))
    assert words in found


def test_a_party_added_later_asks_for_a_new_attestation() -> None:
    later = replace(EMPLOYER, id="p3", role=PartyRole.FACILITY)
    assert faults(WORD, EMPLOYER, WORKER, later)
    assert faults(None) == ("the reviewer has not attested",)


def test_a_pseudonym_is_stable_and_another_with_another_key() -> None:
    assert pseudonym("R1", KEY) == pseudonym("R1", KEY)
    assert pseudonym("R1", KEY) != pseudonym("R2", KEY)
    assert pseudonym("R1", KEY) != pseudonym("R1", KEY[::-1])
    assert len({pseudonym(f"R{n}", KEY) for n in range(5000)}) == 5000
    with pytest.raises(UsageError, match="could be guessed"):
        pseudonym("R1", b"short")
