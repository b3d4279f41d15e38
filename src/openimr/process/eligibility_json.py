"""A proposal on eligibility as JSON: every finding with its facts, pages and rule."""

from __future__ import annotations

from typing import Any

from openimr.adapters.plain_files import to_plain
from openimr.model.ground import GroundFinding
from openimr.model.records import NamedAndHeld, OwedRecords
from openimr.model.stated import Source, Stated
from openimr.process.eligibility import Eligibility


def eligibility_json(found: Eligibility) -> dict[str, Any]:
    """`openimr eligibility --json`; unknown is null."""
    proposal, records = found.proposal, found.records
    return {
        "schema": "openimr/eligibility/1",
        "status": "proposal",
        "case_number": proposal.case_number or None,
        "made_on": proposal.made_on.isoformat(),
        "rules_of": proposal.rules_of.isoformat(),
        "rules_of_basis": proposal.rules_of_basis,
        "outcome": proposal.outcome.value,
        "track": proposal.track.value,
        "unverified": proposal.unverified,
        "items": [to_plain(item) for item in proposal.items],
        "grounds": [_finding(one) for one in proposal.findings],
        "questions": [
            {"text": one.text, "whom": one.whom.value if one.whom else None}
            for one in proposal.questions
        ],
        "answer_due": to_plain(proposal.request) if proposal.request else None,
        "clashes": [
            {
                "field": one.field,
                "stated": one.stated,
                "read": one.read,
                "source": _source(one.source),
            }
            for one in proposal.clashes
        ],
        "doubts": list(found.doubts),
        "records": {
            "decidable": records.decidable,
            "guard": records.guard,
            "owed": [_owed(one) for one in records.owed],
            "named": [_named(one) for one in records.named],
            "due": [to_plain(due) for due in records.due],
            "late": list(records.late),
        },
    }


def _finding(found: GroundFinding) -> dict[str, Any]:
    rule = found.rule
    return {
        "code": rule.code.value,
        "item": found.item,
        "standing": found.standing.value.replace(" ", "_"),
        "statement": found.statement,
        "outcome": rule.outcome.value,
        "asks_first": rule.asks_first,
        "cure": rule.cure or None,
        "citation": rule.citation,
        "unverified": rule.unverified,
        "from_memory": rule.from_memory,
        "facts": [_stated(fact) for fact in found.facts],
        "questions": [
            {"text": one.text, "whom": one.whom.value if one.whom else None}
            for one in found.questions
        ],
        "limits": [to_plain(due) for due in found.due],
    }


def _stated(fact: Stated) -> dict[str, Any]:
    return {"field": fact.field, "value": fact.value, "source": _source(fact.source)}


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {"file": source.file, "page": source.page, "quote": source.quote}


def _owed(owed: OwedRecords) -> dict[str, Any]:
    rule = owed.rule
    return {
        "type": rule.id,
        "actor": rule.actor.value,
        "owed": rule.owed,
        "what": rule.what,
        "form": rule.form,
        "since": owed.since.isoformat() if owed.since else None,
        "until": owed.until.isoformat() if owed.until else None,
        "in_file": [record.file for record in owed.held],
        "note": owed.note or None,
        "citation": rule.citation,
    }


def _named(pair: NamedAndHeld) -> dict[str, Any]:
    return {
        "named": pair.named.text,
        "presence": pair.presence.value,
        "in_file": pair.held.file if pair.held else None,
        "why": pair.why,
    }
