"""The value that words hold, once somebody has said what they speak of.

The vocabulary is looser than the lexicon's, since the concept need not be found but only confirmed;
a value is still read from words that stand there, or the proposal is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from openimr.extract.contexts import Number, masked, speaks_of_medicine, with_contexts
from openimr.extract.mentions import Matcher, words
from openimr.extract.pain_patterns import BARE, NO_COUNT, OF_TEN, PAIN_STRICT, N
from openimr.extract.pain_relief import RELIEF, SCORE, plain
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number
from openimr.model.ids import ConceptId
from openimr.model.lexicon import Lexicon
from openimr.model.second_reader import Refusal, SecondProposal

_FUNCTION = ConceptId("functional_improvement")
_TRIAL = ConceptId("prior_nonopioid_trials")
_OF_TEN = re.compile(rf"(?<![\w/.#-])(?P<low>{N})(?P<high>(?!)){OF_TEN}", re.IGNORECASE)
_FOR_PAIN = frozenset(
    {"analgesic_class", "sedative", "hypnotic", "antidepressant", "antiepileptic"}
)
"""Groups of drugs that are tried for pain, spasm, sleep or nerves."""
_COUNT = re.compile(
    rf"(?!{NO_COUNT})|\s+to\s+(?:{N}|\d)|\s*(?:daily|degrees?|years?|months?|weeks?|hours?|per)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(rf"(?:\d|\b{N}|\bup)\s+to\s+$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:grade|stage|phase|type|group|class|item|question|page|exhibit|step|visit|session|day|week"
    r"|unit|no\.?)\s*$",
    re.IGNORECASE,
)
"""`6 visits` and `phase 2` are no scores."""
_MOST = 10
_MEDICINE = "medicine"
"""The word list that the name of a drug counts for."""
_LIST_NUMBER = re.compile(r"[.)]\s")
_PRONOUN = "one"
"""`He takes one` is no score."""
_SIDES = {"without_medication": "without", "with_medication": "with"}
_RULE = "second_reader"


class LooseReader:
    """Reads values with the vocabulary of what may be proposed.

    Args:
        loose: concepts with the sayings that confirm them.
        activities: the lexicon's list of activities, the name of each entry first.
    """

    def __init__(self, loose: Lexicon, activities: Sequence[str]) -> None:
        self._matcher = Matcher(loose)
        self._near = {
            concept.id: frozenset().union(*(_stems(word, loose) for word in concept.near))
            for concept in loose.concepts.values()
        }
        self._activities = [
            (entry.split("|")[0].replace("~", " "), _any_of(entry)) for entry in activities
        ]

    def read(self, proposal: SecondProposal, passage: Passage) -> Reading | Refusal:
        """What the proposed words say, or why nothing can be read from them."""
        if proposal.concept in {SCORE, RELIEF}:
            scores = _scores(passage)
            if any(_inside(one, proposal, passage) for one in scores):
                return _of_scores(proposal, passage, scores)
        if not self._is_about(proposal.concept, passage):
            return Refusal.NO_VALUE
        said = [
            reading
            for reading in self._matcher.find(passage)
            if reading.concept == proposal.concept
            and proposal.start <= reading.start
            and reading.end <= proposal.end
        ]
        if not said:
            return Refusal.NO_VALUE
        if any((one.value, one.absent) != (said[0].value, said[0].absent) for one in said):
            return Refusal.SEVERAL_VALUES
        reading = replace(said[0], rule=f"{_RULE}.{said[0].rule}")
        if proposal.concept == _FUNCTION:
            return self._with_activities(reading, proposal)
        return _with_drug(reading, proposal, passage) if proposal.concept == _TRIAL else reading

    def _is_about(self, concept: ConceptId, passage: Passage) -> bool:
        """Whether the sentence, or the one before it, holds a word that the concept needs."""
        needed = self._near.get(concept)
        sentences = [passage, passage.before] if passage.before is not None else [passage]
        return not needed or any(
            not needed.isdisjoint(each.stems) or (_MEDICINE in needed and each.drugs)
            for each in sentences
        )

    def _with_activities(self, reading: Reading, proposal: SecondProposal) -> Reading | Refusal:
        """Function with what is done better or worse; a change of nothing named says nothing."""
        named = tuple(name for name, form in self._activities if form.search(proposal.quote))
        if not named:
            return Refusal.NO_VALUE
        value = {**reading.value, "activities": named}
        if value.get("direction") == "better":
            value["specific"] = True
        return replace(reading, value=value)


def _stems(word: str, loose: Lexicon) -> frozenset[str]:
    """The stems that a needed word stands for: its own, or those of the list it names."""
    return words((word, *loose.lists.get(word, ())))


def _any_of(entry: str) -> re.Pattern[str]:
    ways = "|".join(
        re.escape(way).replace("\\~", "~").replace("~", r"\s+") for way in entry.split("|")
    )
    return re.compile(rf"\b(?:{ways})(?:s|es|ed|ing)?\b(?!-)", re.IGNORECASE)


def _with_drug(reading: Reading, proposal: SecondProposal, passage: Passage) -> Reading | Refusal:
    """A trial of the one drug that the words name; of opioids the medication's course tells."""
    drugs = {
        one.drug.generic: one
        for one in passage.source.drugs_in(proposal.start, proposal.end)
        if not (one.drug.is_opioid or one.misspelled or _FOR_PAIN.isdisjoint(one.drug.groups))
    }
    if len(drugs) != 1:
        return Refusal.SEVERAL_VALUES if drugs else Refusal.NO_VALUE
    generic, mention = drugs.popitem()
    value = {"drug": mention.written, "generic": generic, **reading.value}
    start, end = min(reading.start, mention.start), max(reading.end, mention.end)
    return replace(reading, value=value, start=start, end=end)


def _scores(passage: Passage) -> list[Number]:
    """Scores of pain in a passage, each with what the passage says of it."""
    text = masked(passage)
    around = f"{passage.before.text} {text}" if passage.before else text
    if not (PAIN_STRICT.search(around) or speaks_of_medicine(text)):
        return []
    taken = [
        (date.start - passage.start, date.end - passage.start)
        for date in passage.source.dates_in(passage.start, passage.end)
    ]
    found: list[Number] = []
    for pattern in (_OF_TEN, BARE):
        for one in pattern.finditer(text):
            value = number(one["high"] or one["low"])
            if value is None or value > _MOST or _is_count(text, one):
                continue
            if not any(_overlap(one.span(), span) for span in taken):
                found.append(Number(*one.span(), value))
                taken.append(one.span())
    return with_contexts(text, found)


def _is_count(text: str, found: re.Match[str]) -> bool:
    """Whether a number counts or numbers something: `6 visits`, `phase 2`, `2.`, `takes one`."""
    return (
        found["low"].casefold() == _PRONOUN
        or _COUNT.match(text, found.end()) is not None
        or _NUMBERED.search(text[: found.start()]) is not None
        or _UP_TO.search(text[: found.start()]) is not None
        or (
            not text[: found.start()].strip(" (#")
            and _LIST_NUMBER.match(text, found.end()) is not None
        )
    )


def _inside(score: Number, proposal: SecondProposal, passage: Passage) -> bool:
    start, end = passage.start + score.start, passage.start + score.end
    return proposal.start <= start and end <= proposal.end


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_scores(
    proposal: SecondProposal, passage: Passage, scores: Sequence[Number]
) -> Reading | Refusal:
    """One score, or one without and one with the medicine.

    Two scores of which the sentence does not say how they differ (`a nine now, it was a seven`) are
    not told apart here, however few of them were quoted.
    """
    by_context = {one.context: one for one in scores}
    if len(by_context) != len(scores):
        return Refusal.SEVERAL_VALUES
    inside = [one for one in scores if _inside(one, proposal, passage)]
    if proposal.concept == SCORE:
        if len(inside) > 1:
            return Refusal.SEVERAL_VALUES
        value: dict[str, object] = {"score": plain(inside[0].value)}
        value["context"] = inside[0].context or "unspecified"
    else:
        sides = {_SIDES[one.context]: one.value for one in inside if one.context in _SIDES}
        if len(sides) != len(inside):
            return Refusal.NO_VALUE
        value = {side: plain(amount) for side, amount in sides.items()}
        if len(sides) > 1:
            value["direction"] = _direction(sides["without"], sides["with"])
    return Reading(
        concept=proposal.concept,
        start=passage.start + min(one.start for one in inside),
        end=passage.start + max(one.end for one in inside),
        value=value,
        rule=f"{_RULE}.{proposal.concept}.scores",
        negatable=False,
    )


def _direction(without: float, with_: float) -> str:
    return "better" if with_ < without else "worse" if with_ > without else "same"
