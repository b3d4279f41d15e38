"""Earlier procedures of the same kind: whether there were any, how they worked, how many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from openimr.evaluate.context import RULE_MONTH, Context, LeafResult, amount_of, weigh, words_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.leaves.two_sided import two_sided
from openimr.evaluate.regimen import day_of, number, text
from openimr.evaluate.region import is_elsewhere
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value
from openimr.model.rule import Role

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "epidural": ("epidural", "esi", "transforaminal", "interlaminar", "caudal", "nerve root"),
        "facet": ("facet", "medial branch", "mbb"),
        "radiofrequency": ("radiofrequency", "rfa", "rfn", "rhizotomy", "neurotomy", "ablation"),
        "sacroiliac": ("sacroiliac", "si joint", "si injection"),
        "trigger point": ("trigger point", "tpi"),
        "sympathetic": ("sympathetic", "stellate", "ganglion"),
        "joint": ("intra-articular", "intraarticular", "subacromial", "cortisone", "joint inj"),
        "viscosupplement": (
            "synvisc", "orthovisc", "hyaluron", "viscosuppl", "supartz", "euflexxa", "hyalgan",
            "monovisc", "hylan", "gel-one",
        ),
        "other injection": ("botox", "botulinum", "prp", "platelet"),
        "stimulator": ("stimulator", "scs"),
        "tens": ("tens", "h-wave", "interferential", "nmes"),
        "pump": ("pump", "intrathecal"),
        "mri": ("mri", "magnetic resonance", "mr arthrogram"),
        "electrodiagnostic": ("emg", "ncs", "ncv", "electrodiag", "electromyo", "nerve conduction"),
        "ct": ("ct", "computed tomography", "cat scan", "myelogram"),
        "other study": ("ultrasound", "bone scan", "discogra", "eeg"),
        "operation": (
            "laminectomy", "laminotomy", "discectomy", "microdiscectomy", "fusion", "decompression",
            "arthroscop", "arthroplasty", "meniscectomy", "replacement", "reconstruction", "acdf",
        ),
        "x-ray": ("x-ray", "xray", "radiograph", "films"),
    }
)  # fmt: skip
"""Kinds of procedures and studies, and how charts name them."""
_SHORT = 4
_PROCEDURES = ("injection_response", "prior_procedure", "stimulation_trial")
_STUDY = "prior_study"
_STUDIES = ("prior_study", "imaging_correlation")
_LENGTH = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|[a-z]+)\W+(?P<unit>h(?:ou)?r|day|w(?:ee)?k|mo(?:nth)?|y(?:ea)?r)s?\b"
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = MappingProxyType(
    {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 5, "twelve": 12}
    | dict(zip(_WORDS, range(1, 11), strict=True))
)
_WEEKS = MappingProxyType({"h": 1 / 168, "d": 1 / 7, "w": 1.0, "m": 4.35, "y": 52.0})


def weeks_of(fact: Fact) -> float | None:
    """How long the statement says it lasted, in weeks: `weeks`, or `duration` as written."""
    stated = number(fact.value.get("weeks"))
    if stated is not None:
        return stated
    found = _LENGTH.search(text(fact.value.get("duration")).casefold())
    if found is None:
        return None
    written = found["n"]
    amount = _NUMBERS.get(written) if written.isalpha() else float(written)
    return None if amount is None else amount * _WEEKS[found["unit"][0]]


def earlier(context: Context, kinds: tuple[str, ...], *, studies: bool = False) -> list[Fact]:
    """Statements of earlier procedures or studies of some kinds at the requested part.

    What tells how a procedure of a day worked tells of the procedure as well.
    """
    found = [
        fact
        for concept in (_STUDIES if studies else _PROCEDURES)
        for fact in context.ever(concept)
        if (fact.assertion is not Assertion.ABSENT or _was_done(fact))
        and _is_of(fact, kinds)
        and not is_elsewhere(fact, context.item.request)
    ]
    answered = {day_of(fact) for fact in found if fact.concept != "prior_procedure"}
    once = [f for f in found if f.concept != "prior_procedure" or day_of(f) not in answered]
    return sorted(once, key=lambda fact: (str(day_of(fact) or ""), fact.id))


def _was_done(fact: Fact) -> bool:
    """Whether what is denied is a finding of a study that was done: `an MRI showed no tear`."""
    return fact.concept == _STUDY and text(fact.value.get("element")) != "told"


def _is_of(fact: Fact, kinds: tuple[str, ...]) -> bool:
    """Whether a statement is of one of the kinds, or names none."""
    said = " ".join(
        [fact.provenance.quote, *(value for value in fact.value.values() if isinstance(value, str))]
    ).casefold()
    named = {
        kind
        for kind, words in KINDS.items()
        if any(re.search(_as_begun(word), said) for word in words)
    }
    return not named or not named.isdisjoint(kinds)


def _as_begun(word: str) -> str:
    """A pattern for a word by its beginning; a short form stands alone, or in the plural."""
    return rf"\b{re.escape(word)}" + (r"s?\b" if len(word) <= _SHORT else "")


def first_of_kind(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether no earlier procedure or study of the kind is on record: the request is a first one.

    What is asked of a repetition cannot be on record before the first; the certificate of the
    search stands behind it.
    """
    kinds = words_of(parameters, "kinds")
    known = earlier(context, kinds, studies=parameters.get("studies") is True)
    name = context.drug_name
    if known:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"It is not the first one: {says(known)}.",
            opposing=tuple(known),
        )
    denied = [
        fact
        for concept in (*_PROCEDURES, *_STUDIES)
        for fact in context.ever(concept)
        if fact.assertion is Assertion.ABSENT and _names_kind(fact, kinds)
    ]
    return LeafResult(
        value=Value.PRESENT,
        statement=f"No earlier {name} is recorded, so the request is read as a first one.",
        supporting=tuple(denied),
        searched=not denied,
    )


def _names_kind(fact: Fact, kinds: tuple[str, ...]) -> bool:
    said = text(fact.value.get("procedure")) or text(fact.value.get("study"))
    return bool(said) and _is_of(fact, kinds)


def procedure_response(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The response to an earlier procedure, for an exception as whether it was such a one."""
    result = _response(context, parameters)
    if context.criterion.role is not Role.EXCEPTION:
        return result
    as_exception = {Value.MET: Value.PRESENT, Value.CONTRADICTED: Value.ABSENT}
    return replace(result, value=as_exception.get(result.value, Value.UNKNOWN))


def _response(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The response to the earlier procedure: so many per cent for so many weeks.

    Less of either contradicts; a figure without the other, or `helped`, is a part. 0 per cent asks
    for any relief. `also`: statements one of which has to stand beside it, as of better function.
    """
    least, weeks = amount_of(parameters, "percent", 50), amount_of(parameters, "weeks", 0)
    known = [
        fact
        for fact in earlier(context, words_of(parameters, "kinds"))
        if fact.concept != "prior_procedure"
    ]
    good = [fact for fact in known if _is_enough(fact, least, weeks) is True]
    poor = [fact for fact in known if _is_enough(fact, least, weeks) is False]
    vague = [fact for fact in known if _is_enough(fact, least, weeks) is None]
    percent = f"{plain(least)} %" if least else "relief"
    asked = percent + (f" for {plain(weeks)} weeks" if weeks else "")
    if good or poor:
        value = weigh(good, poor)
        gains = matching(context, parameters, "also")
        if value is Value.MET and "also" in parameters and not gains:
            return LeafResult(
                value=Value.PARTIAL,
                statement=f"Relief is told, but not what it allowed: {says(good)}.",
                supporting=tuple(good),
            )
        heads = {
            Value.MET: f"The earlier one gave {asked} or more",
            Value.CONTRADICTED: f"The earlier one gave less than {asked}",
            Value.CONFLICTING: "The record contradicts itself on the response",
        }
        return replace(two_sided(value, heads, good, poor), supporting=(*good, *gains))
    if vague:
        return LeafResult(
            value=Value.PARTIAL,
            statement=f"A response is told, but not that it reached {asked}: {says(vague)}.",
            supporting=tuple(vague),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def _is_enough(fact: Fact, least: float, weeks: float) -> bool | None:
    """True, False, or None where the statement lacks a figure that would settle it."""
    element = text(fact.value.get("element"))
    if element in {"no relief", "failed"}:
        return False
    percent, lasted = number(fact.value.get("percent")), weeks_of(fact)
    if (percent is not None and percent < least) or (lasted is not None and lasted < weeks):
        return False
    missing = (least and percent is None) or (weeks and lasted is None)
    return None if missing else True


def procedure_count(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Procedures of the kind within so many months, with those asked for, against a ceiling.

    Only days that a statement itself dates count; an undated mention leaves the number open.
    """
    most, months = amount_of(parameters, "at_most", 4), amount_of(parameters, "months", 12)
    known = earlier(context, words_of(parameters, "kinds"))
    since = context.day - timedelta(days=round(months * RULE_MONTH))
    dated = [fact for fact in known if fact.date is not None and fact.date != fact.written]
    recent = [fact for fact in dated if (day := day_of(fact)) is not None and day >= since]
    done = len({day_of(fact) for fact in recent})
    asked = context.item.request.quantity or 1
    before = f"{done} dated" if done else "None is dated"
    told = f"{before} within {plain(months)} months, {plain(asked)} asked for"
    if done + asked > most:
        return LeafResult(
            value=Value.EXCEEDED,
            statement=f"{told}, above the limit of {plain(most)}: {says(recent) or 'none before'}.",
            opposing=tuple(recent),
        )
    if known and not dated:
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"Earlier ones are told without their days: {says(known)}.",
        )
    shown = f": {says(recent)}" if recent else ""
    return LeafResult(
        value=Value.WITHIN,
        statement=f"{told}, within the limit of {plain(most)}{shown}.",
        supporting=tuple(recent),
    )


def procedure_interval(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Weeks since the last procedure of the kind, against the least interval."""
    least = amount_of(parameters, "weeks", 0)
    known = earlier(context, words_of(parameters, "kinds"))
    dated = [fact for fact in known if fact.date is not None and fact.date != fact.written]
    if not dated:
        return LeafResult(value=Value.UNKNOWN, statement="No day of an earlier one is recorded.")
    last = dated[-1]
    passed = (context.day - (day_of(last) or context.day)).days / 7
    kept = passed >= least
    return LeafResult(
        value=Value.WITHIN if kept else Value.EXCEEDED,
        statement=(
            f"The last one lies {plain(int(passed))} weeks back, "
            f"{'not less' if kept else 'less'} than {plain(least)} weeks: {says([last])}."
        ),
        supporting=(last,) if kept else (),
        opposing=() if kept else (last,),
    )
