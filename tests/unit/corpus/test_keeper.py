"""Whatever comes, in whatever order: one letter a permalink, every source once, nothing lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.corpus import keeper as module
from openimr.corpus.document import LetterRows, Refusal
from openimr.corpus.folder import CorpusFolder
from openimr.corpus.keeper import Keeper, Policy, Reading
from openimr.corpus.ledger import Ledger, SegmentRecord, SourceRecord, State

MEMORY = Path(":memory:")


class Paper:
    """A segment that is kept in memory."""

    written: ClassVar[list[tuple[int, str]]] = []

    def __init__(self, _: CorpusFolder, number: int) -> None:
        self.number = number
        self.letters = self.items = self.bytes = 0

    def add(self, letter: bytes, items: bytes, item_count: int) -> None:
        self.letters += 1
        self.items += item_count
        self.bytes += len(letter) + len(items)
        self.written.append((self.number, letter.decode()))

    def finish(self) -> SegmentRecord:
        return SegmentRecord(self.number, self.letters, self.items)

    def discard(self) -> None:
        pass


@pytest.fixture(autouse=True)
def on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SegmentWriter", Paper)


def reading(name: str, content: int) -> Reading:
    """Contents 0 to 8: three case numbers with three texts each, 9 is a file of text 0, 10 and 11
    are no letters, and 12 cannot be read at all."""
    if content == 12:
        result: LetterRows | Refusal = Refusal(code="unreadable-file", reason="closed")
        return Reading(name=name, stamp=None, result=result)
    if content >= 10:
        result = Refusal(code="not-a-determination", reason="a menu")
    else:
        text = content % 9
        case = f"CM{text % 3}"
        result = LetterRows(
            permalink=case,
            case_number=case,
            text_sha256=bytes([text]),
            letter=case.encode(),
            items=b"",
            item_count=1,
        )
    return Reading(name=name, stamp=content, sha256=bytes([content, 1]), result=result)


readings = st.builds(reading, st.sampled_from("abcdef"), st.integers(0, 12))


def take(ledger: Ledger, came: list[Reading], *, replace: bool, segment_letters: int) -> Keeper:
    policy = Policy(engine="1", replace=replace)
    keeper = Keeper(CorpusFolder(MEMORY), ledger, policy, segment_letters=segment_letters)
    for each in came:
        keeper.take(each)
    keeper.flush()
    return keeper


def records(ledger: Ledger) -> list[SourceRecord]:
    return list(ledger._rows("true ORDER BY id"))


@settings(max_examples=150, deadline=None)
@given(st.lists(readings, max_size=40), st.booleans(), st.integers(1, 6))
def test_what_holds_after_any_run(came: list[Reading], replace: bool, segment_letters: int) -> None:
    Paper.written.clear()
    with Ledger(MEMORY, write=True) as ledger:
        keeper = take(ledger, came, replace=replace, segment_letters=segment_letters)
        found = records(ledger)
        tally = keeper.tally

        sources = {(each.sha256, each.name) for each in came}
        assert Counter((record.sha256, record.name) for record in found) == Counter(sources)
        kept = [record for record in found if record.state is State.KEPT]
        replaced = [record for record in found if record.state is State.REPLACED]
        assert len({record.letter for record in kept}) == len(kept)
        assert Counter(Paper.written) == Counter(
            (record.segment, record.letter) for record in kept + replaced
        )
        assert len(set(Paper.written)) == len(Paper.written)
        assert sum(segment.letters for segment in ledger.segments()) == len(Paper.written)
        assert tally.kept == len(kept) + len(replaced)
        assert tally.replaced == len(replaced)
        assert tally.kept + tally.doubles + tally.aside + tally.known == len(came)

        texts = [each.result for each in came if isinstance(each.result, LetterRows)]
        first: dict[str, bytes] = {}
        last: dict[str, bytes] = {}
        seen: set[bytes] = set()
        for rows in texts:
            first.setdefault(rows.permalink, rows.text_sha256)
            if rows.text_sha256 not in seen:
                seen.add(rows.text_sha256)
                last[rows.permalink] = rows.text_sha256
        expected = last if replace else first
        assert {record.letter: record.text_sha256 for record in kept} == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(readings, max_size=30), st.booleans(), st.lists(st.integers(0, 30), max_size=4))
def test_runs_that_stop_anywhere_end_like_one(
    came: list[Reading], replace: bool, stops: list[int]
) -> None:
    def told(ledger: Ledger) -> list[tuple[object, ...]]:
        return [
            (each.name, each.sha256, each.state, each.code, each.reason, each.letter)
            for each in records(ledger)
        ]

    with Ledger(MEMORY, write=True) as whole, Ledger(MEMORY, write=True) as parted:
        take(whole, came, replace=replace, segment_letters=100)
        for stop in [*stops, len(came)]:
            take(parted, came[:stop], replace=replace, segment_letters=2)
        assert told(parted) == told(whole)
        before = records(whole)
        again = take(whole, came, replace=replace, segment_letters=3)
        assert records(whole) == before
        assert again.tally.kept == again.tally.doubles == 0


def test_a_double_names_the_first_of_its_kind_however_often_it_was_put_down() -> None:
    with Ledger(MEMORY, write=True) as ledger:
        take(ledger, [reading("a", 1)], replace=False, segment_letters=9)
        take(ledger, [reading("b", 1), reading("c", 1)], replace=False, segment_letters=9)
        assert [record.reason for record in records(ledger)][1:] == [
            "the same content as a",
            "the same content as a",
        ]


def test_a_source_that_nobody_read_is_a_fault() -> None:
    with Ledger(MEMORY, write=True) as ledger:
        keeper = Keeper(CorpusFolder(MEMORY), ledger, Policy(engine="1"))
        with pytest.raises(RuntimeError, match="neither read nor known"):
            keeper.take(Reading(name="a", stamp=None, sha256=b"1"))


def test_many_doubles_are_put_down_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RECORDS", 10)
    with Ledger(MEMORY, write=True) as ledger:
        keeper = Keeper(CorpusFolder(MEMORY), ledger, Policy(engine="1"))
        for number in range(25):
            keeper.take(reading(f"{number}", 1))
        assert len(records(ledger)) == 20
        keeper.flush()
        assert ledger.counts() == {
            State.KEPT: 1,
            State.DOUBLE: 24,
            State.ASIDE: 0,
            State.REPLACED: 0,
        }
