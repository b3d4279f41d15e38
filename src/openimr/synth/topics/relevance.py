"""Which statements of the bank bear on a topic: those that its criteria ask of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openimr.model.drug import Drug, Formulary
from openimr.model.request import RequestKind
from openimr.model.rule import Criterion, Role
from openimr.synth.topics.bank import Stated, Statement, statements
from openimr.synth.topics.plan import Asked, Scope
from openimr.synth.topics.slots import part_of

_USUAL_TRIALS = (
    "ibuprofen", "naproxen", "meloxicam", "gabapentin", "pregabalin", "amitriptyline",
    "nortriptyline", "duloxetine", "cyclobenzaprine", "tizanidine", "baclofen", "tramadol",
    "acetaminophen", "omeprazole", "docusate", "sertraline", "trazodone", "zolpidem",
    "hydrocodone/acetaminophen", "morphine ER", "oxycodone/acetaminophen", "celecoxib",
    "prednisone", "sumatriptan",
)  # fmt: skip
_SATISFY = frozenset({"enough", "together", "first", "second", "third", "changed", "had", "of"})
"""Parameters whose conditions speak for a criterion."""
_GROUPS = ("groups", "trial_groups")


def criteria_of(scope: Scope) -> tuple[Criterion, ...]:
    """The topic's criteria, and those of the topics it inherits."""
    return tuple(c for topic in (scope.topic, *scope.inherited) for c in topic.criteria)


def in_favor(criterion: Criterion, scope: Scope, asked: Asked) -> list[Statement]:
    """Statements that can satisfy a gate; none of what excludes a request."""
    if criterion.role in {Role.EXCLUSION, Role.LIMIT}:
        return []
    wanted = conditions_of(criterion, _SATISFY)
    found = bearing_on(criterion, scope, asked)
    if not wanted:
        return [statement for statement in found if statement.assertion != "absent"]
    return [s for s in found if any(_meets(one, c) for c in wanted for one in s.stated)]


def bearing_on(criterion: Criterion, scope: Scope, asked: Asked) -> list[Statement]:
    """Statements about what a criterion asks; what its conditions name comes three times."""
    named = conditions_of(criterion)
    concepts = {str(concept) for concept in criterion.concepts}
    concepts |= {str(condition["concept"]) for condition in named}
    found = [
        statement
        for statement in statements()
        if any(stated.concept in concepts for stated in statement.stated)
        and is_for(statement, scope, asked)
    ]
    hits = [s for s in found if any(_meets(stated, c) for c in named for stated in s.stated)]
    return found + hits + hits


def conditions_of(
    criterion: Criterion, under: frozenset[str] | None = None
) -> list[Mapping[str, object]]:
    """Every condition that a criterion's test names, or those of some parameters."""
    return [
        condition
        for name, value in criterion.test.parameters.items()
        if isinstance(value, tuple | list) and (under is None or name in under)
        for condition in value
        if isinstance(condition, Mapping) and "concept" in condition
    ]


def is_for(statement: Statement, scope: Scope, asked: Asked) -> bool:
    """Whether a statement is written for such a request."""
    kinds = scope.kinds | ({"therapies"} if asked.request.kind is RequestKind.THERAPY else set())
    if scope.name in statement.never or (statement.only and kinds.isdisjoint(statement.only)):
        return False
    if statement.subject == "drug" and asked.drug is None:
        return False
    part = part_of(asked)
    anywhere = any(name.startswith("any") for name in statement.parts)
    return not statement.parts or anywhere or part in statement.parts


def _meets(stated: Stated, condition: Mapping[str, object]) -> bool:
    """Whether a stated fact can meet a condition, its numbers and slots aside."""
    if stated.concept != condition["concept"]:
        return False
    if stated.assertion != condition.get("assertion", "present"):
        return bool(condition.get("ever")) and stated.assertion == "historical"
    return all(
        _fits(stated.value[key], wanted)
        for key, wanted in condition.items()
        if key in stated.value and isinstance(stated.value[key], str)
    )


def _fits(value: str, wanted: object) -> bool:
    options = wanted if isinstance(wanted, tuple | list) else (wanted,)
    if "{" in value:
        return True
    return any(
        value == option or (str(option).startswith("~") and str(option)[1:] in value.casefold())
        for option in options
    )


def trials_for(criterion: Criterion, asked: Asked, formulary: Formulary) -> list[Drug]:
    """Drugs that a patient may have tried before: those a criterion names, else the usual ones."""
    usual = [drug for name in _USUAL_TRIALS if (drug := formulary.find(name)) is not None]
    parameters = criterion.test.parameters
    groups = {group for key in _GROUPS for group in _words(parameters.get(key))}
    generics = set(_words(parameters.get("generics")))
    generics |= {
        g for condition in conditions_of(criterion) for g in _words(condition.get("generic"))
    }
    wanted = [drug for drug in usual if drug.groups & groups or drug.generic in generics]
    others = [drug for drug in wanted or usual if not _is_asked(drug, asked)]
    return others or usual[:2]


def _is_asked(drug: Drug, asked: Asked) -> bool:
    return asked.drug is not None and (
        drug.generic == asked.drug.generic or drug.topic == asked.drug.topic
    )


def _words(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [str(word) for word in value] if isinstance(value, tuple | list) else ()
