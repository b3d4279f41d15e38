"""Which row of the formulary a line means: `Lidocaine 5% ointment`, not the patch."""

from __future__ import annotations

from typing import NamedTuple

from openimr.model.drug import Drug
from openimr.model.ids import TopicId
from openimr.request.drug_amounts import Written
from openimr.request.lexis import DrugName, Lexis, Row

_EXTENDED = frozenset({"er", "xr", "sr", "cr", "xl", "la", "extended"})
_DELAYED = frozenset({"dr", "ec", "delayed"})


class Clues(NamedTuple):
    """What stands beside the name and tells the rows of one drug apart."""

    form: str | None
    release: str | None
    strength: Written | None


def best_row(name: DrugName, clues: Clues, lexis: Lexis) -> tuple[Drug | None, TopicId | None]:
    """The formulary row that fits best, with its topic; of several only what they share."""
    kin = lexis.families.get(name.family or "", ())
    if len(kin) < 2:
        return name.drug, name.drug.topic
    topical = lexis.vocabulary.drug_words.topical_forms
    written = clues.strength.text if clues.strength else None
    fits = [_fit(row, name, clues, written, topical) for row in kin]
    best = max(fits)
    winners = [row.drug for row, fit in zip(kin, fits, strict=True) if fit == best]
    if name.family_only and len(winners) > 1:
        topics = {drug.topic for drug in winners}
        return None, topics.pop() if len(topics) == 1 else None
    drug = name.drug if name.drug in winners else winners[0]
    return drug, drug.topic


def _fit(
    row: Row, name: DrugName, clues: Clues, written: str | None, topical: frozenset[str]
) -> int:
    """How well a row fits; the row that was named starts ahead."""
    is_named = row.drug is name.drug and not name.family_only
    score = 3 if is_named else 0
    if clues.form is not None:
        fits = clues.form in row.drug.forms or clues.form in row.words
        score += 4 if fits else 0
        score -= 4 if clues.form in topical and not (row.topical or fits) else 0
    if clues.strength is not None:
        score += 3 if (clues.strength.unit == "%") == row.topical else -3
        known = written in row.drug.strengths
        score += 2 if known else 0
        # `Naproxen 550 mg` is the sodium salt; a brand stands for its row whatever its strength.
        score -= 2 if is_named and not known and not name.brand and row.drug.strengths else 0
        score += 1 if clues.strength.unit in row.units else 0
    if clues.release in _EXTENDED:
        score += 4 if "er" in row.words else 0
    elif "er" in row.words and not is_named:
        score -= 4
    if clues.release in _DELAYED:
        score += 2 if "dr" in row.words else 0
    return score
