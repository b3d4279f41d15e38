"""Words of the rulebook for a reader: roles, silence, switches, tests and trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from openimr.model.concepts import concept_name
from openimr.model.ids import ConceptId
from openimr.model.rule import Applies, Role, Silence

ROLE_SENTENCES: Mapping[Role, str] = MappingProxyType(
    {
        Role.GATE: "Needed: support takes it.",
        Role.GATE_ANY: "Needed: one of the alternatives in the statement is enough.",
        Role.GATE_BENEFIT: "Needed as a benefit: one member of the group is enough.",
        Role.EXCLUSION: "Exclusion: where it is present, the request is not supported.",
        Role.LIMIT: "Limit: a number, computed from the request and the record.",
        Role.EXCEPTION: "Exception: where it is present, it sets other criteria aside.",
        Role.ADVISORY: "Advisory: shown to the reviewer; it never decides alone.",
    }
)
HOLDS: Mapping[Role, tuple[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(Role, ("Met by", "Contradicted by")),
        Role.LIMIT: ("Within it", "Beyond it"),
        Role.EXCLUSION: ("Present where", "Absent where"),
        Role.EXCEPTION: ("Present where", "Absent where"),
    }
)
"""How a criterion's two sides are called: what satisfies, what contradicts."""
SILENCE: Mapping[Silence, str] = MappingProxyType(
    {
        Silence.DENY: "what is missing counts as not shown, and the request is not supported",
        Silence.FLAG: "it is shown to the reviewer and does not decide",
        Silence.COMPUTE: "it is worked out from the request line; where that cannot be done, it is "
        "shown and does not decide",
        Silence.MODIFY: "the smaller form is suggested",
        Silence.REFER: "the item goes to the reviewer without a suggestion",
        Silence.NONE: "nothing follows from it",
    }
)
STAGES: Mapping[Applies, str] = MappingProxyType(
    {
        Applies.ALWAYS: "",
        Applies.FIRST_USE: "only a first prescription or course",
        Applies.CONTINUING_USE: "only continuation: before a first dose there is no effect to show",
    }
)
SWITCHES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "attribution": (
            "P-1",
            "whether the effect of all medicines together counts for one of several",
        ),
        "tricyclic_first": ("P-2", "whether a tricyclic must come before duloxetine"),
        "musculoskeletal_duloxetine": (
            "P-3",
            "whether the label's musculoskeletal indication, absent from the text of 2009, counts",
        ),
        "immediate_release_first": (
            "P-4",
            "whether immediate-release must come before extended-release gabapentin",
        ),
        "initial_trial": ("P-5", "whether a first trial must show efficacy"),
        "quantity": ("P-6", "what too large a quantity leads to where the indication holds"),
        "four_domains": ("P-7", "whether side effects and behaviour decide or are flagged"),
        "monitoring": ("P-8", "whether urine tests, agreement and PDMP are needed"),
        "strict": ("strict", "the strict reading of silence throughout"),
        "can_modify": ("can_modify", "whether the program lets a reviewer modify a request"),
        "recency_months": ("recency", "how many months old a statement may be"),
        "factor_set": ("factors", "which morphine-equivalent factors are used"),
    }
)
"""Field of the settings to its number and what it decides."""
_SIDES: Mapping[str, str] = MappingProxyType(
    {
        "enough": "enough alone",
        "together": "enough together",
        "weak": "counts in part",
        "against": "stands against it",
        "at_most": "at most",
        "at_least": "at least",
        "positive_first": "a positive statement outweighs a negative one",
        "against_stands": "what stands against it is not outweighed",
    }
)
_WINDOWS = ("within_days", "within_months", "ever", "tied", "of_others", "here", "assertion")


def switch_words(switch: str) -> str:
    """A switch as written in a rule: `P-6 quantity = modify`."""
    name, _, option = switch.partition("=")
    number = SWITCHES[name][0] if name in SWITCHES else ""
    shown = f"{number} {plain(name)}" if number.startswith("P-") else plain(name)
    return f"{shown} = {plain(option)}"


def parameter_lines(parameters: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The parameters of a test: what each is called, and its value in words."""
    for key, value in parameters.items():
        yield _SIDES.get(key, plain(key)), value_words(value)


def value_words(value: object) -> str:
    """A parameter's value; conditions as phrases."""
    if isinstance(value, Mapping):
        if "concept" in value:
            return condition_words(value)
        return ", ".join(f"{plain(str(key))} {value_words(one)}" for key, one in value.items())
    if isinstance(value, tuple | list):
        spoken = any(isinstance(one, Mapping) for one in value)
        return ("; " if spoken else ", ").join(map(value_words, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(str(value))


def condition_words(condition: Mapping[str, object]) -> str:
    """A statement that a record may hold: `muscle spasm (kind spasm or acute), within 60 days`."""
    denied = "denial of " if condition.get("assertion") == "absent" else ""
    inner = [
        f"{plain(key)} {_options(value)}"
        for key, value in condition.items()
        if key != "concept" and key not in _WINDOWS
    ]
    head = f"{denied}{concept_name(ConceptId(str(condition['concept'])))}"
    return ", ".join([f"{head} ({'; '.join(inner)})" if inner else head, *_window(condition)])


def _window(condition: Mapping[str, object]) -> Iterator[str]:
    for key, unit in (("within_days", "days"), ("within_months", "months")):
        if key in condition:
            yield f"within {condition[key]} {unit}"
    for key, words in (
        ("ever", "however old"),
        ("tied", "tied to the requested drug"),
        ("of_others", "of other drugs too"),
        ("here", "of the requested part of the body"),
    ):
        if condition.get(key):
            yield words


def _options(value: object) -> str:
    if isinstance(value, tuple | list):
        return " or ".join(_options(one) for one in value)
    text = value_words(value)
    return f"naming “{text[1:]}”" if text.startswith("~") else text


def tree_lines(
    node: object, named: Callable[[str], tuple[str, str]], depth: int = 0
) -> Iterator[tuple[int, str, str]]:
    """A tree of what must hold, line by line: depth, words, and where the name leads.

    Args:
        node: the tree, as `Topic.support_requires` holds it.
        named: gives for a criterion or topic its words and link.
        depth: of the node.
    """
    if isinstance(node, str):
        words, link = named(node)
        yield depth, words, link
        return
    if not isinstance(node, Mapping):
        return
    if "when" in node:
        yield depth, f"Only under the policy switch {switch_words(str(node['when']))}:", ""
        yield from tree_lines(node["then"], named, depth + 1)
        return
    for operator, inner in node.items():
        if operator == "not" and isinstance(inner, str):
            words, link = named(inner)
            yield depth, f"Absent: {words}", link
            continue
        yield depth, _OPERATORS[operator], ""
        for child in inner if isinstance(inner, tuple | list) else (inner,):
            yield from tree_lines(child, named, depth + 1)


_OPERATORS: Mapping[str, str] = MappingProxyType(
    {"all": "All of these:", "any": "At least one of these:", "not": "None of this:"}
)


def tree_switches(node: object) -> Iterator[str]:
    """The switches that a tree names."""
    if isinstance(node, Mapping):
        if "when" in node:
            yield str(node["when"])
        for child in node.values():
            yield from tree_switches(child)
    elif isinstance(node, tuple | list):
        for child in node:
            yield from tree_switches(child)


def plain(key: str) -> str:
    """A key of the data as words."""
    return key.replace("_", " ")
