"""Assigns forged queues and checks them by a second reading of the rules; see README.md.

python benchmarks/assignment.py                    three sizes, each in a fresh process
python benchmarks/assignment.py --items 15000      one of them, as JSON
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from measure import run
from openimr.adapters.plain_files import to_plain
from openimr.assign.proof import Prover
from openimr.assign.queue import assign_queue
from openimr.model.ids import TopicId
from openimr.model.request import RequestKind
from openimr.rulebook.assignment import load_assignment_rules
from openimr.rulebook.load import load_rulebook
from openimr.synth.reviewers import forge_queue, forge_register

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import independent_assignment as second

SIZES = (1_000, 5_000, 15_000)
REVIEWERS = 600
PROOFS = 200
DAY = date(2015, 6, 1)
SEED = 20_150_601
KINDS = {
    "therapy": "therapy",
    "programs": "program",
    "devices": "dme",
    "injections": "injection",
    "studies": "imaging",
    "operations": "surgery",
}
"""Kind of the requests of a group of topics; all others are drugs."""


def groups() -> list[list[tuple[TopicId, RequestKind]]]:
    """The topics of the rulebook by group."""
    return [
        [(topic, RequestKind(KINDS.get(group.id, "drug"))) for topic in group.topics]
        for group in load_rulebook().groups
    ]


def one_size(items: int) -> dict[str, Any]:
    """Assign a queue; time and memory are of the assignment, the checks come after."""
    rules = load_assignment_rules()
    people = forge_register(SEED, REVIEWERS, DAY)
    cases = forge_queue(SEED, items, groups(), DAY)
    start, cpu = time.perf_counter(), time.process_time()
    queue = assign_queue(cases, people, rules, DAY)
    seconds, processor = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = queue.assignment
    plain = {case.case_number: to_plain(case) for case in cases}
    register = to_plain(people)
    persons = {one["id"]: one for one in register["reviewers"]}
    forbidden = 0
    for placed in found.placed:
        case = plain[placed.case_number]
        chosen = [item for item in case["items"] if item["index"] in placed.items]
        forbidden += not second.able(persons[placed.reviewer], case, chosen, DAY)
    prover, taken = Prover(queue, ""), dict(found.totals.taken)
    draw = random.Random(SEED)  # noqa: S311 no secret
    sample = draw.sample(sorted(plain), min(PROOFS, len(plain)))
    start, wrong, size = time.perf_counter(), 0, 0
    proofs = [json.dumps(prover.prove(number)) for number in sample]
    proving = (time.perf_counter() - start) / len(sample)
    for number, text in zip(sample, proofs, strict=True):
        size += len(text)
        wrong += bool(second.problems(json.loads(text), plain[number], register, taken))
    apart = [one for one in found.not_placed if one.reasons[0].code == "items_apart"]
    return {
        "items": items,
        "cases": len(cases),
        "seconds": seconds,
        "processor": processor,
        "peak_mib": peak,
        "placed_items": sum(len(one.items) for one in found.placed),
        "not_placed": len(found.not_placed),
        "apart": len(apart),
        "forbidden": forbidden,
        "points": found.totals.points,
        "bound": found.totals.bound,
        "gap": found.totals.gap,
        "busiest": max(taken.values()),
        "proofs_wrong": wrong,
        "proofs": len(sample),
        "ms_a_proof": 1000 * proving,
        "kb_a_proof": size / len(sample) / 1000,
        "load": os.getloadavg()[0],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int)
    items = parser.parse_args().items
    if items:
        print(json.dumps(one_size(items)))
        return
    print(
        "| items | cases | seconds | processor s | peak MiB | not placed (no one may decide all "
        "items) | forbidden pairs | gap to the bound | proofs wrong | ms, kB a proof | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for size in SIZES:
        cost = run([sys.executable, __file__, "--items", str(size)])
        r = json.loads(cost.output)
        print(
            f"| {r['items']:,} | {r['cases']:,} | {r['seconds']:.1f} | {r['processor']:.1f} "
            f"| {r['peak_mib']:.0f} | {r['not_placed']} ({r['apart']}) | {r['forbidden']} "
            f"| {r['gap']:.3%} | {r['proofs_wrong']} of {r['proofs']} "
            f"| {r['ms_a_proof']:.0f}, {r['kb_a_proof']:.1f} | {r['load']:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
