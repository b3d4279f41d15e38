"""What is asked for with an operation follows it, whatever topic it has of its own.

Therapy, equipment and clearance around an operation have topics that ask for it. A drug or device
"for after surgery" keeps its own topic, which says nothing of the operation; where that operation
is in dispute as well, the item needs it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from openimr.evaluate.leaves.parent import is_operation
from openimr.model.case import DisputedItem
from openimr.model.ids import TopicId
from openimr.model.rule import Topic

OPERATION_TOPIC = TopicId("surgical-ancillary")
"""The topic whose first gate asks for the operation that an item goes with."""
_TEST = "parent_surgery"


def with_operation(
    topics: tuple[Topic, ...],
    ancillary: Sequence[Topic],
    item: DisputedItem,
    items: Sequence[DisputedItem],
) -> tuple[Topic, ...]:
    """The item's topics, with the gate of the operation where it goes with one in dispute.

    Args:
        topics: the item's topic and those it inherits.
        ancillary: `OPERATION_TOPIC` as in force on the day; empty where none is.
        item: the disputed item.
        items: all disputed items of the case.
    """
    operations = any(is_operation(other) for other in items if other.index != item.index)
    if not topics or not operations or not item.request.associated_surgical:
        return topics
    if any(criterion.test.name == _TEST for topic in topics for criterion in topic.criteria):
        return topics
    gates = [c for topic in ancillary for c in topic.criteria if c.test.name == _TEST]
    own = topics[0]
    tree = dict(own.support_requires)
    followed = replace(
        own,
        criteria=(*own.criteria, *gates),
        support_requires=MappingProxyType({"all": (tree, *(str(gate.id) for gate in gates))}),
    )
    return (followed, *topics[1:]) if gates else topics
