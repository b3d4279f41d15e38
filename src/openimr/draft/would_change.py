"""What would have changed a suggestion: the flip set in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openimr.draft.bind import bind
from openimr.draft.evidence import clause_end
from openimr.draft.record import criteria_names, listed
from openimr.model.determination import Sentence
from openimr.model.finding import Evaluation, Finding, Suggestion, Value
from openimr.model.ids import CriterionId

_CONDITIONS = {
    Value.CONTRADICTED: "the record showed {} where it now says otherwise",
    Value.CONFLICTING: "the record were at one on {}",
    Value.PRESENT: "{} did not apply",
    Value.EXCEEDED: "the request kept within {}",
    Value.ABSENT: "the record showed {}",
    Value.PARTIAL: "{} were documented in full",
}
"""What would have had to be so, by the value found; documented, for every other."""


def write_would_change(evaluation: Evaluation) -> tuple[Sentence, ...]:
    """One sentence for each smallest set of missing elements; none where the request holds."""
    if evaluation.suggestion is Suggestion.SUPPORT:
        return ()
    by_id = {finding.criterion: finding for finding in evaluation.findings}
    known = [flip for flip in evaluation.flip if flip and all(each in by_id for each in flip)]
    if not known:
        return _nothing(evaluation)
    return tuple(sentence for flip in known for sentence in _set_sentences(flip, by_id))


def _set_sentences(
    flip: Sequence[CriterionId], findings: Mapping[CriterionId, Finding]
) -> list[Sentence]:
    chosen = [findings[identity] for identity in flip]
    conditions = [_condition(finding) for finding in chosen]
    text = f"The suggestion would change if {listed(conditions)}"
    sentences = [bind(text, findings=flip, citations=[finding.citation for finding in chosen])]
    for finding in chosen:
        if finding.satisfied_by and finding.value is not Value.PRESENT:
            example = (
                f"What would count for {finding.criterion}: {clause_end(finding.satisfied_by)}"
            )
            sentences.append(bind(example, findings=[finding.criterion]))
    return sentences


def _condition(finding: Finding) -> str:
    return _CONDITIONS.get(finding.value, "{} were documented").format(_requirement(finding))


def _requirement(finding: Finding) -> str:
    """The criterion by its id with the first sentence of its wording."""
    words = clause_end(finding.requirement.split(". ")[0])
    return f"{finding.criterion} ({words})" if words else str(finding.criterion)


def _nothing(evaluation: Evaluation) -> tuple[Sentence, ...]:
    if not evaluation.reasons:
        return ()
    text = (
        "No added documentation that the criteria know of would change the suggestion for the "
        f"request as written, because of {criteria_names(evaluation.reasons)}"
    )
    return (bind(text, findings=evaluation.reasons),)
