"""`openimr rules`: what the rulebook holds, as of a date."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from openimr.adapters.clock import today
from openimr.model.errors import UsageError
from openimr.model.ids import TopicId
from openimr.model.rule import Criterion, Topic
from openimr.rulebook.authorities import load_authorities
from openimr.rulebook.load import load_rulebook

AS_OF = click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The edition in force on this day (YYYY-MM-DD).",
)


def day(chosen: datetime | None) -> date:
    """The chosen day, or today."""
    return chosen.date() if chosen else today()


@click.group("rules")
def command() -> None:
    """List, explain and check the guideline rulebook."""


@command.command("list")
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="One JSON object a topic.")
def list_topics(as_of: datetime | None, *, as_json: bool) -> None:
    """List the topics with their editions."""
    on = day(as_of) if as_of else None
    topics = [topic for topic in load_rulebook().topics if on is None or topic.in_force(on)]
    if as_json:
        for topic in topics:
            click.echo(json.dumps(_summary(topic)))
        return
    table = Table("topic", "title", "edition", "in force", "criteria", "unverified")
    for topic in topics:
        period = f"{topic.effective_from} to {topic.effective_to or 'now'}"
        unverified = sum(criterion.source.unverified for criterion in topic.criteria)
        row = (topic.id, topic.title, topic.edition, period)
        table.add_row(*row, str(len(topic.criteria)), str(unverified))
    Console().print(table)


@command.command("show")
@click.argument("topic")
@AS_OF
def show(topic: str, as_of: datetime | None) -> None:
    """Explain one topic: its criteria, what silence means, and where each number stands."""
    rulebook = load_rulebook()
    editions = [found for found in rulebook.topics if found.id == TopicId(topic)]
    if not editions:
        raise UsageError(
            f"there is no topic {topic} in the rulebook",
            remedy="openimr rules list shows those there are",
        )
    chosen = [found for found in editions if as_of is None or found.in_force(day(as_of))]
    if not chosen:
        raise UsageError(f"no edition of {topic} was in force on {day(as_of)}")
    for edition in chosen:
        click.echo("\n".join(_explain(edition)))


@command.command("check")
@click.argument("folder", type=click.Path(exists=True, path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Validate every rule file; all problems are listed at once."""
    rulebook = load_rulebook(folder)
    load_authorities()
    criteria = sum(len(topic.criteria) for topic in rulebook.topics)
    click.echo(
        f"{len(rulebook.files)} files, {len(rulebook.topics)} topics, {criteria} criteria: "
        f"no problems (sha256 {rulebook.sha256[:12]})"
    )


def _summary(topic: Topic) -> dict[str, object]:
    return {
        "id": topic.id,
        "title": topic.title,
        "guideline": topic.guideline,
        "edition": topic.edition,
        "effective_from": topic.effective_from.isoformat(),
        "effective_to": topic.effective_to.isoformat() if topic.effective_to else None,
        "criteria": [criterion.id for criterion in topic.criteria],
        "inherits": list(topic.inherits),
    }


def _explain(topic: Topic) -> list[str]:
    lines = [
        f"{topic.title} ({topic.id})",
        f"{topic.guideline}, edition {topic.edition}, pages {topic.pages}",
        f"Status: {topic.status}",
    ]
    if topic.open:
        lines.append(f"Not known: {topic.open}")
    if topic.inherits:
        lines.append(f"Also applies: {', '.join(topic.inherits)}")
    for criterion in topic.criteria:
        lines += ["", *_explain_criterion(criterion)]
    return [*lines, ""]


def _explain_criterion(criterion: Criterion) -> list[str]:
    mark = " (unverified)" if criterion.source.unverified else ""
    pages = f", p. {criterion.source.pages}" if criterion.source.pages else ""
    lines = [
        f"{criterion.id} [{criterion.role}] {criterion.statement}",
        f"    Source: {criterion.source.title}{pages}{mark}",
        f"    Met by: {criterion.satisfied_by}",
        f"    Contradicted or triggered by: {criterion.contradicted_by}",
        f"    If the record is silent: {criterion.if_silent}",
    ]
    if criterion.smaller:
        lines.append(f"    Smaller form: {criterion.smaller}")
    if criterion.asked:
        lines.append(f"    Only for requests that name: {', '.join(criterion.asked)}")
    if criterion.not_asked:
        lines.append(f"    Not for requests that name: {', '.join(criterion.not_asked)}")
    if criterion.bypassed_by:
        lines.append(f"    Set aside by: {', '.join(criterion.bypassed_by)}")
    if criterion.concepts:
        lines.append(f"    Reads: {', '.join(criterion.concepts)}")
    return lines
