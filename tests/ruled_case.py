"""The example case, decided: one item against its criteria, one with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from example_case import draft
from openimr.draft.ruled import FOLLOWS, Credentials, apply_ruling
from openimr.model.determination import Determination, Status
from openimr.model.ruling import Issuance, ItemRuling, Outcome, Ruling
from openimr.render.binding import make_signature

CREDENTIALS = Credentials(licensure=("California",), specialties=("Family Practice", "Pain"))
SIGNED_AT = datetime(2016, 6, 1, 16, 30, tzinfo=UTC)
ISSUANCE = Issuance(
    case_number="CM16-0123456",
    issued=date(2016, 6, 2),
    assigned=date(2016, 5, 2),
    version=1,
    case_sha256="0" * 64,
    priority="Standard",
)


def ruling(**changes: Any) -> Ruling:
    """Every item as its criteria have it, else upheld with a reason."""
    items = tuple(
        ItemRuling(item=each.item.index, outcome=follows)
        if (follows := FOLLOWS.get(each.evaluation.suggestion))
        else ItemRuling(
            item=each.item.index, outcome=Outcome.UPHELD, reason="The record is too thin."
        )
        for each in draft().items
    )
    return replace(Ruling(items=items), **changes)


def signed(**changes: Any) -> Determination:
    """Signed, with changes to the ruling."""
    decided = apply_ruling(draft(), ruling(**changes), CREDENTIALS)
    signature = make_signature(
        decided,
        pseudonym="R-AAAA",
        licensure=CREDENTIALS.licensure,
        specialties=CREDENTIALS.specialties,
        at=SIGNED_AT,
    )
    return replace(decided, signature=signature)


def issued() -> Determination:
    """Signed and issued."""
    return replace(signed(), status=Status.ISSUED, issuance=ISSUANCE)
