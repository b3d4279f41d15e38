"""The worked analysis: its commands run, and its figures are theirs."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from openimr.synth.letters.bank import data

pytest.importorskip("vl_convert", reason="the extra `charts` is not installed")

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "explain/overturn-by-topic.md"
FEW_LETTERS = 60


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    place = DOCS / "make_overturn_by_topic.py"
    spec = importlib.util.spec_from_file_location("make_overturn_by_topic", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(page: str) -> list[str]:
    return re.findall(r"^\$ openimr .*", page, flags=re.MULTILINE)


def heads(page: str) -> list[list[str]]:
    """The column heads of each table, whatever their widths."""
    blocks = re.findall(r"(?<=```console\n)\$ openimr .*?(?=```)", page, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.split() for line in lines if " items " in line and "upheld" in line]


def test_every_command_of_the_page_runs(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = PAGE.read_text()
    made = maker.renewed(page, tmp_path, letters=FEW_LETTERS)
    assert len(commands(page)) >= 6
    assert commands(made) == commands(page)
    assert heads(made) == heads(page)
    drawn = (tmp_path / "overturn-by-topic.svg").read_text()
    assert "forged letters" in drawn
    assert (tmp_path / "overturn-by-topic.csv").read_text().startswith("topic,items,upheld")


def test_the_table_beside_the_chart_is_that_of_the_page() -> None:
    page = PAGE.read_text()
    with (DOCS / "images/overturn-by-topic.csv").open() as opened:
        rows = list(csv.DictReader(opened))
    drawn = (DOCS / "images/overturn-by-topic.svg").read_text()
    for row in rows:
        share = f"{float(row['rate']):.1%}"
        assert re.search(rf"^{row['topic']} +{int(row['items']):,} .* {share} ", page, re.MULTILINE)
        assert f">{row['topic']}<" in drawn


@pytest.mark.slow
def test_the_figures_of_the_page_are_those_of_today(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = PAGE.read_text()
    made = maker.renewed(page, tmp_path)
    assert made == page, "the letters or the counts changed: python docs/make_overturn_by_topic.py"


def test_what_was_planted_is_what_the_forge_has_and_what_was_found_is_counted() -> None:
    page = PAGE.read_text()
    planted = data("people")["overturned"]
    rows = re.findall(
        r"^\| (\w+) \| (\d+)% \| ([\d.]+)% \| ([\d.]+%) \| yes \|$", page, re.MULTILINE
    )
    assert {kind: int(odds) / 100 for kind, odds, _, _ in rows} == planted
    for kind, _, expected, found in rows:
        counted = re.search(rf"^{kind} .* ([\d.]+%) +([\d.]+)-([\d.]+) %", page, re.MULTILINE)
        assert counted is not None
        assert counted[1] == found
        assert float(counted[2]) <= float(expected) <= float(counted[3])
