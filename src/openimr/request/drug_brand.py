"""The brand that a line writes for a drug."""

from __future__ import annotations

from openimr.request.lexis import DrugName, Lexis
from openimr.request.words import Hit


def same_drug(hit: Hit[DrugName], first: Hit[DrugName]) -> bool:
    """Whether two names mean one drug: `diazepam (Valium)`."""
    one, other = hit.value, first.value
    return one.drug is other.drug or (one.family is not None and one.family == other.family)


def read_brand(line: str, hits: list[Hit[DrugName]], lexis: Lexis) -> str | None:
    """The brand as written; in the formulary's spelling where the line is all of one case."""
    for hit in hits:
        written = line[hit.start : hit.end] if same_drug(hit, hits[0]) else ""
        name: DrugName | None = hit.value
        while written:
            brand = name is not None and name.brand
            if name and brand and name.drug.generic.casefold() != written.casefold():
                return _spelled(name, written, lexis)
            # `Narcan nasal spray`, `Oxycontin ER`: the brand is the part that is one alone.
            written = written.rpartition(" ")[0]
            name = lexis.drugs.get(written)
    return _brand_without_form(line, hits[0], lexis)


def _brand_without_form(line: str, hit: Hit[DrugName], lexis: Lexis) -> str | None:
    """`Terocin patches` and `Medrol 4 mg dose pack` name `Terocin patch` and `Medrol Dosepak`."""
    written = _bare(line[hit.start : hit.end], lexis)
    for brand in hit.value.drug.brands:
        if _bare(brand, lexis).casefold() == written.casefold():
            plain = written.isupper() or written.islower()
            return _bare(brand, lexis) if plain else written
    return None


def _bare(name: str, lexis: Lexis) -> str:
    """A product's name without the dose form at its end."""
    head, _, last = name.rpartition(" ")
    return head if head and lexis.forms.get(last) else name


def _spelled(name: DrugName, written: str, lexis: Lexis) -> str | None:
    known = next((b for b in name.drug.brands if b.casefold() == written.casefold()), written)
    head, _, last = known.rpartition(" ")
    if head and last in lexis.vocabulary.drug_words.forms:
        # `Terocin patch`: the form is not part of the brand; in `Voltaren Gel` it is.
        known, written = head, written[: len(head)]
    if known.casefold() == name.family:
        return None
    return known if written.isupper() or written.islower() else written
