"""Clock, processor time and memory of what is measured, children included."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost."""

    seconds: float
    cpu: float
    peak_mib: float
    """Resident memory of the whole process tree, at its highest."""
    output: str


def run(command: Sequence[str]) -> Cost:
    """Run a command in a fresh process and measure it.

    Raises:
        SystemExit: it failed.
    """
    before, start = os.times(), time.perf_counter()
    with tempfile.TemporaryFile("w+") as written:  # a pipe that nobody empties would stop it
        process = subprocess.Popen(command, stdout=written)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, tree_mib(process.pid))
            time.sleep(POLL_SECONDS)
        seconds, after = time.perf_counter() - start, os.times()
        written.seek(0)
        output = written.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {process.returncode}")
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return Cost(seconds, cpu, peak, output)


def tree_mib(root: int) -> float:
    """Resident memory of a process and all its children, in MiB."""
    parents: dict[int, int] = {}
    resident: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(entry.name)] = int(stat[1])
        resident[int(entry.name)] = int(stat[21]) * os.sysconf("SC_PAGESIZE")
    tree = {root}
    while grown := {pid for pid, parent in parents.items() if parent in tree} - tree:
        tree |= grown
    return sum(resident.get(pid, 0) for pid in tree) / 2**20


def disk_mib(path: Path) -> float:
    """What a file or folder takes on disk, each file once though it may have several names."""
    if path.is_file():
        return path.stat().st_size / 2**20
    stats = {(stat := file.stat()).st_ino: stat for file in path.rglob("*") if file.is_file()}
    return sum(stat.st_blocks * 512 for stat in stats.values()) / 2**20


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
