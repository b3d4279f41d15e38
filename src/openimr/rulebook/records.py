"""`data/process/records.yaml` -> what each side sends, type by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from openimr.model.document import DocumentKind
from openimr.model.party import PartyRole
from openimr.model.records import RecordRule
from openimr.rulebook.one_file import data_text, read_file
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node

FILE = "process/records.yaml"
_ROOT = {"checked_on": True, "records": True}
_RECORD = {
    **dict.fromkeys(("id", "actor", "owed", "what", "form", "kinds", "citation"), True),
    **dict.fromkeys(("window_months", "unverified", "from_memory"), False),
}


def load_record_rules() -> tuple[RecordRule, ...]:
    """The types of records shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_record_rules(data_text(FILE))


def parse_record_rules(text: str) -> tuple[RecordRule, ...]:
    """Read the file; all problems are reported at once."""
    return read_file(text, FILE, _read)


def _read(root: Node, reader: Reader) -> tuple[RecordRule, ...]:
    fields = reader.keys(root, _ROOT)
    reader.day(fields, "checked_on")
    nodes = fields["records"].items() if "records" in fields else ()
    found = tuple(_record(reader, node) for node in nodes)
    for name, count in Counter(rule.id for rule in found).items():
        if count > 1:
            reader.problems.add(root, f"the type `{name}` stands {count} times", "keep one of them")
    return found


def _record(reader: Reader, node: Node) -> RecordRule:
    fields = reader.keys(node, _RECORD)
    reader.filled(fields, ("id", "what", "form", "citation"))
    kinds = (reader.one_of(at, DocumentKind) for _, at in reader.words(fields, "kinds"))
    return RecordRule(
        id=reader.text(fields, "id"),
        actor=reader.choice(fields, "actor", PartyRole) or PartyRole.CLAIMS_ADMINISTRATOR,
        owed=reader.flag(fields, "owed"),
        what=reader.text(fields, "what"),
        form=reader.text(fields, "form"),
        kinds=tuple(kind for kind in kinds if kind is not None),
        window_months=_months(reader, fields),
        citation=reader.text(fields, "citation"),
        unverified=reader.flag(fields, "unverified"),
        from_memory=reader.flag(fields, "from_memory"),
    )


def _months(reader: Reader, fields: Mapping[str, Node]) -> int | None:
    node = fields.get("window_months")
    value = node.plain() if node is not None else None
    if node is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        reader.problems.add(node, f"`{value}` is no number of months", "write one, such as 6")
        return None
    return value if isinstance(value, int) else None
