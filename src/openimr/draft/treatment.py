"""The medication of the record in a sentence: what is taken, and what was stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openimr.draft.bind import bind
from openimr.draft.record import Record, page_refs
from openimr.draft.wording import amount
from openimr.model.determination import Sentence
from openimr.model.evidence import Assertion, Fact
from openimr.model.prose import listed

_SHOWN = 8
_CURRENT = ("listed", "continued", "started", "changed", "dispensed")


def medication_sentences(record: Record) -> list[Sentence]:
    """The drugs last recorded as taken, then those last recorded as stopped."""
    latest = _latest_by_drug(record.facts.values())
    taken = [fact for fact in latest if fact.value.get("status", "listed") in _CURRENT]
    stopped = [fact for fact in latest if _is_stop(fact)]
    return [
        *_sentence("Medication on record is", taken, record),
        *_sentence("Recorded as stopped:", stopped, record),
    ]


def _latest_by_drug(facts: Iterable[Fact]) -> list[Fact]:
    """For each drug the newest statement that it is taken or stopped, the fullest of that day."""
    newest: dict[str, Fact] = {}
    for fact in facts:
        if fact.concept != "medication" or not _tells_course(fact):
            continue
        drug = str(fact.value.get("generic") or fact.value.get("drug") or "")
        held = newest.get(drug)
        if drug and (held is None or _rank(fact) > _rank(held)):
            newest[drug] = fact
    return list(newest.values())


def _tells_course(fact: Fact) -> bool:
    """Whether it says that a drug is taken, or that it was stopped, which is always past."""
    if fact.assertion is Assertion.HISTORICAL:
        return _is_stop(fact)
    return fact.assertion is Assertion.PRESENT and fact.value.get("status") != "requested"


def _is_stop(fact: Fact) -> bool:
    return fact.value.get("status") == "stopped"


def _rank(fact: Fact) -> tuple[bool, str, bool, int]:
    """A report speaks before a pharmacy's record: bought is not yet taken.

    Of one day a stop comes after the list, which still holds what is stopped.
    """
    day = (fact.date or fact.written) if _is_stop(fact) else (fact.written or fact.date)
    reported = fact.value.get("status") != "dispensed" and fact.value.get("source") != "cures"
    return (reported, day.isoformat() if day else "", _is_stop(fact), len(fact.value))


def _sentence(lead: str, facts: Sequence[Fact], record: Record) -> list[Sentence]:
    if not facts:
        return []
    shown = facts[:_SHOWN]
    named = [_drug(fact) for fact in shown]
    if len(facts) > _SHOWN:
        named.append(f"{len(facts) - _SHOWN} more")
    identities = [fact.id for fact in shown]
    text = f"{lead} {listed(named)}{record.cite(shown)}"
    return [bind(text, facts=identities, pages=page_refs(shown))]


def _drug(fact: Fact) -> str:
    """`hydrocodone/acetaminophen 10/325 mg (5 a day)`."""
    value = fact.value
    name = str(value.get("generic") or value.get("drug"))
    strength = f" {value['strength']}" if value.get("strength") else ""
    per_day = value.get("per_day")
    if isinstance(per_day, int | float) and per_day > 0:
        return f"{name}{strength} ({_rate(float(per_day))})"
    frequency = f" ({value['frequency']})" if value.get("frequency") else ""
    return f"{name}{strength}{frequency}"


def _rate(per_day: float) -> str:
    """`5 a day`; a patch worn for three days is `one every 3 days`."""
    return f"{amount(per_day)} a day" if per_day >= 1 else f"one every {1 / per_day:.0f} days"
