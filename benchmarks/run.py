"""Measures reviews against floors of the same run; see README.md beside it."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pypdfium2

from measure import POLL_SECONDS, tree_mib
from openimr.adapters.limits import DEFAULT_LIMITS
from openimr.adapters.ocr_choice import OcrChoice, OcrSetting, resolve
from openimr.adapters.ocr_pages import load_engine
from openimr.adapters.page_images import rendered
from openimr.adapters.workers import processors
from openimr.intake.ports import OcrEngine
from openimr.synth.forge import forge_big
from openimr.synth.writers import as_pdf, as_scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One review: its cost, and the floor it is measured against."""

    name: str
    pages: int
    seconds: float
    cpu: float
    """Processor seconds of all its processes: on a busy machine they say more than the clock."""
    pages_per_minute: float
    peak_mib: float
    floor: str
    floor_seconds: float
    floor_cpu: float
    ratio: float
    """Time of the review over that of the floor, by the clock."""
    cpu_ratio: float


@dataclass(slots=True)
class Timer:
    """Clock and processor time of what runs inside the `with`, with its child processes."""

    seconds: float = 0.0
    cpu: float = 0.0

    def __enter__(self) -> Timer:
        self.seconds, self.cpu = time.perf_counter(), _cpu()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds, self.cpu = time.perf_counter() - self.seconds, _cpu() - self.cpu


def _cpu() -> float:
    """Processor time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Run what was asked for and print a table (or JSON)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[50, 400, 3000])
    parser.add_argument("--scan-pages", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    runs = [measure_text(pages) for pages in options.pages]
    if options.scan_pages:
        runs.append(measure_scan(options.scan_pages))
    if options.json:
        print(json.dumps([asdict(run) for run in runs], indent=1))
        return
    load = os.getloadavg()[0]
    print(f"{processors()} processors, load {load:.1f}")
    print("case        pages  seconds    cpu  pages/min   MiB  floor s  floor cpu  ratio  of cpu")
    for run in runs:
        print(
            f"{run.name:11}{run.pages:6}{run.seconds:9.1f}{run.cpu:7.1f}{run.pages_per_minute:11.0f}"
            f"{run.peak_mib:6.0f}{run.floor_seconds:9.1f}{run.floor_cpu:11.1f}{run.ratio:7.2f}"
            f"{run.cpu_ratio:8.2f}   floor: {run.floor}"
        )


def measure_text(pages: int) -> Run:
    """A text-layer case file, against bare pypdfium2 on the same files."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        _write(case, as_pdf(forge_big(seed=pages, pages=pages)))
        with Timer() as floor:
            count = sum(_bare_text(file) for file in sorted(case.glob("*.pdf")))
        with Timer() as cost:
            peak = _review(case, Path(folder) / "out", cache=Path(folder) / "cache")
    return _run("text layer", count, cost, peak, "bare pypdfium2 text", floor)


def measure_scan(pages: int) -> Run:
    """A scanned case file, against the bare OCR engine on the same page images.

    The review starts with an empty cache; it also cleans the images, and does all that follows.
    """
    setting = resolve(OcrChoice.AUTO)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        _write(case, as_scan(forge_big(seed=pages, pages=pages)))
        with Timer() as floor:
            count = _bare_ocr(case, setting)
        with Timer() as cost:
            peak = _review(case, Path(folder) / "out", cache=Path(folder) / "cache")
    return _run("scan", count, cost, peak, f"bare {setting.engine}", floor)


def _run(name: str, pages: int, cost: Timer, peak: float, floor: str, least: Timer) -> Run:
    return Run(
        name=name,
        pages=pages,
        seconds=round(cost.seconds, 2),
        cpu=round(cost.cpu, 2),
        pages_per_minute=round(60 * pages / cost.seconds, 1),
        peak_mib=round(peak),
        floor=floor,
        floor_seconds=round(least.seconds, 2),
        floor_cpu=round(least.cpu, 2),
        ratio=round(cost.seconds / least.seconds, 2),
        cpu_ratio=round(cost.cpu / least.cpu, 2),
    )


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)


def _review(case: Path, out: Path, cache: Path) -> float:
    """Review a case file in a fresh process; the peak memory (MiB) of its process tree."""
    command = [sys.executable, "-m", "openimr", "review", str(case), "--out", str(out), "--quiet"]
    environment = {**os.environ, "OPENIMR_CACHE": str(cache)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, tree_mib(process.pid))
        time.sleep(POLL_SECONDS)
    if process.returncode:
        raise SystemExit(f"the review failed with exit code {process.returncode}")
    return peak


def _bare_text(file: Path) -> int:
    document = pypdfium2.PdfDocument(file)
    for page in document:
        page.get_textpage().get_text_range()
    return len(document)


def _bare_ocr(case: Path, setting: OcrSetting) -> int:
    """Read the page images with the engine alone, on as many processes as the review has."""
    jobs = [
        (file, number)
        for file in sorted(case.glob("*.pdf"))
        for number in range(1, len(pypdfium2.PdfDocument(file)) + 1)
    ]
    context = get_context("spawn")
    with ProcessPoolExecutor(processors(), context, _load, (setting,)) as pool:
        list(pool.map(_ocr_page, jobs))
    return len(jobs)


@cache
def _engine() -> list[OcrEngine]:
    return []


def _load(setting: OcrSetting) -> None:
    """One thread and one engine a process, as in the review."""
    os.environ.update(OMP_THREAD_LIMIT="1", OMP_NUM_THREADS="1")
    _engine().append(load_engine(setting.engine, setting.tessdata))


def _ocr_page(job: tuple[Path, int]) -> int:
    file, number = job
    found = rendered(file, number, DEFAULT_LIMITS.max_pixels)
    return len(_engine()[0].read(found.image, found.dpi))


if __name__ == "__main__":
    main()
