"""What follows a drug's name: strength, form, directions, quantity, refills, days' supply."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openimr.extract.medications_directions import read_directions, units_a_day
from openimr.extract.medications_strength import (
    AMOUNT,
    INTO_BEFORE,
    INTO_VEIN_OR_MUSCLE,
    Slate,
    figures,
    in_words,
    known_strengths,
    plain,
    read_strength,
    unit,
)
from openimr.extract.medications_supply import read_column, read_days, read_quantity, read_refills
from openimr.model.drug import Drug
from openimr.model.sig import Sig

_DAILY_AMOUNT = re.compile(
    rf"(?P<n>{AMOUNT})\s*(?P<unit>mg|mcg|g|gm|grams?)\s*(?:(?:a|per|/|each)\s*(?:day|d\b|24\s*h)"
    rf"|total\s+daily|daily\s+(?:dose|total))",
    re.IGNORECASE,
)
_OCR_DIGITS = re.compile(r"(?<![\w#])[\dOoIlSsB|]{1,3}\s?/\s?[\dOoIlSsB|]{3}(?![\w/])")
_OCR_TABLE = str.maketrans("OoIlSsB|", "00115581")
_FORM = re.compile(
    r"\b(?:(?P<tablet>tab(?:let)?s?|tb)|(?P<capsule>cap(?:sule)?s?|cp)|(?P<patch>patch(?:es)?"
    r"|ptch|(?:td|transdermal)\s+system)"
    r"|(?P<cream>cream|crm)|(?P<gel>gel)|(?P<ointment>ointment|oint)|(?P<lotion>lotion)"
    r"|(?P<film>film)"
    r"|(?P<solution>solution|soln|elixir|syrup|oral\s+liquid|suspension)|(?P<lozenge>lozenges?"
    r"|lollipops?)"
    r"|(?P<spray>(?:nasal\s+)?spray)|(?P<injection>injections?|inj|shots?)"
    r"|(?P<suppository>suppositor(?:y|ies)|supp)"
    r"|(?P<inhaler>inhalers?|mdi|hfa|diskus)|(?P<drops>drops|gtts?)|(?P<powder>powder|packets?)"
    r"|(?P<pump>intrathecal|pump)"
    r"|(?P<pack>dose?\s?pac?k|pak|pack))\b\.?",
    re.IGNORECASE,
)
_STRANGER = re.compile(
    rf"[,;.\n]\s*(?:and\s+"
    rf"|\d{{1,2}}[.)]\s+)?(?P<word>[A-Za-z][A-Za-z-]{{3,}})\s+(?:{AMOUNT})\s*(?:mg|mcg|units|%"
    rf"|meq)(?![a-z])",
    re.IGNORECASE,
)
_NO_STRANGER = re.compile(
    r"(?:tab(?:let)?s?|cap(?:sule)?s?|patch(?:es)?|take[ns]?|taking|total|max(?:imum)?|dose"
    r"|doses?|daily|each|every|about|approximately|only|then|using|uses|increase[ds]?|"
    r"decrease[ds]?|reduced?|from|with|strength|currently|generic|brand|release|extended|gel"
    r"|cream|ointment|lotion|dispense[d]?|refill|apply|nightly|titrate[d]?|also|plus)",
    re.IGNORECASE,
)
_MONTH = 30
_PARENTERAL = re.compile(
    rf"[\W\d]{{0,8}}(?:(?:mg|mcg|cc|ml|units?)\W{{0,3}})?{INTO_VEIN_OR_MUSCLE}", re.IGNORECASE
)
"""`Fentanyl 50 mcg IV`: a route without further directions."""
_INTO_A_VEIN = "iv"
_OF_A_TUBE = frozenset({"g", "ml"})
"""Units that measure a tube or bottle, unless the drug's strengths are in them."""


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
    route: str | None = None
    """The route of the directions, or one that stands alone beside the dose."""
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
    slate, forms = Slate(_mend_ocr(_own(tail))), (drug, *family)
    daily, refills, days = slate.search(_DAILY_AMOUNT), read_refills(slate), read_days(slate)
    amounts, of_unit = read_strength(slate, head, forms)
    if daily and not amounts and figures(daily["n"]) in known_strengths(forms):
        amounts, of_unit = figures(daily["n"]), unit(daily["unit"])
    quantity, is_monthly = read_quantity(slate, head)
    if _is_of_a_tube(of_unit, drug):
        quantity, amounts, of_unit = quantity or amounts[0], (), None
    form, sig = _form(slate, name), read_directions(slate, head)
    if quantity is None:
        quantity = read_column(slate, tail)
    return Details(
        end=slate.end,
        strength=in_words(amounts, of_unit),
        amounts=amounts,
        unit=of_unit,
        form=form,
        sig=sig,
        route=_route(sig, tail, head),
        per_day=units_a_day(sig),
        dose=_dose(daily, sig),
        quantity=quantity,
        refills=refills,
        days_supply=days or (sig.days if sig else None) or (_MONTH if is_monthly else None),
        tail=tail,
        rest=slate.text + tail[len(slate.text) :],
    )


def _route(sig: Sig | None, tail: str, head: str) -> str | None:
    """The route of the directions, else one beside the name; sedation goes into a vein."""
    if sig is not None and sig.route:
        return sig.route
    found = _PARENTERAL.match(tail) or INTO_BEFORE.search(head)
    return None if found is None else found.lastgroup or _INTO_A_VEIN


def _is_of_a_tube(of_unit: str | None, drug: Drug) -> bool:
    """Whether a figure is what a tube holds (`100 gm`) and no strength of the drug."""
    known = {strength.partition(" ")[2] for strength in drug.strengths}
    return of_unit in _OF_A_TUBE and of_unit not in known


def _form(slate: Slate, name: str) -> str | None:
    found = _FORM.search(slate.text)
    if found is not None:
        slate.end = max(slate.end, found.end())
        return found.lastgroup
    in_name = _FORM.search(name)
    return in_name.lastgroup if in_name else None


def _dose(daily: re.Match[str] | None, sig: Sig | None) -> str | None:
    """What is taken at once, or the amount of a day where only that is written."""
    if daily is not None:
        return f"{daily['n']} {unit(daily['unit'])}/day"
    if sig is None or not sig.units_stated:
        return None
    return plain(sig.units_per_dose) + (f" {sig.unit}" if sig.unit else "")


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
