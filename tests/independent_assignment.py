"""A second reading of the rules of assignment: checks proofs from plain JSON and the YAML alone.

Imports nothing of the package. Written from the regulation, not from the code it checks; names are
compared in a cruder way, which finds every tie whose name is the same or one slip away.
"""

from __future__ import annotations

import json
import math
import re
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[1] / "src/openimr/rulebook/data"
SANCTIONS = {"restricted", "probation", "suspended", "revoked"}
PERSONAL = ["licence", "board", "discipline", "qme", "years", "hours", "disclosure", "absence"]
PERSONAL += ["capacity"]
BY_ITEM = ["scope", "specialty", "board", "knowledge"]
ALIKE = 0.7
AFTER = {"full", "costs_more", "tie"}


@lru_cache
def rules(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / "process" / f"{name}.yaml").read_text())
    return found


@lru_cache
def groups() -> dict[str, list[str]]:
    read = yaml.safe_load((DATA / "groups.yaml").read_text())
    return {name: group["topics"] for name, group in read.items()}


@lru_cache
def specialty_names() -> dict[str, str]:
    found = {}
    for one in rules("specialties")["specialties"]:
        for word in [one["name"], *one.get("synonyms", [])]:
            found[word.lower()] = one["name"]
    return found


def day_of(text: str) -> date:
    return date.fromisoformat(text)


# The person


def backed(evidence: dict[str, str] | None, day: date) -> bool:
    """Whether somebody looked it up before the day, and not too long before."""
    if not evidence or not evidence["source"].strip():
        return False
    age = (day - day_of(evidence["checked_on"])).days
    return 0 <= age <= int(rules("reviewer_requirements")["evidence_days"])


def personal(one: dict[str, Any], day: date) -> list[str]:
    """Codes of the requirements that a reviewer does not meet, in the order of the regulation."""
    asked = rules("reviewer_requirements")
    numbers = {row["id"]: row for row in asked["requirements"]}
    missing = set()
    licences = one.get("licences", [])
    good = [
        lic
        for lic in licences
        if lic["status"] == "active"
        and lic["state"] in asked["states"]
        and day_of(lic["expires"]) >= day
        and backed(lic.get("evidence"), day)
    ]
    if not good:
        missing.add("licence")
    if scope(one)["board"] and not certified(one, day):
        missing.add("board")
    sanctioned = any(x["status"] in SANCTIONS for x in licences)
    looked_up = backed(one.get("discipline_evidence"), day)
    if one.get("disciplined") is not False or sanctioned or not looked_up:
        missing.add("discipline")
    if day >= date(2014, 1, 1) and one.get("qualified_medical_evaluator") is not False:
        missing.add("qme")
    practice = backed(one.get("practice_evidence"), day)
    if not practice or not (one.get("years_in_practice") or 0) > numbers["years"]["more_than"]:
        missing.add("years")
    if not practice or not (one.get("weekly_hours") or 0) >= numbers["hours"]["at_least"]:
        missing.add("hours")
    if not backed(one.get("disclosure"), day):
        missing.add("disclosure")
    if any(day_of(first) <= day <= day_of(last) for first, last in one.get("away", [])):
        missing.add("absence")
    if one.get("capacity", 0) < 1:
        missing.add("capacity")
    return [code for code in PERSONAL if code in missing]


def scope(one: dict[str, Any]) -> dict[str, Any]:
    rows = rules("reviewer_requirements")["scope"]
    return next(row for row in rows if row["profession"] == one["profession"])


def certified(one: dict[str, Any], day: date) -> set[str]:
    boards = {s["name"]: s.get("boards", []) for s in rules("specialties")["specialties"]}
    found = set()
    for board in one.get("boards", []):
        name = specialty_names().get(board["specialty"].lower())
        ends = board.get("expires")
        runs = (ends is None or day_of(ends) >= day) and backed(board.get("evidence"), day)
        if name and board["board"] in boards[name] and runs:
            found.add(name)
    return found


# The item


def treats(item: dict[str, Any]) -> dict[str, str]:
    """Specialty to degree."""
    return treating(json.dumps({**item, "index": 0}, sort_keys=True))


@lru_cache
def treating(told: str) -> dict[str, str]:
    item = json.loads(told)
    rows = rules("specialties")["treats"]
    if item.get("specialties"):
        return named_specialties(item["specialties"])
    covered = any(item.get("topic") in topics_of(row) for row in rows)
    found: dict[str, str] = {}
    for row in rows:
        parts = row.get("body_parts")
        if parts and not set(parts) & set(item.get("body_parts", [])):
            continue
        if covered:
            fits = item["topic"] in topics_of(row)
        else:
            fits = item.get("kind") in row.get("kinds", [])
        if fits and found.get(row["specialty"]) != "same":
            found[row["specialty"]] = row["degree"]
    return found


def named_specialties(words: list[str]) -> dict[str, str]:
    akin = {s["name"]: s.get("akin", {}) for s in rules("specialties")["specialties"]}
    named = [specialty_names()[w.lower()] for w in words if w.lower() in specialty_names()]
    near = {other: "similar" for name in named for other in akin[name]}
    return near | dict.fromkeys(named, "same")


def topics_of(row: dict[str, Any]) -> set[str]:
    """The topics that a row names, by itself or by their group."""
    found = set(row.get("topics", []))
    for name in row.get("groups", []):
        found |= set(groups()[name])
    return found - set(row.get("except", []))


def practiced(one: dict[str, Any]) -> set[str]:
    allowed = {
        s["name"]: s.get("professions", ["MD", "DO"]) for s in rules("specialties")["specialties"]
    }
    named = {specialty_names().get(word.lower()) for word in one.get("specialties", [])}
    return {name for name in named if name and one["profession"] in allowed[name]}


def by_item(one: dict[str, Any], item: dict[str, Any], day: date) -> list[str]:
    row, found = scope(one), set()
    limits = (("kinds", item.get("kind")), ("topics", item.get("topic")))
    if any(row.get(key) and value not in row[key] for key, value in limits):
        found.add("scope")
    if row.get("body_parts") and not set(row["body_parts"]) & set(item.get("body_parts", [])):
        found.add("scope")
    fitting = set(treats(item))
    if not practiced(one) & fitting:
        found.add("specialty")
    if row["board"] and not certified(one, day) & fitting:
        found.add("board")
    known = one.get("topics")
    if known is not None and item.get("topic") not in known:
        found.add("knowledge")
    return [code for code in BY_ITEM if code in found]


# Ties


@cache
def plain_name(name: str) -> str:
    dropped = set(rules("conflicts")["names"]["legal_forms"])
    dropped |= set(rules("conflicts")["names"]["titles"])
    words = re.sub(r"[^a-z0-9 ]", "", name.lower().replace("&", " and ")).split()
    return " ".join(sorted(word for word in words if word not in dropped)).replace("1", "l")


def one_slip(one: str, other: str) -> bool:
    """Whether one edit or none makes one text the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    tails = ((one[at + 1 :], other[at + 1 :]), (one[at + 1 :], other[at:]))
    return one == other or any(a == b for a, b in (*tails, (one[at:], other[at + 1 :])))


def tie_counts(tie: dict[str, Any], role: str, day: date) -> bool:
    read = rules("conflicts")
    row = next(row for row in read["matrix"] if row["role"] == role)
    if tie["kind"] not in row["blocks"] or tie.get("role", role) != role:
        return False
    if "since" in tie and day_of(tie["since"]) > day:
        return False
    if "until" in tie and day_of(tie["until"]) < day:
        months = read["months_after_end"].get(tie["kind"], 0)
        ended = day_of(tie["until"])
        # A tie that counts for a year still counts on the day a year later.
        last = ended.replace(year=ended.year + months // 12) if months else ended
        if last < day:
            return False
    if tie["kind"] == "familial":
        return tie.get("kinship") not in read["kinships_aside"]
    if tie["kind"] == "financial":
        share = tie.get("share_of_income")
        over = share is None or share > read["income_threshold"]
        return over and not tie.get("excluded_income", False)
    if tie["kind"] == "professional":
        return tie.get("nature", "") not in read["professional_natures_aside"]
    return True


def sure_ties(one: dict[str, Any], case: dict[str, Any], day: date) -> set[str]:
    """Ids of parties to whom a reviewer is tied under a name that is the same or a slip away."""
    found = set()
    for party in case["parties"]:
        names = [plain_name(party["name"])]
        if "organization" in party:
            names.append(plain_name(party["organization"]))
        for name in names:
            if name == plain_name(one["name"]):
                found.add(party["id"])
            for tie in one.get("relations", []):
                if one_slip(name, plain_name(tie["to"])) and tie_counts(tie, party["role"], day):
                    found.add(party["id"])
    return found


def may_be_tied(
    one: dict[str, Any], case: dict[str, Any], party_id: str, kind: str, day: date
) -> bool:
    """Whether the register has such a tie, and its name and the party's have a word in common."""
    party = next(party for party in case["parties"] if party["id"] == party_id)
    texts = " ".join(filter(None, (party["name"], party.get("organization"))))
    if kind == "self" and shares_word(one["name"], texts):
        return True
    return any(
        tie["kind"] == kind
        and tie_counts(tie, party["role"], day)
        and shares_word(tie["to"], texts)
        for tie in one.get("relations", [])
    )


@cache
def shares_word(one: str, other: str) -> bool:
    mine, theirs = plain_name(one).split(), plain_name(other).split()
    near = any(SequenceMatcher(None, a, b).ratio() > ALIKE for a in mine for b in theirs)
    return near or "".join(sorted("".join(mine))) == "".join(sorted("".join(theirs)))


# Points


def urgency(case: dict[str, Any], day: date) -> int:
    read = rules("assignment_costs")["urgency"]
    found: int = read["track"][case.get("priority", "regular")]
    if "due" in case:
        left = (day_of(case["due"]) - day).days
        steps = sorted(read["days_left"], key=lambda row: row["at_most"])
        found += next((row["adds"] for row in steps if left <= row["at_most"]), 0)
    if "received" in case:
        weeks = max((day - day_of(case["received"])).days // 7, 0)
        found += min(weeks, read["weeks_waited_add_up_to"])
    return found


def pair_points(
    one: dict[str, Any], case: dict[str, Any], items: list[dict[str, Any]], day: date
) -> int:
    points = rules("assignment_costs")["points"]
    degrees = []
    for item in items:
        own = [degree for name, degree in treats(item).items() if name in practiced(one)]
        degrees.append("same" if "same" in own else "similar")
    asked = rules("reviewer_requirements")
    preferred = any(
        lic["status"] == "active"
        and lic["state"] == asked["preferred_state"]
        and day_of(lic["expires"]) >= day
        and backed(lic.get("evidence"), day)
        for lic in one["licences"]
    )
    held, room = one.get("load", 0), one.get("capacity", 0)
    each: int = points["similar_specialty"] if "similar" in degrees else 0
    each += 0 if preferred else points["other_state"]
    each += points["urgent_to_the_busy"] * urgency(case, day) * (10 * held // (held + room))
    return each * len(items)


def load_points(one: dict[str, Any], taken: int) -> int:
    """Of so many items given to a reviewer, item by item."""
    held, room = one.get("load", 0), one.get("capacity", 0)
    steps = rules("assignment_costs")["load"]
    total = 0
    for number in range(held + 1, held + taken + 1):
        total += next(
            s["points"] for s in steps if number <= math.floor(s["up_to"] * (held + room))
        )
    return total


# The proof


def problems(
    proof: dict[str, Any],
    case: dict[str, Any],
    register: dict[str, Any],
    taken: dict[str, int],
) -> list[str]:
    """Everything in a proof that does not follow from case, register and rules."""
    day = day_of(proof["as_of"])
    people = {one["id"]: one for one in register["reviewers"]}
    found = []
    if proof["urgency"] != urgency(case, day):
        found.append("urgency")
    for result in proof["results"]:
        items = [item for item in case["items"] if item["index"] in result["items"]]
        found += _result_problems(result, case, items, people, taken, day)
    return found


def _result_problems(
    result: dict[str, Any],
    case: dict[str, Any],
    items: list[dict[str, Any]],
    people: dict[str, dict[str, Any]],
    taken: dict[str, int],
    day: date,
) -> list[str]:
    chosen = [one["id"] for one in result["reviewers"]]
    told = [name for group in result["others"] for name in group["reviewers"]]
    found = []
    if sorted([*chosen, *told]) != sorted(people):
        found.append("not every reviewer stands once")
    for one in result["reviewers"]:
        found += _chosen_problems(one, case, items, people, taken, day)
    here = max((sum(one["points"].values()) for one in result["reviewers"]), default=None)
    for group in result["others"]:
        for place, name in enumerate(group["reviewers"]):
            points = group["points"][place] if "points" in group else None
            if not holds(group, points, people[name], case, items, taken.get(name, 0), here, day):
                found.append(f"{name}: {group['code']}")
    return found


def _chosen_problems(
    one: dict[str, Any],
    case: dict[str, Any],
    items: list[dict[str, Any]],
    people: dict[str, dict[str, Any]],
    taken: dict[str, int],
    day: date,
) -> list[str]:
    found = []
    person = people[one["id"]]
    if not able(person, case, items, day):
        found.append(f"{one['id']} may not decide it")
    if one["points"]["pair"] != pair_points(person, case, items, day):
        found.append(f"{one['id']}: points of the pair")
    count = taken.get(one["id"], 0)
    held = load_points(person, count) - load_points(person, count - len(items))
    if one["points"]["load"] != held:
        found.append(f"{one['id']}: points of the load")
    for match in one["matches"]:
        item = next(item for item in items if item["index"] == match["item"])
        if treats(item).get(match["specialty"]) != match["degree"]:
            found.append(f"{one['id']}: the match of item {match['item']}")
    return found


def withheld(case: dict[str, Any]) -> str:
    """Why nobody may get a case: where it stands, or who is not named in it; empty if somebody."""
    if "withheld" in case:
        return str(case["withheld"]["code"])
    named = {party["role"] for party in case["parties"] if party["name"].strip()}
    return "" if set(rules("conflicts")["parties_asked"]) <= named else "parties"


def able(one: dict[str, Any], case: dict[str, Any], items: list[dict[str, Any]], day: date) -> bool:
    if withheld(case):
        return False
    if personal(one, day) or sure_ties(one, case, day) or one["id"] in case.get("barred", []):
        return False
    return not any(by_item(one, item, day) for item in items)


def holds(
    group: dict[str, Any],
    points: int | None,
    one: dict[str, Any],
    case: dict[str, Any],
    items: list[dict[str, Any]],
    taken: int,
    here: int | None,
    day: date,
) -> bool:
    """Whether the first reason told of a reviewer is true, and nothing comes before it."""
    code, missing = group["code"], personal(one, day)
    if missing:
        return bool(missing[0] == code)
    if withheld(case):
        return withheld(case) == code
    if code == "decided_before":
        return one["id"] in case["barred"]
    if code.startswith("conflict:"):
        kind = code.removeprefix("conflict:")
        return may_be_tied(one, case, group["party"], kind, day)
    if one["id"] in case.get("barred", []) or sure_ties(one, case, day):
        return False
    reasons = [reason for item in items for reason in by_item(one, item, day)[:1]]
    if reasons or code not in AFTER:
        return bool(reasons) and reasons[0] == code
    if code == "full":
        return taken + len(items) > one["capacity"]
    more = load_points(one, taken + len(items)) - load_points(one, taken)
    extra = pair_points(one, case, items, day) + more - (here or 0)
    return extra == points and (extra == 0) is (code == "tie") and extra >= 0
