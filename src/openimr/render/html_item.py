"""One item as a card: suggestion, deciding criteria, rationale, criteria table, searches."""

from __future__ import annotations

from openimr.render.authorities import SEARCH_TITLE
from openimr.render.html_spans import Links, sentence
from openimr.render.letter import CriterionRow, ItemPart, Letter
from openimr.render.markup import Html, join, tag
from openimr.render.searches import Search


def overview(letter: Letter) -> Html:
    """The items at a glance, each with its suggestion."""
    rows = [
        tag(
            "tr",
            tag(
                "th",
                tag("a", f"{item.index}. {item.heading}", href=f"#item-{item.index}"),
                scope="row",
            ),
            tag("td", item.action),
            tag("td", item.suggestion, class_=f"suggestion {item.suggestion_value}"),
            tag("td", _deciding(item) if item.deciding else "none"),
        )
        for item in letter.items
    ]
    heads = ("Item in dispute", "Utilization review", "Suggestion", "Because of")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    table = tag("table", head, tag("tbody", *rows), class_="overview")
    return tag("div", table, class_="scroll", tabindex="0", role="group", aria_label="Items")


def _deciding(item: ItemPart) -> Html:
    """The deciding criteria, each a link to its row, none broken at its hyphen."""
    names = [
        tag("a", name, href=f"#criterion-{item.index}-{name}", class_="nowrap")
        for name in item.deciding
    ]
    return Html(", ".join(names))


def item_card(item: ItemPart, links: Links) -> Html:
    """The whole card."""
    outcome = f": {item.outcome}" if item.outcome else ""
    return tag(
        "article",
        tag(
            "header",
            tag("h3", f"{item.index}. {item.heading}{outcome}"),
            tag("p", item.action, class_="quiet"),
            tag(
                "p",
                tag("strong", f"Suggestion: {item.suggestion}"),
                join((", because of ", _deciding(item))) if item.deciding else None,
                class_=f"suggestion {item.suggestion_value}",
            ),
        ),
        _guidelines(item),
        _authorities(item),
        tag("h4", "Rationale"),
        *(
            tag(
                "div",
                tag("h5", part.heading) if part.heading else None,
                tag(
                    "div",
                    *(
                        tag("p", *(sentence(line, links) for line in block))
                        for block in part.blocks
                    ),
                ),
                class_="part",
            )
            for part in item.rationale
        ),
        _would_change(item, links),
        _criteria(item, links),
        _searches(item, links),
        class_="item",
        id=f"item-{item.index}",
    )


def _guidelines(item: ItemPart) -> Html:
    rows = (
        ("Claims Administrator guideline", item.administrator_guideline),
        ("Reviewer guideline", item.reviewer_guideline),
    )
    return tag(
        "dl",
        *(tag("div", tag("dt", label), tag("dd", text)) for label, text in rows),
        class_="guidelines",
    )


def _authorities(item: ItemPart) -> Html | None:
    """The search of authorities, open to whoever wants to see each step."""
    if not item.authorities:
        return None
    heads = ("Step", "Authority", "Result", "What is known")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    rows = (
        tag(
            "tr",
            tag("td", row.step),
            tag("th", row.name, scope="row"),
            tag("td", row.result),
            tag("td", row.told),
        )
        for row in item.authorities
    )
    table = tag("table", head, tag("tbody", *rows), class_="criteria")
    label = f"{SEARCH_TITLE} for item {item.index}"
    return tag(
        "details",
        tag("summary", f"{SEARCH_TITLE}: {_results(item)}"),
        tag("p", item.search_lead, class_="quiet"),
        tag("div", table, class_="scroll", tabindex="0", role="group", aria_label=label),
        class_="search",
        id=f"authorities-{item.index}",
    )


def _results(item: ItemPart) -> str:
    """The steps in short: `1 addressed, 2-4 not reached`."""
    return ", ".join(f"{row.step} {row.result}" for row in item.authorities if row.step)


def _would_change(item: ItemPart, links: Links) -> Html | None:
    if not item.would_change:
        return None
    sets = "; ".join(item.flip)
    return tag(
        "section",
        tag("h4", "What would have changed this"),
        tag("ul", *(tag("li", sentence(line, links)) for line in item.would_change)),
        tag("p", f"Smallest sets: {sets}", class_="quiet") if sets else None,
        class_="change",
    )


def _criteria(item: ItemPart, links: Links) -> Html | None:
    if not item.criteria:
        return None
    heads = ("Criterion", "Found", "What the record shows", "For", "Against")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    rows = (_criterion(row, item, links) for row in item.criteria)
    caption = tag("caption", f"Criteria of {item.topics}" if item.topics else "Criteria")
    table = tag("table", caption, head, tag("tbody", *rows), class_="criteria")
    label = f"Criteria of item {item.index}"
    return tag("div", table, class_="scroll", tabindex="0", role="group", aria_label=label)


def _criterion(row: CriterionRow, item: ItemPart, links: Links) -> Html:
    search = _search_link(row, item) if row.search else None
    return tag(
        "tr",
        tag("th", row.id, tag("span", row.name, class_="quiet"), scope="row"),
        tag("td", tag("span", row.value, class_=f"value {row.tone}"), _weight(row), search),
        tag("td", row.statement, tag("span", _asked(row), class_="quiet")),
        tag("td", links.spans(row.supporting, between=", ")),
        tag("td", links.spans(row.opposing, between=", ")),
        class_="decides" if row.id in item.deciding else None,
        id=f"criterion-{item.index}-{row.id}",
    )


def _search_link(row: CriterionRow, item: ItemPart) -> Html:
    target = f"#search-{item.index}-{row.search}"
    return tag("a", f"search {row.search}", href=target, class_="quiet")


def _asked(row: CriterionRow) -> str:
    """What the criterion asks for, and where the guideline says so."""
    asked = f"Asked ({row.role}): {row.requirement} ({row.citation})"
    return asked if row.requirement else row.citation


def _weight(row: CriterionRow) -> Html | None:
    return tag("span", row.weight, class_="quiet") if row.weight else None


def _searches(item: ItemPart, links: Links) -> Html | None:
    if not item.searches:
        return None
    details = [
        search_details(search, links, id=f"search-{item.index}-{search.id}")
        for search in item.searches
    ]
    return tag("section", tag("h4", "Searches behind “not documented”"), *details)


def search_details(search: Search, links: Links, id: str) -> Html:  # noqa: A002 - the attribute
    """A certificate that opens: examples, pages searched as ranges, unread pages, near misses."""
    rows = [
        ("Looked for", _expressions(search)),
        ("Searched", search.extent),
        ("Could not be read", "; ".join(search.unreadable)),
        ("Read badly", "; ".join(search.weak)),
        ("Nearest", _nearest(search, links)),
    ]
    shown = [tag("div", tag("dt", label), tag("dd", content)) for label, content in rows if content]
    return tag(
        "details",
        tag("summary", f"{search.id}: {search.title}"),
        tag("dl", *shown, class_="guidelines"),
        class_="search",
        id=id,
    )


def _expressions(search: Search) -> Html:
    noun = "expression" if search.expressions == 1 else "expressions"
    such = ", such as" if search.examples else ""
    lead = f"{search.expressions:,} {noun} (all of them stand in determination.json){such}"
    examples = tag("ul", *(tag("li", each) for each in search.examples), class_="queries")
    return join((tag("p", lead), examples if search.examples else None))


def _nearest(search: Search, links: Links) -> Html:
    """The nearest passages; those that only share a word are counted."""
    marks = f"near-{search.id}"
    shown = [tag("p", links.spans(near), data_marks=marks) for near in search.nearest]
    if search.words_only:
        more = "more passage shares" if search.words_only == 1 else "more passages share"
        lead = f"{search.words_only} {more} a word with it and nothing else."
        shown.append(tag("p", lead if shown else lead.replace("more ", "", 1), class_="quiet"))
    return join(shown or [tag("p", "nothing came near")])
