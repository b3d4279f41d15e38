"""The only place where sentences are made: one that stands on nothing cannot be built."""

from __future__ import annotations

from collections.abc import Iterable

from openimr.model.determination import Sentence
from openimr.model.errors import OpenIMRError
from openimr.model.evidence import PageRef
from openimr.model.ids import CriterionId, FactId


class UnboundSentenceError(OpenIMRError):
    """A sentence would have stood on no finding, fact or page."""

    code = "unbound-sentence"


def bind(
    text: str,
    *,
    findings: Iterable[CriterionId] = (),
    facts: Iterable[FactId] = (),
    pages: Iterable[PageRef] = (),
    citations: Iterable[str] = (),
    part: str = "",
) -> Sentence:
    """A sentence with what it stands on, each support once, in order.

    Raises:
        UnboundSentenceError: if it would stand on nothing.
    """
    sentence = Sentence(
        text=tidy(text),
        findings=tuple(dict.fromkeys(findings)),
        facts=tuple(dict.fromkeys(facts)),
        pages=tuple(dict.fromkeys(pages)),
        citations=tuple(dict.fromkeys(citation for citation in citations if citation)),
        part=part,
    )
    if not (sentence.findings or sentence.facts or sentence.pages):
        raise UnboundSentenceError(
            "a sentence of the draft stands on no finding, fact or page",
            why=f"the sentence is: {sentence.text}",
            remedy="report this with the case's determination; the draft must not state it",
        )
    return sentence


def tidy(text: str) -> str:
    """On one line, with exactly one mark at its end."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", ".”", "?”", "!”")) else f"{line}."
