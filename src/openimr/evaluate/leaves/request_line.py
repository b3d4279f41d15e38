"""What the request line itself asks for: its words, its levels, how often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.regimen import number
from openimr.evaluate.region import sides_of
from openimr.evaluate.wording import plain, says
from openimr.model.finding import Value
from openimr.model.prose import listed
from openimr.model.rule import Role

_EXCLUDING = frozenset({Role.EXCLUSION, Role.EXCEPTION})


def asked(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the line asks for something by its words or its number; else what the record says.

    `words`: any of them, with none of `without`. `lacks`: none of these. `parts`: the part of the
    body. `count_from`: so many or more. `beside`: words may stand in another line of the
    application as well. A line that asks for none of it answers an exclusion, an exception or a
    warning (`warns`) unless the record does.
    """
    hit = _hit(context, parameters)
    if hit:
        return _answer(context, hit, found=True)
    told = evidence(context, parameters)
    if told.value is not context.silent or told.supporting:
        return told
    if context.criterion.role in _EXCLUDING or _warns(context):
        return _answer(context, "", found=False)
    return told


def _hit(context: Context, parameters: Mapping[str, object]) -> str:
    lines = [context.item.request_text, context.item.request.text]
    if parameters.get("beside") is True:
        lines += [item.request_text for item in context.items]
    joined = "\n".join(lines).casefold()
    words = _named(joined, words_of(parameters, "words"))
    if _named(joined, words_of(parameters, "without")):
        return ""
    lacked = [word for word in words_of(parameters, "lacks") if word]
    if lacked and not _named(joined, lacked):
        return f"something else than {listed(f'“{word}”' for word in lacked[:2])}"
    parts = set(words_of(parameters, "parts")) & set(context.item.request.body_parts)
    if parts:
        return f"care of the {listed(sorted(parts))}"
    least = amount_of(parameters, "count_from", 0)
    asked_for = context.item.request.quantity
    if not words and least and asked_for is not None and asked_for >= least:
        return f"{plain(asked_for)} of them"
    return listed(f"“{word}”" for word in words[:2])


def _named(line: str, words: Iterable[str]) -> list[str]:
    """The words of a line that begin with one of those asked for: `discogram` for `discogra`."""
    found = (re.search(rf"(?<!\w){re.escape(word)}\w*", line) for word in words if word)
    return list(dict.fromkeys(hit[0] for hit in found if hit))


def _answer(context: Context, hit: str, *, found: bool) -> LeafResult:
    if context.criterion.role in _EXCLUDING:
        value = Value.PRESENT if found else Value.ABSENT
    else:
        value = Value.MET if found is not _warns(context) else Value.CONTRADICTED
    sought = context.criterion.sought or "it"
    said = f"The request asks for {hit}" if found else f"The request does not ask for {sought}"
    if found and _warns(context) and context.criterion.name:
        said += f", not for {context.criterion.name}"
    return LeafResult(value=value, statement=f"{said}.")


def _warns(context: Context) -> bool:
    """Whether the criterion is a warning: what the line asks for speaks against it."""
    return context.criterion.test.parameters.get("warns") is True


def level_count(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The spinal levels that the line asks for, against a ceiling.

    `at_most_when`: another ceiling where the line holds the word. `nerves`: single levels are
    nerves, two of which serve one joint.
    """
    levels = context.item.request.levels
    most, why = _ceiling(context, parameters)
    if not levels:
        return LeafResult(
            value=Value.UNKNOWN, statement="The request line names no level, so none are counted."
        )
    single = [level for level in levels if "-" not in level]
    as_nerves = parameters.get("nerves") is True and len(single) == len(levels)
    count = len(levels) - 1 if as_nerves and len(levels) > 1 else len(levels)
    what = "joint" if as_nerves else "level"
    counted = f"{count} {what}{'' if count == 1 else 's'} ({listed(levels)})"
    over = count > most
    bound = f"at most {plain(most)}{why}"
    return LeafResult(
        value=Value.EXCEEDED if over else Value.WITHIN,
        statement=f"The request covers {counted}, where the limit is {bound}.",
    )


def _ceiling(context: Context, parameters: Mapping[str, object]) -> tuple[float, str]:
    line = context.item.request.text.casefold()
    special = parameters.get("at_most_when")
    for word, most in special.items() if isinstance(special, Mapping) else ():
        ceiling = number(most)
        if ceiling is not None and str(word).casefold() in line:
            return ceiling, f" for “{word}”"
    return amount_of(parameters, "at_most", 1), ""


def requested_count(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """How many the line asks for at once, against a ceiling; one where it gives no number."""
    most = amount_of(parameters, "at_most", 1)
    stated = context.item.request.quantity
    if stated is None:
        return LeafResult(
            value=Value.UNKNOWN, statement="The request line does not say how many are asked for."
        )
    return LeafResult(
        value=Value.EXCEEDED if stated > most else Value.WITHIN,
        statement=f"The request is for {plain(stated)}, where the limit is {plain(most)}.",
    )


def both_sides(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether complaints or signs are told of both sides, where both are asked for.

    `enough`: the statements that name a side; those of one side alone speak against the other.
    """
    side = context.item.request.laterality
    if side in {"left", "right"}:
        return LeafResult(value=Value.MET, statement=f"The request is for the {side} side alone.")
    found = matching(context, parameters, "enough")
    sided = [(fact, sides) for fact in found if (sides := sides_of(fact))]
    if not sided:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    facts = tuple(fact for fact, _ in sided)
    if {"left", "right"} <= {one for _, sides in sided for one in sides}:
        statement = f"Both sides are told of: {says(facts)}."
        return LeafResult(value=Value.MET, statement=statement, supporting=facts)
    statement = f"One side alone is told of: {says(facts)}."
    return LeafResult(value=Value.CONTRADICTED, statement=statement, opposing=facts)
