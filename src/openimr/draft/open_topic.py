"""What the record says on a request for which no criteria are encoded: facts, without judgement.

The physician decides such an item from the record, so the letter lays the passages that bear on it
side by side: on the complaint, on treatment so far, on function and work. A passage that names
another part of the body than the request is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from openimr.draft.bind import bind
from openimr.draft.evidence import newest_first, passages
from openimr.draft.record import Record, page_refs
from openimr.model.case import DisputedItem
from openimr.model.determination import Sentence
from openimr.model.document import DocumentKind
from openimr.model.evidence import Assertion, Fact, PageRef
from openimr.model.labels import cite_pages
from openimr.model.request import Request, RequestKind

_SHOWN = 4
"""Passages of a group; the newest of each concept."""
_STATED = (Assertion.PRESENT, Assertion.ABSENT, Assertion.HISTORICAL, Assertion.CONFLICTING)
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "On the complaint and its findings the record says",
        (
            "radiculopathy_findings",
            "imaging_correlation",
            "muscle_spasm",
            "trigger_points",
            "neuro_exam_normal",
            "acute_exacerbation",
            "red_flags",
            "pathology_osteoarthritis",
            "diagnosis_axial_mechanical",
            "neuropathic_pain",
            "pain_score",
        ),
    ),
    (
        "On treatment so far",
        (
            "prior_visits",
            "conservative_care",
            "home_exercise",
            "injection_response",
            "stimulation_trial",
            "surgical_candidate",
            "acute_postoperative",
            "consultation",
        ),
    ),
    (
        "On function and work",
        ("functional_improvement", "validated_instrument", "return_to_work", "work_restrictions"),
    ),
)
_DRUG_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("On the drug the record says", ("medication", "duration_of_use", "adverse_effects")),
    (
        "On its reason and effect",
        (
            "pain_with_without_medication",
            "functional_improvement",
            "pain_score",
            "muscle_spasm",
            "neuropathic_pain",
            "other_indication",
            "insomnia_workup",
            "gi_risk",
            "cv_renal_hepatic_risk",
        ),
    ),
    ("On other treatment", ("prior_nonopioid_trials", "conservative_care")),
)
_BODY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lumbar spine": ("lumbar", "low back", "lower back", "lumbosacral", "l-spine", "l4", "l5"),
        "cervical spine": ("cervical", "neck", "c-spine"),
        "thoracic spine": ("thoracic", "mid back", "upper back"),
        "shoulder": ("shoulder", "rotator"),
        "knee": ("knee", "meniscus", "meniscal"),
        "wrist": ("wrist", "carpal"),
        "hand": ("hand", "finger"),
        "elbow": ("elbow", "epicondyl"),
        "hip": ("hip",),
        "ankle": ("ankle",),
        "foot": ("foot", "feet", "plantar"),
    }
)
"""What charts call the parts of the body that requests name most."""
_NOTES: Mapping[str, DocumentKind] = MappingProxyType(
    {
        "physical therapy": DocumentKind.PHYSICAL_THERAPY,
        "occupational therapy": DocumentKind.PHYSICAL_THERAPY,
        "acupuncture": DocumentKind.ACUPUNCTURE,
        "chiropractic": DocumentKind.CHIROPRACTIC,
    }
)


def record_sentences(item: DisputedItem, record: Record) -> list[Sentence]:
    """The facts that bear on a request without criteria, the newest of each concept."""
    request = item.request
    drug = request.kind is RequestKind.DRUG
    told = [
        *_earlier_papers(request, record),
        *(
            sentence
            for lead, concepts in (_DRUG_GROUPS if drug else _GROUPS)
            for sentence in _group(lead, concepts, request, record)
        ),
    ]
    return told or _nothing(item, record)


def _group(lead: str, concepts: Iterable[str], request: Request, record: Record) -> list[Sentence]:
    newest: dict[str, Fact] = {}
    for fact in sorted(record.facts.values(), key=newest_first):
        ticked = "[" in fact.provenance.quote  # a row of boxes says little out of its form
        if fact.concept in concepts and not ticked and _bears_on(fact, request, record):
            newest.setdefault(fact.concept, fact)
    shown = [newest[concept] for concept in concepts if concept in newest][:_SHOWN]
    if not shown:
        return []
    told = "; ".join(passages([fact], record) for fact in shown)
    text = f"{lead} {told}"
    return [bind(text, facts=[each.id for each in shown], pages=page_refs(shown), part="record")]


def _bears_on(fact: Fact, request: Request, record: Record) -> bool:
    document = record.documents[fact.provenance.document]
    if not document.kind.is_clinical or fact.assertion not in _STATED:
        return False
    if fact.concept in ("medication", "duration_of_use", "adverse_effects"):
        named = {fact.subject, fact.value.get("generic"), fact.value.get("drug")} - {None}
        return request.generic in named or (fact.concept == "adverse_effects" and not named)
    quote = fact.provenance.quote.casefold()
    wanted = [part.casefold() for part in request.body_parts]
    if not wanted or any(_names(quote, part) for part in wanted):
        return True
    return not any(_names(quote, part) for part in _BODY)


def _names(quote: str, part: str) -> bool:
    return any(word in quote for word in _BODY.get(part, (part,)))


def _earlier_papers(request: Request, record: Record) -> list[Sentence]:
    """Notes of the same treatment, reports of earlier studies: what the file holds of them."""
    procedure = (request.procedure or "").casefold()
    kind = next((kind for name, kind in _NOTES.items() if name in procedure), None)
    if request.kind is RequestKind.IMAGING:
        kind = DocumentKind.IMAGING
    pages = [
        PageRef(document=each.id, page=1)
        for each in record.documents.values()
        if each.kind is kind and each.pages
    ]
    if not pages:
        return []
    what = "reports of earlier imaging" if kind is DocumentKind.IMAGING else f"notes of {procedure}"
    text = f"The file holds {what}: {cite_pages(pages, record.labels)}"
    return [bind(text, pages=pages, part="record")]


def _nothing(item: DisputedItem, record: Record) -> list[Sentence]:
    """Nothing was read as a fact on it, which is said of the record's first clinical page."""
    pages = [
        PageRef(document=each.id, page=1)
        for each in record.documents.values()
        if each.kind.is_clinical and each.pages
    ][:1] or page_refs(item.sources)
    if not pages:
        return []
    text = "No fact that bears on this request was read from the record"
    return [bind(text, pages=pages, part="record")]
