"""The picture and the table of acts in the docs are those of the rules."""

from __future__ import annotations

import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from openimr.model.process_state import CaseState
from openimr.rulebook.transitions import load_transitions

DOCS = Path(__file__).parents[2] / "docs"
STALE = "run: python docs/make_process_picture.py"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_process_picture", DOCS / "make_process_picture.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_picture_is_that_of_the_table(maker: ModuleType) -> None:
    assert maker.PICTURE.read_text() == maker.picture(load_transitions()), STALE


def test_the_section_is_that_of_the_table(maker: ModuleType) -> None:
    page = maker.PAGE.read_text()
    assert page.count(maker.BEGIN) == page.count(maker.END) == 1
    assert page == maker.page_with(page, maker.acts_section(load_transitions())), STALE


def test_every_state_act_and_transition_is_in_the_picture(maker: ModuleType) -> None:
    table = load_transitions()
    picture = ET.fromstring(maker.picture(table))  # noqa: S314 our own text
    told = " ".join(text for text in picture.itertext() if text.strip())
    for state in set(CaseState) - {CaseState.START}:
        assert re.search(rf"\b{state}\b", told), state
    for row in table.rows:
        if row.number is not None:
            assert re.search(rf"\b{row.number}\b", told), row.number
            assert row.act in told
    drawn = {number for edge in maker.edges(table) for number in edge.label.split(",")}
    stays = {"11", "12"}
    assert drawn == {str(number) for number in range(1, 30)} - stays - {"28"}


def test_no_two_boxes_of_the_picture_touch(maker: ModuleType) -> None:
    for one, other in combinations(CaseState, 2):
        (x1, y1), (x2, y2) = maker._centre(one), maker._centre(other)
        apart = (maker._width(one) + maker._width(other)) / 2 + 8
        assert abs(x1 - x2) > apart or abs(y1 - y2) > maker.HIGH + 8, (one, other)


def test_every_act_is_that_of_the_decision() -> None:
    decided = (DOCS / "decisions/0012-the-process-on-files.md").read_text()
    for row in load_transitions().rows:
        assert f"`{row.act}`" in decided
