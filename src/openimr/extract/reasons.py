"""Why a passage does not count, in plain words: what a reader of a certificate sees beside it."""

from __future__ import annotations

from datetime import date

from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import REGIMEN, Assertion, Fact

_MONTHS_OF_A_YEAR = 12
_DAYS_OF_A_YEAR = 366
_KIND = {
    DocumentKind.UR_DECISION: "said or quoted by utilization review, not by a treating clinician",
    DocumentKind.IMR_APPLICATION: "text of the application form, not a clinical statement",
    DocumentKind.CORRESPONDENCE: "a letter that argues or transmits, not a clinical statement",
}
_ASSERTION = {
    Assertion.ABSENT: "says that it is not so",
    Assertion.POSSIBLE: "says it as a possibility only",
    Assertion.HISTORICAL: "speaks of an earlier time",
    Assertion.HYPOTHETICAL: "a plan, goal, condition, instruction or quotation, not a finding",
    Assertion.OTHER_PERSON: "says it of another person",
    Assertion.CONFLICTING: "the record says both",
}
_BY_VALUE: dict[tuple[str, str, object], str] = {
    ("functional_improvement", "direction", "deficit"): "states a limitation, not an improvement",
    ("functional_improvement", "direction", "same"): "states no change",
    ("functional_improvement", "direction", "worse"): "states a decline",
    ("functional_improvement", "specific", False): "names no activity or measure",
    ("pain_with_without_medication", "relief", "none"): "states that it brings no relief",
    ("pain_with_without_medication", "direction", "worse"): "states a rise of pain",
    ("pain_with_without_medication", "direction", "same"): "states no change of pain",
    ("return_to_work", "status", "off_work"): "states that the patient does not work",
    ("return_to_work", "status", "retired"): "states that the patient has retired",
    (
        "return_to_work",
        "status",
        "permanent_and_stationary",
    ): "permanent and stationary is not the same as working",
    ("neuropathic_pain", "strength", "symptom"): "a symptom without a sign or diagnosis",
    ("opioid_agreement", "status", "discussed"): "an agreement is mentioned, not a signed one",
    ("urine_drug_test", "result", "requested"): "a test is requested, no result is given",
    ("urine_drug_test", "result", "done"): "a test is named, no result is given",
    ("urine_drug_test", "result", "inconsistent"): "the result is inconsistent",
    ("pdmp_cures", "result", "requested"): "a report is to be obtained, none is given",
    ("insomnia_workup", "element", "complaint"): "mentions sleep, but no element of an evaluation",
    ("pain_score", "context", "unspecified"): "a score without anything to compare it with",
    ("pain_score", "context", "current"): "a score without anything to compare it with",
    ("weaning_attempts", "kind", "planned"): "a plan, nothing that was done",
    ("consultation", "status", "requested"): "a referral that is asked for, no consultation",
}


def why_not(fact: Fact, document: Document, subject: str | None, latest: date | None) -> str:
    """Why a fact does not answer the search."""
    if fact.assertion is Assertion.HYPOTHETICAL:
        return _hypothetical(fact, document)
    if fact.assertion is Assertion.OTHER_PERSON and document is not None:
        page = document.page(fact.provenance.page)
        if page.is_foreign:
            return "a page of another patient"
    if fact.assertion is not Assertion.PRESENT:
        return _with_date(_ASSERTION[fact.assertion], fact, latest)
    return _with_date(_present(fact, subject), fact, latest)


def _hypothetical(fact: Fact, document: Document) -> str:
    if document.kind in _KIND:
        return _KIND[document.kind]
    if "[" in fact.provenance.quote or "\u2610" in fact.provenance.quote:
        return "an empty check box"
    return _ASSERTION[Assertion.HYPOTHETICAL]


def _present(fact: Fact, subject: str | None) -> str:
    if subject is not None and fact.subject not in {None, subject}:
        if fact.subject == REGIMEN:
            return f"speaks of the medication together, not of {subject}"
        return f"speaks of {fact.subject}, not of {subject}"
    for (concept, key, value), reason in _BY_VALUE.items():
        if fact.concept == concept and fact.value.get(key) == value:
            return reason
    if subject is not None and fact.subject is None:
        return f"does not say that it is of {subject}"
    return "read, and not sufficient for what the criterion asks"


def _with_date(reason: str, fact: Fact, latest: date | None) -> str:
    if fact.date is None or latest is None:
        return reason
    if (latest - fact.date.last_day()).days > _DAYS_OF_A_YEAR:
        old = f"dated {fact.date.isoformat()}, older than {_MONTHS_OF_A_YEAR} months"
        return old if fact.assertion is Assertion.HISTORICAL else f"{old}; {reason}"
    carried = fact.value.get("carried_from")
    if carried is not None:
        return f"copied word for word from a report of {carried}; {reason}"
    return reason
