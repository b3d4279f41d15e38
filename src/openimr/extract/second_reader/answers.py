"""An answer to the proposals in it that stand, letter for letter, where they say they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from openimr.extract.second_reader.questions import MOST_PROPOSALS
from openimr.model.ids import ConceptId
from openimr.model.second_reader import Question, Refusal, SecondProposal
from openimr.model.text import Page

NO_JSON = "the answer is no JSON of the form that was asked for"
_KEYS = frozenset({"sentence", "concept", "quote"})
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(?P<inside>.*?)\n?\s*```\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Checked:
    """What an answer held: proposals, refusals, or a reason why it could not be read at all."""

    proposals: tuple[SecondProposal, ...] = ()
    refused: tuple[Refusal, ...] = ()
    failure: str = ""


def check_answer(text: str, question: Question, page: Page, concepts: Set[ConceptId]) -> Checked:
    r"""Read an answer and keep what stands verbatim in the sentence it names.

    White space is free, since a page breaks its lines where it likes; every other letter counts.

    Args:
        text: the answer, of which nothing is believed.
        question: what was asked.
        page: the page that was asked about.
        concepts: what may be proposed.
    """
    listed = _listed(text)
    if listed is None:
        return Checked(failure=NO_JSON)
    kept: dict[SecondProposal, None] = {}
    refused = [Refusal.TOO_MANY] * max(0, len(listed) - MOST_PROPOSALS)
    for raw in listed[:MOST_PROPOSALS]:
        found = _check(raw, question, page, concepts)
        if isinstance(found, Refusal):
            refused.append(found)
        elif found in kept:
            refused.append(Refusal.REPEATED)
        else:
            kept[found] = None
    return Checked(tuple(kept), tuple(refused))


def _listed(text: str) -> list[object] | None:
    """The list of proposals; None where the text is anything else."""
    fenced = _FENCE.fullmatch(text)
    try:
        answer = json.loads(fenced["inside"] if fenced else text)
    except (ValueError, RecursionError):
        return None
    listed = answer.get("proposals") if isinstance(answer, dict) else None
    return listed if isinstance(listed, list) else None


def _check(
    raw: object, question: Question, page: Page, concepts: Set[ConceptId]
) -> SecondProposal | Refusal:
    if not isinstance(raw, Mapping) or not raw.keys() >= _KEYS:
        return Refusal.NO_PROPOSAL
    if raw.keys() != _KEYS:
        return Refusal.SAYS_MORE
    number, concept, quote = raw["sentence"], raw["concept"], raw["quote"]
    if type(number) is not int or not isinstance(concept, str) or not isinstance(quote, str):
        return Refusal.NO_PROPOSAL
    if concept not in concepts:
        return Refusal.NO_CONCEPT
    if not 1 <= number <= len(question.sentences):
        return Refusal.NO_SENTENCE
    span = _find(quote, page.text, *question.sentences[number - 1])
    if span is None:
        return Refusal.NOT_VERBATIM
    start, end = span
    return SecondProposal(
        document=question.document,
        page=question.page,
        start=start,
        end=end,
        concept=ConceptId(concept),
        quote=page.text[start:end],
    )


def _find(quote: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    r"""Where a quote stands in `text[start:end]`, whole words of it; None if it does not.

    >>> _find("on it he walks", "Pain is less;\non it\n  he walks.", 0, 31)
    (14, 30)
    """
    words = quote.split()
    if not words or len(" ".join(words)) > end - start:
        return None
    spaced = r"\s+".join(re.escape(word) for word in words)
    found = re.compile(rf"(?<!\w){spaced}(?!\w)").search(text, start, end)
    return found.span() if found else None
