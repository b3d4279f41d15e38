"""`openimr assign`: a reviewer for every case of a queue, with proof."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from openimr.adapters.clock import today
from openimr.adapters.output import write_folder
from openimr.assign.proof import Prover
from openimr.assign.queue import Queue
from openimr.assign.refused import words
from openimr.cli.reviewer_options import AS_OF, KEY_FILE, read_key
from openimr.model.assignment import Assignment, PanelApproval
from openimr.model.errors import UsageError
from openimr.process.assigning import (
    assignment_json,
    propose,
    read_queue,
    read_register,
    write_proofs,
)
from openimr.rulebook.assignment import load_assignment_rules


@click.command("assign")
@click.argument("cases", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--register",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The register of reviewers, a JSON file.",
)
@AS_OF
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write JSON here.")
@click.option(
    "--proof", type=click.Path(path_type=Path), metavar="DIR", help="Write a proof of each case."
)
@click.option("--explain", metavar="CASE_NUMBER", help="Say of one case why, for every reviewer.")
@click.option(
    "--panel",
    type=(str, int, str),
    multiple=True,
    metavar="CASE_NUMBER SIZE APPROVAL",
    help="A panel that the Administrative Director approved: that many decide each item.",
)
@click.option(
    "--apart",
    type=(str, str),
    multiple=True,
    metavar="CASE_NUMBER APPROVAL",
    help="The Director approved that items of the case go to different reviewers.",
)
@KEY_FILE
@click.option("--json", "as_json", is_flag=True, help="Print the proposal as JSON.")
def command(
    cases: Path,
    register: Path,
    as_of: datetime | None,
    out: Path | None,
    proof: Path | None,
    explain: str | None,
    panel: tuple[tuple[str, int, str], ...],
    apart: tuple[tuple[str, str], ...],
    key_file: Path | None,
    *,
    as_json: bool,
) -> int:
    """Propose a reviewer for every case, or say why there is none.

    CASES is a folder of case folders (each with case.json), or a file with one case a line. A case
    goes to one reviewer unless a panel is approved. Reviewers are named by their register id. The
    exit code is 1 where something could not be placed.
    """
    rules = load_assignment_rules()
    read = read_register(register, rules)
    queue, prover = propose(
        read_queue(cases, _panels(panel, apart)),
        read,
        as_of.date() if as_of else today(),
        read_key(key_file),
    )
    told = assignment_json(queue.assignment, rules, read.sha256)
    if out is not None:
        write_folder(out.parent, {out.name: f"{json.dumps(told, indent=1)}\n".encode()})
    if proof is not None:
        numbers = dict.fromkeys(unit.case.case_number for unit in queue.units)
        write_proofs(proof, numbers, prover)
    if explain is not None:
        told = _proof_of(explain, queue, prover)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    elif explain is not None:
        _print_proof(told)
    else:
        _print(queue.assignment)
    return 1 if queue.assignment.not_placed else 0


def _panels(
    panel: tuple[tuple[str, int, str], ...], apart: tuple[tuple[str, str], ...]
) -> Mapping[str, PanelApproval]:
    found = {n: PanelApproval(approval=approval, size=size) for n, size, approval in panel}
    for number, approval in apart:
        size = found[number].size if number in found else 1
        found[number] = PanelApproval(approval=approval, size=size, by_item=True)
    return found


def _proof_of(number: str, queue: Queue, prover: Prover) -> dict[str, Any]:
    if all(unit.case.case_number != number for unit in queue.units):
        raise UsageError(
            f"the case {number} is not in the queue", remedy="mend the number after --explain"
        )
    return prover.prove(number)


def _print(assignment: Assignment) -> None:
    table = Table("case", "items", "reviewer", "points")
    for one in assignment.placed:
        items = ", ".join(map(str, one.items))
        table.add_row(one.case_number, items, one.reviewer, str(one.points))
    for missing in assignment.not_placed:
        items = ", ".join(map(str, missing.items))
        says = "\n".join(reason.says for reason in missing.reasons)
        table.add_row(missing.case_number, items, "nobody", says)
    Console().print(table)
    totals = assignment.totals
    click.echo(
        f"{len(assignment.placed)} placed, {len(assignment.not_placed)} not; "
        f"{totals.points} points, at least {totals.bound} for any assignment",
        err=True,
    )


def _print_proof(told: Mapping[str, Any]) -> None:
    for result in told["results"]:
        items = ", ".join(map(str, result["items"]))
        for one in result["reviewers"]:
            points = one["points"]
            click.echo(
                f"{told['case_number']}, items {items}: {one['id']}, "
                f"{points['pair']} points of the pair and {points['load']} of the load"
            )
            for match in one["matches"]:
                click.echo(
                    f"  item {match['item']}: {match['degree']} specialty, "
                    f"{match['specialty']}. {match['why']}"
                )
        if not result["reviewers"]:
            click.echo(f"{told['case_number']}, items {items}: nobody")
        for group in result["others"]:
            _print_group(group)


def _print_group(group: Mapping[str, Any]) -> None:
    mark = " (unverified)" if group.get("unverified") else ""
    citation = f" [{group['citation']}{mark}]" if group.get("citation") else ""
    says = group.get("says") or words(group["code"])
    party = f", party {group['party']}" if "party" in group else ""
    click.echo(f"  not, {says}{party}{citation}:")
    points = group.get("points")
    shown = zip(group["reviewers"], points, strict=True) if points else None
    told = [f"{name} (+{more})" for name, more in shown] if shown else group["reviewers"]
    click.echo(f"    {', '.join(told)}")
