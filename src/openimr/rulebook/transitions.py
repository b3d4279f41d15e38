"""`process/transitions.yaml` -> the table of acts; every problem of the file is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from openimr.model.event import ActorRole
from openimr.model.process_state import CaseState, frozen
from openimr.model.transition import (
    DataKind,
    EffectName,
    Guard,
    GuardName,
    ProcessProgram,
    Transition,
    TransitionTable,
)
from openimr.rulebook.one_file import data_text, read_file
from openimr.rulebook.schema import Reader
from openimr.rulebook.transition_checks import check_rows, check_words
from openimr.rulebook.yaml_nodes import Node

FILE = "process/transitions.yaml"
_ROOT = dict.fromkeys(("source", "checked_on", "groups", "guards", "rows", "programs"), True)
_GUARD = {"says": True, "citation": True, "unverified": False, "among": False, "most": False}
_ROW = {
    **dict.fromkeys(("act", "says", "from", "who", "citation"), True),
    **dict.fromkeys(("number", "to", "guards", "data", "may", "reason", "effects"), False),
    **dict.fromkeys(("starts", "meets", "waits", "suspends", "resumes"), False),
    **dict.fromkeys(("notice", "then", "inside", "unverified"), False),
}
_PROGRAM = {"title": True, "unverified": False, "off": False, "acts": False}
_CHANGE = dict.fromkeys(("from", "to", "who", "guards", "data", "may", "starts", "meets"), False)
_Word = TypeVar("_Word", CaseState, ActorRole, GuardName, EffectName)


def load_transitions() -> TransitionTable:
    """The table shipped with the package.

    Raises:
        RulebookInvalid: with one line for every problem.
    """
    return parse_transitions(data_text(FILE))


def parse_transitions(text: str) -> TransitionTable:
    """Read the file; all problems are reported at once."""
    return read_file(text, FILE, lambda root, reader: _File(reader).read(root))


class _File:
    """The file as it is read: the groups of states are known before the rows."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._problems = reader.problems
        self._groups: dict[str, tuple[CaseState, ...]] = {}

    def read(self, root: Node) -> TransitionTable:
        fields = self._reader.keys(root, _ROOT)
        self._reader.day(fields, "checked_on")
        self._reader.filled(fields, ("source",))
        groups = _under(fields, "groups")
        self._groups = {name: self._words(groups, name, CaseState) for name in groups}
        nodes = fields["rows"].items() if "rows" in fields else ()
        rows = tuple(self._row(node, self._fields(node)) for node in nodes)
        guards = {name: self._guard(node) for name, node in self._named(fields)}
        if "rows" in fields:
            check_rows(rows, nodes, fields["rows"], self._problems)
        if "guards" in fields:
            check_words(rows, guards, fields["guards"], self._problems)
        return TransitionTable(
            rows=rows,
            guards=frozen(guards),
            programs=frozen(self._programs(fields, nodes)),
            source=self._reader.text(fields, "source"),
        )

    def _fields(self, node: Node) -> Mapping[str, Node]:
        return self._reader.keys(node, _ROW)

    def _row(self, node: Node, fields: Mapping[str, Node]) -> Transition:
        read = self._reader
        read.filled(fields, ("act", "says", "citation"))
        number = fields["number"].plain() if "number" in fields else None
        if number is not None and not isinstance(number, int):
            self._problems.add(node, "`number` is no number", "write 1 to 29, or leave it out")
        return Transition(
            number=number if isinstance(number, int) else None,
            act=read.text(fields, "act"),
            says=read.text(fields, "says"),
            from_states=self._states(fields, "from"),
            to=read.choice(fields, "to", CaseState),
            who=self._words(fields, "who", ActorRole),
            guards=self._words(fields, "guards", GuardName),
            data=self._data(fields, "data"),
            may=self._data(fields, "may"),
            reason_needed=read.flag(fields, "reason"),
            effects=self._words(fields, "effects", EffectName),
            starts=self._plain(fields, "starts"),
            meets=self._plain(fields, "meets"),
            waits=self._plain(fields, "waits"),
            suspends=self._plain(fields, "suspends"),
            resumes=self._plain(fields, "resumes"),
            notice=read.text(fields, "notice"),
            then=read.text(fields, "then"),
            inside=read.flag(fields, "inside"),
            citation=read.text(fields, "citation"),
            unverified=read.flag(fields, "unverified"),
        )

    def _plain(self, fields: Mapping[str, Node], key: str) -> tuple[str, ...]:
        return tuple(word for word, _ in self._reader.words(fields, key))

    def _words(self, fields: Mapping[str, Node], key: str, kind: type[_Word]) -> tuple[_Word, ...]:
        """A list whose words are all of one vocabulary."""
        found = (self._reader.one_of(at, kind) for _, at in self._reader.words(fields, key))
        return tuple(word for word in found if word is not None)

    def _states(self, fields: Mapping[str, Node], key: str) -> tuple[CaseState, ...]:
        """A list of states; a group stands for its states."""
        found: list[CaseState] = []
        for word, at in self._reader.words(fields, key):
            if word in self._groups:
                found += self._groups[word]
            elif (state := self._reader.one_of(at, CaseState)) is not None:
                found.append(state)
        return tuple(dict.fromkeys(found))

    def _data(self, fields: Mapping[str, Node], key: str) -> Mapping[str, DataKind]:
        kinds = (
            (name, self._reader.one_of(at, DataKind)) for name, at in _under(fields, key).items()
        )
        return frozen({name: kind for name, kind in kinds if kind is not None})

    def _named(self, fields: Mapping[str, Node]) -> list[tuple[GuardName, Node]]:
        """The guards of the file that have a function."""
        found = []
        for name, node in _under(fields, "guards").items():
            if name in set(GuardName):
                found.append((GuardName(name), node))
            else:
                mend = f"use one of: {', '.join(GuardName)}"
                self._problems.add(node, f"no function checks the guard `{name}`", mend)
        return found

    def _guard(self, node: Node) -> Guard:
        read, fields = self._reader, self._reader.keys(node, _GUARD)
        read.filled(fields, ("says", "citation"))
        most = fields["most"].plain() if "most" in fields else 0
        if not isinstance(most, int):
            self._problems.add(fields["most"], "`most` is no whole number", "write a number")
        return Guard(
            name=GuardName(node.path.rpartition(".")[2]),
            says=read.text(fields, "says"),
            citation=read.text(fields, "citation"),
            unverified=read.flag(fields, "unverified"),
            among=self._plain(fields, "among"),
            most=most if isinstance(most, int) else 0,
        )

    def _programs(
        self, fields: Mapping[str, Node], nodes: tuple[Node, ...]
    ) -> dict[str, ProcessProgram]:
        return {
            name: self._program(name, node, nodes)
            for name, node in _under(fields, "programs").items()
        }

    def _program(self, name: str, node: Node, nodes: tuple[Node, ...]) -> ProcessProgram:
        """The table without what is off, and with what is otherwise."""
        fields = self._reader.keys(node, _PROGRAM)
        rows = [(_act(row), row) for row in nodes]
        changes = {act: self._change(one) for act, one in _under(fields, "acts").items()}
        off = self._reader.words(fields, "off")
        named = [*off, *((act, at) for act, at in _under(fields, "acts").items())]
        for act, at in named:
            if act not in {act for act, _ in rows}:
                self._problems.add(at, f"there is no act `{act}`", "use an act of `rows`")
        kept = [(act, row) for act, row in rows if act not in {word for word, _ in off}]
        found = tuple(self._row(row, {**row.fields(), **changes.get(act, {})}) for act, row in kept)
        places = tuple(row for _, row in kept)
        check_rows(found, places, node, self._problems, whole=False)
        return ProcessProgram(
            id=name,
            title=self._reader.text(fields, "title"),
            unverified=self._reader.flag(fields, "unverified"),
            rows=found,
        )

    def _change(self, node: Node) -> Mapping[str, Node]:
        return self._reader.keys(node, _CHANGE)


def _act(row: Node) -> str:
    node = row.fields().get("act")
    return str(node.plain()) if node is not None else ""


def _under(fields: Mapping[str, Node], key: str) -> Mapping[str, Node]:
    return fields[key].fields() if key in fields else {}
