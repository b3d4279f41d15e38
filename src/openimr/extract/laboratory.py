"""Urine drug test reports: what the laboratory says of the result as a whole.

A report does not repeat the name of the test beside its verdict (`COMMENT: Findings agree with
reported prescriptions`), so that page and kind of document stand in for it.
"""

from __future__ import annotations

import re

from openimr.extract.laboratory_analytes import read_analytes
from openimr.extract.passages import PageText, Passage, Reading
from openimr.extract.tables import Table, find_tables
from openimr.model.document import DocumentKind
from openimr.model.evidence import Assertion
from openimr.model.ids import ConceptId

URINE_TEST = ConceptId("urine_drug_test")
_DRUG_SCREEN = re.compile(
    r"\b(?:drug\s+(?:screen|test)|(?:pain|tox)\s+panel|toxicology|urine\s+drug|immunoassay|LC-?MS|GC-?MS|confirm\w*|\d+\s*panel|UDS|UDT|cannabinoid\w*|THC|drugs?\s+of\s+abuse|(?:nor)?(?:hydrocodone|oxycodone|fentanyl|buprenorphine))\b",
    re.IGNORECASE,
)
_INCONSISTENT = re.compile(
    r"\b(?:inconsistent|not\s+consistent|unexpected|discrepan\w+|does\s+not\s+agree|do\s+not\s+agree|"
    r"not\s+detected\s*-\s*prescribed|not\s+(?:prescribed|explained|listed|expected)|undeclared|prescribed,?\s+not\s+(?:found|detected)|aberrant)\b",
    re.IGNORECASE,
)
_CONSISTENT = re.compile(
    r"\b(?:positive\s+for\s+all\s+prescribed|consistent|agree\w*\s+with|in\s+agreement|match(?:es)?\b|as\s+expected|compliant|expected\s+with)\b",
    re.IGNORECASE,
)
_PRESCRIPTIONS = re.compile(
    r"\b(?:prescri\w+|medications?|meds|drugs?|list(?:ed)?|reported|declared|findings?|results?|orders?|regimen)\b"
    r"|^\W*(?:interpretation|overall|summary|comment)?\W*(?:in)?consistent\W*$",
    re.IGNORECASE,
)
_NO_INCONSISTENCY = re.compile(
    r"\b(?:no|without|any)\s+(?:\w+\s+)?(?:inconsistent|unexpected|unexplained|undeclared|undisclosed|unlisted|non-?prescribed|discrepan\w+|aberrant)",
    re.IGNORECASE,
)


_TESTED_FOR = re.compile(r"(?i)\b(?:prescri\w*|expected|declared|reported|rx)\b")
_RESULT = re.compile(r"(?i)\b(?:result|finding|outcome|detected|value)\b")
_YES = re.compile(r"(?i)^\W*(?:y|yes|prescribed|rx|expected)\b")
_NO = re.compile(r"(?i)^\W*(?:n|no|not\s+(?:prescribed|expected))\b")
_FOUND_NOT = re.compile(r"(?i)^\W*(?:nd|none|not|neg\w*|absent|<|0\b)")
_VERDICT = re.compile(r"(?i)\b(?:agree\w*|consisten\w*|interp\w*|verdict|match\w*|as\s+expected)\b")
_AGREES = re.compile(
    r"(?i)^\W*(?:agree[sd]?|agreement|consistent|expected|as\s+expected|ok|match(?:es)?|yes|y)\b"
)
_DISAGREES = re.compile(
    r"(?i)^\W*(?:not?|n|does\s+not|doesn.t|in-?consistent|unexpected|disagree\w*|mismatch|discrepan\w*)\b"
)
_METABOLITE_ROWS = 2


def read_result_table(source: PageText) -> list[Reading]:
    """A laboratory's table that sets results beside what is prescribed, if it has no verdict.

    Everything prescribed was found and nothing else: the result agrees with the prescriptions.
    """
    if source.document.kind is not DocumentKind.LAB or not _DRUG_SCREEN.search(source.page.text):
        return []
    readings = read_analytes(source)
    if readings:
        return readings
    return [reading for table in find_tables(source.page.text) for reading in _of_table(table)]


def _of_table(table: Table) -> list[Reading]:
    heads = [head.text for head in table.heads[1:]]
    judged = _row_verdicts(table, heads)
    if len(judged) >= _METABOLITE_ROWS:
        return [_whole(table, agrees=all(judged))]
    asked = [n for n, head in enumerate(heads) if _TESTED_FOR.search(head)]
    given = [n for n, head in enumerate(heads) if _RESULT.search(head) and n not in asked]
    if not asked or not given:
        return []
    is_verdict = "?" in heads[asked[0]] and "expected" in heads[asked[0]].casefold()
    agrees: list[bool] = []
    for row in table.rows:
        expected, result = row.values[asked[0]], row.values[given[0]]
        if result is not None and expected is None:
            return []
        if expected is None or result is None:
            continue
        found = _FOUND_NOT.search(result.text) is None
        if _YES.search(expected.text):
            agrees.append(found or is_verdict)
        elif _NO.search(expected.text):
            agrees.append(not found and not is_verdict)
    if len(agrees) < _METABOLITE_ROWS:
        return []
    return [_whole(table, agrees=all(agrees))]


def _row_verdicts(table: Table, heads: list[str]) -> list[bool]:
    """What each row says of itself under a head such as `AGREEMENT` or `Interp`."""
    columns = [n for n, head in enumerate(heads) if _VERDICT.search(head)]
    if not columns:
        return []
    cells = [row.values[columns[-1]] for row in table.rows]
    said = [cell.text for cell in cells if cell is not None]
    judged = [words for words in said if _AGREES.match(words) or _DISAGREES.match(words)]
    return [_DISAGREES.match(words) is None for words in judged]


def _whole(table: Table, *, agrees: bool) -> Reading:
    """The reading of a whole table."""
    return Reading(
        concept=URINE_TEST,
        start=table.rows[0].label.start,
        end=table.rows[-1].label.end,
        value={
            "result": "consistent" if agrees else "inconsistent",
            "detail": ", ".join(row.label.text for row in table.rows)[:160],
        },
        rule="laboratory.table",
    )


_AGREEMENT = re.compile(
    r"(?i)^(?:[^\n]*\n){0,2}[^\n]*?"
    r"\b(?:opioid|controlled|narcotic|pain|medication|treatment)\b[^\n]{0,30}"
    r"\b(?:agreement|contract)\b"
)
_SIGNED = re.compile(
    r"(?im)^\W*(?:patient(?:'s)?\s+)?(?:signed|signature)\b\W{0,6}"
    r"(?P<who>[A-Za-z][\w.'-]+ [A-Za-z][\w.' -]+?)(?:\s{2,}|\s+\d|$)"
)


def read_agreement(source: PageText) -> list[Reading]:
    """The agreement itself, filed as a page with the patient's signature under it."""
    text = source.page.text
    if not source.document.kind.is_clinical or not _AGREEMENT.match(text.lstrip()):
        return []
    found = _SIGNED.search(text)
    if found is None:
        return []
    return [
        Reading(
            concept=ConceptId("opioid_agreement"),
            start=found.start("who"),
            end=found.end("who"),
            value={"status": "signed"},
            rule="agreement.signed",
            assertion=Assertion.PRESENT,
        )
    ]


def read_laboratory(passage: Passage) -> list[Reading]:
    """The verdict of a urine drug test's report, if the passage gives one."""
    if passage.source.document.kind is not DocumentKind.LAB:
        return []
    text = passage.text
    if not _PRESCRIPTIONS.search(text) or not _DRUG_SCREEN.search(passage.source.page.text):
        return []
    if _NO_INCONSISTENCY.search(text):
        found, result = _NO_INCONSISTENCY.search(text), "consistent"
    elif _INCONSISTENT.search(text):
        found, result = _INCONSISTENT.search(text), "inconsistent"
    else:
        found, result = _CONSISTENT.search(text), "consistent"
    if found is None:
        return []
    start, end = passage.at(found)
    return [
        Reading(
            concept=URINE_TEST,
            start=start,
            end=end,
            value={"result": result, "detail": " ".join(text.split())[:160]},
            rule="laboratory.verdict",
            assertion=Assertion.PRESENT,
        )
    ]
