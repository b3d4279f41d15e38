"""Every ground of a day laid against a case: code -> what the case gives for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from openimr.model.application import FiledItem
from openimr.model.ground import GroundCode, GroundFinding, GroundRule, GroundScope
from openimr.workflow.dispute_grounds import authorized, conditional, liability, no_dispute
from openimr.workflow.earlier_grounds import consolidate, duplicate, prior_decision
from openimr.workflow.filing_grounds import (
    incomplete,
    no_decision,
    no_urgency_certificate,
    not_party,
    unsigned,
    withdrawn,
    wrong_forum,
)
from openimr.workflow.ground_view import Verdict, View, look_up, unknown
from openimr.workflow.time_grounds import clock_not_started, decision_late, late, old_regime

_OF_CASE: Mapping[GroundCode, Callable[[View, GroundRule], Verdict]] = {
    GroundCode.UNSIGNED: unsigned,
    GroundCode.LATE: late,
    GroundCode.NO_UR: no_decision,
    GroundCode.INCOMPLETE: incomplete,
    GroundCode.OLD_REGIME: old_regime,
    GroundCode.NOT_PARTY: not_party,
    GroundCode.CLOCK_NOT_STARTED: clock_not_started,
    GroundCode.UR_LATE: decision_late,
    GroundCode.NO_URGENCY_CERT: no_urgency_certificate,
    GroundCode.WRONG_FORUM: wrong_forum,
    GroundCode.WITHDRAWN: withdrawn,
    GroundCode.CONSOLIDATE: consolidate,
}
_OF_ITEM: Mapping[GroundCode, Callable[[View, GroundRule, FiledItem], Verdict]] = {
    GroundCode.CNC: conditional,
    GroundCode.NO_DISPUTE: no_dispute,
    GroundCode.LIABILITY: liability,
    GroundCode.AUTHORISED: authorized,
    GroundCode.DUPLICATE: duplicate,
    GroundCode.PRIOR_IMR: prior_decision,
}


def examine(view: View, rules: Sequence[GroundRule]) -> tuple[GroundFinding, ...]:
    """What the case gives for each ground, of the case or of each of its items.

    Args:
        view: the case and what may be asked about it.
        rules: the grounds of the day, in the order in which they are told.
    """
    return tuple(finding for rule in rules for finding in _of_rule(view, rule))


def _of_rule(view: View, rule: GroundRule) -> Iterator[GroundFinding]:
    if rule.scope is GroundScope.CASE:
        yield _OF_CASE[rule.code](view, rule).finding(view, rule, None)
        return
    if not view.case.items:
        ask = look_up("Which treatment is disputed?")
        yield unknown("No disputed item is stated", "items", ask=ask).finding(view, rule, None)
    for item in view.case.items:
        yield _OF_ITEM[rule.code](view, rule, item).finding(view, rule, item)
