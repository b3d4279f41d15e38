"""Measures the reading of request lines against a floor of the same run; see README.md beside it.

Every line is read once per round and no result is remembered: the figures are for lines never
seen before. The floor is Python's `re` cutting the same lines into words and signs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import product

from openimr.request.grammar import read_line
from openimr.request.lexis import lexis_of
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary

ROUNDS = 7
LENGTHS = (50, 100, 200, 400, 800)
_TOKEN = re.compile(r"[A-Za-z]+|\d+|[^\w\s]")
_DRUGS = ("Naproxen 550mg", "Norco 5/325mg", "Lidoderm 5% patch", "Tramadol ER 100mg", "Soma 350mg")
_AMOUNTS = ("#30", "#60 with 2 refills", "1 po bid prn, #60", "quantity 90", "")
_THERAPIES = ("Physical therapy", "Acupuncture", "Chiropractic treatment", "Post-op PT")
_SCHEDULES = ("2 times a week for 6 weeks", "3x4", "12 visits", "1-2 x per week for 4-6 weeks")
_STUDIES = ("MRI", "X-ray", "EMG/NCS", "CT scan", "Cortisone injection", "Brace")
_PARTS = ("left shoulder", "lumbar spine", "bilateral knees", "cervical spine without contrast")
_OTHERS = (
    "Right L4-L5 transforaminal epidural steroid injection under fluoroscopy",
    "Left knee arthroscopy with partial meniscectomy",
    "Associated surgical service: cold therapy unit, 7 day rental",
    "TENS unit, 2 month rental",
    "Orthopedic surgery consultation, right hip",
    "Home health aide 4 hours a day, 3 days a week for 6 weeks",
    "Urine drug screen x 1",
    "Gabapentin 10%/Ketamine 10% cream, 120gm",
    "Physical therapy 12 visits was the original request. Physical therapy 6 visits was "
    "authorized by the Claims Administrator. The remaining IMR eligible portion of the "
    "original request, Physical therapy 6 visits is",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What reading some lines cost, by processor time."""

    name: str
    lines: int
    characters: float
    """Mean length of a line."""
    lines_per_second: int
    microseconds: float
    floor_microseconds: float
    ratio: float


def main() -> None:
    """Print a table (or JSON)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    runs = [measure("all kinds", sample())]
    runs += [measure(f"{length} characters", _of_length(length)) for length in LENGTHS]
    if options.json:
        print(json.dumps([asdict(run) for run in runs], indent=1))
        return
    print(f"load {os.getloadavg()[0]:.1f}")
    print("lines               n  chars   lines/s  us/line  floor us  ratio")
    for run in runs:
        print(
            f"{run.name:16}{run.lines:5}{run.characters:7.0f}{run.lines_per_second:10}"
            f"{run.microseconds:9.1f}{run.floor_microseconds:10.1f}{run.ratio:7.1f}"
        )


def sample() -> list[str]:
    """Distinct lines of all kinds, drugs and therapies the most, as requests have them."""
    return [
        *(" ".join(pair).strip() for pair in product(_DRUGS, _AMOUNTS)),
        *(", ".join(pair) for pair in product(_THERAPIES, _SCHEDULES)),
        *(" of the ".join(pair) for pair in product(_STUDIES, _PARTS)),
        *_OTHERS,
    ]


def measure(name: str, lines: Sequence[str]) -> Run:
    """Read the lines, and cut them into words as the floor."""
    lexis = lexis_of(load_formulary(), load_request_vocabulary())
    cost = _least(lambda line: read_line(line, lexis), lines)
    floor = _least(_TOKEN.findall, lines)
    return Run(
        name=name,
        lines=len(lines),
        characters=sum(map(len, lines)) / len(lines),
        lines_per_second=round(1 / cost),
        microseconds=round(cost * 1e6, 1),
        floor_microseconds=round(floor * 1e6, 1),
        ratio=round(cost / floor, 1),
    )


def _of_length(length: int) -> list[str]:
    """Lines of about one length: several therapies joined by commas, cut to size."""
    joined = ", ".join(" of the ".join(pair) for pair in product(_STUDIES, _PARTS))
    return [(line + ", " + joined)[:length] for line in sample()]


def _least(read: Callable[[str], object], lines: Sequence[str]) -> float:
    """Seconds a line, in the best of several rounds: other work on the machine only adds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for line in lines:
            read(line)
        best = min(best, time.process_time() - started)
    return best / len(lines)


if __name__ == "__main__":
    main()
