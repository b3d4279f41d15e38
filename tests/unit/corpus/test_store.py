from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from openimr.corpus.folder import CorpusFolder
from openimr.corpus.ledger import Ledger, SegmentRecord, SourceRecord, State
from openimr.corpus.segments import SegmentWriter, remove_strangers
from openimr.corpus.store import Corpus
from openimr.model.errors import UnreadableFile


@pytest.fixture
def folder(tmp_path: Path) -> CorpusFolder:
    return CorpusFolder(tmp_path / "it's a corpus")


def kept(name: str, letter: str, segment: int) -> SourceRecord:
    return SourceRecord(
        name=name,
        sha256=name.encode(),
        text_sha256=b"text of " + name.encode(),
        state=State.KEPT,
        engine="1",
        letter=letter,
        segment=segment,
    )


def write_segment(folder: CorpusFolder, number: int, **letters: str) -> SegmentRecord:
    writer = SegmentWriter(folder, number)
    for letter, summary in letters.items():
        row = {"letter": letter, "summary": summary, "decision_date": "2016-02-29", "age": 44}
        item = {"item": f"{letter}/1", "letter": letter, "item_index": 1, "body_parts": ["knee"]}
        writer.add(json.dumps(row).encode() + b"\n", json.dumps(item).encode() + b"\n", 1)
    return writer.finish()


def test_what_is_written_is_read_with_its_types(folder: CorpusFolder) -> None:
    folder.root.mkdir()
    nasty = 'tab\t nul\x00 quote" \\ new\nline \u2028 soft\u00ad \U0001f600'
    with Ledger(folder.ledger, write=True) as ledger:
        segment = write_segment(folder, 1, CM1=nasty, CM2="plain")
        ledger.commit(segment, [kept("a", "CM1", 1), kept("b", "CM2", 1)])
    with Corpus.open(folder.root, threads=1) as corpus:
        letter = corpus.letter("CM1")
        assert letter is not None
        assert letter["summary"] == nasty
        assert letter["decision_date"] == date(2016, 2, 29)
        assert letter["age"] == 44
        assert letter["licensure"] is None
        assert corpus.items_of("CM1")[0]["body_parts"] == ["knee"]
        assert corpus.letter("CM9") is None
        assert corpus.segments == (1,)
    assert sorted(path.name for path in folder.segment(1).iterdir()) == [
        "items.parquet",
        "letters.parquet",
    ]


def test_a_letter_replaced_twice_is_seen_once(folder: CorpusFolder) -> None:
    folder.root.mkdir()
    with Ledger(folder.ledger, write=True) as ledger:
        for number, summary in enumerate(("first", "second", "third"), 1):
            segment = write_segment(folder, number, CM1=summary, **{f"CM{number}0": "other"})
            sources = [kept(summary, "CM1", number), kept(f"o{number}", f"CM{number}0", number)]
            ledger.commit(segment, sources)
        assert ledger.replaced() == {(1, "CM1"), (2, "CM1")}
        assert ledger.segments_of("CM1") == (1, 2, 3)
        assert ledger.counts()[State.REPLACED] == 2
    with Corpus(folder.root) as corpus:
        rows = corpus.connection.execute(
            "SELECT letter, summary FROM letters ORDER BY 1"
        ).fetchall()
        assert rows == [("CM1", "third"), ("CM10", "other"), ("CM20", "other"), ("CM30", "other")]
        two = corpus.connection.execute(corpus.current_rows("items", [2])).fetchall()
        assert [row[0] for row in two] == ["CM20/1"]
        assert corpus.connection.execute(corpus.current_rows("items", [])).fetchall() == []


def test_a_commit_is_whole_or_absent(folder: CorpusFolder) -> None:
    folder.root.mkdir()
    with Ledger(folder.ledger, write=True) as ledger:
        bad = kept("b", "CM2", 7)  # a segment that is not there
        with pytest.raises(sqlite3.IntegrityError):
            ledger.commit(SegmentRecord(1, 2, 2), [kept("a", "CM1", 1), bad])
        assert ledger.segments() == ()
        assert ledger.of_content(b"a") == ()


def test_strangers_are_removed_and_nothing_else(folder: CorpusFolder) -> None:
    for name in ("000001", "000002", "000003.part"):
        (folder.segments / name).mkdir(parents=True)
    assert remove_strangers(folder, frozenset({1})) == 2
    assert [path.name for path in folder.segments.iterdir()] == ["000001"]


def test_a_segment_given_up_leaves_nothing(folder: CorpusFolder) -> None:
    writer = SegmentWriter(folder, 1)
    writer.add(b"{}\n", b"", 0)
    writer.discard()
    assert list(folder.segments.iterdir()) == []


def test_no_corpus_and_no_ledger(folder: CorpusFolder) -> None:
    with pytest.raises(UnreadableFile, match=r"no corpus in this folder.*published ingest"):
        Corpus(folder.root)
    folder.root.mkdir()
    folder.ledger.write_bytes(b"this is no database" * 100)
    with pytest.raises(UnreadableFile, match="ledger of the corpus cannot be opened"):
        Corpus(folder.root)


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_segment_that_is_missing_or_damaged(folder: CorpusFolder, damage: str) -> None:
    folder.root.mkdir()
    with Ledger(folder.ledger, write=True) as ledger:
        ledger.commit(write_segment(folder, 1, CM1="words"), [kept("a", "CM1", 1)])
    parquet = folder.segment(1) / "letters.parquet"
    if damage == "missing":
        parquet.unlink()
    else:
        parquet.write_bytes(parquet.read_bytes()[:100])
    with pytest.raises(UnreadableFile, match=r"missing or damaged.*restore the folder"):
        Corpus(folder.root)


def test_a_corpus_of_another_format(folder: CorpusFolder) -> None:
    folder.root.mkdir()
    with Ledger(folder.ledger, write=True) as ledger:
        ledger._database.execute("PRAGMA user_version = 99")
    with pytest.raises(UnreadableFile, match="format 99, and this version reads 1"):
        Corpus(folder.root)


def test_a_corpus_on_a_medium_that_cannot_be_written(
    folder: CorpusFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.root.mkdir()
    with Ledger(folder.ledger, write=True) as ledger:
        ledger.commit(write_segment(folder, 1, CM1="words"), [kept("a", "CM1", 1)])
    connect = sqlite3.connect

    def read_only(place: str, *, uri: bool) -> sqlite3.Connection:
        if "mode=ro" in place:
            place = place.replace("ledger.sqlite", "nowhere.sqlite")
        return connect(place, uri=uri)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    with Corpus(folder.root) as corpus:
        assert corpus.letter("CM1") is not None
    folder.ledger.with_name("ledger.sqlite-wal").write_bytes(b"unfinished")
    with pytest.raises(UnreadableFile, match="last writer of the corpus was stopped"):
        Corpus(folder.root)
