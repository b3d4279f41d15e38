"""`process/fees.yaml` and `process/penalties.yaml` -> MoneyRules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

from openimr.model.errors import RulebookInvalid
from openimr.model.money import (
    FeeClass,
    FeeReviewer,
    FeeRow,
    FeeSchedule,
    MoneyRules,
    PenaltyRule,
)
from openimr.rulebook.clock_rules import load_clock_rules, process_text
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

FEES, PENALTIES = "fees.yaml", "penalties.yaml"
_SCHEDULE = {
    **dict.fromkeys(("id", "effective_from", "citation"), True),
    **dict.fromkeys(("effective_to", "amounts", "not_known", "unverified"), False),
}
_ROW = {"class": True, "amount": True, "reviewer": False, "reviewers": False}
_PENALTY = {
    **dict.fromkeys(("id", "name", "deadlines", "citation", "procedure"), True),
    **dict.fromkeys(("effective_from", "per_day"), True),
    **dict.fromkeys(("effective_to", "maximum", "up_to", "unverified"), False),
}


@lru_cache(maxsize=1)
def load_money_rules() -> MoneyRules:
    """The fees and penalties shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    deadlines = tuple(one.id for one in load_clock_rules().deadlines)
    return parse_money_rules(process_text(FEES), process_text(PENALTIES), deadlines)


def parse_money_rules(fees: str, penalties: str, deadlines: Collection[str]) -> MoneyRules:
    """Read both files; all problems are reported at once.

    Args:
        fees: the text of the file of fees.
        penalties: the text of the file of penalties.
        deadlines: ids that a penalty may follow.
    """
    problems = Problems()
    reader = _Money(problems)
    schedules = reader.entries(read_yaml(fees, f"process/{FEES}", problems), "fees")
    rules = reader.entries(read_yaml(penalties, f"process/{PENALTIES}", problems), "penalties")
    found = MoneyRules(
        fees=tuple(map(reader.schedule, schedules)),
        penalties=tuple(reader.penalty(node, deadlines) for node in rules),
    )
    reader.check_without_gap(schedules, found.fees)
    if problems.lines:
        raise RulebookInvalid(tuple(problems.lines))
    return found


class _Money(Reader):
    def entries(self, root: Node | None, key: str) -> tuple[Node, ...]:
        if root is None:
            return ()
        fields = self.keys(root, {"checked_on": True, key: True})
        return fields[key].items() if key in fields else ()

    def schedule(self, node: Node) -> FeeSchedule:
        fields = self.keys(node, _SCHEDULE)
        first, last = self.days(fields)
        rows = fields["amounts"].items() if "amounts" in fields else ()
        not_known = self.text(fields, "not_known")
        if bool(rows) == bool(not_known):
            mend = "give `amounts:`, or say why they are `not_known:`"
            self.problems.add(node, "the period neither has amounts nor says why not", mend)
        return FeeSchedule(
            id=self.text(fields, "id"),
            effective_from=first,
            effective_to=last,
            citation=self.text(fields, "citation"),
            amounts=tuple(map(self._row, rows)),
            not_known=not_known,
            unverified=self.flag(fields, "unverified"),
        )

    def _row(self, node: Node) -> FeeRow:
        fields = self.keys(node, _ROW)
        return FeeRow(
            kind=self.choice(fields, "class", FeeClass) or FeeClass.REGULAR,
            reviewer=self.choice(fields, "reviewer", FeeReviewer),
            reviewers=self.number(fields, "reviewers", 0),
            amount=self._dollars(fields, "amount"),
        )

    def penalty(self, node: Node, deadlines: Collection[str]) -> PenaltyRule:
        fields = self.keys(node, _PENALTY)
        first, last = self.days(fields)
        named = self.words(fields, "deadlines")
        for word, at in named:
            if word not in deadlines:
                self.problems.add(at, f"unknown deadline `{word}`", "use an id of deadlines.yaml")
        return PenaltyRule(
            id=self.text(fields, "id"),
            name=self.text(fields, "name"),
            deadlines=tuple(word for word, _ in named),
            citation=self.text(fields, "citation"),
            procedure=self.text(fields, "procedure"),
            effective_from=first,
            effective_to=last,
            per_day=self._dollars(fields, "per_day"),
            maximum=self._dollars(fields, "maximum"),
            up_to=self.flag(fields, "up_to"),
            unverified=self.flag(fields, "unverified"),
        )

    def _dollars(self, fields: Mapping[str, Node], key: str) -> int:
        amount = self.number(fields, key, 0)
        if key in fields and amount <= 0:
            self.problems.add(fields[key], f"`{amount}` is no amount", "write whole dollars from 1")
        return amount

    def check_without_gap(
        self, nodes: tuple[Node, ...], schedules: tuple[FeeSchedule, ...]
    ) -> None:
        """No day has two fee schedules, and no day between two has none."""
        for (earlier, later), node in zip(pairwise(schedules), nodes[1:], strict=True):
            ends = earlier.effective_to
            if ends is None or later.effective_from != ends + timedelta(days=1):
                what = f"`{later.id}` does not begin the day after `{earlier.id}` ends"
                self.problems.add(node, what, "let the earlier one end the day before")
