"""Studies weighed by the hierarchy of evidence: put aside, graded, and who prevails.

1. a study that does not fit the case, or is unreliable, is put aside, with the reason
2. each other study has the level of its design for the question asked (8 CCR 9792.25.1)
3. the side with the better level prevails; on a tie, or where nobody entered a study behind the
   recommendation, the schedule stands, which is presumed correct (Labor Code 4604.5(a))
"""

from __future__ import annotations

from collections.abc import Sequence

from openimr.model.study import (
    Appraisal,
    Bias,
    Challenge,
    GradedStudy,
    Methodology,
    Side,
    Study,
)


def appraise(challenge: Challenge, methodology: Methodology) -> Appraisal:
    """How a challenge comes out.

    Args:
        challenge: the studies for and against, as a reviewer entered them.
        methodology: the hierarchy in force on the day of the decision under review.
    """
    graded = tuple(_graded(study, challenge, methodology) for study in challenge.studies)
    ranks = methodology.ranks
    request, guideline = (_best(graded, side, ranks) for side in (Side.REQUEST, Side.GUIDELINE))
    compared = any(study.speaks_for is Side.GUIDELINE for study in challenge.studies)
    prevails = _prevails(request, guideline, ranks) if compared else None
    return Appraisal(
        challenge=challenge,
        methodology=methodology.id,
        citation=methodology.citation,
        unverified=methodology.unverified,
        studies=graded,
        best=min(filter(None, (request, guideline)), key=ranks.index, default=""),
        prevails=prevails,
        note=_note(request, guideline, prevails, compared=compared),
    )


def _graded(study: Study, challenge: Challenge, methodology: Methodology) -> GradedStudy:
    if not study.applicable:
        return GradedStudy(study=study, put_aside=f"not applicable: {study.why}")
    if study.bias is Bias.UNRELIABLE:
        return GradedStudy(study=study, put_aside=f"unreliable: {study.why}")
    cell = methodology.grade(study, challenge.question)
    if cell is None:
        bias = f"{study.bias} risk of bias"
        why = f"no level is known for {study.design} ({bias}) on {challenge.question}"
        return GradedStudy(study=study, put_aside=why)
    return GradedStudy(study=study, level=cell.level, unverified=cell.unverified)


def _best(graded: Sequence[GradedStudy], side: Side, ranks: Sequence[str]) -> str:
    levels = [one.level for one in graded if one.level and one.study.speaks_for is side]
    return min(levels, key=ranks.index, default="")


def _prevails(request: str, guideline: str, ranks: Sequence[str]) -> Side | None:
    """The side of the better level; None for a tie and where no study of either counts."""
    if request == guideline:
        return None
    worst = len(ranks)
    at = {side: ranks.index(side) if side else worst for side in (request, guideline)}
    return Side.REQUEST if at[request] < at[guideline] else Side.GUIDELINE


def _note(request: str, guideline: str, prevails: Side | None, *, compared: bool) -> str:
    told = f"best evidence for the request: {_level(request)}; against it: {_level(guideline)}"
    if not compared:
        missing = "no study behind the recommendation was entered, so nothing can be compared"
        return f"{told}; {missing}. The presumption of the MTUS stands."
    if prevails is Side.REQUEST:
        return f"{told}. The presumption of the MTUS is rebutted."
    tie = ", of the same level" if prevails is None and request else ""
    return f"{told}{tie}. The presumption of the MTUS stands."


def _level(level: str) -> str:
    return f"level {level}" if level else "none that counts"
