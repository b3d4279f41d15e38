"""A check: its code, what it looks for, why that matters, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openimr.model.drug import Formulary
from openimr.model.ids import TopicId
from openimr.model.problem import Place, Problem, QualityRules
from openimr.qa.copies import Copies
from openimr.qa.drugs import DrugFinder
from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.words import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a check has besides the letter."""

    rules: QualityRules
    formulary: Formulary
    mtus_addresses: frozenset[TopicId]
    """Topics that the schedule addresses, on the day of the letter."""
    copies: Copies = field(default_factory=Copies)
    """The letters that texts are compared with; the letter itself may be among them."""
    drugs: DrugFinder = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "drugs", DrugFinder(self.formulary))


@dataclass(frozen=True, slots=True)
class Check:
    """One check; it reads a letter and proposes problems, a person decides."""

    code: str
    title: str
    reason: str
    """Why it matters, with the rule it rests on."""
    run: Callable[[CheckedLetter, Scene], Iterator[Problem]]


def of_item(
    code: str,
    item: Item,
    message: str,
    *,
    place: Place = Place.RATIONALE,
    told: Sentence | None = None,
    quote: str = "",
    against: str = "",
) -> Problem:
    """A problem of an item; it quotes the sentence told, or what is given, or else the heading."""
    return Problem(
        code=code,
        item=item.index,
        place=place,
        message=message,
        quote=told.text if told else quote or item.heading,
        start=told.start if told else None,
        against=against,
    )
