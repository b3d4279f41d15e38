"""What a panel decides: the majority prevails, and an even split grants the treatment."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.model.errors import InputError
from openimr.model.ruling import Outcome


def panel_outcome(votes: Sequence[Outcome], *, citation: str) -> Outcome:
    """The outcome of an item from each member's own decision.

    Raises:
        InputError: nobody voted.

    >>> panel_outcome([Outcome.UPHELD, Outcome.OVERTURNED], citation="Labor Code 4610.6(e)").value
    'Overturned'
    """
    if not votes:
        raise InputError(
            "nobody of the panel decided the item",
            why=citation,
            remedy="enter each member's own decision",
        )
    upheld = sum(vote is Outcome.UPHELD for vote in votes)
    return Outcome.UPHELD if 2 * upheld > len(votes) else Outcome.OVERTURNED
