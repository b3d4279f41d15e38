from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openimr.corpus import executor as module
from openimr.corpus.document import Document
from openimr.corpus.executor import ChildExecutor, Crew, WorkerDied, children, cluster
from openimr.corpus.keeper import Tally
from openimr.corpus.ledger import Ledger
from openimr.model.errors import InputError, UsageError
from plain_letters import Inline, contents, many_letters, read_plain, take_in, write_letters

TESTS = Path(__file__).parents[2]
MEMORY = 1024 * 1024 * 1024


@pytest.fixture(autouse=True)
def on_the_childs_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))


@pytest.fixture
def crew() -> Iterator[Crew]:
    with children(2, seconds=10) as crew:
        yield crew


def document(text: str) -> Document:
    return Document(name=text, sha256=b"", data=text.encode())


def test_a_child_that_dies_costs_only_its_task() -> None:
    executor = ChildExecutor(1, MEMORY, 10)
    texts = ("words", "DIE", "other words")
    futures = [executor.submit(read_plain, (document(text),)) for text in texts]
    assert len(futures[0].result()) == 1
    with pytest.raises(WorkerDied, match="SIGABRT"):
        futures[1].result()
    assert len(futures[2].result()) == 1
    executor.shutdown()


def test_a_child_takes_positional_arguments_only() -> None:
    with ChildExecutor(1, MEMORY, 1) as executor, pytest.raises(TypeError, match="positional"):
        executor.submit(read_plain, documents=())


def test_processes_give_the_same_corpus_as_one(tmp_path: Path, crew: Crew) -> None:
    letters = many_letters(tmp_path / "in", 90)
    take_in(tmp_path / "inline", letters)
    take_in(tmp_path / "children", letters, crew=crew)
    assert contents(tmp_path / "children") == contents(tmp_path / "inline")


def test_a_document_that_kills_its_reader_costs_one_letter(tmp_path: Path, crew: Crew) -> None:
    letters = {f"{n:02d}.txt": f"CASE CM16-00000{n:02d}\nwords" for n in range(20)}
    letters["07.txt"] = letters["13.txt"] = "DIE"
    source = write_letters(tmp_path / "in", letters)
    assert take_in(tmp_path / "corpus", source, crew=crew) == Tally(kept=18, aside=2)
    with Ledger(tmp_path / "corpus" / "ledger.sqlite") as ledger:
        aside = list(ledger.aside())
    assert [record.name for record in aside] == ["in/07.txt", "in/13.txt"]
    assert {record.code for record in aside} == {"reader-died"}
    assert "SIGABRT" in aside[0].reason


def test_a_batch_whose_worker_died_is_read_letter_by_letter(tmp_path: Path) -> None:
    source = write_letters(
        tmp_path / "in", {"a.txt": "CASE CM16-0000001 a", "b.txt": "BREAK", "c.txt": "words"}
    )
    assert take_in(tmp_path / "corpus", source) == Tally(kept=2, aside=1)


def test_without_the_extra_a_cluster_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name.startswith("distributed"):
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.delitem(sys.modules, "distributed", raising=False)
    with (
        pytest.raises(UsageError, match=r"pip install 'openimr\[distributed\]'"),
        cluster("tcp://127.0.0.1:1"),
    ):
        pass


class NoWorkers:
    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __enter__(self) -> NoWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def nthreads(self) -> dict[str, int]:
        return {}


def test_a_cluster_without_workers_and_an_address_without_a_cluster() -> None:
    with pytest.raises(InputError, match="no worker"), module._connected(NoWorkers, "tcp://x:1"):
        pass

    def nobody(*_: object, **__: object) -> object:
        raise OSError("timed out")

    with pytest.raises(InputError, match="no cluster answers"), module._connected(nobody, "x"):
        pass


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_corpus(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra is not installed")
    letters = many_letters(tmp_path / "in", 90)
    take_in(tmp_path / "inline", letters)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        with cluster(local.scheduler_address) as crew:
            take_in(tmp_path / "cluster", letters, crew=crew)
        assert contents(tmp_path / "cluster") == contents(tmp_path / "inline")
        deadly = write_letters(tmp_path / "deadly", {"a.txt": "DIE", "b.txt": "words"})
        with cluster(local.scheduler_address) as crew:
            assert take_in(tmp_path / "cluster", deadly, crew=crew) == Tally(kept=1, aside=1)


def test_inline_work_is_done_at_once() -> None:
    assert Inline().submit(len, "four").result() == 4
