"""The page of a topic as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openimr.render.criterion_card import Card, Row
from openimr.render.markup import Html, tag
from openimr.render.topic_page import UNVERIFIED, Bullet, Section, TopicPage


def topic_article(page: TopicPage) -> Html:
    """A topic in one edition."""
    head = tag("p", f"Edition {page.edition} · {page.id}", class_="kicker")
    parts: list[Html] = [head, tag("p", page.status, class_="lead")]
    if page.not_known:
        shell = tag("strong", "A shell. Not known: ")
        parts.append(tag("p", shell, page.not_known, class_="not-known"))
    parts += [_section(section) for section in page.sections]
    return tag("article", *parts, class_="topic")


def _section(section: Section) -> Html:
    parts: list[Html] = [tag("h2", section.title)]
    if section.note:
        parts.append(tag("p", section.note, class_="note"))
    if section.rows:
        parts.append(_rows(section.rows))
    if section.bullets:
        parts.append(_list(section.bullets))
    parts += [_card(card) for card in section.cards]
    named = section.title.split()[0].casefold()
    return tag("section", *parts, class_=f"part {named}")


def _rows(rows: Iterable[Row]) -> Html:
    shown = [
        tag("div", tag("dt", row.label), tag("dd", row.text, mark(unverified=row.unverified)))
        for row in rows
    ]
    return tag("dl", *shown, class_="rows")


def _card(card: Card) -> Html:
    kind = card.role.partition(",")[0].split()[0] if card.role else "case"
    identity = tag("span", card.id, class_="id") if card.id else None
    role = tag("span", card.role, class_="role") if card.role else None
    head = tag("header", tag("h3", identity, card.title), role)
    statement = (
        tag("p", f"{card.statement}.", mark(unverified=card.unverified), class_="statement")
        if card.statement
        else None
    )
    anchor = card.anchor.partition("#")[2] or None
    return tag("div", head, statement, _rows(card.rows), class_=f"card {kind}", id=anchor)


def _list(bullets: Sequence[Bullet]) -> Html:
    """Bullets as lists in lists."""
    items: list[Html] = []
    place = 0
    while place < len(bullets):
        bullet, end = bullets[place], place + 1
        while end < len(bullets) and bullets[end].depth > bullet.depth:
            end += 1
        inner = _list(bullets[place + 1 : end]) if end > place + 1 else None
        items.append(tag("li", _linked(bullet), mark(unverified=bullet.unverified), inner))
        place = end
    return tag("ul", *items, class_="tree")


def _linked(bullet: Bullet) -> Html | str:
    if not bullet.link:
        return bullet.text
    topic, _, criterion = bullet.link.partition("#")
    target = f"{topic}.html#{criterion}" if criterion else f"{topic}.html"
    return tag("a", bullet.text, href=target)


def mark(*, unverified: bool) -> Html | None:
    """The mark beside what nobody has checked; nothing where it is checked or holds no figure."""
    return tag("span", UNVERIFIED, class_="badge unsure") if unverified else None
