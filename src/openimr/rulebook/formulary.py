"""`data/drugs/drugs.csv` -> Formulary.

One row a generic and release form. Lists are separated with `;`. Morphine factors are a number, or
steps `factor@above` where the factor grows with the daily dose; ceilings are `ingredient=mg`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from openimr.model.drug import Drug, FactorSet, Formulary, OpioidAction
from openimr.model.errors import RulebookInvalid
from openimr.model.ids import TopicId

FILE = "drugs/drugs.csv"
_FACTOR_COLUMNS = {"mme_cdc_2016": FactorSet.CDC_2016, "mme_cdc_2022": FactorSet.CDC_2022}


def load_formulary() -> Formulary:
    """The formulary shipped with the package.

    Raises:
        RulebookInvalid: with one line for every row that cannot be read.
    """
    text = (files("openimr.rulebook") / "data" / FILE).read_text(encoding="utf-8")
    return parse_formulary(text)


def parse_formulary(text: str) -> Formulary:
    """Read the table; all problems are reported at once."""
    drugs: list[Drug] = []
    problems: list[str] = []
    seen: set[str] = set()
    for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            drug = _drug(row)
        except (KeyError, ValueError) as error:
            problems.append(f"{FILE}:{line}: {row.get('generic') or '?'}: {error}")
            continue
        if drug.generic in seen:
            problems.append(f"{FILE}:{line}: {drug.generic} stands twice; join the two rows")
        seen.add(drug.generic)
        drugs.append(drug)
    if problems:
        raise RulebookInvalid(tuple(problems))
    return Formulary(tuple(drugs))


def _drug(row: Mapping[str, str]) -> Drug:
    return Drug(
        generic=row["generic"],
        brands=_list(row["brands"]),
        names=_list(row["names"]),
        ingredients=_list(row["ingredients"]),
        drug_class=row["drug_class"],
        groups=frozenset(_list(row["groups"])),
        forms=_list(row["forms"]),
        strengths=tuple(f"{strength} {row['unit']}".strip() for strength in _list(row["strengths"])),
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


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _steps(cell: str) -> tuple[tuple[float, float], ...]:
    steps = (part.partition("@") for part in _list(cell))
    return tuple((float(above or 0), float(factor)) for factor, _, above in steps)


def _amounts(cell: str) -> Mapping[str, float]:
    pairs = (part.partition("=") for part in _list(cell))
    return MappingProxyType({name: float(amount) for name, _, amount in pairs})
