"""Facts of examinations, studies and procedures in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from openimr.evaluate.regimen import number, text
from openimr.model.evidence import Assertion, Fact

_TESTS: Mapping[str, str] = MappingProxyType(
    {
        "mcmurray": "McMurray",
        "lachman": "Lachman",
        "drawer": "drawer",
        "apley": "Apley",
        "thessaly": "Thessaly",
        "pivot shift": "pivot shift",
        "drop arm": "drop-arm",
        "impingement sign": "impingement",
        "tinel": "Tinel",
        "phalen": "Phalen",
        "durkan": "Durkan",
        "finkelstein": "Finkelstein",
        "watson": "Watson",
        "thompson": "Thompson",
        "faber": "FABER",
        "gaenslen": "Gaenslen",
        "thigh thrust": "thigh-thrust",
        "sacroiliac compression": "sacroiliac compression",
        "sacroiliac distraction": "sacroiliac distraction",
        "sacral thrust": "sacral-thrust",
        "fortin": "Fortin",
        "yeoman": "Yeoman",
        "facet loading": "facet-loading",
        "hoffmann": "Hoffmann",
        "babinski": "Babinski",
    }
)
"""Tests by what they are called; other signs are told as they are."""
_STRETCHES = frozenset({"straight leg raise", "Spurling", "crossed straight leg raise", "slump"})
_SPINES = frozenset({"lumbar", "cervical", "thoracic"})
_CHANGES = {
    "new": "new symptoms",
    "worse": "worse symptoms",
    "unchanged": "unchanged complaints",
}


def _of(fact: Fact, *keys: str) -> list[str]:
    return [told for key in keys if (told := text(fact.value.get(key)).replace("_", " "))]


def _denied(fact: Fact, words: str) -> str:
    return f"no {words}" if fact.assertion is Assertion.ABSENT else words


def _sign(fact: Fact) -> str:
    sign = text(fact.value.get("sign"))
    test = _TESTS.get(sign)
    place = " of the ".join(["", *_of(fact, "side", "site")[-1:]])
    if test is None:
        return _denied(fact, f"{sign or 'sign'}{place}")
    return f"{'negative' if fact.assertion is Assertion.ABSENT else 'positive'} {test} test"


def _root(fact: Fact) -> str:
    sign = text(fact.value.get("sign"))
    if fact.assertion is Assertion.ABSENT:
        if sign in _STRETCHES:
            return f"negative {sign}"
        return "no sign of radiculopathy" if sign in {"", "any"} else f"no {sign}"
    side, level = text(fact.value.get("side")), text(fact.value.get("level"))
    where = f" ({', '.join(part for part in (side, level) if part)})" if side or level else ""
    return f"{sign or 'sign of radiculopathy'}{where}"


def _study_result(fact: Fact) -> str:
    finding, level = text(fact.value.get("finding")), text(fact.value.get("level"))
    study = text(fact.value.get("study"))
    if fact.assertion is Assertion.ABSENT:
        return f"unremarkable {study or 'study'}"
    told = finding or "result"
    return f"{told}{f' at {level}' if level else ''}{f' on {study}' if study else ''}"


def _lesion(fact: Fact) -> str:
    measure = number(fact.value.get("millimeters"))
    finding = text(fact.value.get("finding")) or "lesion"
    size = f" of {measure:g} mm" if measure is not None else ""
    site = "".join(f" ({one})" for one in _of(fact, "site")[:1])
    return _denied(fact, f"{finding}{size}{site}")


def _response(fact: Fact) -> str:
    value = fact.value
    percent, weeks = number(value.get("percent")), number(value.get("weeks"))
    lasted = text(value.get("duration")) or (f"{weeks:g} weeks" if weeks is not None else "")
    what = text(value.get("procedure")) or "injection"
    if text(value.get("element")) in {"no relief", "failed"} or fact.assertion is Assertion.ABSENT:
        return f"no relief from {what}"
    relief = f"{percent:g} % relief" if percent is not None else "relief"
    return f"{relief}{f' for {lasted}' if lasted else ''} from {what}"


def _care(fact: Fact) -> str:
    value = fact.value
    weeks = number(value.get("weeks"))
    lasted = text(value.get("duration")) or (f"{weeks:g} weeks" if weeks is not None else "")
    what = text(value.get("detail")) or "conservative care"
    if fact.assertion is Assertion.ABSENT:
        return f"no {what}"
    told = f"{lasted} of {what}" if lasted else what
    return f"{told}, without success" if text(value.get("element")) == "failed" else told


def _procedure(fact: Fact) -> str:
    level = text(fact.value.get("level"))
    named = text(fact.value.get("procedure")) or "procedure"
    return _denied(fact, f"earlier {named}{f' at {level}' if level else ''}")


def _study(fact: Fact) -> str:
    site = text(fact.value.get("site"))
    place = f" of the {site}{' spine' if site.casefold() in _SPINES else ''}" if site else ""
    told = f"{text(fact.value.get('study')) or 'study'}{place}"
    return _denied(fact, f"earlier {told}") if fact.value.get("element") else told


def _change(fact: Fact) -> str:
    return _denied(fact, _CHANGES.get(text(fact.value.get("kind")), "change of symptoms"))


def _suspected(fact: Fact) -> str:
    return f"suspected {' of the '.join(_of(fact, 'kind', 'site')) or 'lesion'}"


def _mass(fact: Fact) -> str:
    index = number(fact.value.get("index"))
    return f"body mass index {index:g}" if index is not None else "body mass index"


def _plain(key: str, name: str) -> Callable[[Fact], str]:
    return lambda fact: _denied(fact, text(fact.value.get(key)) or name)


PROCEDURE_WRITERS: Mapping[str, Callable[[Fact], str]] = MappingProxyType(
    {
        "body_mass": _mass,
        "clinical_signs": _sign,
        "conservative_care": _care,
        "imaging_correlation": _study_result,
        "imaging_lesion": _lesion,
        "injection_response": _response,
        "orthosis_use": _plain("device", "splint"),
        "prior_procedure": _procedure,
        "prior_study": _study,
        "radiculopathy_findings": _root,
        "spinal_disorder": _plain("kind", "disorder of the spine"),
        "suspected_lesion": _suspected,
        "symptom_change": _change,
    }
)
"""Concept to what its facts are called in a sentence."""
