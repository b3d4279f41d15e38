"""The shapes in which charts write pain: scores, changes, percentages, times."""

from __future__ import annotations

import re

from openimr.extract.tokens import stem

WORD = r"zero|one|two|three|four|five|six|seven|eight|nine|ten"
N = rf"(?:10(?:\.0)?|\d(?:\.\d)?|{WORD})"
OF_TEN = (
    r"(?:\s*/\s*(?:10|ten)(?![\d/]|\.\d|\s*mg)"
    r"|\s+(?:out\s+of|of)\s+(?:a\s+possible\s+)?(?:10|ten)\b)"
)
SCALED = re.compile(
    r"/\s*(?:10|ten)|out\s+of|\bof\s+(?:a\s+possible\s+)?(?:10|ten)\b", re.IGNORECASE
)
"""That a number names its scale."""
_ABOUT = r"(?:(?:an?|about|around|only|roughly|maybe|perhaps|nearly|almost|some|the|just)\s+)*"
NO_COUNT = r"(?!\s*(?:visits?|sessions?|treatments?|days?|patients|tests?|times)\b)"
RATED = re.compile(
    rf"(?<![\w/.#-])(?P<low>{N})(?:{OF_TEN})?(?:\s*(?:-|\u2013|to)\s*(?P<high>{N}))?{OF_TEN}{NO_COUNT}",
    re.IGNORECASE,
)
LABELLED = re.compile(
    rf"\b(?:VAS|NRS|pn|rat(?:es|ed|ing)\s+(?:it|this|the\s+pain|(?:his|her)\s+pain)(?:\s+(?:as|at))?|pain(?:\s+(?:level|scores?|scale|rating|intensity|severity))?)\s*"
    rf"(?:today\s*)?(?:\(\s*0\s*-\s*10\s*\))?(?:\s*(?:is|was|at|of|:|=|rated|as|an?|about|currently|today|remains|score))*"
    rf"\s*(?P<low>{N})(?:\s*(?:-|\u2013|to)\s*(?P<high>{N}))?"
    r"(?!\s*(?:/|%|mg|day|week|month|year|hour|hr|min|x\b|\u00b0|lb|tab|pill|refill|times|levels|\d|\.\d|-\s?\d))",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"\b(?:worst|best|least|lowest|greatest|highest|average|avg|averages|usual(?:ly)?|typical(?:ly)?|current(?:ly)?|now|today"
    r"|at\s+rest|resting|with\s+activity|peaks?|(?:after|with|without|before)\s+(?:taking\s+)?(?:the\s+)?(?:opioid|med\w*))\b"
    r"(?:[\s:=,()-]|(?<=\.)\.|\b(?:pain|level|score|intensity|rating|reported|is|was|runs?|at|of|about|around|in|over|the|past|last|previous"
    r"|weeks?|months?|days?|since|visit|assessment|period|an?|its?|he|she|says|gives|to|put|as|right|out)\b){0,30}?"
    rf"(?<![\w.])(?P<low>(?!one\b){N})(?:\s*(?:-|\u2013|to)\s*(?P<high>{N}))?(?:\s*/\s*10)?(?![\w/%]|\.\d|-\d"
    r"|\s*(?:mg|mcg|min|hour|hr|h\b|day|night|evening|morning|week|month|year|tab|pill|x\b|block|feet|ft|lb|pound|time|mile|per|percent|refill|dose"
    r"|levels?|visits?|views?|patch|of\b(?!\s+(?:10|ten))|[ap]\.?m\b))",
    re.IGNORECASE,
)
"""`Worst 9   Best 4   Average 6`, `average pain since the last visit: 6`."""
BARE = re.compile(
    rf"(?<![\w/.#,-])(?P<low>{N})(?:\s*(?:-|\u2013|or|to(?!\s+an?\b))\s*(?:an?\s+)?(?P<high>{N}))?(?![\w/%]|\.\d|-\d"
    r"|\s*(?:mg|mcg|min|hour|hr|h\b|d\b|wks?\b|mos?\b|day|night|evening|morning|week|month|year|tab|pill|x\b|block|feet|ft|lb|pound|time|mile|"
    r"per|of\b|out\b|percent|refill|dose|a\s+day|or\b|to\s+\w+\s+hours|[ap]\.?m\b|o'clock|med_|patch(?!ed\b)|cap|refill|visit|session|step|stair))",
    re.IGNORECASE,
)
FROM_TO = re.compile(
    rf"\b(?:from|worse(?:ned)?,?|(?:reduction|decrease|drop|improvement|change)\s+of)\s+{_ABOUT}(?P<a>{N})(?:\s*-\s*(?P<a2>{N}))?(?:{OF_TEN})?\s*"
    rf"(?:down\s+|up\s+)?(?:to|->|\u2192)\s+{_ABOUT}(?P<b>{N})"
    rf"(?:\s*-\s*(?P<b2>{N}))?(?:{OF_TEN})?"
    r"(?!\s*(?:mg|min|hour|hr|day|week|month|year|tab|pill|x\b|block|feet|lb|pound|time|mile|per|%|degree|/\s*\d"
    r"|a\s+day|tablets|visits|out\b))\b",
    re.IGNORECASE,
)
ARROW = re.compile(
    rf"(?<![\w/.#-])(?P<a>{N})(?:{OF_TEN})?\s*(?:->|=>|\u2192|(?:and\s+)?(?:is\s+|are\s+|it\s+)?(?:reduced|reduces|"
    rf"decreased|decreases|decreasing|improved|improves|drops?|falls?|goes|comes|down|lowered|brought|"
    rf"cut)\s+(?:down\s+)?(?:to|by)?)\s*(?:an?\s+|about\s+)?(?P<b>{N})(?:\s*-\s*(?P<b2>{N}))?(?:{OF_TEN}|(?![\w/%]))",
    re.IGNORECASE,
)
TO = re.compile(
    rf"(?<![\w/.#-])(?P<a>{N}){OF_TEN}\s+(?:down\s+)?to\s+(?:a\s+)?(?P<b>{N})(?P<b2>\b){OF_TEN}",
    re.IGNORECASE,
)
FALLS = re.compile(
    r"\b(?:reduc\w+|decreas\w+|brings?|brought|lower\w*|drop\w*|cuts?|improv\w+|takes|eases|lessens|controls)\b",
    re.IGNORECASE,
)
PAIN = re.compile(
    r"\b(?:pain\w*|burning|tingling|numbness|pn|VAS|NRS|scores?|TENS|ach\w+|LBP|discomfort|sore\w*|severity|hurts?|analgesia|symptoms?|intensity|headaches?|"
    r"rates?|rated|scale|back|neck|shoulder|knee|leg|hip|w/o|meds?|med_+|medications?|pills?|patch(?:es)?|tablets?|relief|onset|duration|rating)\b",
    re.IGNORECASE,
)
PAIN_STRICT = re.compile(
    r"\b(?:pain\w*|pn|VAS|NRS|scale|scores?|ratings?|rat(?:es|ed|ing)|LBP|analgesia|hurts?|ach\w+|severity|discomfort|HA)\b",
    re.IGNORECASE,
)
OF_PAIN = re.compile(
    r"\b(?:pain\w*|pn|ach\w+|burning|numbness|tingling|discomfort|symptoms?|headaches?|hurts?|sore\w*|severity|intensity)\b",
    re.IGNORECASE,
)
PERCENT = re.compile(
    r"(?P<low>\b\d{1,3}|\b(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))\s*"
    r"(?:(?:-|\u2013|to)\s*(?P<high>\d{1,3})\s*)?(?:%|percent\b)",
    re.IGNORECASE,
)
RELIEF_AFTER = re.compile(
    r"^\s*(?:or\s+(?:more|better)\s+)?(?:pain\s+|of\s+pain\s+|symptom\s+|overall\s+)?(?:relief|reduction|reduced|"
    r"improve\w*|decrease|decr?\b|drop|fall|lessening|diminution|less\b|better|easier|milder|quieter|calmer|less\s+pain|benefit|analgesia|off\s+(?:the|his|her)\b|pain\s+(?:relief|reduction|control)|"
    r"of\s+(?:his|her|the)\s+(?:[\w-]+\s+){0,3}?(?:pain|burning|ach\w+|tingling|numbness|discomfort)\b|"
    r"effective|control|relieved)",
    re.IGNORECASE,
)
RELIEF_BEFORE = re.compile(
    r"(?:analgesia|reduc\w+|decreas\w+|reliev\w+|improv\w+|lower\w*|cut\w*|eas\w+|lessen\w*|less|better|rel+i?e+v\w*|eliminat\w+|remov\w+|trim\w*|shav\w+|dull\w*|quiet\w*|"
    r"diminish\w*|alleviat\w+|abat\w+|takes?|taken|took|controll?\w*|relief|help\w*)\b"
    r"[^.;%]{0,45}(?:by|of|about|is|at|:|approximately|to)?\s*(?:about|approximately|roughly|at\s+least|up\s+to|~)?\s*$",
    re.IGNORECASE,
)
_SHARE = (
    r"(?:(?P<half{0}>half|50/50)|"
    r"(?P<thirds{0}>two[- ]thirds?)|(?P<third{0}>(?:a|one)[- ]third)|"
    r"(?P<quarters{0}>three[- ]quarters?)|(?P<quarter{0}>(?:a|one)[- ]quarter)|"
    r"(?P<tenths{0}>\d|one|two|three|four|five|six|seven|eight|nine)[- ]tenths?)"
)
FRACTION = re.compile(
    r"\b(?:down|cut|eased?|less(?:ened)?|reduc\w+|lower\w*|reliev\w+|improv\w+|better|drop\w*|fell|fallen|decreas\w+|"
    r"eliminat\w+|remov\w+|takes?\s+(?:away|off|care\s+of)|diminish\w*|trim\w*|alleviat\w+)\s+(?:by\s+|in\s+|to\s+|maybe\s+|about\s+|"
    r"roughly\s+|perhaps\s+|some\s+|nearly\s+|almost\s+)*"
    + _SHARE.replace("{0}", "")
    + r"\b(?!\s*(?:an?\s+)?(?:hour|day|tab|pill|dose|mile|block|pack|cigar|drink|beer|the\s+dose))",
    re.IGNORECASE,
)
"""`down maybe four tenths`, `cut in half`, `eased by a third`."""
SHARE_LESS = re.compile(
    r"\b(?:(?:about|maybe|perhaps|roughly|nearly|almost|some|by)\s+)?"
    + _SHARE.replace("{0}", "")
    + r"\s+(?:less(?:\s+(?:of|than|severe|intense|bad|painful))?|lower|better|lighter|milder|easier"
    r"|quieter|weaker|gone|off|down)\b"
    r"(?!\s+(?:\w+\s+){0,2}(?:med_*|medic\w+|tablets?|pills?|doses?|opioids?|sleep|time|hours?|weight|range|motion|strength))",
    re.IGNORECASE,
)
"""`the burning is about a third less`."""
HALVED = re.compile(r"\bhalv(?:es|ed|ing)\b(?!\s+(?:the\s+)?(?:dose|tablet|pill))", re.IGNORECASE)
RELIEF_LABEL = re.compile(
    r"(?P<sign>%|percent(?:age)?)?[ ]*(?:of[ ]+)?(?:(?:pain|pn)[ ]+)?"
    r"(?:relief|reduction|improvement)\b"
    r"[^:=\n%]{0,40}?[:=][ ]*"
    r"(?P<low>\d{1,3})(?![\d.])(?P<of>[ ]*/[ ]*(?:100|10)\b)?",
    re.IGNORECASE,
)
"""`% relief from the patch: 50`, `pn relief norco: 80/100`."""
POINTS = re.compile(
    r"\b(?:fall|fell|drop|lower|reduc|decreas|improv|cut|shav|tak|took|knock|eas|down|less|better)\w*\b[^.;\d]{0,40}?"
    rf"(?P<a>\b(?:\d|{WORD}))\s+points?\b|(?P<b>\b(?:\d|{WORD}))\s+points?\s+(?:off|less|lower|better|down)\b",
    re.IGNORECASE,
)
"""`falls by 4 points`, `shaves four points off her pain`."""
FALLS_TO = re.compile(
    rf"\b(?:improv|decreas|drop|fall|reduc|lower|subsid|eas)\w*\s+(?:down\s+)?to\s+{_ABOUT}(?:{N}){OF_TEN}",
    re.IGNORECASE,
)
"""`improves to 4/10 with Norco`."""
FUNCTION_NEAR = re.compile(
    r"^[^.;,]{0,18}\b(?:function\w*|activit\w+|mobility|ADLs?|sleep|range)", re.IGNORECASE
)
HOURS = re.compile(
    rf"\b(?:last(?:s|ing|ed)?|for|x|holds?|relief\s+of|duration(?:\s+of\s+relief)?|good\s+for)\s*[:=]?\s+(?:up\s+to\s+|about\s+|around\s+|"
    rf"approximately\s+|only\s+|at\s+least\s+|~\s*)?(?P<low>{N})(?:\s*(?:-|\u2013|to|or)\s*(?P<high>{N}))?\s*"
    r"(?:hours?|hrs?|h\b)",
    re.IGNORECASE,
)
ONSET = re.compile(
    r"\b(?:within|in|after|onset(?:\s+of\s+relief)?(?:\s+(?:in|is|within|of))?:?|kicks?\s+in|takes?(?:\s+for\s+(?:the\s+)?(?:pain\s+)?relief)?)\s*:?\s+(?:about\s+|"
    r"approximately\s+|~\s*|around\s+)?(?P<n>\d{1,3}|half\s+an|an|one|the)(?:\s*(?:-|to)\s*\d{1,3})?\s*"
    r"(?P<unit>min(?:ute)?s?|hours?|hr)\b",
    re.IGNORECASE,
)
RELIEF_WORD = re.compile(
    r"\b(?:relief|relieve\w*|effects?|works?|kicks?|onset|lasts?|lasting|wears?|benefit|duration|scale|reduc\w+)\b",
    re.IGNORECASE,
)
DATE_BEFORE = re.compile(
    r"(?:\b(?:on|dated|since|until|seen|visit|by|from|f/u|of)\s*)$", re.IGNORECASE
)
TREATMENT = re.compile(
    r"\b(?:TENS|H-?wave|heat|massage|MFR|therapy|PT|session|patch\w*|pills?|med\w*|injection|block|ESI|acupuncture"
    r"|tabs?|tablets?|capsules?|dose|opioids?)\b"
)
TO_FROM = re.compile(
    rf"\b(?:at|to)\s+{_ABOUT}(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?,?\s+(?:down\s+)?from\s+(?:usual\s+|baseline\s+)*{_ABOUT}(?:usual\s+)?"
    rf"(?P<a>{N})(?P<a2>\b)(?:{OF_TEN}|(?=\s*(?:[.,;)]|$|(?:since|with|after|on|when)\b)))",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"\b(?:down\s+to|gets?|takes?|took|bring\w*|brought|turn\w*|mak\w+|becom\w+|came|come|fallen|drop\w*|drops?|reduc\w+|lowers?|cuts?|goes|went|falls?|fell|decreas\w+|eases)\b",
    re.IGNORECASE,
)
SESSION = re.compile(
    rf"\b(?:pain|pn)\s+(?:(?:in\s*/\s*out|pre\s*/\s*post|before\s*/\s*after)\s*:?\s*(?P<a>{N})\s*/\s*(?P<b>{N})"
    rf"|(?P<a2>{N})(?:\s*/\s*10)?\s+(?:in|on\s+arrival|pre|before),?\s*(?:and\s+|to\s+|->\s*)?(?P<b2>{N})(?:\s*/\s*10)?\s+(?:out|on\s+leaving|post|after)"
    rf"|before\s+(?:the\s+)?(?:session|treatment|therapy)\s+(?P<a3>{N})\s*,?\s+after\s+(?:the\s+)?(?:session|treatment|therapy)\s+(?P<b3>{N}))\b",
    re.IGNORECASE,
)
EITHER_WAY = re.compile(
    rf"\b(?:on|with)\s+(?:or|and)\s+(?:off|without)\b[^.;\d]{{0,40}}?\b(?:is|at|a|an|about)\s+(?P<after>{N})(?:{OF_TEN})?(?=\s*(?:[.,;]|$))|"
    rf"(?<![\w/.])(?P<low>{N}){OF_TEN}[^.;\d]{{0,20}}?(?:\b(?:with|w/)\s*(?:and|or|&|/)\s*(?:without|w/o)\b|\bbefore\s+(?:and|or|&)\s+after\b|\b(?:on|off)\s+(?:and|or|&)\s+(?:on|off)\b|"
    r"\bw/\s*(?:&|and|or)\s*w/o|\beither\s+way\b|\bwhether\s+or\s+not\b|\bregardless\b)"
    rf"|\b(?:before\s*(?:/|and|or|&)\s*after|(?:with|w/)\s*(?:/|and|or|&)\s*(?:without|w/o)|on\s*(?:/|and|or|&)\s*off)\b[^.;\n]{{0,70}}?"
    rf"(?<![\w/.#-])(?P<either>{N})(?:{OF_TEN})?\s*,?\s+(?:whichever|either\s+way|regardless|no\s+matter|both\s+times|all\s+the\s+same|the\s+same|anyway)\b",
    re.IGNORECASE,
)
"""`9/10 w/ & w/o the patch`, `before/after? a 7 whichever`: the medicine changes nothing."""
PART_RATED = re.compile(
    rf"\b(?:hip|back|neck|leg|legs|knee|shoulder|arm|foot|ankle|wrist|hand|elbow)\s+(?:pain\s+)?(?:runs?|is|was|at|stays?|sits?|hovers?|goes)\s+"
    rf"(?:at\s+|about\s+|around\s+|an?\s+|to\s+)*(?:{N})(?=\s*(?:[.,;)]|$|(?:on|with|off|without|before|after|by|and|or|now|today)\b))",
    re.IGNORECASE,
)
"""`the hip runs 4`: a number beside a part of the body is one of pain, whatever else is told."""
LAPSED = re.compile(
    r"\b(?:laps\w+|ran\s+out|gap|without|w/o|held\s+up|denied|delayed|missed|stopped|off\s+(?:it|med_*)|trial\s+off|skipped|out\s+of\s+stock|no\s+(?:med_*|refills?))\b",
    re.IGNORECASE,
)
"""That there was a time without the medicine, told before the score of that time."""
OR_NONE = re.compile(
    rf"(?<![\w/.])(?P<low>{N})(?:{OF_TEN})?\s*,?\s*"
    r"(?P<what>patch(?:es)?|pills?|tablets?|drugs?|meds?|med_+|medicines?|medications?)\s+or\s+"
    r"(?:no|without\s+(?:the\s+)?)\s*(?P=what)\b",
    re.IGNORECASE,
)
"""`a nine, pills or no pills`: the same, in the patient's words."""
TURNED = re.compile(
    rf"\b(?:turn|bring|tak|mak|reduc|cut|lower|drop|knock|chang|convert)\w*\s+(?:an?|the|his|her|that)\s+(?P<a>{N})(?P<a2>\b)(?:{OF_TEN})?"
    rf"\s+(?:down\s+|back\s+)?(?:to|into)\s+{_ABOUT}(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?"
    rf"(?!\s*(?:mg|tab|pill|patch|dose|x\b|times|a\s+day|per|hour|min|day|week|month))",
    re.IGNORECASE,
)
"""`turns an eight into a four`."""
PILLS_COUNTED = re.compile(
    r"\b(?:pills?|tab(?:let)?s?|caps(?:ules?)?|doses?|rescue)\b[^.;\n]{0,25}?(?:\b(?:this|per|each|every|last)\s+|\ba\s+|/\s*)"
    r"(?:wk|week|day|month|mo)\b",
    re.IGNORECASE,
)
"""`Pills this wk: Norco 6 -> 4 -> 2`: tablets, no pain."""
BEFORE_AFTER = re.compile(
    rf"(?<![\w/.#-])(?P<a>{N})(?P<a2>\b)(?:{OF_TEN})?\s+before\s*(?:=|->|,|/|and|then|to)?\s*(?:an?\s+)?(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?\s+after(?:wards?)?\b",
    re.IGNORECASE,
)
"""`Norco 8 before = 8 after`."""
BECOMES = re.compile(
    rf"\bthe\s+(?P<a>{N})(?P<a2>\b)(?:{OF_TEN})?\s+(?:is|becomes|has\s+become|turns\s+into|goes\s+(?:down\s+)?to)\s+{_ABOUT}(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?(?=\s*(?:[.,;]|$))",
    re.IGNORECASE,
)
"""`half an hour later the eight is a four`."""
IN_BRACKETS = re.compile(
    rf"\((?P<a>{N})(?P<a2>\b)(?:{OF_TEN})?\s*(?:to|->|\u2192|down\s+to)\s*(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?\)",
    re.IGNORECASE,
)
"""`a drop of 6 points (9 to 3)`."""
LOWERED_TO = re.compile(
    rf"\b(?:takes?|took|taking|brings?|brought|gets?|got|cuts?|lowers?|lowered|reduces?|reduced|drops?|dropped|eases?|knocks?|keeps?|holds?)\s+"
    rf"(?:it|this|that|the\s+pain|his\s+pain|her\s+pain|things)\s+(?:back\s+)?(?:down\s+)?(?:to|at)\s+(?:an?\s+|about\s+|around\s+)?(?P<low>{N})(?:{OF_TEN})?(?![\w/%])",
    re.IGNORECASE,
)
"""`Norco takes it to 5/10`, after a sentence that gives the score without it."""
STATED = re.compile(
    r"\b(?:(?:pre|post)[- ]?(?:dose|med\w*)\s*[:=]?|"
    rf"untreated|unmedicated|was|is|were|are|be|at|describes?|described|reports?|gives?|gave|calls?\s+it|says|it's|it\u2019s|an?)\s+"
    rf"(?:at\s+|about\s+|around\s+|only\s+|an?\s+|maybe\s+|back\s+|down\s+|up\s+|to\s+)*(?P<low>{N})(?:\s+or\s+(?:an?\s+)?(?P<high>{N}))?(?:{OF_TEN})?(?![\w/%:]|\.\d|-\d|-\w"
    r"|\s*(?:mg|mcg|min|hour|hr|h\b|d\b|wks?\b|mos?\b|day|night|evening|morning|week|month|year|tab|pill|x\b|block|feet|ft|lb|pound|time|mile|per|percent|refill|dose|visit|session|"
    r"or\b|to\b|[ap]\.?m\b|o'clock|children|kids|of\b(?!\s+(?:10|ten))|cigar|drink|beer|patch|step|stair|flight|brother|sister|year))",
    re.IGNORECASE,
)
"""A bare number as a statement of pain; believed only beside its opposite."""
RESPONSE = re.compile(
    r"\b(?:response|relief|benefit|effect|improvement)\b[^:\n\[(]{0,40}:", re.IGNORECASE
)
EQUALS = re.compile(
    rf"(?<!\w)(?:w/o|w/|with|without|on|off)\s+(?:\w+\s+)?med\w*\s*[=:]\s*(?P<low>{N})(?P<high>(?!))?(?!\w|[/%.]\w)",
    re.IGNORECASE,
)
"""`W/O Norco = 7`, over a text in which drugs are masked."""
ANSWERS = {
    **dict.fromkeys(("none", "no", "no response", "poor"), "none"),
    **dict.fromkeys(("minimal", "partial", "some", "fair", "moderate", "mild"), "some"),
    **dict.fromkeys(("good", "excellent", "significant", "marked"), "good"),
}
_OFF = r"(?:w/o|w/out|without|off|before|pre(?:[- ]?dose)?)"
_ON = r"(?:w/(?!o)|with|on|after|post(?:[- ]?dose)?)"
_IT = (
    r"(?:\s*(?:(?:the|his|her|any|taking)\s+)?"
    r"(?:it|them|med_*|meds?|medic\w+|pills?|patch(?:es)?|tablets?|dose|one)\b)?"
)
SHORT = re.compile(
    rf"(?<![\w/.#-])(?P<a>{N})(?:{OF_TEN})?\s*(?:when\s+)?(?:(?P<off>{_OFF})|(?P<on>{_ON}))(?![\w-]){_IT}"
    r"\s*[,;/]?\s*(?:(?:and|but|vs\.?|versus|->|-|=|then|to)\s*)?(?:(?:an?|only|about|maybe|down|to)\s+)*"
    rf"(?<![\w.])(?P<b>{N})(?:{OF_TEN})?\s*(?:when\s+)?(?:(?P<off2>{_OFF})|(?P<on2>{_ON}))(?![\w-])"
    rf"(?!{_IT}\s*[:=]?\s*\d)",
    re.IGNORECASE,
)
"""`7 w/, 7 w/o`: two numbers, each before its own word."""
OF_DOING = re.compile(
    r"\b(?:walk\w*|sit\w*|stand\w*|lift\w*|sleep\w*|sle[e]?pt|driv\w*|work\w*|hours?|hrs?|minutes?|mins?|blocks?|miles?"
    r"|lbs?|pounds?|steps?|stairs|flights?|visits?|sessions?|children|cigarettes?|drinks?|stools?|naps?|wakes?)\b",
    re.IGNORECASE,
)
"""What else than pain numbers can be of."""
RESUMED = re.compile(
    r"\b(?:resum\w+|restart\w+|back\s+(?:on|in)\b|back\s+on\s+board|refilled|got\s+(?:it|them)\s+back)",
    re.IGNORECASE,
)
"""What is taken again was not taken before."""
DOWN = re.compile(
    rf"\b(?:from|to)\s+(?:an?\s+)?{N}\b[^.;\d]{{0,12}}?\bdown\s+(?:to|from)\b|\bfrom\s+an?\s+{N}\s+to\s+an?\s+{N}\b",
    re.IGNORECASE,
)
RANGES = re.compile(
    r"\b(?:rang\w+|var(?:y|ies|ied|ying)|fluctuat\w+|anywhere|runs?|between)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before `from 4 to 8`: no change."""
_NOW = r"(?:these\s+days|now(?:adays)?|today|currently|lately|of\s+late|since\s+then|at\s+present)"
NOW_SAID = re.compile(
    rf"(?<![\w/.#-])(?P<a>{N})(?P<a2>\b)(?:{OF_TEN})?\s*[,;.]?\s*(?:but\s+|and\s+)?{_NOW}\b[^.;\d]{{0,40}}?"
    rf"(?<![\w.])(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?(?=\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)
"""`Before Lyrica the burning was an eight; these days she calls it four.`"""
FORMERLY = re.compile(
    rf"\b(?:used\s+to\s+be|had\s+been|formerly|was|were)\s+(?:at\s+|about\s+)*(?:an?\s+)?(?P<a>{N})(?P<a2>\b)(?:{OF_TEN})?"
    rf"[^.;\d]{{0,20}}?\bsince\b[^.;\d]{{0,20}}?\bmed_[^.;\d]{{0,40}}?\b(?:at|to|is|been|now|an?)\s+(?:about\s+)?"
    rf"(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?(?=\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)
"""`used to be eight and since pregabalin was begun has settled at five`, drugs masked."""
OF_A_DOSE = re.compile(
    rf"\bmed_*\s*[:=]\s*(?P<a>{N})(?P<a2>\b)(?:{OF_TEN})?\s*(?:to|->|\u2192)\s*(?P<b>{N})(?P<b2>\b)(?:{OF_TEN})?"
    r"(?=\s*(?:[.,;]|$|(?:in|within|after|for|lasts?|x)\b))",
    re.IGNORECASE,
)
"""`Ultram: 7 to 5 in an hour`, drugs masked."""
LABELS = re.compile(r"\b(?:worst|best|least|average|avg|usual|current|now)\b", re.IGNORECASE)
HOUR = 60
SIGNS = frozenset(
    stem(word)
    for word in (
        *("burning", "tenth", "half", "third"),
        *("pain", "painful", "pn", "vas", "nrs", "ache", "aching", "lbp", "discomfort", "sore"),
        *("soreness", "severity", "hurt", "hurts", "analgesia", "symptoms", "intensity"),
        *("headache", "rate", "rated", "scale", "/", "%", "percent", "relief", "lasts"),
        *("lasting", "back", "neck", "medication", "meds", "medicine", "out", "of", "10"),
        *(
            "tens",
            "response",
            "from",
            "target",
            ">",
            "patch",
            "pill",
            "tablet",
            "without",
            "resume",
            "restart",
        ),
        *("patched", "unpatched", "dose", "whichever", "regardless", "hour"),
        *("skip", "miss", "forget", "tab", "before", "off"),
    )
)
"""Stems of which a passage about pain or relief holds at least one."""
