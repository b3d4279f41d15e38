"""An earlier study of the same part, and whether anything has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openimr.evaluate.context import Context, LeafResult, newest, words_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.leaves.procedure import earlier
from openimr.evaluate.regimen import day_of, text
from openimr.evaluate.wording import says, us_date
from openimr.model.evidence import Fact
from openimr.model.finding import Value
from openimr.model.rule import Role


def change_since_study(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A change since the last study of the kind: `changed` after it, or `unchanged` told.

    What was so before the study was taken is no change since. An exclusion of repetition is present
    where nothing changed, and absent where something did or no study came before.
    """
    studies = earlier(context, words_of(parameters, "kinds"), studies=True)
    last = newest(study for study in studies if not _is_only_told(study))
    changed = [fact for fact in matching(context, parameters, "changed") if _after(fact, last)]
    unchanged = [fact for fact in matching(context, parameters, "unchanged") if _after(fact, last)]
    excludes = context.criterion.role is Role.EXCLUSION
    if excludes and not studies:
        return LeafResult(
            value=Value.ABSENT, statement="No earlier study is recorded.", searched=True
        )
    if changed and newest(changed) >= newest(unchanged):
        return LeafResult(
            value=Value.ABSENT if excludes else Value.MET,
            statement=f"A change since the last study is recorded: {says(changed)}.",
            supporting=tuple(changed),
            opposing=tuple(unchanged),
        )
    if unchanged:
        return LeafResult(
            value=Value.PRESENT if excludes else Value.CONTRADICTED,
            statement=f"The complaint is told to be as before: {says(unchanged)}.",
            supporting=tuple(changed),
            opposing=tuple(unchanged),
        )
    when = f" of {us_date(last)}" if last > date.min else ""
    remark = f"; an earlier study{when} is on record: {says(studies)}" if studies else ""
    return LeafResult(value=context.silent, remark=remark)


def _is_only_told(study: Fact) -> bool:
    """Whether a study is named without its day: `worse since the last MRI` is told after it."""
    return study.concept == "prior_study" and text(study.value.get("element")) == "told"


def _after(fact: Fact, last: date) -> bool:
    day = day_of(fact)
    return day is None or day > last
