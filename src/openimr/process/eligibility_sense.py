"""What must hold before eligibility is proposed: a usable number, days that agree, a receipt."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from openimr.model.application import ImrCase
from openimr.model.errors import InputError, UsageError
from openimr.model.moments import local_day
from openimr.model.stated import Clash
from openimr.process.clashes import Together, without
from openimr.workflow.consistency import impossible_pairs
from openimr.workflow.ground_view import in_words, value_at

_NUMBER = re.compile(r"(?:[^\W_][\w.-]*)?")
"""A name that is safe as that of a folder; empty: not numbered yet."""


def require_number(case: ImrCase) -> None:
    """A case number is a plain name, since folders and letters are called by it.

    Raises:
        InputError: it leads out of a folder, or has blanks, slashes or control characters.
    """
    if not _NUMBER.fullmatch(case.case_number):
        raise InputError(
            f"case_number {case.case_number!r} is no case number",
            why="folders and letters are called by it",
            remedy="write letters, digits, hyphens and dots alone, such as CM15-0031415; "
            "nothing was proposed",
        )


def require_received(case: ImrCase, as_of: date) -> None:
    """Nothing is proposed on an application that had not come in yet.

    Raises:
        UsageError: the day of the proposal is before that of the receipt.
    """
    received = case.application.received
    if received is not None and local_day(received) > as_of:
        raise UsageError(
            f"the application had not been received on {as_of}",
            why=f"application.received is {local_day(received)}",
            remedy="give a later day with --as-of, or mend the day of receipt; "
            "nothing was proposed",
        )


def with_day_clashes(stated: ImrCase, together: Together) -> Together:
    """A day that a page adds and that cannot be true beside `case.json` is a clash, never a fact.

    Args:
        stated: `case.json`; what is impossible in it alone stays.
        together: it and the pages, laid together.
    """
    case, sources, clashes = together.case, dict(together.sources), list(together.clashes)
    for pair in impossible_pairs(case):
        added = [path for path in pair if value_at(stated, path) is None]
        if not added or value_at(case, added[-1]) is None:
            continue
        path = added[-1]
        mine, order = (pair[0], "later") if path == pair[1] else (pair[1], "earlier")
        clash = Clash(
            field=path,
            stated=f"{mine} is {in_words(value_at(case, mine))}, which cannot be {order}",
            read=in_words(value_at(case, path)),
            source=sources.pop(path, None),
        )
        clashes.append(clash)
        case = without(case, path)
    if case is together.case:
        return together
    return replace(
        together,
        case=case,
        sources=MappingProxyType(sources),
        clashes=tuple(clashes),
        otherwise=together.otherwise or together.case,
    )
