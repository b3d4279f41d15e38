"""The problems of a corpus: found once, resumed where it stopped, counted by facet."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openimr.cli.main import run
from openimr.corpus.executor import Crew, WorkerDied
from openimr.corpus.ingest import ingest
from openimr.corpus.keeper import Policy
from openimr.corpus.linting import NOT_CHECKED, KeptLetter, lint_letters
from openimr.corpus.problem_report import problems
from openimr.corpus.problems import Checked, all_problems, find_problems
from openimr.corpus.reading import fingerprint, read_documents
from openimr.corpus.rows import permalink
from openimr.corpus.selection import Grouping
from openimr.corpus.store import Corpus
from openimr.model.errors import InputError
from openimr.published.parse import parse_letter
from openimr.quality import from_published_json, load_checker
from openimr.synth.letters.run import Run

LETTERS = Run(seed=21)
COUNT = 24


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("letters")
    for number in range(COUNT):
        (root / f"{number:02d}.txt").write_text(LETTERS.letter(number).text, encoding="utf-8")
    return root


@pytest.fixture
def crew() -> Iterator[Crew]:
    with ThreadPoolExecutor(1) as executor:
        yield Crew(executor=executor, size=1)


@pytest.fixture
def root(letters: Path, tmp_path: Path, crew: Crew) -> Path:
    take_in(letters, tmp_path / "corpus", crew)
    return tmp_path / "corpus"


def take_in(folder: Path, root: Path, crew: Crew, *, replace: bool = False) -> None:
    policy = Policy(engine="0", replace=replace)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    ingest(
        [folder], root, reader=read_documents, crew=crew, policy=policy, since=since,
        segment_letters=8,
    )  # fmt: skip


def test_what_is_kept_is_what_lint_finds(letters: Path, root: Path, crew: Crew) -> None:
    checker = load_checker()
    expected = set()
    for file in letters.iterdir():
        letter = parse_letter(file.read_text(encoding="utf-8"), parse=checker.parse)
        read = checker.letter(letter, "")
        link = read.name or permalink(None, fingerprint(file.read_text(encoding="utf-8")))
        expected |= {(link, one.item, one.code) for one in checker.problems(read)}
    with Corpus.open(root) as corpus:
        assert find_problems(corpus, crew) == COUNT
        found = {
            (str(row["letter"]), int(str(row["item"]).rpartition("/")[2]), str(row["code"]))
            for row in all_problems(corpus)
            if row["item"] and row["code"] != "COPIED-LETTER"
        }
    assert found == {one for one in expected if one[1] is not None}
    assert found


def test_a_copied_letter_is_told_with_its_source(
    letters: Path, root: Path, crew: Crew, tmp_path: Path
) -> None:
    """The copy has another number and the same reasons; a letter of its own wording is silent."""
    with Corpus.open(root) as corpus:
        link = next(iter(corpus.connection.execute("SELECT letter FROM letters").fetchall()))[0]
    text = next(
        told for file in letters.iterdir() if link in (told := file.read_text(encoding="utf-8"))
    )
    again = tmp_path / "again"
    again.mkdir()
    (again / "new.txt").write_text(text.replace(link, "CM99-0000009"), encoding="utf-8")
    take_in(again, root, crew)
    with Corpus.open(root) as corpus:
        find_problems(corpus, crew)
        found = {
            str(row["letter"]): (str(row["message"]), row["share"])
            for row in all_problems(corpus)
            if row["code"] == "COPIED-LETTER"
        }
    assert found["CM99-0000009"][1] == 1.0
    assert f"stands word for word in {link}" in found["CM99-0000009"][0]
    assert "CM99-0000009" in found[link][0]
    assert len(found) < COUNT


def test_a_stopped_run_goes_on_where_it_was(root: Path, crew: Crew) -> None:
    def stop(_: str) -> None:
        if stops.acquire(blocking=False):
            return
        raise KeyboardInterrupt

    stops = threading.Semaphore(1)
    with Corpus.open(root) as corpus:
        with pytest.raises(KeyboardInterrupt):
            find_problems(corpus, crew, at=stop)
        assert Checked.of(corpus).segments == corpus.segments[:1]
        assert find_problems(corpus, crew) == COUNT - 8
        rows = list(all_problems(corpus))
        assert find_problems(corpus, crew) == 0
        assert list(all_problems(corpus)) == rows


def test_counts_by_facet_are_those_of_the_rows(root: Path, crew: Crew) -> None:
    with Corpus.open(root) as corpus:
        with pytest.raises(InputError, match="published lint"):
            problems(corpus, {}, Grouping())
        find_problems(corpus, crew)
        rows = list(all_problems(corpus))
        whole = problems(corpus, {}, Grouping()).rows
        by_code = {row["problem"]: row for row in whole}
        for code in {str(row["code"]) for row in rows}:
            of_code = [row for row in rows if row["code"] == code]
            assert by_code[code]["letters"] == len({row["letter"] for row in of_code})
            assert by_code[code]["of_letters"] == COUNT
        for grouping in (Grouping(("topic",)), Grouping(("specialty",)), Grouping((), "year")):
            counted = problems(corpus, {}, grouping).rows
            assert all(0 < row["letters"] <= row["of_letters"] <= COUNT for row in counted)  # type: ignore[operator]
            assert {row["problem"] for row in counted} == set(by_code)
        year = str(problems(corpus, {}, Grouping(("year",))).rows[0]["year"])
        narrowed = problems(corpus, {"year": (year,)}, Grouping()).rows
        assert 0 < int(str(narrowed[0]["of_letters"])) < COUNT


def test_a_replaced_letter_counts_no_more(
    letters: Path, root: Path, crew: Crew, tmp_path: Path
) -> None:
    with Corpus.open(root) as corpus:
        find_problems(corpus, crew)
        link = next(str(row["letter"]) for row in all_problems(corpus) if row["item"])
    text = next(
        text for file in letters.iterdir() if link in (text := file.read_text(encoding="utf-8"))
    )
    again = tmp_path / "again"
    again.mkdir()
    (again / "new.txt").write_text(text + "\nOne more line of it.", encoding="utf-8")
    take_in(again, root, crew, replace=True)
    with Corpus.open(root) as corpus:
        assert len(corpus.replaced) == 1
        assert not [row for row in all_problems(corpus) if row["letter"] == link]
        notes = " ".join(problems(corpus, {}, Grouping()).notes)
        assert "1 letters have been added since" in notes
        assert find_problems(corpus, crew) == 1
        assert [row for row in all_problems(corpus) if row["letter"] == link]


def dies(letters: tuple[KeptLetter, ...]) -> bytes:
    """Like a worker that one letter kills."""
    if len(letters) > 1 or letters[0].link.endswith("0"):
        raise WorkerDied("out of memory")
    return lint_letters(letters)


def test_a_letter_that_cannot_be_checked_is_told(root: Path, crew: Crew) -> None:
    with Corpus.open(root) as corpus:
        find_problems(corpus, crew, lint=dies)
        told = [row for row in all_problems(corpus) if row["code"] == NOT_CHECKED]
        links = corpus.connection.execute("SELECT letter FROM letters").fetchall()
    assert {row["letter"] for row in told} == {link for (link,) in links if link.endswith("0")}
    broken = json.loads(lint_letters((KeptLetter("L", "{}"),)))
    assert (broken["letter"], broken["code"]) == ("L", NOT_CHECKED)


def test_a_letter_as_json_is_read_back() -> None:
    with pytest.raises(InputError, match="KeyError: clinical_case_summary"):
        from_published_json({}, load_checker(), name="L")


def test_the_commands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = ["--corpus", str(root)]
    assert run(["published", "stats", *corpus, "--report", "problems"]) == 3
    assert run(["published", "lint", *corpus, "--quiet", "--processes", "1"]) == 0
    assert f"{COUNT} letters checked" in capsys.readouterr().out
    assert run(["published", "lint", *corpus, "--quiet", "--list"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert run(["published", "stats", *corpus, "--report", "problems", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["problem"] for row in rows} == {row["code"] for row in listed}
    assert run(["published", "stats", *corpus, "--report", "problems", "--chart", "x.svg"]) == 2
