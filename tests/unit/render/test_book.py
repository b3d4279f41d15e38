"""The book: whole, linked, escaped, without scripts, and the same as `rules show` says."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest
from lxml import html

from openimr.model.rule import Criterion, Rulebook, Settings
from openimr.render.book import render_book
from openimr.render.criterion_card import Card, criterion_card
from openimr.render.rule_words import SWITCHES
from openimr.render.topic_page import TopicPage, topic_page
from openimr.render.topic_text import topic_text
from openimr.rulebook.cases import load_cases
from openimr.rulebook.load import load_rulebook
from packs import write_pack

CASES = Path(__file__).parents[2] / "rules"
TOPIC = """id: adhesiolysis
title: <script>alert(1)</script> & "quotes"
guideline: Example <b>Guidelines</b>
cites: Example 2014
edition: "2014"
effective_from: 2014-01-01
effective_to: 2014-12-31
pages: "7"
status: <i>recommended</i>
mtus_addresses: false
criteria:
  - id: ADH-1
    role: G
    statement: <img src=x onerror=alert(1)> of 14 days
    satisfied_by: one
    contradicted_by: none
    sought: one
    if_silent: deny
    source: {pages: "7", unverified: true}
    concepts: [red_flags]
    test: {name: evidence, enough: [{concept: red_flags}]}
support_requires: {all: [ADH-1]}
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def pages(rulebook: Rulebook) -> dict[str, html.HtmlElement]:
    made = render_book(rulebook, load_cases(CASES, rulebook))
    return {name: html.fromstring(data) for name, data in made.items()}


@pytest.fixture(scope="module")
def structures(rulebook: Rulebook) -> dict[str, TopicPage]:
    cases = load_cases(CASES, rulebook)
    return {topic.id: topic_page(rulebook, topic, cases) for topic in rulebook.topics}


def flat(text: str) -> str:
    return "".join(text.split())


def said(page: TopicPage) -> list[str]:
    """Every text of a page, as the terminal and the book must both print it."""
    texts = [page.title, page.status, page.not_known]
    for section in page.sections:
        texts += [section.title, section.note]
        texts += [text for row in section.rows for text in (row.label, row.text)]
        texts += [bullet.text for bullet in section.bullets]
        for card in section.cards:
            texts += [card.id, card.title, card.role, card.statement]
            texts += [text for row in card.rows for text in (row.label, row.text)]
    return [flat(text) for text in texts if text]


def test_every_topic_has_a_page_and_stands_in_the_contents(
    rulebook: Rulebook, pages: Mapping[str, html.HtmlElement]
) -> None:
    linked = set(pages["index.html"].xpath("//ul[@class='topics']//a/@href"))
    assert linked == {f"topics/{topic.id}.html" for topic in rulebook.topics}
    assert linked <= set(pages)


def test_every_link_leads_to_a_place_that_is_there(
    pages: Mapping[str, html.HtmlElement],
) -> None:
    places = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    for name, page in pages.items():
        for href in page.xpath("//a/@href"):
            path, _, anchor = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            target = target if path else name
            assert target in places, (name, href)
            assert not anchor or anchor in places[target], (name, href)


def test_pages_are_whole_and_run_nothing(pages: Mapping[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        assert page.get("lang") == "en"
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1, name
        assert not page.xpath("//script | //link | //img | //@onclick | //@style"), name
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")
        identities = page.xpath("//@id")
        assert len(identities) == len(set(identities)), name
        assert page.xpath("//a[@class='skip']/@href") == ["#page"]
        assert page.xpath("//nav[not(@aria-label)]") == []


def test_the_terminal_and_the_book_say_the_same(
    structures: Mapping[str, TopicPage], pages: Mapping[str, html.HtmlElement]
) -> None:
    for name, structure in structures.items():
        printed = flat(topic_text(structure))
        shown = flat(pages[f"topics/{name}.html"].text_content())
        for text in said(structure):
            assert text in printed, (name, text)
            assert text in shown, (name, text)


def test_every_criterion_is_told_whole(
    rulebook: Rulebook, pages: Mapping[str, html.HtmlElement]
) -> None:
    for topic in rulebook.topics:
        page = pages[f"topics/{topic.id}.html"]
        for criterion in topic.criteria:
            (card,) = page.xpath(f"//*[@id='{criterion.id}']")
            text = flat(card.text_content())
            wanted = (criterion.statement, criterion.satisfied_by, criterion.contradicted_by)
            for part in (*wanted, criterion.source.pages, criterion.smaller):
                assert flat(part) in text, (criterion.id, part)


def test_unverified_stands_wherever_an_unverified_criterion_is_shown(
    rulebook: Rulebook, pages: Mapping[str, html.HtmlElement]
) -> None:
    for topic in rulebook.topics:
        page = pages[f"topics/{topic.id}.html"]
        for criterion in topic.criteria:
            marks = page.xpath(
                f"//*[@id='{criterion.id}']//p[@class='statement']/span[@class='badge unsure']"
            )
            assert bool(marks) == criterion.source.unverified, criterion.id
    unsure = {c.id for t in rulebook.topics for c in t.criteria if c.source.unverified}
    for name, page in pages.items():
        for item in page.xpath("//ul[@class='tree']/li[a]"):
            shown = item.find("a").get("href").partition("#")[2]
            assert bool(item.xpath("span[@class='badge unsure']")) == (shown in unsure), name


def test_a_number_of_an_unverified_criterion_is_marked_in_each_row(rulebook: Rulebook) -> None:
    criterion = _criterion(rulebook, "MTH-3")
    card = criterion_card(criterion, "x", rulebook.tests, ())
    marked = {row.label for row in card.rows if row.unverified}
    assert {"Source", "· at most"} <= marked
    assert "Role" not in marked


def test_an_exception_says_what_it_sets_aside(structures: Mapping[str, TopicPage]) -> None:
    cards = {card.id: card for part in structures["gabapentin-er"].sections for card in part.cards}
    rows = {row.label: row.text for row in cards["GBP-6"].rows}
    assert rows["Sets aside"] == "GBP-3"
    assert {row.label: row.text for row in cards["GBP-3"].rows}["Set aside by"] == "GBP-6"


def test_what_is_inherited_says_from_whom(structures: Mapping[str, TopicPage]) -> None:
    parts = {part.title: part for part in structures["hydrocodone-apap"].sections}
    inherited = parts["Inherited from Opioids, ongoing use"]
    assert inherited.bullets[0].link == "opioid-ongoing#OPI-1"


def test_the_cases_beside_a_topic_are_shown(structures: Mapping[str, TopicPage]) -> None:
    for structure in structures.values():
        assert all(card.rows[0].text and card.rows[-1].text for card in _cases(structure))
    first = _cases(structures["cyclobenzaprine"])[0]
    assert first.title == "A flare, three weeks"
    assert first.rows[0].text.startswith("Flexeril 10 mg #63")
    assert "suggestion: support" in first.rows[-1].text


def test_every_switch_has_words() -> None:
    assert set(SWITCHES) == {field.name for field in fields(Settings)}


def test_what_a_pack_says_is_text_and_both_editions_are_shown(tmp_path: Path) -> None:
    path = "guidelines/example/2014/adhesiolysis.yaml"
    book = load_rulebook([write_pack(tmp_path, {path: TOPIC}, licence='"<u>ours</u> alone"')])
    for name, data in render_book(book).items():
        text = data.decode()
        for raw in ("<script", "<img", "<b>", "<i>", "<u>"):
            assert raw not in text, name
    page = html.fromstring(render_book(book)["topics/adhesiolysis.html"])
    assert len(page.xpath("//article")) == 2
    assert "<img src=x onerror=alert(1)> of 14 days." in page.text_content()
    identities = page.xpath("//@id")
    assert len(identities) == len(set(identities))
    assert "the pack example (Example Guidelines, edition 2009) takes its place" in (
        page.text_content()
    )


def _cases(page: TopicPage) -> tuple[Card, ...]:
    (section,) = [part for part in page.sections if part.title == "Cases"]
    return section.cards


def _criterion(rulebook: Rulebook, name: str) -> Criterion:
    return next(c for topic in rulebook.topics for c in topic.criteria if c.id == name)
