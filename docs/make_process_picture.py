"""Draw the table of acts: docs/images/process.svg, and its section of docs/reference/process.md.

Run it from anywhere after a change of the table: python docs/make_process_picture.py
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from openimr.model.process_state import TERMINAL, CaseState
from openimr.model.transition import Transition, TransitionTable
from openimr.rulebook.transitions import load_transitions
from openimr.workflow.refusal import roles

DOCS = Path(__file__).parent
PICTURE = DOCS / "images/process.svg"
PAGE = DOCS / "reference/process.md"
BEGIN, END = "<!-- acts: python docs/make_process_picture.py -->", "<!-- acts: end -->"
PLACES: Mapping[CaseState, tuple[float, float]] = {
    CaseState.START: (0, 1),
    CaseState.RECEIVED: (0.75, 1),
    CaseState.DUPLICATE: (0.75, 2),
    CaseState.ELIG_REVIEW: (2, 1),
    CaseState.INFO_PENDING: (1.9, 0),
    CaseState.DEFERRED: (3.0, 0),
    CaseState.INELIGIBLE: (3.2, 2),
    CaseState.TERMINATED: (2, 2.55),
    CaseState.ELIGIBLE: (3.25, 1),
    CaseState.RECORDS_PENDING: (4.5, 1),
    CaseState.READY: (5.75, 1),
    CaseState.REVIEWER_ASSIGNED: (7, 1),
    CaseState.IN_REVIEW: (8.25, 1),
    CaseState.ADDL_INFO: (8.25, 0),
    CaseState.QA: (9.5, 1),
    CaseState.ISSUED: (10.75, 1),
    CaseState.IMPLEMENTING: (12, 1),
    CaseState.CLOSED: (13.25, 1),
    CaseState.APPEALED: (12, 2.15),
    CaseState.REMANDED: (8.25, 2.55),
}
"""Column and row of each state."""
PHASES = (
    ("Intake", 0.15, 1.35, "#eef3f8"),
    ("Eligibility", 1.35, 3.85, "#e3edf7"),
    ("Records", 3.85, 6.35, "#e6f2e8"),
    ("Review", 6.35, 8.9, "#fbf1dc"),
    ("Quality", 8.9, 10.1, "#f7e8e0"),
    ("After the determination", 10.1, 13.95, "#efe7f5"),
)
COLUMN, ROW, LEFT, TOP, WIDE, HIGH = 118, 112, 30, 92, 96, 34
WIDTH, HEIGHT = 1700, 680
MANY = 6
"""A row that begins in more states than this is marked on their boxes instead of drawn."""
_STYLE = (
    "text{font-family:Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#1c2733}"
    ".state{font-size:10px;font-weight:600;text-anchor:middle}"
    ".phase{font-size:13px;font-weight:600;fill:#51606f}"
    ".number{font-size:9.5px;font-weight:600;text-anchor:middle}"
    ".legend{font-size:11px}"
    ".edge{fill:none;stroke:#3d5166;stroke-width:1.3}"
    ".box{fill:#fff;stroke:#3d5166;stroke-width:1.4}"
)


@dataclass(frozen=True)
class Edge:
    """All rows that lead from one state to another."""

    start: CaseState
    end: CaseState
    rows: tuple[Transition, ...]
    mirrored: bool
    """Whether another edge leads back."""

    @property
    def label(self) -> str:
        """The numbers of its transitions."""
        return ",".join(dict.fromkeys(str(row.number) for row in self.rows))

    @property
    def unverified(self) -> bool:
        """Whether no row of it was checked against the text of the law."""
        return all(row.unverified for row in self.rows)


def edges(table: TransitionTable) -> tuple[Edge, ...]:
    """The arrows of the picture."""
    found: dict[tuple[CaseState, CaseState], list[Transition]] = {}
    for row in table.rows:
        if row.to and len(row.from_states) <= MANY:
            for state in row.from_states:
                found.setdefault((state, row.to), []).append(row)
    return tuple(
        Edge(start, end, tuple(rows), (end, start) in found) for (start, end), rows in found.items()
    )


def picture(table: TransitionTable) -> str:
    """The state machine as SVG."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>States and acts of Independent Medical Review</title>",
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#3d5166"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *_phases(),
        *(line for edge in edges(table) for line in _arrow(edge)),
        *(line for state in CaseState for line in _box(state, table)),
        *(line for edge in edges(table) for line in _number(edge)),
        *_legend(table),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _centre(state: CaseState) -> tuple[float, float]:
    column, row = PLACES[state]
    return LEFT + column * COLUMN + 8, TOP + row * ROW


def _phases() -> Iterator[str]:
    for name, first, last, colour in PHASES:
        x, width = LEFT + first * COLUMN, (last - first) * COLUMN
        yield (
            f'<rect x="{x:.0f}" y="16" width="{width - 4:.0f}" height="410" rx="6" '
            f'fill="{colour}"/>'
        )
        yield f'<text class="phase" x="{x + 8:.0f}" y="34">{name}</text>'


def _box(state: CaseState, table: TransitionTable) -> Iterator[str]:
    x, y = _centre(state)
    if state is CaseState.START:
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="8" fill="#1c2733"/>'
        return
    wide = _width(state)
    left, top = x - wide / 2, y - HIGH / 2
    if state in TERMINAL:
        yield (
            f'<rect class="box" x="{left - 3:.1f}" y="{top - 3:.1f}" width="{wide + 6:.1f}" '
            f'height="{HIGH + 6}" rx="9"/>'
        )
    yield (
        f'<rect class="box" x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{HIGH}" rx="7"/>'
    )
    yield f'<text class="state" x="{x:.1f}" y="{y + 4:.1f}">{state}</text>'
    if any(state in row.from_states for row in _wide_rows(table)):
        yield (
            f'<circle cx="{left + wide - 2:.1f}" cy="{top + 2:.1f}" r="4.5" fill="#fff" '
            'stroke="#b04a2f" stroke-width="1.8"/>'
        )


def _width(state: CaseState) -> float:
    if state is CaseState.START:
        return HIGH / 2
    return WIDE if len(state) < len("RECORDS_PENDING") else 7.6 * len(state)


def _wide_rows(table: TransitionTable) -> Sequence[Transition]:
    return [row for row in table.rows if row.to and len(row.from_states) > MANY]


def _curve(edge: Edge) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Start, control point and end of the curve between two boxes."""
    (x1, y1), (x2, y2) = _centre(edge.start), _centre(edge.end)
    length = math.hypot(x2 - x1, y2 - y1)
    across = (-(y2 - y1) / length, (x2 - x1) / length)
    bend = 0.0
    if y1 == y2 == TOP + ROW and abs(x2 - x1) > COLUMN * 1.5:
        bend = -0.22 * length
    elif edge.mirrored:
        bend = -16.0
    control = ((x1 + x2) / 2 + across[0] * -bend, (y1 + y2) / 2 + across[1] * -bend)
    if bend < -COLUMN / 4 and x2 > x1:
        control = ((x1 + x2) / 2, y1 + bend)
    elif bend < -COLUMN / 4:
        control = ((x1 + x2) / 2, y1 - bend)
    return _rim(edge.start, control), control, _rim(edge.end, control)


def _rim(state: CaseState, towards: tuple[float, float]) -> tuple[float, float]:
    """Where a line from the middle of a box towards a point leaves the box."""
    x, y = _centre(state)
    dx, dy = towards[0] - x, towards[1] - y
    if state is CaseState.START:
        half_wide, half_high = 8.0, 8.0
    else:
        rim = 3 if state in TERMINAL else 0
        half_wide, half_high = _width(state) / 2 + rim, HIGH / 2 + rim
    share = min(half_wide / abs(dx) if dx else math.inf, half_high / abs(dy) if dy else math.inf)
    return x + dx * share, y + dy * share


def _arrow(edge: Edge) -> Iterator[str]:
    (x1, y1), (cx, cy), (x2, y2) = _curve(edge)
    dashed = ' stroke-dasharray="5 3"' if edge.unverified else ""
    yield (
        f'<path class="edge" marker-end="url(#tip)"{dashed} '
        f'd="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"/>'
    )


def _number(edge: Edge) -> Iterator[str]:
    (x1, y1), (cx, cy), (x2, y2) = _curve(edge)
    x, y = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
    wide = 8 + 6 * len(edge.label)
    yield (
        f'<rect x="{x - wide / 2:.1f}" y="{y - 7:.1f}" width="{wide}" height="14" rx="7" '
        'fill="#fff" stroke="#3d5166" stroke-width="0.8"/>'
    )
    yield f'<text class="number" x="{x:.1f}" y="{y + 3.3:.1f}">{edge.label}</text>'


def _legend(table: TransitionTable) -> Iterator[str]:
    numbered: dict[int, dict[str, None]] = {}
    for row in table.rows:
        if row.number is not None:
            numbered.setdefault(row.number, {})[row.act] = None
    lines = [f"{number}  {', '.join(acts)}" for number, acts in sorted(numbered.items())]
    stay = ", ".join(str(number) for number, _ in sorted(numbered.items()) if _stays(table, number))
    lines += [
        f"○  from here {', '.join(f'{one.number} {one.act}' for one in _wide_rows(table)[:1])}"
        " leads to TERMINATED",
        f"{stay} do not change the state",
        "double rim: an end, left by appeal or order only",
        "dashed: not checked against the text of the law",
    ]
    columns = 3
    each = math.ceil(len(lines) / columns)
    for place, line in enumerate(lines):
        x = LEFT + (place // each) * (WIDTH - 2 * LEFT) / columns
        y = 456 + (place % each) * 19
        yield f'<text class="legend" x="{x:.0f}" y="{y}">{escape(line)}</text>'


def _stays(table: TransitionTable, number: int) -> bool:
    return all(row.to is None for row in table.rows if row.number == number)


def acts_section(table: TransitionTable) -> str:
    """The section of the page, as it stands between its marks."""
    unverified = sum(row.unverified for row in table.rows)
    guards = "\n".join(
        f"| `{name}` | {_cell(guard.says)} | {_cell(guard.citation)}{_mark(guard.unverified)} |"
        for name, guard in table.guards.items()
    )
    rows = "\n".join(_line(row) for row in table.rows)
    programs = "\n".join(
        f"| `{one.id}` | {_cell(one.title)}{_mark(one.unverified)} | {_missing(table, one.rows)} |"
        for one in table.programs.values()
    )
    return (
        f"{len(table.rows)} rows; {unverified} of them, marked *, were not checked against the text "
        "of the law. The numbers are those of the picture.\n\n"
        "| | act | from → to | who | must state | conditions | limits | notice | rule |\n"
        f"|---|---|---|---|---|---|---|---|---|\n{rows}\n\n"
        "A condition never holds by silence:\n\n"
        f"| condition | what must be so | rule |\n|---|---|---|\n{guards}\n\n"
        "Programs are the same table with acts switched off or changed:\n\n"
        f"| program | | without |\n|---|---|---|\n{programs}\n"
    )


def _line(row: Transition) -> str:
    to = f" → {row.to}" if row.to else ", stays"
    many = len(row.from_states) > MANY
    states = "any before ISSUED" if many else ", ".join(row.from_states)
    limits = [
        *(f"starts {one}" for one in row.starts),
        *(f"ends {one}" for one in row.meets),
        *(f"stops {one}" for one in row.suspends),
        *(f"resumes {one}" for one in row.resumes),
    ]
    stated = [f"`{name}`" for name in row.data] + ["a reason"] * row.reason_needed
    return (
        f"| {row.number or ''} | `{row.act}`: {_cell(row.says)} | {states}{to} | {roles(row.who)} | "
        f"{', '.join(stated)} | {', '.join(f'`{one}`' for one in row.guards)} | "
        f"{', '.join(limits)} | {row.notice} | {_cell(row.citation)}{_mark(row.unverified)} |"
    )


def _missing(table: TransitionTable, rows: Sequence[Transition]) -> str:
    kept = {row.act for row in rows}
    return ", ".join(dict.fromkeys(f"`{row.act}`" for row in table.rows if row.act not in kept))


def _mark(unverified: bool) -> str:  # noqa: FBT001 a mark or none
    return " *" if unverified else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def page_with(page: str, section: str) -> str:
    """The page with the section between its marks renewed."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{section}{END}{after}"


def main() -> None:
    """Write the picture and the section."""
    table = load_transitions()
    PICTURE.write_text(picture(table), encoding="utf-8")
    page = page_with(PAGE.read_text(encoding="utf-8"), acts_section(table))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
