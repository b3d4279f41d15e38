"""How what was read is meant: by cues, check boxes, sections, whose page, which document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openimr.extract.answers import Mark
from openimr.extract.assertion import Asserter, CueHit
from openimr.extract.passages import Passage, Reading
from openimr.extract.relatives import is_of_a_relative, is_of_the_patient
from openimr.extract.tense import goes_on_over, is_over
from openimr.extract.work import is_permitted
from openimr.model.document import DocumentKind
from openimr.model.evidence import Assertion
from openimr.model.lexicon import CueKind

_SECTION_MEANING = {
    "family_history": Assertion.OTHER_PERSON,
    "goals": Assertion.HYPOTHETICAL,
    "guidelines": Assertion.HYPOTHETICAL,
    "instructions": Assertion.HYPOTHETICAL,
    "differential": Assertion.POSSIBLE,
    "past_history": Assertion.HISTORICAL,
    "past_medications": Assertion.HISTORICAL,
}
_DIAGNOSES = frozenset(
    {
        *("neuropathic_pain", "other_indication", "diagnosis_axial_mechanical", "drug_indication"),
        *("pathology_osteoarthritis", "malignancy_palliative", "gi_risk", "cv_renal_hepatic_risk"),
    }
)
"""What a request form states; all else on it is what is asked for."""
_STANDING = frozenset(
    {
        "gi_risk",
        "cv_renal_hepatic_risk",
        "non_industrial_factor",
        "other_indication",
        "drug_indication",
        "drug_caution",
        "addiction_history",
    }
)
"""Listed under past history, and still a risk."""
_OF_TREATMENT = frozenset(
    {
        *(
            "pain_with_without_medication",
            "functional_improvement",
            "adverse_effects",
            "pain_score",
        ),
        *("prior_nonopioid_trials", "weaning_attempts", "sleep_benefit", "muscle_spasm"),
    }
)
"""What a heading of past medications makes past: other things under it are of their own time."""
_STATES = frozenset(
    {
        *("", "adverse_effects", "muscle_spasm", "neuropathic_pain", "other_indication"),
        *("psych_status", "gi_risk", "cv_renal_hepatic_risk", "non_industrial_factor"),
        *("return_to_work", "insomnia_workup", "red_flags", "malignancy_palliative"),
    }
)
"""What can be over; what a medicine did when there was one counts, though it is past."""
_PRESUPPOSED = re.compile(
    r"(?:\b(?:his|her|their|patient.s)\s+(?!risk)(?:\w+\s+){0,2}"
    r"|\b(?:treatment|management|therapy|control|care)\s+(?:with\s+\w+\s+)?(?:for|of)\s+(?:\w+\s+){0,2})$",
    re.IGNORECASE,
)
"""`We would go on with treatment for her anxiety`: what is planned is done about what is there."""
_GRANTED = "granted"
_PLANNED = {
    "urine_drug_test": ("result", "requested"),
    "pdmp_cures": ("result", "requested"),
}
"""What a plan says is a fact of the plan, and not of what was done."""
_AIMS = frozenset({"therapy_goal", "treatment_with", "negative_predictors"})
"""Plans by their nature: that they are set down is the fact."""
_SUSPICIONS = frozenset({"red_flags"})
"""What is a suspicion by its nature: the study that is asked for shall settle it."""
_OF_WORK = frozenset({"return_to_work", "work_restrictions"})
_QUOTING = frozenset({CueKind.QUOTATION, CueKind.TEMPLATE})
_IMPERATIVE = re.compile(
    r"^\W*(?:\(?template|prompt\b|reminder\b|please\b|note:|check\b|circle\b|doc(?:ument)?\b(?!s|ed)|describe\b|list\b|specify\b|"
    r"report\s+(?:any|all)\b|indicate\b|include\b|attach\b|example)",
    re.IGNORECASE,
)
_NO_IN_NEXT_CELL = re.compile(
    r"[^|\n]{0,30}\|\s*(?:N|no|none|neg(?:ative)?|denied|denies|nil|absent|0)\b(?![.\d])",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:will|plan\w*|is\s+to|are\s+to|to\s+be|over\s+the\s+next|intend\w*|intent|agree[sd]?|propos\w+|begin\w*|start\w*)\b",
    re.IGNORECASE,
)
_ONLY_AN_IDEA = re.compile(
    r"\b(?:if|unless|consider\w*|discuss\w*|may|might|could|should|options?|recommend\w*|suggest\w*|declin\w+|refus\w+)\b",
    re.IGNORECASE,
)
_CONSIDERED = re.compile(r"\b(?:consider|might|could|wonder\w*|may\s+need)\b", re.IGNORECASE)
_TALKED = re.compile(
    r"\b(?:discuss(?:ed|ing)|talked|raised\s+the|mentioned|brought\s+up)\b", re.IGNORECASE
)
_QUESTIONED = re.compile(r"\s?\?\s*(?:$|\n|[,;)]|\(|\d[.)]|EMG|MRI|NCS|consider\b|check\b|will\b)")
_ASKED_ONE_WORD = re.compile(r"\W*(?:\d{1,2}[.)]\s*)?(?:\w+\s+){0,3}\w+\s?\?\s*$")
_DOUBTED = re.compile(r"(?:^|[\s(/])\?\s?$")
_QUESTION = re.compile(
    r"\W*(?:(?:question|q|issue)\b\s*\d*[.:)]?\s*|\d{1,2}[.)]\s*)?(?:if|has|have|is|are|was|were|does|do|did|can|could|will|would|should"
    r"|what|when|where|which|who|how|why|based\s+(?:up)?on|in\s+your\s+opinion|please)\b",
    re.IGNORECASE,
)
"""`Has the claimant reached maximum improvement?` asks, and is answered elsewhere."""
_REQUEST_FORMS = frozenset({DocumentKind.RFA})


@dataclass(frozen=True, slots=True)
class Quotation:
    """Whether a quotation of a guideline is still open after a passage."""

    open: bool = False

    def after(self, passage: Passage, cues: Sequence[CueHit]) -> Quotation:
        """The state after a passage: a guideline's quotation mark stays open until it closes."""
        marks = (
            passage.text.count('"') + passage.text.count("\u201c") + passage.text.count("\u201d")
        )
        quotes = self.open or any(hit.cue.kind in {"quotation", "template"} for hit in cues)
        return Quotation(quotes and (marks % 2 == 1) != self.open)


def judge(
    reading: Reading,
    passage: Passage,
    cues: Sequence[CueHit],
    asserter: Asserter,
    *,
    quoting: bool = False,
) -> Assertion:
    """How a reading is meant.

    Args:
        reading: what was read.
        passage: where it stands.
        cues: the cues of the passage.
        asserter: judges by cues.
        quoting: whether the passage stands inside a guideline's quotation that began before it.
    """
    source = passage.source
    if source.page.is_foreign:
        return Assertion.OTHER_PERSON
    if not source.document.kind.is_clinical:
        return _outside_clinic(reading, passage)
    if (
        quoting
        or _in_placeholder(reading, passage)
        or _is_question(passage)
        or (
            reading.assertion is None
            and _IMPERATIVE.match(passage.text)
            and "?" not in passage.text[:40]
        )
    ):
        return Assertion.HYPOTHETICAL
    if source.document.kind in _REQUEST_FORMS and reading.concept not in _DIAGNOSES:
        return Assertion.HYPOTHETICAL
    meant = reading.assertion or _by_cues(reading, passage, _said(cues, passage), asserter)
    if meant is Assertion.POSSIBLE and reading.concept in _OF_WORK and is_permitted(passage.text):
        meant = Assertion.PRESENT
    if meant is Assertion.POSSIBLE and reading.concept in _SUSPICIONS:
        meant = Assertion.PRESENT
    if meant is not Assertion.HYPOTHETICAL and is_of_a_relative(passage, asserter):
        return Assertion.OTHER_PERSON
    meant = _by_plan(reading, _only_raised(reading, passage, meant))
    requested = (
        reading.value.get("status") == "requested"
        and not _conditional(cues)
        and not _CONSIDERED.search(passage.text)
    )
    settled = meant is Assertion.HYPOTHETICAL and _is_settled_taper(reading, passage)
    if requested or settled or _is_aim(reading, meant, cues):
        meant = Assertion.ABSENT if reading.absent else Assertion.PRESENT
    meant = _by_cell(reading, passage, _by_box(reading, passage, meant))
    return _by_section(reading, passage, _in_time(reading, passage, meant))


def _in_time(reading: Reading, passage: Passage, meant: Assertion) -> Assertion:
    """What is told as present, and is taken back, over, or only carried along."""
    if meant is not Assertion.PRESENT:
        return meant
    if _is_corrected(reading, passage):
        return Assertion.ABSENT
    ended = _is_over(reading, passage) or _is_carried(reading, passage)
    return Assertion.HISTORICAL if ended else meant


def _is_over(reading: Reading, passage: Passage) -> bool:
    """Whether the sentence, or the one before it, tells of a time that has ended."""
    if reading.now or reading.start < passage.start:
        return False
    if passage.before is not None and goes_on_over(passage.before.text, passage.text):
        return True
    at, end = reading.start - passage.start, reading.end - passage.start
    return reading.concept in _STATES and is_over(passage.text, at, end)


_OF_A_FORM = re.compile(
    r"\b(?:code[sd]?|form|request(?:ed)?|RFA|line|box|bill|claim)\b", re.IGNORECASE
)
_IN_ERROR = re.compile(
    r"\b(?:in\s+error|by\s+mistake|mistaken\w*|erroneous\w*|clerical|typographical|typo|wrong(?:ly)?\s+(?:code|cod|enter|list|diagnos)\w*"
    r"|incorrect\w*|copied\s+(?:by|from|over)|should\s+(?:have\s+(?:read|been|said)|read)|(?:substitute|insert|use)\s+the\s+(?:correct|right)"
    r"|correct(?:ed)?\s+code|please\s+correct|kindly\s+correct|withdraw\w*|disregard)\b",
    re.IGNORECASE,
)
_HOW_FAR = 200


def _is_corrected(reading: Reading, passage: Passage) -> bool:
    """Whether a diagnosis is told only to say that a form names it by mistake.

    `The line for Cymbalta bears the code 724.4, lumbar radiculitis. This was copied by the clerk.`
    """
    if reading.concept not in _DIAGNOSES or passage.source.document.kind in _REQUEST_FORMS:
        return False
    start = reading.start - passage.start
    if not _OF_A_FORM.search(passage.text[: max(0, start)]):
        return False
    text = passage.source.page.text[reading.end : passage.end + _HOW_FAR].split("\n\n")[0]
    sentences = re.split(r"(?<=[.;])\s", text, maxsplit=2)
    return any(_IN_ERROR.search(one) for one in (passage.text, *sentences[:2]))


_CARRIED = re.compile(
    r"\b(?:problem|diagnos\w+|medication|med)\s+lists?\b[^:;.\n]{0,40}?\b(?:carried|copied|imported|from\s+intake"
    r"|not\s+updated|old|outdated|still\s+(?:shows?|lists?|carries|says?|has))\b",
    re.IGNORECASE,
)
"""`Problem list (from intake, carried):` a list that nobody looked over again."""


def _is_carried(reading: Reading, passage: Passage) -> bool:
    """Whether a list that is only carried along names it; what still goes on is told elsewhere."""
    found = _CARRIED.search(passage.text)
    return found is not None and reading.start - passage.start >= found.start()


def _said(cues: Sequence[CueHit], passage: Passage) -> Sequence[CueHit]:
    """The cues without those at an empty box (`Spasm [ ] none [X] marked`) or in an answer."""
    source = passage.source
    silent = [(m.start, m.end) for m in source.marked if m.mark is Mark.EMPTY]
    silent += [(m.end, m.until) for m in source.marked if m.until]
    silent = [(start, end) for start, end in silent if end > passage.start and start < passage.end]
    if not silent:
        return cues
    starts, ends = source.tokens.starts, source.tokens.ends
    spans = [(starts[hit.first], ends[hit.last - 1]) for hit in cues]
    return [
        hit
        for hit, (start, end) in zip(cues, spans, strict=True)
        if not any(low <= start and end <= high for low, high in silent)
    ]


def _is_question(passage: Passage) -> bool:
    """Whether the passage asks in a full sentence, with neither an answer nor a box."""
    asks = passage.text.rstrip().endswith("?") and _QUESTION.match(passage.text) is not None
    return asks and passage.source.mark_at(passage.start, passage.end) is None


def _in_placeholder(reading: Reading, passage: Passage) -> bool:
    """Whether it is a form's text still to be filled in: `<<aberrancy>>`, `*** analgesia`."""
    if "***" in passage.text:
        return True
    text = passage.source.page.text
    before, after = text[max(0, reading.start - 40) : reading.start], text[reading.end :][:40]
    return any(
        before.rfind(opened) > before.rfind(closed) and closed in after
        for opened, closed in (("<<", ">>"), ("{{", "}}"), ("@", "@"))
        if opened != closed
    )


def _by_cell(reading: Reading, passage: Passage, meant: Assertion) -> Assertion:
    """The answer in the cell beside: `| Constipation | N |`; a bare `radic?` is a question."""
    if meant is not Assertion.PRESENT:
        return meant
    rest = passage.source.page.text[reading.end : reading.end + 60]
    if reading.negatable and _NO_IN_NEXT_CELL.match(rest):
        return Assertion.ABSENT
    before = passage.source.page.text[max(0, reading.start - 3) : reading.start]
    if _QUESTIONED.match(rest) or _ASKED_ONE_WORD.match(passage.text) or _DOUBTED.search(before):
        return Assertion.POSSIBLE
    return meant


def _outside_clinic(reading: Reading, passage: Passage) -> Assertion:
    """In a UR decision only what UR did counts; argument and applications count for nothing."""
    decided = passage.source.document.kind is DocumentKind.UR_DECISION
    if decided and reading.concept == "ur_outcome":
        return Assertion.PRESENT
    if decided and reading.value.get("kind") == _GRANTED:
        return Assertion.PRESENT
    return Assertion.HYPOTHETICAL


def _by_cues(
    reading: Reading, passage: Passage, cues: Sequence[CueHit], asserter: Asserter
) -> Assertion:
    tokens = passage.source.tokens
    first, last = tokens.range(reading.start, reading.end)
    target = (first, max(last, first + 1))
    # The words of no relief, and of a clean test, hold negations of their own.
    before = passage.text[: max(0, reading.start - passage.start)]
    presupposes = reading.concept in _STATES and reading.concept != "return_to_work"
    if presupposes and _PRESUPPOSED.search(before):
        cues = [hit for hit in cues if not _is_plan(hit)]
    settled = reading.value.get("relief") == "none" or reading.value.get("result") == "consistent"
    negatable = reading.negatable and not settled
    meant = asserter.judge(tokens, cues, target, negatable=negatable)
    if reading.absent and meant in {Assertion.PRESENT, Assertion.ABSENT}:
        return Assertion.ABSENT
    return meant


def _is_plan(hit: CueHit) -> bool:
    return hit.cue.kind is CueKind.HYPOTHESIS and hit.cue.words is None


def _only_raised(reading: Reading, passage: Passage, meant: Assertion) -> Assertion:
    """A referral to be considered, or a taper only talked about, is no more than an idea."""
    before = passage.text[: max(0, reading.end - passage.start)]
    referral = reading.value.get("status") == "requested" and _CONSIDERED.search(before)
    taper = reading.concept == "weaning_attempts" and _TALKED.search(before)
    idea = referral or (taper and not _SETTLED.search(passage.text))
    return Assertion.HYPOTHETICAL if idea and meant is Assertion.PRESENT else meant


def _by_plan(reading: Reading, meant: Assertion) -> Assertion:
    planned = _PLANNED.get(reading.concept)
    if planned and reading.value.get(planned[0]) == planned[1] and meant is Assertion.PRESENT:
        return Assertion.HYPOTHETICAL
    return meant


def _by_box(reading: Reading, passage: Passage, meant: Assertion) -> Assertion:
    marked = passage.source.mark_at(reading.start, reading.end)
    if marked is None:
        return Assertion.HYPOTHETICAL if _only_asked(reading, passage) else meant
    if marked.until and reading.end > marked.end:
        return meant  # what was read holds the answer
    if marked.mark is Mark.EMPTY:
        return Assertion.HYPOTHETICAL
    if marked.mark is Mark.PAST and meant is Assertion.PRESENT:
        return Assertion.HISTORICAL
    if marked.mark is Mark.NO and meant is Assertion.PRESENT:
        return Assertion.ABSENT
    return meant


def _is_settled_taper(reading: Reading, passage: Passage) -> bool:
    """Whether a taper is settled on: the plan is the fact, as long as it is more than an idea."""
    return (
        reading.concept == "weaning_attempts"
        and _SETTLED.search(passage.text) is not None
        and _ONLY_AN_IDEA.search(passage.text) is None
    )


def _is_aim(reading: Reading, meant: Assertion, cues: Sequence[CueHit]) -> bool:
    """Whether a plan is set down that is a plan by its nature, and neither quoted nor an idea."""
    aims = reading.concept in _AIMS and meant is Assertion.HYPOTHETICAL
    return aims and not _conditional(cues) and not any(hit.cue.kind in _QUOTING for hit in cues)


def _conditional(cues: Sequence[CueHit]) -> bool:
    """Whether the passage sets a condition: a referral asked for is otherwise a fact."""
    return any(hit.cue.kind is CueKind.HYPOTHESIS and hit.cue.words is not None for hit in cues)


def _only_asked(reading: Reading, passage: Passage) -> bool:
    """Whether a bare mention stands before boxes that are all empty (`CURES: [ ] reviewed`)."""
    boxes = [m for m in passage.source.marked if passage.start <= m.start < passage.end]
    return not reading.value and bool(boxes) and all(m.mark is Mark.EMPTY for m in boxes)


def _by_section(reading: Reading, passage: Passage, meant: Assertion) -> Assertion:
    said = _SECTION_MEANING.get(passage.section)
    if said is Assertion.OTHER_PERSON:
        return meant if is_of_the_patient(passage) else said
    of_medicines = passage.section == "past_medications" and reading.concept not in _OF_TREATMENT
    if said is Assertion.HISTORICAL and (reading.concept in _STANDING or of_medicines):
        return meant
    if said is Assertion.HYPOTHETICAL and reading.concept in _AIMS:
        return meant
    if said is None or meant is not Assertion.PRESENT:
        return meant if said is not Assertion.HYPOTHETICAL else said
    return said
