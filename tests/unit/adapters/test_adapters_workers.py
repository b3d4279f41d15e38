from __future__ import annotations

from pathlib import Path

import pytest

from openimr.adapters import workers as module
from openimr.adapters.workers import Answer, Task, Workers
from openimr.model.errors import UnreadableFile

MEMORY = 512 * 1024 * 1024


@pytest.fixture(autouse=True)
def on_the_childs_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def task(name: str, *arguments: object, seconds: float = 5, key: object = None) -> Task[object]:
    function = f"tasks_for_workers:{name}"
    return Task(function=function, arguments=arguments, seconds=seconds, key=key or name)


def run(*tasks: Task[object], count: int = 2) -> dict[object, Answer[object]]:
    with Workers(count, MEMORY) as workers:
        return {answer.key: answer for answer in workers.run(tasks)}


def test_all_tasks_are_answered() -> None:
    answers = run(*(task("double", number, key=number + 1) for number in range(20)))
    assert {key: answer.result for key, answer in answers.items()} == {
        number + 1: 2 * number for number in range(20)
    }


def test_a_child_that_dies_takes_only_its_own_task() -> None:
    answers = run(task("abort"), *(task("double", n, key=n) for n in range(1, 6)), count=1)
    assert "SIGABRT" in answers["abort"].crash
    assert [answers[n].result for n in range(1, 6)] == [2, 4, 6, 8, 10]


def test_memory_and_time_are_limited() -> None:
    answers = run(task("eat_memory"), task("spin", seconds=0.3), task("double", 4))
    assert answers["eat_memory"].crash
    assert "too long" in answers["spin"].crash
    assert answers["double"].result == 8


def test_a_child_that_does_nothing_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_START_SECONDS", 0.5)
    answers = run(task("sleep", seconds=0.01), task("double", 4))
    assert "too long" in answers["sleep"].crash
    assert answers["double"].result == 8


def test_errors_come_back_as_they_are_and_others_without_what_they_quote() -> None:
    answers = run(task("refuse"), task("blunder"))
    refused, blunder = answers["refuse"].error, answers["blunder"].error
    assert isinstance(refused, UnreadableFile)
    assert refused.message.startswith("a.pdf: the PDF is encrypted")
    assert blunder is not None
    assert "ZeroDivisionError" in blunder.message
    assert "secret" not in blunder.message


def test_children_serve_several_runs_and_then_end() -> None:
    with Workers(1, MEMORY) as workers:
        for number in range(1, 4):
            (answer,) = workers.run([task("double", number)])
            assert answer.result == 2 * number
        (child,) = workers._children
    assert child.process.returncode is not None


def test_no_tasks_start_no_child() -> None:
    with Workers(4, MEMORY) as workers:
        assert not list(workers.run([]))
        assert not workers._children
