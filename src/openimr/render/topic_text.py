"""A topic's page as text, for `openimr rules show`."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from openimr.render.criterion_card import Card, Row
from openimr.render.topic_page import UNVERIFIED, Section, TopicPage

WIDTH = 96
_RULE = "="


def topic_text(page: TopicPage) -> str:
    """The whole page."""
    head = f"{page.title} ({page.id}), edition {page.edition}"
    lines = [head, _RULE * min(len(head), WIDTH), *_wrapped(page.status, 0)]
    if page.not_known:
        lines += _wrapped(f"A shell. Not known: {page.not_known}", 0)
    for section in page.sections:
        lines += ["", section.title, "-" * len(section.title), *_section(section)]
    return "\n".join([*lines, ""])


def _section(section: Section) -> Iterator[str]:
    if section.note:
        yield from _wrapped(section.note, 0)
    for row in section.rows:
        yield from _row(row, 0)
    for bullet in section.bullets:
        indent = 2 * bullet.depth
        text = f"- {bullet.text}{_mark(unverified=bullet.unverified)}"
        yield from _wrapped(text, indent, hanging=indent + 2)
    for card in section.cards:
        yield ""
        yield from _card(card)


def _card(card: Card) -> Iterator[str]:
    title = f"{card.id}  {card.title} [{card.role}]" if card.id else card.title
    yield from _wrapped(title, 0, hanging=4)
    if card.statement:
        statement = f"{card.statement}.{_mark(unverified=card.unverified)}"
        yield from _wrapped(statement, 4)
    for row in card.rows:
        yield from _row(row, 4)


def _row(row: Row, indent: int) -> Iterator[str]:
    text = f"{row.label}: {row.text}{_mark(unverified=row.unverified)}"
    yield from _wrapped(text, indent, hanging=indent + 4)


def _mark(*, unverified: bool) -> str:
    return f" ({UNVERIFIED})" if unverified else ""


def _wrapped(text: str, indent: int, hanging: int | None = None) -> Iterator[str]:
    after = " " * (indent if hanging is None else hanging)
    yield fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )
