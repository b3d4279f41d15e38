"""The connected patches of ink of a page image: letters, dots, specks, rules; found once a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from openimr.intake.ports import Grey

Numbers: TypeAlias = npt.NDArray[np.signedinteger[Any]]
_FEW_MARKS = 6
_SPECK_AREA = 4
"""Pixels at 200 dpi: the dot of an i is larger."""
_SPECKLED = 250.0
"""Specks a million pixels from which removing them pays."""
_FULL_OF_SPECKS = 5000.0
_EDGE = 40
"""The part of a page, one in so many, in which dirt and the edge of the paper are expected."""


@dataclass(frozen=True, slots=True)
class Patches:
    """Where each patch of ink lies and how large it is; number 0 is the paper."""

    labels: Numbers
    """For each pixel the number of its patch."""
    left: Numbers
    top: Numbers
    width: Numbers
    height: Numbers
    area: Numbers
    speck: float
    """The area up to which a patch is a speck."""

    @property
    def speckled(self) -> bool:
        """Whether specks are so many that removing them pays."""
        return self._specks > _SPECKLED * self.labels.size / 1e6

    @property
    def full_of_specks(self) -> bool:
        """Whether letters cannot be told from specks by their size any more."""
        return self._specks > _FULL_OF_SPECKS * self.labels.size / 1e6

    @property
    def _specks(self) -> int:
        return int(np.count_nonzero(self.area <= self.speck))


def find_patches(image: Grey, dpi: int) -> Patches:
    """The patches of a page image."""
    _, labels, found, _ = cv2.connectedComponentsWithStats(ink_of(image), connectivity=8)
    measures = np.asarray(found, dtype=np.int32)
    return Patches(
        labels=np.asarray(labels, dtype=np.int32),
        left=measures[:, cv2.CC_STAT_LEFT],
        top=measures[:, cv2.CC_STAT_TOP],
        width=measures[:, cv2.CC_STAT_WIDTH],
        height=measures[:, cv2.CC_STAT_HEIGHT],
        area=measures[:, cv2.CC_STAT_AREA],
        speck=_SPECK_AREA * (dpi / 200) ** 2,
    )


def ink_of(image: Grey) -> Grey:
    """1 where there is ink, 0 where there is none."""
    return np.asarray((image < 128).astype(np.uint8))


def is_blank(patches: Patches) -> bool:
    """Whether nothing the size of letters stands on a page; dirt and edges do not count."""
    height, width = patches.labels.shape
    across, down = width // _EDGE, height // _EDGE
    inside = (
        (patches.left < width - across)
        & (patches.left + patches.width > across)
        & (patches.top < height - down)
        & (patches.top + patches.height > down)
    )
    large = (patches.area >= 3 * patches.speck) & inside
    return int(np.count_nonzero(large[1:])) < _FEW_MARKS


def without_specks(image: Grey, patches: Patches) -> Grey:
    """Without specks, where there are many: each is taken out alone, so that thin strokes stay.

    Only a page full of them gets the median filter, which eats thin strokes as well.
    """
    if patches.full_of_specks:
        return np.asarray(cv2.medianBlur(image, 3), dtype=np.uint8)
    if not patches.speckled:
        return image
    specks = patches.area <= patches.speck
    return np.asarray(np.where(specks[patches.labels], 255, image), dtype=np.uint8)
