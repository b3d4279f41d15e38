"""A shell: a topic that says what is not known suggests nothing and tells why."""

from __future__ import annotations

from openimr.model.finding import Suggestion
from rule_cases import evaluate, rulebook

SHELLS = [topic for topic in rulebook().topics if topic.open]


def test_a_kit_goes_to_the_reviewer_with_what_was_searched() -> None:
    found = evaluate({"request": {"line": "Tabradol 1mg/ml 250ml"}})
    assert found.suggestion is Suggestion.REFER
    assert not found.reasons
    assert not found.flip
    assert [finding.certificate is not None for finding in found.findings] == [True]
    assert any("has criteria for a kit" in note for note in found.notes)


def test_a_shell_says_in_a_sentence_what_is_not_known() -> None:
    assert SHELLS
    for topic in SHELLS:
        assert topic.open.endswith("."), topic.file
        assert topic.open[:1].isupper(), topic.file
