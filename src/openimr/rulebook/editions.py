"""`editions.yaml` -> the register of guideline texts; and the choice of the edition of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from openimr.model.edition import (
    AuthorisationRule,
    EditionChoice,
    GuidelineText,
    Standing,
    overlap,
    period,
)
from openimr.model.ids import TopicId
from openimr.model.pack import pack_name
from openimr.model.rule import Rulebook, Topic
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "editions.yaml"
_KEYS = {"checked_on": True, "subjects": True, "texts": True, "authorisation": True}
_TEXT = {
    **dict.fromkeys(("id", "name", "citation", "standing", "effective_from", "lines"), True),
    **dict.fromkeys(("effective_to", "subject", "folder", "not_known", "unverified"), False),
    "source": True,
}
_RULE = {
    **dict.fromkeys(("id", "name", "citation", "effective_from", "says", "not_known"), True),
    "effective_to": False,
    "source": True,
}


@dataclass(frozen=True)
class Register:
    """The texts that govern, and the rules on authorisation."""

    texts: tuple[GuidelineText, ...] = ()
    authorisation: tuple[AuthorisationRule, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    """Where each text stands, for messages."""


def read_register(root: Node | None, topics: Sequence[Topic], problems: Problems) -> Register:
    """The register; problems are noted, unknown topics among them."""
    if root is None:
        return Register()
    reader = Reader(problems)
    fields = reader.keys(root, _KEYS)
    subjects = _read_subjects(reader, fields, {topic.id for topic in topics})
    nodes = fields["texts"].items() if "texts" in fields else ()
    texts = tuple(_read_text(reader, node, subjects) for node in nodes)
    rules = fields["authorisation"].items() if "authorisation" in fields else ()
    register = Register(
        texts=texts,
        authorisation=tuple(_read_rule(reader, node) for node in rules),
        nodes={text.id: node for text, node in zip(texts, nodes, strict=True)},
    )
    _check_overlaps(register, problems)
    return register


def _read_subjects(
    reader: Reader, fields: Mapping[str, Node], known: set[TopicId]
) -> Mapping[str, tuple[TopicId, ...]]:
    found = {}
    listed = fields["subjects"].fields() if "subjects" in fields else {}
    for name in listed:
        words = reader.words(listed, name)
        for word, node in words:
            if TopicId(word) not in known:
                mend = "write the id of a topic file"
                reader.problems.add(node, f"unknown topic `{word}`", mend)
        found[name] = tuple(TopicId(word) for word, _ in words)
    return found


def _read_text(
    reader: Reader, node: Node, subjects: Mapping[str, tuple[TopicId, ...]]
) -> GuidelineText:
    fields = reader.keys(node, _TEXT)
    subject = reader.text(fields, "subject")
    if subject and subject not in subjects:
        mend = f"use one of: {', '.join(subjects)}"
        reader.problems.add(fields["subject"], f"unknown subject `{subject}`", mend)
    folder, not_known = reader.text(fields, "folder"), reader.text(fields, "not_known")
    if bool(folder) == bool(not_known):
        mend = "give `folder:` where its criteria are, or say what is `not_known:`"
        reader.problems.add(node, "the text neither holds criteria nor says what is missing", mend)
    first, last = reader.days(fields)
    return GuidelineText(
        id=reader.text(fields, "id"),
        name=reader.text(fields, "name"),
        citation=reader.text(fields, "citation"),
        standing=reader.choice(fields, "standing", Standing) or Standing.RECOGNISED,
        effective_from=first,
        effective_to=last,
        lines=tuple(word for word, _ in reader.words(fields, "lines")),
        topics=subjects.get(subject, ()),
        folder=folder,
        not_known=not_known,
        source=reader.text(fields, "source"),
        unverified=reader.flag(fields, "unverified"),
    )


def _read_rule(reader: Reader, node: Node) -> AuthorisationRule:
    fields = reader.keys(node, _RULE)
    first, last = reader.days(fields)
    texts = {key: reader.text(fields, key) for key in _RULE if not key.startswith("effective")}
    return AuthorisationRule(effective_from=first, effective_to=last, **texts)


def _check_overlaps(register: Register, problems: Problems) -> None:
    """No topic has two texts on one day: one of its subject, one for all others of a line."""
    for earlier, later in combinations(register.texts, 2):
        shared = set(earlier.lines) & set(later.lines)
        both_general = not earlier.topics and not later.topics
        if not shared or not (both_general or set(earlier.topics) & set(later.topics)):
            continue
        if overlap(earlier, later):
            what = f"the text overlaps `{earlier.id}`"
            problems.add(register.nodes[later.id], what, "let one end the day before the other")


def check_registered(
    topics: Iterable[Topic],
    roots: Mapping[str, Node | None],
    register: Register,
    problems: Problems,
) -> None:
    """Every topic file of ours is of a text of the register, and in force on its days only."""
    by_folder = {text.folder: text for text in register.texts if text.folder}
    for topic in topics:
        root = roots[topic.file]
        if root is None or pack_name(topic.file) or not register.texts:
            continue
        text = by_folder.get(topic.folder)
        if text is None:
            mend = f"add a text with the folder {topic.folder} to {FILE}"
            problems.add(root, f"no registered text has the folder {topic.folder}", mend)
        elif topic.effective_from < text.effective_from or (topic.effective_to or date.max) > (
            text.effective_to or date.max
        ):
            days = period(text.effective_from, text.effective_to)
            what = f"the days go beyond those of `{text.id}`, {days}"
            at = root.fields().get("effective_from", root)
            problems.add(at, what, f"mend them here or in {FILE}")


def text_for(texts: Sequence[GuidelineText], topic: Topic, day: date) -> GuidelineText | None:
    """The registered text that governs a topic on a day, one of its subject before a general."""
    of_day = [text for text in texts if topic.line in text.lines and text.in_force(day)]
    named = [text for text in of_day if topic.id in text.topics]
    general = [text for text in of_day if not text.topics]
    return next(iter([*named, *general]), None)


def choose_edition(
    rulebook: Rulebook, topic_id: str, day: date, basis: str, *, of_drug: bool = False
) -> EditionChoice | None:
    """The edition that governs a topic on a day, and why; None for a topic nobody knows.

    Args:
        rulebook: the topics and the register.
        topic_id: the topic.
        day: that chooses.
        basis: what the day is, as it follows `chosen by`: `the day of the UR decision`.
        of_drug: whether a drug is asked for, so that rules on its authorisation are told.
    """
    authorisation = _authorisation(rulebook, day) if of_drug else ()
    topic = rulebook.as_of(TopicId(topic_id), day)
    if topic is not None:
        pack = rulebook.pack_of(topic)
        return EditionChoice(
            day=day,
            basis=basis,
            guideline=topic.guideline,
            edition=topic.edition,
            effective_from=topic.effective_from,
            effective_to=topic.effective_to,
            pack=pack.label if pack else "",
            authorisation=authorisation,
        )
    editions = rulebook.editions(TopicId(topic_id))
    if not editions:
        return None
    nearest = _nearest(editions, day)
    text = text_for(rulebook.texts, nearest, day)
    return EditionChoice(
        day=day,
        basis=basis,
        guideline=f"{text.name}, {text.citation}" if text else "",
        effective_from=text.effective_from if text else None,
        effective_to=text.effective_to if text else None,
        standing=text.standing if text else None,
        not_known=text.not_known if text else "",
        neighbour=(
            f"edition {nearest.edition} of {nearest.guideline}, whose criteria are held, was in "
            f"force {period(nearest.effective_from, nearest.effective_to)}"
        ),
        authorisation=authorisation,
    )


def _authorisation(rulebook: Rulebook, day: date) -> tuple[str, ...]:
    return tuple(rule.told for rule in rulebook.authorisation if rule.in_force(day))


def _nearest(editions: Sequence[Topic], day: date) -> Topic:
    """The last edition before a day; the first one after it where there is none."""
    before = [topic for topic in editions if topic.effective_from <= day]
    return before[-1] if before else editions[0]
