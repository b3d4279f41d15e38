"""What intake asks of the outside world."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from openimr.intake.piece import Piece

Grey: TypeAlias = npt.NDArray[np.uint8]
"""A page image: rows of pixels, 0 black to 255 white."""


class OcrEngine(Protocol):
    """Reads words from an upright page image."""

    @property
    def name(self) -> str:
        """Engine and version: results of another one are not reused."""

    @property
    def unsure(self) -> float:
        """Mean confidence of a page below which a reader is warned: one word in five is wrong."""

    @property
    def hopeless(self) -> float:
        """Below this nothing may be cited from the page. Engines differ in what they call sure."""

    def read(self, image: Grey, dpi: int) -> list[Piece]:
        """The words, in any order, with boxes in pixels and confidence from 0 to 1."""
