"""Which release and dose form is meant: `Voltaren gel`, `tramadol 150 ER`, `naproxen 550`."""

from __future__ import annotations

from openimr.extract.medications_grammar import Details
from openimr.extract.medications_names import Mention
from openimr.model.drug import Drug, Formulary

PARENTERAL = frozenset({"im", "iv"})
"""Routes by which a drug is given to the patient by others."""
_LONG = frozenset({"ER", "CR", "SR", "XR", "XL", "LA"})


def resolve(mention: Mention, details: Details, formulary: Formulary) -> Drug:
    """The drug of the same ingredients that name, form, unit and strength fit best.

    The drug named stays unless something written speaks for another form of it.
    """
    family = formulary.family(mention.drug)
    if len(family) == 1:
        return mention.drug
    return max(family, key=lambda drug: _fit(drug, mention, details))


def _fit(drug: Drug, mention: Mention, details: Details) -> int:
    fit = 3 if drug is mention.drug else 0
    if mention.long_acting is not None:
        fit += 4 if _is_long_acting(drug) == mention.long_acting else -2
    if details.form is not None and drug.forms:
        fit += 4 if details.form in drug.forms or _in_forms(details.form, drug) else -3
    if details.unit is not None and drug.strengths:
        fit += _fit_of_unit(drug, details.unit)
    if details.amounts and drug.strengths:
        fit += 2 if _has_strength(drug, details.amounts) else -2
    if details.route in PARENTERAL:
        fit += 4 if "injection" in drug.forms or "injection" in drug.generic else -2
    if details.route in {"sl", "sublingual"} and "SL" in drug.generic:
        fit += 4
    return fit


def _is_long_acting(drug: Drug) -> bool:
    return "er_opioid" in drug.groups or not _LONG.isdisjoint(drug.generic.split())


def _in_forms(form: str, drug: Drug) -> bool:
    return form in drug.generic or any(form in known for known in drug.forms)


def _fit_of_unit(drug: Drug, unit: str) -> int:
    known = {strength.partition(" ")[2] for strength in drug.strengths}
    return 2 if unit in known else -4


def _has_strength(drug: Drug, amounts: tuple[float, ...]) -> bool:
    for strength in drug.strengths:
        figures = tuple(float(part) for part in strength.partition(" ")[0].split("/"))
        if figures == amounts or (len(amounts) == 1 and figures[0] == amounts[0]):
            return True
    return False
