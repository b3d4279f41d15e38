"""Work spread over processes, results in order; on few items it stays in this process."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import MappingProxyType
from typing import Any, TypeVar

from openimr.adapters.workers import processors

Item = TypeVar("Item")
Result = TypeVar("Result")


def _refreeze(mapping: dict[str, object]) -> Mapping[str, object]:
    return MappingProxyType(mapping)


def _reduce(frozen: Mapping[str, object]) -> tuple[object, tuple[dict[str, object]]]:
    return _refreeze, (dict(frozen),)


# Frozen mappings of the model cross the process boundary as what they are.
copyreg.pickle(MappingProxyType, _reduce)  # type: ignore[arg-type]

_worker: Callable[[Any], Any] | None = None


def ordered_map(
    factory: Callable[[], Callable[[Item], Result]],
    items: Sequence[Item],
    *,
    parallel: bool,
    processes: int | None = None,
) -> Iterator[Result]:
    """Apply the function that `factory` makes to each item, results in the order of the items.

    The factory is called once in each process, so that what is costly to load is loaded once and
    never sent. It must be importable by name, since the processes are started fresh.
    """
    count = min(processes or processors(), len(items))
    if not parallel or count < 2:
        function = factory()
        yield from (function(item) for item in items)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(count, context, initializer=_start, initargs=(factory,)) as pool:
        yield from pool.map(_apply, items, chunksize=max(1, len(items) // (count * 16)))


def _start(factory: Callable[[], Callable[[Any], Any]]) -> None:
    global _worker  # noqa: PLW0603 one function a process is what the pool's initializer offers
    _worker = factory()


def _apply(item: Any) -> Any:  # noqa: ANN401 the item's type is the caller's
    if _worker is None:
        raise RuntimeError("the worker process was not started")
    return _worker(item)
