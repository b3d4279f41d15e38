"""Named tests of criteria: one function each, (context, parameters) -> result.

The rulebook's `tests.yaml` says what each test asks and which parameters it takes; the two are
held together by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openimr.evaluate.context import Leaf
from openimr.evaluate.leaves import (
    agreement,
    beside,
    care,
    cautions,
    combination,
    course,
    dosing,
    function,
    history,
    indication,
    injury,
    limits,
    pain,
    person,
    procedure,
    protocol,
    recurrence,
    request_line,
    response,
    sole,
    statements,
    study,
    therapy,
    trials,
    visits,
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
        "visits": visits.visits,
        "schedule": visits.schedule,
        "first_course": therapy.first_course,
        "therapy_gain": therapy.therapy_gain,
        "interval": recurrence.interval,
        "times_within": recurrence.times_within,
        "dosing_interval": dosing.dosing_interval,
        "since_injury": injury.since_injury,
        "long_use_in": cautions.long_use_in,
        "asked": request_line.asked,
        "level_count": request_line.level_count,
        "both_sides": request_line.both_sides,
        "requested_count": request_line.requested_count,
        "conservative_care": care.conservative_care,
        "first_of_kind": procedure.first_of_kind,
        "procedure_response": procedure.procedure_response,
        "procedure_count": procedure.procedure_count,
        "procedure_interval": procedure.procedure_interval,
        "level_agreement": agreement.level_agreement,
        "lasting_complaint": person.lasting_complaint,
        "age_and_mass": person.age_and_mass,
        "change_since_study": study.change_since_study,
        "taken_beside": beside.taken_beside,
        "risk_factor": beside.risk_factor,
        "indication": sole.indication,
        "only": sole.only,
    }
)
