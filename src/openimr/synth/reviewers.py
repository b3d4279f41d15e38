"""Forged registers and queues: reviewers with ties and faults, cases with parties. All invented.

forge_register(seed, 600), forge_queue(seed, 15_000, groups)  ->  for `assign` to place
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openimr.model.application import Priority
from openimr.model.assignment import CaseToAssign, ItemToAssign
from openimr.model.ids import TopicId
from openimr.model.party import Party, PartyRole
from openimr.model.request import RequestKind
from openimr.model.reviewer import (
    BoardCertification,
    Evidence,
    Kinship,
    Licence,
    LicenceStatus,
    Organization,
    Profession,
    Register,
    Relation,
    RelationKind,
    Reviewer,
)
from openimr.synth.bank import data
from openimr.synth.draw import Draw

_NATURES = ("patient", "partnership", "employment", "shareholding", "contractor", "")
_SHARES = (None, 0.01, 0.0499, 0.05, 0.0501, 0.2)
_POOLS = {
    "employer": 1500,
    "claims_administrator": 150,
    "ur_organization": 40,
    "medical_provider_network": 60,
    "medical_group": 500,
    "facility": 400,
    "manufacturer": 120,
    "law_firm": 300,
    "physician": 2500,
}
"""How many of each there are in the forged world."""
_BANK = "reviewers"


@dataclass(frozen=True, slots=True)
class World:
    """Everyone whom reviewers and cases may both know."""

    pools: dict[str, tuple[str, ...]]

    def pick(self, draw: Draw, kind: str) -> str:
        """One of a kind; some are met far more often than others."""
        pool = self.pools[kind]
        if draw.chance(0.4):
            return pool[draw.between(0, max(len(pool) // 20, 1) - 1)]
        return draw.pick(pool)


def forge_world(seed: int) -> World:
    """The people and houses of a seed."""
    draw = Draw(f"world {seed}")
    pools = {kind: tuple(_name(draw, kind) for _ in range(n)) for kind, n in _POOLS.items()}
    return World(pools)


def forge_register(seed: int, count: int, day: date) -> Register:
    """A register of reviewers, of whom some are unfit on the day and many have ties.

    Args:
        seed: chance.
        count: of reviewers.
        day: on which most of them may decide.
    """
    world, draw = forge_world(seed), Draw(f"register {seed}")
    reviewers = tuple(_reviewer(draw, number, day, world) for number in range(1, count + 1))
    organization = Organization(name="Independent Review Cooperative of Nowhere", ties=())
    return Register(organization=organization, reviewers=reviewers)


def forge_queue(
    seed: int, items: int, groups: Sequence[Sequence[tuple[TopicId, RequestKind]]], day: date
) -> tuple[CaseToAssign, ...]:
    """Cases with so many items altogether, each with its parties; a few were decided before.

    Args:
        seed: chance; the same as of the register, so that the two share a world.
        items: of all cases.
        groups: topics with the kind of request; the items of a case are of one group.
        day: before which the cases were received.
    """
    world, draw = forge_world(seed), Draw(f"queue {seed}")
    found: list[CaseToAssign] = []
    left = items
    while left > 0:
        case = _case(draw, len(found) + 1, left, groups, day, world)
        left -= len(case.items)
        found.append(case)
    return tuple(found)


def _name(draw: Draw, kind: str) -> str:
    bank = data(_BANK)
    surname = f"{draw.pick(bank['heads'])}{draw.pick(bank['middles'])}{draw.pick(bank['tails'])}"
    if kind == "physician":
        return f"{draw.pick(bank['first'])} {surname}, M.D."
    if kind == "person":
        return f"{draw.pick(bank['first'])} {surname}"
    return str(draw.pick(bank["kinds"][kind])).format(name=surname, trade=draw.pick(bank["trades"]))


def _reviewer(draw: Draw, number: int, day: date, world: World) -> Reviewer:
    bank = data(_BANK)
    rows = {row["name"]: row for row in bank["specialties"]}
    row = rows[draw.weighted({name: row["weight"] for name, row in rows.items()})]
    state = draw.weighted(bank["states"])
    looked_up = Evidence(source="the board's site", checked_on=day - timedelta(days=30))
    boards = (
        (BoardCertification(board=row["board"], specialty=row["name"], evidence=looked_up),)
        if row["board"]
        else ()
    )
    capacity = draw.between(20, 60)
    whole = Reviewer(
        id=f"R{number:04}",
        name=_name(draw, "person"),
        profession=Profession(row["profession"]),
        licences=(
            Licence(
                state=state,
                number=f"{state}{draw.between(10_000, 999_999)}",
                status=LicenceStatus.ACTIVE,
                expires=day + timedelta(days=draw.between(1, 900)),
                evidence=looked_up,
            ),
        ),
        boards=boards,
        specialties=(row["name"],),
        weekly_hours=float(draw.between(24, 50)),
        years_in_practice=float(draw.between(6, 35)),
        practice_evidence=looked_up,
        disciplined=False,
        discipline_evidence=looked_up,
        qualified_medical_evaluator=False,
        relations=tuple(_relations(draw, day, world)),
        disclosure=Evidence(source="annual statement", checked_on=day - timedelta(days=60)),
        capacity=capacity,
        load=draw.between(0, 15),
    )
    return _with_fault(draw, whole, day) if draw.chance(0.08) else whole


def _with_fault(draw: Draw, whole: Reviewer, day: date) -> Reviewer:
    """The same with one requirement not met, or not stated."""
    expired = replace(whole.licences[0], expires=day - timedelta(days=1))
    restricted = replace(whole.licences[0], status=LicenceStatus.PROBATION)
    faults = (
        replace(whole, licences=(expired,)),
        replace(whole, licences=(restricted,)),
        replace(whole, boards=(), profession=Profession.MEDICINE),
        replace(whole, disciplined=None),
        replace(whole, qualified_medical_evaluator=True),
        replace(whole, years_in_practice=5.0),
        replace(whole, weekly_hours=23.5),
        replace(whole, disclosure=None),
        replace(whole, away=((day, day + timedelta(days=14)),)),
        replace(whole, capacity=0),
    )
    return draw.pick(faults)


def _relations(draw: Draw, day: date, world: World) -> Iterator[Relation]:
    for _ in range(draw.between(0, 5)):
        name = _as_written(draw, world.pick(draw, draw.pick(tuple(_POOLS))))
        match draw.between(0, 4):
            case 0:
                share, left_out = draw.pick(_SHARES), draw.chance(0.1)
                yield Relation(
                    to=name,
                    kind=RelationKind.FINANCIAL,
                    share_of_income=share,
                    excluded_income=left_out,
                )
            case 1:
                kin = draw.pick((*Kinship, None))
                yield Relation(to=name, kind=RelationKind.FAMILIAL, kinship=kin)
            case 2:
                yield Relation(to=name, kind=RelationKind.STAFF_PRIVILEGES)
            case _:
                ended = day - timedelta(days=draw.between(1, 900)) if draw.chance(0.3) else None
                nature = draw.pick(_NATURES)
                yield Relation(to=name, kind=RelationKind.PROFESSIONAL, nature=nature, until=ended)


def _as_written(draw: Draw, name: str) -> str:
    """A name as another file may have it."""
    match draw.between(0, 5):
        case 0:
            return name.upper()
        case 1:
            return name.replace(",", "").replace(".", "")
        case 2:
            at = draw.between(1, len(name) - 2)
            return name[:at] + name[at + 1 :]
        case 3:
            return name.replace("l", "1", 1)
    return name


def _case(
    draw: Draw,
    number: int,
    left: int,
    groups: Sequence[Sequence[tuple[TopicId, RequestKind]]],
    day: date,
    world: World,
) -> CaseToAssign:
    count = min(1 if draw.chance(0.61) else draw.between(2, 4), left)
    topics = draw.pick(groups)
    chosen = [draw.pick(topics) for _ in range(count)]
    track = draw.weighted({"regular": 0.97, "formulary": 0.02, "expedited": 0.01})
    barred = (f"R{draw.between(1, 600):04}",) if draw.chance(0.02) else ()
    return CaseToAssign(
        case_number=f"CM15-{number:07}",
        items=tuple(
            ItemToAssign(index=index, topic=topic, kind=kind)
            for index, (topic, kind) in enumerate(chosen, start=1)
        ),
        parties=tuple(_parties(draw, world)),
        priority=Priority(track),
        received=day - timedelta(days=draw.between(0, 40)),
        barred=barred,
    )


def _parties(draw: Draw, world: World) -> Iterator[Party]:
    told = [
        (PartyRole.INJURED_EMPLOYEE, _name(draw, "person")),
        (PartyRole.EMPLOYER, world.pick(draw, "employer")),
        (PartyRole.CLAIMS_ADMINISTRATOR, world.pick(draw, "claims_administrator")),
        (PartyRole.UR_ORGANIZATION, world.pick(draw, "ur_organization")),
        (PartyRole.REQUESTING_PHYSICIAN, world.pick(draw, "physician")),
        (PartyRole.MEDICAL_GROUP, world.pick(draw, "medical_group")),
        (PartyRole.ATTORNEY, world.pick(draw, "law_firm")),
    ]
    if draw.chance(0.3):
        told.append((PartyRole.FACILITY, world.pick(draw, "facility")))
    if draw.chance(0.3):
        told.append((PartyRole.MANUFACTURER, world.pick(draw, "manufacturer")))
    for number, (role, name) in enumerate(told, start=1):
        yield Party(id=f"p{number}", role=role, name=_as_written(draw, name))
