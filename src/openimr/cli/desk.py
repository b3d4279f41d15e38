"""What signing and issuing need, loaded for a command."""

from __future__ import annotations

from pathlib import Path

from openimr.cli.reviewer_options import read_key
from openimr.pipeline import load_rules
from openimr.process.assigning import read_register
from openimr.process.signing import Desk
from openimr.rulebook.assignment import load_assignment_rules
from openimr.rulebook.transitions import load_transitions


def desk_of(register: Path, key_file: Path | None) -> Desk:
    """The rules, the table of acts, the register and the key of the pseudonyms."""
    rules = load_assignment_rules()
    return Desk(
        rules=load_rules(),
        table=load_transitions(),
        assignment=rules,
        register=read_register(register, rules).register,
        key=read_key(key_file),
    )
