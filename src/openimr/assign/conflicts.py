"""Ties of reviewers, and of the review organization, to anybody in a case.

    relation of the register  x  role of the party  ->  blocks, and why   (Labor Code 139.5(d))

A tie whose size, nature or kinship is not stated blocks, as does a name that is only alike: a
person must look, and may clear it in the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from openimr.assign.names import Likeness, NameFolder, NameIndex
from openimr.model.assignment import Reason
from openimr.model.assignment_rules import ConflictRules
from openimr.model.party import Party, PartyRole
from openimr.model.reviewer import Register, Relation, RelationKind, Reviewer

_MONTHS = 12
_PERSON_MUST_LOOK = "; the names are alike, and a person must look"


def tie_blocks(relation: Relation, role: PartyRole, day: date, rules: ConflictRules) -> str:
    """Why a tie to a party in a role keeps a reviewer from the case; empty if it does not."""
    if relation.role is not None and relation.role is not role:
        return ""
    if relation.kind not in rules.matrix[role] or _is_over(relation, day, rules):
        return ""
    match relation.kind:
        case RelationKind.FAMILIAL:
            return _kin(relation, rules)
        case RelationKind.FINANCIAL:
            return _interest(relation, rules)
        case RelationKind.PROFESSIONAL:
            return _profession(relation, rules)
    return "the reviewer is this party"


def _is_over(relation: Relation, day: date, rules: ConflictRules) -> bool:
    """Whether a tie has not begun, or ended so long ago that it no longer counts."""
    if relation.since is not None and relation.since > day:
        return True
    if relation.until is None or relation.until >= day:
        return False
    return _months_later(relation.until, rules.months_after_end.get(relation.kind, 0)) < day


def _months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month.

    >>> _months_later(date(2014, 1, 31), 1)
    datetime.date(2014, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, _MONTHS)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    return day


def _kin(relation: Relation, rules: ConflictRules) -> str:
    if relation.kinship is None:
        return "a familial tie, the kinship not stated"
    if relation.kinship in rules.kinships:
        return f"a familial tie ({relation.kinship.replace('_', ' ')})"
    return ""


def _interest(relation: Relation, rules: ConflictRules) -> str:
    if relation.excluded_income:
        return ""
    share = relation.share_of_income
    if share is None:
        return "a financial tie, its share of income not stated"
    if share > rules.income_threshold:
        return f"a financial tie of {share:.2%} of income, above {rules.income_threshold:.0%}"
    return ""


def _profession(relation: Relation, rules: ConflictRules) -> str:
    nature = " ".join(relation.nature.casefold().replace("_", " ").split())
    if nature in rules.natures_aside:
        return ""
    if nature in rules.natures:
        return f"a professional tie ({nature})"
    return "a professional tie, its nature not stated as the law names them"


def parties_missing(parties: Iterable[Party], rules: ConflictRules) -> Reason | None:
    """Why nobody can be found free of ties: the parties that every case has and this one does not.

    A party without a name is not stated. None if all are.
    """
    named = {one.role for one in parties if any(name.strip() for name in _names(one))}
    missing = [_role(role) for role in rules.parties_asked if role not in named]
    if not missing:
        return None
    return Reason(
        code="parties",
        says=f"parties not stated, so that no tie to them can be ruled out: {', '.join(missing)}",
        citation=rules.citation,
        unverified=rules.unverified,
    )


class ConflictIndex:
    """The ties of a whole register, found by the names in a case.

    Args:
        register: the organization and its reviewers.
        day: of the assignment.
        rules: the conflict rules.
    """

    def __init__(self, register: Register, day: date, rules: ConflictRules) -> None:
        self._day, self._rules = day, rules
        self._folder = NameFolder(rules.names)
        self._reviewers = register.reviewers
        self._entries: list[tuple[int, Relation | None]] = []
        names: list[str] = []
        for place, reviewer in enumerate(register.reviewers):
            self._entries.append((place, None))
            names.append(reviewer.name)
            for relation in reviewer.relations:
                self._entries.append((place, relation))
                names.append(relation.to)
        self._names = NameIndex(self._folder, names)
        self._ties = register.organization.ties
        told = [register.organization.name, *(tie.to for tie in self._ties)]
        self._organization = NameIndex(self._folder, told)
        self._cleared = [self._cleared_by(reviewer) for reviewer in register.reviewers]

    def reviewers(self, parties: Iterable[Party]) -> Mapping[int, Reason]:
        """The first conflict of each reviewer with any of the parties, by place in the register."""
        found: dict[int, Reason] = {}
        for party in parties:
            for place, reason in self._with(party):
                found.setdefault(place, reason)
        return found

    def organization(self, parties: Iterable[Party]) -> Reason | None:
        """The first tie of the review organization to a party; None if it has none."""
        for party in parties:
            for name in _names(party):
                for alike in self._organization.like(name):
                    reason = self._organization_reason(alike.entry, alike.likeness, party)
                    if reason:
                        return reason
        return None

    def _organization_reason(self, entry: int, likeness: Likeness, party: Party) -> Reason | None:
        if party.role not in self._rules.organization_roles:
            return None
        kind = "is"
        if entry > 0:
            tie = self._ties[entry - 1]
            if tie.kind not in self._rules.organization_ties:
                return None
            if tie.until is not None and tie.until < self._day:
                return None
            kind = tie.kind.replace("_", " ")
        says = f"the review organization {kind} a party that is {_role(party.role)}"
        return self._reason(
            "organization", says, self._rules.organization_citation, party, likeness
        )

    def _with(self, party: Party) -> Iterator[tuple[int, Reason]]:
        for name in _names(party):
            for alike in self._names.like(name):
                place, relation = self._entries[alike.entry]
                certain = alike.likeness is Likeness.SAME and relation is not None
                if not certain and self._is_cleared(place, name):
                    continue
                reason = self._tie_reason(relation, party, alike.likeness)
                if reason:
                    yield place, reason

    def _tie_reason(
        self, relation: Relation | None, party: Party, likeness: Likeness
    ) -> Reason | None:
        rules = self._rules
        if relation is None:
            says = f"the reviewer bears the name of a party that is {_role(party.role)}"
            return self._reason("conflict:self", says, rules.citation, party, likeness)
        blocks = tie_blocks(relation, party.role, self._day, rules)
        if not blocks:
            return None
        says = f"{blocks}: {rules.reasons[party.role]}"
        return self._reason(f"conflict:{relation.kind}", says, rules.citation, party, likeness)

    def _reason(
        self, code: str, says: str, citation: str, party: Party, likeness: Likeness
    ) -> Reason:
        certain = likeness is Likeness.SAME
        return Reason(
            code=code,
            says=says if certain else says + _PERSON_MUST_LOOK,
            citation=citation,
            unverified=self._rules.unverified,
            party=party.id,
            certain=certain,
        )

    def _cleared_by(self, reviewer: Reviewer) -> frozenset[tuple[str, ...]]:
        return frozenset(
            folded.words
            for cleared in reviewer.cleared
            if cleared.on <= self._day
            for folded in self._folder.fold(cleared.name)
        )

    def _is_cleared(self, place: int, name: str) -> bool:
        cleared = self._cleared[place]
        return bool(cleared) and all(f.words in cleared for f in self._folder.fold(name))


def _names(party: Party) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (party.name, party.organization) if name))


def _role(role: PartyRole) -> str:
    return role.replace("_", " ")
