"""Named tests of criteria: one function each, (context, parameters) -> result.

The rulebook's `tests.yaml` says what each test asks and which parameters it takes; the two are
held together by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openimr.evaluate.context import Leaf
from openimr.evaluate.leaves import (
    combination,
    course,
    function,
    history,
    indication,
    limits,
    pain,
    protocol,
    response,
    statements,
    trials,
    weaning,
)

TESTS: Mapping[str, Leaf] = MappingProxyType(
    {
        "analgesia": pain.analgesia,
        "function": function.function,
        "work": function.work,
        "response": response.response,
        "attribution": response.attribution,
        "protocol": protocol.benefit,
        "continuing_reasons": protocol.continuing_reasons,
        "evidence": statements.evidence,
        "stop_reason": statements.stop_reason,
        "other_pain": statements.other_pain,
        "instrument": statements.instrument,
        "prescriber": statements.prescriber,
        "tolerance": statements.tolerance,
        "daily_dose": limits.daily_dose,
        "days_supply": limits.days_supply,
        "patch_wear": limits.patch_wear,
        "morphine_equivalent": limits.morphine_equivalent,
        "first_use": history.first_use,
        "duration": history.duration,
        "trial_length": history.trial_length,
        "longest_trial": course.longest_trial,
        "dose_by_indication": indication.dose_by_indication,
        "prior_trial": trials.prior_trial,
        "first_of_group": trials.first_of_group,
        "opioid_tolerant": trials.opioid_tolerant,
        "weaning_supply": weaning.weaning_supply,
        "taper_granted": weaning.taper_granted,
        "combination": combination.combination,
    }
)
