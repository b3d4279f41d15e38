"""The index follows the corpus, survives being stopped, and never troubles a reader."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from searchable import Row, add_segment, item

from openimr.corpus import index_state
from openimr.corpus.index import is_current, update
from openimr.corpus.query import parse
from openimr.corpus.search import Request, Result, Search
from openimr.corpus.store import Corpus
from openimr.model.errors import UsageError

FIRST = "CM16-0000001"
SECOND = "CM16-0000002"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    add_segment(tmp_path / "corpus", [item(FIRST, 1, heading="norco"), item(FIRST, 2)])
    return tmp_path / "corpus"


def find(root: Path, query: str = "*") -> Result:
    with Corpus.open(root, threads=1) as corpus:
        return Search(corpus).run(Request(node=parse(query), limit=100))


def found(root: Path, query: str = "*") -> list[str]:
    return [hit.item for hit in find(root, query).hits]


def states(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "index").iterdir() if path.is_dir())


class Counted:
    """Progress that remembers how many items were added."""

    def __init__(self) -> None:
        self.totals: list[int] = []
        self.advanced = 0

    def start(self, total: int, label: str) -> None:
        self.totals.append(total)
        assert label

    def advance(self, count: int = 1) -> None:
        self.advanced += count

    def done(self) -> None:
        pass


def test_an_index_is_built_once(root: Path) -> None:
    assert found(root) == [f"{FIRST}/1", f"{FIRST}/2"]
    with Corpus.open(root) as corpus:
        assert is_current(corpus)
        progress = Counted()
        update(corpus, progress)
    assert progress.totals == []
    assert states(root) == ["000001"]


def test_only_what_is_new_is_added(root: Path) -> None:
    find(root)
    add_segment(root, [item(SECOND, 1, heading="soma")])
    progress = Counted()
    with Corpus.open(root) as corpus:
        assert not is_current(corpus)
        update(corpus, progress)
    assert (progress.totals, progress.advanced) == ([1], 1)
    assert found(root, "soma") == [f"{SECOND}/1"]
    assert len(found(root)) == 3


def test_a_replaced_letter_is_not_found_any_more(root: Path) -> None:
    find(root)
    add_segment(root, [item(FIRST, 1, heading="soma"), item(SECOND, 1, heading="norco")])
    assert found(root, "soma") == [f"{FIRST}/1"]
    assert found(root, "norco") == [f"{SECOND}/1"]
    result = find(root)
    assert (result.total, result.searched) == (2, 2)


def test_building_at_once_and_step_by_step_agree(root: Path) -> None:
    find(root)
    for number in range(3):
        add_segment(root, [item(FIRST, 1, heading=f"soma {number}"), item(f"CM16-1{number}", 1)])
        step_by_step = find(root)
    shutil.rmtree(root / "index")
    at_once = find(root)
    assert {hit.item for hit in at_once.hits} == {hit.item for hit in step_by_step.hits}
    assert at_once.facets == step_by_step.facets
    assert found(root, "soma") == [f"{FIRST}/1"]


def test_old_states_are_swept_but_for_the_last(root: Path) -> None:
    for number in range(3):
        find(root)
        add_segment(root, [item(f"CM16-1{number}", 1)])
    find(root)
    assert states(root) == ["000003", "000004"]


def test_a_corpus_without_letters_is_searched(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    add_segment(root, [])
    result = find(root, "norco")
    assert (result.total, result.searched) == (0, 0)
    assert not any(counts.values for counts in result.facets)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["state", "meta", "files", "current", "dictionary"])
def test_a_damaged_index_is_built_anew(root: Path, damage: str) -> None:
    find(root)
    state = root / "index" / "000001"
    match damage:
        case "state":
            (state / "openimr.json").write_text("{")
        case "meta":
            (state / "meta.json").write_text("")
        case "files":
            for path in state.glob("*.term"):
                path.unlink()
        case "dictionary":
            (state / "openimr.dictionary").unlink()
        case "current":
            (root / "index" / "CURRENT").write_text("../..\n")
    assert found(root, "norco") == [f"{FIRST}/1"]
    add_segment(root, [item(SECOND, 1, heading="norco")])
    assert len(found(root, "norco")) == 2


def test_another_format_is_built_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(root)
    monkeypatch.setattr(index_state, "FORMAT", "next")
    with Corpus.open(root) as corpus:
        assert not is_current(corpus)
    assert found(root, "norco") == [f"{FIRST}/1"]


def test_a_reader_keeps_what_was_opened(root: Path) -> None:
    with Corpus.open(root) as corpus:
        search = Search(corpus)
        for number in range(3):
            add_segment(root, [item(FIRST, 1, heading="soma"), item(f"CM16-1{number}", 1)])
            find(root)
        result = search.run(Request(node=parse("norco")))
    assert [hit.item for hit in result.hits] == [f"{FIRST}/1"]
    assert result.searched == 2


def test_a_corpus_opened_earlier_does_not_turn_the_index_back(root: Path) -> None:
    with Corpus.open(root) as earlier:
        add_segment(root, [item(SECOND, 1, heading="soma")])
        find(root)
        progress = Counted()
        update(earlier, progress)
        assert progress.totals == []
        assert Search(earlier).run(Request(node=parse("soma"))).total == 1


def test_another_corpus_in_the_same_folder_is_not_searched_with_the_old_index(root: Path) -> None:
    find(root)
    for path in (*root.glob("ledger*"), root / "segments"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    add_segment(root, [item(SECOND, 1, heading="soma")])
    assert found(root) == [f"{SECOND}/1"]


def test_a_folder_that_cannot_be_written_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(UsageError, match=r"out of date and cannot be written.*Permission denied"):
        find(root)


def _many(number: int) -> Iterator[Row]:
    for at in range(400):
        yield item(f"CM16-{number}{at:05}", 1, heading="soma", rationale="pain " * 50)


def _build(root: Path) -> None:
    find(root)


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.02, 0.1])
def test_killed_at_any_moment_it_is_whole_afterwards(root: Path, after: float) -> None:
    find(root)
    add_segment(root, _many(2))
    child = multiprocessing.get_context("spawn").Process(target=_build, args=(root,))
    child.start()
    while child.is_alive() and not list((root / "index").glob("*.part")):
        time.sleep(0.001)
    time.sleep(after)
    child.kill()
    child.join()
    result = find(root, "soma")
    assert result.total == 400
    assert found(root, "norco") == [f"{FIRST}/1"]
    assert not list((root / "index").glob("*.part"))


def test_two_builders_at_once_build_one_index(root: Path) -> None:
    add_segment(root, _many(2))
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=_build, args=(root,)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
        assert child.exitcode == 0
    assert states(root) == ["000002"]
    assert find(root).total == 402
