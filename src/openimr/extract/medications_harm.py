"""How people tell what a drug did to them or failed to do, as patterns after its name."""

HARM = (
    r"(?:left|leaving)\s+(?:her|him|the\s+patient|pt)\s+(?:\w+\s+){0,2}(?:hung\s*-?\s*over|fogg?y|grogg?y|sick|dizzy|drows\w+|swollen|sleepy|flat"
    r"|confused|nauseat\w+|shak[ey]\w*|tired|dull|numb|weak|constipated|itch\w+|dopey|drugged|stupid)"
    r"|(?:gave|giving)\s+(?:her|him|the\s+patient|pt)\s+(?:the\s+|a\s+|bad\s+|severe\s+)*(?:shakes|hives|rash|nausea|headaches?|heartburn"
    r"|runs|sweats|diarrh\w+|palpitations|cramps|jitters|nightmares|dry\s+mouth|ulcers?|reflux)"
    r"|(?:made|making)\s+(?:her|him|the\s+patient|pt)\s+(?:\w+\s+)?(?:ill|sick|throw\s+up|vomit|dizzy|sleepy|drowsy|stupid|swell|itch|groggy|nauseat\w+|sweat|shake|gain)"
    r"|dried\s+(?:out\s+)?(?:his|her)\s+mouth|(?:could|can)\s*(?:not|n't)\s+(?:pass\s+(?:his\s+|her\s+)?(?:water|urine)|urinate)"
    r"|gained\s+(?:[\w-]+\s+){0,5}(?:pounds?|lbs?\.?|weight|kilos?|kg)|(?:put|putting)\s+on\s+(?:[\w-]+\s+){0,3}(?:pounds?|lbs?|weight)"
    r"|(?:threw|tossed)\s+(?:it|them)\s+(?:out|away)|hung[\s-]?over|throw(?:ing)?\s+up|threw\s+up"
    r"|creat(?:inine)?\.?\s+(?:went\s+up|rose|climbed|up)|until\s+(?:the|an|his|her)\s+(?:\w+\s+)?(?:ulcer|bleed\w*|rash|hives|reaction)"
    r"|(?:knocked|wiped)\s+(?:her|him|pt)\s+out|like\s+a\s+zombie"
)
"""`left her hung over`, `gained twenty pounds`, `until the ulcer`: it was not tolerated."""
FAILURE = (
    r"(?:we|she|he|they|I)\s+(?:soon\s+|then\s+)?(?:gave\s+up\s+on|gave|abandoned)\s+(?:it|that|this)(?:\s+up)?"
    r"|(?:did|has\s+done|had\s+done|was)\s+(?:absolutely\s+)?nothing(?:\s+for)?|(?:never|barely|hardly)\s+(?:touched|helped|worked|dented)"
    r"|no\s+(?:good|luck|dice|joy)|nil(?=\W*(?:$|[.;\n]))"
)
"""`we gave up on it`, `did nothing for`: it failed."""
FIRST_PRESCRIPTION = (
    r"(?:,|;|\.|\bthis|\bit|\bwhich)?\s*(?:is|being|was)?\s*(?:a|the|an|his|her)?\s*"
    r"(?:first|initial|1st|new)\s+(?:rx|prescription|script|fill|start)(?!\s+(?:in|was|of\s+\d))"
)
"""`#56, 1st rx`, `this being a first prescription`."""
