"""`data/published/said.yaml` -> SaidVocabulary: how reviewers say what a record shows or lacks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from openimr.model.said import CueRole, SaidElement, SaidVocabulary
from openimr.rulebook.one_file import data_text, read_file
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "published/said.yaml"
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_ELEMENT_KEYS = frozenset({"label", "phrases", "present", "missing"})
_NUMBERS = (
    *("1", "10", "100", "one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "twelve", "several", "multiple"),
)
"""What `{n}` stands for; the reader takes all digits for the same, so three lengths are enough."""
_MANY = 5000
"""More spellings than this from one line are a slip of the pen, not a phrase."""


def load_said_vocabulary() -> SaidVocabulary:
    """The vocabulary shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_said_vocabulary(data_text(FILE))


@lru_cache(maxsize=1)
def parse_said_vocabulary(text: str) -> SaidVocabulary:
    """Read the file; all problems are reported at once."""
    return read_file(text, FILE, lambda root, reader: _Reader(reader.problems).read(root))


class _Reader:
    """Reads cues and elements; a phrase may stand in one place only."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._owners: dict[str, str] = {}

    def read(self, root: Node) -> SaidVocabulary:
        fields = root.fields()
        for key in ("source", "verified_on", "cues", "elements"):
            if key not in fields:
                self._problems.add(root, f"`{key}` is not there", f"add `{key}:`")
        self._only(root, frozenset({"source", "verified_on", "cues", "elements"}))
        cues = fields["cues"].fields() if "cues" in fields else {}
        elements = fields["elements"].fields() if "elements" in fields else {}
        for key, node in cues.items():
            if key not in set(CueRole):
                known = ", ".join(CueRole)
                self._problems.add(node, "is no role of a cue", f"use one of {known}")
        return SaidVocabulary(
            elements=tuple(self._element(code, node) for code, node in elements.items()),
            cues=MappingProxyType(
                {
                    role: self._phrases(cues[role.value]) if role.value in cues else ()
                    for role in CueRole
                }
            ),
        )

    def _element(self, code: str, node: Node) -> SaidElement:
        if not _CODE.fullmatch(code):
            self._problems.add(node, f"{code!r} is no code", "use small letters and underscores")
        self._only(node, _ELEMENT_KEYS)
        fields = node.fields()
        label = fields["label"].plain() if "label" in fields else ""
        if not label:
            self._problems.add(node, "has no label", "add `label:`, as readers are to see it")
        found = {
            key: self._phrases(fields[key])
            for key in ("phrases", "present", "missing")
            if key in fields
        }
        if not any(found.values()):
            self._problems.add(node, "has no phrase", "add at least one, or remove it")
        return SaidElement(code=code, label=str(label), **found)

    def _phrases(self, node: Node) -> tuple[str, ...]:
        if not node.is_list:
            self._problems.add(node, "is no list", "write one phrase a line, each after `- `")
            return ()
        found: dict[str, None] = {}
        for item in node.items():
            for phrase in self._spellings(item):
                owner = self._owners.setdefault(phrase, node.path)
                if owner != node.path and not _at_both(owner, node.path):
                    self._problems.add(item, f"{phrase!r} also stands at {owner}", "keep one")
                found[phrase] = None
        return tuple(found)

    def _spellings(self, item: Node) -> tuple[str, ...]:
        raw = item.plain()
        if not isinstance(raw, str) or not raw.strip():
            self._problems.add(item, f"{raw!r} is no phrase", "put it in quotes")
            return ()
        found = expand(raw)
        if not 0 < len(found) <= _MANY or "" in found:
            self._problems.add(
                item, f"{raw!r} stands for {len(found)} phrases", "split or shorten it"
            )
            return ()
        return found

    def _only(self, node: Node, known: frozenset[str]) -> None:
        for key, value in node.fields().items():
            if key not in known:
                self._problems.add(
                    value, "is not a known key", f"use one of {', '.join(sorted(known))}"
                )


def _at_both(one: str, other: str) -> bool:
    """A phrase may name two elements (`8 sessions of therapy`), or speak of the case too."""
    first, second = one.split("."), other.split(".")
    if first[0] == second[0] == "elements":
        return first[1] != second[1]
    roles = {first[1], second[1]}
    return CueRole.CASE in roles or roles == {CueRole.TURN, CueRole.STOP}


def expand(phrase: str) -> tuple[str, ...]:
    """All spellings that a phrase of the vocabulary stands for, in lower case.

    >>> expand("home~exercise|hep program[s]?")
    ('home exercise programs', 'home exercise program', 'home exercise', 'hep programs', \
'hep program', 'hep')
    """
    choices: list[tuple[str, ...]] = []
    for word in phrase.casefold().split():
        optional = word.endswith("?")
        ways = [way for part in word.removesuffix("?").split("|") for way in _endings(part)]
        choices.append((*ways, "") if optional else tuple(ways))
    spelled = (" ".join(filter(None, words)) for words in product(*choices))
    return tuple(dict.fromkeys(spelled))


def _endings(word: str) -> tuple[str, ...]:
    if "{n}" in word:
        return tuple(word.replace("{n}", number) for number in _NUMBERS)
    plain = word.replace("~", " ")
    head, bracket, rest = plain.partition("[")
    if not bracket:
        return (plain,)
    letters, _, tail = rest.partition("]")
    return (head + letters + tail, head + tail)
