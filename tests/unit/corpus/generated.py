"""A corpus of any size straight from DuckDB: rows in the schema, nothing read from letters.

Values depend on the letter's number alone, so that the same size gives the same corpus.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from openimr.corpus.folder import CorpusFolder
from openimr.corpus.ledger import Ledger, SegmentRecord, SourceRecord, State
from openimr.corpus.schema import ITEM_COLUMNS, LETTER_COLUMNS

_LETTERS = """
SELECT
  'CM' || (13 + n % 6) || '-' || lpad(n::VARCHAR, 7, '0') AS letter,
  'case-number' AS layout,
  n, (hash(n) >> 8)::BIGINT AS h,
  DATE '2013-03-01' + (hash(n, 1) % 2100)::INTEGER AS decision_date,
  (hash(n, 2) % 60 + 12)::INTEGER AS assigned,
  1 + (hash(n, 3) % 4)::INTEGER AS item_count
FROM range(?, ?) numbers(n)
"""
_ITEMS = """
SELECT letters.*, i AS item_index, (hash(n, i) >> 8)::BIGINT AS g, (hash(n, i, 9) >> 8)::BIGINT AS k
FROM letters, unnest(range(1, item_count + 1)) items(i)
"""
_LETTER_VALUES = {
    "letter": "letter",
    "layout": "layout",
    "case_number": "letter",
    "decision_date": "CASE WHEN n % 10 <> 0 THEN decision_date END",
    "date_assigned": "decision_date - assigned",
    "item_count": "item_count",
    "licensure": "['California']",
    "specialties": "['Specialty ' || (h % 12)]",
}
_ITEM_VALUES = {
    "item": "letter || '/' || item_index",
    "letter": "letter",
    "item_index": "item_index",
    "heading": "'Request ' || g % 500",
    "outcome": "CASE WHEN k % 100 < 5 + g % 20 THEN 'Overturned' ELSE 'Upheld' END",
    "kind": "['drug', 'imaging', 'therapy', 'surgery'][1 + (g % 4)]",
    "topic": "CASE WHEN g % 30 > 0 THEN 'topic-' || g % 30 END",
    "drug": "CASE WHEN g % 4 = 0 THEN 'drug-' || g % 80 END",
    "drug_class": "CASE WHEN g % 4 = 0 THEN 'class-' || g % 12 END",
    "dose": "CASE WHEN g % 4 = 0 THEN (g % 9 * 5)::VARCHAR || ' mg' END",
    "body_parts": "[['lumbar spine'], ['lumbar spine', 'cervical spine'], ['knee'], []]"
    "[1 + (k % 4)]",
    "guidelines": "['MTUS Chronic Pain', 'ODG Low Back'][1:1 + (g % 2)]",
    "guideline_pages": "list_transform(range(g % 100, g % 100 + 1 + k % 7),"
    " lambda page: 'MTUS Chronic Pain p. ' || page)",
    "mtus": "true",
    "rationale": "''",
    "missing": "list_transform(range(k % 37, k % 37 + g % 4),"
    " lambda element: ['functional_improvement', 'pain_relief', 'red_flags', 'imaging',"
    " 'home_exercise', 'goals', 'spasm'][1 + element % 7])",
    "present": "CASE WHEN k % 3 = 0 THEN ['physical_therapy', 'symptoms'] ELSE [] END",
    "decision_date": "CASE WHEN n % 10 <> 0 THEN decision_date END",
    "year": "CASE WHEN n % 10 <> 0 THEN year(decision_date) END",
    "specialty": "['Specialty ' || (h % 12)]",
    "licence_state": "['California']",
    "days_from_assigned": "CASE WHEN n % 10 <> 0 THEN assigned END",
    "days_from_application": "CASE WHEN n % 10 <> 0 THEN assigned + (h % 9)::INTEGER END",
}


def make_corpus(
    root: Path, letters: int, *, aside: int = 0, doubles: int = 0, segment: int = 50_000
) -> Path:
    """Write segments and a ledger that names them; returns the folder."""
    folder = CorpusFolder(root)
    root.mkdir(parents=True, exist_ok=True)
    with Ledger(folder.ledger, write=True) as ledger:
        for number, first in enumerate(range(0, letters, segment), start=1):
            ledger.commit(_segment(folder, number, first, min(first + segment, letters)), ())
        ledger.commit(
            None,
            [_source(number, State.ASIDE) for number in range(aside)]
            + [_source(number, State.DOUBLE) for number in range(aside, aside + doubles)],
        )
    return root


def _segment(folder: CorpusFolder, number: int, first: int, last: int) -> SegmentRecord:
    place = folder.segment(number)
    place.mkdir(parents=True)
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE letters AS {_LETTERS}", [first, last])
        database.execute(f"CREATE TABLE items AS {_ITEMS}")
        _write(database, "letters", LETTER_COLUMNS, _LETTER_VALUES, place)
        _write(database, "items", ITEM_COLUMNS, _ITEM_VALUES, place)
        items = database.execute("SELECT count(*) FROM items").fetchone()
    return SegmentRecord(number, last - first, items[0] if items else 0)


def _write(
    database: duckdb.DuckDBPyConnection,
    table: str,
    columns: dict[str, str],
    values: dict[str, str],
    place: Path,
) -> None:
    listed = ", ".join(
        f"({values.get(name, 'NULL')})::{kind} AS {name}" for name, kind in columns.items()
    )
    database.execute(  # paths and columns are the test's own
        f"COPY (SELECT {listed} FROM {table}) TO '{place / table}.parquet'"  # noqa: S608
        " (FORMAT parquet, COMPRESSION zstd)"
    )


def _source(number: int, state: State) -> SourceRecord:
    return SourceRecord(
        name=f"{number}.pdf", sha256=number.to_bytes(32, "big"), state=state, engine="test"
    )
