"""What the children of `test_adapters_workers` are asked to do."""

from __future__ import annotations

import os
import signal
import time

from openimr.model.errors import UnreadableFile


def double(number: int) -> int:
    return 2 * number


def abort() -> None:
    os.kill(os.getpid(), signal.SIGABRT)


def eat_memory() -> int:
    return len(bytearray(8 * 1024**3))


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(600)


def refuse() -> None:
    raise UnreadableFile("the PDF is encrypted", where="a.pdf")


def blunder() -> None:
    raise ZeroDivisionError("secret of the record")
