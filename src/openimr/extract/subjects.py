"""What an effect is tied to: a drug, a therapy, the whole regimen, or nothing that is named.

The drug named in the same sentence or item; `the medicine`, `it` after a sentence that names one
drug; several drugs or `medications` together are the regimen. A therapy stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from openimr.extract.medications_names import Mention
from openimr.extract.passages import Passage
from openimr.model.evidence import PAIN_PILL, PATCH, REGIMEN

SELF_CARE = "self care"
_FARTHEST = 5
"""How many sentences of a paragraph `it` may stand after the drug's name."""
_FAR = 320
"""Characters after an effect in which it can be taken back."""
_MANY = re.compile(
    r"\b(?:medications|meds|medicines|pills|opioids|narcotics|analgesics|prescriptions|regimen|"
    r"drugs|pain medication|current medication|medication regimen|on medication|with medication|"
    r"without medication|w/o med|off med)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:(?:the|this|that|his|her|one) (?:medicine|medication|med|pill|drug|tablet|dose|patch|"
    r"opioid|muscle relaxant|sleeping pill)|(?:before|after|pre|post)[- ]?dose|had one|takes one|"
    r"taking one|with(?:out)? it|on it|after it|takes it|medicine|medication)\b",
    re.IGNORECASE,
)
_ON_A_PART = re.compile(
    r"\b(?:(?:an?|the|any|much|some|his|her|no)\s+[a-z]+|weight|pressure|lie|lies|lying|stand\w*|sleep|sit|sits|step|kneel|lean\w*|put|rest|roll)\s+(?:back\s+)?on\s+it\b",
    re.IGNORECASE,
)
"""`Cannot bear a sleeve on it`, `put weight on it`: a limb, and no medicine."""
_NOT_TOLD_APART = re.compile(
    r"\b(?:could|can|did|does|is)\s*(?:not|n't)\s+(?:able\s+to\s+)?(?:say|tell|know|judge|separate|part|sort\s+out)\b[^.;]{0,20}\b(?:how\s+much|which|what|whether|apart)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:[-*]\s*|\d+[.)]\s*)?(?:it|this|that|which|helps?|reduces|decreases|brings|provides|gives|"
    r"takes|allows|enables|lowers|good|excellent|effective|works|"
    r"no relief|does(?:n.t| not)|with it)\b",
    re.IGNORECASE,
)
_PATCH = re.compile(
    r"\b(?:the|this|that|his|her|my|their|new|old|each|no|without|one|a)\s+(?:\w+\s+)?patch(?:es)?\b|\b(?:has|had|on|with|w/|got|took|takes|applied|wears?|wearing|using|uses|since)\s+(?:\w+\s+)?patch(?:es)?\b|\bpatch(?:es)?\s+(?:is|was|are|were|went|came|lost|off|on|gets?|got|takes?|brings?|brought|helps?|gives?|does|keeps?|lowers?|cuts?|works?|lets?)\b"
    r"|\b(?:un)?patched\b|\bit\s+(?:came|fell|washed|peeled|slid|floated)\s+off\b",
    re.IGNORECASE,
)
_PAIN_PILL = re.compile(
    r"\bpain\s+(?:pill|tablet|tab)s?\b|\b(?:before|after|no|w/o?)\s+(?:the\s+)?(?:(?:morning|noon|evening|\w+\s+o['\u2019]clock)\s+)?pill\b",
    re.IGNORECASE,
)
_SELF_CARE = re.compile(
    r"\b(?:(?<!on\sthe\s)ice|icing|ice\s*packs?|heat(?:ing)?(?:\s+pads?)?|hot\s+(?:bath|shower|water|pack)s?|warm\s+(?:bath|shower|water)s?|tub|baths?|soaks?|soaking|"
    r"showers?|lying\s+down|lies\s+down|rest(?:s|ing)?|stretch\w*|brace|pillow|meditat\w+|yoga|swim\w*|creams?|ointments?|balm|liniment|topical)\b",
    re.IGNORECASE,
)
_THERAPY = re.compile(
    r"\b(?P<injection>injections?|epidurals?|ESIs?|TFESI|MBB|rhizotomy|ablation"
    r"|(?:nerve|facet|branch|root|sympathetic|ganglion|the|her|his|after|these|those)\s+blocks?(?!\s+(?:away|long|walk)))\b"
    r"|\b(?P<physical_therapy>physical therapy|"
    r"PT(?! reports| states| is| has| was| can| able| did| does| noted| applied)|"
    r"physiotherapy|therapist|aquatic therapy)\b"
    r"|\b(?i:after|with|during|following|in)\s+(?P<therapy>therapy|treatments?|sessions?)\b"
    r"|\b(?P<acupuncture>acupuncture)\b|\b(?P<chiropractic>chiropract\w+|chiro)\b"
    r"|\b(?P<massage>massage)\b|\b(?P<TENS>TENS|H-?wave|interferential)\b"
    r"|\b(?P<surgery>surgery|fusion|laminectomy|discectomy|decompression)\b"
    r"|\b(?P<functional_restoration>functional restoration|FRP)\b"
)
_SINCE = re.compile(r"\b(?:after|since|following|status\s+post|s/p)\b[^.;]*$", re.IGNORECASE)
_LIST = re.compile(r"^[\s,&+/]*(?:and|or|with|plus)?[\s,&+/]*$", re.IGNORECASE)
_CLAUSE = re.compile(
    r";|\bbut\b|\bwhile\b|\bwhereas\b|,\s+(?=[a-z]+\s+(?:is|are|has|helps|does))|\.\s"
)


def find_subject(passage: Passage, start: int, end: int) -> str | None:
    """What a statement at `start:end` of the page is tied to; None if nothing is named.

    An effect that the patient cannot lay to one drug of several is of the whole regimen.
    """
    subject = _named(passage, start, end)
    return REGIMEN if subject is not None and _is_not_told_apart(passage) else subject


def _is_not_told_apart(passage: Passage) -> bool:
    """Whether the next sentences say that nobody can tell which drug did it."""
    rest = passage.source.page.text[passage.end : passage.end + _FAR]
    found = _NOT_TOLD_APART.search(rest)
    if found is None:
        return False
    said = passage.end + found.start()
    end = passage.source.page.text.find(".", passage.end + found.end())
    named = {one.drug.generic for one in passage.source.drugs_in(said, end if end >= 0 else said)}
    return len(named) > 1


def _named(passage: Passage, start: int, end: int) -> str | None:
    own = _clause_drugs(passage, start, end)
    if own:
        return own
    text = passage.text
    if _PATCH.search(text):
        return passage.source.patch or PATCH
    if _PAIN_PILL.search(text):
        return _before(passage) or PAIN_PILL
    if _MANY.search(text):
        return REGIMEN
    if _ONE.search(_ON_A_PART.sub(" ", text)):
        return _before(passage) or _pill_before(passage) or REGIMEN
    therapy = _THERAPY.search(text)
    if therapy is not None and therapy.lastgroup:
        return therapy.lastgroup.replace("_", " ")
    if _SELF_CARE.search(text):
        return SELF_CARE
    on_board = _ON_BOARD.search(text) is not None
    return _before(passage) if on_board or _PRONOUN.match(text) else None


def _pill_before(passage: Passage) -> str | None:
    """`Before the pill I dress him. After it he dresses`: the pill that was named before."""
    before = passage.before
    return PAIN_PILL if before is not None and _PAIN_PILL.search(before.text) else None


_ON_BOARD = re.compile(
    r"\b(?:nothing|something|one|it)\s+(?:(?:is|was)\s+)?(?:on\s+board|in\s+(?:me|him|her)\b|in\s+my\s+system)",
    re.IGNORECASE,
)
"""`Percocet three a day. "Nothing on board, it is an 8"`: said of the drug just named."""


def find_therapy_before(passage: Passage) -> str | None:
    """The therapy that the sentence before counts from, as in `five days after the injection`."""
    before = passage.before
    therapy = None if before is None else _THERAPY.search(before.text)
    if before is None or therapy is None or not therapy.lastgroup:
        return None
    since = _SINCE.search(before.text[: therapy.start()])
    return therapy.lastgroup.replace("_", " ") if since else None


def _clause_drugs(passage: Passage, start: int, end: int) -> str | None:
    drugs = passage.drugs
    if not drugs:
        return None
    near = [drug for drug in drugs if _same_clause(passage, drug, start, end)] or list(drugs)
    generics = dict.fromkeys(drug.drug.generic for drug in near)
    if len(generics) == 1:
        return next(iter(generics))
    return REGIMEN if _one_list(passage, near) else _nearest(near, start, end)


def _same_clause(passage: Passage, drug: Mention, start: int, end: int) -> bool:
    text = passage.source.page.text
    between = text[drug.end : start] if drug.end <= start else text[end : drug.start]
    return _CLAUSE.search(between) is None


def _one_list(passage: Passage, drugs: Sequence[Mention]) -> bool:
    text = passage.source.page.text
    return all(
        _LIST.match(re.sub(r"[\d./]+\s*(?:mg|mcg)?", "", text[first.end : second.start]))
        for first, second in pairwise(drugs)
    )


def _nearest(drugs: Sequence[Mention], start: int, end: int) -> str:
    def distance(drug: Mention) -> int:
        return start - drug.end if drug.end <= start else max(0, drug.start - end) + 1

    return min(drugs, key=distance).drug.generic


def _before(passage: Passage) -> str | None:
    """The one drug, or the patch, that the nearest sentence before names."""
    earlier = passage.before
    for _ in range(_FARTHEST):
        if earlier is None:
            return None
        generics = {drug.drug.generic for drug in earlier.drugs}
        if generics:
            return generics.pop() if len(generics) == 1 else REGIMEN
        if _PATCH.search(earlier.text):
            return passage.source.patch or PATCH
        earlier = earlier.before
    return None
