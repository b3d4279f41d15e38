"""How charts say things, as data: concepts with their phrases, and the cues around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from openimr.model.ids import ConceptId


class CueKind(StrEnum):
    """What a cue does to the statements in its reach."""

    NEGATION = "negation"
    UNCERTAINTY = "uncertainty"
    HISTORY = "history"
    HYPOTHESIS = "hypothesis"
    OTHER_PERSON = "other_person"
    QUOTATION = "quotation"
    TEMPLATE = "template"
    TERMINATION = "termination"
    """Ends the reach of the cues before it: `but`, `however`."""
    PSEUDO = "pseudo"
    """Looks like a cue and is none: `no change`, `not only`."""


class Reach(StrEnum):
    """Which side of the cue it acts on."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A phrase that changes how the words around it are meant."""

    id: str
    phrase: str
    kind: CueKind
    reach: Reach
    words: int | None = None
    """How many words it reaches; None: to the end of the clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One way charts say a concept.

    `phrase` is lemma-tolerant text with slots ({n}, {drug}, {date}); `pattern` is a regular
    expression with named groups. Exactly one of the two is given.
    """

    id: str
    phrase: str = ""
    pattern: str = ""
    value: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """What the expression says, merged into the fact's value: {direction: better}."""
    absent: bool = False
    """The expression itself says that the thing is not there."""
    needs: str = ""
    """A word list of the lexicon: the expression counts only beside one of its words.

    `check_box`: only as the label of a check box.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of the evidence vocabulary."""

    id: ConceptId
    label: str
    expressions: tuple[Expression, ...]
    near: tuple[str, ...] = ()
    """Single words whose presence makes a passage a near miss worth showing."""
    sections: tuple[str, ...] = ()
    """Sections where it is usually said; a hint, not a limit."""
    event: bool = False
    """A dated event (a test, a trial, a signature): an older date does not make it history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All concepts, cues, section heads and abbreviations."""

    concepts: Mapping[ConceptId, Concept]
    cues: tuple[Cue, ...]
    section_heads: Mapping[str, str]
    """Heading as charts write it, case-folded, to its standard name."""
    abbreviations: tuple[str, ...] = ()
    """Tokens whose full stop does not end a sentence."""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Named word lists that readers ask for: medicine, activity, relative ..."""
