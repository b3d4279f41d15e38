"""Progress on stderr: a bar with the time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)


class ProgressBar:
    """A progress bar that any step can be handed; see `openimr.model.progress`.

    Use it as a context manager; it prints nothing when `quiet`.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, quiet=quiet)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            console=self._console,
            disable=quiet or not sys.stderr.isatty(),
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def start(self, total: int, label: str) -> None:
        """Begin a stage of `total` steps."""
        self.done()
        if self._bar.disable:
            self._console.print(f"{label} ({total})", highlight=False)
        self._task = self._bar.add_task(label, total=total)

    def advance(self, count: int = 1) -> None:
        """So much more is done."""
        if self._task is not None:
            self._bar.advance(self._task, count)

    def done(self) -> None:
        """The stage is over."""
        if self._task is not None:
            self._bar.update(self._task, completed=self._bar.tasks[self._task].total)
            self._task = None
