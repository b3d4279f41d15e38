"""Letters as small as can be, and a reader for them: ingest is tested without the parser.

    CASE CM16-0000001
    any words

`REFUSE words` is set aside, `DIE` kills the process that reads it, `BREAK` says that it died.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from openimr.corpus.document import Document, LetterRows, Refusal
from openimr.corpus.executor import Crew, WorkerDied
from openimr.corpus.ingest import ingest
from openimr.corpus.keeper import Policy, Tally
from openimr.corpus.ledger import Ledger
from openimr.corpus.rows import permalink
from openimr.corpus.store import Corpus

SINCE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
Result = TypeVar("Result")


def read_plain(documents: tuple[Document, ...]) -> tuple[LetterRows | Refusal, ...]:
    return tuple(_read(document) for document in documents)


def _read(document: Document) -> LetterRows | Refusal:
    text = document.data.decode()
    if text.startswith("REFUSE"):
        return Refusal(code="not-a-determination", reason=text[6:].strip())
    if text.startswith("DIE"):
        os.kill(os.getpid(), signal.SIGABRT)
    if text.startswith("BREAK"):
        raise WorkerDied("it broke")
    case = text.split()[1] if text.startswith("CASE") else None
    text_sha256 = hashlib.sha256("".join(text.split()).encode()).digest()
    link = permalink(case, text_sha256)
    letter = {"letter": link, "case_number": case, "source": document.name, "summary": text}
    items = [{"item": f"{link}/{n}", "letter": link, "item_index": n} for n in (1, 2)]
    return LetterRows(
        permalink=link,
        case_number=case,
        text_sha256=text_sha256,
        letter=json.dumps(letter).encode() + b"\n",
        items=b"".join(json.dumps(item).encode() + b"\n" for item in items),
        item_count=2,
    )


class Inline(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except WorkerDied as error:
            future.set_exception(error)
        return future


def take_in(
    corpus: Path,
    *paths: Path,
    engine: str = "1",
    replace: bool = False,
    retry: bool = False,
    segment_letters: int = 20,
    crew: Crew | None = None,
    at: Callable[[str], None] = lambda _: None,
) -> Tally:
    return ingest(
        paths,
        corpus,
        reader=read_plain,
        crew=crew or Crew(executor=Inline(), size=1),
        policy=Policy(engine=engine, replace=replace, retry=retry),
        since=SINCE,
        segment_letters=segment_letters,
        at=at,
    )


def write_letters(folder: Path, letters: dict[str, str]) -> Path:
    for name, text in letters.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def many_letters(folder: Path, count: int) -> Path:
    """Letters with a double, a refusal and a second text here and there."""
    for number in range(count):
        text = f"CASE CM16-{number:07d}\nwords of letter {number}"
        if number % 17 == 5:
            text = f"CASE CM16-{number - 1:07d}\nother words of letter {number}"
        if number % 17 == 9:
            text = f"CASE CM16-{number - 1:07d}\n  words of letter {number - 1}\n"
        if number % 17 == 11:
            text = f"REFUSE it is a menu ({number})"
        if number % 17 == 13:
            text = f"words of letter {number} without a case number"
        write_letters(folder, {f"{number % 3}/{number:05d}.txt": text})
    return folder


def contents(corpus: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a reader can see, without what depends on where segments end."""
    with Corpus(corpus) as opened:
        letters = opened.connection.execute("FROM letters ORDER BY letter").fetchall()
        items = opened.connection.execute("FROM items ORDER BY item").fetchall()
    with Ledger(corpus / "ledger.sqlite") as ledger:
        rows = ledger._database.execute(
            "SELECT name, hex(sha256), hex(text_sha256), stamp, state, code, reason, case_number,"
            " letter, engine FROM sources ORDER BY name, sha256"
        ).fetchall()
    return {"letters": letters, "items": items, "sources": rows}


def sound(corpus: Path) -> None:
    """What must hold whenever a writer may have been killed."""
    with Ledger(corpus / "ledger.sqlite") as ledger:
        segments = ledger.segments()
        counted = dict(
            ledger._database.execute(
                "SELECT segment, count(*) FROM sources WHERE segment IS NOT NULL GROUP BY segment"
            ).fetchall()
        )
        assert counted == {segment.number: segment.letters for segment in segments}
        current = ledger._database.execute("SELECT letter FROM sources WHERE state = 'kept'")
        kept = sorted(letter for (letter,) in current)
    with Corpus(corpus) as opened:
        seen = opened.connection.execute("SELECT letter FROM letters ORDER BY letter").fetchall()
        items = opened.connection.execute("SELECT count(*), count(DISTINCT item) FROM items")
        assert [letter for (letter,) in seen] == kept
        assert items.fetchone() == (2 * len(kept), 2 * len(kept))


def names(states: Sequence[tuple[str, str]], state: str) -> list[str]:
    return [name for name, found in states if found == state]


def states(corpus: Path) -> list[tuple[str, str]]:
    with Ledger(corpus / "ledger.sqlite") as ledger:
        rows = ledger._database.execute("SELECT name, state FROM sources ORDER BY id")
        return [(name, state) for name, state in rows]
