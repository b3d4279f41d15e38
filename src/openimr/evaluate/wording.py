"""Facts in words, for the sentence of a finding: what was said, with values and dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from openimr.evaluate.regimen import number, text
from openimr.evaluate.wording_care import CARE_WRITERS
from openimr.evaluate.wording_procedures import PROCEDURE_WRITERS
from openimr.model.dates import PartialDate
from openimr.model.evidence import REGIMEN, Assertion, Fact
from openimr.model.prose import listed

_MOST_NAMED = 3
"""A sentence names this many statements and counts the rest."""


def us_date(day: PartialDate | date | None) -> str:
    """A date as Californian records write it, as precise as it is: 04/09/2015, 03/2014, 2011."""
    if day is None:
        return "undated"
    if isinstance(day, date):
        return f"{day:%m/%d/%Y}"
    parts = [f"{part:02d}" for part in (day.month, day.day) if part is not None]
    return "/".join([*parts, f"{day.year:04d}"])


def plain(value: float) -> str:
    """A number without a needless fraction: 5, 2.5, 1.33."""
    return f"{round(value, 2):g}" if abs(value) < 1_000_000 else f"{value:.0f}"


def says(facts: Iterable[Fact]) -> str:
    """Facts as a list in words, newest first, each statement once with its days.

    `off work (04/09/2015, 03/05/2015) and sedation (03/19/2015)`
    """
    told: dict[str, dict[str, None]] = {}
    newest_first = sorted(
        facts,
        key=lambda fact: ((fact.date or fact.written or PartialDate(1)).last_day(), fact.id),
        reverse=True,
    )
    for fact in newest_first:
        told.setdefault(describe(fact), {})[us_date(fact.date or fact.written)] = None
    phrases = [f"{phrase} ({_days([*days])})" for phrase, days in told.items()]
    shown, rest = phrases[:_MOST_NAMED], len(phrases) - _MOST_NAMED
    if rest > 0:
        shown.append(f"{rest} more statement{'s' if rest > 1 else ''}")
    return listed(shown)


def _days(days: list[str]) -> str:
    """Days in a row, the rest counted."""
    rest = len(days) - _MOST_NAMED
    more = [f"{rest} earlier"] if rest > 0 else []
    return ", ".join([*days[:_MOST_NAMED], *more])


def describe(fact: Fact) -> str:
    """One fact in a few words, without its date."""
    words = _WRITERS.get(fact.concept, _general)(fact)
    if fact.assertion is Assertion.CONFLICTING:
        return f"{words}, said both ways"
    if fact.assertion is Assertion.HISTORICAL:
        return f"{words}, in the past"
    return words


def _with(fact: Fact) -> str:
    if fact.subject == REGIMEN:
        return " with the medication as a whole"
    return f" with {fact.subject}" if fact.subject else ""


def _score(fact: Fact) -> str:
    score = number(fact.value.get("score"))
    context = text(fact.value.get("context")).replace("_", " ")
    if score is None:
        return _general(fact)
    named = "" if context in {"", "unspecified"} else f" {context}"
    return f"pain {plain(score)}/10{named}"


def _relief(fact: Fact) -> str:
    value = fact.value
    without, with_drug = number(value.get("without")), number(value.get("with"))
    if without is not None and with_drug is not None:
        tied = _with(fact) or " with medication"
        return f"pain {plain(without)}/10 without and {plain(with_drug)}/10{tied}"
    percent = number(value.get("percent"))
    if percent is not None:
        return f"{plain(percent)} % pain relief{_with(fact)}"
    relief = text(value.get("relief"))
    if fact.assertion is Assertion.ABSENT or relief == "none":
        return f"no pain relief{_with(fact)}"
    if relief:
        return f"{relief} pain relief{_with(fact)}"
    direction = {"better": "less pain", "worse": "more pain", "same": "unchanged pain"}
    said = direction.get(text(value.get("direction")))
    if said:
        return f"{said}{_with(fact)}"
    one_sided = [
        f"pain {plain(score)}/10 {side} medication"
        for side, score in (("with", with_drug), ("without", without))
        if score is not None
    ]
    return one_sided[0] if one_sided else f"pain with and without medication{_with(fact)}"


def _function(fact: Fact) -> str:
    value = fact.value
    activities = value.get("activities")
    named = (
        listed(text(word) for word in activities) if isinstance(activities, tuple | list) else ""
    )
    heads = {
        "better": "better function",
        "same": "unchanged function",
        "worse": "worse function",
        "deficit": "limited function",
    }
    head = heads.get(text(value.get("direction")), "function")
    if fact.assertion is Assertion.ABSENT:
        head = "no functional gain"
    percent = number(value.get("percent"))
    change = _change(value)
    details = [f"{plain(percent)} %" if percent is not None else "", change, named]
    told = "; ".join(part for part in details if part)
    return f"{head}{_with(fact)}{f': {told}' if told else ''}"


def _change(value: Mapping[str, object]) -> str:
    before, after = value.get("before"), value.get("after")
    return f"from {before} to {after}" if before not in {None, ""} and after is not None else ""


def _work(fact: Fact) -> str:
    status = {
        "full_duty": "working full duty",
        "modified_duty": "working modified duty",
        "off_work": "off work",
        "retired": "retired",
        "permanent_and_stationary": "permanent and stationary",
    }.get(text(fact.value.get("status")), "work status")
    if fact.assertion is Assertion.ABSENT:
        status = f"not {status}"
    return (
        f"{status}, with the medicine named"
        if fact.value.get("with_medication") is True
        else status
    )


def _restrictions(fact: Fact) -> str:
    direction = text(fact.value.get("direction"))
    limits = text(fact.value.get("limits"))
    return f"{direction or 'listed'} work restrictions{f' ({limits})' if limits else ''}"


def _instrument(fact: Fact) -> str:
    score = number(fact.value.get("score"))
    name = text(fact.value.get("name")) or "validated instrument"
    unit = text(fact.value.get("unit"))
    told = f" {unit}" if unit[:1].isalpha() else unit
    return f"{name} {plain(score)}{told}" if score is not None else name


def _medication(fact: Fact) -> str:
    value = fact.value
    parts = [text(value.get("drug")) or text(value.get("generic")), text(value.get("strength"))]
    quantity = number(value.get("quantity"))
    if quantity is not None:
        parts.append(f"#{plain(quantity)}")
    name = " ".join(part for part in parts if part)
    status = text(value.get("status"))
    if fact.assertion is Assertion.ABSENT:
        return f"{name} not taken"
    return f"{name} {status}" if status else name


def _effect(fact: Fact) -> str:
    effect = text(fact.value.get("effect")).replace("_", " ")
    if fact.assertion is Assertion.ABSENT:
        return f"no {effect}" if effect not in {"", "any"} else "no side effects"
    managed = ", managed" if fact.value.get("managed") is True else ""
    return f"{effect if effect not in {'', 'any'} else 'side effects'}{managed}"


def _trial(fact: Fact) -> str:
    name = text(fact.value.get("drug")) or text(fact.value.get("generic")) or "a trial"
    outcome = text(fact.value.get("outcome")).replace("_", " ")
    return f"{name} {outcome}" if outcome else f"{name} tried"


def _duration(fact: Fact) -> str:
    name = text(fact.value.get("generic")) or fact.subject or "the drug"
    since, months = text(fact.value.get("since")), number(fact.value.get("months"))
    if since:
        return f"{name} since {_since(since)}"
    return f"{name} for {plain(months)} months" if months is not None else f"{name} for some time"


def _since(iso: str) -> str:
    try:
        return us_date(PartialDate.parse(iso))
    except ValueError:
        return iso


def _start(fact: Fact) -> str:
    name = text(fact.value.get("generic")) or fact.subject or "the drug"
    replaced = text(fact.value.get("replaces"))
    return f"start of {name}{f' in place of {replaced}' if replaced else ''}"


def _neuropathic(fact: Fact) -> str:
    kind, strength = text(fact.value.get("kind")), text(fact.value.get("strength"))
    named = {"": "neuropathic pain", "symptom": "neuropathic symptoms", "crps": "CRPS"}
    words = named.get(kind, kind.replace("_", " "))
    told = words if strength in {"", "diagnosis", kind} else f"{words} ({strength})"
    return f"no {told}" if fact.assertion is Assertion.ABSENT else told


def _spasm(fact: Fact) -> str:
    words = text(fact.value.get("kind")).replace("_", " ") or "muscle spasm"
    return f"no {words}" if fact.assertion is Assertion.ABSENT else words


def _organ_risk(fact: Fact) -> str:
    risk = text(fact.value.get("risk")).replace("_", " ")
    named = {"hepatic": "liver", "renal": "kidney", "alcohol": "alcohol"}.get(risk, risk)
    words = f"{named} risk".strip()
    return f"no {words}" if fact.assertion is Assertion.ABSENT else words


def _normal(fact: Fact) -> str:
    kind = text(fact.value.get("kind")).replace("_", " ")
    normal = "not normal" if fact.assertion is Assertion.ABSENT else "normal"
    named = {"": "neurological examination", "general": "neurological examination"}
    return f"{normal} {named.get(kind, kind)}"


def _drug_test(fact: Fact) -> str:
    result = text(fact.value.get("result")).replace("_", " ")
    if fact.assertion is Assertion.ABSENT:
        return "no urine drug test"
    return f"urine drug test {result}".rstrip()


def _taper(fact: Fact) -> str:
    kind = text(fact.value.get("kind")).replace("_", " ")
    return f"{'no ' if fact.assertion is Assertion.ABSENT else ''}taper {kind}".rstrip()


def _joint(fact: Fact) -> str:
    parts = (text(fact.value.get(key)).casefold() for key in ("site", "kind"))
    words = " ".join(part for part in parts if part) or "joint disorder"
    return f"no {words}" if fact.assertion is Assertion.ABSENT else words


def _plainly(fact: Fact) -> str:
    """Concepts whose denial is a statement of its own: `drives` is no `no homebound`."""
    present, absent = _BOTH_WAYS[fact.concept]
    if fact.assertion is Assertion.ABSENT:
        return absent
    told = [value for value in fact.value.values() if isinstance(value, str) and value]
    return present or ", ".join(told)


def _combination(fact: Fact) -> str:
    del fact
    return "opioids and sedatives named together"


def _general(fact: Fact) -> str:
    """A concept without a writer of its own: its name and what its value says."""
    name = _NAMES.get(fact.concept, fact.concept.replace("_", " "))
    told = [
        value.replace("_", " ")
        for key, value in sorted(fact.value.items())
        if isinstance(value, str) and value not in {"", "any", name} and key != "source"
    ]
    words = ": ".join(part for part in (name, ", ".join(told)) if part)
    return f"no {words}" if fact.assertion is Assertion.ABSENT else words


_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "aberrant_behaviour": "aberrant drug behavior",
        "crps_signs": "sign of CRPS",
        "diagnosis_axial_mechanical": "pain diagnosis",
        "drug_caution": "",
        "drug_indication": "",
        "gi_risk": "gastrointestinal risk",
        "headache_course": "",
        "hormone_status": "",
        "insomnia_course": "insomnia",
        "insomnia_nights": "nights of poor sleep",
        "insomnia_workup": "sleep evaluation",
        "malignancy_palliative": "cancer or palliative care",
        "nausea_cause": "cause of nausea",
        "other_indication": "",
        "pathology_osteoarthritis": "osteoarthritis",
        "pdmp_cures": "CURES report",
        "qt_interval": "QT interval",
        "rescue_teaching": "",
        "sedative_reason": "",
        "wakefulness_disorder": "",
        "misuse_risk": "risk of misuse",
        "skilled_care": "care at home",
        "sleep_disorder_signs": "",
        "topical_reason": "reason for a drug on the skin",
        "risk_discussion": "",
        "sleep_benefit": "",
        "symptom_free_interval": "",
    }
)
"""Concepts whose id does not read as English; of an empty one its value says it all."""
_BOTH_WAYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "homebound": ("homebound", "goes out alone"),
        "self_transport": ("cannot get to visits alone", "gets to visits alone"),
        "consultation_question": ("a question to the consultant", "a routine visit"),
        "arthritis_grade": ("", "no sign of severe arthritis"),
    }
)
"""Concepts told in whole words: where it is so, and where it is not."""
_WRITERS: Mapping[str, Callable[[Fact], str]] = MappingProxyType(
    {
        **CARE_WRITERS,
        **PROCEDURE_WRITERS,
        "pain_score": _score,
        "pain_with_without_medication": _relief,
        "functional_improvement": _function,
        "return_to_work": _work,
        "work_restrictions": _restrictions,
        "validated_instrument": _instrument,
        "medication": _medication,
        "adverse_effects": _effect,
        "cv_renal_hepatic_risk": _organ_risk,
        "prior_nonopioid_trials": _trial,
        "duration_of_use": _duration,
        "initial_trial": _start,
        "joint_disorder": _joint,
        **dict.fromkeys(_BOTH_WAYS, _plainly),
        "multiple_opioids_and_sedatives": _combination,
        "muscle_spasm": _spasm,
        "neuro_exam_normal": _normal,
        "neuropathic_pain": _neuropathic,
        "urine_drug_test": _drug_test,
        "weaning_attempts": _taper,
    }
)
