"""Charts: what they draw, what they say beside it, and the same bytes each time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from generated import make_corpus

from openimr.corpus.charts import check_drawing, draw
from openimr.corpus.report import Report
from openimr.corpus.reports import REPORTS
from openimr.corpus.selection import Grouping
from openimr.corpus.store import Corpus
from openimr.model.errors import InputError, UsageError

pytest.importorskip("vl_convert", reason="the extra `charts` is not installed")

_SVG = "{http://www.w3.org/2000/svg}"
CASES = {
    "topics": ("outcomes", Grouping(("topic",))),
    "two facets": ("outcomes", Grouping(("category", "body_part"))),
    "years": ("outcomes", Grouping((), "year")),
    "series": ("outcomes", Grouping(("category",), "quarter")),
    "pages": ("guidelines", Grouping()),
    "missing": ("missing", Grouping()),
    "age": ("age", Grouping()),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    root = make_corpus(tmp_path_factory.mktemp("charts") / "corpus", 800, aside=3)
    with Corpus.open(root, threads=1) as opened:
        yield opened


@pytest.fixture(scope="module", params=CASES)
def report(request: pytest.FixtureRequest, corpus: Corpus) -> Report:
    name, grouping = CASES[request.param]
    return REPORTS[name](corpus, {"year": ("2013-2018",)}, grouping)


def texts(svg: bytes) -> list[str]:
    """Every line of text that is drawn."""
    root = ET.fromstring(svg)  # noqa: S314 our own file
    return [each.text for each in root.iter() if each.tag.endswith(("text", "tspan")) and each.text]


def test_a_chart_says_what_it_stands_on(report: Report, tmp_path: Path) -> None:
    rows = draw(report, 12, tmp_path / "chart.svg")
    svg = (tmp_path / "chart.svg").read_bytes()
    root = ET.fromstring(svg)  # noqa: S314
    assert root.get("role") == "img"
    assert root.findtext(f"{_SVG}title") == report.title
    assert "decided items" in " ".join(texts(svg))
    assert "items" in (root.findtext(f"{_SVG}desc") or "")
    assert any(text.startswith("Source: published letters") for text in texts(svg))
    assert any("3 of 803 sources were set aside" in text for text in texts(svg))
    assert "year: 2013-2018" in texts(svg)
    sizes = [int(size) for size in re.findall(rb'font-size="(\d+)px"', svg)]
    assert sizes
    assert min(sizes) >= 12
    assert rows


def test_the_same_report_gives_the_same_bytes(report: Report, tmp_path: Path) -> None:
    draw(report, 12, tmp_path / "one.svg")
    draw(report, 12, tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_rows_drawn_are_named_in_the_picture(corpus: Corpus, tmp_path: Path) -> None:
    report = REPORTS["outcomes"](corpus, {}, Grouping(("topic",)))
    rows = draw(report, 5, tmp_path / "chart.svg")
    drawn = texts((tmp_path / "chart.svg").read_bytes())
    assert [row["topic"] for row in rows] == [row["topic"] for row in report.rows[:5]]
    for row in rows:
        assert row["topic"] in drawn
        assert f"{row['items']:,}" in drawn


def test_markup_in_a_value_stays_text(corpus: Corpus, tmp_path: Path) -> None:
    report = REPORTS["outcomes"](corpus, {"outcome": ("Upheld*", "<b>&")}, Grouping(("topic",)))
    draw(report, 3, tmp_path / "chart.svg")
    assert "outcome: Upheld* or <b>&" in texts((tmp_path / "chart.svg").read_bytes())


def test_nothing_to_draw_is_said(corpus: Corpus, tmp_path: Path) -> None:
    report = REPORTS["outcomes"](corpus, {"drug": ("no such drug",)}, Grouping(("topic",)))
    with pytest.raises(UsageError, match="nothing to draw"):
        draw(report, 5, tmp_path / "chart.svg")


def test_a_picture_of_pixels(corpus: Corpus, tmp_path: Path) -> None:
    draw(REPORTS["outcomes"](corpus, {}, Grouping(("category",))), 5, tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_a_place_that_cannot_be_written(corpus: Corpus, tmp_path: Path) -> None:
    report = REPORTS["outcomes"](corpus, {}, Grouping(("category",)))
    with pytest.raises(InputError, match="cannot be written"):
        draw(report, 5, tmp_path / "nowhere" / "chart.svg")


def test_what_cannot_be_drawn_is_said_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"name the file \.svg or \.png"):
        check_drawing(Path("chart.pdf"))
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match=r"openimr\[charts\]"):
        check_drawing(Path("chart.svg"))
