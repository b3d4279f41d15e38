"""Names in running text: by title, degree or kind of house; and every way to write a known one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.identifier import Announced, IdentifierKind

_UPPER, _LOWER = "A-Z\u00c0-\u00d6\u00d8-\u00de", "a-z\u00df-\u00f6\u00f8-\u00ff"
_JOINT = r"(?:['\u2019](?!s\b)|-)"
WORD = rf"(?:[{_UPPER}]['\u2019]|Ma?c)?[{_UPPER}][{_LOWER}]++(?:{_JOINT}[{_UPPER}]?[{_LOWER}]++)*"
_CAPITALS = rf"[{_UPPER}]{{2,}}+(?:['\u2019-][{_UPPER}]++)*"
_INITIAL = rf"[{_UPPER}]\.?"
PARTICLES = (
    r"(?:(?:[Dd](?:e|el|ella|i|a|as|os|u|er|en)|[Ll](?:a|e|os|as)|[Vv][ao]n"
    r"|[Tt]e[rn]|[Bb]in|[Ss]t\.|[EeAa]l) )"
)
"""Words of a surname that are not its first capital: `de la Cruz`, `van der Berg`."""
_NAME = (
    rf"(?<![\w'\u2019-])(?:(?:{WORD}|{_CAPITALS}|{_INITIAL}) ){{0,3}}{PARTICLES}{{0,3}}"
    rf"(?:{WORD}|{_CAPITALS})"
)
DEGREE = (
    r"(?:M\.?D\.?|D\.?O\.?|D\.?C\.?|P\.?T\.?|D\.?P\.?T\.?|O\.?T\.?R?|N\.?P\.?|F\.?N\.?P\.?|P\.?A\.?(?:-C)?|R\.?N\.?"
    r"|Ph\.?D\.?|Psy\.?D\.?|L\.?Ac\.?|D\.?P\.?M\.?|D\.?D\.?S\.?|Pharm\.?D\.?|Esq\.?|QME|AME|RN-BC|C\.?C\.?M\.?|LCSW|MFT|MA|LVN)"
)
_WITH_DEGREE = re.compile(rf"(?P<name>{_NAME})[ \t]*,[ \t]*(?:{DEGREE})(?![\w])")
_WITH_TITLE = re.compile(
    r"\b(?P<title>Dr|Drs|Mr|Mrs|Ms|Miss|Doctor|Nurse)\b\.?[ \t]+"
    rf"(?P<name>(?:{_INITIAL}[ \t]+)?{PARTICLES}{{0,3}}(?:{WORD}|{_CAPITALS})(?![{_LOWER}])"
    rf"(?:[ \t]+{PARTICLES}{{0,3}}(?:{WORD})){{0,2}})"
)
_BY_ACT = re.compile(
    r"(?:\b[Ss]poken? (?:with|to)|\b[Dd]iscussed with|\b[Cc]onferred with|\bd/w|\b[Aa]ccompanied by"
    r"|\b[Cc]o-?signed by|\b[Tt]ranscribed by|\b[Ss]een (?:today )?by|\b[Ee]xamined by|\bcc:)"
    rf"[ \t]+(?P<name>(?:{WORD}|{_INITIAL}) {_NAME})(?![\w-])"
)
"""What only people do, and whom it is done with: `spoke with Ana Balderas`."""
_OF_A_CHART = re.compile(rf"\b[Ss]ee (?:also )?(?P<name>{WORD})(?:['\u2019]s)? chart\b")
_SIGNED = re.compile(
    r"(?i:\bsincerely|\brespectfully(?: submitted)?|\btruly yours|\bregards"
    r"|\bforegoing is true(?: and correct)?)[.,]*\s+"
    rf"(?P<name>{_NAME})(?=[ \t]*(?:[,\n]|$))"
)
_INITIALED = re.compile(r"(?i)\binitials:[ \t]*(?P<name>(?!(?:yes|no|see|n/a)\b)[a-z]{2,3})\b")
_A_FIELD = re.compile(
    r"(?i)\b(?:medicine|surg\w+|therap\w+|management|psych\w+|rehab\w*|compensation|care|pain|ortho\w*"
    r"|neuro\w*|radiolog\w*|emergency|urgent|primary|social|board|unit|office|team|staff|service\w*)\b"
)
"""Fields and offices have capitals too: `seen by Pain Management`."""
_KINDS_OF_HOUSES = (
    "Clinic",
    "Hospital",
    "Medical Group|Medical Center|Medical Associates|Medical Review",
    "Pharmacy|Apothecary|Drug|Rx",
    "Imaging|Radiology|MRI Center",
    "Toxicology|Laboratory|Laboratories|Clinical Lab|Labs?|Analytical",
    "Orthop(?:a)?edics?(?: Associates)?|Orthopedic Associates|Surgery Center|Injury Center",
    "Rehab(?:ilitation)?(?: Center)?|Physical Therapy|Occupational Therapy|PT",
    "Occupational Health|Occupational Clinic|Industrial Medicine",
    "Pain Management|Pain Clinic|Pain Center|Interventional Pain|Spine and Pain",
    "Health Center|Health System|Health Services|Health Network",
    "Indemnity|Insurance(?: Company| Co| Fund| Services)?|Mutual|TPA|Risk Services|Comp Services",
    "Claims(?: Management| Services)?|Adjusting",
    "Review Group|Review Associates|Review Services|Utilization Management|Physician Review|UR",
    "Law(?: Firm| Group| Offices?)?|LLP|APC",
    "Reporters|Reporting(?: Services?)?",
    "Inc|LLC|Corp(?:oration)?|Company|Co|PC|School District|Transit District",
)
_NO_HOUSE = re.compile(
    r"(?i)(?:American )?Board of|Urine Drug|(?:Physical )?Medicine (?:and|&) Rehab|New Rx"
    r"|Pain M(?:anagement|edicine)\b|No Rx|Same Rx"
)
"""Specialties and orders that look like a house."""
_IN_COLUMN = re.compile(r"(?<=  )(?P<name>[A-Z][A-Z'-]{2,} [A-Z])(?=  |\n|$)")
"""A prescriber in a column of a ledger: `OKONKWO D`."""
_OF_A_HOUSE = r"[A-Z](?:[\w'&-]|\.(?! )|(?<=\b\w)\.|(?<=\b\w\w)\.)*+"
"""A point ends a sentence (`Spine. Physical Therapy`), but for one after two letters (`St.`)."""
_JOINED = r"(?:(?:and|of|the|&|In|AND|OF) )"


def _house(kinds: str) -> re.Pattern[str]:
    words = rf"(?<![\w'&.-])(?P<name>(?:{_OF_A_HOUSE} {_JOINED}*){{1,5}}?(?P<kind>{kinds}))"
    behind = (
        rf"(?P<tail>(?: (?:of|OF|at|AT) (?:(?:the|THE) )?{_OF_A_HOUSE}(?: {_OF_A_HOUSE}){{0,2}})?)"
    )
    return re.compile((words + rf"\b\.?{behind}").replace(" ", r"[ ]"))


_HOUSE = _house("|".join(_KINDS_OF_HOUSES))
_HOUSE_IN_CAPITALS = _house(
    re.sub(r"(?<!\\)[a-z]", lambda one: one.group().upper(), "|".join(_KINDS_OF_HOUSES))
)
_INSURERS = re.compile(r"(?i)Indemnity|Insur|Mutual|Claims|Adjusting|TPA|Risk|Comp ")
_FIRMS = re.compile(r"(?i)Review|Report|Utilization|\bUR\b|Law|LLP|APC")
_EMPLOYERS = re.compile(r"(?i)^(?:Inc|LLC|Corp|Company|Co|School|Transit|PC)")
# fmt: off
_STOP = frozenset((
    "administrator", "application", "case", "first", "management", "manager", "practitioner",
    "report", "work", "daily", "notes", "rejected", "request", "all", "ame",
    "and", "any", "april", "assessment", "august", "california",
    "cervical", "claims", "co", "compensation", "date", "dear", "december", "department",
    "diagnosis", "division", "dob", "doctor", "doi", "dr", "emg", "employee", "exam", "february",
    "for", "friday", "he", "her", "his", "history", "imr", "in", "inc", "independent", "is",
    "it", "january", "july", "june", "left", "llc", "lumbar", "march", "may", "medical",
    "monday", "mr", "mri", "mrs", "ms", "ncs", "no", "not", "november", "occupational",
    "october", "of", "on", "or", "our", "page", "pain", "patient", "per", "physical", "plan",
    "please", "pr", "prescription", "present", "qme", "review", "rfa", "right", "saturday",
    "september", "she", "state", "sunday", "that", "the", "they", "this", "thursday", "to",
    "tuesday", "uds", "ur", "utilization", "visit", "we", "wednesday", "with", "worker",
    "workers", "yes", "your",
))
# fmt: on
"""Words that open a line or a sentence and are no name."""


def find_names(text: str) -> Iterator[Announced]:
    """Names that a title, a degree or the kind of house gives away.

    >>> text = "Dr. Drinkwater of Del Norte Occupational Health saw her."
    >>> [text[one.start : one.end] for one in find_names(text)]
    ['Drinkwater', 'Del Norte Occupational Health']
    """
    yield from _people(text)
    for pattern in (_HOUSE, _HOUSE_IN_CAPITALS):
        for found in pattern.finditer(text):
            start = found.start() + _lead(text[found.start() : found.start("kind")])
            if start < found.start("kind") and not _NO_HOUSE.match(text, start, found.end()):
                end = found.end("tail") if found["tail"] else found.end("kind")
                yield Announced(_kind_of_house(found["kind"]), start, end)


def _people(text: str) -> Iterator[Announced]:
    for found in _WITH_TITLE.finditer(text):
        if _is_name(found["name"]):
            physician = found["title"].startswith("D")
            kind = IdentifierKind.PHYSICIAN if physician else IdentifierKind.PERSON
            yield Announced(kind, *found.span("name"))
    for found in _WITH_DEGREE.finditer(text):
        start = found.start("name") + _lead(found["name"])
        if _is_name(text[start : found.end("name")]):
            yield Announced(IdentifierKind.PHYSICIAN, start, found.end("name"))
    for pattern in (_BY_ACT, _OF_A_CHART, _SIGNED):
        for found in pattern.finditer(text):
            if is_person(found["name"]):
                yield Announced(IdentifierKind.PERSON, *found.span("name"))
    for found in _INITIALED.finditer(text):
        yield Announced(IdentifierKind.PERSON, *found.span("name"))
    for found in _IN_COLUMN.finditer(text) if "rescriber" in text or "RESCRIBER" in text else ():
        yield Announced(IdentifierKind.PHYSICIAN, *found.span("name"))


def is_person(name: str) -> bool:
    """Whether words may be a person's name: no word that opens a sentence, no field or office."""
    return _is_name(name) and not _A_FIELD.search(name)


def _is_name(name: str) -> bool:
    return not any(word.lower().strip(".,") in _STOP for word in name.split())


def _lead(name: str) -> int:
    """Characters of words before a name that are none: `Signed Naveen Drinkwater`."""
    lead = 0
    for word in re.finditer(r"\S+\s*", name):
        if word.group().strip().lower().strip(".,") not in _STOP | _BEFORE:
            break
        lead = word.end()
    return lead


# fmt: off
_BEFORE = frozenset((
    "signed", "by", "provider", "physician", "reviewer", "therapist", "electronically",
    "attending",
))
# fmt: on


def _kind_of_house(kind: str) -> IdentifierKind:
    if _INSURERS.search(kind):
        return IdentifierKind.INSURER
    if _FIRMS.search(kind):
        return IdentifierKind.FIRM
    return IdentifierKind.EMPLOYER if _EMPLOYERS.match(kind) else IdentifierKind.FACILITY


_LAST_FIRST = re.compile(r"[A-Z][A-Z'-]{2,}(?: [A-Z][A-Z'-]+)? [A-Z]")
_GENERATION = re.compile(r"[ ,]+(?:Jr|JR|Sr|SR|II|III|IV)\b\.?")
_PARTICLES_BEFORE = re.compile(rf"(?<!\S){PARTICLES}+(?=\S+$)")
_DEGREE_AT_END = re.compile(rf"[ \t]*,?[ \t]*\b(?:{DEGREE})\.?$")


def parts_of(name: str) -> tuple[str, str]:
    """First names and last name of a person, however it is written; the first may be empty.

    >>> parts_of("Delacroix, Quyen P."), parts_of("Naveen Drinkwater, DO")
    (('Quyen', 'Delacroix'), ('Naveen', 'Drinkwater'))
    """
    plain = _DEGREE_AT_END.sub("", " ".join(name.split())).strip(" ,.")
    plain = _GENERATION.sub("", plain)
    if "," in plain:
        last, _, first = plain.partition(",")
    elif _LAST_FIRST.fullmatch(plain):
        last, _, first = plain.partition(" ")
    elif particles := _PARTICLES_BEFORE.search(plain):
        first, last = plain[: particles.start()], plain[particles.start() :]
    else:
        first, _, last = plain.rpartition(" ")
    firsts = [word for word in first.split() if len(word.strip(".")) > 1]
    initial = first.strip() if _LAST_FIRST.fullmatch(plain) else ""
    return (firsts[0] if firsts else initial), last.strip()


def spellings(name: str, *, is_person: bool) -> Iterator[str]:
    """Patterns for every way to write a known name, the longest first."""
    if not is_person:
        yield f"(?i:{_BETWEEN.join(map(re.escape, name.split()))})"
        return
    first, last = parts_of(name)
    is_weak = len(last) < _SHORTEST or last.lower() in _STOP
    if len(last) < _INITIALS:
        return
    surname = r"\s+".join(map(re.escape, last.split()))
    if first:
        given, initial = re.escape(first), re.escape(first[0])
        middle = r"(?:\s+[A-Z](?:\b\.?|[\w'-]+)){0,2}?"
        yield rf"(?i:{given}){middle}\s+(?i:{surname})"
        yield rf"(?i:{surname})(?:\s*,\s*|\s+)(?i:{given})(?:\s+[A-Z]\b\.?)?"
        yield rf"{initial.upper()}\.?{middle}\s+(?i:{surname})"
        yield rf"(?i:{surname})\s*,?\s+{initial.upper()}\b\.?(?!\w)"
    if is_weak:
        yield f"{_AFTER_A_TITLE}(?:{surname.title()}|{surname.upper()})"
        return
    alone = rf"(?i:{surname})" if len(last) >= _SURE else f"{surname.title()}|{surname.upper()}"
    yield rf"(?:[A-Z]\.\s*){{0,2}}(?:{alone})"


_SURE = 6
"""Letters from which a last name is no other word, however it is written."""
_BETWEEN = r"[ .,]*[\s,.]+"
"""Between the words of a house: `Iron Gate Foundry, Inc`, over a line's end."""
_AFTER_A_TITLE = r"(?:(?<=\bDr\. )|(?<=\bMr\. )|(?<=\bMs\. )|(?<=\bMrs\. )|(?<=\bMr )|(?<=\bMs ))"
_SHORTEST = 3
_INITIALS = 2


def initials_of(name: str) -> re.Pattern[str] | None:
    """Where the initials of a known person stand as a signature; None without a first name.

    At the end of a line behind a gap, before a degree, or after `initials:`: two letters elsewhere
    are too often something else.
    """
    first, last = parts_of(name)
    if not first or not last:
        return None
    two = f"{first[0]}{last[0]}".upper()
    if two in _NO_INITIALS:
        return None
    signs = rf"\binitials:[ \t]*(?P<after>(?i:{two}))\b"
    return re.compile(
        rf"{signs}|(?<![\w])(?P<alone>{two})(?=,[ \t]*(?:{DEGREE})\b|(?<=   ..)[ \t]*(?:\n|$))"
    )


_NO_INITIALS = frozenset({"PT", "OT", "MD", "DO", "DC", "PA", "NP", "RN", "MA", "ER", "PM", "AM"})
"""Degrees and times of day that stand in the same places."""
