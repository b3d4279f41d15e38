"""Stages of the corpus benchmark that run in a process of their own, so that memory is theirs."""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pypdfium2

from measure import disk_mib, quantile
from openimr.adapters.letters import letter_text
from openimr.corpus import query as queries
from openimr.corpus.document import Document
from openimr.corpus.reading import read_documents
from openimr.corpus.search import Request, Search
from openimr.corpus.selection import Grouping
from openimr.corpus.stats import Statistics
from openimr.corpus.store import Corpus
from openimr.model.errors import OpenIMRError
from openimr.published.guideline import read_guideline
from openimr.published.parse import parse_letter
from openimr.request.grammar import read_line
from openimr.request.lexis import lexis_of
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary
from openimr.synth.letters.pdf import as_pdf
from openimr.synth.letters.run import Run
from published_counts import COUNTS, duckdb_over_csv, export, sqlite_tables
from published_fts5 import Fts5, build
from published_queries import KINDS, Question

_ROUNDS = 5
_SAMPLE = 10_000
_PDF_SAMPLE = 2_000
Result = dict[str, Any]


def _parse_texts(work: Path) -> Result:
    """One process: letters in memory, parsed; then the same with the rows a corpus keeps."""
    texts = [text for text, _ in zip(_texts(work), range(_SAMPLE), strict=False)]
    parse = _request_parser()
    with _clock() as only:
        for text in texts:
            _tried(lambda text=text: parse_letter(text, parse=parse))
    documents = tuple(
        Document(name=str(at), sha256=b"", data=text.encode()) for at, text in enumerate(texts)
    )
    read_documents(documents[:10])
    with _clock() as rows:
        read_documents(documents)
    return {
        "sample": len(texts),
        "parse_per_core_second": round(len(texts) / only.cpu),
        "rows_per_core_second": round(len(texts) / rows.cpu),
        "mean_characters": round(sum(map(len, texts)) / len(texts)),
    }


def _parse_pdfs(work: Path) -> Result:
    """One process: PDFs in memory; pdfium's text alone, then parsed, then the rows of a corpus.

    Letters in the folder `pdfs` of the work folder are taken instead of forged ones. The three take
    turns, and the least of their times counts: 48 real letters are read in a third of a second, and
    what else the machine does weighs more than that.
    """
    files = [file.read_bytes() for file in sorted((work / "pdfs").glob("*.pdf"))]
    if not files:
        forged = Run(seed=7, pdf=True)
        files = [as_pdf(forged.letter(number)) for number in range(_PDF_SAMPLE)]
    documents = tuple(
        Document(name=str(at), sha256=b"", data=data) for at, data in enumerate(files)
    )
    parse = _request_parser()
    read_documents(documents[:10])
    least: dict[str, float] = {}
    for _ in range(_ROUNDS):
        parse.cache_clear()
        read_guideline.cache_clear()
        with _clock() as bare:
            for data in files:
                _bare_text(data)
        with _clock() as parsed:
            for data in files:
                _tried(lambda data=data: parse_letter(letter_text(data), parse=parse))
        with _clock() as rows:
            read_documents(documents)
        for name, took in (("bare", bare), ("parsed", parsed), ("rows", rows)):
            least[name] = min(took.cpu, least.get(name, took.cpu))
    floor = least["bare"]
    return {
        "sample": len(files),
        "pdfium_per_core_second": round(len(files) / floor),
        "parse_per_core_second": round(len(files) / least["parsed"]),
        "rows_per_core_second": round(len(files) / least["rows"]),
        "parse_ratio": round(floor / least["parsed"], 2),
        "rows_ratio": round(floor / least["rows"], 2),
    }


def _bare_text(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    length = sum(len(page.get_textpage().get_text_bounded()) for page in document)
    document.close()
    return length


class _clock:  # noqa: N801 reads as a verb where it is used
    """Seconds and processor seconds of this process."""

    def __enter__(self) -> _clock:
        self.seconds, self.cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self.seconds
        self.cpu = time.process_time() - self.cpu


def _texts(work: Path) -> Iterator[str]:
    for path in sorted((work / "letters").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode()


def _tried(work: Callable[[], object]) -> None:
    try:
        work()
    except OpenIMRError:
        return


def _request_parser() -> Any:  # noqa: ANN401 functools names no type for a cached function
    """The grammar with one memory, which a round can empty (`parse_request` has its own)."""
    parse = partial(read_line, lexis=lexis_of(load_formulary(), load_request_vocabulary()))
    return lru_cache(maxsize=65_536)(parse)


def _index(work: Path) -> Result:
    shutil.rmtree(work / "corpus" / "index", ignore_errors=True)
    with Corpus(work / "corpus") as corpus, _clock() as built:
        search = Search(corpus)
        items = search.run(_request(KINDS["term"][0])).searched
    return {
        "items": items,
        "seconds": round(built.seconds, 1),
        "items_per_second": round(items / built.seconds),
        "disk_mib": round(disk_mib(work / "corpus" / "index")),
    }


def _request(question: Question, *, top: int = 10) -> Request:
    filters = {facet: (value,) for facet, value in question.filters.items()}
    return Request(node=queries.parse(question.ours), filters=filters, top=top)


def _search(work: Path) -> Result:
    with Corpus(work / "corpus") as corpus:
        search = Search(corpus)

        def with_facets(question: Question) -> int:
            return search.run(_request(question)).total

        def without(question: Question) -> int:
            return search.run(_request(question, top=0)).total

        return {"with_facets": _timed(with_facets), "without": _timed(without)}


def _timed(ask: Callable[[Question], int], rounds: int = _ROUNDS) -> Result:
    """Milliseconds by kind of question, after a first round that warms up (or is all there is)."""
    kinds: Result = {}
    everything: list[_Asked] = []
    for kind, questions in KINDS.items():
        first = [_asked(ask, question) for question in questions]
        later = [_asked(ask, question) for question in questions for _ in range(rounds)]
        asked = later or first
        everything += asked
        kinds[kind] = {
            **_quantiles(asked),
            "cold_max": round(max(each.clock for each in first), 1),
            "hits_median": quantile([each.total for each in first], 0.5),
            "hits_max": max(each.total for each in first),
        }
    return {**kinds, "all": _quantiles(everything)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question took, in milliseconds: by the clock, and of the processor."""

    clock: float
    processor: float
    total: int


def _quantiles(asked: Sequence[_Asked]) -> Result:
    clock, processor = [each.clock for each in asked], [each.processor for each in asked]
    return {
        "p50": round(quantile(clock, 0.5), 2),
        "p95": round(quantile(clock, 0.95), 2),
        "max": round(max(clock), 1),
        "cpu_p50": round(quantile(processor, 0.5), 2),
        "cpu_p95": round(quantile(processor, 0.95), 2),
    }


def _asked(ask: Callable[[Question], int], question: Question) -> _Asked:
    with _clock() as took:
        total = ask(question)
    return _Asked(1_000 * took.seconds, 1_000 * took.cpu, total)


def _fts5_build(work: Path) -> Result:
    file = work / "fts5.sqlite"
    file.unlink(missing_ok=True)
    with _clock() as built:
        items = build(work / "corpus", file)
    return {"items": items, "seconds": round(built.seconds, 1), "disk_mib": round(disk_mib(file))}


def _fts5_search(work: Path) -> Result:
    peer = Fts5(work / "fts5.sqlite")
    return {
        "with_facets": _timed(partial(peer.ask, facets=True), rounds=0),
        "without": _timed(partial(peer.ask, facets=False), rounds=0),
    }


def _counts(work: Path) -> Result:
    """Every report of the statistics in a fresh connection; floors in the same process after."""
    ours: Result = {}
    for name, report in _REPORTS.items():
        with Corpus(work / "corpus") as corpus, _clock() as took:
            report(Statistics(corpus))
        ours[name] = round(took.seconds, 3)
    folder = work / "csv"
    folder.mkdir(exist_ok=True)
    export(work / "corpus", folder)
    with _clock() as loaded:
        sqlite = sqlite_tables(folder, work / "facts.sqlite")
    duck = duckdb_over_csv(folder)
    return {
        "ours": ours,
        "duckdb_over_csv": {
            name: _seconds(lambda sql=sql: duck.execute(sql).fetchall())
            for name, sql in COUNTS.items()
        },
        "sqlite": {
            name: _seconds(lambda sql=sql: sqlite.execute(sql).fetchall())
            for name, sql in COUNTS.items()
        },
        "sqlite_load_seconds": round(loaded.seconds, 1),
    }


_REPORTS: dict[str, Callable[[Statistics], object]] = {
    "overturned by drug": lambda counts: counts.rates(Grouping(by=("drug",))),
    "overturned by drug and year": lambda counts: counts.rates(Grouping(by=("drug",), over="year")),
    "guideline pages": lambda counts: counts.rates(Grouping(by=("guideline_page",))),
    "missing criteria": lambda counts: counts.elements(),
    "by quarter": lambda counts: counts.rates(Grouping(over="quarter")),
    "by specialty": lambda counts: counts.rates(Grouping(by=("specialty",))),
}


def _seconds(work: Callable[[], object]) -> float:
    with _clock() as took:
        work()
    return round(took.seconds, 3)


INSIDE: dict[str, Callable[[Path], Result]] = {
    "parse_texts": _parse_texts,
    "parse_pdfs": _parse_pdfs,
    "index": _index,
    "search": _search,
    "fts5_build": _fts5_build,
    "fts5_search": _fts5_search,
    "counts": _counts,
}
"""Name to stage; each takes the work folder."""
