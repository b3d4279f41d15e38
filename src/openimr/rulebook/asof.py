"""Which topics govern a request on a day."""

from __future__ import annotations

from datetime import date

from openimr.model.ids import TopicId
from openimr.model.rule import Rulebook, Topic


def topics_for(rulebook: Rulebook, topic_id: str, day: date) -> tuple[Topic, ...]:
    """The topic in force on the day of the UR decision and those it inherits, own topic first.

    Empty if the rulebook holds no edition of it for that day.
    """
    found: dict[TopicId, Topic] = {}
    waiting = [TopicId(topic_id)]
    while waiting:
        name = waiting.pop(0)
        topic = rulebook.as_of(name, day)
        if topic is None or name in found:
            continue
        found[name] = topic
        waiting += topic.inherits
    return tuple(found.values()) if TopicId(topic_id) in found else ()
