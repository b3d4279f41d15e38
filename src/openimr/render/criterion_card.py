"""A criterion as a card: role, both sides, silence, limits, exceptions and source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openimr.model.concepts import concept_name
from openimr.model.ids import CriterionId
from openimr.model.prose import capital, listed
from openimr.model.rule import Criterion
from openimr.render.rule_words import (
    HOLDS,
    ROLE_SENTENCES,
    SILENCE,
    STAGES,
    parameter_lines,
    switch_words,
)
from openimr.render.words import ROLES

_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label and what stands under it."""

    label: str
    text: str
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A criterion or a case with its rows."""

    id: str
    title: str
    role: str
    """In a word or two; empty for a case."""
    statement: str
    unverified: bool = False
    rows: tuple[Row, ...]
    anchor: str = ""
    """Where links to it lead: `esi#ESI-1`."""


def criterion_card(
    criterion: Criterion, anchor: str, tests: Mapping[str, str], sets_aside: Sequence[CriterionId]
) -> Card:
    """The card of a criterion.

    Args:
        criterion: of a topic.
        anchor: where links to it lead.
        tests: what each test asks, in words.
        sets_aside: of an exception, the criteria that it sets aside.
    """
    unsure = criterion.source.unverified
    rows = [
        Row(label=label, text=text, unverified=unsure and bool(_NUMBER.search(text)))
        for label, text in _rows(criterion, tests, sets_aside)
        if text
    ]
    return Card(
        id=str(criterion.id),
        title=capital(name_of(criterion)),
        role=ROLES[criterion.role],
        statement=criterion.statement,
        unverified=unsure,
        rows=(*rows, Row(label="Source", text=_source(criterion), unverified=unsure)),
        anchor=anchor,
    )


def name_of(criterion: Criterion) -> str:
    """What a letter calls a criterion, else what it states."""
    return criterion.name or criterion.statement


def _rows(
    criterion: Criterion, tests: Mapping[str, str], sets_aside: Sequence[CriterionId]
) -> Iterator[tuple[str, str]]:
    satisfied, contradicted = HOLDS[criterion.role]
    yield "Role", ROLE_SENTENCES[criterion.role]
    yield satisfied, criterion.satisfied_by
    yield contradicted, criterion.contradicted_by or "nothing that a record would say"
    yield "If the record is silent", SILENCE[criterion.if_silent]
    if criterion.if_silent_strict is not None:
        yield "Under the strict profile", SILENCE[criterion.if_silent_strict]
    for switch, meaning in criterion.if_silent_when.items():
        yield f"Silence under {switch_words(switch)}", SILENCE[meaning]
    if criterion.partial_refers:
        yield "If shown only in part", "the item goes to the reviewer"
    yield "Asked of", STAGES[criterion.applies]
    yield "Only for the drugs", ", ".join(criterion.drugs)
    yield "Only for requests that name", listed(criterion.asked, "or")
    yield "Not for requests that name", listed(criterion.not_asked, "or")
    yield "Sets aside", listed(sets_aside)
    yield "Set aside by", listed(criterion.bypassed_by, "or")
    if criterion.active_when:
        yield "In effect only under", switch_words(criterion.active_when)
    yield "Smaller form", criterion.smaller
    yield "How it is judged", capital(tests.get(criterion.test.name, criterion.test.name))
    for label, words in parameter_lines(criterion.test.parameters):
        yield f"· {label}", words
    yield "A search looks for", "; ".join(map(concept_name, criterion.concepts))


def _source(criterion: Criterion) -> str:
    source = criterion.source
    where = "p." if source.pages.isdigit() else "pp."
    return f"{source.title}, {where} {source.pages}" if source.pages else source.title
