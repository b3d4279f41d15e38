"""Urine drug test reports: what the laboratory says of the result as a whole.

A report does not repeat the name of the test beside its verdict (`COMMENT: Findings agree with
reported prescriptions`), so that page and kind of document stand in for it.
"""

from __future__ import annotations

import re

from openimr.extract.passages import Passage, Reading
from openimr.model.document import DocumentKind
from openimr.model.ids import ConceptId

URINE_TEST = ConceptId("urine_drug_test")
_DRUG_SCREEN = re.compile(
    r"\b(?:drug\s+(?:screen|test)|toxicology|urine\s+drug|immunoassay|LC-?MS|GC-?MS|confirm\w*|\d+\s*panel|UDS|UDT|cannabinoid\w*|THC)\b",
    re.IGNORECASE,
)
_INCONSISTENT = re.compile(
    r"\b(?:inconsistent|not\s+consistent|unexpected|discrepan\w+|does\s+not\s+agree|do\s+not\s+agree|"
    r"not\s+detected\s*-\s*prescribed|not\s+prescribed|prescribed,?\s+not\s+(?:found|detected)|aberrant)\b",
    re.IGNORECASE,
)
_CONSISTENT = re.compile(
    r"\b(?:positive\s+for\s+all\s+prescribed|consistent|agree\w*\s+with|in\s+agreement|match(?:es)?\b|as\s+expected|compliant|expected\s+with)\b",
    re.IGNORECASE,
)
_PRESCRIPTIONS = re.compile(
    r"\b(?:prescri\w+|medications?|meds|drugs?|list|reported|declared|findings|results?)\b",
    re.IGNORECASE,
)
_NO_INCONSISTENCY = re.compile(
    r"\b(?:no|without|any)\s+(?:\w+\s+)?(?:inconsistent|unexpected|discrepan\w+|aberrant)",
    re.IGNORECASE,
)


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
        )
    ]
