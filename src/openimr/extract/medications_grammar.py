"""What follows a drug's name: strength, form, directions, quantity, refills, days' supply.

Everything works on a copy of the text of the same length, in which what is read is blanked out, so
that `10/325` is not read as a dose nor `#120` as a frequency and all offsets stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from openimr.model.drug import Drug
from openimr.model.numbers import NUMBER, number
from openimr.model.sig import Sig, parse_sig

_AMOUNT = r"\d+(?:,\d{3})+|\d*\.?\d+"
_UNIT = r"mg|mgs|milligrams?|mcg|[µu]g|micrograms?|gms?|grams?|g|%|percent|units?|iu|meq|meqs"
_PER = r"(?:\s*(?:/|per)\s*(?:(?P<per>hr|h|hour|24\s*h(?:ou)?rs?)\b|\d*\.?\d*\s*ml\b))?"
_STRENGTH = re.compile(
    rf"(?<![\d#/.$])(?P<n>(?:{_AMOUNT})(?:\s*(?:{_UNIT})?\s*[/-]\s*(?:{_AMOUNT})){{0,3}})"
    rf"\s*-?\s*(?P<unit>{_UNIT})(?![a-z]){_PER}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\d#/.$])(?P<n>(?:{_AMOUNT})(?:\s*[/-]\s*(?:{_AMOUNT})){{0,3}})(?![\d/])(?!\s*%)(?!\.\d)"
)
_DAILY_AMOUNT = re.compile(
    rf"(?P<n>{_AMOUNT})\s*(?P<unit>mg|mcg|g|gm|grams?)\s*(?:(?:a|per|/|each)\s*(?:day|d\b|24\s*h)|total\s+daily|daily\s+(?:dose|total))",
    re.IGNORECASE,
)
_OCR_DIGITS = re.compile(r"(?<![\w#])[\dOoIlSsB|]{1,3}\s?/\s?[\dOoIlSsB|]{3}(?![\w/])")
_OCR_TABLE = str.maketrans("OoIlSsB|", "00115581")
_FORM = re.compile(
    r"\b(?:(?P<tablet>tab(?:let)?s?|tb)|(?P<capsule>cap(?:sule)?s?|cp)|(?P<patch>patch(?:es)?|ptch|(?:td|transdermal)\s+system)"
    r"|(?P<cream>cream|crm)|(?P<gel>gel)|(?P<ointment>ointment|oint)|(?P<lotion>lotion)|(?P<film>film)"
    r"|(?P<solution>solution|soln|elixir|syrup|oral\s+liquid|suspension)|(?P<lozenge>lozenges?|lollipops?)"
    r"|(?P<spray>(?:nasal\s+)?spray)|(?P<injection>injections?|inj|shots?)|(?P<suppository>suppositor(?:y|ies)|supp)"
    r"|(?P<inhaler>inhalers?|mdi|hfa|diskus)|(?P<drops>drops|gtts?)|(?P<powder>powder|packets?)|(?P<pump>intrathecal|pump)"
    r"|(?P<pack>dose?\s?pac?k|pak|pack))\b\.?",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"(?:(?:\bqty\.?|\bquantity(?:\s+of)?|\bqnty|\bdisp(?:ense)?d?\b\.?(?:\s+quantity)?|\bdispensing|\bno\.|\bnumber|\bct\.?\s*:|\bamount)\s*[:=#]*\s*"
    rf"(?P<labelled>{NUMBER})(?:\s*\(\d+\))?"
    r"|#\s?(?P<hash>\d{1,4})(?![\d/.]\d|\)|\d)"
    rf"|\b(?P<counted>{NUMBER})\s*(?:\(\w+\)\s*)?(?:count\b|ct\b|(?:tab(?:let)?s|cap(?:sule)?s|pills|patches|boxes|box|tubes?|bottles?|lozenges|films|packs?)\b))"
    r"(?:\s*(?:tab(?:let)?s?|cap(?:sule)?s?|pills?|patch(?:es)?|boxes|box|tubes?|bottles?|units?|films?|gm|g)\b\.?)?"
    r"(?P<monthly>\s*(?:/|per|a|each)\s*(?:mo(?:nth)?\b|30\s*days?)|\s+monthly\b)?",
    re.IGNORECASE,
)
_MONTHLY_COUNT = re.compile(rf"\b(?P<n>{NUMBER})\s*(?:/|per|a|each)\s*mo(?:nth)?\b", re.IGNORECASE)
_COLUMN_QUANTITY = re.compile(r"(?<=\s{2})(?P<n>\d{1,4})(?=\s{2,}|\s*$)")
_NOT_A_TOTAL = re.compile(
    rf"^\s*(?:po\b|p\.o|by\s+mouth|orally|q\s?\d|q[dh]|every|each|daily|a\s+day|per\s+day|/\s*d|at\b|bid|tid|qid|b\.i|t\.i|once|twice|{NUMBER}\s+times|total\b|max|in\s+the|as\s+needed|prn|in\s+24|before)",
    re.IGNORECASE,
)
_REFILLS = re.compile(
    rf"(?:(?P<before>(?<![#\d]){NUMBER}|\bno\b|\bzero\b)\s*(?:additional\s+|more\s+)?(?:refills?|r\.?f\.?s?)\b(?!\s*[:x]?\s*\d)"
    rf"|\b(?:refills?|r\.?f\.?s?|rfl)\b\s*[:=x#*-]*\s*(?P<after>\d{{1,2}}(?![\d/])|none\b|zero\b|no\b)"
    r"|\bx\s*(?P<times>\d{1,2})\s*(?:refills?|rf)\b)",
    re.IGNORECASE,
)
_SUPPLY = re.compile(
    rf"(?:(?P<days>{NUMBER})[\s-]*days?['’]?s?\s*(?:supply|ds\b)|\b(?P<months>{NUMBER})[\s-]*months?['’]?\s*supply"
    r"|\bds\s*[:=]?\s*(?P<ds>\d{1,3})\b|(?P<ds_before>\d{1,3})\s*ds\b|\bfor\s+(?P<for>30|60|90)\s*days\b)",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(
    rf"(?P<n>{NUMBER}(?:\s*(?:-|–|to|or)\s*{NUMBER})?)\s*(?P<of>(?:tabs?|tablets?|pills?|caps?|capsules?)?\s*(?:of\s+)?)$",
    re.IGNORECASE,
)  # noqa: RUF001 - records use the dash
_QUANTITY_BEFORE = re.compile(r"#\s?(?P<n>\d{1,4})\s*(?:of\s+|x\s*)?$")
_STRENGTH_BEFORE = re.compile(
    rf"(?<![\d/])(?P<n>(?:{_AMOUNT})(?:/{_AMOUNT}){{0,3}})\s*(?P<unit>mg|mcg|%)\s*(?:of\s+)?$",
    re.IGNORECASE,
)
_PER_DAY_AFTER = re.compile(
    r"^s?\s*(?:tabs?|tablets?|pills?)?\s*(?:(?:a|per|/|each)\s*(?:day|d\b|24)|daily|every\s+day|at\s+(?:night|bedtime)|qhs|nightly)",
    re.IGNORECASE,
)
_NIGHTLY = re.compile(
    r"\b(?:every|each|q|at|some|most)\s+nites?\b|\bnitely\b|\b(?:some|most)\s+nights\b",
    re.IGNORECASE,
)
_OFTEN_UNMEASURED = re.compile(
    r"\b(?:sparingly|rarely|occasional(?:ly)?|sometimes|intermittent(?:ly)?|some\s+ni(?:te|ght)s)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z'-]+")
_NO_FREQUENCY = re.compile(
    r"\s*(?:activit|living|life\b|function|exercise|routine|chores|headaches?\b|pain\b(?=\s+(?:level|score|is|was)))",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"(?:helps?|helped|reduc\w+|improv\w+|allow\w*|caus\w+|gives?|gave|reliev\w+|decreas\w+|increas\w+|pain|sleep\w*|work\w*|"
    r"because|due|which|but|therapy|exercis\w+|walk\w*|smok\w+|alcohol|return\w*|follow\w*|visits?|sessions?)",
    re.IGNORECASE,
)
_SIG_REACH = 7
_STRANGER = re.compile(
    rf"[,;.\n]\s*(?:and\s+|\d{{1,2}}[.)]\s+)?(?P<word>[A-Za-z][A-Za-z-]{{3,}})\s+(?:{_AMOUNT})\s*(?:mg|mcg|units|%|meq)(?![a-z])",
    re.IGNORECASE,
)
_NO_STRANGER = re.compile(
    r"(?:tab(?:let)?s?|cap(?:sule)?s?|patch(?:es)?|take[ns]?|taking|total|max(?:imum)?|dose|doses?|daily|each|every|about|approximately|only|then|using|uses|increase[ds]?|"
    r"decrease[ds]?|reduced?|from|with|strength|currently|generic|brand|release|extended|gel|cream|ointment|lotion|dispense[d]?|refill|apply|nightly|titrate[d]?|also|plus)",
    re.IGNORECASE,
)
_PACKAGE = re.compile(r"box|tube|bottle|patch|pack|lozenge|film", re.IGNORECASE)
_RATIO = re.compile(rf"(?<![\d/#])(?:{_AMOUNT})(?:\s*[/-]\s*(?:{_AMOUNT})){{1,3}}(?![\d/])")
_RATIO_REACH = 60
_CHANGED_TO = re.compile(
    r"\b(?:was|is|were|to\s+be|been)?\s*(?:(?:in|de)creased|reduced|tapered|lowered|cut|raised|changed)\s+(?:back\s+|down\s+|up\s+)?to\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\bfrom\s+{NUMBER}(?:\s*(?:tabs?|tablets?|pills?|/|per|a)\s*(?:day|d)?)?\s+(?=(?:down\s+)?to\s+{NUMBER})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a statement says of a drug besides naming it."""

    end: int
    """Where the last thing read ends."""
    strength: str | None = None
    amounts: tuple[float, ...] = ()
    unit: str | None = None
    form: str | None = None
    sig: Sig | None = None
    per_day: float | None = None
    dose: str | None = None
    quantity: float | None = None
    refills: int | None = None
    days_supply: int | None = None
    tail: str = field(default="", repr=False)
    """The text after the name."""
    rest: str = field(default="", repr=False)
    """The text after the name with everything read blanked out."""

    @property
    def is_dosed(self) -> bool:
        """Whether a strength, directions or a quantity are given."""
        return self.sig is not None or self.quantity is not None or self.strength is not None


class _Slate:
    """A copy of the text in which what is read is blanked."""

    def __init__(self, text: str) -> None:
        self.text = re.sub(r"[|\n\t\r\xa0]", " ", text)
        self.end = 0

    def take(self, found: re.Match[str]) -> re.Match[str]:
        start, end = found.span()
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]
        self.end = max(self.end, start + len(found.group().rstrip()))
        return found

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        return self.take(found) if found else None


def read_details(
    tail: str, head: str, drug: Drug, family: tuple[Drug, ...] = (), *, name: str = ""
) -> Details:
    """Read what stands after (`tail`) and directly before (`head`) a drug's name.

    A number without a unit is a strength if the drug, or another form of its `family`, has it; the
    `name` as written may hold the form (`Voltaren gel`).

    >>> from openimr.model.drug import Drug
    >>> norco = Drug(generic="hydrocodone/acetaminophen", strengths=("10/325 mg",))
    >>> details = read_details(" 10/325 1 po q4-6h prn #150", "", norco)
    >>> details.strength, details.quantity, details.per_day
    ('10/325 mg', 150.0, 6.0)
    """
    slate = _Slate(_mend_ocr(_own(tail)))
    daily = slate.search(_DAILY_AMOUNT)
    refills = _refills(slate)
    supply = slate.search(_SUPPLY)
    amounts, unit = _strength(slate, head, (drug, *family))
    if daily and not amounts and _amounts(daily["n"]) in _known_strengths((drug, *family)):
        amounts, unit = _amounts(daily["n"]), _unit(daily["unit"], per=None)
    quantity, monthly = _quantity(slate, head)
    form_found = _FORM.search(slate.text)
    in_name = form_found or _FORM.search(name)
    form = in_name.lastgroup if in_name else None
    sig = _sig(slate, head, drug)
    if form_found:
        slate.end = max(slate.end, form_found.end())
    if quantity is None and (column := _COLUMN_QUANTITY.search(slate.text)):
        quantity = float(slate.take(column)["n"])
    days = _days(supply, sig, monthly=monthly)
    dose = None
    if daily:
        dose = f"{daily['n']} {daily['unit'].lower()}/day"
    elif sig is not None and sig.units_stated:
        dose = _plain(sig.units_per_dose) + (f" {sig.unit}" if sig.unit else "")
    return Details(
        end=slate.end,
        strength=_written(amounts, unit),
        amounts=amounts,
        unit=unit,
        form=form,
        sig=sig,
        per_day=_per_day(sig),
        dose=dose,
        quantity=quantity,
        refills=refills,
        days_supply=days,
        tail=tail,
        rest=slate.text + tail[len(slate.text) :],
    )


def _own(tail: str) -> str:
    """The tail up to a word that is followed by a strength: a drug that the formulary lacks.

    >>> _own(" patch TTS 3, Prograf 5 mg po bid")
    ' patch TTS 3'
    """
    for found in _STRANGER.finditer(tail):
        if not _NO_STRANGER.fullmatch(found["word"]):
            return tail[: found.start()]
    return tail


def _mend_ocr(text: str) -> str:
    """Letters that OCR put for digits in a combination's strength: `1O/32S`."""
    return _OCR_DIGITS.sub(lambda found: found.group().translate(_OCR_TABLE), text)


def _strength(
    slate: _Slate, head: str, family: tuple[Drug, ...]
) -> tuple[tuple[float, ...], str | None]:
    known = _known_strengths(family)
    found = _STRENGTH.search(slate.text)
    bare = _BARE.match(slate.text, len(slate.text) - len(slate.text.lstrip(" -,(")))
    if bare and (found is None or bare.start() < found.start()):
        amounts = _amounts(bare["n"])
        if _is_known(amounts, known, slate.text[bare.end() :]):
            slate.take(bare)
            return amounts, _default_unit(family)
    if found is not None:
        slate.take(found)
        unit = _unit(found["unit"], per=found["per"])
        if unit == "mcg" and _default_unit(family) == "mcg/hr":
            unit = "mcg/hr"
        return _amounts(found["n"]), unit
    for ratio in _RATIO.finditer(slate.text[:_RATIO_REACH]):
        if _amounts(ratio.group()) in known:
            slate.take(ratio)
            return _amounts(ratio.group()), _default_unit(family)
    if before := _STRENGTH_BEFORE.search(head):
        return _amounts(before["n"]), _unit(before["unit"], per=None)
    return (), None


def _known_strengths(family: tuple[Drug, ...]) -> frozenset[tuple[float, ...]]:
    return frozenset(
        _amounts(strength.partition(" ")[0]) for drug in family for strength in drug.strengths
    )


def _is_known(amounts: tuple[float, ...], known: frozenset[tuple[float, ...]], after: str) -> bool:
    """Whether a number without a unit is a strength of this drug and not a count of units."""
    if len(amounts) > 1:
        return len(amounts) == max((len(parts) for parts in known), default=0) or amounts in known
    value = amounts[0]
    if not any(parts[0] == value for parts in known):
        return False
    counts = re.match(
        r"\s*(?:po\b|p\.o|tab|cap|pill|patch|by\s+mouth|a\s+day|per\s+day|/\s*d|x\b|times|or\b|to\b|-\s*\d|refill|rf\b)",
        after,
        re.IGNORECASE,
    )
    return counts is None or value > 10  # noqa: PLR2004 - nobody takes more than ten at once


def _amounts(text: str) -> tuple[float, ...]:
    return tuple(float(part.replace(",", "")) for part in re.findall(_AMOUNT, text))


def _unit(text: str, *, per: str | None) -> str:
    unit = text.lower()
    unit = {"mgs": "mg", "milligram": "mg", "milligrams": "mg", "ug": "mcg", "µg": "mcg"}.get(
        unit, unit
    )
    unit = (
        "mcg"
        if unit.startswith("microgram")
        else "g"
        if unit in {"gm", "gms", "gram", "grams"}
        else unit
    )
    unit = "%" if unit == "percent" else unit
    return f"{unit}/hr" if per and per.lower().startswith("h") else unit


def _default_unit(family: tuple[Drug, ...]) -> str | None:
    """The unit of the drug named, if all its strengths have one."""
    units = {strength.partition(" ")[2] for strength in family[0].strengths}
    return units.pop() if len(units) == 1 else None


def _written(amounts: tuple[float, ...], unit: str | None) -> str | None:
    if not amounts:
        return None
    figures = "/".join(_plain(amount) for amount in amounts)
    return f"{figures} {unit}" if unit else figures


def _plain(value: float) -> str:
    return f"{value:g}" if value < 1e6 else str(int(value))  # noqa: PLR2004


def _refills(slate: _Slate) -> int | None:
    found = slate.search(_REFILLS)
    if found is None:
        return None
    text = (found["before"] or found["after"] or found["times"]).lower()
    if text in {"no", "none", "zero"}:
        return 0
    value = number(text)
    return None if value is None else int(value)


def _quantity(slate: _Slate, head: str) -> tuple[float | None, bool]:
    for found in _QUANTITY.finditer(slate.text):
        text = found["labelled"] or found["hash"] or found["counted"]
        value = number(text)
        if value is None:
            continue
        if found["counted"] and not found["monthly"]:
            if _NOT_A_TOTAL.match(slate.text[found.end() :]) or _is_few(found.group(), value):
                continue
        slate.take(found)
        return value, found["monthly"] is not None
    if found := _QUANTITY_BEFORE.search(head):
        return float(found["n"]), False
    if monthly := slate.search(_MONTHLY_COUNT):
        return number(monthly["n"]), True
    return None, False


def _is_few(words: str, value: float) -> bool:
    """Whether a count is of units taken (`after three tablets`) and not of units supplied."""
    return value < 10 and not _PACKAGE.search(words)  # noqa: PLR2004 - nobody is given fewer


def _sig(slate: _Slate, head: str, drug: Drug) -> Sig | None:
    if (count := _COUNT_BEFORE.search(head)) and (after := _PER_DAY_AFTER.match(slate.text)):
        slate.take(after)
        words = after.group().lstrip("sS").strip()
        return parse_sig(f"{count['n']} {words}")
    text = _NIGHTLY.sub(lambda found: "qhs".rjust(len(found.group())), slate.text)
    text = _FROM_TO.sub(lambda found: " " * len(found.group()), text)
    sig = parse_sig(text)
    if sig is None or not _belongs(text, sig):
        return None
    if text[sig.start : sig.end] != slate.text[sig.start : sig.end]:
        sig = replace(sig, frequency=slate.text[sig.start : sig.end].strip())
    blank = " " * (sig.end - sig.start)
    slate.text = slate.text[: sig.start] + blank + slate.text[sig.end :]
    slate.end = max(slate.end, sig.end)
    return sig


def _belongs(text: str, sig: Sig) -> bool:
    """Whether directions are the drug's own, not of a clause further on (`helps daily activities`)."""
    if _NO_FREQUENCY.match(text, sig.end):
        return False
    words = _WORDS.findall(_CHANGED_TO.sub(" ", text[: sig.start]))
    return len(words) <= _SIG_REACH and not any(_OTHER_CLAUSE.fullmatch(word) for word in words)


def _per_day(sig: Sig | None) -> float | None:
    if sig is None:
        return None
    measured = sig.unit is not None and re.fullmatch(r"m[lL]|cc|gm?s?|grams?|mg|mcg", sig.unit)
    if measured:
        return sig.doses_per_day
    return None if sig.per_day is None else round(sig.per_day, 4)


def _days(supply: re.Match[str] | None, sig: Sig | None, *, monthly: bool) -> int | None:
    if supply is not None:
        days = supply["days"] or supply["ds"] or supply["ds_before"] or supply["for"]
        value = number(days) if days else (number(supply["months"]) or 0) * 30
        return int(value) if value else None
    if sig is not None and sig.days is not None:
        return sig.days
    return 30 if monthly else None
