"""Laws of the clock: longer or later is never earlier, and what moves lands on an open day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from openimr.model.clock_rules import Roll, TimeLimit
from openimr.model.deadline import ClockOptions, DeadlineUnit, Suspension
from openimr.model.moments import PACIFIC, local
from openimr.model.party import ServiceMethod
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.clock import days_of, due

RULES = load_clock_rules()
CALIFORNIA = RULES.programs["ca-wc"]
IDS = [rule.id for rule in RULES.deadlines]
LIMITS = [
    (rule.id, limit)
    for rule in RULES.deadlines
    for limit in rule.limits
    if limit.effective_to is None
]
DAYS = st.dates(date(2018, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2040, 12, 31))  # noqa: DTZ001 Pacific
SERVICES = st.sampled_from([None, *ServiceMethod])
CHOICES = st.builds(
    ClockOptions, roll=st.sampled_from([None, True, False]), doubtful_holidays=st.booleans()
)


@given(st.sampled_from(LIMITS), MOMENTS, SERVICES, CHOICES, st.dates(date(2018, 1, 1)))
def test_a_trigger_one_day_later_is_never_due_earlier(
    named: tuple[str, TimeLimit],
    moment: datetime,
    service: ServiceMethod,
    choices: ClockOptions,
    decided: date,
) -> None:
    deadline, limit = named
    options = replace(choices, variant=limit.variant)
    one, other = (
        due(RULES, deadline, at, service, regime_day=decided, options=options).due
        for at in (moment, moment + timedelta(days=1))
    )
    assert one <= other


@given(st.sampled_from(["D8", "D9", "D10", "D25", "D26"]), DAYS, CHOICES)
def test_a_longer_extension_is_never_due_earlier(
    deadline: str, day: date, choices: ClockOptions
) -> None:
    longer = (
        ServiceMethod.PERSONAL,
        ServiceMethod.MAIL_CALIFORNIA,
        ServiceMethod.MAIL_UNITED_STATES,
        ServiceMethod.MAIL_ABROAD,
    )
    days = [due(RULES, deadline, day, one, options=choices).due for one in longer]
    assert days == sorted(days)
    for other in ServiceMethod:
        assert due(RULES, deadline, day, other, options=choices).due >= days[0]


@given(st.sampled_from(LIMITS), DAYS, SERVICES, CHOICES)
def test_what_is_moved_never_lands_on_a_closed_day(
    named: tuple[str, TimeLimit], day: date, service: ServiceMethod, choices: ClockOptions
) -> None:
    deadline, limit = named
    if limit.unit is DeadlineUnit.HOURS:
        return
    options = replace(choices, variant=limit.variant)
    found = due(RULES, deadline, day, service, options=options).due
    days = days_of(RULES, CALIFORNIA, day, doubtful=choices.doubtful_holidays)
    moved = {
        Roll.ALWAYS: True,
        Roll.UNLESS_TOLD: choices.roll is not False,
        Roll.WHEN_TOLD: choices.roll is True,
        Roll.NEVER: False,
    }[limit.roll]
    assert isinstance(found, date)
    if moved:
        assert not days.closed(found)
    if limit.unit is DeadlineUnit.BUSINESS_DAYS:
        assert days.is_working(found)


@given(st.sampled_from(["D3", "D16"]), MOMENTS)
def test_hours_are_hours_whatever_the_clocks_on_the_wall_do(
    deadline: str, moment: datetime
) -> None:
    found = due(RULES, deadline, moment).due
    assert isinstance(found, datetime)
    begun = moment.replace(tzinfo=PACIFIC)
    hours = {"D3": 72, "D16": 24}[deadline]
    assert found.astimezone(UTC) - begun.astimezone(UTC) == timedelta(hours=hours)
    assert local(found).tzinfo is PACIFIC


@given(st.sampled_from(["D4", "D14", "D19", "D23", "D24"]), DAYS, st.integers(0, 60), CHOICES)
def test_a_suspension_never_makes_anything_due_earlier_and_its_days_do_not_count(
    deadline: str, day: date, length: int, choices: ClockOptions
) -> None:
    since = day + timedelta(days=2)
    pause = Suspension(since=since, until=since + timedelta(days=length))
    plain = due(RULES, deadline, day, options=choices).due
    held = due(RULES, deadline, day, options=replace(choices, suspended=(pause,))).due
    assert held >= plain
    unrolled = replace(choices, roll=False)
    if deadline in {"D4", "D19", "D24"}:
        bare, later = (
            due(RULES, deadline, day, options=replace(unrolled, suspended=pauses)).due
            for pauses in ((), (pause,))
        )
        assert later - bare == timedelta(days=length)


@given(st.sampled_from(IDS), MOMENTS, SERVICES)
def test_every_step_is_told_and_doubt_is_carried_to_the_answer(
    deadline: str, moment: datetime, service: ServiceMethod
) -> None:
    found = due(RULES, deadline, moment, service)
    assert found.steps
    assert all(step.text.endswith(".") for step in found.steps)
    assert found.unverified == any(step.unverified for step in found.steps)
    assert any(step.citation for step in found.steps)
