"""How each party of a case was served by an act: the days of a limit follow from it.

What the act states is how the claims administrator was served; every other party is served as
agreed with it, and by mail within California where nothing is agreed.
"""

from __future__ import annotations

from collections.abc import Iterable

from openimr.model.application import ImrCase
from openimr.model.clock_rules import TimeLimit
from openimr.model.event import Event
from openimr.model.party import Party, PartyRole, ServiceMethod

BY_MAIL = ServiceMethod.MAIL_CALIFORNIA
"""Where nothing is agreed with a party."""
_EMPLOYEE = frozenset({PartyRole.INJURED_EMPLOYEE, PartyRole.ATTORNEY, PartyRole.DESIGNEE})
"""Who stands for the employee: a paper served on each tells each a last day."""


def services_of(
    limit: TimeLimit, case: ImrCase, event: Event, party: PartyRole | None = None
) -> tuple[ServiceMethod | None, ...]:
    """The ways of service by which the days of a limit count; with several, the last day is meant.

    Args:
        limit: whose actor is asked.
        case: with its parties.
        event: the act that served the paper.
        party: whose own days are wanted where a limit is open to any party; None: those of all.

    Raises:
        ValueError: the event names a way of service that there is none of.
    """
    named = event.data.get("service")
    stated = ServiceMethod(named) if named else None
    if limit.actor is None and "asked_of" in event.data:
        return (_asked(case, event.data["asked_of"]) or stated,)
    if limit.actor is None and limit.extension:
        return _any_party(case, stated, party)
    if limit.actor is PartyRole.INJURED_EMPLOYEE:
        return _employee(case)
    return (stated,)


def _any_party(
    case: ImrCase, stated: ServiceMethod | None, party: PartyRole | None
) -> tuple[ServiceMethod | None, ...]:
    administrator = stated or _first(case.parties, PartyRole.CLAIMS_ADMINISTRATOR)
    if party is PartyRole.CLAIMS_ADMINISTRATOR:
        return (administrator,)
    if party in _EMPLOYEE:
        return _employee(case)
    return (administrator, *_employee(case))


def _employee(case: ImrCase) -> tuple[ServiceMethod, ...]:
    found = [party.service or BY_MAIL for party in case.parties if party.role in _EMPLOYEE]
    return tuple(dict.fromkeys(found)) or (BY_MAIL,)


def _first(parties: Iterable[Party], role: PartyRole) -> ServiceMethod:
    return next((one.service for one in parties if one.role is role and one.service), BY_MAIL)


def _asked(case: ImrCase, asked: str) -> ServiceMethod | None:
    """How the party asked is served, where a role or an id names it."""
    word = asked.strip().casefold()
    for party in case.parties:
        if word in {party.id.casefold(), party.role.value}:
            return party.service or BY_MAIL
    return None
