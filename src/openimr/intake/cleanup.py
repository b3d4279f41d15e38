"""Page images before OCR: which way up, how crooked, cleaned.

Clean-up halves the errors on a dirty fax and doubles them on a clean page, so it is done only
where an estimate asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from openimr.intake.patches import ink_of
from openimr.intake.ports import Grey
from openimr.model.text import Box

_CROOKED = 0.35
"""Degrees from which straightening pays."""
_STEEPEST = 5.0
_SIDEWAYS = 1.3
"""How much more regular columns must be than rows to ask whether a page is sideways."""
_SMALL_WIDTH = 700


@dataclass(frozen=True, slots=True)
class Straightened:
    """A cleaned page image, and the angle it was turned by."""

    image: Grey
    degrees: float

    def to_original(self, box: Box) -> Box:
        """A box of the straightened image as a box of the crooked one (same size, same place)."""
        if not self.degrees:
            return box
        height, width = self.image.shape
        inverse = cv2.getRotationMatrix2D((width / 2, height / 2), -self.degrees, 1.0)
        centre = inverse @ np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, 1.0])
        half_width, half_height = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
        x, y = float(centre[0]), float(centre[1])
        return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def densest_strip(image: Grey, part: float) -> Grey:
    """The band across the page, so much of its height, that holds most ink."""
    rows = ink_of(image).sum(axis=1, dtype=np.int64)
    height = max(1, int(len(rows) * part))
    sums = np.convolve(rows, np.ones(height, dtype=np.int64), mode="valid")
    top = int(sums.argmax())
    return image[top : top + height]


def is_sideways(image: Grey) -> bool:
    """Whether lines of text run up and down: the empty stretches between them show it."""
    ink = _small(image)
    return _regularity(np.ascontiguousarray(ink.T)) > _SIDEWAYS * _regularity(ink)


def turn(image: Grey, degrees: int) -> Grey:
    """The image turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def straighten(image: Grey) -> Straightened:
    """Turn a crooked page until its lines lie level."""
    degrees = skew(image)
    if abs(degrees) < _CROOKED:
        return Straightened(image, 0.0)
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    straight = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255.0,)
    )
    return Straightened(np.asarray(straight, dtype=np.uint8), degrees)


def skew(image: Grey) -> float:
    """Degrees by which a page must be turned (counter-clockwise) for its lines to lie level."""
    ink = _small(image)
    best = 0.0
    for step, reach in ((0.5, _STEEPEST), (0.1, 0.4)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _level(ink, float(angle))))
    return round(best, 2)


def _level(ink: Grey, angle: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, matrix, (width, height)).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _regularity(ink: Grey) -> float:
    """How sharply rows of ink and empty rows alternate, at the slant at which they do so most."""
    level = max(_level(ink, float(angle)) for angle in np.arange(-4, 4.5, 1.0))
    return level / float(ink.size * ink.shape[1])


def _small(image: Grey) -> Grey:
    """Ink on a small copy: enough to see lines of text."""
    scale = _SMALL_WIDTH / max(image.shape)
    if scale < 1:
        image = np.asarray(
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA),
            dtype=np.uint8,
        )
    return np.asarray(255 - image, dtype=np.uint8)
