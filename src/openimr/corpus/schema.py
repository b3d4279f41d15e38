"""The columns of the corpus: one row a letter, one row an item, as Parquet keeps them.

Both tables are read by DuckDB (statistics, export) and feed the search index. An item's row repeats
the letter's facets, so that a question about items needs no join. What a letter does not state is
null; a list that is empty is an empty list.
"""

from __future__ import annotations

LETTER_COLUMNS: dict[str, str] = {
    "letter": "VARCHAR",  # the permalink: case number, or `x` and 16 digits of the content's hash
    "sha256": "VARCHAR",  # of the source file
    "source": "VARCHAR",  # its name (inside an archive: archive!name)
    "layout": "VARCHAR",
    "case_number": "VARCHAR",
    "date_assigned": "DATE",
    "decision_date": "DATE",
    "date_of_injury": "DATE",
    "ur_denial_date": "DATE",
    "application_received": "DATE",
    "priority": "VARCHAR",
    "licensure": "VARCHAR[]",
    "specialties": "VARCHAR[]",
    "age": "INTEGER",
    "sex": "VARCHAR",
    "summary": "VARCHAR",
    "warnings": "VARCHAR[]",
    "item_count": "INTEGER",
    "letter_json": "VARCHAR",  # the whole letter as `published parse --json` prints it
}

ITEM_COLUMNS: dict[str, str] = {
    "item": "VARCHAR",  # the permalink: letter, `/`, index
    "letter": "VARCHAR",
    "item_index": "INTEGER",  # 1-based
    "heading": "VARCHAR",
    "outcome": "VARCHAR",  # Upheld, Overturned
    "conclusion": "VARCHAR",
    "kind": "VARCHAR",  # the facet `category`
    "topic": "VARCHAR",
    "drug": "VARCHAR",  # generic
    "brand": "VARCHAR",
    "drug_class": "VARCHAR",
    "dose": "VARCHAR",  # strength as parsed: 10/325 mg
    "quantity": "DOUBLE",
    "body_parts": "VARCHAR[]",
    "claims_guideline": "VARCHAR",
    "reviewer_guideline": "VARCHAR",
    "guidelines": "VARCHAR[]",  # citations of the reviewer's line, normalised
    "guideline_pages": "VARCHAR[]",  # `<citation> p. <n>`, one for each page, ranges spelled out
    "mtus": "BOOLEAN",  # the reviewer's line cites the MTUS
    "rationale": "VARCHAR",
    "missing": "VARCHAR[]",  # what the reviewer says the record lacks (`published.said`)
    "present": "VARCHAR[]",  # what the reviewer says it shows
    # the letter's facets, repeated
    "decision_date": "DATE",
    "year": "INTEGER",
    "specialty": "VARCHAR[]",
    "licence_state": "VARCHAR[]",
    "days_from_assigned": "INTEGER",  # assignment to decision
    "days_from_application": "INTEGER",
}

ITEM_FACETS = (
    "drug", "drug_class", "dose", "category", "topic", "body_part", "guideline",
    "guideline_page", "outcome", "specialty", "licence_state", "year", "missing",
)  # fmt: skip
"""What a reader may filter and count by, under the names of the command line."""

FACET_COLUMNS: dict[str, str] = {
    "category": "kind",
    "body_part": "body_parts",
    "guideline": "guidelines",
    "guideline_page": "guideline_pages",
}
"""Facets whose column has another name."""
