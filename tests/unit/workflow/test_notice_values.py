"""notice(template, values): every value that is missing is an error that names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

import noticed
from openimr.model.errors import InputError
from openimr.model.notice import Condition, ListSlot, NoticeValues, Slot
from openimr.process import notices as process
from openimr.workflow.notices import notice, slots_of


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What each scene gives to `notice`, by scene."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with pytest.MonkeyPatch.context() as patch:
        for scene in noticed.SCENES:
            calls: list[tuple[object, ...]] = found.setdefault(scene, [])

            def spy(*told: object, calls: list[tuple[object, ...]] = calls) -> object:
                calls.append(told)
                return notice(*told)

            patch.setattr(process, "notice", spy)
            noticed.scene_letters(Path(tmp_path_factory.mktemp(scene)), scene)
    return found


def without(values: NoticeValues, name: str) -> NoticeValues:
    if name in set(ListSlot):
        lists = {key: value for key, value in values.lists.items() if key != name}
        return replace(values, lists=MappingProxyType(lists))
    slots = {key: value for key, value in values.slots.items() if key != name}
    return replace(values, slots=MappingProxyType(slots))


def used(told: tuple[object, ...]) -> Iterator[str]:
    """Names whose marker value changes the printed notice."""
    template, values, recipient, served = told
    plain = notice(template, values, recipient, served)
    for slot in Slot:
        marked = replace(values, slots={**values.slots, slot: "@@"})
        if notice(template, marked, recipient, served) != plain:
            yield slot
    for each in ListSlot:
        marked = replace(values, lists={**values.lists, each: ("@@",)})
        if notice(template, marked, recipient, served) != plain:
            yield each


@pytest.mark.parametrize("scene", noticed.SCENES)
def test_each_value_that_is_printed_is_needed(
    scene: str, written: dict[str, list[tuple[object, ...]]]
) -> None:
    for told in written[scene]:
        template, values, recipient, served = told
        names = list(used(told))
        assert Slot.CASE_NUMBER in names
        for name in names:
            with pytest.raises(InputError, match=f"lacks `{name}`"):
                notice(template, without(values, name), recipient, served)
            empty = without(values, name)
            if name in set(Slot):
                empty = replace(empty, slots={**empty.slots, Slot(name): "  "})
            else:
                empty = replace(empty, lists={**empty.lists, ListSlot(name): ("",)})
            with pytest.raises(InputError, match=f"lacks `{name}`"):
                notice(template, empty, recipient, served)


@pytest.mark.parametrize("scene", noticed.SCENES)
def test_what_the_law_wants_is_said_in_some_letter_of_the_notice(
    scene: str, written: dict[str, list[tuple[object, ...]]]
) -> None:
    """Content that depends on the case is said where the case has it."""
    template = written[scene][0][0]
    said = {name for told in written[scene] for name in used(told)}
    depends = {
        name
        for part in template.parts
        if part.when or part.unless
        for name in (*slots_of(part), *([part.each] if part.each else ()))
    }
    assert set(template.requires) - depends <= said


def test_a_condition_that_nobody_stated_is_named(
    written: dict[str, list[tuple[object, ...]]],
) -> None:
    template, values, recipient, served = written["noarfi"][0]
    conditions = {k: v for k, v in values.conditions.items() if k is not Condition.RFA_DATED}
    with pytest.raises(InputError, match="cannot tell whether `rfa_dated` holds"):
        notice(template, replace(values, conditions=conditions), recipient, served)


def test_an_empty_row_of_the_head_is_named(written: dict[str, list[tuple[object, ...]]]) -> None:
    template, values, recipient, served = written["noarfi"][0]
    rows = (*values.rows, ("Claim number", " "))
    with pytest.raises(InputError, match="lacks `Claim number`"):
        notice(template, replace(values, rows=rows), recipient, served)
