"""The child's side of `workers`: take a task, set its limits, answer; die rather than harm.

python -m openimr.adapters.child HANDLE MEMORY
"""

from __future__ import annotations

import importlib
import resource
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from openimr.model.errors import OpenIMRError, UnreadableFile


def main(handle: int, memory: int) -> None:
    """Serve tasks until the parent closes its end."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(handle)
    while True:
        try:
            function, arguments, seconds = connection.recv()
        except EOFError:
            return
        _limit_processor(seconds)
        try:
            connection.send((_function(function)(*arguments), None))
        except OpenIMRError as error:
            connection.send((None, error))
        except MemoryError:
            return  # what is left of the process is not to be trusted
        except Exception as error:  # noqa: BLE001 - the message must say what the parser said
            connection.send((None, UnreadableFile("cannot be read", why=_told(error))))


def _function(name: str) -> Callable[..., object]:
    module, _, attribute = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), attribute)
    return found


def _told(error: Exception) -> str:
    """The parser's own words, without what it may quote of the record."""
    return f"the parser gave up with {type(error).__name__}"


def _limit_processor(seconds: float) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 1, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
