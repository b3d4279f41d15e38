"""`openimr eligibility`: what is proposed to the person who decides on an application."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openimr.adapters.clock import today
from openimr.adapters.ocr_choice import OcrChoice
from openimr.cli.options import OCR_OPTION
from openimr.cli.progress import ProgressBar
from openimr.model.ground import GroundFinding, Proposal, ProposedOutcome, Standing
from openimr.model.records import Presence, RecordsReport
from openimr.pipeline import load_rules
from openimr.process.due import Clock
from openimr.process.eligibility import Eligibility, EligibilityRules, check_eligibility
from openimr.process.eligibility_json import eligibility_json
from openimr.process.records_due import penalty_by
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.grounds import load_grounds
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.records import load_record_rules
from openimr.workflow.eligibility import by_whom

_COLOURS = {
    ProposedOutcome.ELIGIBLE: "green",
    ProposedOutcome.PARTLY_ELIGIBLE: "green",
    ProposedOutcome.REQUEST_INFORMATION: "yellow",
    ProposedOutcome.INELIGIBLE: "red",
}


@click.command("eligibility")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of the proposal (YYYY-MM-DD); today if not given.",
)
@click.option(
    "--beside",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Case folders among which earlier reviews of the employee, and those to join, are sought.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Show grounds that are not established too."
)
@click.option("--json", "as_json", is_flag=True, help="Print the proposal as JSON.")
@OCR_OPTION
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    case: Path,
    *,
    as_of: datetime | None,
    beside: Path | None,
    everything: bool,
    as_json: bool,
    ocr: str,
    quiet: bool,
) -> None:
    """Propose whether the application of CASE may be reviewed; the Administrative Director decides.

    CASE is a case folder (case.json, with or without records/), or a folder, zip or PDF of records:
    then the case is read from its pages. Each ground is told with its facts and their pages.
    """
    rules = EligibilityRules(
        reading=load_rules(),
        grounds=load_grounds(),
        records=load_record_rules(),
        due=Clock(load_clock_rules()),
        penalty=penalty_by(load_money_rules()),
    )
    with ProgressBar(quiet=quiet or as_json) as progress:
        found = check_eligibility(
            case,
            rules,
            as_of=as_of.date() if as_of else today(),
            beside=beside,
            ocr=OcrChoice(ocr),
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(eligibility_json(found), ensure_ascii=False, indent=1))
        return
    _print(found, Console(), everything=everything)


def _print(found: Eligibility, console: Console, *, everything: bool) -> None:
    proposal = found.proposal
    name = proposal.case_number or "application without a number"
    console.print(
        Text.assemble(
            f"{name}: proposed ",
            (proposal.outcome.value, _COLOURS.get(proposal.outcome, "cyan")),
            f" ({proposal.track.value} track). A person decides.",
        )
    )
    console.print(
        f"Rules of {proposal.rules_of}, {proposal.rules_of_basis}.", markup=False, highlight=False
    )
    console.print(_items(proposal))
    table = _grounds(proposal, everything=everything)
    if table.row_count:
        console.print(table)
    passed = sorted({found.code for found in proposal.of(Standing.UNKNOWN) if not found.open})
    if not proposal.of(Standing.ESTABLISHED):
        console.print("No ground is established.")
    if passed and not everything:
        console.print(f"Nobody stated, and it holds nothing up: {', '.join(passed)}.", markup=False)
    _questions(proposal, console)
    for clash in proposal.clashes:
        console.print(f"Clash: {clash.sentence}", style="yellow", markup=False)
    for doubt in found.doubts:
        console.print(f"Not used: {doubt}", style="yellow", markup=False)
    _records(found.records, console)


def _items(proposal: Proposal) -> Table:
    table = Table("#", "request", "proposed", "grounds", title="Items", title_justify="left")
    for column in table.columns:
        column.overflow = "fold"
    for item in proposal.items:
        codes = ", ".join(item.grounds) or "-"
        colour = _COLOURS.get(item.outcome, "cyan")
        table.add_row(str(item.index), Text(item.request_text), Text(item.outcome, colour), codes)
    return table


def _grounds(proposal: Proposal, *, everything: bool) -> Table:
    table = Table("ground", "standing", "why, and on what", title="Grounds", title_justify="left")
    for column in table.columns:
        column.overflow = "fold"
    for found in proposal.findings:
        if everything or found.standing is Standing.ESTABLISHED or found.open:
            item = f" (item {found.item})" if found.item else ""
            table.add_row(f"{found.code}{item}", found.standing, Text("\n".join(_why(found))))
    return table


def _why(found: GroundFinding) -> Iterator[str]:
    yield f"{found.statement}."
    for fact in found.facts:
        place = f"  [{fact.source}]" if fact.source else ""
        if fact.value != "not stated" or found.standing is Standing.UNKNOWN:
            yield f"- {fact.field}: {fact.value}{place}"
    rule = found.rule
    if found.standing is Standing.ESTABLISHED:
        if rule.cure:
            yield f"Cure: {rule.cure}."
        yield f"{rule.citation}{_caution(found)}"


def _caution(found: GroundFinding) -> str:
    if found.rule.unverified or any(due.unverified for due in found.due):
        return " (unverified)"
    return " (from working knowledge)" if found.rule.from_memory else ""


def _questions(proposal: Proposal, console: Console) -> None:
    for name, questions in by_whom(proposal.questions):
        console.print(f"Ask the {name}:", markup=False)
        for question in questions:
            console.print(f"  - {question.text}", markup=False, highlight=False)
    if proposal.request is not None:
        due = proposal.request
        doubt = " (unverified)" if due.unverified else ""
        console.print(
            f"Asked on {due.trigger}, an answer is due {due.due} ({due.deadline}){doubt}."
        )


def _records(records: RecordsReport, console: Console) -> None:
    table = Table("type", "what", "in the file", title="Records", title_justify="left")
    for column in table.columns:
        column.overflow = "fold"
    for owed in records.owed:
        window = f"\n{owed.since} to {owed.until}" if owed.since else ""
        note = f"\n{owed.note}" if owed.note else ""
        duty = "owes" if owed.rule.owed else "may send"
        who = owed.rule.actor.value.replace("_", " ")
        files = "\n".join(record.file for record in owed.held) or "none"
        what = f"The {who} {duty}: {owed.rule.what} ({owed.rule.form}){window}{note}"
        table.add_row(owed.rule.id, Text(what), Text(files))
    console.print(table)
    for pair in records.named:
        if pair.presence is not Presence.FOUND:
            near = f"; nearest: {pair.held.file}" if pair.held else ""
            words = f"{pair.presence}: the decision names {pair.named.text}{near} ({pair.why})"
            console.print(words, style="yellow", markup=False)
    for due in records.due:
        console.print(
            f"The {due.who} has to have them received by {due.due} ({due.deadline}): "
            f"{due.if_missed}.",
            markup=False,
            highlight=False,
        )
    for sentence in records.late:
        console.print(sentence, style="yellow", markup=False)
    console.print(records.guard, markup=False, style="" if records.decidable else "red")
