"""Precedents as data and as a sheet for the reviewer; they are no part of the determination."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from openimr.model.case import DisputedItem
from openimr.model.labels import us_date
from openimr.model.precedent import Precedent, Precedents, Statement
from openimr.render.markup import Html, page, tag

NOTE = (
    "Published items like the ones in dispute, as many of each outcome. They are information: no "
    "suggestion and no sentence of the draft rests on them, and a precedent decides nothing."
)
TITLE = "Decided items like these"
Json = dict[str, object]
Pairs = Sequence[tuple[DisputedItem, Precedents]]


def precedents_json(found: Precedents) -> Json:
    """The nearest decided items of each outcome."""
    return {
        "same": found.same,
        "upheld_count": found.upheld_count,
        "overturned_count": found.overturned_count,
        "upheld": [_precedent(each) for each in found.upheld],
        "overturned": [_precedent(each) for each in found.overturned],
    }


def precedent_files(pairs: Pairs) -> dict[str, bytes]:
    """`precedents.json` and `precedents.html`: the sheet that lies beside a draft."""
    data = [
        {"item": item.index, "request_text": item.request_text} | precedents_json(found)
        for item, found in pairs
    ]
    return {
        "precedents.json": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(),
        "precedents.html": _page(pairs).encode(),
    }


def _precedent(precedent: Precedent) -> Json:
    return {
        "item": precedent.item,
        "heading": precedent.heading,
        "outcome": precedent.outcome.value,
        "decision_date": precedent.decision_date.isoformat() if precedent.decision_date else None,
        "specialties": [*precedent.specialties],
        "reviewer_guideline": precedent.reviewer_guideline,
        "alike": [*precedent.alike],
        "shared": [*precedent.shared],
        "said": [
            {"element": said.element, "polarity": said.polarity.value, "quote": said.quote}
            for said in precedent.said
        ],
    }


def _page(pairs: Pairs) -> str:
    items = [_item(item, found) for item, found in pairs]
    return page(TITLE, tag("p", NOTE, class_="note"), *items, stylesheet="precedents.css")


def _item(item: DisputedItem, found: Precedents) -> Html:
    total = found.upheld_count + found.overturned_count
    counted = f"{total:,} decided items of the same treatment ({found.same})"
    return tag(
        "section",
        tag("h2", f"{item.index}. {item.request_text}"),
        tag("p", counted),
        tag(
            "div",
            _column("Overturned: found necessary", found.overturned, found.overturned_count),
            _column("Upheld: not found necessary", found.upheld, found.upheld_count),
            class_="columns",
        ),
    )


def _column(title: str, items: Iterable[Precedent], count: int) -> Html:
    shown = [_card(each) for each in items] or [tag("p", "There is none.", class_="quiet")]
    return tag("div", tag("h3", f"{title} ({count:,})"), *shown)


def _card(precedent: Precedent) -> Html:
    specialties = ", ".join(precedent.specialties) or "specialty not stated"
    rows = (
        ("Decided", f"{us_date(precedent.decision_date)}, {specialties}"),
        ("The same", ", ".join(precedent.alike)),
        ("Words in both cases", ", ".join(precedent.shared)),
        ("Guideline", precedent.reviewer_guideline),
    )
    pairs = [tag("div", tag("dt", name), tag("dd", value)) for name, value in rows if value]
    return tag(
        "article",
        tag("h4", precedent.heading),
        tag("p", precedent.item, class_="quiet"),
        tag("dl", *pairs),
        tag("ul", *(_statement(said) for said in precedent.said)) if precedent.said else None,
    )


def _statement(said: Statement) -> Html:
    return tag(
        "li",
        tag("b", f"{said.polarity.value}: {said.element}", class_=said.polarity.value),
        " ",
        tag("q", said.quote),
    )
