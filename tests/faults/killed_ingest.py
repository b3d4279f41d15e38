"""Kills ingest at chosen moments, starts it again, and compares with a run that nobody disturbed.

    python killed_ingest.py LETTERS SCRATCH SEED KILLS

A child is forked for each run. It counts the calls it makes and kills itself at one of them, or is
killed by the clock, so that any moment may be its last: in the middle of a file, between a rename
and a commit. Half of the kills fall while a segment and its sources are put down.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

from openimr.corpus.keeper import Keeper
from openimr.model.errors import UnreadableFile
from plain_letters import contents, sound, take_in

FLUSH = Keeper.flush.__code__


class Counter:
    """Counts calls; kills this process at one of them; notes which fall into a flush."""

    def __init__(self, kill_at: int = 0) -> None:
        self.calls = 0
        self.kill_at = kill_at
        self.critical: list[int] = []
        self._inside = False

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        self.calls += 1
        if self.calls == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if frame.f_code is FLUSH and event in ("call", "return"):
            self._inside = event == "call"
        if self._inside:
            self.critical.append(self.calls)


def forked(work: Callable[[], None], *, seconds: float | None = None) -> int:
    """Run in a child, killed after some seconds if given; the signal that ended it, or 0.

    DuckDB's threads do not live through a fork, so this process never opens a database.
    """
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            failed = sys.exc_info()[1]
            if failed is not None:
                sys.stderr.write(f"{failed!r}\n")
                sys.stderr.flush()
            os._exit(1 if failed else 0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.waitstatus_to_exitcode(status) == 0
    return 0


def undisturbed(corpus: Path, letters: Path, scratch: Path) -> tuple[int, list[int], float]:
    """A whole run: how many calls it makes, which of them in a flush, and how long it takes."""
    told = scratch / "calls"

    def work() -> None:
        counter = Counter()
        sys.setprofile(counter)
        take_in(corpus, letters)
        sys.setprofile(None)
        told.write_text(" ".join(map(str, [counter.calls, *counter.critical])))

    assert forked(work) == 0
    calls, *critical = map(int, told.read_text().split())
    start = time.monotonic()
    assert forked(lambda: take_in(scratch / "timed", letters) and None) == 0
    return calls, critical, time.monotonic() - start


def main(letters: Path, scratch: Path, seed: int, kills: int) -> None:
    dice = random.Random(seed)
    whole, corpus = scratch / "whole", scratch / "corpus"
    calls, critical, duration = undisturbed(whole, letters, scratch)

    def disturbed(kill_at: int) -> None:
        sys.setprofile(Counter(kill_at))
        take_in(corpus, letters)

    def same() -> None:
        assert contents(corpus) == contents(whole)

    killed = 0
    while killed < kills:
        shutil.rmtree(corpus, ignore_errors=True)
        ended = signal.SIGKILL
        while ended:
            sort = dice.choice(("any call", "flush", "flush", "clock"))
            kill_at = dice.choice(critical) if sort == "flush" else dice.randint(1, calls)
            seconds = dice.uniform(0, duration) if sort == "clock" else None
            ended = forked(partial(disturbed, 0 if seconds else kill_at), seconds=seconds)
            killed += bool(ended)
            if (corpus / "ledger.sqlite").exists():
                assert forked(lambda: sound_or_unborn(corpus)) == 0
        assert forked(same) == 0
    sys.stdout.write(f"{killed} kills; {calls} calls, {len(critical)} of them in a flush\n")


def sound_or_unborn(corpus: Path) -> None:
    """A ledger whose writer was killed before it had tables will be made by the next one."""
    try:
        sound(corpus)
    except UnreadableFile:
        assert not any((corpus / "segments").glob("*"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
