"""What would have changed a suggestion: the flip set in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openimr.draft.bind import bind
from openimr.draft.evidence import clause_end
from openimr.draft.record import criteria_names, listed
from openimr.draft.wording import count
from openimr.model.determination import Sentence
from openimr.model.finding import Evaluation, Finding, Suggestion, Value
from openimr.model.ids import CriterionId

_SHOWN = 4
"""Sets told in full; further ones by their criteria."""
_CONDITIONS = {
    Value.CONTRADICTED: "the record met {} where it now says otherwise",
    Value.CONFLICTING: "the record were at one on {}",
    Value.PRESENT: "{} did not apply",
    Value.EXCEEDED: "the request kept within {}",
    Value.ABSENT: "the record met {}",
    Value.PARTIAL: "the record met {} in full",
}
"""What would have had to be so, by the value found; met, for every other."""


def write_would_change(evaluation: Evaluation) -> tuple[Sentence, ...]:
    """One sentence for each smallest set of missing elements; none where the request holds."""
    if evaluation.suggestion is Suggestion.SUPPORT:
        return ()
    by_id = {finding.criterion: finding for finding in evaluation.findings}
    known = [flip for flip in evaluation.flip if flip and all(each in by_id for each in flip)]
    if not known:
        return _nothing(evaluation)
    told = [_set_sentence(flip, by_id) for flip in known[:_SHOWN]]
    if len(known) > _SHOWN:
        more = {identity for flip in known[_SHOWN:] for identity in flip}
        names = criteria_names(each for each in by_id if each in more)
        text = f"{count(len(known) - _SHOWN, 'further set')} would change it too, of {names}"
        told.append(bind(text, findings=[each for each in by_id if each in more]))
    shown = dict.fromkeys(identity for flip in known[:_SHOWN] for identity in flip)
    return (*told, *_examples([by_id[identity] for identity in shown]))


def _set_sentence(flip: Sequence[CriterionId], findings: Mapping[CriterionId, Finding]) -> Sentence:
    chosen = [findings[identity] for identity in flip]
    conditions = [_condition(finding) for finding in chosen]
    text = f"The suggestion would change if {listed(conditions)}"
    return bind(text, findings=flip, citations=[finding.citation for finding in chosen])


def _examples(findings: Sequence[Finding]) -> list[Sentence]:
    """What would count for each criterion; an exclusion that applies is not documented away."""
    return [
        bind(
            f"What would count for {finding.criterion}: {clause_end(finding.satisfied_by)}",
            findings=[finding.criterion],
        )
        for finding in findings
        if finding.satisfied_by.strip(" -") and finding.value is not Value.PRESENT
    ]


def _condition(finding: Finding) -> str:
    return _CONDITIONS.get(finding.value, "the record met {}").format(_requirement(finding))


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
