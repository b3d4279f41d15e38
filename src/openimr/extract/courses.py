"""Courses of treatment: visits had of those allowed, and how injections worked.

    PT: 12 visits authorized, 9 attended, 3 remaining       9 visits of physical therapy
    Completed 8 of 12 sessions of acupuncture               8 of 12
    ESI 3/12: 75% better x 10 wks; the second gave nothing  75 %, 10 wks; no relief

What is asked for, allowed or left was not had; a needle's 1% lidocaine is no relief.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from openimr.extract.passages import Passage, Reading
from openimr.model.ids import ConceptId
from openimr.model.numbers import number

VISITS = ConceptId("prior_visits")
RESPONSE = ConceptId("injection_response")
_COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty(?:[\s-]four)?|thirty)"
)
_NOUN = (
    r"(?:visits?|sessions?|treatments?|appointments?|adjustments?|manipulations?|occasions?|tx\b)"
)
_THERAPY = (
    r"(?:physical\s+therapy|physiotherapy|P\.?T\.?(?!\w)|chiro\w*|acupuncture|aquatic(?:\s+therapy)?|pool\s+therapy|occupational\s+therapy"
    r"|O\.?T\.?(?!\w)|massage|CBT|cognitive[\s-]behaviou?ral(?:\s+therapy)?|psychotherapy(?:\s*\(CBT\))?|biofeedback"
    r"|functional\s+restoration|FRP|work\s+(?:hardening|conditioning)|therapy)"
)
_VISIT = re.compile(
    rf"(?<![\w/.$#-])(?:#\s?)?(?P<visits>{_COUNT})(?![\w.-])(?:\s*(?:of|/|out\s+of)\s*(?:the\s+)?(?P<of>{_COUNT})(?![\w/]))?"
    r"(?!\s*(?:%|mg|weeks?|wks?|months?|years?|days?|hours?|min\w*|lbs?|x\b|times|per|/))",
    re.IGNORECASE,
)
_MAY_COUNT = re.compile(rf"\b(?:{_NOUN}|{_THERAPY})\b", re.IGNORECASE)
_HAD = re.compile(
    r"\b(?:attended|completed?|finished|received|undergone|underwent|had|used|done|attends|to\s+date|so\s+far|thus\s+far|rendered|provided"
    r"|given|went|saw|seen|treated|participated|after(?=\s+(?:his|her|the)?\s*\w+\s+(?:visits|sessions|treatments))|total\s+of"
    r"|prior(?!\s+to)|previous|past|visit(?=\s*(?:\#|no\.?|number)?\s*\d))",
    re.IGNORECASE,
)
_NOT_HAD = re.compile(
    r"\b(?:authori[sz]\w+|approv\w+|certif\w+|request\w*|recommend\w*|order\w*|prescrib\w+|refer\w*|additional|more|further|remain\w*|left"
    r"|allow\w*|plan\w*|will|should|need\w*|denied|missed|cancel\w*|no-?shows?)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"[,;]|\.(?=\s)|\band\b(?=\s+(?:has|had|used|attended|completed|\d))")
_STANDING_APART = 4
"""Words at most between a count and what it counts."""
_PROCEDURE = re.compile(
    r"\b(?:(?:lumbar|cervical|caudal|transforaminal|interlaminar|diagnostic|knee|shoulder|hip|first|second|third|SI|sacroiliac|facet|medial\s+branch"
    r"|trigger\s+point|stellate\s+ganglion|sympathetic|joint|subacromial|cortisone|corticosteroid|steroid|epidural|nerve\s+root|intra-?articular)\s+)*"
    r"(?:T?F?ESIs?|MBBs?|TPIs?|SGBs?|RFAs?(?=\W+(?:gave|provided|with|helped|on\s+\d|\d|response))|epidurals?|injections?|inj\b\.?|(?:intrathecal|IT)\s+(?:pump\s+)?trial|cortisone(?=\s+response)|(?<!nerve\s)blocks?(?!\s+(?:away|from))|rhizotom\w+|radiofrequency(?:\s+\w+)?|neurotom\w+|viscosupplement\w*"
    r"|synvisc|cortisone\s+shots?|shots?)\b",
    re.IGNORECASE,
)
_OTHER_ONE = re.compile(
    r"\bthe\s+(?:first|second|third|last|next|other)(?=\s+(?:one\s+)?(?:gave|did|was|helped|provided|had|lasted|brought))",
    re.IGNORECASE,
)
"""After an injection was named: `the second gave nothing`."""
_PERCENT = re.compile(
    r"(?P<n>\b\d{1,3}|\b(?:ten|twenty|thirty|forty|fifty|sixty|seventy|seventy-five|eighty|ninety))\s*(?:%|percent\b|per\s+cent\b)"
    r"(?!\s*(?:lido\w*|marcaine|bupiv\w*|ropiv\w*|xylo\w*|sensor\w*|of\s+(?:the\s+)?(?:dose|disc|canal)))",
    re.IGNORECASE,
)
_LASTED = re.compile(
    rf"(?:\b(?:for|lasting|lasted|x|over|of|in|about|some|nearly|almost|only|(?:gave|gives?|had|got|provided|produced|brought)(?:\s+(?:him|her|them))?(?:\s+with)?)\s+|[x,(]\s?)(?:about\s+|approximately\s+|only\s+|nearly\s+|at\s+least\s+|up\s+to\s+|the\s+(?:first|next)\s+)*"
    rf"(?P<duration>(?:{_COUNT}(?:\s*(?:-|to)\s*{_COUNT})?|an?|several|a\s+few)\s*(?:hours?|hrs?|days?|weeks?|wks?|months?|mos?\b|years?))",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:relief|reliev\w+|reduc\w+|improve\w*|better|help(?:ed|s|ful)?|benefit\w*|decreas\w+|less\s+pain|responded|eased|effective)\b",
    re.IGNORECASE,
)
_IN_VAIN = re.compile(
    r"\b(?:no|without|zero|nil|little)\s+(?:\w+\s+){0,2}?(?:relief|benefit|improvement|change|effect|help|response|difference)\b"
    r"|\b(?:gave|gives|did|does|brought|provided|got)\s+(?:(?:him|her|them|the\s+patient)\s+)?nothing\b"
    r"|\b(?:did|does|has|have|was|were|is)(?:\s+not|n.t)\s+(?:\w+\s+){0,2}?(?:help\w*|work\w*|reliev\w+|benefit\w*|improv\w+|effective|last\w*|provide|respond\w*)\b"
    r"|\b(?:failed|ineffective|unhelpful|useless|unsuccessful|in\s+vain|worse)\b|\bno\s+better\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:request\w*|authori[sz]\w+|recommend\w*|denied|schedul\w+|will|consider\w*|plan\w*|candidate|propos\w+|pending|await\w*|might|may|could|would)\b",
    re.IGNORECASE,
)
_HOPED = re.compile(
    r"\b(?:if|should|unless|until|goals?|aims?|hop(?:e|es|ed|ing)|expect\w*|anticipat\w+|would|will|must|needs?|requir\w+)\b",
    re.IGNORECASE,
)
"""Before a share of relief that nobody has had yet: `if it gives 50%`, `the goal is 50%`."""
_ON_A_DAY = re.compile(
    r"\b(?:at|on|next|last|since)\s+(?:the\s+|her\s+|his\s+)?visit\s+(?:of\s+)?$", re.IGNORECASE
)
"""`Bring it up at visit 1/29` tells a day."""
_LEVEL = re.compile(r"\b[CTL]\d\s?[-/]\s?(?:[CTLS]\s?)?\d\b|\b[CTL]\d\b|\bS1\b")
_SIDE = re.compile(r"\b(?P<side>left|right|bilateral)\b", re.IGNORECASE)


_NUMBED = re.compile(
    r"\b(?:interscalene|general\s+an\w+|pre-?op\w*|operating\s+room|intra-?operativ\w+|block\s+(?:had|has|was)\s+set)\b",
    re.IGNORECASE,
)
"""A block given for an operation."""


def read_courses(passage: Passage) -> list[Reading]:
    """The visits that a passage says were had, and the response to each injection it names."""
    text = passage.text
    readings = list(_visits(passage, text)) if _MAY_COUNT.search(text) else []
    procedures = list(_PROCEDURE.finditer(text))
    if procedures:
        procedures += [n for n in _OTHER_ONE.finditer(text) if n.start() > procedures[0].start()]
        procedures.sort(key=re.Match.start)
    return (
        [*readings, *_responses(passage, text, procedures)]
        if procedures and not _NUMBED.search(text)
        else readings
    )


def _visits(passage: Passage, text: str) -> Iterator[Reading]:
    therapy = re.search(rf"\b{_THERAPY}", text, re.IGNORECASE)
    cuts = [0, *(found.start() for found in _PART.finditer(text)), len(text)]
    counted = _MAY_COUNT.search(text)
    for start, end in pairwise(cuts):
        part = text[start:end]
        had = _HAD.search(part)
        found = next((n for n in _VISIT.finditer(part) if _counts(part, n, had)), None)
        if found is None or had is None or counted is None:
            continue
        if had[0].casefold() == "visit" and not found["of"]:
            continue
        against = _NOT_HAD.search(part[: found.start()])
        if against is not None and against.start() < had.start() and not found["of"]:
            continue
        if _ON_A_DAY.search(part[: found.start()]) and "/" in found[0]:
            continue
        visits = int(number(found["visits"]) or 0)
        value: dict[str, object] = {"element": "completed", "visits": visits}
        if found["of"]:
            value["of"] = int(number(found["of"]) or 0)
        if therapy is not None and therapy[0].casefold() != "therapy":
            value["therapy"] = " ".join(therapy[0].split()).rstrip(".")
        first = min(start + found.start(), counted.start())
        last = max(start + found.end(), counted.end())
        yield _reading(passage, VISITS, (first, last), value)


def _counts(part: str, found: re.Match[str], had: re.Match[str] | None) -> bool:
    """Whether a number counts visits: the noun follows it, or `attended` alone does."""
    after = part[found.end() :].split()
    nouns = [n for n, word in enumerate(after[:_STANDING_APART]) if _MAY_COUNT.match(word)]
    before = " ".join(part[: found.start()].split()[-_STANDING_APART:])
    if nouns or _MAY_COUNT.search(before):
        return True
    return had is not None and len(part.split()) <= _STANDING_APART


def _responses(passage: Passage, text: str, procedures: list[re.Match[str]]) -> Iterator[Reading]:
    """The part of each procedure is what follows it, and for the first what stands before."""
    starts = [0, *(found.start() for found in procedures[1:]), len(text)]
    for found, (start, end) in zip(procedures, pairwise(starts), strict=True):
        part = text[start:end]
        value = _response(part)
        if value is None:
            continue
        value["procedure"] = " ".join(found[0].split())
        level, side = _LEVEL.search(part), _SIDE.search(part)
        if level is not None:
            value["level"] = level[0]
        if side is not None:
            value["side"] = side["side"].casefold()
        yield _reading(passage, RESPONSE, (start, end), value)


def _response(part: str) -> dict[str, object] | None:
    percent = _percent(part)
    lasted = _LASTED.search(part)
    helped = percent or _HELPED.search(part)
    if helped is not None and _HOPED.search(part[: helped.start()]):
        return None
    if percent is not None and (number(percent["n"]) or 0) > 0:
        value: dict[str, object] = {"element": "relief", "percent": int(number(percent["n"]) or 0)}
    elif percent is not None or _IN_VAIN.search(part):
        return {"element": "no relief"}
    elif _HELPED.search(part) and not _PLANNED.search(part):
        value = {"element": "relief"}
    else:
        return None
    if lasted is not None:
        value["duration"] = " ".join(lasted["duration"].split())
    return value


def _percent(part: str) -> re.Match[str] | None:
    """A share of relief, or one with how long it lasted: `60% x 6 wks`."""
    found = _PERCENT.search(part)
    if found is None:
        return None
    lasted = _LASTED.match(part[found.end() :].lstrip())
    return found if lasted or _HELPED.search(part) else None


def _reading(
    passage: Passage, concept: ConceptId, span: tuple[int, int], value: dict[str, object]
) -> Reading:
    piece = passage.text[span[0] : span[1]]
    return Reading(
        concept=concept,
        start=passage.start + span[0] + len(piece) - len(piece.lstrip(" ,;.")),
        end=passage.start + span[0] + len(piece.rstrip()),
        value=value,
        rule=f"course.{'visits' if concept == VISITS else 'injection'}",
        negatable=False,
    )
