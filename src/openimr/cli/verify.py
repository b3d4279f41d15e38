"""`openimr verify`: proves a determination from the case file and the rulebook, offline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from openimr.cli.progress import ProgressBar
from openimr.letter import letter_files
from openimr.model.determination import Determination, Status
from openimr.model.errors import UnreadableFile
from openimr.pipeline import load_rules
from openimr.proof import verify

MOST_SHOWN = 40
"""Problems printed; the rest is counted."""


@click.command("verify")
@click.argument("determination", type=click.Path(path_type=Path))
@click.option("--case", type=click.Path(path_type=Path), required=True, help="The case file.")
@click.option("--json", "as_json", is_flag=True, help="The problems as JSON.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(determination: Path, *, case: Path, as_json: bool, quiet: bool) -> int:
    """Derive DETERMINATION (its JSON) again and list what does not hold.

    Hashes of the records, quotes at their places, findings, arithmetic, suggestions and sentences
    are derived from the case file and the rulebook; outcomes and the signature from the ruling.
    Where CASE is a case folder, its chain of events must hold the acts of signing and issuing. The
    letter's other files are compared, too, where they stand beside it.
    """
    claimed = load_determination(determination)
    with ProgressBar(quiet=quiet) as progress:
        derived, problems = verify(claimed, case, rules=load_rules(), progress=progress)
    if claimed.get("status") != Status.DRAFT:
        problems += _check_acts(claimed, case)
    if derived is not None and not problems:
        problems = _check_letters(determination, derived, case)
    if as_json:
        click.echo(json.dumps({"holds": not problems, "problems": problems}, indent=1))
    else:
        for problem in problems[:MOST_SHOWN]:
            click.echo(problem)
        if len(problems) > MOST_SHOWN:
            click.echo(f"... and {len(problems) - MOST_SHOWN} more (all of them with --json)")
        count = "holds" if not problems else f"does not hold: {len(problems)} problem(s)"
        click.echo(f"{determination.name} {count}", err=True)
    return 1 if problems else 0


def load_determination(path: Path) -> dict[str, Any]:
    """A determination's JSON, as it stands.

    Raises:
        UnreadableFile: it cannot be opened, or is none.
    """
    try:
        claimed = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(
            "the determination cannot be opened", where=str(path), why=error.strerror or ""
        ) from error
    except ValueError as error:
        raise UnreadableFile(
            "this is not a determination in JSON",
            where=str(path),
            why=f"it cannot be parsed: {type(error).__name__}",
            remedy="hand over the determination.json that openimr review wrote",
        ) from error
    if not isinstance(claimed, dict):
        raise UnreadableFile("this is not a determination in JSON", where=str(path))
    return claimed


def _check_acts(claimed: Mapping[str, Any], case: Path) -> list[str]:
    """What the chain of events says otherwise; a draft has no acts, and needs none of this."""
    from openimr.process.proving import chain_problems
    from openimr.rulebook.transitions import load_transitions

    return chain_problems(claimed, case, load_transitions())


def _check_letters(determination: Path, derived: Determination, case: Path) -> list[str]:
    """Compare the letter's other forms, where they lie beside the JSON."""
    missing: list[str] = []
    if derived.issuance is None:
        files = letter_files(derived, case)
    else:
        from openimr.process.issuing import issued_files, missing_files

        files = issued_files(derived, case)
        missing = missing_files(determination, files)
    changed = [
        f"{name}: is not the letter that this determination gives"
        for name, data in files.items()
        if (other := determination.with_name(name)) != determination
        and other.exists()
        and other.read_bytes() != data
    ]
    return [*changed, *missing]
