"""How a statement is meant: the cues around it, and how far each reaches.

After the idea of NegEx and ConText: a cue acts forward or backward up to the end of the clause, to
a terminating cue (`but`, `reports`), to the next cell of a form row, or over a comma that a new
predicate follows (`no sedation, constipation is controlled`). Where cues overlap the longest
counts, and a pseudo cue (`no change`, `without medication`) counts as none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openimr.extract.phrases import GAP, PhraseTrie, Slots
from openimr.extract.tokens import Tokens
from openimr.model.evidence import Assertion
from openimr.model.lexicon import Cue, CueKind, Lexicon, Reach

_MEANING = (
    (CueKind.OTHER_PERSON, Assertion.OTHER_PERSON),
    (CueKind.QUOTATION, Assertion.HYPOTHETICAL),
    (CueKind.TEMPLATE, Assertion.HYPOTHETICAL),
    (CueKind.HYPOTHESIS, Assertion.HYPOTHETICAL),
    (CueKind.NEGATION, Assertion.ABSENT),
    (CueKind.UNCERTAINTY, Assertion.POSSIBLE),
    (CueKind.HISTORY, Assertion.HISTORICAL),
)
"""In the order in which they win: whose it is, whether it is said at all, whether it is so."""
_SENTENCE_WIDE = frozenset({CueKind.QUOTATION, CueKind.TEMPLATE})
_CELL = re.compile(r"[ \t]{3,}")
_DASH = re.compile(r"\s(?:-{1,2}|\u2013|\u2014)\s")
_CELLS_OF_A_ROW = 2
_BRACKET_REACH = 12
_SHORTEST_ENDING = 3
_GOES_ON = frozenset({"or", "and", "/", ","})
_JOINTS = frozenset({",", "and", "&", ":"})
_GOES_ON_OF = frozenset({"who", "which", "secondary to", "due to", "because of", "as a result of"})
"""`A mother, who became addicted`, `died due to alcohol`: what follows is still of her."""
_TOLD_THEN = frozenset({"reported", "complained", "complaining", "stated", "said", "told"})
"""Who told of it then ends no time that is past."""
_FOUND = "diagnosed"
_RAISED = frozenset({"reviewed"})
"""`Risk of sedation and constipation reviewed`: the end of a list, and no statement of its own."""
_BE = frozenset({"is", "are", "was", "were"})
_WHOSE = frozenset({"he", "she", "they", "patient", "pt"})
"""Who begins what a cue governs (`unless she is diabetic`) ends nothing right after it."""
_HARD_STOPS = frozenset({";", "?", "!", ">"})
_TOLD_OF = frozenset({"history", "hx"})
_CLOSES_LIST = frozenset({"or", "nor"})


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue in a text: tokens `first` up to `last`."""

    first: int
    last: int
    cue: Cue


class Asserter:
    """The cues of a lexicon, ready to judge statements."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._trie: PhraseTrie[Cue] = PhraseTrie(key=str.casefold)
        for cue in lexicon.cues:
            self._trie.add(cue.phrase, cue)
        self._predicates = frozenset(lexicon.lists.get("predicate", ()))

    def cues(self, tokens: Tokens, first: int, last: int, slots: Slots) -> list[CueHit]:
        """The cues in tokens `first` up to `last`; of overlapping ones the longest."""
        hits = [
            CueHit(hit.first, hit.last, hit.what)
            for hit in self._trie.find(tokens, first, last, slots)
        ]
        hits.sort(key=lambda hit: (hit.first - hit.last, hit.first, hit.cue.kind is CueKind.PSEUDO))
        kept: list[CueHit] = []
        for hit in hits:
            same = (hit.first, hit.last)
            if all(
                hit.last <= other.first or hit.first >= other.last
                or (same == (other.first, other.last) and other.cue.kind is not CueKind.PSEUDO)
                for other in kept
            ):  # fmt: skip
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.first)

    def judge(
        self,
        tokens: Tokens,
        cues: Sequence[CueHit],
        target: tuple[int, int],
        *,
        negatable: bool = True,
    ) -> Assertion:
        """How the statement of tokens `target` is meant, by the cues of its sentence.

        `negatable` is false for a statement whose reader has taken the negation into its value.
        """
        acting = {hit.cue.kind for hit in cues if self._acts(tokens, hit, cues, target)}
        if not negatable:
            acting.discard(CueKind.NEGATION)
        return next((meaning for kind, meaning in _MEANING if kind in acting), Assertion.PRESENT)

    def _acts(
        self, tokens: Tokens, hit: CueHit, cues: Sequence[CueHit], target: tuple[int, int]
    ) -> bool:
        first, last = target
        if hit.cue.kind in _SENTENCE_WIDE:
            return _enclosure(tokens, hit.first, cues) in {None, _enclosure(tokens, first, cues)}
        if hit.first < first and hit.last > last and GAP in hit.cue.phrase:
            return True  # `should constipation develop`, `until radiculopathy is proven`
        if hit.first < last and hit.last > first:
            # `No history of substance abuse`: the phrase itself begins with the history denied.
            denied = hit.cue.kind is CueKind.NEGATION and hit.first < first
            return denied and tokens.words[first] in _TOLD_OF
        forward = hit.last <= first
        if forward and hit.cue.reach is Reach.BACKWARD:
            return False
        if not forward and hit.cue.reach is Reach.FORWARD:
            return False
        if hit.cue.kind is CueKind.HISTORY and _FOUND in tokens.words[max(0, first - 3) : first]:
            return False  # `diagnosed with asthma two years ago` has asthma
        between = (hit.last, first) if forward else (last, hit.first)
        if hit.cue.words is not None and between[1] - between[0] > hit.cue.words:
            return False
        return not self._is_cut(tokens, cues, between, hit, target)

    def _is_cut(
        self,
        tokens: Tokens,
        cues: Sequence[CueHit],
        between: tuple[int, int],
        hit: CueHit,
        target: tuple[int, int],
    ) -> bool:
        first, last = between
        if any(
            word in _HARD_STOPS or (word == "." and _ends_here(tokens, index))
            for index, word in enumerate(tokens.words[first:last], start=first)
        ):
            return True
        if any(
            other.cue.kind is CueKind.TERMINATION
            and other.first >= first
            and other.last <= last
            and not (hit.cue.kind is CueKind.OTHER_PERSON and other.cue.phrase in _GOES_ON_OF)
            and not (other.first == hit.last and tokens.words[other.first] in _WHOSE)
            and not (hit.cue.kind is CueKind.HISTORY and tokens.words[other.first] in _TOLD_THEN)
            for other in cues
        ):
            return True
        if hit.cue.kind is CueKind.HISTORY and "than" in tokens.words[first:last]:
            return True  # `no different than it was six months ago`
        denied = hit.cue.kind is CueKind.NEGATION and hit.last <= first
        if self._new_cell(tokens, between) or (denied and _dashed(tokens, between)):
            return True
        governs = hit.cue.kind is CueKind.HYPOTHESIS and hit.cue.words is not None
        governs |= hit.cue.kind is CueKind.HISTORY and _is_frame(tokens, hit)
        return not governs and self._new_predicate(tokens, hit, target)

    def _new_cell(self, tokens: Tokens, between: tuple[int, int]) -> bool:
        """Whether a wide gap of a row with several cells lies between."""
        start, end = _gap(tokens, between)
        if not _CELL.search(tokens.text, start, end):
            return False
        line_start = tokens.text.rfind("\n", 0, start) + 1
        line_end = tokens.text.find("\n", end)
        line = tokens.text[line_start : line_end if line_end >= 0 else len(tokens.text)].strip()
        return len(_CELL.findall(line)) >= _CELLS_OF_A_ROW

    def _new_predicate(self, tokens: Tokens, hit: CueHit, target: tuple[int, int]) -> bool:
        """Whether the part after a comma or `and` says something of its own."""
        before, after = (hit.last, target[0]) if hit.last <= target[0] else (target[1], hit.first)
        joints = [index for index in range(before, after) if tokens.words[index] in _JOINTS]
        if not joints:
            return False
        if hit.last <= target[0]:
            segment = range(joints[-1] + 1, self._segment_end(tokens, target[1]))
        elif joints[-1] == hit.first - 1 and tokens.words[hit.first] in _BE:
            return False  # `was looked for and was not there`: of the same subject
        else:
            segment = range(self._segment_start(tokens, target[0]), joints[0])
        words = [tokens.words[index] for index in segment]
        # `Helped in the past, taking the pain to 4`: of the same time.
        if hit.cue.kind is CueKind.HISTORY and words and words[0].endswith("ing"):
            return False
        # `No misuse, diversion or doctor shopping have been seen`: one list, one predicate.
        if hit.last <= target[0] and not _CLOSES_LIST.isdisjoint(words):
            words = words[: max(words.index(word) for word in _CLOSES_LIST & set(words))]
        listed = _RAISED if hit.cue.kind is CueKind.HYPOTHESIS else frozenset()
        return any(word in self._predicates and word not in listed for word in words)

    def _segment_end(self, tokens: Tokens, at: int) -> int:
        while at < len(tokens) and tokens.words[at] not in _JOINTS | _HARD_STOPS | {"."}:
            at += 1
        return at

    def _segment_start(self, tokens: Tokens, at: int) -> int:
        while at > 0 and tokens.words[at - 1] not in _JOINTS | _HARD_STOPS | {"."}:
            at -= 1
        return at


def _is_frame(tokens: Tokens, hit: CueHit) -> bool:
    """Whether a time opens its sentence: `At the last visit, the patient noted numbness`."""
    if tokens.words[hit.last : hit.last + 1] != (",",):
        return False
    gap = tokens.text[tokens.ends[hit.first - 1] if hit.first else 0 : tokens.starts[hit.first]]
    return hit.first == 0 or "\n" in gap or tokens.words[hit.first - 1] in {".", ":", ";"}


def _dashed(tokens: Tokens, between: tuple[int, int]) -> bool:
    """Whether a dash between blanks parts what is said (`cannot accommodate - off work`)."""
    return _DASH.search(tokens.text, *_gap(tokens, between)) is not None


def _gap(tokens: Tokens, between: tuple[int, int]) -> tuple[int, int]:
    """Where the text between two tokens starts and ends, with the blanks around it."""
    first, last = between
    start = tokens.ends[first - 1] if first else 0
    return start, tokens.starts[last] if last < len(tokens) else len(tokens.text)


def _ends_here(tokens: Tokens, index: int) -> bool:
    """Whether a full stop within a passage ends a statement, and no abbreviation goes on."""
    end = tokens.ends[index]
    if index == 0 or index + 1 >= len(tokens) or tokens.starts[index + 1] == end:
        return False
    before = tokens.words[index - 1]
    ends = len(before) >= _SHORTEST_ENDING or before == ")"
    return ends and tokens.words[index + 1] not in _GOES_ON


def _enclosure(tokens: Tokens, at: int, cues: Sequence[CueHit]) -> int | None:
    """The bracket that encloses a token, within reach of the sentence's cues; None if none does."""
    depth = 0
    lowest = min((hit.first for hit in cues), default=at)
    for index in range(at - 1, max(lowest - _BRACKET_REACH, -1), -1):
        if tokens.words[index] == ")":
            depth += 1
        elif tokens.words[index] == "(":
            if depth == 0:
                return index
            depth -= 1
    return None
