"""The words by which charts speak of function: being able, not being able, gains and measures."""

from __future__ import annotations

import re

N = (
    r"(?:\d{1,3}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half\s+an?)"
)
UNIT = (
    r"(?:['\u2032](?![\w\d])|min(?:ute)?s?\b|hours?\b|hrs?\b|blocks?\b|"
    r"feet\b|ft\b|miles?\b|lbs?\b|pounds?\b)"
)
MEASURE = re.compile(
    rf"(?<![\w/.#])(?P<n>{N})(?:\s*(?:-|to)\s*{N})?\s*-?\s*(?P<unit>{UNIT})", re.IGNORECASE
)
FROM_TO = re.compile(
    rf"\b(?:from|of|doubled,?|tripled,?|increased,?|improved,?|grew,?|rose,?)\s+(?:only\s+|about\s+)?(?P<a>{N})\s*-?\s*"
    rf"(?:(?P<ua>{UNIT})\s*(?:up\s+)?to\s+(?:about\s+)?(?P<b2>{N})(?!\s*-?\s*{UNIT})"
    rf"|(?:{UNIT})?\s*(?:up\s+)?to\s+(?:about\s+)?(?P<b>{N})\s*-?\s*(?P<u>{UNIT}))",
    re.IGNORECASE,
)
VERSUS = re.compile(
    rf"(?<![\w/.#])(?P<with>{N})\s*-?\s*(?P<unit>{UNIT})[^.;\d]{{0,60}}?\b(?:vs\.?|versus|where(?:as)?|up\s+from|instead\s+of|rather\s+than|"
    rf"compared\s+(?:to|with)|as\s+opposed\s+to|against)\s*(?:only\s+|about\s+|just\s+)?(?P<without>{N})\b",
    re.IGNORECASE,
)
ARROW = re.compile(
    rf"(?<![\w/.#])(?P<a>{N})\s*-?\s*(?P<ua>{UNIT})?\s*(?:->|=>|\u2192)\s*(?P<b>{N})(?P<b2>(?!))?\s*-?\s*(?P<u>{UNIT})",
    re.IGNORECASE,
)
WITH_SLASH = re.compile(
    rf"\b(?:(?P<on>with|w/|on)\s+[\w/.-]+(?:\s+[\w/.-]+)?\s*/\s*(?:without|w/o|off)|(?:without|w/o|off)\s*/\s*(?:with|w/|on))\b[^\d\n]{{0,40}}?"
    rf"(?P<a>{N})\s*(?P<ua>{UNIT})?\s*/\s*(?P<b>{N})\s*(?P<u>{UNIT})",
    re.IGNORECASE,
)
"""`Tolerances with Norco / without: sit 20 / 5 min`."""
PERCENT = re.compile(
    r"(?P<pct>\b\d{1,3}|\b(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))\s*(?:%|percent)\s*(?:\w+\s+){0,2}?(?:improve\w*|increase|better|gain)?\s*(?:in|of)?\s*"
    r"(?:overall\s+|his\s+|her\s+|the\s+)?(?:function\w*|activit\w+|ADLs?|mobility)"
    r"|\b(?:function\w*|activit\w+|ADLs?|mobility)\b[^.;%]{0,40}?(?:\b(?:by|of|about|is|are|at)\s+)(?P<pct2>\d{1,3}|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\s*(?:%|percent)",
    re.IGNORECASE,
)
UNABLE = re.compile(
    r"\b(?:unable\b(?!\s+to\b)|unable\s+to|cannot|can(?:'|\u2019)?t|could\s+not|couldn.t|not\s+able\s+to|not\s+be\s+able\s+to|difficulty|difficult|trouble|limited|"
    r"needs?\s+(?:\S+\s+){0,3}?(?:help|assist\w*)|requires?\s+(?:\S+\s+){0,2}?(?:help|assist\w*)|barely|no\s+longer|"
    r"impossible|avoids?|hard\s+(?:for\s+(?:him|her)\s+)?to|struggles?|does\s+not|doesn.t|has\s+stopped|stopped|problems?\s+with|"
    r"(?:has|needs|must|had)\s+(?:to\s+)?be\s+helped|help(?:s|ed)?\s+(?:him|her)\s+(?:bathe|dress)|done\s+by|would\s+be\s+(?:bedridden|unable|in\s+bed)|bedridden|bedbound|under\s+\d+\s+min|only)\b",
    re.IGNORECASE,
)
ABLE = re.compile(
    r"\b(?:able\s+to|can(?!\s*not|'t|\u2019t)|allow(?:s|ed|ing)?|enabl(?:e|es|ed|ing)|lets?|helps?|helped|permits?|manages?\s+to|independent\s+(?:in|with)|capable\s+of|"
    r"tolerates?|continues?\s+to|does\b(?!\s+not)|do\s+(?:his|her|some|the|light)|perform(?:s|ing)?|ma(?:kes?|de)\s+it\s+possible|keeps?|does\s+(?:her|his))\b",
    re.IGNORECASE,
)
NOT_ABLE = re.compile(r"\b(?:not|un)\s*$|\bnot\s+(?:been\s+)?$", re.IGNORECASE)
BETTER = re.compile(
    r"\b(?:improv\w+|increas\w+|better|longer|farther|further|(?:walk\w*|do|does|able\s+to\s+do)\s+more|(?:blocks?|minutes|hours|miles?|feet)\s+(?:more|longer|farther|further)|more\s+(?:walking|easily|housework|chores|active\w*)|resum\w+|returned\s+to|back\s+to|again|gain\w*|"
    r"now\s+(?:able|walks?|sits?|stands?|does|can))\b",
    re.IGNORECASE,
)
WORSE = re.compile(
    r"\b(?:worse\w*|declin\w+(?!\s+(?:to\b|\w+ing\b|the\b|a\b|an\b|any\b|further\b|surgery|inject\w*|therapy))|decreas\w+|deteriorat\w+|less|shorter|lost)\b",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\b(?:unchanged|no\s+change|same|not\s+changed|no\s+better|no\s+gain)\b", re.IGNORECASE
)
MEDICINE = re.compile(
    r"\b(?:med\w*|pain\s+pill|pills?|opioids?|narcotics?|analgesics?|patch|regimen|prescriptions?|drugs?|had\s+one|tablets?)\b",
    re.IGNORECASE,
)
THERAPY = re.compile(
    r"\b(?:after|with|since|following|because\s+of|thanks\s+to)\s+(?:the\s+|her\s+|his\s+)?(?:physical\s+therapy|PT|therapy|acupuncture|"
    r"injections?|epidurals?|ESI|surgery|chiropractic|TENS|massage|program)\b",
    re.IGNORECASE,
)
LISTED_WITH = re.compile(
    r"\W*(?:\d\s+)?(?:examples?\s+|samples?\s+)?(?:of\s+)?(?:ADLs?|activities|function\w*|functional\s+status)[^:]{0,14}\b(?:with|on|w/)[^:]{0,24}:",
    re.IGNORECASE,
)
"""`ADLs with medication: laundry, cooking`."""
NO_DIFFICULTY = re.compile(
    r"\b(?:no|without|denies|denied|denying|not\s+have)\s+(?:\w+\s+)?(?:difficult\w*|trouble|problems?\s+with|limitations?)",
    re.IGNORECASE,
)
NO_ACTIVITY = re.compile(
    r"\bstraight\s+leg\s+lift|\b(?:toe|heel)\b[^.;]{0,14}\bwalk\w*"
    r"|\b(?:walk\w*|stand\w*|gait)\s+(?:on|up\s+on)\s+(?:(?:his|her|the|both|right|left|either)\s+)*(?:toes?|heels?)\b|\btandem\s+\w+"
    r"|\b(?:lifting|lifted)\s+(?:of|off)\b|\breached\b|\breach(?:es|ing)?\s+(?:a\b|an\b|the\s+(?:point|level|stage)|max\w*|out\b|him\b|her\b|me\b)"
    r"|\bclean(?:ed|s)?\s+(?:and\s+|,\s*)?(?:\w+\s+)?(?:margins?|instruments?|wounds?|incisions?|site|dry|intact)"
    r"|\bdressing\s+(?:was|were|is|changes?|placed|applied|clean|dry|over)"
    r"|\bsitting\s+(?:quietly|comfortably|position|up\s+in)|\bsame\s+sitting|\bscotty\s+dog"
    r"|\b(?:does|did|do|don.t|doesn.t|didn.t)\s+(?:not\s+)?work\b"
    r"|\bwork\w*\s+(?:with|through|injur\w+|related|up|status|comp\w*|restrict\w*)"
    r"|\blast\s+seen\s+standing|\bstanding\s+(?:position|films?|x-?rays?)"
    r"|\b(?:lost|long)[- ]standing"
    r"|\bhair\s+(?:loss|growth|distribution)|\bcarry(?:ing)?\s+(?:a\s+)?diagnos\w+"
    r"|\bgrip\s+(?:strength|function)|\boverhead\s+(?:light|page)",
    re.IGNORECASE,
)
"""Words of activities that are none: examination, surgery, work as a word of the claim."""
WENT_FROM = re.compile(
    r"\b(?:went|gone|goes|moved|progressed|advanced|improved|risen|got)\s+from\s+(?:being\s+)?"
    r"(?P<from>(?:unable|not\s+able|bed(?:ridden|bound)?|a\s+wheel\s?chair|wheelchair|a\s+walker|two\s+(?:canes|crutches|sticks)|a\s+cane|crutches|a\s+scooter|the\s+couch|the\s+recliner|a\s+recliner)\b[^.;]{0,50}?)"
    r"\s+to\s+(?P<what>(?:a\s+|an\s+|the\s+|one\s+|no\s+)?(?:walker|cane|stick|walking|stairs|standing|steps?|crutches|crutch|aid|device|doing|driving|cooking|going|climbing)\b[^.;]{0,40})",
    re.IGNORECASE,
)
"""`She has gone from a wheelchair in the stores to a cane.`"""
FORMERLY = re.compile(
    r"\b(?:formerly|used\s+to|before\s+(?:the|his|her)\s+(?:injury|accident)|prior\s+to\s+(?:the|his|her)\s+(?:injury|accident)|"
    r"until\s+(?:he|she)\s+was\s+(?:hurt|injured))\b",
    re.IGNORECASE,
)
GAINED = re.compile(
    r"\b(?:activit(?:y|ies)|function|ADLs?)\s+(?:re)?(?:gained|sumed|stored|improved|added)\b[^:\n]{0,30}:\s*(?P<what>[^\n]+)",
    re.IGNORECASE,
)
ASKED = re.compile(r"\bcan(?:not|.t)?\s+do\b\s*(?:/|vs|\n)", re.IGNORECASE)
"""The head of a column: `can do / can't do`."""
NOTHING_NAMED = re.compile(
    r"\b(?:can(?:not|.t)|could\s+not|couldn.t|unable\s+to|not\s+able\s+to|fails?\s+to)\s+(?:name|think\s+of|identify|give|say|point\s+to|cite|recall)\b[^.;]{0,30}?"
    r"\b(?:anything|any|a\s+single|one|an?)\b[^.;]{0,60}?\b(?:lets?|does|do|allows?|enables?|improv\w+|better|helps?|possible|with)\b"
    r"|\b(?:could|can|was\s+able\s+to)\s+(?:name|think\s+of|cite|give|identify|offer|list)\s+(?:nothing|none|no\b)"
    r"|\b(?:could|can)\s*not\b[^.;]{0,40}?\bbefore\b[^.;]{0,40}?\b(?:can|could)\s*not\b[^.;]{0,14}?\b(?:now|still|since|either|today)\b"
    r"|\b(?:names?|cites?|identif\w+|gives?)\s+(?:no|none|nothing)\b[^.;]{0,60}?\b(?:lets?|allows?|enables?|improv\w+|better|does|do)\b",
    re.IGNORECASE,
)
"""`She cannot name anything the drug lets her do.`"""
EXAMPLE = re.compile(
    r"\b(?:function\w*|ADLs?|activit\w+)\s+(?:gain|benefit|improvement|change)s?\b[^\n]{0,60}?\bexamples?\s*:\s*(?P<what>[^\n;.]{4,60})",
    re.IGNORECASE,
)
ASKED_FUNCTION = re.compile(
    r"\b(?:function\w*|ADLs?|activit\w+)\s+(?:gain|benefit|improvement|change)s?\b", re.IGNORECASE
)
EXAMPLE_LABEL = re.compile(
    r"\W*(?:e\.?g\.?|examples?|such\s+as)\s*:\s*(?P<what>[^\n;.]{4,60})", re.IGNORECASE
)
GOAL = re.compile(r"^\W*(?:goals?|targets?|wants?)\b", re.IGNORECASE)
DESPITE = re.compile(
    r"\b(?:despite|even\s+(?:with|on|though|after|when\s+taking)|notwithstanding|in\s+spite\s+of|with\s+(?:or|and)\s+without|regardless\s+of|"
    r"whether\s+or\s+not|(?P<same>[a-z_]+)\s*,?\s+or\s+no\s+(?P=same)\b|(?:on|off)\s+(?:or|and)\s+(?:on|off))\b",
    re.IGNORECASE,
)
_PATIENT = r"(?:him|her|them|me|(?:the\s+)?(?:pt|patient|claimant|worker)|this\s+(?:man|woman))"
_DOING = (
    r"(?!(?:be|have|think|recall|talk|speak|breathe|hear|get(?!\s+(?:in|into|out|up|off|on|onto|around|about|dressed|through)\b)|take|tolerate|sleep|continue|reduce|decrease|wean|taper|control|manage|see|obtain|return|follow|afford|feel|rest|"
    r"stay|avoid|use|stop|wait|point|understand|explain|remember|tell|find|receive|report|go\s+back|come|give|keep|do\s+(?:well|so)|cope|function|"
    r"perform|participate|maintain|improve|increase|remain|describe|provide|identify|name|say|recall|speak|help|cut|lower|drop|wean|refill|swallow|"
    r"confirm|achieve|arrange|schedule|make\s+an\s+appointment|correct|answer|follow|communicate|ambulate\s+with|also|always|never|complete\s+(?:the\s+)?(?:form|survey)|not|the|a|his|her|their)\b)"
    r"(?P<what>[a-z]{2,}(?:\s+(?!which\b|that\b|because\b|when\b|without\b|with(?:out)?\s+(?:it|the|his|her|med)|on\b\s+med|again\b|but\b|while\b|if\b|since\b|"
    r"b/c\b|thanks\b|due\b|after\b|before\b|in\s+spite|despite\b)[\w'/-]+){1,6})"
)
ABLE_TO_DO = re.compile(
    r"(?<!until\ he\ is\ )(?<!until\ she\ is\ )(?<!not\ )\b(?:able\s+to|"
    r"(?:he|she|they|who|pt|patient|claimant|worker|man|woman|and|now|again)\s+(?:now\s+|again\s+|still\s+|also\s+)?can\b(?!\s*not|'t|\u2019t)|"
    rf"(?P<lets>(?:lets?|letting)\s+{_PATIENT}|"
    rf"(?:allow\w*|enabl\w+|permit\w*)\s+{_PATIENT}?\s*to|help(?:s|ed)\s+{_PATIENT}(?:\s+to)?|"
    rf"ma(?:kes?|de)\s+it\s+possible\s+(?:for\s+{_PATIENT}\s+)?to)|manages?\s+to|is\s+back\s+to)\s+"
    + _DOING,
    re.IGNORECASE,
)
DOES_ON = re.compile(
    r"\b(?:because\s+of|thanks\s+to|with|w/|on|since|after)\s+(?:(?:the|his|her|taking|starting|morning|noon|evening|first)\s+)*"
    r"(?:med_*|patch\w*|pills?|tablets?|medic\w+)\b,?\s+(?:[a-z]+\s+){0,3}?(?:he|she|they|pt|patient)\s+"
    r"(?:now\s+|again\s+|still\s+|also\s+)*(?!takes|uses|is\b|has\b|was\b|does\b|needs|requires|avoids|spends|rests)[a-z]+s\b",
    re.IGNORECASE,
)
"""`On the patch she manages her own shower`, over a text in which drugs are masked."""
DOES_AFTER_IT = re.compile(
    r"^\W*(?:after|with|on)\s+it,?\s+(?:he|she)\s+(?:can\s+|now\s+)*"
    r"(?!takes|uses|is\b|has\b|was\b|does\b|needs|requires|avoids|spends|rests|feels|sleeps|gets\b)[a-z]+s\b",
    re.IGNORECASE,
)
"""`Before the pill I dress him. After it he dresses`: of the medicine just named."""
BACK_TO = re.compile(
    r"\b(?:return(?:ed|s)?|gone\s+back|went\s+back|is\s+back|back)\s+to\s+"
    r"(?P<what>(?!work|smok|drink|tak|us|sleep|see|be)[a-z]+ing\b(?:\s+(?!to\b|since\b|with\b|on\b|because\b|after\b)[\w'-]+){0,4})",
    re.IGNORECASE,
)
"""`gone back to feeding the horses`."""
AGAIN = re.compile(
    r"\b(?:he|she)\s+(?P<what>(?!is\b|has\b|was\b|takes|reports|states|uses|does\b)[a-z]+s\s+(?:[\w'-]+\s+){0,4}?)again\b",
    re.IGNORECASE,
)
"""`He rides his bicycle again`."""
CREDITED = re.compile(
    r"\b(?:times?\s+(?:his|her|the|a)\s+(?:dose|doses|pill|tablet|med\w*|patch)|credits?|attribut\w+|owes?|owing|thanks\s+to|because\s+of|b/c|since)\b",
    re.IGNORECASE,
)
SAID_BESIDE = re.compile(
    r"^\W*(?:on|with|w/)\s+(?:the\s+)?(?:med_*|patch|medic\w+|meds)\b[^:\n]{0,16}:\s*(?P<what>[^\n;:]{4,50}?)\s+[-\u2013]+\s+"
    r"(?:(?P<unable>unable|not\s+able|cannot|can't|no|impossible|not\s+possible)|(?P<able>able|yes|ok|okay|independent\w*|possible))\b",
    re.IGNORECASE,
)
"""`On Duragesic:  tend the vegetable beds - unable`."""
UNABLE_TO_DO = re.compile(
    r"\b(?:unable\s+to|cannot|can\s*not|can(?:'|\u2019)?t|could\s+not|couldn.t|not\s+(?:be\s+)?able\s+to|no\s+longer\s+able\s+to|"
    r"(?:needs?|requires?)\s+(?:\w+\s+){0,2}?(?:help|assistance)\s+(?:to|in|with)|has\s+to\s+be\s+helped\s+to|must\s+be\s+helped\s+to)\s+"
    + _DOING,
    re.IGNORECASE,
)
"""Activities that no list foresees: `push a cart through the market`, `feed the chickens`."""
CHANGE_NONE = re.compile(
    r"\b(?:ADLs?|function\w*|activit\w+)\s+(?:change|improvement|gain|difference)s?\b[^:\n]{0,50}:\s*(?:none|no|nil|0)\b",
    re.IGNORECASE,
)
BUT_NONE_WITHOUT = re.compile(
    r"\b(?:on|with)\s+(?:(?:the|his|her)\s+)?(?:med_*|meds?|medic\w+|patch\w*|pills?|tablets?|it|them)\b[^.;]{0,40}?\b(?:and|but|,)\s*"
    r"(?:none|nothing|no|not|never|cannot|can\W?t|hardly)\b[^.;]{0,40}?\b(?:without|w/o|off|out\s+of|if\s+not)\b",
    re.IGNORECASE,
)
"""`Half the chores on the medicine and none of them when he is out of it.`"""
FARTHER = re.compile(
    r"\b(?:he|she|and|now|who)\s+(?:can\s+|now\s+)?(?P<what>(?!is\b|has\b|was\b|had\b|reports|states|feels|lasts?\b|works\b|takes\b|holds\b|needs\b|waits\b|sleeps?\b)"
    r"[a-z]+s?\s+(?:(?!pain|relief)[\w'-]+\s+){0,4}?(?:farther|(?<!for\s)(?<!any\s)further(?!\s+(?:[a-z]+ations?|\w*therapy|treatments?|care|tests?|testing|visits?|reports?|notice|need))|longer|more\s+easily|without\s+(?:help|stopping|a\s+rest))\b)",
    re.IGNORECASE,
)
"""`He finished six sessions and turns his head farther.`"""
COURSE = re.compile(
    r"\b(?:sessions?|treatments?|visits?|therapy|acupuncture|chiropractic|injections?|program|exercis\w+)\b",
    re.IGNORECASE,
)
PURPOSE = re.compile(r"(?<!continues)(?<!continue)\s+to\s*$|^\W*to\s*$", re.IGNORECASE)
"""`The plan was made to allow her to rest`: before what is let, a purpose."""
DOING_NEAR = re.compile(
    r"\b(?:toleran\w+|endurance|abilit\w+|capacity|distance|able|activit\w+|function\w*|distances?|"
    r"again|walk\w*|sit\w*|stand\w*|driv\w*|chores|housework|resum\w+|returned|back\s+to)\b",
    re.IGNORECASE,
)
NEAR = 45
"""How many characters from a word of change what has changed may stand."""
OF_WORK = re.compile(
    r"\b(?:shifts?|jobs?|(?:his|her|a|the)\s+(?:post|position)|employment|work\w*|duty|duties|half\s+day|hours)\b",
    re.IGNORECASE,
)
OF_WORK_LIMITS = re.compile(
    r"\b(?:restrictions?|preclusions?|preclud\w+|work\s+status)\b", re.IGNORECASE
)
CLAUSE = re.compile(
    r";|\bbut\b|\bwhile\b|\bwhereas\b|\bwhere\b(?=\s+(?:before|previously|earlier|formerly|without|once|he|she)\b)|\bversus\b|\bvs\b\.?|\bcompared\s+(?:to|with)\b|\bas\s+opposed\s+to\b|\binstead\s+of\b"
    r"|,?\s+and\s+(?=(?:is|are|he|she|cannot|unable|not|has|needs|would)\b)|,\s+(?=(?:he|she|without|w/o|with|otherwise|now)\b)"
    r"|\.\s+(?=[A-Z])|\s+/\s+(?=\w+\s+\d)|,\s+(?=(?:which|something|things?)\b)",
    re.IGNORECASE,
)
PAIN_TRIGGER = re.compile(
    r"\b(?:worse|worsen\w*|aggravat\w+|increas\w+|provok\w+|exacerbat\w+|better|improv\w+|eas\w+|reliev\w+|due|pain|numb\w*|tingling"
    r"|paresthesias?|cramps?|dizz\w*|breath\w*|headaches?|discomfort|symptoms|claudication|swelling)\s+"
    r"(?:\S+\s+){0,3}?(?:with|by|on|upon|when|while|after|from|to|during)\s*"
    r"(?:(?!(?:can|able|allow\w*|enabl\w+|lets?|helps?|med_*)\b)\S+\s*){0,8}$"
    r"|\b(?:aggravating|exacerbating|provoking|precipitating|relieving|easing|alleviating|modifying)\s+factors?\b[^.;]*$",
    re.IGNORECASE,
)
TRIGGERS = re.compile(
    r"\b(?:makes?|made|aggravat\w+|worsens?|increases?|provok\w+|exacerbat\w+|relieves?|eases?|causes?)\s+"
    r"(?:it|(?:the|his|her|their)\s+(?:\w+\s+)?(?:pain|symptoms)|pain|symptoms|numbness)\b",
    re.IGNORECASE,
)
SECTIONS_OF_FUNCTION = frozenset(
    {"adl", "work_status", "subjective", "interim_history", "opioid_monitoring", "history"}
)
