"""Whether words mean, where they stand, what they mean elsewhere.

`Systolic function` is no activity, `guarding` of the belly no muscle spasm, `working with therapy`
no job, and what an operating room does to a sleeping patient tells nothing of the patient's life.
Where the words stand in such company nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from openimr.extract.company import is_in_other_company
from openimr.extract.contexts import masked
from openimr.extract.diagnoses import is_diagnosed
from openimr.extract.examination import is_normal, is_of_a_nerve, is_sign
from openimr.extract.passages import Passage, Reading
from openimr.extract.sections import PROCEDURE, UNNAMED
from openimr.extract.work import is_of_work
from openimr.model.document import DocumentKind

_STATES = frozenset(
    {
        *("adverse_effects", "functional_improvement", "pain_with_without_medication"),
        *("pain_score", "pain_pattern", "return_to_work", "work_restrictions", "neuropathic_pain"),
        *("neuro_exam_normal", "muscle_spasm", "acute_exacerbation"),
        "imaging_correlation",
        *("surgical_candidate", "insomnia_workup", "psych_status", "other_indication", "red_flags"),
        *("radiculopathy_findings", "home_exercise", "diagnosis_axial_mechanical", "gi_risk"),
        *("aberrant_behaviour", "compliance", "weaning_attempts"),
    }
)
"""States of a waking patient, of which the account of an operation says nothing."""
_SEDATED = re.compile(
    r"\b(?:(?:conscious|i\.?v\.?|intravenous|moderate|deep|monitored|procedural|adequate)\s+(?:\w+\s+)?sedation"
    r"|sedation\s+(?:was|is|were|vital\w*)|(?:given|under|for|with|prior\s+to|before)\s+sedation"
    r"|(?:be|been|was|were|is)\s+sedated|an(?:a)?esthesia|an(?:a)?esthetic|Versed|propofol|Diprivan)\b",
    re.IGNORECASE,
)
"""Sedation for a procedure."""
_OF_AN_ORGAN = re.compile(
    r"\b(?:ventric\w+|systolic|diastolic|renal|liver|kidney|thyroid|cardiac|hepatic|pulmonary|cognitive|bowel|bladder|lung|"
    r"LV|platelet|immune|neurologic\w*|motor|sensory)\s+(?:\w+\s+)?function",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:both|each|all|either)\s+(?:were\s+|was\s+|been\s+|of\s+(?:which|them|these)\s+)*(?:tried|used|taken|given)\b"
    r"|\b(?:the\s+)?(?:former|latter)\b|\bthe\s+(?:first|second|third|other)\s+(?:one\s+)?(?:did|was|had|gave|made|brought|helped|failed)\b"
    r"|\b(?:was|were|had\s+been)\s+tried\b(?![^.;]*\b(?:now|current|since)\b)"
    r"|\b(?:came|were|was)\s+(?:first|before)\b|\bbefore\s+(?:it|that|them)\s+(?:came|was|were)\b"
    r"|\b(?:earlier|previous|prior|past|former)\s+(?:\w+\s+)?(?:trials?|courses?|use)\b",
    re.IGNORECASE,
)
"""Trials told in a row say nothing of the treatment of today: each is read as a trial."""
_ACTS = re.compile(
    r"\b(?:relief|reliev\w+|effects?|works?|working|kicks?|wears?|benefit|helps?|helpful)\b"
    r"|\b(?:med_*|pills?|tablets?|dose|patch\w*|it)\s+(?:usually\s+|only\s+)?(?:lasts?|holds?|takes)\b",
    re.IGNORECASE,
)
"""A medicine's hours: not those of a headache, or from dinner to the pain."""
_HELPS_TO_DO = re.compile(
    r"\s+(?:him|her|them|me|(?:the\s+)?(?:patient|pt))\s+(?:to\s+)?"
    r"(?!(?:a\s+lot|some|much|greatly|very|quite|with|and|but|in|on|at|most|considerabl\w+|significantl\w+|when|more|less|through|all|for|by)\b)[a-z]+\b",
    re.IGNORECASE,
)
"""`The patch helps her walk` tells of function and nothing of pain."""
_OF_CURES = re.compile(
    r"\bCURES\b|\bPDMP\b|\bPMP\b|[Cc]ontrolled [Ss]ubstance|PAR\b"
    r"|\b[Ss]tate(?:['\u2019]s)?\s+(?:\w+\s+){0,2}(?:data\s?base|registry|print-?out|listing|report)\b"
    r"|\bDOJ\b|[Pp]rescription [Dd]atabase"
    r"|monitoring\s+(?:program|report)|activity\s+report"
)
_OF_UR = re.compile(r"\b(?:UR|utilization review|carrier|adjuster|insurance|certif\w+|RFA|IMR)\b")
_ULCER_ELSEWHERE = re.compile(
    r"\b(?:oral|mouth|tongue|lips?|gums?|buccal|mucosa\w*|throat|pharyn\w+|tonsil\w*|skin|rash\w*|legs?|foot|feet|toes?|heels?"
    r"|ankles?|decubit\w+|pressure|sacral|venous|stasis|corneal|eyes?|genital\w*|penile|lesions?|wounds?)\b",
    re.IGNORECASE,
)
_OF_THE_GUT = re.compile(
    r"\b(?:peptic|gastric|duodenal|stomach|GI|gastro\w*|PUD|bleeding)\b", re.IGNORECASE
)
_OF_THE_BELLY = re.compile(
    r"\b(?:abd\w*|belly|rebound|rigidity|bowel\s+sounds|nontender|non-tender|organomegaly|hepato\w+|masses)\b",
    re.IGNORECASE,
)
_STUDY_ELSEWHERE = re.compile(
    r"\b(?:brain|head|skull|chest|CXR|abdom\w*|pelvis|sinus\w*|heart|cardiac|lungs?|ventricles?|\w*cranial|cerebr\w+|cerebell\w+|orbits?|breast|kidneys?)\b",
    re.IGNORECASE,
)
_OF_THE_SPINE = re.compile(
    r"\b(?:spin\w+|lumb\w+|cervic\w+|thorac\w+|back|neck|disc|disk|[CTL]\d)\b", re.IGNORECASE
)
_BEFORE_SURGERY = re.compile(
    r"\b(?:prior\s+to|before|underg\w+|underwent|after|following|status\s+post|s/p|had|history\s+of|previous\w*)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_OF_PAIN = re.compile(
    r"\b(?:pain\w*|pn|aches?|aching|back|neck|lbp|shoulder|knee|leg|arm|hip|spasms?|strain\w*|sprain\w*|symptoms?|sciatica|radicul\w+|headaches?|injur\w+|"
    r"flar\w+|spine|lumbar|cervical|discomfort|sore\w*|stiff\w*)\b",
    re.IGNORECASE,
)
_AFTER_SURGERY_ONLY = re.compile(
    r"\s*-?\s*(?:diagnos|dx\b|impression|stiff|antibiotic|dressing|shoe|brace|x-?ray|film|radiograph|order|instruction|orthopedic|adjuvant|adjunct|scar|change"
    r"|laminectomy|fusion|hardware|loosening|infection|an(?:a)?emia|acute\s+blood|blood|constipat|ileus|analges|nausea|complication|medicat)",
    re.IGNORECASE,
)
"""`Postoperative changes at L4-5` and `postoperative antibiotics` tell no state of today."""
_LISTED_LACK = re.compile(
    r"\s*(?:\d{1,2}[.)]|[-*\u2022])\s*(?:decreased|reduced|limited|impaired)\s+(?:\w+\s+){0,4}\w+\W*$",
    re.IGNORECASE,
)
"""`5. Decreased ambulation tolerance`: a list of problems says what is lacking, and no change."""
_MONTHS = re.compile(r"\b(?:months?|mos?|years?|yrs?)\W+$", re.IGNORECASE)
"""`Over a 3 month post-operative period`, `six months postoperatively`: no recent operation."""
_NEEDLE = re.compile(
    r"\b(?:injections?|epidurals?|blocks?|arthrogram|discogra\w+)\b", re.IGNORECASE
)
_KNIFE = re.compile(
    r"\b(?:incis\w+|\w+ectomy|\w+otomy|arthroplasty|arthroscop\w+|fusion|repair|ORIF|fixation|excision|sutur\w+)\b",
    re.IGNORECASE,
)
_ITEMS = re.compile(
    r"\s+(?:items?|scales?|subscales?|questionnaires?|inventor\w+|screen\w*|measures?|scores?)\b",
    re.IGNORECASE,
)
"""`The depressive items` are those of a test."""
_NO_PAIN_AFTER = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}(?:radiculopath\w+|radiculitis|numb\w*|tingl\w*|paresthes\w+|weakness|swelling|claudication)\b",
    re.IGNORECASE,
)
"""`Intermittent lower extremity radiculopathy` tells when the legs tingle, not the pain."""
_NOW_AND_THEN = re.compile(r"occasional|intermittent|off\s+and\s+on", re.IGNORECASE)
"""How often a drug is taken, where one stands between."""
_STUDY_OR_NEED = re.compile(
    r"\b(?:MRI|CT|x-?rays?|films?|EMG|NCS|myelogram|scan)\b|\bneeds?\s+for\s+pain\s+management\b",
    re.IGNORECASE,
)
_REFERRED_BY = re.compile(r"\breferred\s+(?:\w+\s+){0,2}?by\b", re.IGNORECASE)
_VISIT = re.compile(
    r"\b(?:consult\w*|referral|evaluation|eval|specialists?|surgeons?|physicians?|clinic)\b",
    re.IGNORECASE,
)
_TAPERED = frozenset(
    {"analgesic_class", "sedative", "hypnotic", "benzodiazepine", "antidepressant", "antiepileptic"}
)
_TAKEN_FOR = re.compile(r"\b(?:p\.?r\.?n\.?|as\s+needed)\s+(?:for\s+)?$", re.IGNORECASE)
_OF_ANOTHER_ILLNESS = re.compile(
    r"\b(?:COPD|CHF|asthma|heart\s+failure|bronchitis|colitis|chest|agitation|psychosis)\b",
    re.IGNORECASE,
)
_PAIN_ELSEWHERE = re.compile(
    r"\b(?:abdom\w*|stomach|epigastr\w+|flank|pelvic|\w*chest|\w*sternal|angina\w*|headaches?|migraines?|tooth|throat"
    r"|quadrants?|ostomy|colostomy)\b",
    re.IGNORECASE,
)
_IT_IS_ELSEWHERE = re.compile(
    r"\b(?:abdominal|stomach|epigastric|flank|pelvic|\w*chest|anginal?)\s+(?:pain|discomfort|ache)|\bquadrant\b",
    re.IGNORECASE,
)
"""`Chest pain that goes to her back` is of the chest."""
_HURTS = re.compile(
    r"\b(?:back|neck|spine|lumbar|cervical|shoulder|arm|elbow|wrist|hand|hip|leg|knee|foot|ankle)\s+(?:pain|ache|discomfort)",
    re.IGNORECASE,
)
_IN_THE_FRAME = re.compile(
    r"\b(?:back|neck|spin\w+|lumb\w+|cervic\w+|shoulders?|arms?|elbows?|wrists?|hands?|hips?|legs?|knees?|feet|foot|ankles?"
    r"|limbs?|extremit\w+|joints?)\b",
    re.IGNORECASE,
)
_PRESSED_DOWN = re.compile(
    r"\b(?:diaphragm|ventric\w+|skull|fractures?|fragments?|ST|segments?|reflexes|breath|tongue|plateau|respirat\w+)\b",
    re.IGNORECASE,
)
"""What is depressed without being sad."""
_IN_DIRECTIONS = re.compile(
    r"\b(?:p\.?r\.?n\.?|for|as\s+needed\s+for)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_SEVERAL = re.compile(r"(?:s|e?-?ups)\b")
_OF_THE_WRITER = re.compile(
    r"\b(?:sorry|apolog\w+|avoid(?:s|ing)?|clear\w*\s+up|prevent|lead\w*\s+to|cause|created?|there\s+(?:is|was|has\s+been))\s+(?:for\s+)?(?:the\s+|any\s+|some\s+|further\s+)*$",
    re.IGNORECASE,
)
"""`Sorry for the confusion` is of the report, where the word is one."""
_UNWANTED = re.compile(r"\b(?:side|adverse|untoward|unwanted|ill)\s*$", re.IGNORECASE)
"""Before `effects: none`, which then tells nothing of relief."""
_OF_THE_PARTIES = re.compile(
    r"\b(?:settlement|compromise|stipulat\w*|employment|lease|collective|fee|lien|union)\s+(?:\w+\s+)?(?:agreement|contract)\b",
    re.IGNORECASE,
)
_PRACTICE = re.compile(
    r"(?:\s+(?:Care|Medicine|Medical|Pain|[&+/]|and|Treatment|Rehab\w*)){0,3}\s+(?:Group|Grp|GRP|GROUP|Center|CENTER|Centre|Ctr|CTR|Clinics?|CLINIC|Institute|INSTITUTE"
    r"|Associates|ASSOCIATES|Specialists|SPECIALISTS|Consultants|Physicians|Partners|Services|Department|Dept|Foundation|MEDICINE|Medicine|Inc|LLC)\b"
)
"""`Arcata Pain & Palliative Group`: a name over the door, and no patient's state."""
_UNDER_ITS_CARE = re.compile(
    r"\b(?:refer\w*|enrolled|admitted|follow\w*|seen|sees|under\s+the\s+care|consult\w*|home\s+with)\b",
    re.IGNORECASE,
)
_IS_HER_WORK = re.compile(
    r"\b(?:volunteer\w*|works?|worked|working|employed|job|nurse|aide|chaplain|occupation)\b",
    re.IGNORECASE,
)
_CHANGED_SINCE = re.compile(
    r"\b(?:switch\w*|chang\w+|went\s+up|moved|rais\w+|increas\w+)\b[^.;]{0,40}\b(?:because|since|as)\b[^.;]*$"
    r"|\b(?:may|can|told\s+to|allowed\s+to|instructed\s+to)\s*$",
    re.IGNORECASE,
)
"""`He was switched from the fives because he was taking two at a time` tells why the dose is so."""
Gate = Callable[[Reading, Passage], bool]


def is_in_place(reading: Reading, passage: Passage) -> bool:
    """Whether a reading's words can mean it where they stand."""
    if reading.concept in _STATES and _is_of_a_procedure(passage):
        return False
    if is_in_other_company(reading, passage):
        return False
    gate = _GATES.get(reading.concept)
    return gate is None or gate(reading, passage)


def _is_of_a_procedure(passage: Passage) -> bool:
    operative = passage.source.document.kind is DocumentKind.OPERATIVE
    return passage.section == PROCEDURE or (operative and passage.section == UNNAMED)


def _words(reading: Reading, passage: Passage) -> str:
    return passage.source.page.text[reading.start : reading.end]


def _before(reading: Reading, passage: Passage, reach: int = 28) -> str:
    return passage.source.page.text[max(passage.start, reading.start - reach) : reading.start]


def _registry(reading: Reading, passage: Passage) -> bool:
    named = _OF_CURES.search(passage.source.page.text)
    is_report = passage.source.document.kind is DocumentKind.CURES
    return "cures" not in _words(reading, passage) and (bool(named) or is_report)


def _relief(reading: Reading, passage: Passage) -> bool:
    if reading.rule == "pain.duration":
        return _ACTS.search(masked(passage)) is not None
    if "relief" not in reading.value:
        return True
    if _UNWANTED.search(_before(reading, passage)):
        return False
    after = passage.source.page.text[reading.end :]
    return _ONE_OF_SEVERAL.search(passage.text) is None and _HELPS_TO_DO.match(after) is None


def _function(reading: Reading, passage: Passage) -> bool:
    near = passage.source.page.text[max(0, reading.start - 28) : reading.end]
    if _LISTED_LACK.match(passage.text):
        return False
    return _OF_AN_ORGAN.search(near) is None


def _review(_: Reading, passage: Passage) -> bool:
    """What a utilization review did is read where one speaks, not from every `denied`."""
    kind = passage.source.document.kind
    return kind is DocumentKind.UR_DECISION or (
        kind.is_clinical
        and kind is not DocumentKind.RFA
        and _OF_UR.search(passage.text) is not None
    )


def _gut(reading: Reading, passage: Passage) -> bool:
    if reading.value.get("risk") != "ulcer" or _OF_THE_GUT.search(passage.text):
        return True
    return _ULCER_ELSEWHERE.search(passage.text) is None


def _spasm(reading: Reading, passage: Passage) -> bool:
    is_guarding = reading.value.get("kind") == "guarding"
    return not is_guarding or _OF_THE_BELLY.search(passage.text) is None


def _study(_: Reading, passage: Passage) -> bool:
    elsewhere = _STUDY_ELSEWHERE.search(passage.text)
    return elsewhere is None or _OF_THE_SPINE.search(passage.text) is not None


def _addiction(reading: Reading, passage: Passage) -> bool:
    """`MENTAL HEALTH AND SUBSTANCE ABUSE:` is the label of what follows."""
    label, colon, _ = passage.text.partition(":")
    return not (colon and label.isupper() and reading.end <= passage.start + len(label))


def _surgery(reading: Reading, passage: Passage) -> bool:
    return _BEFORE_SURGERY.search(_before(reading, passage)) is None


def _exacerbation(reading: Reading, passage: Passage) -> bool:
    """`A recent episode` is one of pain only beside words of pain; `for flares` is a direction."""
    after = passage.source.page.text[reading.end - 1 : reading.end + 4].casefold()
    given = bool(passage.drugs) and _IN_DIRECTIONS.search(_before(reading, passage)) is not None
    if given and _SEVERAL.match(after):
        return False
    if _OF_ANOTHER_ILLNESS.search(passage.text):
        return False
    is_episode = "episode" in _words(reading, passage).casefold()
    return not is_episode or _OF_PAIN.search(passage.text) is not None


def _recent_surgery(reading: Reading, passage: Passage) -> bool:
    """An operation's own report shows it; a needle in a joint is none."""
    text = passage.source.page.text
    if passage.source.document.kind is DocumentKind.OPERATIVE:
        return _NEEDLE.search(text) is None or _KNIFE.search(text) is not None
    if _MONTHS.search(_before(reading, passage)):
        return False
    return _AFTER_SURGERY_ONLY.match(passage.source.page.text, reading.end) is None


def _consultation(reading: Reading, passage: Passage) -> bool:
    """`Ordered an MRI of his spine` and `a need for pain management` send nobody to anybody.

    Who `was referred by` a colleague is being seen.
    """
    words = _words(reading, passage)
    if _REFERRED_BY.search(passage.text):
        return False
    return _STUDY_OR_NEED.search(words) is None or _VISIT.search(passage.text) is not None


def _weaning(_: Reading, passage: Passage) -> bool:
    """Aspirin that is reduced is no taper: only what makes dependent is weaned."""
    drugs = passage.drugs
    return not drugs or any(not _TAPERED.isdisjoint(one.drug.groups) for one in drugs)


def _pattern(reading: Reading, passage: Passage) -> bool:
    """`Percocet p.r.n. for breakthrough pain` tells what the drug is for."""
    before = passage.before.text if passage.before is not None else ""
    comes = _words(reading, passage).casefold().startswith("comes")
    if _NO_PAIN_AFTER.match(passage.source.page.text, reading.end):
        return False
    if _is_pain_elsewhere(passage) or (comes and not _OF_PAIN.search(f"{before} {passage.text}")):
        return False
    if passage.source.drugs_in(reading.start - 40, reading.end):
        return not _NOW_AND_THEN.search(_words(reading, passage))
    is_breakthrough = _words(reading, passage).casefold().startswith("breakthrough")
    return not is_breakthrough or _IN_DIRECTIONS.search(_before(reading, passage)) is None


def _is_pain_elsewhere(passage: Passage) -> bool:
    """A belly or a heart that hurts: neither its pattern nor its nausea is of the injury."""
    text = passage.text
    if _IT_IS_ELSEWHERE.search(text) and not _HURTS.search(text):
        return True
    return _PAIN_ELSEWHERE.search(text) is not None and _IN_THE_FRAME.search(text) is None


def _mood(reading: Reading, passage: Passage) -> bool:
    if _ITEMS.match(passage.source.page.text, reading.end):
        return False
    depressed = "depress" in _words(reading, passage).casefold()
    return not (depressed and _PRESSED_DOWN.search(passage.text))


def _effect(reading: Reading, passage: Passage) -> bool:
    confusion = _words(reading, passage).casefold().startswith("confus")
    if confusion and _OF_THE_WRITER.search(_before(reading, passage, 40)):
        return False
    if _TAKEN_FOR.search(_before(reading, passage)):
        return False
    if not passage.drugs and reading.value.get("effect") != "any" and _is_pain_elsewhere(passage):
        return False
    is_sedation = reading.value.get("effect") == "sedation"
    return not is_sedation or _SEDATED.search(passage.text) is None


def _agreement(reading: Reading, passage: Passage) -> bool:
    """The parties sign an agreement too: `the settlement agreement was signed`."""
    words = passage.source.page.text[max(passage.start, reading.start - 30) : reading.end]
    return _OF_THE_PARTIES.search(words) is None


def _cancer(reading: Reading, passage: Passage) -> bool:
    """A practice's name and a job in a hospice say nothing of the patient's illness."""
    if reading.value.get("kind") != "palliative":
        return True
    named = _PRACTICE.match(passage.source.page.text, reading.end) is not None
    if named and _words(reading, passage)[:1].isupper():
        return _UNDER_ITS_CARE.search(passage.text) is not None
    return _IS_HER_WORK.search(_before(reading, passage, 40)) is None


def _aberrant(reading: Reading, passage: Passage) -> bool:
    """A count that a physician tells as the reason of a change, or allows, is no overuse."""
    if reading.value.get("kind") != "overuse":
        return True
    return _CHANGED_SINCE.search(_before(reading, passage, 70)) is None


_GATES: Mapping[str, Gate] = {
    "pdmp_cures": _registry,
    "pain_with_without_medication": _relief,
    "return_to_work": is_of_work,
    "functional_improvement": _function,
    "ur_outcome": _review,
    "gi_risk": _gut,
    "opioid_agreement": _agreement,
    "malignancy_palliative": _cancer,
    "aberrant_behaviour": _aberrant,
    "muscle_spasm": _spasm,
    "imaging_correlation": _study,
    "neuro_exam_normal": is_normal,
    "neuropathic_pain": is_of_a_nerve,
    "diagnosis_axial_mechanical": is_diagnosed,
    "radiculopathy_findings": is_sign,
    "addiction_history": _addiction,
    "surgical_candidate": _surgery,
    "acute_exacerbation": _exacerbation,
    "acute_postoperative": _recent_surgery,
    "consultation": _consultation,
    "weaning_attempts": _weaning,
    "pain_pattern": _pattern,
    "adverse_effects": _effect,
    "other_indication": _mood,
    "psych_status": _mood,
}
