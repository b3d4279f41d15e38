"""Studies weighed by the hierarchy of evidence: put aside, graded, and who prevails.

1. a study that does not fit the case, or is unreliable, is put aside, with the reason
2. each other study has the level of its design for the question asked (8 CCR 9792.25.1)
3. the side with the better level prevails; on a tie the schedule, which is presumed correct
   (Labor Code 4604.5(a)), stands
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
    best = {side: _best(graded, side, methodology.ranks) for side in Side}
    prevails = _prevails(best[Side.REQUEST], best[Side.GUIDELINE], methodology.ranks)
    levels = [level for level in best.values() if level]
    return Appraisal(
        challenge=challenge,
        methodology=methodology.id,
        citation=methodology.citation,
        studies=graded,
        best=min(levels, key=methodology.ranks.index, default=""),
        prevails=prevails,
        note=_note(best[Side.REQUEST], best[Side.GUIDELINE], prevails),
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
    if not request and not guideline:
        return None
    if request == guideline:
        return None
    if not guideline:
        return Side.REQUEST
    if not request or ranks.index(guideline) < ranks.index(request):
        return Side.GUIDELINE
    return Side.REQUEST


def _note(request: str, guideline: str, prevails: Side | None) -> str:
    told = f"best evidence for the request: {_level(request)}; against it: {_level(guideline)}"
    if prevails is Side.REQUEST:
        return f"{told}. The presumption of the MTUS is rebutted."
    tie = ", of the same level" if prevails is None and request else ""
    return f"{told}{tie}. The presumption of the MTUS stands."


def _level(level: str) -> str:
    return f"level {level}" if level else "none that counts"
