"""The empty topic file of a text that is not held, for a licensee to fill."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openimr.model.edition import EditionChoice
from openimr.model.errors import UsageError
from openimr.model.ids import TopicId
from openimr.model.rule import Role, Rulebook, Silence, Topic
from openimr.rulebook.editions import choose_edition

_LEAD = """\
# {title}: a shell.
# Nothing here is of the guideline's text; whoever holds a licence fills it in.
# Save it in a pack as guidelines/<guideline>/<edition>/{id}.yaml, then `openimr rules check PACK`.
"""
_FIELDS = """\
criteria: []
# A criterion, as often as the text has one:
#   - id: ABC-1                # short, unlike those of other topics
#     name:                    # how a letter calls it
#     role:                    # {roles}
#     statement:               # in your words
#     satisfied_by:            # what in a record would show it
#     contradicted_by:
#     sought:                  # as it follows `No ... was found in the 26 pages searched`
#     if_silent:               # {silences}
#     source: {{pages: "", unverified: true}}
#     concepts: []             # of {concepts}
#     test: {{name: }}           # of {tests}
support_requires: {{all: []}}
"""


def shell_text(rulebook: Rulebook, topic: str, day: date) -> str:
    """A topic file with the fields known without the text, the others to be filled.

    Args:
        rulebook: the topics and the register of texts.
        topic: of which a shell is wanted.
        day: on which the text governs.

    Raises:
        UsageError: there is no such topic, or criteria of the day are held already.
    """
    choice = choose_edition(rulebook, topic, day, "the day given")
    held = rulebook.as_of(TopicId(topic), day)
    if choice is None:
        raise UsageError(
            f"there is no topic {topic} in the rulebook",
            remedy="openimr rules list shows those there are",
        )
    if held is not None and not held.open:
        raise UsageError(
            f"the criteria of {topic} on {day} are held already, in {held.file}",
            remedy="give a day of another edition",
        )
    known = held or rulebook.editions(TopicId(topic))[-1]
    lead = _LEAD.format(title=known.title, id=known.id)
    return lead + "".join(_lines(known, choice)) + _fields(rulebook)


def _lines(topic: Topic, choice: EditionChoice) -> Iterable[str]:
    ends = choice.effective_to
    yield f"id: {topic.id}\n"
    yield f"title: {_quoted(topic.title)}\n"
    yield f"guideline: {_quoted(choice.guideline or topic.guideline)}\n"
    yield "cites:                     # as findings cite it: ACOEM Opioids 2017\n"
    yield 'edition: ""                # as a string: "2017"\n'
    yield f"effective_from: {choice.effective_from or choice.day}\n"
    yield f"effective_to: {ends}\n" if ends else "# effective_to:              # the last day\n"
    yield 'pages: ""\n'
    yield "status:                    # recommended, an option, not recommended ...\n"
    yield "mtus_addresses:            # true or false\n"
    if topic.generics:
        yield f"generics: [{', '.join(map(_quoted, topic.generics))}]\n"


def _fields(rulebook: Rulebook) -> str:
    return _FIELDS.format(
        roles=", ".join(Role),
        silences=", ".join(Silence),
        concepts="data/concepts.yaml",
        tests=f"the {len(rulebook.tests)} tests in docs/reference/rulebook.md and tests.yaml",
    )


def _quoted(text: str) -> str:
    """A text in YAML's double quotes."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
