"""`openimr rules`: what the rulebook holds, as of a date."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from openimr.adapters.clock import today
from openimr.adapters.output import write_folder
from openimr.adapters.packs import pack_folders
from openimr.model.errors import UsageError
from openimr.model.example import RuleCase
from openimr.model.ids import TopicId
from openimr.model.rule import Rulebook, Topic
from openimr.render.book import render_book
from openimr.render.topic_page import topic_page
from openimr.render.topic_text import topic_text
from openimr.rulebook.agreement import check_agreement
from openimr.rulebook.assignment import load_assignment_rules
from openimr.rulebook.authorities import load_authorities
from openimr.rulebook.cases import load_cases
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.editions import choose_edition
from openimr.rulebook.grounds import load_grounds
from openimr.rulebook.load import load_rulebook
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.notices import check_called, load_notices
from openimr.rulebook.records import load_record_rules
from openimr.rulebook.report import load_categories
from openimr.rulebook.shell import shell_text
from openimr.rulebook.transitions import load_transitions

AS_OF = click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The edition in force on this day (YYYY-MM-DD).",
)
CASES = click.option(
    "--cases",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Show the cases beside topics; a folder laid out like the rulebook, as tests/rules is.",
)
_BASIS = "the day given"


def day(chosen: datetime | None) -> date:
    """The chosen day, or today."""
    return chosen.date() if chosen else today()


def _rulebook() -> Rulebook:
    """The rulebook with the packs that the environment names."""
    return load_rulebook(pack_folders(os.environ))


@click.group("rules")
def command() -> None:
    """List, explain and check the guideline rulebook, or print it as a book.

    Licensees' packs are read from the folders in OPENIMR_RULEBOOK_PATH.
    """


@command.command("list")
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="One JSON object a topic.")
def list_topics(as_of: datetime | None, *, as_json: bool) -> None:
    """List the topics with their editions, and where each comes from."""
    on = day(as_of) if as_of else None
    rulebook = _rulebook()
    topics = [topic for topic in rulebook.topics if on is None or topic.in_force(on)]
    if as_json:
        for topic in topics:
            click.echo(json.dumps(_summary(topic, rulebook)))
        return
    table = Table("topic", "title", "edition", "in force", "from", "criteria", "unverified")
    for topic in topics:
        period = f"{topic.effective_from} to {topic.effective_to or 'now'}"
        unverified = sum(criterion.source.unverified for criterion in topic.criteria)
        row = (topic.id, topic.title, topic.edition, period, _origin(topic, rulebook))
        table.add_row(*row, str(len(topic.criteria)), str(unverified))
    Console().print(table)


@command.command("show")
@click.argument("topic")
@AS_OF
@CASES
def show(topic: str, as_of: datetime | None, cases: Path | None) -> None:
    """Explain one topic as its page in the book does; with a date, say which edition governs.

    Editions, criteria with both sides and what silence means, limits, exceptions, what is
    inherited, policy switches, and where each number stands.
    """
    rulebook = _rulebook()
    editions = rulebook.editions(TopicId(topic))
    if not editions:
        raise UsageError(
            f"there is no topic {topic} in the rulebook",
            remedy="openimr rules list shows those there are",
        )
    if as_of is not None:
        choice = choose_edition(
            rulebook, topic, day(as_of), _BASIS, of_drug=bool(editions[-1].generics)
        )
        for sentence in (choice.sentence, *choice.authorisation) if choice else ():
            click.echo(sentence)
        click.echo()
    chosen = [rulebook.as_of(TopicId(topic), day(as_of))] if as_of else editions
    told = _cases(cases, rulebook)
    for edition in chosen:
        if edition is not None:
            click.echo(topic_text(topic_page(rulebook, edition, told)))


@command.command("book")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder of the book.")
@CASES
def book(out: Path, cases: Path | None) -> None:
    """Print the whole rulebook as static HTML pages: open index.html."""
    rulebook = _rulebook()
    pages = render_book(rulebook, _cases(cases, rulebook))
    write_folder(out, pages)
    click.echo(f"{len(pages)} pages written to {out} (index.html)", err=True)


@command.command("shell")
@click.argument("topic")
@click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    required=True,
    help="A day on which the text governs (YYYY-MM-DD).",
)
def shell(topic: str, as_of: datetime) -> None:
    """Print the empty topic file of a text that is not held, for a licensee to fill.

    It names the topic, the text that governs and its days, and lists the fields of a criterion.
    """
    click.echo(shell_text(_rulebook(), topic, as_of.date()), nl=False)


@command.command("check")
@click.argument(
    "pack", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
def check(pack: Path | None) -> None:
    """Validate every rule file and pack; all problems are listed at once.

    PACK is a folder to check with the rest, besides those in OPENIMR_RULEBOOK_PATH.
    """
    folders = dict.fromkeys([*pack_folders(os.environ), *([pack] if pack else [])])
    rulebook = load_rulebook(tuple(folders))
    load_authorities()
    load_assignment_rules()
    criteria = sum(len(topic.criteria) for topic in rulebook.topics)
    for each in rulebook.packs:
        own = [topic for topic in rulebook.topics if rulebook.pack_of(topic) == each]
        count = "1 topic" if len(own) == 1 else f"{len(own)} topics"
        click.echo(f"pack {each.label}: {count} (sha256 {each.sha256[:12]})")
    for line in _process_counts():
        click.echo(line)
    click.echo(
        f"{len(rulebook.files)} files, {len(rulebook.topics)} topics, {criteria} criteria: "
        f"no problems (sha256 {rulebook.sha256[:12]})"
    )


def _process_counts() -> Iterator[str]:
    """Load every file of the process, and count what is in it."""
    table = load_transitions()
    clock, money, notices = load_clock_rules(), load_money_rules(), load_notices()
    check_agreement(table, clock, load_grounds())
    check_called(notices, table)
    load_categories()
    acts = len({row.act for row in table.rows})
    yield f"process: {acts} acts in {len(table.rows)} rows, {len(table.guards)} conditions"
    yield (
        f"process: {len(clock.deadlines)} deadlines, {len(clock.regimes)} regimes, "
        f"{len(clock.programs)} programs, {len(clock.calendars)} calendars, "
        f"{len(money.fees)} fee schedules, {len(money.penalties)} penalties"
    )
    codes = {rule.code for rule in load_grounds().rules}
    yield (
        f"process: {len(codes)} grounds, {len(load_record_rules())} types of records, "
        f"{len(notices)} notices"
    )


def _cases(folder: Path | None, rulebook: Rulebook) -> Mapping[str, tuple[RuleCase, ...]]:
    return load_cases(folder, rulebook) if folder else {}


def _origin(topic: Topic, rulebook: Rulebook) -> str:
    """`openimr`, or the pack; a shell says so, and whose place a pack's topic takes."""
    pack = rulebook.pack_of(topic)
    if pack is None:
        return "openimr, a shell" if topic.open else "openimr"
    ours = [one for one in rulebook.editions(topic.id) if rulebook.replaced_by(one) == topic]
    return f"pack {pack.name}, in place of ours" if ours else f"pack {pack.name}"


def _summary(topic: Topic, rulebook: Rulebook) -> dict[str, object]:
    pack = rulebook.pack_of(topic)
    return {
        "id": topic.id,
        "title": topic.title,
        "guideline": topic.guideline,
        "edition": topic.edition,
        "effective_from": topic.effective_from.isoformat(),
        "effective_to": topic.effective_to.isoformat() if topic.effective_to else None,
        "pack": pack.name if pack else None,
        "shell": bool(topic.open),
        "criteria": [criterion.id for criterion in topic.criteria],
        "inherits": list(topic.inherits),
    }
