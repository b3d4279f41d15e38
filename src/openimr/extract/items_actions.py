"""The words with which UR decides: certified, modified, denied, delayed."""

from __future__ import annotations

import re

from openimr.model.case import UrAction

_DENY = (
    r"(?:conditional(?:ly)?\s+)?non-?\s?cert(?:if\w*)?|not\s+(?:be\s+)?(?:certif\w+|authoriz\w+|approv\w+"
    r"|medically\s+\w+|recommended)|den(?:y|ied|ies|ial)|adverse(?:\s+determination)?|disapproved"
    r"|(?:unable\s+to|cannot(?:\s+be)?|can\s?not)\s+(?:certif\w+|approv\w+|authoriz\w+)"
    r"|non-?\s?authoriz\w+|not\s+granted|rejected"
)
_MODIFY = (
    r"modi[ft](?:y|ied|ies|ication)|partial(?:ly)?\s+(?:certif\w+|approv\w+|authoriz\w+)"
    r"|(?:certif\w+|approv\w+|authoriz\w+)\s+(?:with|as|in\s+part|in\s+modified)"
    r"(?:\s+modif\w+|\s+amended)?"
)
_DELAY = r"delay(?:ed)?|defer(?:red)?|pend(?:ed|ing)"
_APPROVE = r"certif(?:y|ied|ication)|approv(?:e|ed|al)|authoriz(?:e|ed|ation)|granted"
ACTION = re.compile(
    rf"\b(?:(?P<modify>{_MODIFY})|(?P<deny>{_DENY})|(?P<delay>{_DELAY})|(?P<approve>{_APPROVE}))\b",
    re.IGNORECASE,
)
ACTION_WORDS = rf"\b(?:{_MODIFY}|{_DENY}|{_DELAY}|{_APPROVE})\b"
"""The same without groups, for patterns built on it."""
_ASKING = re.compile(r"\brequests?\s+for\s+authorization\b", re.IGNORECASE)
_GRANT = re.compile(
    r"^[^\w#(]*(?:to|for|as|with|by|of)?\s*(?:allow\s+|a\s+|the\s+)?(?P<grant>\S.*?)\s*[.)\]]*$",
    re.IGNORECASE,
)
_GRANT_LABEL = re.compile(
    r"^\W*(?:modified\s+to|(?:quantity\s+)?(?:certified|approved|authorized|granted))\s*:?\s*(?P<grant>\S.*)$",
    re.IGNORECASE,
)


def action_in(words: str) -> UrAction:
    """The first action that the words name; UNKNOWN if they name none.

    >>> action_in("Certified with modification"), action_in("Conditionally non-certified")
    (<UrAction.MODIFY: 'modify'>, <UrAction.DENY: 'deny'>)
    """
    found = ACTION.search(_ASKING.sub(" ", words))
    if found is None or found.lastgroup is None:
        return UrAction.UNKNOWN
    return UrAction(found.lastgroup)


def granted_in(rest: str) -> str | None:
    """What is left of a modified request, in the words after the action: `to #90`."""
    rest = re.sub(r"^\W*(?:certif(?:y|ied)|approved?|authorized?)\b", "", rest, flags=re.IGNORECASE)
    words = re.sub(r"^[\s|\u2502.:\u2013\u2014()-]+|[\s|\u2502.:\u2013\u2014()-]+$", "", rest)
    found = _GRANT.match(words)
    return found["grant"] if found else None


def granted_below(line: str) -> str | None:
    """The same from a line of its own: `Approved: MRI without contrast`."""
    found = _GRANT_LABEL.match(line)
    return found["grant"].strip(" .") if found else None
