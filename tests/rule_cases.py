"""Rule cases told in YAML: a request, facts in a line each, and what must come out.

    - case: paired scores of this drug
      request: {brand: Norco, strength: 10/325 mg, quantity: 150}
      facts:
        - {concept: pain_with_without_medication, without: 8, with: 5, date: 2015-03-05}
      expect: {OPI-1: met, suggestion: not_support}

A service is told by its line, which the request grammar reads, or by its fields:

      request: {line: "Physical therapy 2 x 6 weeks, lumbar spine"}
      request: {kind: dme, procedure: H-wave, topic_id: h-wave}

`also` are further items of the case, and `decided: {2: support}` what is suggested for them.
Defaults: the UR decision is of 2015-04-22, a fact is of 2015-04-09 and present.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openimr.evaluate.associated import OPERATION_TOPIC, with_operation
from openimr.evaluate.item import evaluate_item
from openimr.model.case import CaseHeader, DisputedItem, UrAction
from openimr.model.dates import PartialDate
from openimr.model.evidence import Assertion, Certificate, Fact, PageRef, Provenance
from openimr.model.finding import Evaluation, Suggestion
from openimr.model.ids import CertificateId, ConceptId, DocumentId, FactId
from openimr.model.request import Request, RequestKind
from openimr.model.rule import Attribution, Settings, Strictness
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.load import load_rulebook, topics_for
from openimr.rulebook.requests import load_request_vocabulary
from openimr.rulebook.strict_yaml import parse_yaml

DECIDED = date(2015, 4, 22)
SAID = "2015-04-09"
_OF_FACT = frozenset({"concept", "date", "written", "assertion", "subject", "author"})
rulebook = cache(load_rulebook)
formulary = cache(load_formulary)
vocabulary = cache(load_request_vocabulary)


def make_fact(number: int, told: Mapping[str, Any]) -> Fact:
    """A fact from its line; `date: null` leaves it undated."""
    day = told.get("date", SAID)
    stated = PartialDate.parse(str(day)) if day is not None else None
    written = told.get("written", day)
    return Fact(
        id=FactId(f"f{number:05d}"),
        concept=ConceptId(told["concept"]),
        value={key: frozen(value) for key, value in told.items() if key not in _OF_FACT},
        assertion=Assertion(told.get("assertion", "present")),
        date=stated,
        written=PartialDate.parse(str(written)) if written is not None else None,
        subject=told.get("subject"),
        author=told.get("author"),
        provenance=Provenance(
            document=DocumentId("D01"), page=1, start=0, end=1, quote="x", box=None, confidence=1.0
        ),
        rule="test",
    )


def frozen(value: Any) -> Any:
    """Lists as tuples, dates as text: what a fact's value may hold."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return value.isoformat() if isinstance(value, date) else value


def make_item(index: int, told: Mapping[str, Any]) -> DisputedItem:
    """A disputed item from its line or the request's fields; brand or generic gives the topic."""
    request = read_line(told["line"]) if "line" in told else make_request(told)
    return DisputedItem(
        index=index,
        request_text=request.text,
        request=request,
        ur_action=UrAction(told.get("ur_action", "deny")),
        ur_granted=told.get("ur_granted"),
        ur_guideline=told.get("ur_guideline"),
    )


def read_line(line: str) -> Request:
    """A request as the grammar reads its line."""
    return parse_request(line, formulary(), vocabulary())


def make_request(told: Mapping[str, Any]) -> Request:
    """A request from its fields, those of the item left out."""
    fields = {key: value for key, value in told.items() if not key.startswith("ur_")}
    drug = formulary().find(told.get("brand") or told.get("generic") or "")
    if drug is not None:
        fields.setdefault("generic", drug.generic)
        fields.setdefault("topic_id", drug.topic)
    if "ambiguities" in fields:
        fields["ambiguities"] = tuple(fields["ambiguities"])
    name = told.get("brand") or told.get("generic") or told.get("text", "")
    text = " ".join(str(part) for part in (name, told.get("strength", "")) if part)
    fields.setdefault("text", text)
    fields["kind"] = RequestKind(told.get("kind", "drug"))
    return Request(**fields)


def make_settings(told: Mapping[str, Any]) -> Settings:
    """Policy switches from their names and options."""
    kinds = {"attribution": Attribution}
    switches = {
        key: value if isinstance(value, bool | int) else kinds.get(key, Strictness)(value)
        for key, value in told.items()
    }
    return Settings(**switches)


def certify(concepts: tuple[ConceptId, ...], subject: str | None) -> Certificate:
    """A certificate of a search of 26 pages that found nothing."""
    pages = tuple(PageRef(document=DocumentId("D01"), page=n) for n in range(1, 27))
    return Certificate(
        id=CertificateId("c-" + "-".join(concepts)),
        concepts=concepts,
        subject=subject,
        queries=("x",),
        pages_searched=pages,
        pages_unreadable=(),
    )


def evaluate(told: Mapping[str, Any], facts: Iterable[Fact] | None = None) -> Evaluation:
    """The evaluation of a case; `facts` may stand in for those it tells."""
    day = told.get("day", DECIDED)
    items = tuple(
        make_item(index, each)
        for index, each in enumerate([told["request"], *told.get("also", ())], start=1)
    )
    if facts is None:
        facts = tuple(make_fact(n, f) for n, f in enumerate(told.get("facts", ()), start=1))
    topic = items[0].request.topic_id
    topics = with_operation(
        topics_for(rulebook(), topic, day) if topic else (),
        topics_for(rulebook(), OPERATION_TOPIC, day),
        items[0],
        items,
    )
    return evaluate_item(
        items[0],
        facts=tuple(facts),
        header=CaseHeader(ur_decision_date=day, **told.get("header", {})),
        topics=topics,
        settings=make_settings(told.get("settings", {})),
        formulary=formulary(),
        certify=certify,
        as_of=day,
        items=items,
        decided={n: Suggestion(word) for n, word in told.get("decided", {}).items()},
    )


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of a file."""
    return list(parse_yaml(path.read_text(encoding="utf-8")))


def problems(told: Mapping[str, Any], found: Evaluation) -> list[str]:
    """Where the evaluation is not what the case expects."""
    values = {finding.criterion: finding.value for finding in found.findings}
    wrong = []
    for name, wanted in told["expect"].items():
        got: Any = {
            "suggestion": found.suggestion.value,
            "reasons": list(found.reasons),
            "flags": list(found.flags),
            "flip": [list(one) for one in found.flip],
            "modification": found.modification,
            "taper": found.taper_note is not None,
        }.get(name, str(values.get(name)))
        if name == "says":
            said = " ".join(finding.statement for finding in found.findings)
            wrong += [f"no finding says {part!r}" for part in wanted if part not in said]
        elif got != wanted:
            wrong.append(f"{name}: {got} instead of {wanted}")
    return wrong
