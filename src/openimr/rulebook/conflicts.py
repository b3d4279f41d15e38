"""`process/conflicts.yaml` -> ConflictRules: which ties block a reviewer, and how names compare.

The given names with their short forms are read from `process/given_names.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from openimr.model.assignment_rules import ConflictRules, NameWords
from openimr.model.party import PartyRole
from openimr.model.reviewer import Kinship, OrganizationTieKind, RelationKind
from openimr.rulebook.amounts import amount, whole
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "process/conflicts.yaml"
GIVEN_NAMES = "process/given_names.yaml"
_ROOT = dict.fromkeys(
    (
        *("source", "verified_on", "citation", "unverified", "matrix", "kinships"),
        *("kinships_aside", "income_threshold", "professional_natures"),
        *("professional_natures_aside", "kinds_aside", "months_after_end", "organization"),
        *("parties_asked", "names"),
    ),
    True,
)
_ROW = dict.fromkeys(("role", "blocks", "why"), True)
_ORGANIZATION = dict.fromkeys(("citation", "ties", "roles"), True)
_NAMES = dict.fromkeys(
    ("legal_forms", "titles", "common", "small", "abbreviations", "look_alike"), True
)
_GIVEN = dict.fromkeys(("source", "verified_on", "unverified", "groups"), True)
_PAIR = 2
_ENDING = (RelationKind.PROFESSIONAL, RelationKind.FINANCIAL, RelationKind.FAMILIAL)
_Kind = TypeVar("_Kind", bound=StrEnum)


def read_conflicts(root: Node, given: Node, problems: Problems) -> ConflictRules:
    """The rules of both files; every role, kind and kinship has its place, or it is noted."""
    reader = Reader(problems)
    fields = reader.keys(root, _ROOT)
    reader.day(fields, "verified_on")
    matrix, reasons = _matrix(reader, root, fields.get("matrix"))
    kinships = _choices(reader, fields, "kinships", Kinship)
    aside = _choices(reader, fields, "kinships_aside", Kinship)
    _settled(reader, root, "kinship", kinships | aside, Kinship)
    kinds_aside = _choices(reader, fields, "kinds_aside", RelationKind)
    blocking = frozenset(kind for row in matrix.values() for kind in row)
    _settled(reader, root, "kind of relation", blocking | kinds_aside, RelationKind)
    threshold = amount(reader, fields, "income_threshold")
    if threshold is not None and threshold > 1:
        at = fields["income_threshold"]
        problems.add(at, "`income_threshold` is above 1", "write a share, such as 0.05 for 5 %")
    organization = reader.keys(fields.get("organization", root), _ORGANIZATION)
    months = fields["months_after_end"].fields() if "months_after_end" in fields else {}
    reader.known(root, months, dict.fromkeys(map(str, _ENDING), True))
    return ConflictRules(
        citation=reader.text(fields, "citation"),
        unverified=reader.flag(fields, "unverified"),
        matrix=MappingProxyType(matrix),
        reasons=MappingProxyType(reasons),
        kinships=kinships,
        kinships_aside=aside,
        kinds_aside=kinds_aside,
        income_threshold=threshold or 0.0,
        natures=_texts(reader, fields, "professional_natures"),
        natures_aside=_texts(reader, fields, "professional_natures_aside"),
        months_after_end=MappingProxyType(
            {kind: whole(reader, months, str(kind)) for kind in _ENDING}
        ),
        organization_citation=reader.text(organization, "citation"),
        organization_ties=_choices(reader, organization, "ties", OrganizationTieKind),
        organization_roles=_choices(reader, organization, "roles", PartyRole),
        parties_asked=tuple(sorted(_choices(reader, fields, "parties_asked", PartyRole))),
        names=_names(reader, fields.get("names"), _given(reader, given)),
    )


def _matrix(
    reader: Reader, root: Node, node: Node | None
) -> tuple[dict[PartyRole, frozenset[RelationKind]], dict[PartyRole, str]]:
    found: dict[PartyRole, frozenset[RelationKind]] = {}
    reasons: dict[PartyRole, str] = {}
    for row in node.items() if node is not None else ():
        fields = reader.keys(row, _ROW)
        reader.filled(fields, ("why",))
        role = reader.choice(fields, "role", PartyRole)
        if role is None:
            continue
        if role in found:
            reader.problems.add(row, f"the role `{role}` stands twice", "keep one of the two")
        found[role] = _choices(reader, fields, "blocks", RelationKind)
        reasons[role] = reader.text(fields, "why")
    _settled(reader, node or root, "role", frozenset(found), PartyRole)
    return found, reasons


def _settled(
    reader: Reader, at: Node, what: str, found: frozenset[StrEnum], kind: type[StrEnum]
) -> None:
    for member in kind:
        if member not in found:
            mend = "say of it whether it blocks"
            reader.problems.add(at, f"the {what} `{member}` has no rule", mend)


def _choices(
    reader: Reader, fields: Mapping[str, Node], key: str, kind: type[_Kind]
) -> frozenset[_Kind]:
    nodes = fields[key].items() if key in fields else ()
    return frozenset(filter(None, (reader.one_of(node, kind) for node in nodes)))


def _texts(reader: Reader, fields: Mapping[str, Node], key: str) -> frozenset[str]:
    return frozenset(word for word, _ in reader.words(fields, key))


def _given(reader: Reader, root: Node) -> tuple[frozenset[str], ...]:
    """Each row of names; a row needs two, in small letters."""
    fields = reader.keys(root, _GIVEN)
    reader.filled(fields, ("source",))
    reader.day(fields, "verified_on")
    reader.flag(fields, "unverified")
    found: list[frozenset[str]] = []
    for row in fields["groups"].items() if "groups" in fields else ():
        words = [str(one.plain()) for one in row.items()]
        for word in words:
            if not (word.isascii() and word.isalpha() and word.islower()):
                mend = "write it in small letters from a to z"
                reader.problems.add(row, f"`{word}` is no given name", mend)
        if len(set(words)) < max(len(words), _PAIR):
            what = "the row says a name twice, or fewer than two"
            reader.problems.add(row, what, "write each name once, two or more in a row")
        found.append(frozenset(words))
    return tuple(found)


def _names(reader: Reader, node: Node | None, given: tuple[frozenset[str], ...]) -> NameWords:
    fields = reader.keys(node, _NAMES) if node is not None else {}
    short = fields["abbreviations"].fields() if "abbreviations" in fields else {}
    rows = fields["look_alike"].items() if "look_alike" in fields else ()
    pairs: list[tuple[str, str]] = []
    for row in rows:
        letters = [str(one.plain()) for one in row.items()]
        pairs += [(other, letters[0]) for other in letters[1:]]
    return NameWords(
        legal_forms=_texts(reader, fields, "legal_forms"),
        titles=_texts(reader, fields, "titles"),
        common=_texts(reader, fields, "common"),
        small=_texts(reader, fields, "small"),
        abbreviations=MappingProxyType({key: reader.text(short, key) for key in short}),
        look_alike=tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair))),
        given=given,
    )
