"""Decides what becomes of each source, and puts it down: segment first, ledger last.

Sources come in order and are judged against everything before them, kept or still to be committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from openimr.corpus.document import CASE_NUMBER_TAKEN, LetterRows, Refusal
from openimr.corpus.folder import CorpusFolder
from openimr.corpus.ledger import Ledger, SourceRecord, State
from openimr.corpus.segments import SegmentWriter

SEGMENT_LETTERS = 5_000
"""A stopped run does at most so many again; a corpus of a million letters has 200 segments."""
_SEGMENT_BYTES = 512 * 1024 * 1024
_RECORDS = 20_000
"""Sources without letters are put down after so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How sources are judged."""

    engine: str
    """The version that reads; what an older one set aside is tried again."""
    replace: bool = False
    """Whether another text under a case number that is taken replaces the one that is kept."""
    retry: bool = False
    """Whether what was set aside by this very version is tried again."""

    def settled(self, record: SourceRecord) -> bool:
        """Whether this stands, so that the source need not be read again."""
        if record.state is not State.ASIDE:
            return True
        tried = record.engine == self.engine and not self.retry
        return tried and not (self.replace and record.code == CASE_NUMBER_TAKEN)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the sources of a run."""

    kept: int = 0
    doubles: int = 0
    aside: int = 0
    replaced: int = 0
    """Of those kept: how many took the place of another text."""
    known: int = 0
    """Taken in by an earlier run, and passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source that was looked at: by its content known, refused, or read."""

    name: str
    stamp: int | None
    sha256: bytes = b""
    """Empty where it could not be read."""
    result: LetterRows | Refusal | None = None
    """None where its content is in the ledger, so that nobody needed to read it."""


@dataclass(slots=True)
class _Pending:
    """Records not yet committed, found as those of the ledger are."""

    records: dict[tuple[bytes, str], SourceRecord] = field(default_factory=dict)
    contents: dict[bytes, list[SourceRecord]] = field(default_factory=dict)
    texts: dict[bytes, SourceRecord] = field(default_factory=dict)
    letters: dict[str, SourceRecord] = field(default_factory=dict)
    stamps: list[SourceRecord] = field(default_factory=list)

    def add(self, record: SourceRecord) -> None:
        self.records[record.sha256, record.name] = record
        self.contents.setdefault(record.sha256, []).append(record)
        if record.state is State.KEPT and record.text_sha256 and record.letter:
            self.texts[record.text_sha256] = record
            self.letters[record.letter] = record


class Keeper:
    """The one who writes a corpus.

    Args:
        folder: the corpus.
        ledger: its ledger, open for writing.
        policy: how to judge.
        at: told when a segment has its name ("named") and when the ledger knows it ("committed"),
            for tests that stop the process just there.
        segment_letters: letters a segment.
    """

    def __init__(
        self,
        folder: CorpusFolder,
        ledger: Ledger,
        policy: Policy,
        *,
        at: Callable[[str], None] = lambda _: None,
        segment_letters: int = SEGMENT_LETTERS,
    ) -> None:
        self.tally = Tally()
        self._folder = folder
        self._ledger = ledger
        self._policy = policy
        self._at = at
        self._segment_letters = segment_letters
        self._next = max((segment.number for segment in ledger.segments()), default=0) + 1
        self._writer: SegmentWriter | None = None
        self._pending = _Pending()

    def known(self, stamp: int | None) -> bool:
        """Whether the source at this place is unchanged since it was taken in."""
        record = None if stamp is None else self._ledger.of_stamp(stamp)
        return record is not None and self._policy.settled(record)

    def knows_content(self, sha256: bytes) -> bool:
        """Whether a source with this content has been judged for good."""
        return any(self._policy.settled(record) for record in self._of_content(sha256))

    def take(self, reading: Reading) -> None:
        """Judge a source and remember it; now and then this puts everything down."""
        same = [record for record in self._of_content(reading.sha256) if reading.sha256]
        settled = [record for record in same if self._policy.settled(record)]
        mine = next((record for record in settled if record.name == reading.name), None)
        if mine is not None:
            self.tally.known += 1
            if mine.stamp != reading.stamp:
                self._pending.stamps.append(replace(mine, stamp=reading.stamp))
        elif settled:
            self._copy(reading, settled[0])
        elif isinstance(reading.result, LetterRows):
            self._judge(reading, reading.result)
        elif isinstance(reading.result, Refusal):
            self._set_aside(reading, reading.result)
        else:
            raise RuntimeError("a source was neither read nor known")
        self._flush_if_full()

    def flush(self) -> None:
        """Put down what is pending: the segment, then the ledger with all of its sources."""
        if not self._pending.records and not self._pending.stamps:
            return
        segment = self._writer.finish() if self._writer else None
        self._at("named")
        self._ledger.commit(segment, self._pending.records.values(), self._pending.stamps)
        self._at("committed")
        self._writer = None
        self._pending = _Pending()

    def give_up(self) -> None:
        """Leave what is pending undone."""
        if self._writer:
            self._writer.discard()

    def _judge(self, reading: Reading, rows: LetterRows) -> None:
        twin = self._pending.texts.get(rows.text_sha256) or self._ledger.of_text(rows.text_sha256)
        if twin is not None:
            self._double(reading, twin, "the same text")
            return
        rival = self._pending.letters.get(rows.permalink) or self._ledger.of_letter(rows.permalink)
        if rival is None or self._policy.replace:
            if rows.permalink in self._pending.letters:
                self.flush()  # a row is told from its replacement by its segment
            self._keep(reading, rows)
            self.tally.replaced += rival is not None
            return
        reason = f"case number {rows.permalink} is kept already with another text ({rival.name})"
        refusal = Refusal(code=CASE_NUMBER_TAKEN, reason=reason)
        self._set_aside(reading, refusal, case_number=rows.case_number)

    def _keep(self, reading: Reading, rows: LetterRows) -> None:
        if self._writer is None:
            self._writer = SegmentWriter(self._folder, self._next)
            self._next += 1
        self._writer.add(rows.letter, rows.items, rows.item_count)
        self.tally.kept += 1
        record = replace(
            self._record(reading, State.KEPT),
            text_sha256=rows.text_sha256,
            case_number=rows.case_number,
            letter=rows.permalink,
            segment=self._writer.number,
        )
        self._pending.add(record)

    def _double(self, reading: Reading, twin: SourceRecord, what: str) -> None:
        self.tally.doubles += 1
        record = replace(
            self._record(reading, State.DOUBLE),
            reason=f"{what} as {twin.name}",
            case_number=twin.case_number,
            letter=twin.letter,
        )
        self._pending.add(record)

    def _set_aside(
        self, reading: Reading, refusal: Refusal, case_number: str | None = None
    ) -> None:
        self.tally.aside += 1
        record = replace(
            self._record(reading, State.ASIDE),
            code=refusal.code,
            reason=refusal.reason,
            case_number=case_number,
        )
        self._pending.add(record)

    def _copy(self, reading: Reading, known: SourceRecord) -> None:
        """The same bytes under another name fare as the first ones did."""
        if known.state is State.ASIDE:
            refusal = Refusal(code=known.code, reason=known.reason)
            self._set_aside(reading, refusal, known.case_number)
        else:
            self._double(reading, known, "the same content")

    def _record(self, reading: Reading, state: State) -> SourceRecord:
        return SourceRecord(
            name=reading.name,
            sha256=reading.sha256,
            state=state,
            engine=self._policy.engine,
            stamp=reading.stamp,
        )

    def _of_content(self, sha256: bytes) -> Iterator[SourceRecord]:
        """In the order in which they came, so that reasons name the same source in every run."""
        pending = self._pending.contents.get(sha256, [])
        names = {record.name for record in pending}
        yield from (rec for rec in self._ledger.of_content(sha256) if rec.name not in names)
        yield from pending

    def _flush_if_full(self) -> None:
        writer = self._writer
        full = writer and (
            writer.letters >= self._segment_letters or writer.bytes >= _SEGMENT_BYTES
        )
        if full or len(self._pending.records) + len(self._pending.stamps) >= _RECORDS:
            self.flush()
