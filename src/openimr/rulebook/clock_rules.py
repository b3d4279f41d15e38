"""The files of the clock, read together -> ClockRules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from openimr.model.clock_rules import ClockRules
from openimr.model.errors import RulebookInvalid
from openimr.rulebook import calendars, deadlines, programs
from openimr.rulebook.one_file import data_text
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

FILES = (calendars.FILE, deadlines.FILE, programs.REGIMES, programs.PROGRAMS)


def process_text(name: str) -> str:
    """The text of a shipped file of the process."""
    return data_text(f"process/{name}")


@lru_cache(maxsize=1)
def load_clock_rules() -> ClockRules:
    """The rules of the clock shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_clock_rules({name: process_text(name) for name in FILES})


def parse_clock_rules(texts: Mapping[str, str]) -> ClockRules:
    """Read the files, by name; all problems are reported at once."""
    problems = Problems()
    roots: dict[str, Node | None] = {
        name: read_yaml(text, f"process/{name}", problems) for name, text in texts.items()
    }
    days, working = calendars.read_calendars(roots[calendars.FILE], problems)
    limits, extensions, acts = deadlines.read_deadlines(roots[deadlines.FILE], problems)
    regimes = programs.read_regimes(
        roots[programs.REGIMES], [limit.id for limit in limits], problems
    )
    rules = {one.rule for one in extensions}
    found = programs.read_programs(roots[programs.PROGRAMS], limits, rules, days, problems)
    if problems.lines:
        raise RulebookInvalid(tuple(problems.lines))
    return ClockRules(
        deadlines=limits,
        extensions=extensions,
        calendars=days,
        working_days=working,
        regimes=regimes,
        programs=found,
        acts=acts,
    )
