"""template + values -> what one recipient receives.

A value that is missing is an error, never a gap in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openimr.model.errors import InputError
from openimr.model.event import Event
from openimr.model.notice import (
    Addressee,
    Notice,
    NoticePart,
    NoticeRole,
    NoticeTemplate,
    NoticeValues,
    Recipient,
    Represented,
    Slot,
    TemplatePart,
)
from openimr.model.party import Party, PartyRole, ServiceMethod
from openimr.workflow.service import BY_MAIL

SLOT = re.compile(r"\{([^{}]*)\}")
_NEEDS_ADDRESS = frozenset(
    {
        ServiceMethod.PERSONAL,
        ServiceMethod.MAIL_CALIFORNIA,
        ServiceMethod.MAIL_UNITED_STATES,
        ServiceMethod.MAIL_ABROAD,
        ServiceMethod.OVERNIGHT,
    }
)


def notice(
    template: NoticeTemplate,
    values: NoticeValues,
    recipient: Recipient,
    served: Sequence[Recipient],
) -> Notice:
    """The notice as one recipient receives it.

    Args:
        template: what it says.
        values: what fills it, for this recipient.
        recipient: who receives it.
        served: all who are served with it, this recipient among them.

    Raises:
        InputError: a value that the template names is missing or empty; all such are named.
    """
    shown = [part for part in template.parts if _is_shown(part, template, values, recipient)]
    missing = [*_missing(shown, values), *_empty_rows(values)]
    if missing:
        raise InputError(
            f"the notice `{template.kind}` to {recipient.role} lacks {', '.join(missing)}",
            why=f"it may not be sent without ({template.citation})",
            remedy="state it in case.json, in the act's data or in the file of offices",
        )
    return Notice(
        kind=template.kind,
        title=template.title,
        case_number=values.slots[Slot.CASE_NUMBER],
        day=values.day,
        sender=values.sender,
        recipient=recipient,
        rows=values.rows,
        parts=tuple(_fill(part, values) for part in shown),
        served=tuple(served),
        citation=template.citation,
        cautions=values.cautions,
    )


def slots_of(part: TemplatePart) -> tuple[str, ...]:
    """The names between braces in a part, in order."""
    return tuple(name for text in part.texts for name in SLOT.findall(text))


def recipients(
    template: NoticeTemplate,
    parties: Iterable[Party],
    director: Recipient,
    overriding: Mapping[NoticeRole, ServiceMethod],
) -> tuple[Recipient, ...]:
    """Who is served, in the order of the template.

    Args:
        template: whose addressees are looked for.
        parties: of the case.
        director: the Administrative Director, who is no party.
        overriding: how a role was served, where the act states it.

    Raises:
        InputError: an addressee without whom there is no notice is no party, or a party who is
            served on paper has no address.
    """
    known = tuple(parties)
    represented = any(party.role is PartyRole.ATTORNEY for party in known)
    found: list[Recipient] = []
    for addressee in template.addressees:
        if represented and addressee.represented is Represented.INSTEAD:
            continue
        if addressee.role is NoticeRole.ADMINISTRATIVE_DIRECTOR:
            found.append(director)
            continue
        parties_of_role = [party for party in known if party.role.value == addressee.role.value]
        if addressee.needed and not parties_of_role:
            raise _no_party(template, addressee)
        found += [_recipient(party, addressee.role, overriding) for party in parties_of_role]
    return tuple(found)


def call_for(template: NoticeTemplate, events: Sequence[Event]) -> Event | None:
    """The last event that calls for the notice; None if there is none."""
    for event in reversed(events):
        stated = template.acts.get(event.act)
        if stated is not None and all(key in event.data for key in stated):
            return event
    return None


def _is_shown(
    part: TemplatePart, template: NoticeTemplate, values: NoticeValues, recipient: Recipient
) -> bool:
    if part.readers and recipient.role not in part.readers:
        return False
    unknown = [one for one in (*part.when, *part.unless) if one not in values.conditions]
    if unknown:
        raise InputError(
            f"the notice `{template.kind}` cannot tell whether `{unknown[0]}` holds",
            remedy="state it in case.json or in the act's data",
        )
    holds = values.conditions
    return all(holds[one] for one in part.when) and not any(holds[one] for one in part.unless)


def _missing(parts: Iterable[TemplatePart], values: NoticeValues) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for part in parts:
        if part.each is not None and not _filled(values.lists.get(part.each, ())):
            names[part.each] = None
        for name in slots_of(part):
            if not values.slots.get(Slot(name), "").strip():
                names[name] = None
    if not values.slots.get(Slot.CASE_NUMBER, "").strip():
        names[Slot.CASE_NUMBER] = None
    return tuple(f"`{name}`" for name in names)


def _filled(entries: Sequence[str]) -> bool:
    return bool(entries) and all(entry.strip() for entry in entries)


def _empty_rows(values: NoticeValues) -> Iterator[str]:
    return (f"`{label}`" for label, value in values.rows if not value.strip())


def _fill(part: TemplatePart, values: NoticeValues) -> NoticePart:
    texts = values.lists[part.each] if part.each is not None else part.texts
    if part.each is None:
        texts = tuple(SLOT.sub(lambda slot: values.slots[Slot(slot[1])], text) for text in texts)
    return NoticePart(kind=part.kind, texts=texts)


def _recipient(
    party: Party, role: NoticeRole, overriding: Mapping[NoticeRole, ServiceMethod]
) -> Recipient:
    service = overriding.get(role) or party.service or BY_MAIL
    if service in _NEEDS_ADDRESS and not (party.address or "").strip():
        raise InputError(
            f"party {party.id} ({role}) has no address",
            why="it is to be served on paper",
            remedy="state `address` in case.json, or an agreed `service` such as electronic",
        )
    return Recipient(
        role=role,
        name=party.name,
        organization=party.organization or "",
        address=party.address or "",
        service=service,
    )


def _no_party(template: NoticeTemplate, addressee: Addressee) -> InputError:
    return InputError(
        f"the case names no party with the role {addressee.role}",
        why=f"the notice `{template.kind}` must go to one ({template.citation})",
        remedy="add the party to `parties` in case.json",
    )
