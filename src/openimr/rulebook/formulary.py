"""`data/drugs/drugs.csv` -> Formulary.

One row a generic and release form. Lists are separated with `;`. Morphine factors are a number, or
steps `factor@above` where the factor grows with the daily dose; ceilings are `ingredient=mg`.
`unverified` is `yes` where a figure of the row was not checked against the label or guideline.

Two word lists stand beside the table: `not_drugs.txt`, words that a misspelled drug name must not
be read from, and `ambiguous.txt`, names that mean a drug only where a dose or a list says so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from openimr.model.drug import Drug, FactorSet, Formulary, OpioidAction
from openimr.model.errors import RulebookInvalid
from openimr.model.ids import TopicId
from openimr.rulebook.one_file import data_text

FILE = "drugs/drugs.csv"
GUARD_FILE = "drugs/not_drugs.txt"
AMBIGUOUS_FILE = "drugs/ambiguous.txt"
GROUPS = frozenset(
    {
        "analgesic_class", "anticoagulant", "antidepressant", "antiepileptic", "antihistamine",
        "antiplatelet", "antipsychotic", "barbiturate", "benzodiazepine", "carisoprodol",
        "corticosteroid", "cox2", "er_opioid", "gabapentinoid", "h2_blocker", "hypnotic",
        "laxative",
        "maoi", "muscle_relaxant", "nsaid", "opioid", "opioid_antagonist", "ppi", "salicylate",
        "sedative", "serotonergic", "snri", "ssri", "topical", "tricyclic", "triptan",
    }
)  # fmt: skip
"""Every group a rule may ask for."""
_FACTOR_COLUMNS = {"mme_cdc_2016": FactorSet.CDC_2016, "mme_cdc_2022": FactorSet.CDC_2022}
_STRENGTH = re.compile(r"\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)*")


def load_formulary() -> Formulary:
    """The formulary shipped with the package.

    Raises:
        RulebookInvalid: with one line for every row that cannot be read.
    """
    return parse_formulary(
        data_text(FILE),
        guard=_words(data_text(GUARD_FILE)),
        ambiguous=_words(data_text(AMBIGUOUS_FILE)),
    )


@lru_cache(maxsize=1)
def parse_formulary(
    text: str,
    *,
    guard: frozenset[str] = frozenset(),
    ambiguous: frozenset[str] = frozenset(),
) -> Formulary:
    """Read the table; all problems are reported at once.

    Raises:
        RulebookInvalid: with one line for every row that cannot be used.
    """
    drugs: list[Drug] = []
    problems: list[str] = []
    owners: dict[str, str] = {}
    for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        where = f"{FILE}:{line}: {row.get('generic') or '?'}"
        try:
            drug = _drug(row)
        except (KeyError, ValueError, AttributeError) as error:
            problems.append(f"{where}: {error}")
            continue
        problems += (f"{where}: {problem}" for problem in _problems(drug, owners))
        drugs.append(drug)
    problems += _unknown(guard & owners.keys(), GUARD_FILE, "is the name of a drug; take it out")
    problems += _unknown(ambiguous - owners.keys(), AMBIGUOUS_FILE, "is no name of a drug; mend it")
    if problems:
        raise RulebookInvalid(tuple(problems))
    return Formulary(tuple(drugs), guard=guard, ambiguous=ambiguous)


def _problems(drug: Drug, owners: dict[str, str]) -> Iterator[str]:
    """What is wrong with a row that can be read; notes its names in `owners`."""
    if not drug.generic:
        yield "has no generic name"
    for name in (drug.generic, *drug.brands, *drug.names):
        if name.casefold() in owners:
            yield f"{name!r} already names {owners[name.casefold()]}; leave it in one place"
        owners.setdefault(name.casefold(), drug.generic)
    for group in sorted(drug.groups - GROUPS):
        yield f"group {group!r} is not known; use one of formulary.GROUPS or add it there"
    for ingredient in sorted(set(drug.max_daily_mg) - set(drug.ingredients)):
        known = ";".join(drug.ingredients)
        yield f"ceiling for {ingredient!r}, which is no ingredient; write {known}"
    for strength in drug.strengths:
        if not _STRENGTH.fullmatch(strength.partition(" ")[0]):
            yield f"strength {strength!r} is no number or ratio of numbers"
    if drug.mme_factors and not drug.mme_basis:
        yield "has a morphine factor but no mme_basis to say what it multiplies"


def _unknown(words: frozenset[str], file: str, mend: str) -> Iterator[str]:
    return (f"{file}: {word!r} {mend}" for word in sorted(words))


def _drug(row: Mapping[str, str]) -> Drug:
    return Drug(
        generic=row["generic"],
        brands=_list(row["brands"]),
        names=_list(row["names"]),
        ingredients=_list(row["ingredients"]),
        drug_class=row["drug_class"],
        groups=frozenset(_list(row["groups"])),
        forms=_list(row["forms"]),
        strengths=tuple(
            f"{strength} {row['unit']}".strip() for strength in _list(row["strengths"])
        ),
        topic=TopicId(row["topic"]) if row["topic"] else None,
        schedule=row["schedule"],
        opioid_action=OpioidAction(row["opioid_action"]),
        mme_factors=MappingProxyType(
            {
                factor_set: _steps(row[column])
                for column, factor_set in _FACTOR_COLUMNS.items()
                if row[column]
            }
        ),
        mme_basis=row["mme_basis"],
        max_daily_mg=_amounts(row["max_daily_mg"]),
        max_daily_source=row["max_daily_source"],
        wear_hours=int(row["wear_hours"]) if row["wear_hours"] else None,
        doses_per_day=float(row["doses_per_day"]) if row["doses_per_day"] else None,
        unverified=row["unverified"] == "yes",
    )


def _words(text: str) -> frozenset[str]:
    """One word a line, case-folded; lines that begin with `#` are comments."""
    lines = (line.strip().casefold() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _steps(cell: str) -> tuple[tuple[float, float], ...]:
    steps = (part.partition("@") for part in _list(cell))
    return tuple((float(above or 0), float(factor)) for factor, _, above in steps)


def _amounts(cell: str) -> Mapping[str, float]:
    pairs = (part.partition("=") for part in _list(cell))
    return MappingProxyType({name: float(amount) for name, _, amount in pairs})
