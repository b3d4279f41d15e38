r"""The words of an examination of nerves, by what they say; read by `examination_signs`.

Terminals of a small grammar: what is tested (a stretch, a reflex, a muscle, feeling), on which side
and at which level, and what was found. White space in a pattern counts for nothing, `\s` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.extract.tokens import stem

WORDS: Mapping[str, str] = {
    "stop": r"; | \.(?=\s|$) | \b(?:otherwise|elsewhere|remainder)\b",
    "giveway": r"""
        give-?\s?a?-?way\b | break-?away | ratchet\w* | cog-?wheel\w* | poor\s+effort
        | (?:pain|effort)[- ]limited | limited\s+by\s+pain | non-?physiologic\w* | non-?organic""",
    "whole": r"""
        gloves?(?:-(?:type|like))? | stockings?(?:-(?:type|like))?
        | (?:whole|entire)(?!\s+(?:[\w-]+\s+){0,2}(?:finger|thumb|toe)s?\b) | throughout
        | all\s+(?:four|4)\s+(?:extremit\w+|limbs) | the\s+(?:four|4)\s+extremit\w+
        | global\w*
        | diffuse\w* | circumferential\w* | non-?anatomic\w* | non-?dermatomal\w* | hemi-?sensory
        | not\s+(?:in|following|follow)\s+(?:an?y?\s+)?dermatom\w*""",
    "local": r"""
        (?:for|only|just|merely|some)\s+(?:low(?:er)?\s+|axial\s+)?(?:back|neck|axial)\s+
            (?:pain|discomfort|symptoms)
        | (?:back|neck|axial)\s+(?:pain|discomfort)\s+(?:only|alone)
        | local\w*\s+(?:back\s+|neck\s+)?(?:pain|discomfort)
        | hamstring\s+tight\w* | tight\s+hamstrings""",
    "stretch": r"""
        (?:crossed\s+|contralateral\s+)?
        (?:SLRT?s? | Las[eè]gue\w* | slump
            | straight[-\s]+leg(?:[-\s]+(?:rais\w*|lift\w*))?(?!\s+(?:abduct|adduct|gait|walk)))
        (?:\W?s)?(?:\s+(?:test\w*|sign|maneuver))?""",
    "spurling": r"""
        spurling(?:\W?s)?(?:\s+(?:test\w*|sign|maneuver))? | foraminal\s+compression(?:\s+test)?""",
    "reflex": r"""
        (?:ankle|achilles|knee|patellar|patella|biceps|triceps|brachioradialis)\s+
            (?:deep\s+tendon\s+)?(?:jerks?|reflex\w*)
        | achilles | patellar(?!\s+(?:grind|tend|track|comp)) | AJs? | KJs? | MSRs? | DTRs?
        | (?:deep\s+tendon\s+|muscle\s+stretch\s+)?
            (?<!H\s)(?<!jaw\s)(?<!gag\s)(?<!corneal\s)(?<!abdominal\s)
            (?<!plantar\s)(?<!pupillary\s)(?<!cremasteric\s)reflex(?:es)?""",
    "muscle": r"""
        EHL | extensor\s+hallucis(?:\s+longus)? | tibialis\s+anterior | anterior\s+tibialis
        | (?:ankle\s+|foot\s+)?(?:dorsi|plantar)\s?-?flex[a-z]* | gastroc\w*
        | quad(?:s|riceps?)?\b(?!\s+atroph) | hamstrings?
        | (?:great\s+|big\s+|hallux\s+)?toe\s+ext[a-z]* | perone\w+ | (?:foot\s+|ankle\s+)?eversion
        | (?:hip|knee|wrist|elbow|finger)s?\s+(?:flex|ext|abduct)[a-z]* | iliopsoas
        | biceps(?!\s+tend) | triceps | brachioradialis | deltoids? | grip | interossei
        | intrinsics | push-?off""",
    "drop": r"(?:foot|wrist)[-\s]drop",
    "motor": r"motor | strength | myotom\w* | power | MMT",
    "numb": r"""
        hyp(?:o|o?a)esthe\w+ | hypesthe\w+ | hyp(?:o|er)?algesi\w+ | anesthetic | anesthesia
        | numbness""",
    "sense": r"""
        light\s+touch | LT\b | pin(?:[-\s]?pricks?|wheel)?\b(?!\s+hole) | PP\b | sensation
        | sensory(?!\s+
            (?:respons\w+|nerves?|latenc\w+|amplitud\w+|potential\w*|conduct\w+|level))
        | sens\b | feeling | wheel\b | (?<!warm\sto\s)(?<!cool\sto\s)(?<!tender\sto\s)touch\b""",
    "deep": r"vibrat\w+ | propriocept\w+ | position\s+sense | temperature",
    "felt_not": r"(?:does|did)\s+not\s+feel | not\s+felt | cannot\s+feel",
    "level": r"(?-i:[CTLS]\d{1,2})(?:\s?[-/&,]\s?(?-i:[CTLS])?\d{1,2})*(?![\d/])",
    "area": r"""
        thumb | (?:index|middle|long|ring|little|small)\s+finger | (?:great|big|first)\s+toe
        | first\s+web\w*(?:\s+space)? | calf | shin | heel | forearm | palm
        | (?:ulnar|median|radial|peroneal|sural|saphenous|tibial)\s+nerve\s+
          (?:distribution|territory)
        | (?:lat(?:eral|\.)? | med(?:ial|\.)? | dors(?:um|al|olateral) | outer | inner | plantar
            | sole | anterior | posterior | anterolateral | ulnar | radial)\W+
          (?:(?:border|aspect|side|surface|part|half|of|the|his|her|left|right|(?-i:L|R))\W+){0,5}
          (?:foot|calf|leg|shin|thigh|hand|forearm|arm|toes)""",
    "limb": r"""
        feet | foot | legs? | toes? | thighs? | arms? | hands? | fingers? | ankles? | extremit\w+
        | (?:lower|upper)\s+limbs? | BLE | LLE | RLE | LUE | RUE | below\s+the\s+knee | radic\w+
        | sciatic\w* | dermatom\w* | familiar""",
    "side": r"left | right | bilat\w* | both | either | B/L | (?-i:[LRB])(?=[\s,.:;)]|$)",
    "grade": r"""
        (?:[0-5]|zero|one|two|three|four|five)\s?(?:[-+]|minus|plus)?\s?
            (?:/|out\s+of|of|over)\s?(?:5|five)(?![\d/])
        | graded?\s+(?:at\s+|as\s+)?(?:[0-5]|one|two|three|four|five)(?:[-+]|\s+minus|\s+plus)?
        | (?<![\w/])[34][-+](?=[\s,.;)]|$)""",
    "count": r"""
        [0-4]\s?\+?\s?/\s?[0-4]\s?\+?(?![\d/]) | [0-4]\s?\+
        | (?<![\d/.-])[0-4](?=[\s,.;)]|$)(?!\s*(?:deg|cm|mm|in\b))""",
    "negative": r"\b(?:negative\w*|neg)\b | \(-\)",
    "positive": r"\b(?:positive\w*|pos)\b | \(\+\) | (?<!\d)\+",
    "brings": r"""
        reproduc\w+ | elicit(?:s|ed|ing)? | provok\w+ | recreat\w+ | brings? | brought | sends?
        | sent | shoot\w* | radiat\w+ | produc\w+ | caus\w+ | evok\w+ | increas\w+ | worsen\w+
        | gives?""",
    "unobtained": r"""
        (?:could\s+|can\s*)?not\s+(?:be\s+)?(?:obtain|elicit)\w* | unobtainable | unelicitable""",
    "obtained": r"(?:could\s+be\s+|is\s+|was\s+)?(?:obtained|elicited|obtainable|elicitable)",
    "weak": r"weak\w* | pareti?c | paresis",
    "lost": r"""
        absent | diminish\w* | decreas\w* | decr? | reduc\w* | dim(?:in)? | dull\w* | blunt\w*
        | lessen\w* | less(?!\s+(?:clear|likely|severe|than|pain)) | lost | loss
        | impair\w* | deficits?
        | trace | hypoactive | sluggish
        | depressed | gone | down | alter\w* | soft""",
    "kept": r"""
        intact | normal | nl | preserved | symmetric\w* | sym | equal\w* | brisk | full | present
        | wnl | ok | unremarkable | within\s+normal""",
    "no": r"no | not | without | w/o | denie[sd] | nor | absence\s+of | free\s+of | never",
    "comma": r", | \band\b | & | /",
}
"""Kind of word to its pattern, tried in this order; `(?-i:)` where case decides."""
_EDGE = frozenset({"stop", "negative", "positive", "comma", "count", "grade"})
"""Kinds whose patterns say themselves where a word begins and ends."""
LEXER = re.compile(
    "|".join(
        f"(?P<{kind}>{words})"
        if kind in _EDGE
        else rf"(?P<{kind}>(?<![\w/])(?:{words})(?![A-Za-z]))"
        for kind, words in WORDS.items()
    ),
    re.IGNORECASE | re.VERBOSE,
)
NERVE_OF_A_LIMB = re.compile(
    r"""\b(?:ulnar|median|radial|femoral|obturator|peroneal|fibular|tibial|sural|saphenous|plantar
        |cutaneous|axillary|musculocutaneous|digital)\s+(?:sensory\s+)?
        (?:nerves?|neuropath\w*|distribution|territory)\b
      | \b(?:ulnar|radial)\s+(?:half|side|aspect|border)\s+of\s+(?:\w+\s+){0,2}finger\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A nerve below the roots: the two halves of a ring finger have one root and two nerves."""
OF_A_ROOT = re.compile(
    r"\b(?:[CTL]\d{1,2}|S1)\b|\b(?:nerve\s+roots?|radicul\w+|dermatom\w*)\b", re.IGNORECASE
)
SIGNS_OF_IT = frozenset(
    stem(word)
    for line in (
        "slr slrt straight lasegue lasegue's slump spurling spurling's compression reflex reflexes",
        "jerk",
        "achilles patellar aj kj msr dtr dtrs ehl hallucis tibialis dorsiflexion dorsiflexors",
        "plantarflexion flexion gastroc gastrocnemius quad quads quadriceps toe peroneal eversion",
        "flexors extensors extension flexor extensor biceps triceps deltoid grip drop numbness",
        "touch lt pin pinprick prick pp sensation sensory sens feel feeling felt wheel calf weak",
        "hypesthesia hypoesthesia hypalgesia weakness motor plantar dorsi iliopsoas",
    )
    for word in line.split()
)
"""Stems of which a passage about an examination of nerves holds at least one."""
SUBJECTS = frozenset(
    {"stretch", "spurling", "reflex", "muscle", "drop", "sense", "numb", "felt_not", "deep"}
)
FINDINGS = frozenset(
    {"grade", "count", "negative", "positive", "brings", "unobtained", "obtained"}
    | {"weak", "lost", "kept"}
)
PLACES = frozenset({"level", "area", "limb", "side"})
