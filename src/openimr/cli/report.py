"""`openimr report`: the annual figures of a folder of cases."""

from __future__ import annotations

import json
from pathlib import Path

import click

from openimr.adapters.output import write_folder
from openimr.cli.instants import read_instant
from openimr.model.errors import CheckFailed
from openimr.process.annual_chart import can_draw, category_chart
from openimr.process.report import AnnualReport, ReportRules, annual_report
from openimr.render.annual import figures_data, figures_text
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.report import load_categories
from openimr.rulebook.transitions import load_transitions


@click.command("report")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(2013, 2199), help="Only this year; left out: all.")
@click.option("--json", "told_as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Also write report.txt, .json and .svg here."
)
@click.option("--at", metavar="INSTANT", help="Count what runs until then; left out: until now.")
def command(
    folder: Path, year: int | None, *, told_as_json: bool, out: Path | None, at: str | None
) -> None:
    """Print the annual figures of FOLDER, a folder of case folders.

    Applications, eligibility, determinations, treatments by category and outcome, days to the
    determination, time limits, late records, ends, petitions and fees. A case that cannot be read
    is named, and the exit code is 1.
    """
    rules = ReportRules(
        table=load_transitions(),
        clock=load_clock_rules(),
        money=load_money_rules(),
        categories=load_categories(),
    )
    found = annual_report(folder, rules, as_of=read_instant(at), year=year)
    text, data = figures_text(found.figures), _json(found)
    click.echo(data if told_as_json else text, nl=False)
    if out:
        files = {"report.txt": text.encode(), "report.json": data.encode()}
        if can_draw():
            files["report.svg"] = category_chart(found.figures)
        else:
            click.echo("no chart: it needs pip install 'openimr[charts]'", err=True)
        write_folder(out, files)
    click.echo(f"{found.cases} case(s), {len(found.problems)} left out", err=True)
    if found.problems:
        raise CheckFailed("some cases were left out:\n  " + "\n  ".join(found.problems))


def _json(found: AnnualReport) -> str:
    data = {**figures_data(found.figures), "cases": found.cases, "left_out": list(found.problems)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
