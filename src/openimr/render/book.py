"""The rulebook as a book of static pages: an index by group, a page for each topic, registers.

The pages run no script and load nothing; they read well on paper. A topic's page is the one that
`rules show` prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from openimr.model.edition import GuidelineText
from openimr.model.ids import TopicId
from openimr.model.prose import capital
from openimr.model.rule import Group, Role, Rulebook, Silence, Topic
from openimr.render.book_topic import mark, topic_article
from openimr.render.markup import Html, join, page, tag
from openimr.render.rule_words import ROLE_SENTENCES, SILENCE, SWITCHES, plain
from openimr.render.topic_page import NO_CASES, Cases, topic_page
from openimr.render.words import ROLES

_STYLE = "book.css"
_PLACES = (
    ("index.html", "Contents"),
    ("a-z.html", "A to Z"),
    ("editions.html", "Editions"),
    ("switches.html", "Policy switches"),
    ("reading.html", "How to read a page"),
)


def render_book(rulebook: Rulebook, cases: Cases = NO_CASES) -> Mapping[str, bytes]:
    """Every page by its path in the book's folder.

    Args:
        rulebook: what the book shows.
        cases: by topic file, the cases that stand beside topics.
    """
    groups = _groups(rulebook)
    pages = {
        "index.html": _contents(rulebook, groups),
        "a-z.html": _a_to_z(rulebook),
        "editions.html": _editions(rulebook),
        "switches.html": _switches(rulebook),
        "reading.html": _reading(),
    }
    ordered = [(group, topic) for group in groups for topic in group.topics]
    for place, (group, topic) in enumerate(ordered):
        before = ordered[place - 1][1] if place else None
        after = ordered[place + 1][1] if place + 1 < len(ordered) else None
        ends = (before, after)
        pages[f"topics/{topic}.html"] = _topic(rulebook, topic, group, ends, cases)
    return {name: text.encode() for name, text in pages.items()}


def _groups(rulebook: Rulebook) -> list[Group]:
    """The groups, with what stands in none at the end."""
    grouped = {topic for group in rulebook.groups for topic in group.topics}
    others = dict.fromkeys(topic.id for topic in rulebook.topics if topic.id not in grouped)
    rest = [Group(id="others", title="Topics of no group", topics=tuple(sorted(others)))]
    return [*rulebook.groups, *(rest if others else [])]


def _page(title: str, here: str, *content: Html, up: str = "") -> str:
    """A page with the way around it; `up` leads from its folder to the book's."""
    links = [
        tag(
            "li", tag("a", words, href=f"{up}{name}", aria_current="page" if name == here else None)
        )
        for name, words in _PLACES
    ]
    bar = tag("nav", tag("ul", *links), aria_label="The book")
    skip = tag("a", "Skip to the page", href="#page", class_="skip")
    return page(title, *content, stylesheet=_STYLE, before=join([skip, bar]), anchor="page")


def _contents(rulebook: Rulebook, groups: Iterable[Group]) -> str:
    shown = list(groups)
    jumps = [tag("li", tag("a", group.title, href=f"#{group.id}")) for group in shown]
    criteria = sum(len(topic.criteria) for topic in rulebook.topics)
    unsure = sum(one.source.unverified for topic in rulebook.topics for one in topic.criteria)
    lead = tag(
        "p",
        f"{len(rulebook.topics)} topics with {criteria} criteria in our own words. They lay a "
        "record beside a guideline and suggest; a physician decides. ",
        tag("strong", f"{unsure} criteria are marked unverified"),
        ": their figures or pages await a check against the guideline's text. A shell is a topic "
        "that no authority known to us settles; nothing is suggested from it.",
        class_="lead",
    )
    parts = [tag("nav", tag("ul", *jumps, class_="jumps"), aria_label="Groups")]
    parts += [_group(rulebook, group) for group in shown]
    parts += [_packs(rulebook)] if rulebook.packs else []
    foot = tag("footer", tag("p", f"Rulebook sha256 {rulebook.sha256}"))
    return _page("The guideline rulebook", "index.html", lead, *parts, foot)


def _group(rulebook: Rulebook, group: Group) -> Html:
    entries = [
        tag(
            "li",
            tag("a", editions[-1].title, href=f"topics/{topic}.html"),
            *_badges(rulebook, editions),
            *(tag("span", _status(one), class_="status") for one in editions),
        )
        for topic in group.topics
        if (editions := rulebook.editions(topic))
    ]
    return tag("section", tag("h2", group.title), tag("ul", *entries, class_="topics"), id=group.id)


def _status(topic: Topic) -> str:
    name = topic.guideline.partition(",")[0]
    return f"{capital(topic.status)} · {name}, edition {topic.edition}"


def _badges(rulebook: Rulebook, editions: Iterable[Topic]) -> Iterator[Html]:
    for topic in editions:
        if topic.open:
            yield tag("span", "shell", class_="badge shell")
        unsure = sum(one.source.unverified for one in topic.criteria)
        if unsure:
            yield tag("span", f"{unsure} unverified", class_="badge unsure")
        if pack := rulebook.pack_of(topic):
            yield tag("span", f"pack {pack.name}", class_="badge pack")


def _packs(rulebook: Rulebook) -> Html:
    rows = [
        tag("div", tag("dt", pack.label), tag("dd", f"{pack.licence}. Source: {pack.source}."))
        for pack in rulebook.packs
    ]
    note = "These topics are a licensee's own: their text is under the licence named here."
    return tag("section", tag("h2", "Packs"), tag("p", note), tag("dl", *rows, class_="rows"))


def _a_to_z(rulebook: Rulebook) -> str:
    """Titles and drugs by letter: what a reader would look up."""
    names: dict[str, TopicId] = {}
    for topic in rulebook.topics:
        names[topic.title] = topic.id
        plain_title = topic.title.casefold()
        names |= {drug: topic.id for drug in topic.generics if drug.casefold() != plain_title}
    titles = {topic.id: topic.title for topic in rulebook.topics}
    by_letter: dict[str, list[str]] = {}
    for name in sorted(names, key=str.casefold):
        by_letter.setdefault(name[0].upper(), []).append(name)
    jumps = [tag("li", tag("a", letter, href=f"#{letter}")) for letter in by_letter]
    parts = [tag("nav", tag("ul", *jumps, class_="jumps"), aria_label="Letters")]
    for letter, entries in by_letter.items():
        listed = [
            tag(
                "li",
                tag("a", name, href=f"topics/{names[name]}.html"),
                None if titles[names[name]] == name else f", see {titles[names[name]]}",
            )
            for name in entries
        ]
        heading = tag("h2", letter, id=letter)
        parts.append(tag("section", heading, tag("ul", *listed, class_="columns")))
    return _page("Topics and drugs from A to Z", "a-z.html", *parts)


def _editions(rulebook: Rulebook) -> str:
    lead = tag(
        "p",
        "The edition is chosen by the day of the UR decision; without one, by the day of the "
        "request. A text of which no criteria are held is named to the reviewer, with what is not "
        "known of it; no older text is applied in its place.",
        class_="lead",
    )
    heads = ("In force", "Text", "Criteria", "Source of the days")
    head = tag("thead", tag("tr", *(tag("th", words, scope="col") for words in heads)))
    ordered = sorted(rulebook.texts, key=lambda text: (text.effective_from, text.name))
    body = tag("tbody", *(_text_row(rulebook, text) for text in ordered))
    parts = [lead, _scrolled(tag("table", head, body), "Texts by day")]
    for rule in rulebook.authorisation:
        parts += [tag("h2", rule.name), tag("p", rule.told), tag("p", f"Source: {rule.source}.")]
    return _page("Which text governs on which day", "editions.html", *parts)


def _scrolled(table: Html, label: str) -> Html:
    """A wide table that a keyboard can scroll."""
    return tag("div", table, class_="scroll", tabindex="0", role="group", aria_label=label)


def _text_row(rulebook: Rulebook, text: GuidelineText) -> Html:
    held = sum(topic.folder == text.folder for topic in rulebook.topics) if text.folder else 0
    kept = f"{held} topic" if held == 1 else f"{held} topics"
    what = kept if held else f"None held. {text.not_known}"
    only = f" For: {', '.join(text.topics)}." if text.topics else ""
    return tag(
        "tr",
        tag("td", capital(text.period), class_="days"),
        tag(
            "th",
            text.name,
            tag("span", f"{text.citation}; {text.standing.words}.{only}"),
            scope="row",
        ),
        tag("td", what),
        tag("td", text.source, mark(unverified=text.unverified)),
    )


def _switches(rulebook: Rulebook) -> str:
    lead = (
        "Where guidelines or reviewers disagree, the choice is made openly. A run may set others."
    )
    rows = [
        tag(
            "div",
            tag("dt", number),
            tag(
                "dd",
                f"{capital(decides)}. Now: ",
                tag("strong", plain(str(getattr(rulebook.settings, name) or "by date")).casefold()),
            ),
        )
        for name, (number, decides) in SWITCHES.items()
    ]
    body = tag("dl", *rows, class_="rows")
    return _page("Policy switches", "switches.html", tag("p", lead, class_="lead"), body)


def _reading() -> str:
    roles = [
        tag("div", tag("dt", f"{role} · {ROLES[role]}"), tag("dd", ROLE_SENTENCES[role]))
        for role in Role
    ]
    silences = [
        tag("div", tag("dt", silence), tag("dd", f"{capital(SILENCE[silence])}."))
        for silence in Silence
    ]
    return _page(
        "How to read a page",
        "reading.html",
        tag(
            "p",
            "Silence of a record is unknown, never a denial. What an unanswered criterion "
            "counts for is said with each.",
            class_="lead",
        ),
        tag("h2", "Roles of criteria"),
        tag("dl", *roles, class_="rows"),
        tag("h2", "What silence means"),
        tag("dl", *silences, class_="rows"),
        tag("h2", "Unverified"),
        tag(
            "p",
            "The mark stands beside every figure and page of a criterion whose source nobody "
            "has checked against the guideline's text.",
        ),
    )


def _topic(
    rulebook: Rulebook,
    topic: TopicId,
    group: Group,
    ends: tuple[TopicId | None, TopicId | None],
    cases: Cases,
) -> str:
    editions = rulebook.editions(topic)
    crumbs = tag(
        "p",
        tag("a", "Contents", href="../index.html"),
        " / ",
        tag("a", group.title, href=f"../index.html#{group.id}"),
        class_="crumbs",
    )
    articles = [topic_article(topic_page(rulebook, one, cases)) for one in editions]
    titles = {one.id: one.title for one in rulebook.topics}
    ways = [
        tag("a", titles[name], href=f"{name}.html", rel=rel)
        for name, rel in ((ends[0], "prev"), (ends[1], "next"))
        if name is not None
    ]
    around = tag("nav", *ways, class_="around", aria_label="Neighbours")
    return _page(editions[-1].title, "", crumbs, *articles, around, up="../")
