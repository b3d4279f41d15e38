"""Child processes that parse what may be hostile: limited, watched, replaced when they die.

A native library aborts on some files. The standard pools lose all pending work then, so this one
keeps a task until its answer has come: when a child dies or is too slow, exactly the task it held
fails, with the reason, and a new child takes the next one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, Generic, TypeVar

from openimr.model.errors import OpenIMRError

_WALL_FACTOR = 4.0
"""Wall clock for each second of processor time: the machine has other work."""
_START_SECONDS = 60.0

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Generic[Key]):
    """A call to be made in a child: a function, its arguments, and its bounds."""

    function: str
    """`module:name`, so that only the child imports what the function needs."""
    arguments: tuple[object, ...]
    seconds: float
    """Processor time it may take."""
    key: Key
    """What the caller knows it by; it stays here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[Key]):
    """What became of a task: its result, or why there is none."""

    key: Key
    result: Any = None
    error: OpenIMRError | None = None
    """Raised by the function: the input is at fault and trying again will not help."""
    crash: str = ""
    """How the child ended, if it died of the task."""


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    connection: Connection
    task: Task[Any] | None = None
    deadline: float = field(default=0.0)


class Workers:
    """A few child processes with a memory limit; use it as a context.

    Args:
        count: how many children at once.
        memory: address space of each, in bytes.
    """

    def __init__(self, count: int, memory: int) -> None:
        self._count = max(1, count)
        self._memory = memory
        self._children: list[_Child] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            _end(child)
        self._children.clear()

    def run(self, tasks: Sequence[Task[Key]]) -> Iterator[Answer[Key]]:
        """Run tasks and give answers as they come, in any order; children stay for the next run."""
        waiting: deque[Task[Any]] = deque(tasks)
        while waiting or any(child.task for child in self._children):
            self._hand_out(waiting)
            yield from self._collect()

    def _hand_out(self, waiting: deque[Task[Any]]) -> None:
        busy = sum(child.task is not None for child in self._children)
        while len(self._children) < min(self._count, busy + len(waiting)):
            self._children.append(_start(self._memory))
        for child in self._children:
            if child.task is None and waiting:
                child.task = waiting.popleft()
                allowance = child.task.seconds * _WALL_FACTOR + _START_SECONDS
                child.deadline = time.monotonic() + allowance
                _send(child)

    def _collect(self) -> Iterator[Answer[Any]]:
        busy = [child for child in self._children if child.task is not None]
        nearest = min(child.deadline for child in busy)
        ready = wait(
            [child.connection for child in busy], timeout=max(0.0, nearest - time.monotonic())
        )
        for child in busy:
            if child.connection in ready:
                yield self._receive(child)
            elif time.monotonic() >= child.deadline:
                yield self._bury(child, "it took too long and was stopped")

    def _receive(self, child: _Child) -> Answer[Any]:
        try:
            result, error = child.connection.recv()
        except (EOFError, OSError):
            return self._bury(child, "")
        task, child.task = _held(child), None
        return Answer(key=task.key, result=result, error=error)

    def _bury(self, child: _Child, why: str) -> Answer[Any]:
        task = _held(child)
        _end(child)
        self._children.remove(child)
        return Answer(key=task.key, crash=why or _cause_of_death(child.process.returncode))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _held(child: _Child) -> Task[Any]:
    if child.task is None:
        raise RuntimeError("a child answered without a task")
    return child.task


def _start(memory: int) -> _Child:
    ours, theirs = Pipe()
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
    handle = theirs.fileno()
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "openimr.adapters.child", str(handle), str(memory)],
        pass_fds=[handle],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # native libraries print what they read: that is health data
        env=environment,
    )
    theirs.close()
    return _Child(process, ours)


def _send(child: _Child) -> None:
    task = _held(child)
    try:
        child.connection.send((task.function, task.arguments, task.seconds))
    except OSError:
        return  # it died idle: `wait` sees the closed pipe and the task fails as a crash


def _end(child: _Child) -> None:
    child.connection.close()
    if child.process.poll() is None:
        try:
            child.process.wait(timeout=0.2 if child.task is None else 0)
        except subprocess.TimeoutExpired:
            child.process.kill()
    child.process.wait()


def _cause_of_death(status: int | None) -> str:
    if status is None or status >= 0:
        return "it ran out of memory or stopped without a word"
    if -status == signal.SIGXCPU:
        return "it took too long and was stopped"
    if -status == signal.SIGKILL:
        return "it was stopped by the system, most likely for want of memory"
    return f"the reader crashed ({signal.Signals(-status).name})"
