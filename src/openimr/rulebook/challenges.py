"""A reviewer's file of challenges -> Challenges: studies against the schedule's recommendations.

challenges:
  - item: 1
    question: treatment
    stated: "RFA of 04/14/2015, p. 2"
    studies:
      - citation: "First author, Title, Journal, year; volume: pages"
        design: randomized_trial
        bias: low
        applicable: true
        why: "patients like this one"
        for: request
"""

from __future__ import annotations

from collections.abc import Iterable

from openimr.model.errors import InputError
from openimr.model.study import Bias, Challenge, Methodology, Question, Side, Study
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

_ROOT = {"challenges": True}
_CHALLENGE = {"item": True, "question": True, "stated": True, "studies": True}
_STUDY = {
    "citation": True,
    "design": True,
    "bias": True,
    "applicable": True,
    "why": True,
    "for": True,
}


def read_challenges(
    text: str, file: str, methodologies: Iterable[Methodology]
) -> tuple[Challenge, ...]:
    """The challenges of a file; all problems are reported at once.

    Args:
        text: YAML, of which JSON is a part.
        file: how messages name it.
        methodologies: whose designs a study may have.

    Raises:
        InputError: with every entry that cannot be used, its line and how to mend it.
    """
    problems = Problems()
    root = read_yaml(text, file, problems)
    designs = tuple(dict.fromkeys(one for each in methodologies for one in each.designs))
    found = _File(Reader(problems), designs).read(root) if root is not None else ()
    if problems.lines:
        raise InputError(
            "the challenges cannot be used",
            where=file,
            why="\n".join(problems.lines),
            remedy="mend the lines named, as docs/howto/challenge-the-schedule.md shows them",
        )
    return found


class _File:
    def __init__(self, reader: Reader, designs: tuple[str, ...]) -> None:
        self._reader = reader
        self._designs = designs

    def read(self, root: Node) -> tuple[Challenge, ...]:
        fields = self._reader.keys(root, _ROOT)
        nodes = fields["challenges"].items() if "challenges" in fields else ()
        found = tuple(map(self._challenge, nodes))
        for number, node in enumerate(nodes):
            if found[number].item in [one.item for one in found[:number]]:
                what = f"item {found[number].item} is challenged twice"
                self._reader.problems.add(node, what, "put all its studies in one entry")
        return found

    def _challenge(self, node: Node) -> Challenge:
        fields = self._reader.keys(node, _CHALLENGE)
        studies = fields["studies"].items() if "studies" in fields else ()
        if "studies" in fields and not studies:
            self._reader.problems.add(
                fields["studies"], "no study is listed", "list at least one study"
            )
        return Challenge(
            item=self._index(fields.get("item")),
            question=self._reader.choice(fields, "question", Question) or Question.TREATMENT,
            stated=self._reader.text(fields, "stated"),
            studies=tuple(map(self._study, studies)),
        )

    def _index(self, node: Node | None) -> int:
        value = node.plain() if node is not None else 0
        if isinstance(value, int) and not isinstance(value, bool) and (value > 0 or node is None):
            return value
        if node is not None:
            self._reader.problems.add(node, f"`{value}` is no item", "write its number, such as 1")
        return 0

    def _study(self, node: Node) -> Study:
        fields = self._reader.keys(node, _STUDY)
        design = self._reader.text(fields, "design")
        if design and design not in self._designs:
            mend = f"use one of: {', '.join(self._designs)}"
            self._reader.problems.add(fields["design"], f"unknown design `{design}`", mend)
        return Study(
            citation=self._reader.text(fields, "citation"),
            design=design,
            bias=self._reader.choice(fields, "bias", Bias) or Bias.UNRELIABLE,
            applicable=self._reader.flag(fields, "applicable"),
            why=self._reader.text(fields, "why"),
            speaks_for=self._reader.choice(fields, "for", Side) or Side.GUIDELINE,
        )
