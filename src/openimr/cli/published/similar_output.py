"""Precedents as a person reads them on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from openimr.model.labels import us_date
from openimr.model.precedent import Precedent, Precedents
from openimr.model.published import Polarity
from openimr.model.ruling import Outcome

_NAMES = {Outcome.UPHELD: "Upheld (not necessary)", Outcome.OVERTURNED: "Overturned (necessary)"}
_COLOURS = {Outcome.UPHELD: "red", Outcome.OVERTURNED: "green"}
_SAID_AT_MOST = 5


def show(found: Precedents) -> None:
    """Print the items of each outcome, with how many there are of each."""
    console = Console(highlight=False)
    groups = (
        (Outcome.OVERTURNED, found.overturned, found.overturned_count),
        (Outcome.UPHELD, found.upheld, found.upheld_count),
    )
    total = found.upheld_count + found.overturned_count
    console.print(f"Of {total:,} decided items ({found.same}), the nearest of each outcome.")
    console.print("For information only: what was decided elsewhere decides nothing here.")
    for outcome, items, count in groups:
        console.print()
        head = f"{_NAMES[outcome]}: {len(items)} of {count:,}"
        console.print(Text(head, style=f"bold {_COLOURS[outcome]}"))
        for item in items:
            _show_item(console, item)


def _show_item(console: Console, item: Precedent) -> None:
    console.print()
    console.print(Text(f"{item.item}  {item.heading}", style="bold"))
    specialties = ", ".join(item.specialties) or "specialty not stated"
    lines = [
        f"decided {us_date(item.decision_date)}, {specialties}",
        f"same {', '.join(item.alike)}" if item.alike else "",
        f"shared words: {', '.join(item.shared)}" if item.shared else "",
    ]
    for said in item.said[:_SAID_AT_MOST]:
        verb = "missing" if said.polarity is Polarity.MISSING else "present"
        lines.append(f'{said.element} {verb}: "{said.quote}"')
    for line in filter(None, lines):
        console.print(Padding(Text(line), (0, 0, 0, 2)))
