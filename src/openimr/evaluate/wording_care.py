"""Facts of therapy, programs and equipment in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from openimr.evaluate.regimen import number, text
from openimr.model.evidence import Assertion, Fact


def _visits(fact: Fact) -> str:
    therapy = text(fact.value.get("therapy"))
    named = therapy if therapy.isupper() and len(therapy) <= 3 else therapy.casefold()
    visits, planned = number(fact.value.get("visits")), number(fact.value.get("of"))
    if fact.assertion is Assertion.ABSENT:
        return f"no earlier {named or 'therapy'}"
    hours = text(fact.value.get("hours"))
    if hours:
        return f"{hours} hours{f' of {named}' if named else ''}"
    if visits is None:
        return f"earlier visits{f' of {named}' if named else ''}"
    counted = f"{visits:g} of {planned:g} visits" if planned else f"{visits:g} visits"
    return f"{counted}{f' of {named}' if named else ''}"


def _device(fact: Fact) -> str:
    device = text(fact.value.get("device")) or "a device"
    if fact.assertion is Assertion.ABSENT:
        return f"{device} not tried"
    percent = number(fact.value.get("percent"))
    relief = f" by {percent:g} %" if percent is not None else ""
    told = {"helped": f"helped{relief}", "failed": "did not help", "logged": "used in a trial"}
    return f"{device} {told.get(text(fact.value.get('element')), 'tried')}"


def _deficit(fact: Fact) -> str:
    kind = text(fact.value.get("kind"))
    if fact.assertion is Assertion.ABSENT:
        return {"motion": "full motion"}.get(kind, f"no deficit of {kind}")
    grade = text(fact.value.get("grade"))
    named = {
        "motion": "limited motion",
        "strength": "reduced strength",
        "gait": "an abnormal gait",
        "tolerance": "a measured tolerance",
    }
    return f"{named.get(kind, 'a measured deficit')}{f' ({grade})' if grade else ''}"


_TOLD: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "therapy_goal": {
            "specific": ("a specific goal of treatment", "no specific goal"),
            "general": ("a general goal of treatment", "no goal"),
        },
        "functional_evaluation": {
            "capacity": ("a functional capacity evaluation", "no capacity evaluation"),
            "baseline": ("baseline tests of function", "no baseline tests of function"),
            "interdisciplinary": ("an interdisciplinary evaluation", "no such evaluation"),
        },
        "negative_predictors": {"addressed": ("a review of negative predictors", "no review")},
        "job_goal": {"agreed": ("a job agreed on", "no job to return to")},
        "work_attempt": {
            "failed": ("a failed attempt at work", "no failed attempt at work"),
            "conflicting": ("conflicting restrictions", "no conflicting restrictions"),
            "near_mmi": ("near maximum improvement", "not near maximum improvement"),
            "settlement": ("for a rating, effort or settlement", "not for a settlement"),
        },
        "land_exercise": {
            "not tolerated": ("exercise on land not tolerated", "exercise on land tolerated"),
        },
        "treatment_with": {
            "exercise": ("active exercise beside it", "no exercise beside it"),
            "cbt": ("cognitive behavioral therapy", "no cognitive behavioral therapy"),
            "any": ("other treatment beside it", "treatment by itself"),
        },
        "equipment_need": {
            "medical": ("a medical need", "for comfort"),
            "supervised": ("supervision by a professional", "no supervision"),
            "special equipment": ("a need of special equipment", "no need of equipment"),
        },
        "home_exercise": {
            "independent": ("home exercises done alone", "home exercises not done"),
            "instructed": ("home exercises taught", "home exercises not taught"),
        },
        "acute_exacerbation": {
            "new_injury": ("a new injury", "no new injury"),
            "spasm": ("acute spasm", "no acute spasm"),
            "exacerbation": ("an exacerbation", "no exacerbation"),
            "flare": ("a flare", "no flare"),
            "any": ("a flare", "no flare"),
        },
        "conservative_care": {
            "failed": ("conservative care failed", "conservative care did not fail"),
            "tried": ("conservative care", "no conservative care"),
        },
        "psych_status": {
            "symptoms": ("psychological symptoms", "no psychological symptoms"),
            "cleared": ("psychological clearance", "no psychological clearance"),
        },
        "patient_motivation": {"motivated": ("a motivated patient", "a lack of motivation")},
        "surgical_candidate": {
            "candidate": ("surgery in view", "surgery ruled out"),
            "authorized": ("surgery authorized", "surgery not authorized"),
        },
    }
)
"""By concept and value: what is told, and its denial."""


def _told(fact: Fact) -> str:
    value = text(fact.value.get("element")) or text(fact.value.get("kind"))
    present, absent = _TOLD[fact.concept].get(value, (value, f"no {value}"))
    return absent if fact.assertion is Assertion.ABSENT else present


def _itself(fact: Fact) -> str:
    value = text(fact.value.get("kind")) or text(fact.value.get("element"))
    return f"no {value}" if fact.assertion is Assertion.ABSENT else value


CARE_WRITERS: Mapping[str, Callable[[Fact], str]] = MappingProxyType(
    {
        "prior_visits": _visits,
        "device_trial": _device,
        "objective_deficit": _deficit,
        "support_need": _itself,
        "non_industrial_factor": _itself,
        **dict.fromkeys(_TOLD, _told),
    }
)
"""Concepts of care that is no drug, and what writes each."""
