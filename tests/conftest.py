"""Puts this folder on the path, so that tests share `builders` and `example_case`."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from hypothesis import settings

# A deadline measures the machine and what else it does, not the code.
settings.register_profile("openimr", deadline=None)
settings.load_profile("openimr")


def pytest_collection_finish() -> None:
    """Collect garbage seldom: seven thousand tests stay alive, and each walk passes them all."""
    gc.set_threshold(10_000, 20, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each process neighbours, so that what a file's tests share is made in one process."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None
