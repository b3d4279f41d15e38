"""All checks, in the order in which a reader wants their problems."""

from openimr.qa.check import Check
from openimr.qa.checks import (
    contradiction,
    copied,
    dates,
    dose,
    drug_facts,
    guideline,
    outcome,
    safety,
    specific,
    subject,
)

CHECKS: tuple[Check, ...] = (
    dates.CHECK,
    guideline.CHECK_MISSING,
    outcome.CHECK,
    contradiction.CHECK_ITSELF,
    contradiction.CHECK_SUMMARY,
    subject.CHECK_DRUG,
    subject.CHECK_SIDE,
    subject.CHECK_AMOUNT,
    dose.CHECK_QUANTITY,
    dose.CHECK_UNIT,
    dose.CHECK_CUMULATIVE,
    safety.CHECK_COMBINATION,
    safety.CHECK_TAPER,
    drug_facts.CHECK_CLASS,
    drug_facts.CHECK_USE,
    guideline.CHECK_PAGE,
    guideline.CHECK_EDITION,
    guideline.CHECK_SKIPPED,
    guideline.CHECK_WIDE,
    specific.CHECK,
    copied.CHECK_ITEM,
    copied.CHECK_LETTER,
)
