"""`case.json` and the pages of its records laid together: gaps are filled, clashes are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from openimr.model.application import FiledItem, ImrCase
from openimr.model.case import UrAction
from openimr.model.moments import local_day
from openimr.model.request import Request
from openimr.model.stated import Clash, ReadCase, Source, Sources
from openimr.workflow.ground_view import in_words, value_at
from openimr.workflow.likeness import Likeness, likeness

_FIELDS = (
    "date_of_injury",
    "date_of_birth",
    "claim_number",
    "rfa_date",
    "application.received",
    "application.channel",
    "application.filer",
    "application.signed",
    "application.signed_on",
    "application.ur_decision_attached",
    "application.requested",
    "ur_decision.issued",
    "ur_decision.served",
    "ur_decision.service",
    "ur_decision.bases",
    "ur_decision.expedited",
    "ur_decision.form_served",
)
"""What both can state, field by field; items are matched by their requests."""
_UNSAID: tuple[object, ...] = (None, (), UrAction.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A case with what its pages add, and where they differ from it."""

    case: ImrCase
    sources: Sources
    clashes: tuple[Clash, ...] = ()
    otherwise: ImrCase | None = None
    """The case with the pages' values in place of those that clash; None without a clash."""


def lay_together(stated: ImrCase, read: ReadCase, requests: Mapping[str, Request]) -> Together:
    """What was stated, filled from the pages where it is silent.

    Args:
        stated: `case.json`.
        read: the case as its documents state it.
        requests: the request lines of both, read by the grammar.
    """
    case, otherwise = stated, stated
    sources: dict[str, Source] = {}
    clashes: list[Clash] = []
    for path, other_path in _pairs(stated, read.case, requests):
        mine, its = value_at(stated, path), value_at(read.case, other_path)
        source = read.sources.get(other_path)
        if its in _UNSAID:
            continue
        if mine in _UNSAID:
            case, otherwise = with_value(case, path, its), with_value(otherwise, path, its)
        elif not _agree(mine, its):
            otherwise = with_value(otherwise, path, its)
            clash = Clash(field=path, stated=in_words(mine), read=in_words(its), source=source)
            clashes.append(clash)
            continue
        if source is not None:
            sources[path] = source
    clashes += _other_items(stated, read, requests)
    if not stated.items and read.case.items:
        sources |= {path: place for path, place in read.sources.items() if path.startswith("items")}
    return Together(
        case=_filled(case, read.case),
        sources=MappingProxyType(sources),
        clashes=tuple(clashes),
        otherwise=_filled(otherwise, read.case) if clashes else None,
    )


def _filled(case: ImrCase, read: ImrCase) -> ImrCase:
    """Lists that nobody stated, as the pages give them."""
    return replace(
        case,
        items=case.items or read.items,
        parties=case.parties or read.parties,
        records_named_by_ur=case.records_named_by_ur or read.records_named_by_ur,
    )


def _pairs(
    stated: ImrCase, read: ImrCase, requests: Mapping[str, Request]
) -> Iterator[tuple[str, str]]:
    yield from ((path, path) for path in _FIELDS)
    for item in stated.items:
        match = _match(item, read.items, requests)
        if match is not None:
            for name in ("ur_action", "date_of_service"):
                yield f"items[{item.index}].{name}", f"items[{match.index}].{name}"


def _other_items(
    stated: ImrCase, read: ReadCase, requests: Mapping[str, Request]
) -> Iterator[Clash]:
    """Items that only one of the two lists."""
    if not stated.items or not read.case.items:
        return
    for item in stated.items:
        if _match(item, read.case.items, requests) is None:
            path = f"items[{item.index}].request_text"
            yield Clash(field=path, stated=item.request_text, read="no such item", source=None)
    for item in read.case.items:
        if _match(item, stated.items, requests) is None:
            source = read.sources.get(f"items[{item.index}].request_text")
            yield Clash(field="items", stated="no such item", read=item.request_text, source=source)


def _match(
    item: FiledItem, others: Sequence[FiledItem], requests: Mapping[str, Request]
) -> FiledItem | None:
    for wanted in ((Likeness.IDENTICAL,), (Likeness.SAME,)):
        for other in others:
            lines = (item.request_text, other.request_text)
            pair = (requests.get(lines[0]), requests.get(lines[1]))
            if likeness(*pair, lines) in wanted:
                return other
    return None


def _agree(mine: object, its: object) -> bool:
    """Instants agree by their day: a stamp may give no time. Names by their letters."""
    if isinstance(mine, datetime) and isinstance(its, datetime):
        return local_day(mine) == local_day(its)
    if isinstance(mine, str) and isinstance(its, str):
        return _letters(mine) == _letters(its)
    if isinstance(mine, tuple) and isinstance(its, tuple):
        return set(mine) == set(its)
    return mine == its


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def with_value(case: ImrCase, path: str, value: object) -> ImrCase:
    """The case with another value at a path such as `application.signed` or `items[2].topic`."""
    changed: ImrCase = _changed(case, path.split("."), value)
    return changed


def without(case: ImrCase, path: str) -> ImrCase:
    """The case without what stands at a path."""
    return with_value(case, path, None)


def _changed(record: Any, steps: Sequence[str], value: object) -> Any:  # noqa: ANN401 any record of the case
    if not steps:
        return value
    name, _, number = steps[0].rstrip("]").partition("[")
    old = getattr(record, name)
    if number:
        at = int(number) - 1
        new = _changed(old[at], steps[1:], value)
        return replace(record, **{name: (*old[:at], new, *old[at + 1 :])})
    return replace(record, **{name: _changed(old, steps[1:], value)})
