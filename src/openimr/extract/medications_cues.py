"""The words that say what is done with a drug: taken, started, stopped, failed, only considered.

Order matters only between cues that end at the same word: the longer, then the earlier one counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from openimr.extract.medications_harm import FAILURE, FIRST_PRESCRIPTION, HARM
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


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern and what it says of the drug beside it."""

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
) -> Cue:
    return Cue(
        re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE),
        status,
        assertion,
        outcome,
        reach,
    )


_PRESENT, _HISTORICAL = Assertion.PRESENT, Assertion.HISTORICAL
_HYPOTHETICAL, _ABSENT = Assertion.HYPOTHETICAL, Assertion.ABSENT

BEFORE: tuple[Cue, ...] = (
    # Not taken at all.
    _cue(
        r"not\s+(?:currently\s+|presently\s+|been\s+)?(?:taking|using|on|prescribed|tried|used"
        r"|taken|received|given)(?:\s+any)?|"
        r"denies\s+(?:(?:any|current|the|taking|use|using|of)\s+)*|denied\s+(?:(?:any|taking|use"
        r"|using|of)\s+)*|"
        r"never\s+(?:\w+\s+)?(?:took|taken|tried|used|been\s+on|had|given|prescribed|needed|required|wanted)|"
        r"(?:has|have|had)\s*(?:not|n't)\s+(?:\w+\s+)?(?:tried|taken|used|had|received|been\s+on"
        r"|been\s+(?:prescribed|given))|hasn'?t\s+(?:tried|taken|used)|"
        r"(?:did|does|do)\s*(?:not|n't)\s+(?:\w+\s+)?(?:take|use|want|need|like)(?:\s+(?:any"
        r"|to\s+take))?|"
        r"(?:declin|refus)(?:ed|es|ing)(?:\s+(?:to\s+(?:take|try|start)|a\s+trial\s+of))?"
        r"|avoid(?:s|ing|ed)?|instead\s+of|rather\s+than|in\s+lieu\s+of",
        Status.LISTED, _ABSENT, reach=3,
    ),
    _cue(
        r"(?:should|must|will|shall|would)\s+not\s+(?:get|receive|start|restart|resume|be\s+given)",
        Status.LISTED, _ABSENT, reach=2,
    ),
    _cue(
        r"no\s+(?:prior|previous|earlier|past)(?:\s+(?:use\s+of|exposure\s+to|trials?\s+of))?",
        Status.LISTED, _ABSENT, reach=2,
    ),
    _cue(
        r"no(?!\s+more\s+than|\s+longer)(?:\s+(?:current|more|regular|further|other))?"
        r"(?:\s+use\s+of)?",
        Status.LISTED, _ABSENT, reach=1,
    ),
    _cue(
        r"(?:tried|tries|offered|wanted|trying)\s+to\s+(?:give|lend|slip|share)(?:\s+(?:her|him|the\s+patient|pt|some|a|one|his))*"
        r"|offered\s+(?:her|him|the\s+patient|pt)(?:\s+(?:some|a|one|his|her))*",
        Status.LISTED, _ABSENT, reach=2,
    ),
    # Not about taking it.
    _cue(
        r"(?:no|denies|denied|without|w/o|not\s+having)"
        r"\s+(?:(?:any|significant|adverse|reported|new|major)\s+)*"
        r"(?:side[\s-]?effects?|adverse\s+\w+|problems?|issues?|complaints?|sedation"
        r"|constipation|reactions?)(?:\s+(?:or|and)\s+\w+(?:\s+\w+)?)?"
        r"\s+(?:from|with|of|to|on)(?:\s+(?:the|her|his|use\s+of|taking))*",
        Status.LISTED, _PRESENT, reach=2,
    ),
    _cue(
        r"(?:UR|utilization\s+review|insurance|carrier|adjuster|IMR|claims?\s+administrator"
        r"|they|insurer)\s+(?:(?:has|have|had)\s+)?(?:denied|non-?certified"
        r"|(?:did\s+)?not\s+(?:authorized?|approved?|certif(?:y|ied))"
        r"|modified|approved|authorized|certified)(?:\s+(?:the|her|his))?",
        Status.REQUESTED, _PRESENT, reach=4,
    ),
    _cue(
        r"(?:can\s*not|can'?t|unable\s+to|should\s+not|must\s+not|could\s+not"
        r"|couldn'?t)\s+(?:take|use|have|be\s+on)(?:\s+any)?|"
        r"contraindicat\w+(?:\s+(?:for|to|with|is|are|include))?|allergic\s+to|allergy\s+to"
        r"|not\s+a\s+candidate\s+for",
        Status.LISTED, _ABSENT, Outcome.CONTRAINDICATED, reach=4,
    ),
    _cue(
        r"(?:because\s+of|due\s+to|given|in\s+view\s+of|owing\s+to|on\s+account\s+of|for\s+fear\s+of|in\s+light\s+of)"
        r"\b[^.;]{2,60}?\b(?:avoid(?:s|ed|ing)?|(?:will|would|do|did|can|could|should)\s*(?:not|n't)\s+(?:use|give|prescribe"
        r"|try|start|offer|recommend))",
        Status.LISTED, _ABSENT, Outcome.CONTRAINDICATED, reach=4,
    ),
    # Tried and what came of it.
    _cue(
        r"(?:not\s+tolerated|intolerant(?:\s+of)?|intoleran\w+|(?:could|can)\s*not\s+tolerate)\s*:",
        Status.FAILED, _HISTORICAL, Outcome.NOT_TOLERATED, reach=12,
    ),
    _cue(
        r"(?:inadequate|insufficient|ineffective|unsuccessful|failed|(?:not|in)\s*(?:adequate|sufficient|effective)"
        r"|tried\s*(?:and|/|&)\s*failed|no\s+(?:relief|benefit|help))\s*:",
        Status.FAILED, _HISTORICAL, Outcome.FAILED, reach=12,
    ),
    _cue(
        r"(?:tried\s+(?:and|&|/)\s+)?(?:has\s+|have\s+"
        r"|had\s+)?failed(?:\s+(?:a\s+)?(?:\w+\s+)?(?:trials?|courses?)\s+(?:of"
        r"|with))?(?:\s+(?:to\s+respond\s+to|treatment\s+with|on))?|"
        r"fail(?:ure|s|ing)?\s+(?:of|on|with|to\s+respond\s+to)|no\s+(?:such\s+|similar\s+|comparable\s+|real\s+)?(?:relief|benefit|response"
        r"|help|effect|improvement|gains?)\s+(?:from|with|w/?|to|on|after)|no\s+better\s+(?:with|w/?|on|after)|"
        r"(?:little|minimal|inadequate|insufficient|poor|limited)\s+(?:relief|benefit|response"
        r"|improvement|pain\s+control)\s+(?:from|with|to|on)|"
        r"unresponsive\s+to|refractory\s+to|did\s+not\s+respond\s+to|not\s+responded\s+to"
        r"|ineffective",
        Status.FAILED, _HISTORICAL, Outcome.FAILED, reach=5,
    ),
    _cue(
        r"intoleran(?:t|ce)\s+(?:of|to)|(?:could|can|did|does)\s*(?:not|n't)\s+tolerate"
        r"|unable\s+to\s+tolerate|side[\s-]?effects?\s+(?:from|with|of|to)|"
        r"adverse\s+(?:reaction|effects?)\s+(?:from|with|of|to)|gi\s+(?:upset|distress)\s+(?:from"
        r"|with)|gastritis\s+(?:from|with|due\s+to)|reaction\s+to|made\s+(?:ill|sick)\s+by",
        Status.FAILED, _HISTORICAL, Outcome.NOT_TOLERATED, reach=5,
    ),
    _cue(
        r"trial+ed(?:\s+(?:on|with|of))?|(?:has\s+|have\s+|had\s+|having\s+|was\s+|been\s+"
        r"|previously\s+|already\s+|also\s+)*tried(?:\s+(?:on|multiple|several|various"
        r"|treatment\s+with))?|"
        r"trials?\s+(?:of|with)(?=[^.]{0,80}\b(?:without|failed|no\s|did|was|were|had|in\s+(?:19"
        r"|20)\d\d|caused))|prior\s+(?:trials?\s+of|use\s+of)|previous(?:ly)?\s+(?:trials?\s+of"
        r"|use\s+of)",
        Status.LISTED, _HISTORICAL, Outcome.TRIED, reach=5,
    ),
    _cue(
        r"historically(?:\s+(?:\w+\s+){0,2}(?:on|with))?|prev(?:\.|:)?(?:\s+(?:on|meds?|tried))?:?|(?:earlier|before\s+that|at\s+first),?\s+(?:she|he|the\s+patient|pt)\s+(?:\w+\s+)?"
        r"(?:took|used|had|tried)|in\s+the\s+past,?\s+(?:(?:she|he|the\s+patient|pt|patient|has|had|have|was|been"
        r"|also)\s+)*(?:on|given|prescribed|treated\s+with|taken|took|used|tried|received)"
        r"|previously(?:\s+(?:on|took|taken|taking|used|using|prescribed|given|treated\s+with))?"
        r"|used\s+to\s+(?:take|use|be\s+on)|formerly(?:\s+on)?|"
        r"in\s+the\s+past(?:\s+(?:took|used|on))?|past(?!\s+(?:\w+\s+)?med)(?:\s+use\s+of)?"
        r"|prior(?!\s+(?:\w+\s+)?med)|history\s+of|h/o|was\s+(?:on|taking|using|prescribed|given"
        r"|treated\s+with)|were\s+(?:on|taking|prescribed|given)|"
        r"had\s+been\s+(?:on|taking|using|prescribed|given)|having\s+(?:been\s+on|taken|used|tried|had)"
        r"|took|once\s+took|(?:entered|joined|began|came\s+(?:in)?to|arrived\s+(?:at|in)|presented\s+to)"
        r"\s+(?:the|our|this|that)\s+(?:\w+\s+){0,3}?(?:program|clinic|practice|office|care)\s+(?:taking|using|on)"
        r"|on\s+(?:entry|admission|arrival|intake)(?:\s+to\s+(?:the|our|this)\s+\w+)?,?\s+(?:he|she|(?:the\s+)?patient)\s+(?:was|were)\s+(?:taking|using|on)"
        r"|initially\s+(?:\w+\s+)?(?:given|prescribed|treated\s+with)|(?:was"
        r"|were)\s+initially\s+\w+|had\s+taken|treated\s+(?:\w+\s+)?with|received|prescribed\s+in",
        Status.LISTED, _HISTORICAL, reach=6,
    ),
    _cue(r"(?:she|he|patient|pt\.?)\s+used(?!\s+to\b)", Status.LISTED, _HISTORICAL, reach=9),
    _cue(
        r"(?:begun|started|began|beginning|commenced)\s+(?:in\s+|back\s+in\s+)?(?:19|20)\d\d,?\s+(?:with|on)",
        Status.STARTED, _HISTORICAL, reach=2,
    ),
    # Stopped.
    _cue(
        r"d\.?/?c\.?['\u2019]?(?:d|ed|ing)?|dc'?d?|discontinu\w+(?:\s+of)?|stop(?:s|ped"
        r"|ping)?(?:\s+(?:taking|using|use\s+of))?|ceased?|quit|(?:taken|came|come|gone|been|is"
        r"|now|got|weaned|tapered|stay)\s+off(?:\s+of)?|off(?:\s+of)?|no\s+longer\s+(?:taking|on"
        r"|using|takes|uses|prescribed|needs?)|"
        r"weaned\s+off|hold|held(?!\s+up)|withdrawn\s+from|(?:threw|thrown|throws|tossed)\s+(?:out|away)?(?:\s*(?:the|his|her))?",
        Status.STOPPED, _HISTORICAL, reach=4,
    ),
    # Conditions, wishes, possibilities.
    _cue(
        r"suggest(?:s|ed|ing|ion)?(?:\s+(?:a|trying|trial|of|the|use|that|first))*|consider(?:ation|ing|ed)?(?:\s+(?:of|for|a|starting|adding|trial|trying|switching\s+to"
        r"|increasing))*|(?:may|might|could|can|(?<!\bI\s)(?<!\bwe\s)would)"
        r"\s+(?:\w+\s+){0,2}(?:try|start"
        r"|benefit\s+from|need|add|use|consider|require|like|switch\s+to|be\s+(?:tried|helpful"
        r"|started|a\s+candidate\s+for))(?:\s+to\s+(?:try|start))?|"
        r"(?:if|unless|should|when|in\s+case|were\s+(?:she|he)\s+to)\b[^.;]{0,80}?(?:start|try"
        r"|add|switch\s+to|consider|use|increase|change\s+to|will|then|resume|take|taking)|"
        r"discuss(?:ed|ion|ing)?\s+(?:(?:of|about|the|a|starting|possible|possibility|trial|use"
        r"|option|trying|risks?|and|benefits|side\s+effects|on|with|him|her|patient)\s+)*|"
        r"candidate\s+for|option\s+of|alternatives?\s+(?:such\s+as|like|include|to)"
        r"|in\s+the\s+future|"
        r"would\s+like\s+to\s+(?:try|start|begin|initiate|place|put)"
        r"(?:\s+(?:her|him|the\s+patient|pt|patient))?(?:\s+(?:back\s+)?on)?|"
        r"wants?\s+to\s+(?:try|start|know)|wish(?:es)?\s+to\s+(?:try|start)|interested\s+in"
        r"|asks?\s+(?:about|for)|asked\s+about|asking\s+(?:about|for)|hopes?\s+to|desires?\s+to\s+(?:try|start"
        r"|take|use|be\s+on)|rule\s+out|possible|potential",
        Status.LISTED, _HYPOTHETICAL, reach=6,
    ),
    _cue(
        r"(?:wants?|wish(?:es)?|would\s+like|hopes?|ready|willing|motivated|plans?"
        r"|goal\s+(?:is\s+)?)\s+(?:to\s+)?(?:(?:be|get|come|go|wean|taper|stop|reduce|decrease"
        r"|cut)\s+)*(?:off|down|from|taking|using|of)*(?:\s+of)?",
        Status.LISTED, _PRESENT, reach=1,
    ),
    _cue(
        r"(?:if|unless|whether)(?:\s+(?:\w+\s+){1,2}(?:feels?|felt|thinks?|thought|finds?|found|believes?"
        r"|notices?|decides?)(?:\s+that)?)?(?:\s+(?:the|his|her))?",
        Status.LISTED, _HYPOTHETICAL, reach=0,
    ),
    _cue(r"questionable|possibly|\?", Status.LISTED, Assertion.POSSIBLE, reach=0),
    # What is done now.
    _cue(
        r"(?:re-?)?start(?:s|ed|ing)?(?:\s+(?:her|him|the\s+patient|pt|patient))?"
        r"(?:\s+(?:back\s+)?on)?(?:\s+(?:a\s+)?(?:\w+\s+)?trial\s+(?:of|with))?"
        r"|beg[ia]n(?:s|ning)?|begun|initiat\w+(?:\s+(?:a\s+)?trial\s+of)?|add(?:s|ed|ing)?"
        r"|(?:new|first|initial|1st)\s+(?:rx|prescription|medication|script|fill)"
        r"(?:\s+(?:for|of))?:?|(?:first|1st)\s+time\s+(?:on|with|for|using|taking)"
        r"|(?:initial\s+)?trial\s+(?:of|with)|"
        r"(?:place[d]?|put)\s+(?:\w+\s+)?on|switch(?:ed|ing)?\s+(?:\w+\s+)?to|changed?\s+to"
        r"|will\s+(?:try|trial)|try|given\s+(?:a\s+)?samples?\s+of|(?:re-?)?introduc\w+|new:?",
        Status.STARTED, _PRESENT, reach=6,
    ),
    _cue(
        r"cont(?:inu(?:e[sd]?|ing|ation)|'?d)?\.?(?:\s+(?:on|with|to\s+(?:take|use|prescribe)"
        r"|same|current|all|meds?:?|taking|the|use\s+of))*|re-?fill(?:s|ed|ing)?(?:\s+(?:of|for"
        r"|given\s+for))?|renew(?:s|ed|al|ing)?(?:\s+(?:of|for))?|re-?prescribed?|"
        r"maintain(?:s|ed)?(?:\s+on)?|remains?(?:\s+on)?|stays?\s+on|kept?\s+on|keep(?:\s+on)?"
        r"|still\s+(?:taking|on|using|takes|uses)|ongoing(?:\s+use\s+of)?|resume[ds]?",
        Status.CONTINUED, _PRESENT, reach=8,
    ),
    _cue(
        r"(?:in|de)creas(?:e[sd]?|ing)(?:\s+(?:the|dose|dosage|of))*|(?:up"
        r"|down)?-?titrat\w+(?:\s+(?:up|down|the|dose|of))*|reduc(?:e[sd]?|ing|tion)(?:\s+(?:of"
        r"|in|the))*|lower(?:ed|ing)?|taper(?:ed|ing|s)?(?:\s+(?:off|down|of|from))*|wean(?:ed"
        r"|ing|s)?(?:\s+(?:from|down|off))*|cut(?:s|ting)?\s*(?:down|back|to)*(?:\s+on)?"
        r"|rais(?:e[sd]?|ing)|adjust\w*|chang(?:e[sd]?|ing)(?:\s+(?:the|her|his|dose|dosage|of))*",
        Status.CHANGED, _PRESENT, reach=5,
    ),
    _cue(
        r"request(?:s|ed|ing)?(?:\s+(?:authorization|auth|approval|is|made|a|of|for|refills?|to"
        r"|continue|the|prior))*|authoriz\w+(?:\s+(?:for|of|is|requested))*|auth\.?\s+(?:for"
        r"|req\w*)|rfa(?:\s+for)?:?|recommend(?:s|ed|ing|ation)?(?:\s+(?:a|trial|for|of|the))*"
        r"|seek(?:ing)?\s+(?:authorization|approval)(?:\s+for)?|appeal(?:ing)?(?:\s+(?:the|denial"
        r"|of))*",
        Status.REQUESTED, _PRESENT, reach=8,
    ),
    _cue(
        r"dispens(?:e[sd]?|ing)(?:\s+today)?:?"
        r"|given\s+in\s+(?:the\s+)?office", Status.DISPENSED, _PRESENT, reach=8),
    _cue(
        r"(?:currently\s+|presently\s+|now\s+|only\s+|also\s+|is\s+|are\s+|has\s+been\s+"
        r"|have\s+been\s+|been\s+|regularly\s+)*(?:takes|take|taking|uses|use|using|(?<!going\s)on|prescribed"
        r"|receiving|medicated\s+with|relies\s+on|managed\s+(?:on|with)|controlled\s+(?:on|with)"
        r"|left\s+with|gets?\s+by\s+(?:on|with))(?:\s+(?:a\s+combination\s+of|regular|daily|of"
        r"|both|about|approximately|up\s+to))*|"
        r"(?:meds?|medications?)\s+(?:include|includes|are|consist\s+of|of|is|with|including)"
        r"|prescri(?:be[sd]?|bing|ption)(?:\s+(?:for|of|is|given))*|given\s+(?:(?:a|another|her"
        r"|his)\s+)?(?:prescription|rx|script)s?\s+(?:for|of)|write\s+for|wrote\s+for"
        r"|rx(?:'?d)?(?:\s+for)?:?|given(?!\s+(?:his|her|the|their|this|that|these)\b[^.;]*,\s)",
        Status.LISTED, _PRESENT, reach=10,
    ),
)  # fmt: skip

AFTER: tuple[Cue, ...] = (
    _cue(HARM, Status.FAILED, _HISTORICAL, Outcome.NOT_TOLERATED, reach=18),
    _cue(FAILURE, Status.FAILED, _HISTORICAL, Outcome.FAILED, reach=14),
    _cue(FIRST_PRESCRIPTION, Status.STARTED, _PRESENT, reach=12),
    _cue(r"(?:none|never(?:\s+had)?)(?=\W*(?:$|[.;\n]))", Status.LISTED, _ABSENT, reach=0),
    _cue(
        r"d\.?/?c\.?['\u2019]?(?:d|ed)|d/c|dc'?d|(?:was|were|been|be|is|are|now|has|have|and|then"
        r"|it"
        r"|self)?\s*(?:since\s+)?(?:discontinu(?:ed|e)|stopped|ceased|on\s+hold|given\s+up|abandoned)"
        r"|(?:was|were|been|be|is|are)\s+held(?!\s+up)"
        r"|stopped\s+taking\s+it|(?:is\s+|currently\s+)?not\s+taking(?:\s+it|\s+since)?|none\s+since\s+\w+"
        r"|(?:please|pls|plz)?\s*(?:take|remove|delete|strike|cross)\s+(?:it\s+|this\s+)?(?:off|from)\s+(?:the\s+|his\s+|her\s+)?(?:\w+\s+)?list"
        r"|no\s+longer\s+(?:taking|takes|using|on|prescribed)|taken\s+off"
        r"|stop",
        Status.STOPPED, _HISTORICAL, reach=7,
    ),
    _cue(
        r"(?:(?:does|do|is|are)\s*(?:not|n't)|not)\s+(?:\w+\s+)?(?:help(?:ful|ing)?|work(?:ing)?"
        r"|effective|provid\w+|benefi\w+|relie\w+|touch\w*|control\w*|enough)|does\s+(?:nothing"
        r"|little|not\s+do\s+much)|no\s+longer\s+(?:works?|effective|helps?)",
        Status.LISTED, _PRESENT, Outcome.FAILED, reach=8,
    ),
    _cue(
        r"(?:did|has|had|have|was|were)\s*(?:not|n't)\s+(?:\w+\s+)?(?:help(?:ed|ful|ing)?"
        r"|work(?:ed|ing)?|effective|provided?|benefi\w+|relie\w+|touch|control)|did\s+(?:nothing"
        r"|little)|"
        r"(?:without|with\s+no|no|minimal|little|not\s+much|with\s+(?:little|minimal|limited"
        r"|poor))\s+(?:\w+\s+)?(?:relief|benefit|help|effect|improvement|response|success)|(?:was"
        r"|were|been|proved|is|are|found)?\s*(?:to\s+be\s+)?(?:ineffective|not\s+effective"
        r"|unhelpful|not\s+helpful|unsuccessful|insufficient|inadequate)|failed(?!\s+back)"
        r"|no\s+help|no\s+diff(?:erence)?\b(?!\s+(?:in\s+(?:dose|med)|between))|no\s+better(?!\s+than)|lack\s+of\s+(?:efficacy|effect|benefit)|ineff\b|w/o\s+(?:relief|benefit)"
        r"|brought\s+(?:nothing|little)|(?:gave|brought|provided|with)\s+(?:only\s+)?(?:poor|scant|scanty|meagre|meager|inadequate|insufficient)\s+(?:\w+\s+)?(?:relief|response|benefit|results?)"
        r"|for\s+(?:want|lack)\s+of\s+(?:any\s+)?(?:effect|benefit|relief|efficacy|response)"
        r"|useless|worthless|(?:of\s+)?no\s+(?:use|good|value|avail|help|benefit)|to\s+no\s+avail|in\s+vain"
        r"|(?:weeks?|wks?|months?|mos?)\s*[,:-]?\s+(?:with\s+)?no\s+(?:change|difference)(?!\s+in\s+(?:dose|med))"
        r"|(?:did|does)\s*(?:not|n't)\s+(?:hold|last|carry|suffice)|wore\s+off|(?:lost|losing)\s+(?:its\s+)?effect\w*|stopped\s+(?:working|helping)"
        r"|(?:only|just|but)\s+(?:(?:a|very|brought|gave|had)\s+)*(?:partial|little|slight|minimal|modest|brief"
        r"|temporary|some|limited|short)(?:\s+and\s+\w+)?\s+(?:relief|response|benefit|help|effect|improvement)",
        Status.FAILED, _HISTORICAL, Outcome.FAILED, reach=8,
    ),
    _cue(
        r"(?:not|could\s*n[o']t\s+be|was\s*n[o']t|poorly|could\s+not\s+be"
        r"|were\s+not)\s+(?:well\s+)?tolerated|upset\s+(?:(?:her|his|the)\s+)?stomach"
        r"|caused(?!\s+by)"
        r"|made\s+(?:her|him|the\s+patient|me|pt)|g\.?i\.?\s+(?:upset"
        r"|bleed\w*|distress|intoleran\w+|side|irritation|sx)|intoleran(?:t|ce)|allerg(?:y|ic)"
        r"|rash|hives|side[\s-]?effects?|"
        r"nausea|vomit\w*|n/v|gastritis|drows\w+|sedat(?:ion|ed|ing)|dizz\w+|vertigo|edema"
        r"|swelling|constipat\w+|itch\w*|palpitations|weight\s+gain|confusion|stomach\s+(?:upset"
        r"|pain|bleed\w*)|bleed\w*|too\s+(?:sleepy|drowsy|sedating)|sleepy|headaches?|ulcers?"
        r"|dyspepsia|heartburn|dry\s+mouth|w(?:eigh)?t\.?\s+gain|memory|fatigue|nightmares"
        r"|hallucinat\w+"
        r"|blurr\w+|s/?e\b|intol\b|[-\u2013:(]\s*stomach\b|fog(?:gy|giness)?\b|grogg\w+"
        r"|left\s+(?:her|him|the\s+patient|pt)\s|urinary\s+retention|(?:was|were)\s+(?:too|so|overly)\s+\w+|could\s*(?:not|n't)\s+(?:stomach|bear|stand|keep)|could\s*(?:not|n't)\s+tolerate|(?:did|does)\s*(?:not|n't)\s+tolerate",
        Status.FAILED, _HISTORICAL, Outcome.NOT_TOLERATED, reach=6,
    ),
    _cue(
        r"contraindicated|contraind\b|(?:to\s+be\s+|best\s+)?avoided|withheld|(?:is\s+|are\s+)?(?:not|no)\s+(?:an?\s+)?option|ruled\s+out"
        r"|(?:can\s*not|can'?t|could\s+not|must\s+not|should\s+not|may\s+not)\s+(?:safely\s+)?(?:be\s+)?"
        r"(?:used?|given?|prescribed?|taken?|tried|try|started|have)"
        r"|(?:is|are|was|were)\s+(?:unsafe|inadvisable|unsuitable|barred|out\s+of\s+the\s+question)"
        r"|(?:is|are|was|were)\s+not\s+(?:safe|advisable|advised|suitable|appropriate|possible)",
        Status.LISTED, _ABSENT, Outcome.CONTRAINDICATED, reach=4,
    ),
    _cue(
        r"(?:(?:has|have|had|was|were)\s*(?:not|n't|never)|hasn'?t|hadn'?t|never)\s+(?:(?:yet|been|ever|before"
        r"|had|tried|given)\s+)*(?:tried|taken|took|used|had|on|prescribed|given)"
        r"|not\s+(?:used|given|prescribed)(?=\s*(?:[(:,-]|because|due\b|owing|in\s+view|for\b|given\b))"
        r"|entered\s+in\s+error|(?:not|never)\s+(?:yet\s+)?(?:dispensed|filled|picked\s+up)|no\s+fills?\b"
        r"|(?:not|never)\s+(?:given|administered)(?=\s*(?:[.;)\]]|\n|$))"
        r"|(?:is|are)\s+naive\s+to|no\s+(?:prior|previous|earlier|past)\s+(?:use|trial|exposure)",
        Status.LISTED, _ABSENT, reach=5,
    ),
    _cue(
        r"(?:is\s+)?new\s+(?:for|to)\s+(?:him|her|them|pt|patient|the\s+patient|this\s+patient)",
        Status.STARTED, _PRESENT, reach=8,
    ),
    _cue(
        r"(?:was|were)\s+last\s+(?:prescribed|filled|taken|used|refilled|dispensed)",
        Status.LISTED, _HISTORICAL, reach=3,
    ),
    _cue(
        r"(?:in\s+)?(?:19|20)\d\d\s*,\s+(?:\w+\s+){0,3}since",
        Status.LISTED, _HISTORICAL, reach=0,
    ),
    _cue(
        r"\(?(?:19|20)\d\d\s*(?:-|\u2013|to|until)\s*(?:(?:19|20)\d\d|\d\d)(?!\s*mg|[-/\d])",
        Status.LISTED, _HISTORICAL, reach=1,
    ),
    _cue(
        r"(?:used|tried|taken|prescribed)\s+in\s+the\s+past|in\s+the\s+past|previously"
        r"|(?:over|during|for|in)\s+the\s+(?:(?:\w+\s+)?(?:years?|months?)\s+)?(?:preceding|foregoing|before)"
        r"|(?:was\s+the\s+)?first(?=\s*(?:[.,;)]|$))|beforehand|prior(?!\s+(?:to|auth|dose|visit|report|level))|(?:was"
        r"|were)\s+(?:tried|used|taken|given|prescribed)|(?:have|has)\s+been\s+tried|tried",
        Status.LISTED, _HISTORICAL, Outcome.TRIED, reach=4,
    ),
    _cue(
        r"(?:was|were|is|are|will\s+be|to\s+be|being|may\s+be)\s+(?:\w+\s+)?(?:discussed"
        r"|considered)",
        Status.LISTED, _HYPOTHETICAL, reach=5,
    ),
    _cue(
        r"(?:was|were|is|are|has\s+been|been|newly)?\s*(?:re-?)?(?:started|initiated|begun|added"
        r"|introduced)(?:\s+today)?|for\s+the\s+(?:first|1st)\s+time"
        r"|(?:is|as|-|\u2013|\()\s*(?:a\s+|the\s+|an\s+)?(?:first|initial|1st|new)"
        r"(?:\s+(?:time|rx|prescription|fill|start|trial|med(?:ication)?|today|drug))?(?=\W*(?:$|[.;)\n]|today|of|for))"
        r"|(?:-|\u2013|\()\s*trial|(?:as|on)\s+a\s+trial(?:\s+basis)?|newly\s+prescribed"
        r"|[,(\u2013-]\s*start(?=\s*(?:[,.;)]|\n|$))"
        r"|a\s+trial\s+of\s+(?:\w+\s+)?(?:\d{1,2}|ten|fourteen|fifteen|twenty|thirty|two|three|four|six)\s+(?:days|nights|weeks)"
        r"|(?:the\s+)?first\s+time\s+(?:that\s+)?(?:she|he|the\s+patient|pt|patient)\s+(?:has|have|had|is|was|'s|will)\s+(?:ever\s+)?(?:had|taken|taking|used|using|tried|trying|take|be(?:en)?\s+on)"
        r"|new\s+(?:start|rx|prescription)|starter(?:\s+(?:pack|kit|dose))?"
        r"|x\s*\d{1,2}\s*(?:d\b|days?|nights?|wks?|weeks?)\s+samples?|\(samples?\)"
        r"|(?<!urine\s)(?<!blood\s)(?<!saliva\s)(?<!hair\s)(?<!uds\s)(?<!more\s)samples?(?=\s*(?:[,;.)]|\n|$|given|provided|dispensed|handed))"
        r"|in\s+(?:its|their)\s+(?:stead|place)|(?:her|his|the)\s+first\s+(?:exposure|use|time)",
        Status.STARTED, _PRESENT, reach=6,
    ),
    _cue(
        r"first\s+and\s+only\s+(?:course|trial|supply|prescription)",
        Status.STARTED, _PRESENT, reach=14,
    ),
    _cue(
        r"(?:was|were|is|to\s+be|will\s+be|has\s+been)?\s*(?:increased|decreased|reduced|tapered"
        r"|titrated|lowered|changed\s+(?:to|from))|down\s+from|up\s+from"
        r"|taper", Status.CHANGED, _PRESENT, reach=6),
    _cue(
        r"(?:was|were|is|are|to\s+be|will\s+be|has\s+been|-|\u2013)?\s*(?:refill(?:ed)?"
        r"|renew(?:ed)?"
        r"|continue[sd]?)(?!\s*(?:[:=x#]?\s*\d|x\b))", Status.CONTINUED, _PRESENT, reach=5),
    _cue(
        r"(?:was|were|is|are|being)?\s*(?:requested|request(?=\s*$))"
        r"|authorization\s+(?:is\s+)?requested|not\s+(?:certified|authorized)|denied"
        r"|non-?certified|pending\s+auth\w*", Status.REQUESTED, _PRESENT, reach=6),
    _cue(r"to(?=\s*(?:$|[,.;)]|\s{3}))", Status.CHANGED, _PRESENT, reach=0),
    _cue(r"(?:was|were|is)?\s*dispensed", Status.DISPENSED, _PRESENT, reach=6),
)  # fmt: skip
