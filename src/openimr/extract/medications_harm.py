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
    r"|(?:fogged|clouded|dulled|doped|drugged|sickened|nauseated|bloated|dizzied|sedated|swelled|constipated)\s+(?:her|him|the\s+patient|pt)\b"
    r"|(?:->|=>|\u2192)\s*(?:QTc?|rash|hives|nausea|vomit\w*|n/v|sedat\w+|drows\w+|dizz\w+|itch\w*|edema|swelling|ulcers?|GI|constipat\w*|confus\w+|fog\w*)\b"
    r"|(?:was|were)\s+(?:stupid|sick|ill|groggy|foggy|dopey|drugged)\s+(?:with|on|from)\s+(?:it|them|that)"
    r"|(?:knocked|wiped)\s+(?:her|him|pt)\s+out|like\s+a\s+zombie"
)
"""`left her hung over`, `gained twenty pounds`, `until the ulcer`: it was not tolerated."""
FAILURE = (
    r"(?:we|she|he|they|I)\s+(?:soon\s+|then\s+)?(?:gave\s+up\s+on|gave|abandoned)\s+(?:it|that|this)(?:\s+up)?"
    r"|(?:did|has\s+done|had\s+done|was)\s+(?:absolutely\s+)?nothing(?:\s+for)?|(?:never|barely|hardly)\s+(?:touched|helped|worked|dented)"
    r"|(?:came|come|passed|went|comes)\s+(?:out|through)\b[^.;,]{0,30}\b(?:whole|intact|undigested|unchanged)"
    r"|(?:\d{1,2}\s?)?(?:weeks?|wks?|months?|mos?|yrs?|years?)\s*[,:-]?\s+(?:nothing|nil|zero)\b"
    r"|no\s+better\b(?!\s+than\s+(?:before\s+the|now))"
    r"|no\s+(?:good|luck|dice|joy)|nil(?=\W*(?:$|[.;\n]))"
)
"""`we gave up on it`, `did nothing for`: it failed."""
FIRST_PRESCRIPTION = (
    r"(?:,|;|\.|\bthis|\bit|\bwhich)?\s*(?:is|being|was)?\s*(?:a|the|an|his|her)?\s*"
    r"(?:first|initial|1st|new)\s+(?:rx|prescription|script|fill|start)(?!\s+(?:in|was|of\s+\d))"
)
"""`#56, 1st rx`, `this being a first prescription`."""
