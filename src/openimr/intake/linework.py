"""What is drawn on a page image and is no writing: rules, streaks, rows of dots or dashes.

OCR reads a dotted leader as letters, loses words that touch a rule, and takes what stands in a box
of dashes for a picture.
"""

from __future__ import annotations

import cv2
import numpy as np

from openimr.intake.ports import Grey

_RULE_INCHES = 1.2
"""No stroke of a letter is as long as this."""
_MARK_INCHES = 0.03
"""How high a dot or a dash is, at most."""
_SOLID = 0.7
"""The part of its frame that a dot or a dash fills; a letter of fine print fills less."""
_STEP_INCHES = 0.13
"""From one mark of a row to the next, at most."""
_ROW_INCHES = 0.4
_FEWEST_MARKS = 6
_SLANT = 0.09
"""How much a row of marks may rise on a crooked page."""


def without_linework(image: Grey, dpi: int) -> Grey:
    """Without long thin lines and without rows of dots or dashes; a gap stays where they were."""
    ink = np.asarray((image < 128).astype(np.uint8))
    drawn = _rules(ink, dpi)
    drawn |= _rows_of_marks(ink & (1 - drawn), dpi)
    return np.asarray(np.where(drawn, 255, image), dtype=np.uint8)


def _rules(ink: Grey, dpi: int) -> Grey:
    """Streaks of a dirty scanner, rules of forms and tables."""
    length, thick = int(_RULE_INCHES * dpi), max(3, round(dpi / 40))
    rules = np.zeros_like(ink)
    for shape, across in (((1, length), (thick, 1)), ((length, 1), (1, thick))):
        long = _opened(ink, shape)
        rules |= long & (1 - _opened(long, across))
    return rules


def _rows_of_marks(ink: Grey, dpi: int) -> Grey:
    """Leaders from an entry to its column, and lines made of hyphens."""
    _, labels, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    highest = max(2, round(_MARK_INCHES * dpi))
    frame = found[:, cv2.CC_STAT_WIDTH] * found[:, cv2.CC_STAT_HEIGHT]
    solid = found[:, cv2.CC_STAT_AREA] >= _SOLID * frame
    small = solid & (found[:, cv2.CC_STAT_HEIGHT] <= highest)
    marks = np.asarray(small[labels], dtype=np.uint8)
    step = max(3, round(_STEP_INCHES * dpi)) | 1
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((1, step), dtype=np.uint8))
    _, rows, shape, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    width, height = shape[:, cv2.CC_STAT_WIDTH], shape[:, cv2.CC_STAT_HEIGHT]
    level = (width >= _ROW_INCHES * dpi) & (height <= 2 * highest + _SLANT * width)
    in_row = np.bincount(rows[_middles(found, small)], minlength=len(shape))
    drawn = level & (in_row >= _FEWEST_MARKS)
    drawn[0] = False
    return np.asarray(marks & drawn[rows], dtype=np.uint8)


def _middles(statistics: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the middle of each wanted patch of ink."""
    kept = statistics[wanted]
    down = kept[:, cv2.CC_STAT_TOP] + kept[:, cv2.CC_STAT_HEIGHT] // 2
    across = kept[:, cv2.CC_STAT_LEFT] + kept[:, cv2.CC_STAT_WIDTH] // 2
    return down, across


def _opened(ink: Grey, shape: tuple[int, int]) -> Grey:
    """What of the ink a bar of this height and width fits into."""
    kernel = np.ones(shape, dtype=np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
