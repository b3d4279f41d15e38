"""Levels of the spine: studies and operations at the one asked for."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, newest, words_of
from openimr.evaluate.regimen import text
from openimr.evaluate.region import agree, is_elsewhere, is_other_side, level_of, roots_in
from openimr.evaluate.wording import says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value
from openimr.model.prose import listed


def level_agreement(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A study that shows the lesion at the level and side that are asked for and examined.

    `strong`: findings that corroborate. `weak`: findings that may. `against`: findings that speak
    against it, as does a study at another level or side alone. Without a level in the request the
    signs of the examination give it.
    """
    said = [
        fact
        for fact in context.ever("imaging_correlation")
        if not is_elsewhere(fact, context.item.request)
    ]
    present = [fact for fact in said if fact.assertion is not Assertion.ABSENT]
    no = [fact for fact in said if fact.assertion is Assertion.ABSENT]
    no += [fact for fact in present if _shows(fact, parameters, "against")]
    open_ = [fact for fact in present if fact not in no]
    strong = [fact for fact in open_ if _shows(fact, parameters, "strong")]
    weak = [fact for fact in open_ if _shows(fact, parameters, "weak") and fact not in strong]
    wanted = _wanted(context)
    fitting = [fact for fact in strong if _fits(context, fact, wanted)]
    if fitting:
        return _fitting(context, fitting, no)
    if strong:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"Studies show it at another level or side{_at(wanted)}: {says(strong)}.",
            opposing=tuple(strong),
        )
    near = [fact for fact in weak if _fits(context, fact, wanted)]
    if near and newest(near) > newest(no):
        return LeafResult(
            value=Value.PARTIAL,
            statement=f"A study shows a change, but not that it bears on the nerve: {says(near)}.",
            supporting=tuple(near),
            opposing=tuple(no),
        )
    if no:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"Studies speak against it: {says(no)}.",
            supporting=tuple(near),
            opposing=tuple(no),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def _fitting(context: Context, fitting: list[Fact], no: list[Fact]) -> LeafResult:
    signs = [
        fact
        for fact in context.said("radiculopathy_findings", months=36)
        if fact.assertion is Assertion.PRESENT
        and level_of(fact)
        and not is_elsewhere(fact, context.item.request)
    ]
    examined = f"; the examination shows {says(signs)}" if signs else ""
    apart = signs and not any(
        agree(level_of(study), level_of(sign)) for study in fitting for sign in signs
    )
    if apart:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"Study and examination name different levels: {says([*fitting, *signs])}.",
            supporting=tuple(fitting),
            opposing=tuple(signs),
        )
    return LeafResult(
        value=Value.MET,
        statement=f"A study agrees in level and side: {says(fitting)}{examined}.",
        supporting=(*fitting, *signs),
        opposing=tuple(no),
    )


def _shows(fact: Fact, parameters: Mapping[str, object], name: str) -> bool:
    finding = text(fact.value.get("finding")).casefold()
    return any(word and word in finding for word in words_of(parameters, name))


def _wanted(context: Context) -> tuple[tuple[str, ...], ...]:
    """The levels asked for, each as its roots."""
    return tuple(roots_in(level) for level in context.item.request.levels)


def _fits(context: Context, fact: Fact, wanted: tuple[tuple[str, ...], ...]) -> bool:
    if is_other_side(fact, context.item.request):
        return False
    found = level_of(fact)
    return not wanted or any(agree(found, level) for level in wanted)


def _at(wanted: tuple[tuple[str, ...], ...]) -> str:
    return f" than {listed('-'.join(roots) for roots in wanted)}" if wanted else ""


def earlier_at_level(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """An earlier operation at a level asked for; one told without its level leaves it open."""
    words = words_of(parameters, "procedures")
    told = [
        fact
        for fact in context.ever("prior_procedure")
        if any(word in text(fact.value.get("procedure")).casefold() for word in words)
        and not is_elsewhere(fact, context.item.request)
    ]
    denied = [fact for fact in told if fact.assertion is Assertion.ABSENT]
    done = [fact for fact in told if fact not in denied]
    wanted = [roots_in(level) for level in context.item.request.levels]
    levelled = [fact for fact in done if level_of(fact)]
    same = [fact for fact in levelled if any(agree(level_of(fact), roots) for roots in wanted)]
    if same or (levelled and not wanted):
        shown = same or levelled
        return LeafResult(
            value=Value.PRESENT,
            statement=f"The level was operated on before: {says(shown)}.",
            supporting=tuple(shown),
        )
    if done and len(levelled) < len(done):
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"An earlier operation is told without its level: {says(done)}.",
        )
    if denied or levelled:
        shown = denied or levelled
        return LeafResult(
            value=Value.ABSENT,
            statement=f"No earlier operation at the level is recorded: {says(shown)}.",
            opposing=tuple(shown),
        )
    return LeafResult(value=Value.UNKNOWN)
