"""What a decided determination says of itself, against what the chain of events says happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openimr.adapters.plain_files import to_plain
from openimr.model.application import ImrCase
from openimr.model.determination import Status
from openimr.model.errors import BrokenChain, IllegalAct
from openimr.model.event import Event
from openimr.model.transition import TransitionTable
from openimr.process.folder import CASE, EVENTS, OpenedCase, open_case
from openimr.render.binding import digest

_ISSUING = ("issue", "correct")


def chain_problems(claimed: Mapping[str, Any], case: Path, table: TransitionTable) -> list[str]:
    """Where the acts of a case folder do not bear a determination out.

    Args:
        claimed: the determination, as JSON.
        case: what it was made from; where it is no case folder, nothing is known of acts.
        table: the rules of the process.
    """
    if claimed.get("status") == Status.DRAFT or not (case / CASE).exists():
        return []
    if not (case / EVENTS).exists():
        return [f"{EVENTS}: is missing, and the determination is {claimed.get('status')}"]
    try:
        opened = open_case(case, table)
    except (BrokenChain, IllegalAct) as error:
        return [f"chain: {error.message}"]
    signature, issuance = claimed.get("signature"), claimed.get("issuance")
    if not isinstance(signature, Mapping):
        return []
    problems = _signing_problems(signature, opened.events)
    if isinstance(issuance, Mapping):
        problems += _issuing_problems(signature, issuance, opened)
    return problems


def case_sha256(case: ImrCase) -> str:
    """The hash of what was filed, whatever the order and spacing of its file."""
    return digest(to_plain(case))


def _signing_problems(signature: Mapping[str, Any], events: Sequence[Event]) -> list[str]:
    acts = [event for event in events if event.act == "sign"]
    bound = [one for one in acts if one.data.get("determination_sha256") == signature.get("sha256")]
    if not bound:
        return ["chain: no reviewer signed this determination"]
    said = {event.at.isoformat() for event in bound}
    if signature.get("signed") not in said:
        return [f"chain: it was signed {', '.join(sorted(said))}, not {signature.get('signed')}"]
    return []


def _issuing_problems(
    signature: Mapping[str, Any], issuance: Mapping[str, Any], opened: OpenedCase
) -> list[str]:
    number = opened.case.case_number
    if issuance.get("case_sha256") != case_sha256(opened.case):
        return [f"{CASE}: is not what was filed when the determination was issued"]
    if issuance.get("case_number") != number:
        return [f"chain: the case is {number}, not {issuance.get('case_number')}"]
    acts = [event for event in opened.events if event.act in _ISSUING]
    bound = [one for one in acts if one.data.get("determination_sha256") == signature.get("sha256")]
    if not bound:
        return ["chain: this determination was not issued"]
    days = {event.data.get("served_on", "")[:10] for event in bound}
    if issuance.get("issued") not in days:
        return [f"chain: it was served on {', '.join(sorted(days))}, not {issuance.get('issued')}"]
    return []
