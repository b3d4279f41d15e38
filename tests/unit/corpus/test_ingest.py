from __future__ import annotations

import os
from pathlib import Path

import pytest

from openimr.corpus.keeper import Tally
from openimr.corpus.ledger import Ledger, SegmentRecord
from openimr.corpus.segments import SegmentWriter
from openimr.corpus.store import Corpus
from openimr.model.errors import CorpusBusy, UnreadableFile, UsageError
from plain_letters import contents, many_letters, sound, states, take_in, write_letters

ONE = "CASE CM16-0000001\nfirst words"
TWO = "CASE CM16-0000002\nsecond words"
OTHER = "CASE CM16-0000001\nother words"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


def summaries(corpus: Path) -> list[str]:
    with Corpus(corpus) as opened:
        rows = opened.connection.execute("SELECT summary FROM letters ORDER BY letter").fetchall()
    return [summary for (summary,) in rows]


def test_letters_are_kept_and_what_is_none_is_set_aside(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE, "b.txt": TWO, "c.txt": "REFUSE no"})
    assert take_in(corpus, letters) == Tally(kept=2, aside=1)
    assert summaries(corpus) == [ONE, TWO]
    with Ledger(corpus / "ledger.sqlite") as ledger:
        (aside,) = ledger.aside()
    assert (aside.name, aside.code, aside.reason) == ("in/c.txt", "not-a-determination", "no")


def test_the_same_again_changes_nothing(tmp_path: Path, corpus: Path) -> None:
    letters = many_letters(tmp_path / "in", 120)
    first = take_in(corpus, letters)
    before = contents(corpus)
    assert take_in(corpus, letters) == Tally(known=120)
    assert contents(corpus) == before
    assert first.kept + first.doubles + first.aside == 120
    sound(corpus)


def test_files_that_were_touched_are_known_by_their_content(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE, "b.txt": "REFUSE no"})
    take_in(corpus, letters)
    for path in letters.iterdir():
        os.utime(path, (1, 1))
    assert take_in(corpus, letters) == Tally(known=2)
    with Ledger(corpus / "ledger.sqlite") as ledger:
        stamps = [stamp for (stamp,) in ledger._database.execute("SELECT stamp FROM sources")]
        assert all(ledger.of_stamp(stamp) for stamp in stamps)


def test_a_double_is_one_by_its_bytes_or_by_its_text(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(
        tmp_path / "in", {"a.txt": ONE, "b.txt": ONE, "c.txt": ONE.replace("\n", "\n\n  ")}
    )
    assert take_in(corpus, letters) == Tally(kept=1, doubles=2)
    with Ledger(corpus / "ledger.sqlite") as ledger:
        rows = ledger._database.execute("SELECT reason, letter FROM sources WHERE state='double'")
        assert rows.fetchall() == [
            ("the same content as in/a.txt", "CM16-0000001"),
            ("the same text as in/a.txt", "CM16-0000001"),
        ]


def test_another_text_under_a_case_number_is_set_aside(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE, "b.txt": OTHER})
    assert take_in(corpus, letters) == Tally(kept=1, aside=1)
    assert summaries(corpus) == [ONE]
    with Ledger(corpus / "ledger.sqlite") as ledger:
        (aside,) = ledger.aside()
    assert aside.code == "case-number-taken"
    assert aside.reason == ("case number CM16-0000001 is kept already with another text (in/a.txt)")
    assert take_in(corpus, letters) == Tally(known=2)


def test_replacing_shows_only_the_new_text_and_keeps_both_facts(
    tmp_path: Path, corpus: Path
) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE, "b.txt": OTHER, "c.txt": TWO})
    take_in(corpus, letters)
    assert take_in(corpus, letters, replace=True) == Tally(kept=1, replaced=1, known=2)
    assert summaries(corpus) == [OTHER, TWO]
    assert states(corpus) == [("in/a.txt", "replaced"), ("in/b.txt", "kept"), ("in/c.txt", "kept")]
    assert take_in(corpus, letters, replace=True) == Tally(known=3)
    with Corpus(corpus) as opened:
        letter = opened.letter("CM16-0000001")
        assert letter is not None
        assert letter["summary"] == OTHER
        assert [item["item_index"] for item in opened.items_of("CM16-0000001")] == [1, 2]
        assert opened.replaced == {(1, "CM16-0000001")}
    sound(corpus)


def test_replacing_within_one_run(tmp_path: Path, corpus: Path) -> None:
    third = "CASE CM16-0000001\nthird words"
    letters = write_letters(tmp_path / "in", {"a.txt": ONE, "b.txt": OTHER, "c.txt": third})
    assert take_in(corpus, letters, replace=True) == Tally(kept=3, replaced=2)
    assert summaries(corpus) == [third]
    sound(corpus)


def test_a_newer_version_tries_again_what_an_older_one_refused(
    tmp_path: Path, corpus: Path
) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE, "b.txt": "REFUSE no"})
    take_in(corpus, letters, engine="1")
    assert take_in(corpus, letters, engine="1") == Tally(known=2)
    assert take_in(corpus, letters, engine="2") == Tally(known=1, aside=1)
    assert take_in(corpus, letters, engine="2") == Tally(known=2)
    assert take_in(corpus, letters, engine="2", retry=True) == Tally(known=1, aside=1)
    assert len(states(corpus)) == 2


def test_a_file_with_new_content_is_a_new_source(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": "REFUSE half a letter"})
    take_in(corpus, letters)
    write_letters(letters, {"a.txt": ONE})
    assert take_in(corpus, letters) == Tally(kept=1)
    assert states(corpus) == [("in/a.txt", "aside"), ("in/a.txt", "kept")]


def test_a_letter_without_case_number_is_known_by_its_text(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": "words alone", "b.txt": "words  alone"})
    assert take_in(corpus, letters) == Tally(kept=1, doubles=1)
    with Corpus(corpus) as opened:
        ((link,),) = opened.connection.execute("SELECT letter FROM letters").fetchall()
    assert link.startswith("x")
    assert len(link) == 17


def test_the_rest_of_a_stopped_run_is_removed(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE})
    take_in(corpus, letters)
    for stranger in ("000002", "000003.part"):
        (corpus / "segments" / stranger).mkdir()
        (corpus / "segments" / stranger / "letters.parquet").write_bytes(b"half")
    write_letters(letters, {"b.txt": TWO})
    assert take_in(corpus, letters) == Tally(kept=1, known=1)
    assert sorted(path.name for path in (corpus / "segments").iterdir()) == ["000001", "000002"]
    sound(corpus)


def test_a_fault_in_the_middle_leaves_what_was_put_down(tmp_path: Path, corpus: Path) -> None:
    letters = many_letters(tmp_path / "in", 100)
    seen: list[str] = []

    def stop_at_the_third(moment: str) -> None:
        seen.append(moment)
        if seen.count("named") == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(corpus, letters, at=stop_at_the_third)
    sound(corpus)
    with Corpus(corpus) as opened:
        assert opened.segments == (1, 2)
    take_in(corpus, letters)
    whole = tmp_path / "whole"
    take_in(whole, letters)
    assert contents(corpus) == contents(whole)


def test_one_writes_at_a_time(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE})

    def second(_: str) -> None:
        with pytest.raises(CorpusBusy, match=f"process {os.getpid()} .* since 2026-01-02T03:04:05"):
            take_in(corpus, letters)

    take_in(corpus, letters, at=second)
    assert take_in(corpus, letters) == Tally(known=1)


def test_readers_are_not_disturbed_by_a_writer(tmp_path: Path, corpus: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE})
    take_in(corpus, letters)
    with Corpus(corpus) as before:
        write_letters(letters, {"a2.txt": OTHER, "b.txt": TWO})
        take_in(corpus, letters, replace=True)
        rows = before.connection.execute("SELECT summary FROM letters").fetchall()
        assert rows == [(ONE,)]
        letter = before.letter("CM16-0000001")
        assert letter is not None
        assert letter["summary"] == ONE
    assert summaries(corpus) == [OTHER, TWO]


def test_a_path_that_is_not_there(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        take_in(corpus, tmp_path / "nowhere")
    assert not corpus.exists()


def test_a_corpus_that_cannot_be_written(tmp_path: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE})
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UsageError, match="cannot be written"):
        take_in(tmp_path / "file", letters)


def test_a_disk_that_is_full_leaves_what_was_put_down(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = many_letters(tmp_path / "in", 60)
    finish = SegmentWriter.finish

    def full(writer: SegmentWriter) -> SegmentRecord:
        if writer.number == 2:
            raise OSError(28, "No space left on device")
        return finish(writer)

    with monkeypatch.context() as patched:
        patched.setattr(SegmentWriter, "finish", full)
        with pytest.raises(UsageError, match="No space left on device"):
            take_in(corpus, letters)
    sound(corpus)
    assert [path.name for path in (corpus / "segments").iterdir()] == ["000001"]
    take_in(corpus, letters)
    sound(corpus)


def test_a_corpus_does_not_take_in_itself(tmp_path: Path) -> None:
    letters = write_letters(tmp_path / "in", {"a.txt": ONE})
    for corpus in (letters / "corpus", letters, tmp_path):
        with pytest.raises(UsageError, match="take in itself"):
            take_in(corpus, letters)
    assert [path.name for path in letters.iterdir()] == ["a.txt"]


def test_an_empty_folder_makes_an_empty_corpus(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "in").mkdir()
    assert take_in(corpus, tmp_path / "in") == Tally()
    with Corpus(corpus) as opened:
        assert opened.connection.execute("SELECT count(*) FROM items").fetchone() == (0,)
        assert opened.letter("CM16-0000001") is None
