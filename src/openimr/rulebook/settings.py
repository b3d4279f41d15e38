"""`settings.yaml` -> Settings: the policy switches of the default profile."""

from __future__ import annotations

from openimr.model.drug import FactorSet
from openimr.model.rule import Attribution, Settings, Strictness
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

_OPTIONS: dict[str, frozenset[str]] = {
    "tricyclic_first": frozenset({"advisory", "gate"}),
    "musculoskeletal_duloxetine": frozenset({"flag", "accept"}),
    "immediate_release_first": frozenset({"advisory", "gate"}),
    "initial_trial": frozenset({"exempt", "demand"}),
    "quantity": frozenset({"flag", "modify"}),
    "four_domains": frozenset({"lenient", "all_four"}),
    "monitoring": frozenset({"advisory", "gate"}),
}
"""Each switch has options of its own among those there are."""
_KEYS = ("attribution", *_OPTIONS, "strict", "can_modify", "recency_months", "factor_set")


def read_settings(root: Node, problems: Problems) -> Settings:
    """The settings of a file; a switch that is not there keeps its default."""
    reader = Reader(problems)
    fields = reader.keys(root, dict.fromkeys(_KEYS, False))
    chosen: dict[str, Strictness] = {}
    for name, options in _OPTIONS.items():
        node = fields.get(name)
        if node is None:
            continue
        if str(node.plain()) in options:
            chosen[name] = Strictness(str(node.plain()))
        else:
            mend = f"use one of: {', '.join(sorted(options))}"
            problems.add(node, f"`{node.plain()}` is no option of `{name}`", mend)
    months = fields.get("recency_months")
    recency = months.plain() if months is not None else 12
    if not isinstance(recency, int) or isinstance(recency, bool) or recency < 1:
        problems.add(months or root, "`recency_months` is no number of months", "write 12")
        recency = 12
    return Settings(
        attribution=reader.choice(fields, "attribution", Attribution) or Attribution.DRUG,
        strict=reader.flag(fields, "strict"),
        can_modify=reader.flag(fields, "can_modify"),
        recency_months=recency,
        factor_set=reader.choice(fields, "factor_set", FactorSet),
        **chosen,
    )
