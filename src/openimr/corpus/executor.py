"""Who does the reading: limited child processes here, or the workers of a cluster.

Both stand behind the interface of `concurrent.futures`, so the same work runs on either.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from openimr.adapters.limits import DEFAULT_LIMITS
from openimr.adapters.workers import Task, Workers, processors
from openimr.model.errors import InputError, UsageError

Result = TypeVar("Result")


class WorkerDied(Exception):
    """A process died, or was stopped, while it worked on this; the message says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """An executor, how many tasks it works on at once, and how it says that a task killed it."""

    executor: Executor
    size: int
    deaths: tuple[type[Exception], ...] = (WorkerDied,)


class ChildExecutor(Executor):
    """Runs each task in one of a few child processes with bounds on memory and processor time.

    Unlike the standard process pool, a child that dies costs only the task it held.

    Args:
        count: how many children.
        memory: address space of each, in bytes.
        seconds: processor time for a task.
    """

    def __init__(self, count: int, memory: int, seconds: float) -> None:
        self._seconds = seconds
        self._memory = memory
        self._own = threading.local()
        self._all: list[Workers] = []
        self._threads = ThreadPoolExecutor(count, "child", initializer=self._adopt)

    def submit(
        self, fn: Callable[..., Result], /, *args: object, **kwargs: object
    ) -> Future[Result]:
        """Run a function of a module, found there by its name, on these arguments."""
        if kwargs:
            raise TypeError("a child takes positional arguments only")
        task = Task(
            function=f"{fn.__module__}:{fn.__qualname__}",
            arguments=args,
            seconds=self._seconds,
            key=None,
        )
        return self._threads.submit(self._run, task)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 the interface's signature
        """End the children; with `wait`, when they have done what they were given."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for workers in self._all:
            workers.__exit__()

    def _adopt(self) -> None:
        """Each thread looks after one child."""
        self._own.workers = Workers(1, self._memory)
        self._all.append(self._own.workers)

    def _run(self, task: Task[None]) -> Any:  # noqa: ANN401 the result's type is the function's
        (answer,) = self._own.workers.run([task])
        if answer.crash:
            raise WorkerDied(answer.crash)
        if answer.error is not None:
            raise answer.error
        return answer.result


@contextmanager
def children(count: int | None = None, *, seconds: float) -> Iterator[Crew]:
    """Child processes on this machine, one a processor if `count` is None."""
    size = count or processors()
    executor = ChildExecutor(size, DEFAULT_LIMITS.parser_memory, seconds)
    try:
        yield Crew(executor=executor, size=size)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """The workers of a running `distributed` scheduler, which must have OpenIMR installed.

    Raises:
        UsageError: the extra is not installed.
        InputError: nobody answers at this address, or no worker is there.
    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise UsageError(
            "a cluster needs the package `distributed`",
            remedy="install it: pip install 'openimr[distributed]'",
        ) from error
    with _connected(Client, address) as client:
        executor = client.get_executor(pure=False, retries=0)
        size = sum(client.nthreads().values())
        yield Crew(executor=executor, size=size, deaths=(KilledWorker, MemoryError))


@contextmanager
def _connected(client: Callable[..., Any], address: str) -> Iterator[Any]:
    """A client of the scheduler, which has workers."""
    try:
        connection = client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise InputError(
            "no cluster answers at this address",
            where=address,
            why=str(error),
            remedy="give the address that the scheduler prints: tcp://HOST:8786",
        ) from error
    with connection:
        if not connection.nthreads():
            raise InputError(
                "the cluster has no worker",
                where=address,
                remedy=f"start some: dask worker {address}",
            )
        yield connection
