"""Conservative care: what was done, of how many kinds, and for how many weeks."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.leaves.procedure import weeks_of
from openimr.evaluate.regimen import first_day_of, number, text
from openimr.evaluate.region import is_elsewhere
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value

_DRUGS = frozenset({"nsaid", "muscle_relaxant"})
"""Groups of drugs that count as a trial of drugs."""
_FAILED = frozenset({"failed", "not_tolerated", "contraindicated"})
_NOT_CARE = frozenset({"none"})
_CONCEPTS = (
    "conservative_care",
    "prior_visits",
    "home_exercise",
    "injection_response",
    "orthosis_use",
)


@dataclass(frozen=True)
class _Care:
    """Care on record: statements by kind, a plain word that it failed, and its denials."""

    by_kind: Mapping[str, list[Fact]]
    failed: list[Fact]
    denied: list[Fact]

    @property
    def shown(self) -> list[Fact]:
        """All statements, each once."""
        told = [*self.failed, *(fact for facts in self.by_kind.values() for fact in facts)]
        return list({fact.id: fact for fact in told}.values())


def conservative_care(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Conservative care of so many kinds for so many weeks.

    A plain statement that it failed stands for its kinds. `must` names kinds that have to be told
    (therapy, drug, injection, splint), `any_of` kinds one of which has to be, `not_kinds` kinds
    that do not count, `weeks_when` other weeks where the line holds a word. The weeks are those
    stated, else those since the record first tells of such care.
    """
    care = _care(context, set(words_of(parameters, "not_kinds")))
    weeks = _weeks(context, parameters)
    if not care.shown:
        return _denial(care)
    missing = [kind for kind in words_of(parameters, "must") if kind and kind not in care.by_kind]
    either = [kind for kind in words_of(parameters, "any_of") if kind]
    if either and care.by_kind.keys().isdisjoint(either):
        missing += either
    kinds = amount_of(parameters, "kinds", 1)
    enough = (bool(care.failed) or len(care.by_kind) >= kinds) and not missing
    stated = [
        lasted
        for fact in care.shown
        if fact.concept != "injection_response" and (lasted := weeks_of(fact)) is not None
    ]
    spanned = _spanned(context, care.shown)
    length = max(stated) if stated else spanned
    if stated and length < weeks and spanned < weeks:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=(
                f"The care lasted {plain(length)} weeks, below {plain(weeks)}: {says(care.shown)}."
            ),
            opposing=tuple(care.shown),
        )
    if enough and max(length, spanned) >= weeks:
        return LeafResult(
            value=Value.MET,
            statement=f"Conservative care is recorded: {says(care.shown)}.",
            supporting=tuple(care.shown),
            opposing=tuple(care.denied),
        )
    return LeafResult(
        value=Value.PARTIAL,
        statement=f"{_lacking(missing, enough=enough, weeks=weeks)}: {says(care.shown)}.",
        supporting=tuple(care.shown),
        opposing=tuple(care.denied),
    )


def _weeks(context: Context, parameters: Mapping[str, object]) -> float:
    line = context.item.request.text.casefold()
    special = parameters.get("weeks_when")
    named = special if isinstance(special, Mapping) else {}
    found = [number(weeks) for word, weeks in named.items() if str(word) in line]
    return next((weeks for weeks in found if weeks), amount_of(parameters, "weeks", 0))


def _lacking(missing: list[str], *, enough: bool, weeks: float) -> str:
    if missing:
        return f"Care is recorded, but no {' or '.join(missing)}"
    if not enough:
        return "Care of one kind only is recorded, and not that it failed"
    return f"Care is recorded, but not that it went on for {plain(weeks)} weeks"


def _denial(care: _Care) -> LeafResult:
    if not care.denied:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    return LeafResult(
        value=Value.CONTRADICTED,
        statement=f"The record denies conservative care: {says(care.denied)}.",
        opposing=tuple(care.denied),
    )


def _care(context: Context, not_kinds: Set[str]) -> _Care:
    by_kind: dict[str, list[Fact]] = {}
    failed: list[Fact] = []
    denied: list[Fact] = []
    for concept in _CONCEPTS:
        for fact in context.ever(concept):
            if is_elsewhere(fact, context.item.request):
                continue
            if fact.assertion is Assertion.ABSENT:
                denied += [fact] if concept != "injection_response" else []
            elif text(fact.value.get("element")) == "failed" and concept == "conservative_care":
                failed.append(fact)
                for kind in _kinds_named(fact):
                    by_kind.setdefault(kind, []).append(fact)
            elif text(fact.value.get("element")) not in _NOT_CARE:
                by_kind.setdefault(_KIND.get(concept, "therapy"), []).append(fact)
    drugs = _drugs(context)
    if drugs:
        by_kind["drug"] = drugs
    counted = {kind: facts for kind, facts in by_kind.items() if kind not in not_kinds}
    return _Care(counted, failed, denied)


_KIND = {"injection_response": "injection", "orthosis_use": "splint"}
_NAMED: Mapping[str, tuple[str, ...]] = {
    "therapy": ("physical", "therapy", "pt", "chiro", "acupuncture", "exercise"),
    "drug": ("nsaid", "medication", "drug", "relaxant"),
    "injection": ("injection", "esi", "epidural"),
    "splint": ("splint", "brace"),
}


def _kinds_named(fact: Fact) -> list[str]:
    """Kinds that a statement of failed care names in its words."""
    said = f"{fact.provenance.quote} {text(fact.value.get('detail'))}".casefold().split()
    return [
        kind
        for kind, words in _NAMED.items()
        if any(token.startswith(word) for token in said for word in words)
    ]


def _drugs(context: Context) -> list[Fact]:
    """Drugs for pain tried and given up, or taken: their newest statements."""
    tried = [
        fact
        for fact in context.ever("prior_nonopioid_trials")
        if text(fact.value.get("outcome")) in _FAILED and fact.assertion is not Assertion.ABSENT
    ]
    taken = [use.taking[-1] for use in context.regimen.uses if use.taking and use.groups() & _DRUGS]
    return [*tried, *taken]


def _spanned(context: Context, facts: list[Fact]) -> float:
    """Weeks from the first statement of care to the decision."""
    days = [day for fact in facts if (day := first_day_of(fact)) is not None]
    first = min(days, default=date.max)
    return max(0.0, (context.day - first).days / 7) if days else 0.0
