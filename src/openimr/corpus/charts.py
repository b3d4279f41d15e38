"""Reports as pictures: what is drawn, as a Vega-Lite specification, and the file it goes to.

Colours are of the Okabe-Ito palette and never say alone what a mark is: shape, place or a label
says it too. A picture carries its title and a description for those who hear it, the source and the
number of items; the rows it draws are returned, to be written beside it.
"""

from __future__ import annotations

from pathlib import Path

from openimr.corpus import chart_specs as specs
from openimr.corpus.chart_ages import age
from openimr.corpus.chart_frame import Row, Spec, described, escaped, label
from openimr.corpus.report import NOT_STATED, Report
from openimr.model.errors import InputError, UsageError

_SCALE = 2.0
"""Of a PNG: pixels for each unit of the drawing."""


def check_drawing(file: Path) -> None:
    """Say before the work begins if it cannot be drawn.

    Raises:
        UsageError: the ending is none we draw, or the extra is not installed.
    """
    if file.suffix not in (".svg", ".png"):
        raise UsageError(
            f"no chart is drawn as {file.suffix or 'a file without an ending'}",
            where=str(file),
            remedy="name the file .svg or .png",
        )
    try:
        import vl_convert  # noqa: F401 only whether it is there
    except ImportError as error:
        raise UsageError(
            "charts need the package `vl-convert-python`",
            remedy="install it: pip install 'openimr[charts]'",
        ) from error


def draw(report: Report, top: int, file: Path) -> tuple[Row, ...]:
    """Draw the first rows of a report; returns the rows drawn.

    Args:
        report: what is drawn.
        top: rows at most; a chart over time shows as many periods as there are.
        file: `.svg` or `.png`.

    Raises:
        UsageError: there is nothing to draw.
        InputError: the file cannot be written.
    """
    rows, spec = _rows_and_spec(report, top)
    if not rows:
        raise UsageError("there is nothing to draw", remedy="narrow it less")
    picture = _svg(spec, report) if file.suffix == ".svg" else _png(spec)
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise InputError(
            "the chart cannot be written",
            where=str(file),
            why=error.strerror or "the system refused",
            remedy="name a file in a folder that is there and can be written",
        ) from error
    return rows


def _rows_and_spec(report: Report, top: int) -> tuple[tuple[Row, ...], Spec]:
    if report.name == "age":
        return report.distribution, age(report)
    if report.name == "missing":
        rows = report.rows[:top]
        return rows, specs.missing(report, rows)
    if report.grouping.over:
        rows = _most_frequent_series(report)
        return rows, specs.over_time(report, rows)
    rows = report.rows[:top]
    return rows, specs.outcomes(report, rows)


def _most_frequent_series(report: Report) -> tuple[Row, ...]:
    """Rows with a date, of as many series as can be told apart."""
    over = str(report.grouping.over)
    totals: dict[str, int] = {}
    for row in report.rows:
        name = label(report, row)
        totals[name] = totals.get(name, 0) + int(str(row["items"]))
    kept = sorted(totals, key=lambda name: (-totals[name], name))[: specs.SERIES]
    return tuple(
        row for row in report.rows if label(report, row) in kept and row[over] != NOT_STATED
    )


def _svg(spec: Spec, report: Report) -> bytes:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec)
    opening, rest = drawn.split(">", 1)
    title, told = escaped(report.title), escaped(described(report))
    said = f"<title>{title}</title><desc>{told}</desc>"
    return f'{opening} role="img">{said}{rest}\n'.encode()


def _png(spec: Spec) -> bytes:
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=_SCALE)
    return drawn
