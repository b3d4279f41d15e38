"""What a physician tells of a urine test: a drug that should be there and is not, or the reverse.

    The urine was negative for the prescribed oxycodone.
    UDS neg for hydrocodone (pt on Norco TID), GC/MS confirmed negative.
    Drug screen showed marijuana.

A drug that is not found says something only where the sentence says that it is prescribed.
"""

from __future__ import annotations

import re

from openimr.extract.contexts import masked
from openimr.extract.laboratory import URINE_TEST
from openimr.extract.passages import Passage, Reading

_TEST = (
    r"\b(?:UDS|UDT|U-?tox|USD|urine|urines|tox(?:icology)?|drug\s+(?:screen|test|panel)\w*|GC\W?MS|LC\W?MS"
    r"|(?:point[-\s]of[-\s]care|POC|in-?office|office|dip)\s+(?:cup|panel|screen|test|dip\w*))\b"
)
_ILLICIT = (
    r"(?:THC|marijuana|cannab\w+|cocaine|benzoylecgonine|(?:meth)?amphetamines?|heroin|6-?MAM"
    r"|alcohol|ethanol|PCP|ecstasy)"
)
_STRANGER = re.compile(
    rf"{_TEST}(?:(?!\b(?:no|not|without|negative|neg|denie[sd]|absent|never|if)\b)[^.;?]){{0,60}}?"
    r"\b(?:show\w*|found|contain\w*|detect\w*|reveal\w*|positive|pos|had|with|\+)"
    r"(?:\s+(?:for|to|of|the|a|presence|traces?|both|also|prescribed|med_*|and|,|metabolites?|an?))*\s*[:+]?\s*"
    rf"(?P<detail>{_ILLICIT})\b",
    re.IGNORECASE,
)
_NOT_GIVEN = re.compile(
    rf"{_TEST}[^.;?]{{0,70}}?\b(?:positive|pos|show\w*|found|contain\w*|detect\w*)\b[^.;?]{{0,20}}?(?P<detail>\bmed_*)[^.;?]{{0,40}}?"
    r"\b(?:not\s+prescribed|which\s+(?:is|was)\s+not|no\s+prescription|has\s+not\s+been\s+prescribed|never\s+prescribed|(?:he|she)\s+is\s+not\s+prescribed)\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    rf"{_TEST}[^.;?]{{0,60}}?\b(?:negative|neg|no|not|without|lack\w*|absent|none|missing)\b"
    r"(?:\s+(?:for|of|to|the|any|his|her|detect\w*|show\w*|contain\w*|reveal\w*|trace))*"
    r"(?:\s+(?P<given>prescribed|expected|declared))?(?:\s+(?P<detail>med_*|opiates?|opioids?|medications?))",
    re.IGNORECASE,
)
_IS_GIVEN = re.compile(
    r"\b(?:prescri(?:bed|ption)|expected|(?:pt|patient|he|she|who)\s+(?:is\s+)?(?:on|takes|taking|supposed)|though|although|despite|in\s+spite|rx)\b",
    re.IGNORECASE,
)
_MAY_TEST = re.compile(_TEST, re.IGNORECASE)


def read_urine(passage: Passage) -> list[Reading]:
    """What a sentence tells of a test that does not fit the prescriptions."""
    if not _MAY_TEST.search(passage.text):
        return []
    text = masked(passage)
    odd = _STRANGER.search(passage.text) or _NOT_GIVEN.search(text)
    if odd is not None:
        return [_reading(passage, odd, "unexpected")]
    missing = _MISSING.search(text)
    if missing is None:
        return []
    given = missing["given"] or _IS_GIVEN.search(text[missing.end() :])
    named = missing["detail"].casefold().startswith("med_")
    return (
        [_reading(passage, missing, "not found")] if given and (named or missing["given"]) else []
    )


def _reading(passage: Passage, found: re.Match[str], what: str) -> Reading:
    start, end = passage.at(found)
    name = passage.text[found.start("detail") : found.end("detail")]
    return Reading(
        concept=URINE_TEST,
        start=start,
        end=end,
        value={"result": "inconsistent", "detail": f"{' '.join(name.split())} {what}"},
        rule="urine.told",
        negatable=False,
    )
