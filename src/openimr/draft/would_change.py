"""What would have changed a suggestion: the flip set in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openimr.draft.bind import bind
from openimr.draft.evidence import subject
from openimr.draft.record import criteria_names
from openimr.draft.wording import clause_end, count
from openimr.model.determination import Sentence
from openimr.model.finding import Evaluation, Finding, Suggestion, Value
from openimr.model.ids import CriterionId
from openimr.model.prose import listed

_SHOWN = 3
"""Sets told in full; further ones by their criteria."""
_CONDITIONS = {
    Value.CONTRADICTED: "showed {} where it now says otherwise",
    Value.CONFLICTING: "were at one on {}",
    Value.PRESENT: "did not show {}",
    Value.PARTIAL: "showed {} in full",
}
"""What the record would have had to do, by the value found; show it, for every other."""


def write_would_change(evaluation: Evaluation) -> tuple[Sentence, ...]:
    """One sentence for each smallest set of missing elements; none where the request holds."""
    if evaluation.suggestion is Suggestion.SUPPORT:
        return ()
    by_id = {finding.criterion: finding for finding in evaluation.findings}
    known = [flip for flip in evaluation.flip if flip and all(each in by_id for each in flip)]
    if not known:
        return _nothing(evaluation, by_id)
    told = [_set_sentence(flip, by_id) for flip in known[:_SHOWN]]
    if len(known) > _SHOWN:
        more = {identity for flip in known[_SHOWN:] for identity in flip}
        names = criteria_names(each for each in by_id if each in more)
        text = f"{count(len(known) - _SHOWN, 'further set')} would change it too, of {names}"
        told.append(bind(text, findings=[each for each in by_id if each in more]))
    shown = dict.fromkeys(identity for flip in known[:_SHOWN] for identity in flip)
    return (*told, *_examples([by_id[identity] for identity in shown]))


def _set_sentence(flip: Sequence[CriterionId], findings: Mapping[CriterionId, Finding]) -> Sentence:
    """`The suggestion would change if the record showed pain relief (OPI-1) and ...`."""
    chosen = [findings[identity] for identity in flip]
    record = [each for each in chosen if each.value is not Value.EXCEEDED]
    by_words: dict[str, list[str]] = {}
    for finding in record:
        words = _CONDITIONS.get(finding.value, "showed {}")
        by_words.setdefault(words, []).append(subject(finding))
    conditions = [words.format(listed(names)) for words, names in by_words.items()]
    parts = [f"the record {listed(conditions)}"] if conditions else []
    over = [subject(each) for each in chosen if each.value is Value.EXCEEDED]
    parts += [f"the request kept within {listed(over)}"] if over else []
    text = f"The suggestion would change if {listed(parts)}"
    return bind(text, findings=flip, citations=[finding.citation for finding in chosen])


def _examples(findings: Sequence[Finding]) -> list[Sentence]:
    """What would count for each criterion; an exclusion that applies is not documented away."""
    telling = [
        finding
        for finding in findings
        if finding.satisfied_by.strip(" -") and finding.value is not Value.PRESENT
    ]
    if not telling:
        return []
    told = "; ".join(
        f"for {finding.criterion}, {clause_end(finding.satisfied_by)}" for finding in telling
    )
    return [bind(f"What would count: {told}", findings=[each.criterion for each in telling])]


def _nothing(evaluation: Evaluation, by_id: Mapping[CriterionId, Finding]) -> tuple[Sentence, ...]:
    if not evaluation.reasons:
        return ()
    names = listed(subject(by_id[each]) if each in by_id else each for each in evaluation.reasons)
    text = (
        "No added documentation that the criteria know of would change the suggestion for the "
        f"request as written, because of {names}"
    )
    return (bind(text, findings=evaluation.reasons),)
