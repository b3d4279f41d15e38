"""A topic as a page for a physician: one structure, printed by `rules show` and by the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from openimr.model.example import RuleCase
from openimr.model.ids import CriterionId, TopicId
from openimr.model.pack import Pack
from openimr.model.prose import capital
from openimr.model.rule import Criterion, Rulebook, Settings, Topic
from openimr.render.criterion_card import Card, Row, criterion_card, name_of
from openimr.render.rule_words import (
    SWITCHES,
    plain,
    switch_words,
    tree_lines,
    tree_switches,
)
from openimr.render.words import ROLES

UNVERIFIED = "unverified"
"""Stands wherever a number or page is shown that nobody has checked against the guideline."""
_SHELL_NOTE = (
    "Nothing is suggested, whatever is documented: the criteria are searched and shown, and the "
    "reviewer decides."
)
Cases = Mapping[str, Sequence[RuleCase]]
NO_CASES: Cases = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """A line of a list, with its depth and where it leads."""

    text: str
    depth: int = 0
    link: str = ""
    """A topic, or a topic and its criterion: `esi#ESI-1`."""
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page under a heading of its own; what is empty is not shown."""

    title: str
    note: str = ""
    rows: tuple[Row, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """One topic in one edition, whole."""

    id: TopicId
    title: str
    edition: str
    status: str
    not_known: str
    """Of a shell, what is not known; empty for others."""
    sections: tuple[Section, ...]


def topic_page(rulebook: Rulebook, topic: Topic, cases: Cases = NO_CASES) -> TopicPage:
    """Everything the rulebook says of a topic in one edition, in the order of reading.

    Args:
        rulebook: the topics beside it, the register of editions and the switches.
        topic: the topic in one edition.
        cases: by file, the cases that stand beside topics.
    """
    parents = _parents(rulebook, topic)
    own = [
        criterion_card(
            one,
            _anchor(rulebook, topic, one.id),
            rulebook.tests,
            [other.id for other in topic.criteria if one.id in other.bypassed_by],
        )
        for one in topic.criteria
    ]
    sections = (
        Section(title="The text", rows=tuple(_text_rows(rulebook, topic))),
        _support(rulebook, topic, parents),
        Section(title="Criteria", cards=tuple(own)),
        *(_inherited(rulebook, topic, parent) for parent in parents),
        Section(
            title="Policy switches that bear on it",
            note="Where guidelines or reviewers disagree, the choice is open to see.",
            rows=tuple(_switch_rows(topic, parents, rulebook.settings)),
        ),
        Section(
            title="Which text governs on which day",
            note="The day of the UR decision chooses; without one, that of the request.",
            rows=tuple(_editions(rulebook, topic)),
        ),
        Section(
            title="Cases",
            note="Each is a test: the criteria must come out as said here.",
            cards=tuple(_case_card(case) for case in cases.get(topic.file, ())),
        ),
    )
    return TopicPage(
        id=topic.id,
        title=topic.title,
        edition=topic.edition,
        status=capital(topic.status),
        not_known=topic.open,
        sections=tuple(each for each in sections if each.rows or each.bullets or each.cards),
    )


def _anchor(rulebook: Rulebook, topic: Topic, criterion: CriterionId) -> str:
    """Where links to a criterion lead; a later edition on the same page has names of its own."""
    place = rulebook.editions(topic.id).index(topic)
    return f"{topic.id}#{criterion}" + (f"-{place + 1}" if place else "")


def _parents(rulebook: Rulebook, topic: Topic) -> list[Topic]:
    """The topics whose criteria apply as well, as in force when this edition begins."""
    found: dict[TopicId, Topic] = {}
    waiting = list(topic.inherits)
    while waiting:
        name = waiting.pop(0)
        parent = rulebook.as_of(name, topic.effective_from)
        if parent is not None and name not in found and name != topic.id:
            found[name] = parent
            waiting += parent.inherits
    return list(found.values())


def _text_rows(rulebook: Rulebook, topic: Topic) -> Iterator[Row]:
    text = next((one for one in rulebook.texts if one.folder == topic.folder), None)
    pack = rulebook.pack_of(topic)
    yield Row(label="Guideline", text=topic.guideline)
    edition = f"{topic.edition}, in force {topic.period}"
    yield Row(label="Edition", text=edition, unverified=bool(text and text.unverified))
    unsure = [one for one in topic.criteria if one.source.unverified]
    yield Row(label="Pages", text=topic.pages, unverified=len(unsure) == len(topic.criteria))
    if text is not None and pack is None:
        yield Row(label="Source of the days", text=text.source, unverified=text.unverified)
    yield Row(label="Comes from", text=_origin(pack))
    if pack is not None:
        yield Row(label="Licence", text=pack.licence)
    if (other := rulebook.replaced_by(topic)) and (by := rulebook.pack_of(other)):
        shared = f"{other.period}, the pack {by.label} takes its place"
        yield Row(label="Replaced", text=shared)
    addressed = "yes" if topic.mtus_addresses else "no; other guidelines fill the gap"
    yield Row(label="The MTUS addresses it", text=addressed)
    yield Row(label="Checked by a person", text=_checked(topic, unsure))
    if topic.generics:
        yield Row(label="Drugs", text=", ".join(topic.generics))
    if topic.dependence_forming:
        yield Row(label="Dependence", text="can form; stopping it asks for a taper")
    if topic.taper:
        yield Row(label="On stopping", text=topic.taper)


def _origin(pack: Pack | None) -> str:
    if pack is None:
        return "the rulebook of OpenIMR, in its own words"
    return f"the pack {pack.label}, dated {pack.dated.isoformat()}; source: {pack.source}"


def _checked(topic: Topic, unsure: Sequence[Criterion]) -> str:
    day = topic.verified_on
    whole = (
        f"against the guideline's text on {day.isoformat()}"
        if day
        else "not yet against the guideline's text; figures and pages await it"
    )
    if not unsure:
        return whole
    return f"{whole}; marked {UNVERIFIED}: {', '.join(one.id for one in unsure)}"


def _support(rulebook: Rulebook, topic: Topic, parents: Sequence[Topic]) -> Section:
    """The tree that must hold, and what leads to a smaller form."""
    family = [topic, *parents]

    def named(name: str) -> tuple[str, str]:
        for one in family:
            if one.id == TopicId(name):
                return f"what {one.title} ({one.id}) takes", str(one.id)
            for criterion in one.criteria:
                if criterion.id == CriterionId(name):
                    where = _anchor(rulebook, one, criterion.id)
                    return f"{criterion.id} {name_of(criterion)}", where
        return name, ""

    unsure = {
        _anchor(rulebook, one, criterion.id)
        for one in family
        for criterion in one.criteria
        if criterion.source.unverified
    }
    lines = [
        Bullet(text=text, depth=depth, link=link, unverified=link in unsure)
        for depth, text, link in tree_lines(topic.support_requires, named)
    ]
    if topic.modify_when:
        lines.append(
            Bullet(text="A smaller form is suggested where this fails and the rest holds:")
        )
        for limit in topic.modify_when:
            text, link = named(limit)
            lines.append(Bullet(text=text, depth=1, link=link, unverified=link in unsure))
    note = _SHELL_NOTE if topic.open else ""
    return Section(title="What support takes", note=note, bullets=tuple(lines))


def _inherited(rulebook: Rulebook, topic: Topic, parent: Topic) -> Section:
    """The criteria that come from one parent; one of the same name here takes its place."""
    own = {criterion.id for criterion in topic.criteria}
    return Section(
        title=f"Inherited from {parent.title}",
        note=f"{parent.guideline}, edition {parent.edition}: these apply as well.",
        bullets=tuple(
            Bullet(
                text=_inherited_line(one, taken=one.id in own),
                link=_anchor(rulebook, parent, one.id),
                unverified=one.source.unverified,
            )
            for one in parent.criteria
        ),
    )


def _inherited_line(criterion: Criterion, *, taken: bool) -> str:
    line = f"{criterion.id} {criterion.statement} ({ROLES[criterion.role]})"
    return f"{line} (its place is taken by the topic's own)" if taken else line


def _switch_rows(topic: Topic, parents: Sequence[Topic], settings: Settings) -> Iterator[Row]:
    """Every switch that a criterion or the tree names, with what stands by default."""
    uses: dict[str, list[str]] = {}
    for one in (topic, *parents):
        for criterion in one.criteria:
            named = [*criterion.if_silent_when, *filter(None, [criterion.active_when])]
            for switch in named:
                uses.setdefault(switch.partition("=")[0], []).append(str(criterion.id))
            if criterion.if_silent_strict is not None:
                uses.setdefault("strict", []).append(str(criterion.id))
        for switch in tree_switches(one.support_requires):
            uses.setdefault(switch.partition("=")[0], []).append("the tree")
    for name in SWITCHES:
        if name in uses:
            number, decides = SWITCHES[name]
            stands = switch_words(f"{name}={str(getattr(settings, name)).casefold()}")
            where = ", ".join(dict.fromkeys(uses[name]))
            yield Row(label=number, text=f"{capital(decides)}. Now {stands}; named by {where}.")


def _editions(rulebook: Rulebook, topic: Topic) -> Iterator[Row]:
    """Every edition and registered text, the earliest first, with what is held of it."""
    found = [
        (one.effective_from, one.period, _held(rulebook, one), False)
        for one in rulebook.editions(topic.id)
    ]
    for text in rulebook.texts:
        if not text.folder and text.governs(topic.id, topic.line, rulebook.texts):
            said = f"{text.name}, {text.citation}. No criteria are held. {text.not_known}"
            found.append((text.effective_from, text.period, said, text.unverified))
    for _, days, said, unsure in sorted(found, key=lambda one: one[0]):
        yield Row(label=capital(days), text=said, unverified=unsure)


def _held(rulebook: Rulebook, topic: Topic) -> str:
    pack = rulebook.pack_of(topic)
    where = f" (pack {pack.name})" if pack else ""
    kind = "A shell" if topic.open else "Criteria held"
    return f"{topic.guideline}, edition {topic.edition}{where}. {kind}."


def _case_card(case: RuleCase) -> Card:
    rows = [Row(label="Request", text=case.request)]
    rows += [Row(label="With", text=plain(each)) for each in case.beside]
    rows.append(Row(label="Record", text="; ".join(case.facts) or "silent"))
    rows.append(Row(label="Comes out", text="; ".join(case.expected)))
    return Card(id="", title=capital(case.title), role="", statement="", rows=tuple(rows))
