"""A reviewer's attestation for a case, bound to the parties that were shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from openimr.model.assignment import Reason
from openimr.model.party import Party, parties_sha256
from openimr.model.reviewer import Attestation

_CITATION = "Labor Code 139.5(d)(4)-(6)"


def attestation_reasons(
    attestation: Attestation | None,
    *,
    reviewer: str,
    case_number: str,
    parties: Iterable[Party],
    day: date,
) -> tuple[Reason, ...]:
    """What an attestation lacks for a reviewer to decide a case on a day; empty if nothing."""
    if attestation is None:
        return (_reason("the reviewer has not attested"),)
    return tuple(map(_reason, _faults(attestation, reviewer, case_number, parties, day)))


def _faults(
    attestation: Attestation, reviewer: str, case_number: str, parties: Iterable[Party], day: date
) -> Iterator[str]:
    if attestation.reviewer != reviewer:
        yield "the attestation is another reviewer's"
    if attestation.case_number != case_number:
        yield f"the attestation is for case {attestation.case_number}"
    if attestation.signed_on > day:
        yield f"the attestation is dated after the day, {attestation.signed_on.isoformat()}"
    if not attestation.no_conflict:
        yield "the reviewer does not attest to be free of conflicts"
    if not attestation.knowledgeable:
        yield "the reviewer does not attest to be knowledgeable"
    if attestation.parties_sha256 != parties_sha256(parties):
        yield "the parties are not those that were shown; attest again"


def _reason(says: str) -> Reason:
    return Reason(code="attestation", says=says, citation=_CITATION)
