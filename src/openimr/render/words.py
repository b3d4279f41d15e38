"""Words of the letter for the model's values, the same in every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from openimr.model.case import UrAction
from openimr.model.determination import Status
from openimr.model.finding import Evaluation, Suggestion, Value, Weight
from openimr.model.rule import Role
from openimr.model.ruling import Outcome

TITLE: Mapping[Status, str] = MappingProxyType(
    {
        Status.DRAFT: "Independent Medical Review: draft of a Final Determination",
        Status.SIGNED: "Independent Medical Review: Final Determination",
        Status.ISSUED: "Independent Medical Review: Final Determination",
    }
)
ISSUES: Mapping[Status, str] = MappingProxyType(
    {
        Status.DRAFT: "Issues and rationales",
        Status.SIGNED: "Issues, decisions and rationales",
        Status.ISSUED: "Issues, decisions and rationales",
    }
)
DRAFT_NOTICE = "DRAFT: suggestions for a physician reviewer; nothing is decided until it is signed."
BLANK = "(blank until a reviewer is assigned)"

SUGGESTIONS: Mapping[Suggestion, str] = MappingProxyType(
    {
        Suggestion.SUPPORT: "supported on this record",
        Suggestion.NOT_SUPPORT: "not supported on this record",
        Suggestion.MODIFY_TO: "supported in a smaller form only",
        Suggestion.REFER: "none; the criteria do not settle it",
    }
)
NO_CRITERIA = "none; no criteria are encoded for this treatment"
"""The suggestion of an item that no topic covers."""
ACTIONS: Mapping[UrAction, str] = MappingProxyType(
    {
        UrAction.DENY: "Denied by utilization review",
        UrAction.MODIFY: "Modified by utilization review",
        UrAction.APPROVE: "Approved by utilization review",
        UrAction.DELAY: "Delayed by utilization review",
        UrAction.UNKNOWN: "Utilization review's action was not found",
    }
)
ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.GATE: "needed",
        Role.GATE_ANY: "needed, one of several",
        Role.GATE_BENEFIT: "needed, as a benefit",
        Role.EXCLUSION: "exclusion",
        Role.LIMIT: "limit",
        Role.EXCEPTION: "exception",
        Role.ADVISORY: "advisory",
    }
)
VALUES: Mapping[Value, str] = MappingProxyType(
    {value: value.value.replace("_", " ") for value in Value}
)
WEIGHTS: Mapping[Weight, str] = MappingProxyType(
    {
        Weight.DECIDES: "decides",
        Weight.FLAGS: "flag",
        Weight.BYPASSED: "set aside",
        Weight.SUPPORTS: "holds",
        Weight.NEUTRAL: "",
    }
)
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "request": "The request",
        "edition": "The edition",
        "decides": "What decides",
        "holds": "What holds",
        "arithmetic": "Arithmetic",
        "flags": "Flags",
        "silent": "Not documented",
        "considered": "Also considered",
        "search": "Also searched",
        "record": "From the record",
        "caution": "Caution",
        "decision": "Decision",
        "close": "Suggestion",
    }
)
"""Run-in headings of the rationale's paragraphs, in their order."""


def suggestion_words(evaluation: Evaluation) -> str:
    """The suggestion as every format and the terminal say it."""
    return SUGGESTIONS[evaluation.suggestion] if evaluation.findings else NO_CRITERIA


def tone(value: Value, role: Role) -> str:
    """How a value is colored: good, bad, open or plain. Color never stands without the word."""
    if value in (Value.MET, Value.WITHIN):
        return "good"
    if value in (Value.CONTRADICTED, Value.EXCEEDED):
        return "bad"
    if role in (Role.EXCLUSION, Role.EXCEPTION) and value is not Value.UNKNOWN:
        harmful = (value is Value.PRESENT) == (role is Role.EXCLUSION)
        if role is Role.EXCEPTION:
            return "plain" if value is Value.ABSENT else "good"
        return "bad" if harmful else "good"
    return "open"


def overall_words(outcomes: Sequence[Outcome]) -> str:
    """The letter's outcome in plain words: upheld, overturned, or partly so."""
    granted = outcomes.count(Outcome.OVERTURNED)
    if not granted:
        return "UPHOLD: none of the disputed items is found medically necessary"
    if granted == len(outcomes):
        return "OVERTURN: every disputed item is found medically necessary"
    return (
        f"PARTIAL OVERTURN: {granted} of {len(outcomes)} disputed items "
        f"{'is' if granted == 1 else 'are'} found medically necessary"
    )
