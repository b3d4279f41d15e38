"""What is drawn on a page image and is no writing: rules, streaks, dotted leaders.

OCR reads a row of dots as a row of letters, and loses words that touch a rule.
"""

from __future__ import annotations

import cv2
import numpy as np

from openimr.intake.ports import Grey

_RULE_INCHES = 1.2
"""No stroke of a letter is as long as this."""
_DOT_INCHES = 0.04
_LEADER_STEP_INCHES = 0.13
"""From one dot of a leader to the next, at most."""
_LEADER_INCHES = 0.4
_FEWEST_DOTS = 6
_SLANT = 0.09
"""How much a row of dots may rise on a crooked page."""


def without_linework(image: Grey, dpi: int) -> Grey:
    """Without long thin lines and without dotted leaders; a gap stays where they were."""
    ink = np.asarray((image < 128).astype(np.uint8))
    drawn = _rules(ink, dpi)
    drawn |= _leaders(ink & (1 - drawn), dpi)
    return np.asarray(np.where(drawn, 255, image), dtype=np.uint8)


def _rules(ink: Grey, dpi: int) -> Grey:
    """Streaks of a dirty scanner, rules of forms and tables."""
    length, thick = int(_RULE_INCHES * dpi), max(3, round(dpi / 40))
    rules = np.zeros_like(ink)
    for shape, across in (((1, length), (thick, 1)), ((length, 1), (1, thick))):
        long = _opened(ink, shape)
        rules |= long & (1 - _opened(long, across))
    return rules


def _leaders(ink: Grey, dpi: int) -> Grey:
    """Rows of dots that lead the eye from an entry to its column."""
    largest = max(2, round(_DOT_INCHES * dpi))
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = np.maximum(statistics[:, cv2.CC_STAT_WIDTH], statistics[:, cv2.CC_STAT_HEIGHT])
    dots = np.asarray((small <= largest)[labels], dtype=np.uint8)
    step = max(3, round(_LEADER_STEP_INCHES * dpi)) | 1
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, step), dtype=np.uint8))
    _, rows, shape, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    width, height = shape[:, cv2.CC_STAT_WIDTH], shape[:, cv2.CC_STAT_HEIGHT]
    level = (width >= _LEADER_INCHES * dpi) & (height <= 1.5 * largest + _SLANT * width)
    in_row = np.bincount(rows[_middles(statistics, small <= largest)], minlength=len(shape))
    leaders = level & (in_row >= _FEWEST_DOTS)
    leaders[0] = False
    return np.asarray(dots & leaders[rows], dtype=np.uint8)


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
