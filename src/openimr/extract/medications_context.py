"""How a drug's mention is meant: in use, started, stopped, failed, asked for, or not about use.

The cue nearest before a drug governs it, and reaches on over a list (`STOP naproxen and Advil`).
A cue after the drug (`Soma was discontinued`) wins over one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from openimr.extract.medications_segments import Section
from openimr.model.document import DocumentKind
from openimr.model.evidence import Assertion


class Status(StrEnum):
    """What the record says is done with a drug."""

    LISTED = "listed"
    CONTINUED = "continued"
    STARTED = "started"
    STOPPED = "stopped"
    CHANGED = "changed"
    REQUESTED = "requested"
    DISPENSED = "dispensed"
    FAILED = "failed"


class Outcome(StrEnum):
    """How a trial of a drug ended."""

    FAILED = "failed"
    NOT_TOLERATED = "not_tolerated"
    CONTRAINDICATED = "contraindicated"
    HELPED = "helped"
    TRIED = "tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one mention is meant; None of all is no statement of use."""

    status: Status = Status.LISTED
    assertion: Assertion = Assertion.PRESENT
    outcome: Outcome | None = None
    reason: str | None = None
    cue: str = ""
    """The words that decided, as written."""
    hands_on: Reading | None = None
    """How the next drug of the same list is meant, if no words of its own say otherwise."""


@dataclass(frozen=True, slots=True)
class _Cue:
    pattern: re.Pattern[str]
    status: Status
    assertion: Assertion
    outcome: Outcome | None = None
    reach: int = 8
    """Words that may stand between the cue and the drug."""


def _cue(
    pattern: str,
    status: Status,
    assertion: Assertion,
    outcome: Outcome | None = None,
    *,
    reach: int = 8,
) -> _Cue:
    return _Cue(
        re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE),
        status,
        assertion,
        outcome,
        reach,
    )


_PRESENT, _HISTORICAL = Assertion.PRESENT, Assertion.HISTORICAL
_HYPOTHETICAL, _ABSENT = Assertion.HYPOTHETICAL, Assertion.ABSENT

_BEFORE: tuple[_Cue, ...] = (
    # Not taken at all.
    _cue(
        r"not\s+(?:currently\s+|presently\s+|been\s+)?(?:taking|using|on|prescribed|tried|used|taken|received|given)(?:\s+any)?|"
        r"denies\s+(?:(?:any|current|the|taking|use|using|of)\s+)*|denied\s+(?:(?:any|taking|use|using|of)\s+)*|"
        r"never\s+(?:\w+\s+)?(?:took|taken|tried|used|been\s+on|had|given|prescribed)|"
        r"(?:has|have|had)\s*(?:not|n't)\s+(?:\w+\s+)?(?:tried|taken|used|had|received|been\s+on|been\s+(?:prescribed|given))|hasn'?t\s+(?:tried|taken|used)|"
        r"(?:did|does|do)\s*(?:not|n't)\s+(?:\w+\s+)?(?:take|use|want|need|like)(?:\s+(?:any|to\s+take))?|"
        r"(?:declin|refus)(?:ed|es|ing)(?:\s+(?:to\s+(?:take|try|start)|a\s+trial\s+of))?|no\s+(?:current\s+|more\s+|regular\s+)?(?:use\s+of\s+)?|"
        r"without\s+(?:the\s+use\s+of\s+)?|avoid(?:s|ing|ed)?|instead\s+of|rather\s+than|in\s+lieu\s+of",
        Status.LISTED, _ABSENT, reach=3,
    ),
    _cue(
        r"(?:can\s*not|can'?t|unable\s+to|should\s+not|must\s+not|could\s+not|couldn'?t)\s+(?:take|use|have|be\s+on)(?:\s+any)?|"
        r"contraindicat\w+(?:\s+(?:for|to|with|is|are|include))?|allergic\s+to|allergy\s+to|not\s+a\s+candidate\s+for",
        Status.LISTED, _ABSENT, Outcome.CONTRAINDICATED, reach=4,
    ),
    # Tried and what came of it.
    _cue(
        r"(?:tried\s+(?:and|&|/)\s+)?(?:has\s+|have\s+|had\s+)?failed(?:\s+(?:a\s+)?(?:\w+\s+)?(?:trials?|courses?)\s+(?:of|with))?(?:\s+(?:to\s+respond\s+to|treatment\s+with|on))?|"
        r"fail(?:ure|s|ing)?\s+(?:of|on|with|to\s+respond\s+to)|no\s+(?:relief|benefit|response|improvement)\s+(?:from|with|to|on)|"
        r"(?:little|minimal|inadequate|insufficient|poor|limited)\s+(?:relief|benefit|response|improvement|pain\s+control)\s+(?:from|with|to|on)|"
        r"unresponsive\s+to|refractory\s+to|did\s+not\s+respond\s+to|not\s+responded\s+to|ineffective",
        Status.FAILED, _HISTORICAL, Outcome.FAILED, reach=5,
    ),
    _cue(
        r"intoleran(?:t|ce)\s+(?:of|to)|(?:could|can|did|does)\s*(?:not|n't)\s+tolerate|unable\s+to\s+tolerate|side[\s-]?effects?\s+(?:from|with|of|to)|"
        r"adverse\s+(?:reaction|effects?)\s+(?:from|with|of|to)|gi\s+(?:upset|distress)\s+(?:from|with)|gastritis\s+(?:from|with|due\s+to)|reaction\s+to|made\s+(?:ill|sick)\s+by",
        Status.FAILED, _HISTORICAL, Outcome.NOT_TOLERATED, reach=5,
    ),
    _cue(
        r"(?:has\s+|have\s+|had\s+|having\s+|was\s+|been\s+|previously\s+|already\s+|also\s+)*tried(?:\s+(?:on|multiple|several|various|treatment\s+with))?|"
        r"trials?\s+(?:of|with)(?=[^.]{0,80}\b(?:without|failed|no\s|did|was|were|had|in\s+(?:19|20)\d\d|caused))|prior\s+(?:trials?\s+of|use\s+of)|previous(?:ly)?\s+(?:trials?\s+of|use\s+of)",
        Status.LISTED, _HISTORICAL, Outcome.TRIED, reach=5,
    ),
    _cue(
        r"in\s+the\s+past,?\s+(?:(?:she|he|the\s+patient|pt|patient|has|had|have|was|been|also)\s+)*(?:on|given|prescribed|treated\s+with|taken|took|used|tried|received)|previously(?:\s+(?:on|took|taken|taking|used|using|prescribed|given|treated\s+with))?|used\s+to\s+(?:take|use|be\s+on)|formerly(?:\s+on)?|"
        r"in\s+the\s+past(?:\s+(?:took|used|on))?|past(?!\s+(?:\w+\s+)?med)(?:\s+use\s+of)?|prior(?!\s+(?:\w+\s+)?med)|history\s+of|h/o|was\s+(?:on|taking|using|prescribed|given|treated\s+with)|were\s+(?:on|taking|prescribed|given)|"
        r"had\s+been\s+(?:on|taking|using|prescribed|given)|took|once\s+took|initially\s+(?:\w+\s+)?(?:given|prescribed|treated\s+with)|(?:was|were)\s+initially\s+\w+|had\s+taken|treated\s+(?:\w+\s+)?with|received|prescribed\s+in",
        Status.LISTED, _HISTORICAL, reach=6,
    ),
    # Stopped.
    _cue(
        r"d\.?/?c\.?['’]?(?:d|ed|ing)?|dc'?d?|discontinu\w+(?:\s+of)?|stop(?:s|ped|ping)?(?:\s+(?:taking|using|use\s+of))?|ceased?|quit|(?:taken|came|come|gone|been|is|now|got|weaned|tapered|stay)\s+off(?:\s+of)?|off(?:\s+of)?|no\s+longer\s+(?:taking|on|using|takes|uses|prescribed|needs?)|"
        r"wean(?:ed)?\s+off|hold|held|withdrawn\s+from",
        Status.STOPPED, _HISTORICAL, reach=4,
    ),
    # Conditions, wishes, possibilities.
    _cue(
        r"consider(?:ation|ing|ed)?(?:\s+(?:of|for|a|starting|adding|trial|trying|switching\s+to|increasing))*|(?:may|might|could|can|would)\s+(?:\w+\s+){0,2}(?:try|start|benefit\s+from|need|add|use|consider|require|like|switch\s+to|be\s+(?:tried|helpful|started|a\s+candidate\s+for))(?:\s+to\s+(?:try|start))?|"
        r"(?:if|unless|should|when|in\s+case|were\s+(?:she|he)\s+to)\b[^.;]{0,80}?(?:start|try|add|switch\s+to|consider|use|increase|change\s+to|will|then|resume|take|taking)|"
        r"discuss(?:ed|ion|ing)?\s+(?:(?:of|about|the|a|starting|possible|possibility|trial|use|option|trying|risks?|and|benefits|side\s+effects|on|with|him|her|patient)\s+)*|"
        r"candidate\s+for|option\s+of|alternatives?\s+(?:such\s+as|like|include|to)|in\s+the\s+future|"
        r"wants?\s+to\s+(?:try|start|know)|wish(?:es)?\s+to\s+(?:try|start)|interested\s+in|asks?\s+(?:about|for)|asking\s+(?:about|for)|hopes?\s+to|desires?\s+to\s+(?:try|start|take|use|be\s+on)|rule\s+out|possible|potential",
        Status.LISTED, _HYPOTHETICAL, reach=6,
    ),
    _cue(
        r"(?:wants?|wish(?:es)?|would\s+like|hopes?|ready|willing|motivated|plans?|goal\s+(?:is\s+)?)\s+(?:to\s+)?(?:(?:be|get|come|go|wean|taper|stop|reduce|decrease|cut)\s+)*(?:off|down|from|taking|using|of)*(?:\s+of)?",
        Status.LISTED, _PRESENT, reach=1,
    ),
    _cue(r"if|unless|whether", Status.LISTED, _HYPOTHETICAL, reach=0),
    _cue(r"questionable|possibly|\?", Status.LISTED, Assertion.POSSIBLE, reach=0),
    # What is done now.
    _cue(
        r"(?:re-?)?start(?:s|ed|ing)?(?:\s+(?:back\s+)?on)?(?:\s+(?:a\s+)?(?:\w+\s+)?trial\s+(?:of|with))?|beg[ia]n(?:s|ning)?|begun|initiat\w+(?:\s+(?:a\s+)?trial\s+of)?|add(?:s|ed|ing)?|new\s+(?:rx|prescription|medication|script)(?:\s+for|\s+of|:)?|(?:initial\s+)?trial\s+(?:of|with)|"
        r"(?:place[d]?|put)\s+(?:\w+\s+)?on|switch(?:ed|ing)?\s+(?:\w+\s+)?to|changed?\s+to|will\s+try|try|given\s+(?:a\s+)?samples?\s+of|(?:re-?)?introduc\w+|new:?",
        Status.STARTED, _PRESENT, reach=6,
    ),
    _cue(
        r"cont(?:inu(?:e[sd]?|ing|ation)|'?d)?\.?(?:\s+(?:on|with|to\s+(?:take|use|prescribe)|same|current|all|meds?:?|taking|the|use\s+of))*|re-?fill(?:s|ed|ing)?(?:\s+(?:of|for|given\s+for))?|renew(?:s|ed|al|ing)?(?:\s+(?:of|for))?|re-?prescribed?|"
        r"maintain(?:s|ed)?(?:\s+on)?|remains?(?:\s+on)?|stays?\s+on|kept?\s+on|keep(?:\s+on)?|still\s+(?:taking|on|using|takes|uses)|ongoing(?:\s+use\s+of)?|resume[ds]?",
        Status.CONTINUED, _PRESENT, reach=8,
    ),
    _cue(
        r"(?:in|de)creas(?:e[sd]?|ing)(?:\s+(?:the|dose|dosage|of))*|(?:up|down)?-?titrat\w+(?:\s+(?:up|down|the|dose|of))*|reduc(?:e[sd]?|ing|tion)(?:\s+(?:of|in|the))*|lower(?:ed|ing)?|taper(?:ed|ing|s)?(?:\s+(?:off|down|of|from))*|wean(?:ed|ing|s)?(?:\s+(?:from|down|off))*|cut(?:s|ting)?\s*(?:down|back|to)*(?:\s+on)?|rais(?:e[sd]?|ing)|adjust\w*|chang(?:e[sd]?|ing)(?:\s+(?:the|her|his|dose|dosage|of))*",
        Status.CHANGED, _PRESENT, reach=5,
    ),
    _cue(
        r"request(?:s|ed|ing)?(?:\s+(?:authorization|auth|approval|is|made|a|of|for|refills?|to|continue|the|prior))*|authoriz\w+(?:\s+(?:for|of|is|requested))*|auth\.?\s+(?:for|req\w*)|rfa(?:\s+for)?:?|recommend(?:s|ed|ing|ation)?(?:\s+(?:a|trial|for|of|the))*|seek(?:ing)?\s+(?:authorization|approval)(?:\s+for)?|appeal(?:ing)?(?:\s+(?:the|denial|of))*",
        Status.REQUESTED, _PRESENT, reach=8,
    ),
    _cue(r"dispens(?:e[sd]?|ing)(?:\s+today)?:?|given\s+in\s+(?:the\s+)?office", Status.DISPENSED, _PRESENT, reach=8),
    _cue(
        r"(?:currently\s+|presently\s+|now\s+|only\s+|also\s+|is\s+|are\s+|has\s+been\s+|have\s+been\s+|been\s+|regularly\s+)*(?:takes|take|taking|uses|use|using|on|prescribed|receiving|medicated\s+with|relies\s+on|managed\s+(?:on|with)|controlled\s+(?:on|with)|left\s+with|gets?\s+by\s+(?:on|with))(?:\s+(?:a\s+combination\s+of|regular|daily|of|both|about|approximately|up\s+to))*|"
        r"(?:meds?|medications?)\s+(?:include|includes|are|consist\s+of|of|is|with|including)|prescri(?:be[sd]?|bing|ption)(?:\s+(?:for|of|is|given))*|given\s+(?:(?:a|another|her|his)\s+)?(?:prescription|rx|script)s?\s+(?:for|of)|write\s+for|wrote\s+for|rx(?:'?d)?(?:\s+for)?:?|given",
        Status.LISTED, _PRESENT, reach=10,
    ),
)  # fmt: skip

_AFTER: tuple[_Cue, ...] = (
    _cue(
        r"d\.?/?c\.?['’]?(?:d|ed)|d/c|dc'?d|(?:was|were|been|be|is|are|now|has|have|and|then|it|self)?\s*(?:since\s+)?(?:discontinu(?:ed|e)|stopped|ceased|held|on\s+hold)|stopped\s+taking\s+it|no\s+longer\s+(?:taking|takes|using|on|prescribed)|taken\s+off|stop",
        Status.STOPPED, _HISTORICAL, reach=7,
    ),
    _cue(
        r"(?:does|do|is|are)\s*(?:not|n't)\s+(?:\w+\s+)?(?:help(?:ful|ing)?|work(?:ing)?|effective|provid\w+|benefi\w+|relie\w+|touch\w*|control\w*|enough)|does\s+(?:nothing|little|not\s+do\s+much)|no\s+longer\s+(?:works?|effective|helps?)",
        Status.LISTED, _PRESENT, Outcome.FAILED, reach=8,
    ),
    _cue(
        r"(?:did|has|had|have|was|were)\s*(?:not|n't)\s+(?:\w+\s+)?(?:help(?:ed|ful|ing)?|work(?:ed|ing)?|effective|provided?|benefi\w+|relie\w+|touch|control)|did\s+(?:nothing|little)|"
        r"(?:without|with\s+no|no|minimal|little|not\s+much|with\s+(?:little|minimal|limited|poor))\s+(?:\w+\s+)?(?:relief|benefit|help|effect|improvement|response|success)|(?:was|were|been|proved|is|are|found)?\s*(?:to\s+be\s+)?(?:ineffective|not\s+effective|unhelpful|not\s+helpful|unsuccessful|insufficient|inadequate)|failed(?!\s+back)|no\s+help|lack\s+of\s+(?:efficacy|effect|benefit)",
        Status.FAILED, _HISTORICAL, Outcome.FAILED, reach=8,
    ),
    _cue(
        r"(?:not|could\s*n[o']t\s+be|was\s*n[o']t|poorly|could\s+not\s+be|were\s+not)\s+(?:well\s+)?tolerated|upset\s+(?:(?:her|his|the)\s+)?stomach|caus(?:ed|es|ing)(?!\s+(?:of|by))|made\s+(?:her|him|the\s+patient|me|pt)|g\.?i\.?\s+(?:upset|bleed\w*|distress|intoleran\w+|side|irritation|sx)|intoleran(?:t|ce)|allerg(?:y|ic)|rash|hives|side[\s-]?effects?|"
        r"nausea|vomit\w*|n/v|gastritis|drows\w+|sedat(?:ion|ed|ing)|dizz\w+|vertigo|edema|swelling|constipat\w+|itch\w*|palpitations|weight\s+gain|confusion|stomach\s+(?:upset|pain|bleed\w*)|bleed\w*|too\s+(?:sleepy|drowsy|sedating)|sleepy|headaches?|ulcers?|dyspepsia|heartburn",
        Status.FAILED, _HISTORICAL, Outcome.NOT_TOLERATED, reach=6,
    ),
    _cue(
        r"(?:used|tried|taken|prescribed)\s+in\s+the\s+past|in\s+the\s+past|previously|(?:was|were)\s+(?:tried|used|taken|given|prescribed)|(?:have|has)\s+been\s+tried|tried",
        Status.LISTED, _HISTORICAL, Outcome.TRIED, reach=4,
    ),
    _cue(r"(?:was|were|is|are|has\s+been|been|newly)?\s*(?:re-?)?(?:started|initiated|begun|added|introduced)(?:\s+today)?", Status.STARTED, _PRESENT, reach=6),
    _cue(r"(?:was|were|is|to\s+be|will\s+be|has\s+been)?\s*(?:increased|decreased|reduced|tapered|titrated|lowered|changed)|down\s+from|up\s+from|taper", Status.CHANGED, _PRESENT, reach=6),
    _cue(r"(?:was|were|is|are|to\s+be|will\s+be|has\s+been|-|–)?\s*(?:refill(?:ed)?|renew(?:ed)?|continue[sd]?)(?!\s*(?:[:=x#]?\s*\d|x\b))", Status.CONTINUED, _PRESENT, reach=5),
    _cue(r"(?:was|were|is|are|being)?\s*(?:requested|request(?=\s*$))|authorization\s+(?:is\s+)?requested|not\s+(?:certified|authorized)|denied|non-?certified|pending\s+auth\w*", Status.REQUESTED, _PRESENT, reach=6),
    _cue(r"to(?=\s*(?:$|[,.;)]|\s{3}))", Status.CHANGED, _PRESENT, reach=0),
    _cue(r"(?:was|were|is)?\s*dispensed", Status.DISPENSED, _PRESENT, reach=6),
)  # fmt: skip

_HELPED = re.compile(
    r"\b(?:helps?|helped|helpful|effective|beneficial|(?:good|some|significant|moderate|partial|adequate|excellent)\s+(?:relief|benefit|response)|works?\s+well|worked\s+well|reliev\w+|reduc\w+\s+(?:\w+\s+)?pain|with\s+benefit)\b",
    re.IGNORECASE,
)
_NOT_USE_BEFORE = re.compile(
    r"(?:\b(?:positive|negative|neg|pos|tested|testing|detect\w+|screen\w*|confirm\w*|metabolites?|level|levels|presence)\b(?:\s+(?:\w+\s+){0,2}?(?:for|of|to))?[^.;]{0,60}$)|"
    r"\b(?:overdose\s+(?:of|on)|addict\w*\s+to|dependen\w+\s+(?:on|to)|abuse\s+of|education\s+(?:on|about)|risks?\s+of|warned\s+(?:about|of|against))\s*$",
    re.IGNORECASE,
)
_NOT_USE_AFTER = re.compile(
    r"^\W{0,6}(?:[\d,.<>]+\s*(?:ng|mcg|mg|ug)\s*/\s*(?:ml|dl|l)\b|level|levels\b|screen|NEG(?:ATIVE)?\b|POS(?:ITIVE)?\b|not\s+detected|detected|metabolite|toxicity|abuse|addiction|dependence|overdose|withdrawal)|^[ .]{4,}(?:NEG|POS|not\s+detected|detected|[<>]?\s*[\d,]+\s*ng)",
    re.IGNORECASE,
)
_GUIDELINE = re.compile(
    r"\b(?:MTUS|ODG|ACOEM|guidelines?|FDA|CDC|Beers|literature|studies|evidence-based|randomized|meta-analysis|recommended\s+(?:for|as|only)|not\s+recommended|first[\s-]?line|second[\s-]?line|indicated\s+for|approved\s+for|p(?:p|ages?)?\.\s?\d+)\b"
)
_PATIENT = re.compile(
    r"\b(?:patient|pt|she|he|his|her|claimant|applicant|worker|I|Mr|Mrs|Ms|current|prescribed)\b",
    re.IGNORECASE,
)
_RELATIVE = (
    r"mother|father|mom|dad|brother|sister|son|daughter|wife|husband|spouse|partner|aunt|uncle|cousin|grand(?:mother|father|parent)s?|"
    r"friend|neighbou?r|roommate|family\s+member|co-?worker|boyfriend|girlfriend|mother-in-law|children|child"
)
_OTHER_PERSON = re.compile(
    rf"\b(?P<who>{_RELATIVE})(?:'s|s)?\b(?P<between>(?:\s+(?!says|states|stated|reports|reported|called|calls|told|asks|worried|notes|gives?|helps?|observed|noticed)\w+['\w]*){{0,4}}?)\s+"
    r"(?:herself\s+|himself\s+|also\s+)?(?:takes?|took|taking|uses?|used|is\s+on|was\s+on|has|had|gets?|got|been|was\s+(?:prescribed|given)|is\s+(?:prescribed|taking|using)|medications?|meds|prescription|bottle|supply|own)\b",
    re.IGNORECASE,
)
_BORROWED = re.compile(
    rf"(?:belong\w+\s+to|prescribed\s+(?:to|for)|(?:from|of)\s+(?:a|her|his|the))\s+(?:\w+\s+)?(?:{_RELATIVE})\b|\b(?:{_RELATIVE})['’]s?\s*$",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    rf"\b(?P<who>{_RELATIVE})\s*(?:\(|,|called|calls|says|states|stated|reports|reported|worried|told|is\s+worried|phoned)",
    re.IGNORECASE,
)
_PATIENT_AS_KIN = {
    "daughter": "mom mother dad father",
    "son": "mom mother dad father",
    "mother": "son daughter child",
    "father": "son daughter child",
    "wife": "husband",
    "husband": "wife",
}
_TEMPLATE = re.compile(
    r"\[\s?\]\s*\w*\s*$|\be\.?g\.?\W|\(template|\bsuch\s+as\s*\(?$", re.IGNORECASE
)
_GENERAL = re.compile(
    r"^\s*(?:(?:can|may|could|might|should)\s+(?:not\s+)?(?:be|cause|lead|interact|have|help|produce|increase|result)|is\s+(?:a|an|indicated|recommended|approved|associated|known|considered)\b|are\s+(?:recommended|indicated|associated|considered))",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:may|might|could|would|consider(?:ing)?|disc(?:uss(?:ed|ing)?)?\.?|if\s+(?:not|no|needed|necessary|she|he)[^.;]*)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FAR = 8
_FUTURE_CONDITION = re.compile(
    r"^\s*(?:\d+[.)]\s*)?(?:if|should|were|unless|in\s+the\s+event)\b", re.IGNORECASE
)
_LIST_ONLY = re.compile(
    r"^(?:[\s,;/&+()\[\]*.:–-]|\b(?:and|or|plus|then|with|as\s+well\s+as|also|both|including|incl|otc|nor|generic|brand|oral|the|his|her|for|pain|sleep|mg|tabs?|caps?|stomach|protection|all|any|other|some|a|of)\b)*$",
    re.IGNORECASE,
)  # noqa: RUF001
_REASON = re.compile(
    r"^\W{0,3}\((?P<paren>[^()\n]{2,60}(?:\n[^()]{0,40})?)\)|\b(?:due\s+to|because\s+of|secondary\s+to|caused|causing|b/c(?:\s+of)?|2/2|for)\s+(?P<due>[A-Za-z][\w\s/,-]{2,70})",
    re.IGNORECASE,
)
_ONLY_STOPPED = re.compile(
    r"^(?:(?:was\s+)?(?:stopped|discontinued|d/?c'?d|tried|failed)\b\s*(?:in\s+|on\s+)?)?[\d/.-]*\s*[,;:-]?\s*",
    re.IGNORECASE,
)
_REASON_END = re.compile(
    r"\s+(?:after|and\s+(?:was|is|were|she|he|they|has|had)|so\s|which\s|but\s|when\s)|\.\s",
    re.IGNORECASE,
)
_TAKEN_FOR = re.compile(
    r"\b(?:for|of|prn|onset|needed|treat\w*|with|about|re:?|no|without|denies|any)\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[A-Za-z][\w'/]*")
_REQUEST_LINE = re.compile(
    r"^\s*(?:#\s?\d{1,2}\b|\(?#?\s?(?:\d{1,2}|[A-Za-z])[.):]|[-*•]|item\b|request\w*|\||[A-Z])",
    re.IGNORECASE,
)
_UR_OUTCOME = re.compile(
    r"\b(?:not\s+certified|non-?certif\w+|certified|denied|den(?:y|ial)|modified|not\s+(?:medically\s+necessary|authorized)|approved|authorized|adverse|upheld)\b",
    re.IGNORECASE,
)
_ARGUED = frozenset(
    {DocumentKind.UR_DECISION, DocumentKind.CORRESPONDENCE, DocumentKind.IMR_APPLICATION}
)


def read_context(  # noqa: PLR0913 - the six things a reader looks at
    head: str,
    tail: str,
    *,
    sentence_before: str,
    section: Section,
    has_dosing: bool,
    tail_text: str = "",
    following: str = "",
    earlier: str = "",
    previous: Reading | None = None,
    link: str = "",
) -> Reading | None:
    """How a mention is meant; None where the words are not about taking the drug.

    Args:
        head: since the drug before, or the start of the statement.
        tail: to the next drug or the end of the statement, with dosing blanked out.
        sentence_before: the whole statement before the drug.
        section: of the report.
        has_dosing: whether directions or a quantity stand beside.
        tail_text: as `tail`, as written.
        following: what stands after the drug, over the end of the statement.
        earlier: what stands before the statement: who reports.
        previous: how the drug before in the same statement is meant.
        link: what stands between the two, with dosing blanked out.
    """
    if _NOT_USE_AFTER.match(following or tail) or (not has_dosing and _NOT_USE_BEFORE.search(head)):
        return None
    if _is_other_person(sentence_before, section, earlier):
        return _for_all(Reading(assertion=Assertion.OTHER_PERSON, cue="relative"))
    if section is Section.ALLERGY and not has_dosing:
        return _allergy(tail_text or tail)
    if section is Section.TEMPLATE or _TEMPLATE.search(head):
        return _for_all(Reading(assertion=_HYPOTHETICAL, cue="template"))
    if _GENERAL.match(tail) and not has_dosing:
        return _for_all(Reading(assertion=_HYPOTHETICAL, cue="general"))
    if _is_guideline(sentence_before, tail, has_dosing=has_dosing):
        return _for_all(Reading(assertion=_HYPOTHETICAL, cue="guideline"))
    before = _governing(head, has_dosing=has_dosing)
    after = _following(tail, has_dosing=has_dosing)
    if before is None and previous is not None and previous.hands_on is not None:
        if _LIST_ONLY.match(_PAREN.sub(" ", link)):
            before = _inherited(previous.hands_on, has_dosing=has_dosing)
    reading = _joined(before, after, tail, tail_text or tail, section)
    if _FUTURE_CONDITION.match(sentence_before) and reading.assertion is _PRESENT:
        return _for_all(Reading(status=reading.status, assertion=_HYPOTHETICAL, cue="if"))
    return reading


def in_argument(kind: DocumentKind) -> bool:
    """Whether a document argues or quotes, so that only its list of requests counts."""
    return kind in _ARGUED


def is_request_line(statement: str, kind: DocumentKind, *, has_dosing: bool) -> bool:
    """Whether a line of an application or UR decision lists the request.

    >>> line = " #1  Norco 10/325mg #150 ....... Not certified"
    >>> is_request_line(line, DocumentKind.UR_DECISION, has_dosing=True)
    True
    """
    if kind is DocumentKind.CORRESPONDENCE or not has_dosing or _GUIDELINE.search(statement):
        return False
    listed = _REQUEST_LINE.match(statement) is not None and len(statement) < 220  # noqa: PLR2004
    if kind is DocumentKind.IMR_APPLICATION:
        return listed
    return listed and (
        _UR_OUTCOME.search(statement) is not None
        or re.match(r"\s*\(?#?\s?\w{1,2}[.):]?\s", statement) is not None
    )


def _is_other_person(before: str, section: Section, earlier: str) -> bool:
    if section is Section.FAMILY:
        return True
    found = None
    for found in _OTHER_PERSON.finditer(before):
        pass
    if found is None:
        return _BORROWED.search(before) is not None
    who = found["who"].lower()
    for reporter in _REPORTER.finditer(earlier + before[: found.start()]):
        if who in _PATIENT_AS_KIN.get(reporter["who"].lower(), "").split():
            return False
    return not re.search(
        r"\b(?:patient|pt|claimant|applicant)\b", before[found.end() :], re.IGNORECASE
    )


def _allergy(tail: str) -> Reading:
    reading = Reading(assertion=_ABSENT, outcome=Outcome.CONTRAINDICATED, cue="allergy")
    return replace(reading, reason=_reason(tail), hands_on=reading)


def _is_guideline(before: str, tail: str, *, has_dosing: bool) -> bool:
    if has_dosing:
        return False
    if not _GUIDELINE.search(before) and not _GUIDELINE.search(tail[:120]):
        return False
    return not _PATIENT.search(before)


def _governing(head: str, *, has_dosing: bool) -> Reading | None:
    """What the nearest cue before the drug says."""
    met = [
        (found.end(), found.end() - found.start(), -order, cue, found)
        for order, cue in enumerate(_BEFORE)
        for found in cue.pattern.finditer(head)
        if _reaches(cue, head[found.end() :], has_dosing=has_dosing)
    ]
    if not met:
        return None
    *_, cue, found = max(met, key=lambda hit: hit[:3])
    assertion = _turned(cue, head[: found.start()])
    return Reading(
        status=cue.status,
        assertion=assertion,
        outcome=cue.outcome if assertion is cue.assertion else None,
        cue=found.group().strip(),
    )


def _reaches(cue: _Cue, gap: str, *, has_dosing: bool) -> bool:
    """Whether the words between a cue and the drug let it govern the drug."""
    if len(_WORD.findall(gap)) > cue.reach or (";" in gap and cue.reach < _FAR):
        return False
    return not (cue.assertion in {_ABSENT, _HISTORICAL} and has_dosing and "," in gap)


def _turned(cue: _Cue, before: str) -> Assertion:
    """The assertion of an act that is only considered (`may start`) or denied (`did not start`)."""
    if cue.status is Status.LISTED:
        return cue.assertion
    for other in _BEFORE:
        if other.assertion not in {_HYPOTHETICAL, _ABSENT} or other.status is not Status.LISTED:
            continue
        for found in other.pattern.finditer(before):
            if len(_WORD.findall(before[found.end() :])) <= 1 and not re.search(
                r"[,;]", before[found.end() :]
            ):
                return other.assertion
    return _HYPOTHETICAL if _MODAL.search(before) else cue.assertion


def _following(tail: str, *, has_dosing: bool) -> Reading | None:
    """What a cue right after the drug and its directions says, with the outcome told beside it."""
    clause = re.split(r"[;]|\.\s+(?=[A-Z])", tail, maxsplit=1)[0]
    met = [
        (found.start(), order, cue, found)
        for order, cue in enumerate(_AFTER)
        if (found := cue.pattern.search(clause))
        and _applies(cue, clause[: found.start()], has_dosing)
    ]
    if not met:
        return None
    _, _, cue, found = min(met, key=lambda hit: hit[:2])
    outcomes = [
        other.outcome for *_, other, _ in sorted(met, key=lambda hit: hit[:2]) if other.outcome
    ]
    return Reading(
        status=cue.status,
        assertion=cue.assertion,
        outcome=next(
            (outcome for outcome in outcomes if outcome is not Outcome.TRIED), cue.outcome
        ),
        cue=found.group().strip(),
    )


def _applies(cue: _Cue, before: str, has_dosing: bool) -> bool:  # noqa: FBT001 - one word more says it
    """Whether a cue after a drug is about it: near, and no complaint that it is taken for."""
    if len(_WORD.findall(before)) > cue.reach:
        return False
    if cue.outcome is not Outcome.NOT_TOLERATED:
        return True
    return not (
        _TAKEN_FOR.search(before) or (has_dosing and "(" not in before and "caus" not in before)
    )


def _inherited(handed: Reading, *, has_dosing: bool) -> Reading | None:
    """A stopped drug's cue does not reach a drug with directions of its own."""
    ended = handed.assertion in {_HISTORICAL, _ABSENT} and handed.status is not Status.LISTED
    return None if has_dosing and ended else handed


def _for_all(reading: Reading) -> Reading:
    """A reading that holds for the whole list."""
    return replace(reading, hands_on=reading)


def _joined(
    before: Reading | None, after: Reading | None, tail: str, tail_text: str, section: Section
) -> Reading:
    base = before or _by_section(section)
    listed = before is not None or section in {Section.CURRENT, Section.PAST, Section.PLAN}
    chosen = base
    only_considered = base.assertion in {_HYPOTHETICAL, _ABSENT}
    if after is not None and not (
        only_considered and after.status in {Status.STARTED, Status.CONTINUED}
    ):
        chosen = _after_wins(base, after)
    outcome = chosen.outcome
    if outcome in {None, Outcome.TRIED} and not (after and after.outcome) and _HELPED.search(tail):
        past = chosen.outcome is not None or chosen.assertion is _HISTORICAL
        outcome = Outcome.HELPED if past else None
    ended = chosen.status in {Status.STOPPED, Status.FAILED, Status.CHANGED}
    return replace(
        chosen,
        outcome=outcome,
        reason=_reason(tail_text) if ended or outcome is not None else None,
        hands_on=base if listed else None,
    )


def _after_wins(base: Reading, after: Reading) -> Reading:
    """How the cue after a drug changes what the words before it say."""
    outcome = after.outcome
    if outcome is not None and base.status in {Status.STOPPED, Status.FAILED}:
        return replace(base, outcome=outcome)
    if outcome is not None and base.assertion is _PRESENT and base.cue:
        return replace(base, outcome=outcome) if outcome is Outcome.FAILED else base
    if after.status is Status.LISTED and base.assertion is not _PRESENT:
        return (
            base
            if after.assertion is _HISTORICAL and outcome is Outcome.TRIED
            else replace(base, outcome=outcome)
        )
    return after


def _by_section(section: Section) -> Reading:
    if section is Section.PAST:
        return Reading(assertion=_HISTORICAL, outcome=Outcome.TRIED)
    if section is Section.DISPENSED:
        return Reading(status=Status.DISPENSED)
    return Reading()


def _reason(tail: str) -> str | None:
    """Why, in the record's words: in parentheses, or after `due to`, `because of`, `caused`."""
    found = _REASON.search(tail)
    if found is None:
        return None
    text = " ".join((found["paren"] or found["due"]).split())
    text = _ONLY_STOPPED.sub("", text)
    return _REASON_END.split(text, maxsplit=1)[0].strip(" ,.") or None
